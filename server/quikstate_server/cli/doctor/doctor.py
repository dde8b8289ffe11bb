"""`quikstate doctor`: runs all checks, and prints a row each."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator

from quikstate_server import logs
from quikstate_server.cli.common.output import say_json, say_table
from quikstate_server.cli.common.server_target import ServerTarget
from quikstate_server.cli.doctor import checks
from quikstate_server.cli.doctor.access_checks import check_issuers
from quikstate_server.cli.doctor.check import Check, CheckState
from quikstate_server.settings import Configuration, StartRefused


def run(read: Callable[[], Configuration], client: ServerTarget, *, json: bool) -> bool:
    """Print all checks; return True if none has failed. A running server is called as `client` says."""
    logs.silence()
    rows = list(_run_checks(read, client))
    if json:
        say_json([{**_named(row), "remedy": row.remedy} if row.remedy else _named(row) for row in rows])
    else:
        say_table(("", "check", "result"), ([row.state.value, row.name, _sentence(row)] for row in rows))
    return all(row.state is not CheckState.FAIL for row in rows)


def _run_checks(read: Callable[[], Configuration], client: ServerTarget) -> Iterator[Check]:
    try:
        configuration = read()
    except StartRefused as refused:
        yield from (Check("settings", CheckState.FAIL, line) for line in refused.lines)
        return
    given = sum(origin != "default" for origin in configuration.origins.values())
    yield Check(
        "settings", CheckState.OK, f"{given} set, {len(configuration.origins) - given} at their defaults"
    )
    yield from checks.files(configuration.settings)
    yield from asyncio.run(check_issuers(configuration.settings))
    yield from asyncio.run(checks.redis(configuration.settings))
    yield from checks.ports(configuration.settings, client)


def _named(row: Check) -> dict[str, str]:
    return {"check": row.name, "state": row.state.value, "what": row.what}


def _sentence(row: Check) -> str:
    return f"{row.what}: {row.remedy}" if row.remedy else row.what
