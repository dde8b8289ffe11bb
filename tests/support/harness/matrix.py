"""The matrix of the tests: every topology on every server by primitive, and what became of each cell."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from support.harness.checkout import SERVER
from support.redis import namespaces
from support.redis.binaries import Server, servers
from support.redis.deployments import TOPOLOGIES
from support.server.certificates import OPENSSL

PRIMITIVES = sorted({script.parent.name for script in SERVER.glob("primitives/*/*.lua")})
_BELOW = "redis_client"
_WIDTH = 22


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
    """Write into `report` which cell its test ran in, and for which primitive."""
    callspec = getattr(item, "callspec", None)
    if callspec and "cell" in callspec.params:
        report.user_properties.append(("cell", str(callspec.params["cell"])))
        report.user_properties.append(("part", _part(item.path)))


def _part(file: Path) -> str:
    """The primitive that a test file is of; that of another folder is of what is below them."""
    named = [name for name in PRIMITIVES if file.stem.startswith(f"test_{name}")]
    return named[-1] if file.parent.name == "primitives" and named else _BELOW


def empty(terminal: pytest.TerminalReporter) -> list[tuple[Cell, str]]:
    """The cells in which no test of a primitive ran."""
    ran = _count(terminal, "passed", "failed", "error")
    return [(cell, part) for cell in cells() for part in PRIMITIVES if not ran[str(cell), part]]


def print_matrix(terminal: pytest.TerminalReporter, homeless: list[str]) -> None:
    """Print the tests passed and failed in each cell, or why there are none; then the tests that ran nowhere.

    A run that needed no Redis has no matrix.
    """
    passed, failed = _count(terminal, "passed"), _count(terminal, "failed", "error")
    if passed or failed:
        _print_cells(terminal, passed, failed)
    for test in homeless:
        terminal.line(f"NOT RUN, since no server here can do what it needs: {test}", red=True)


def _print_cells(
    terminal: pytest.TerminalReporter, passed: Counter[tuple[str, str]], failed: Counter[tuple[str, str]]
) -> None:
    parts = (*PRIMITIVES, _BELOW)
    terminal.section("matrix: topology x server x primitive, tests passed")
    terminal.line(" " * _WIDTH + "".join(f"{part:>14}" for part in parts))
    empty_cells: defaultdict[str, list[str]] = defaultdict(list)
    for cell in cells():
        counts = [(passed[str(cell), part], failed[str(cell), part]) for part in parts]
        if not any(map(any, counts)):
            empty_cells[cell.server.absence or "no test of them was selected"].append(str(cell))
            continue
        texts = [f"{good}{f', {bad} failed' if bad else ''}" for good, bad in counts]
        is_red = not all(good and not bad for good, bad in counts)
        terminal.line(f"{cell!s:{_WIDTH}}" + "".join(f"{text:>14}" for text in texts), red=is_red)
    for why, names in empty_cells.items():
        terminal.line(f"EMPTY, {why}: {', '.join(names)}", red=True)


def _count(terminal: pytest.TerminalReporter, *outcomes: str) -> Counter[tuple[str, str]]:
    reports = [report for outcome in outcomes for report in terminal.stats.get(outcome, [])]
    properties = [dict(getattr(report, "user_properties", ())) for report in reports]
    return Counter((str(one["cell"]), str(one["part"])) for one in properties if "cell" in one)
