"""The command `quikstate`.

Its exit status is 0 for success, 1 for a negative result (`ping`: not serving; `doctor`, `config check`: a
check failed; `lock break`: the lock was free; `elect`: the lead was lost; `bench`: a call failed;
`cache get`, `cache delete`: no such entry), and 2 if it could not begin: a wrong argument or setting, a
request that the server refuses, a port or a data directory in use.

Commands that call a server exit with 69 if none could answer. `lock run` exits as its command does; with 75
if the lock stayed busy, and with 76 if it was lost. The numbers are those of sysexits.h, and above 125 those
of a shell.
"""

UNTRUE = 1
REFUSED = 2
UNAVAILABLE = 69
BUSY = 75
LOST = 76
NOT_FOUND = 127
SIGNALLED = 128
"""Plus the signal's number."""
