"""Starts a command that ends when its parent process does, even by kill -9. It is run as a program.

`python tie_to_parent.py exec|watch PARENT_PID COMMAND…`, with a pipe from the parent as standard input. It
is a program of its own, since no Python code can run safely between fork and exec in a process that has
threads, as gRPC's have.

`exec` (Linux) becomes the command; the kernel sends it SIGTERM when the parent has ended. `watch` (elsewhere)
stays beside it and ends it when the pipe closes. SIGTERM, not SIGKILL: behind a slow fsync Redis may hold
acknowledged writes that it has not yet given to the operating system, and it writes them as it ends.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def exec_prefix() -> tuple[str, ...]:
    """Return what to put before a command so that the kernel ends it with this process; () if it cannot."""
    return (sys.executable, "-I", "-S", __file__, "exec", str(os.getpid())) if sys.platform == "linux" else ()


def exec_tied(parent: int, command: list[str]) -> None:
    """Replace this process by `command`, tied to the process `parent`."""
    if ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM) != 0:
        sys.exit(f"prctl: {os.strerror(ctypes.get_errno())}")
    if os.getppid() != parent:  # the parent ended before prctl took effect
        sys.exit("the parent process has ended")
    os.execv(command[0], command)  # noqa: S606 - the command is our own


def watch(command: list[str]) -> int:
    """Run `command` until it ends, or until the parent does, which closes standard input; return its code."""
    import subprocess  # these take longer than all that `exec` does
    import threading

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
