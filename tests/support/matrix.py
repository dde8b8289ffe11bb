"""The matrix of the tests: every topology on every server, and what became of each cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import pytest

from support import namespaces
from support.certificates import OPENSSL
from support.deployments import TOPOLOGIES
from support.servers import Server, servers


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
    if "networks" in fixtures and not namespaces.possible():
        wanted = []
    if "certificates" in fixtures:
        wanted = [cell for cell in wanted if cell.server.tls and OPENSSL]
    return wanted


def missing() -> list[Cell]:
    """Cells that could run, were their server here."""
    return [cell for cell in cells() if not cell.server.binary]


def note_cell(item: pytest.Item, report: pytest.TestReport) -> None:
    """Write into `report` which cell its test ran in."""
    callspec = getattr(item, "callspec", None)
    if callspec and "cell" in callspec.params:
        report.user_properties.append(("cell", str(callspec.params["cell"])))


def print_matrix(terminal: pytest.TerminalReporter, homeless: list[str]) -> None:
    """Topology by server: tests passed and failed, or why there are none; and what ran nowhere."""
    passed, failed = _count(terminal, "passed"), _count(terminal, "failed", "error")
    terminal.section("matrix: topology x server")
    for cell in cells():
        counts = f"{passed[str(cell)]} passed, {failed[str(cell)]} failed"
        ran = passed[str(cell)] + failed[str(cell)]
        why = cell.server.absence or "no test of it was selected"
        terminal.line(
            f"{cell!s:30} {counts if ran else f'EMPTY: {why}'}", red=not ran or failed[str(cell)] > 0
        )
    for test in homeless:
        terminal.line(f"NOT RUN, since no server here can do what it needs: {test}", red=True)


def _count(terminal: pytest.TerminalReporter, *outcomes: str) -> Counter[str]:
    reports = [report for outcome in outcomes for report in terminal.stats.get(outcome, [])]
    return Counter(
        value
        for report in reports
        for name, value in getattr(report, "user_properties", ())
        if name == "cell"
    )
