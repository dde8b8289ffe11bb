"""docs/monitoring.md names every metric of the server, and no other."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import yaml
from pydantic import SecretStr

from quikstate_server.app import App
from quikstate_server.settings import Settings
from support.harness.checkout import ROOT
from support.server.callers import AuthFile


async def test_monitoring_page_has_every_metric(tmp_path: Path) -> None:
    settings = Settings(
        redis_url=SecretStr("redis://127.0.0.1:1"),
        cache_redis_url=SecretStr("redis://127.0.0.1:2"),
        auth=AuthFile(tmp_path / "auth.yaml").write(callers={}),
    )
    registered = {family.name for family in App(settings).metrics.registry.collect()}
    ours = {name for name in registered if not name.startswith(("process_", "python_"))}
    rows = [
        line.split("|")[1] for line in (ROOT / "docs/monitoring.md").read_text().splitlines() if "|" in line
    ]
    documented = {name for row in rows for name in re.findall(r"`(quikstate_\w+|rpc_\w+)`", row)}
    assert documented == ours


def test_alerts_and_dashboards_ask_for_metrics_that_there_are() -> None:
    page = (ROOT / "docs/monitoring.md").read_text()
    known = set(re.findall(r"`(quikstate_\w+|rpc_\w+)`", page))
    folder = ROOT / "deploy/monitoring"
    for file in (*folder.glob("*.yml"), *folder.glob("grafana/dashboards/*.json")):
        asked = set(re.findall(r"\b(?:quikstate_[a-z_]+|rpc_server_[a-z_]+)\b(?!:)", file.read_text()))
        bare = {re.sub(r"_(total|bucket|count|sum)$", "", name) for name in asked - known}
        assert bare <= known, file


def test_every_alert_has_a_runbook_and_a_case() -> None:
    folder = ROOT / "deploy/monitoring"
    groups = yaml.safe_load((folder / "alerts.yml").read_text())["groups"]
    alerts = {rule["alert"]: rule["annotations"]["runbook"] for group in groups for rule in group["rules"]}
    sections = re.findall(r"^### (\w+)$", (ROOT / "docs/runbooks.md").read_text(), re.MULTILINE)
    assert sections == list(alerts)
    assert list(yaml.safe_load((folder / "alert_cases.yml").read_text())) == sections
    assert all(runbook == f"docs/runbooks.md#{name.lower()}" for name, runbook in alerts.items())


def test_dashboards_are_what_their_program_writes() -> None:
    program = ROOT / "deploy/monitoring/dashboards.py"
    checked = subprocess.run([sys.executable, str(program), "--check"], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr
