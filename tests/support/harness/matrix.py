"""The matrices of the tests, and what became of each cell.

Primitives run in every topology on every server. Whole servers run on each transport: briefly in every
topology on every server, and at length, in the folders SERVER_TESTS, on one Redis.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest

from support.harness.checkout import SERVER
from support.redis import namespaces
from support.redis.binaries import Server, servers
from support.redis.deployments import TOPOLOGIES
from support.server.certificates import OPENSSL
from support.server.transports import TRANSPORTS

PRIMITIVES = sorted({script.parent.name for script in SERVER.glob("primitives/*/*.lua")})
SERVER_TESTS = ("services", "e2e", "faults")
"""The folders of tests whose servers run on each transport."""
_BELOW = "redis_client"
_WIDTH = 22
Counts = Counter[tuple[str, str]]
"""The number of tests by row and column."""


@dataclass(frozen=True)
class Cell:
    topology: str
    server: Server

    def __str__(self) -> str:
        return f"{self.topology}-{self.server.name}"


def cells() -> list[Cell]:
    """All of them, those that cannot run included."""
    return [Cell(topology, server) for topology in TOPOLOGIES for server in servers()]


def runnable(fixtures: Iterable[str]) -> list[Cell]:
    """The cells for a test that asks for these fixtures."""
    wanted = [cell for cell in cells() if cell.server.binary]
    if "start_redis" in fixtures:  # it starts single servers
        wanted = [cell for cell in wanted if cell.topology == "standalone"]
    if {"start_cluster", "cluster_process"} & set(fixtures):
        wanted = [cell for cell in wanted if cell.topology == "cluster"]
    if "start_group" in fixtures:  # the same with groups
        wanted = [cell for cell in wanted if cell.topology == "sentinel"]
    if "networks" in fixtures and not namespaces.are_possible():
        wanted = []
    if "certificates" in fixtures:
        wanted = [cell for cell in wanted if cell.server.tls and OPENSSL]
    return wanted


def note_cell(item: pytest.Item, report: pytest.TestReport) -> None:
    """Write into `report` in which cell its test ran: of the matrix of primitives, or of transports."""
    params = item.callspec.params if hasattr(item, "callspec") else {}
    cell = str(params["cell"]) if "cell" in params else ""
    if "transport" in params:
        report.user_properties.append(("row", cell or item.path.parent.name))
        report.user_properties.append(("column", params["transport"]))
    elif cell:
        report.user_properties.append(("row", cell))
        report.user_properties.append(("column", _part(item.path)))


def _part(file: Path) -> str:
    """The primitive that a test file is of; that of another folder is of what is below them."""
    named = [name for name in PRIMITIVES if file.stem.startswith(f"test_{name}")]
    return named[-1] if file.parent.name == "primitives" and named else _BELOW


def empty(terminal: pytest.TerminalReporter) -> list[tuple[str, str]]:
    """Return the cells in which no test ran."""
    ran = _count(terminal, "passed", "failed", "error")
    names = [str(cell) for cell in cells()]
    wanted = [*product(names, PRIMITIVES), *product([*names, *SERVER_TESTS], TRANSPORTS)]
    return [place for place in wanted if not ran[place]]


def print_matrices(terminal: pytest.TerminalReporter, homeless: list[str]) -> None:
    """Print the tests passed and failed in each cell, or why there are none; then the tests that ran nowhere.

    A run without such tests has no matrix.
    """
    rows = {str(cell): cell.server.absence for cell in cells()}
    _print_matrix(terminal, "topology x server x primitive", rows, (*PRIMITIVES, _BELOW))
    servers_rows = rows | dict.fromkeys(SERVER_TESTS, "")
    _print_matrix(terminal, "topology x server x transport, tests of whole servers", servers_rows, TRANSPORTS)
    _print_reached(terminal)
    for test in homeless:
        terminal.line(f"NOT RUN, since no server here can do what it needs: {test}", red=True)


def _print_matrix(
    terminal: pytest.TerminalReporter, title: str, rows: Mapping[str, str], columns: Sequence[str]
) -> None:
    """Print a matrix; `rows` say why they cannot run here, if so."""
    passed, failed = _count(terminal, "passed"), _count(terminal, "failed", "error")
    if not any(passed[place] or failed[place] for place in product(rows, columns)):
        return
    terminal.section(f"matrix: {title}, tests passed")
    terminal.line(" " * _WIDTH + "".join(f"{column:>14}" for column in columns))
    empty_rows: defaultdict[str, list[str]] = defaultdict(list)
    for row, absence in rows.items():
        counts = [(passed[row, column], failed[row, column]) for column in columns]
        if not any(map(any, counts)):
            empty_rows[absence or "no test of them was selected"].append(row)
            continue
        texts = [f"{good}{f', {bad} failed' if bad else ''}" for good, bad in counts]
        is_red = not all(good and not bad for good, bad in counts)
        terminal.line(f"{row:{_WIDTH}}" + "".join(f"{text:>14}" for text in texts), red=is_red)
    for why, names in empty_rows.items():
        terminal.line(f"EMPTY, {why}: {', '.join(names)}", red=True)


def _print_reached(terminal: pytest.TerminalReporter) -> None:
    """Print what callers tried to reach in another namespace, by RPC and attempt, and what they reached."""
    tried: Counts = Counter()
    reached: Counts = Counter()
    for report in [*terminal.stats.get("passed", []), *terminal.stats.get("failed", [])]:
        for name, value in getattr(report, "user_properties", ()):
            if name == "reached":
                rpc, attempt, count, leaks = value
                tried[rpc, attempt] += count
                reached[rpc, attempt] += leaks
    if not tried:
        return
    columns = list(dict.fromkeys(attempt for _, attempt in tried))
    terminal.section("matrix: RPC x attempt to reach another namespace, calls tried")
    terminal.line(" " * 39 + "".join(f"{column:>16}" for column in columns))
    for rpc in dict.fromkeys(rpc for rpc, _ in sorted(tried)):
        places = [(rpc, column) for column in columns]
        texts = [f"{tried[at] or '-'}{f', {reached[at]} LEAK' if reached[at] else ''}" for at in places]
        terminal.line(
            f"{rpc:39}" + "".join(f"{text:>16}" for text in texts), red=any(map(reached.get, places))
        )
    terminal.line(f"{sum(tried.values())} calls tried, {sum(reached.values())} leaks")


def _count(terminal: pytest.TerminalReporter, *outcomes: str) -> Counts:
    reports = [report for outcome in outcomes for report in terminal.stats.get(outcome, [])]
    properties = [dict(getattr(report, "user_properties", ())) for report in reports]
    return Counter((str(one["row"]), str(one["column"])) for one in properties if "row" in one)
