"""The command `quikstate`.

It ends with 0 when what was asked is so, with 1 when it is not (`ping`: not
serving; `doctor`, `config check`: something is wrong), and with 2 when it could
not begin: a wrong argument or setting, a taken port, a data directory in use.
"""

UNTRUE = 1
REFUSED = 2
