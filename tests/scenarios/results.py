"""What became of each scenario: by language, and by language and transport."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_CELL = 12


@dataclass(frozen=True)
class Result:
    language: str
    transport: str
    topic: str
    scenario: str
    passed: bool
    fault: str = ""

    @property
    def row(self) -> str:
        return f"{self.topic}: {self.scenario}"


def table(results: Sequence[Result], languages: Sequence[str]) -> Iterator[str]:
    """Yield the lines of scenario by language; a cell names the transports on which it failed."""
    rows = list(dict.fromkeys(result.row for result in results))
    width = max(map(len, rows), default=0)
    yield _line("", width, languages)
    for row in rows:
        of_row = [result for result in results if result.row == row]
        yield _line(
            row, width, [_mark([one for one in of_row if one.language == name]) for name in languages]
        )


def _mark(results: Sequence[Result]) -> str:
    failed = [result.transport for result in results if not result.passed]
    if failed:
        return f"FAIL {','.join(failed)}"
    return "pass" if results else "-"


def matrix(results: Sequence[Result], languages: Sequence[str], transports: Sequence[str]) -> Iterator[str]:
    """Yield the lines of language by transport: the scenarios passed, and those failed."""
    width = max(map(len, ["language x transport", *languages]))
    yield _line("language x transport", width, transports)
    for language in languages:
        cells = [
            [one.passed for one in results if (one.language, one.transport) == (language, transport)]
            for transport in transports
        ]
        yield _line(language, width, [_counts(cell) for cell in cells])


def _counts(passed: Sequence[bool]) -> str:
    good, bad = passed.count(True), passed.count(False)
    if not passed:
        return "EMPTY"
    return f"{good}, {bad} failed" if bad else str(good)


def empty(
    results: Sequence[Result], languages: Sequence[str], transports: Sequence[str]
) -> list[tuple[str, str]]:
    """Return the cells of language and transport in which no scenario was played."""
    played = {(result.language, result.transport) for result in results}
    return [
        (language, transport)
        for language in languages
        for transport in transports
        if (language, transport) not in played
    ]


def _line(name: str, width: int, cells: Sequence[str]) -> str:
    return (f"{name:<{width}}" + "".join(f"  {cell:<{_CELL}}" for cell in cells)).rstrip()
