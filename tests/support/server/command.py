"""The command `quikstate` as a process, as its users run it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Any

from support.harness.checkout import ROOT
from support.harness.eventually import PATIENCE_SECONDS, wait_until

COMMAND = [sys.executable, "-m", "quikstate_server"]
_ON_A_TERMINAL = "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))"
ON_A_TERMINAL = [sys.executable, "-c", _ON_A_TERMINAL, *COMMAND]


def environment(**variables: str) -> dict[str, str]:
    """Ours without settings, with the checkout's code and `variables`."""
    inherited = os.environ.items()  # noqa: TID251 - a child needs PATH and the like
    ours = {name: value for name, value in inherited if not name.startswith(("QUIKSTATE_", "REDIS_"))}
    path = os.pathsep.join([str(ROOT / "server"), str(ROOT / "clients/python")])
    contexts = {"XDG_CONFIG_HOME": "/nonexistent"}  # not those of the developer
    return ours | {"PYTHONPATH": path} | contexts | variables


def quikstate(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run it to its end."""
    return _run([*COMMAND, *words], variables)


def python(program: str) -> subprocess.CompletedProcess[str]:
    """Run a program that imports our code."""
    return _run([sys.executable, "-c", program], {})


def _run(command: list[str], variables: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        env=environment(**variables),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


class Started:
    """`program`, ours by default, beside the test; `said` has what it wrote so far."""

    def __init__(self, *words: str, program: Sequence[str] = COMMAND, **variables: str) -> None:
        self._output = tempfile.TemporaryFile()  # noqa: SIM115 - closed where the command is ended
        self._process = subprocess.Popen(
            [*program, *words],
            env=environment(**variables),
            stdin=subprocess.PIPE,
            stdout=self._output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def said(self) -> str:
        return os.pread(self._output.fileno(), 1 << 24, 0).decode()

    def says(self, pattern: str, *, within: float = PATIENCE_SECONDS) -> str:
        """What the pattern's first group matches, once it does."""
        wait_until(lambda: bool(re.search(pattern, self.said)) or self._gone(pattern), within=within)
        match = re.search(pattern, self.said)
        assert match
        return match[1]

    def enter(self, keys: str) -> None:
        assert self._process.stdin
        self._process.stdin.write(keys.encode())
        self._process.stdin.flush()

    def close_input(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()

    def send(self, signum: signal.Signals) -> None:
        self._process.send_signal(signum)

    def ended(self, *, within: float = PATIENCE_SECONDS) -> int:
        """Its exit status, once it has ended."""
        try:
            wait_until(lambda: self._process.poll() is not None, within=within)
        except AssertionError:
            raise AssertionError(f"it did not end within {within} s, saying: {self.said}") from None
        return self._process.returncode

    def _gone(self, pattern: str) -> bool:
        ended = self._process.poll() is not None and not re.search(pattern, self.said)
        assert not ended, f"it ended with {self._process.returncode}, saying: {self.said}"
        return False

    def __enter__(self) -> Started:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        assert self._process.stdin
        self._process.stdin.close()
        self._output.close()


class Serving:
    """`quikstate serve` in a process group of its own, from the line that says it is ready, or is not."""

    def __init__(self, *flags: str, begun: str = "server.ready", **variables: str) -> None:
        chosen = ["--listen", "127.0.0.1:0", "--metrics-listen", "", "--log-format", "json", *flags]
        self._process = subprocess.Popen(
            [*COMMAND, "serve", *chosen],
            env=environment(**variables),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert self._process.stderr
        for text in self._process.stderr:
            assert text.startswith("{"), f"it was refused: {text}"
            line = json.loads(text)
            if line["event"] == begun:
                self.address: str = line["address"]
                self.metrics_port: int | None = line["metrics_port"]
                return
        raise AssertionError(f"it ended with {self._process.wait()} before {begun}")

    def line(self, event: str) -> dict[str, Any]:
        """The next line of the log of this event."""
        assert self._process.stderr
        for text in self._process.stderr:
            line: dict[str, Any] = json.loads(text)
            if line["event"] == event:
                return line
        raise AssertionError(f"it ended with {self._process.wait()} before {event}")

    @property
    def pid(self) -> int:
        return self._process.pid

    def kill(self) -> None:
        """As kill -9 does it."""
        self._process.kill()
        self._process.wait()

    def ctrl_c(self) -> None:
        """As a terminal sends it: to the whole process group."""
        os.killpg(self._process.pid, signal.SIGINT)

    def terminate(self) -> None:
        self._process.terminate()

    def ended(self) -> int:
        """Its exit status, once it has ended."""
        wait_until(lambda: self._process.poll() is not None)
        return self._process.returncode

    def __enter__(self) -> Serving:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self.kill()
        assert self._process.stderr
        self._process.stderr.close()


StartServing = Callable[..., Serving]
