"""A real Prometheus that scrapes a loaded server and its Redis, and is asked every query."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen

import yaml

from quikstate_server.redis_client.embedded.data_directory import socket_path

HERE = Path(__file__).resolve().parent
QUIKSTATE = Path(sys.executable).parent / "quikstate"
_PATIENCE_SECONDS = 60
_LOAD_SECONDS = 20


@contextmanager
def process(command: list[str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program while entered."""
    with log.open("wb") as output, subprocess.Popen(command, stdout=output, stderr=output) as running:
        try:
            yield running
        finally:
            running.send_signal(signal.SIGTERM)


def prove(load: Callable[[str, float], None], queries: Mapping[str, str]) -> None:
    """Start all three, make load, and exit with the names of queries without an answer."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder, ExitStack() as running:
        data, ports = (
            Path(folder),
            dict(zip(("api", "metrics", "exporter", "prometheus"), _free_ports(4), strict=True)),
        )
        serve = [
            str(QUIKSTATE),
            "serve",
            "--data-dir",
            f"{data}/data",
            "--listen",
            f"127.0.0.1:{ports['api']}",
        ]
        serve += ["--metrics-listen", f"127.0.0.1:{ports['metrics']}", "--limits-max-streams", "1"]
        serve += ["--queue-gauges-seconds", "1"]
        running.enter_context(process(serve, data / "server.log"))
        _wait(lambda: _reachable(ports["metrics"]) and _reachable(ports["api"]), data / "server.log")
        redis = f"unix://{socket_path(data / 'data')}"
        exporter = ["prometheus-redis-exporter", "-redis.addr", redis]
        exporter += ["-web.listen-address", f"127.0.0.1:{ports['exporter']}"]
        running.enter_context(process(exporter, data / "exporter.log"))
        config = _config(ports)
        (data / "prometheus.yml").write_text(yaml.safe_dump(config))
        prometheus = [
            "prometheus",
            f"--config.file={data}/prometheus.yml",
            f"--storage.tsdb.path={data}/tsdb",
        ]
        prometheus += [f"--web.listen-address=127.0.0.1:{ports['prometheus']}"]
        running.enter_context(process(prometheus, data / "prometheus.log"))
        _wait(lambda: _reachable(ports["prometheus"]), data / "prometheus.log")
        load(f"127.0.0.1:{ports['api']}", _LOAD_SECONDS)
        empty = [name for name, query in queries.items() if not _answer(ports["prometheus"], query)]
    if empty:
        sys.exit("no data for:\n" + "\n".join(empty))
    print(f"Prometheus answers all {len(queries)} queries with data")


def _config(ports: Mapping[str, int]) -> Mapping[str, Any]:
    """Return prometheus.yml with these ports, and with intervals for somebody who waits."""
    config = yaml.safe_load((HERE / "prometheus.yml").read_text())
    config["global"] = {"scrape_interval": "1s", "evaluation_interval": "1s"}
    config["rule_files"] = [str(HERE / file) for file in config["rule_files"]]
    targets = {"quikstate": ports["metrics"], "redis": ports["exporter"]}
    config["scrape_configs"] = [
        {"job_name": job, "static_configs": [{"targets": [f"127.0.0.1:{port}"]}]}
        for job, port in targets.items()
    ]
    return config


def _answer(port: int, query: str) -> bool:
    asked = quote(query.replace("$__rate_interval", "30s"))
    with urlopen(f"http://127.0.0.1:{port}/api/v1/query?query={asked}") as response:
        return bool(json.load(response)["data"]["result"])


def _free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def _reachable(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _wait(is_there: Callable[[], bool], log: Path) -> None:
    give_up = time.monotonic() + _PATIENCE_SECONDS
    while not is_there():
        if time.monotonic() > give_up:
            sys.exit(log.read_text())
        time.sleep(0.1)  # between two looks: another process gives no sign when it is there
