"""docs/monitoring.md names every metric of the server, and no other."""

from __future__ import annotations

import re
from pathlib import Path

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
