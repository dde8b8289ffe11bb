"""The command `quikstate`.

It ends with 0 when what was asked is so, with 1 when it is not (`ping`: not
serving; `doctor`, `config check`: something is wrong; `lock break`: nobody held
it; `cache get`, `cache delete`: no such entry), and with 2 when it could not
begin: a wrong argument or setting, a request that the server refuses, a taken
port, a data directory in use.

What calls a server ends with 69 when none could answer. `lock run` ends as its
command does; with 75 when the lock stayed busy, and with 76 when it was lost.
The numbers are those of sysexits.h, and beyond 125 those of a shell.
"""

UNTRUE = 1
REFUSED = 2
UNAVAILABLE = 69
BUSY = 75
LOST = 76
NOT_FOUND = 127
SIGNALLED = 128
"""And the signal's number."""
