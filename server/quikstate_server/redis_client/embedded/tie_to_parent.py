"""Run as a program: starts a server that ends when its parent does, kill -9 of the parent included.

`python launch.py exec|watch PARENT_PID COMMAND…`, with a pipe from the parent as
standard input. A program of its own, since nothing of Python can run safely
between fork and exec in a process that has threads, as gRPC's have.

`exec` (Linux) becomes the command; the kernel sends it SIGTERM when the parent
has ended. `watch` (elsewhere) stays beside it and ends it when the pipe closes.
SIGTERM, not SIGKILL: behind a slow fsync Redis may hold acknowledged writes that
it has not yet given to the operating system, and writes them as it ends.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading

_PR_SET_PDEATHSIG = 1


def tied() -> tuple[str, ...]:
    """Before a command: what ties it to this process, where the kernel can do that; nothing elsewhere."""
    return (sys.executable, "-I", "-S", __file__, "exec", str(os.getpid())) if sys.platform == "linux" else ()


def exec_tied(parent: int, command: list[str]) -> None:
    """Become `command`, tied to `parent`."""
    if ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM) != 0:
        sys.exit(f"prctl: {os.strerror(ctypes.get_errno())}")
    if os.getppid() != parent:  # it ended before prctl could tie us to it
        sys.exit("the parent process has ended")
    os.execv(command[0], command)  # noqa: S606 - the command is our own


def watch(command: list[str]) -> int:
    """Run `command` until it ends, or until the parent does, which closes our standard input."""
    child = subprocess.Popen(  # noqa: S603 - the command is our own
        command,
        stdin=subprocess.DEVNULL,
        close_fds=False,  # it inherits the data directory's lock
    )
    signal.signal(signal.SIGTERM, lambda *_: child.terminate())

    def end_with_parent() -> None:
        os.read(0, 1)
        child.terminate()

    threading.Thread(target=end_with_parent, daemon=True).start()
    return child.wait()


if __name__ == "__main__":
    if sys.argv[1] == "exec":
        exec_tied(int(sys.argv[2]), sys.argv[3:])
    sys.exit(watch(sys.argv[3:]))
