"""A quikstate server as a process of its own, for what only a process shows."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from types import TracebackType

from support.harness.checkout import ROOT
from support.harness.eventually import PATIENCE_SECONDS, wait_until

_PROGRAM = """
import json, sys, uvloop
from quikstate_server.serving import serve
from quikstate_server.settings import Configuration, Settings
uvloop.run(serve(Configuration(Settings.model_validate(json.loads(sys.argv[1])), {}), bench=True))
"""


class ServerProcess:
    """Serves with `settings`; `log` has the lines it wrote so far. `inside` stands before its command."""

    def __init__(self, *, inside: Sequence[str] = (), **settings: object) -> None:
        defaults: dict[str, object] = {"listen": "127.0.0.1:0", "metrics_listen": "127.0.0.1:0"}
        defaults |= {"log_format": "json", "redis": {"connect_seconds": 30}}  # it is ready before Redis is
        path = os.pathsep.join([str(ROOT / "server"), str(ROOT / "clients/python")])
        self._process = subprocess.Popen(
            [*inside, sys.executable, "-c", _PROGRAM, json.dumps(defaults | settings)],
            env=os.environ | {"PYTHONPATH": path},  # noqa: TID251 - the child's is ours, and where the code is
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.log: list[str] = []
        self.ready = self.line("server.ready")

    @property
    def address(self) -> str:
        return str(self.ready["address"])

    @property
    def metrics_url(self) -> str:
        return f"http://127.0.0.1:{self.ready['metrics_port']}/metrics"

    def __enter__(self) -> ServerProcess:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        assert self._process.stderr
        self._process.stderr.close()

    def line(self, event: str) -> dict[str, object]:
        """The next log line of this event."""
        assert self._process.stderr
        for text in self._process.stderr:
            self.log.append(text)
            if text.startswith("{") and (line := json.loads(text))["event"] == event:
                found: dict[str, object] = line
                return found
        raise AssertionError(f"the server ended before {event}: {''.join(self.log)}")

    def send(self, signum: signal.Signals) -> None:
        self._process.send_signal(signum)

    def ended(self, within: float = PATIENCE_SECONDS) -> int:
        """Its exit status, once it has ended."""
        wait_until(lambda: self._process.poll() is not None, within=within)
        return self._process.returncode
