"""The command `python -m benchmarks`: measure, print, and keep what was measured."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import machine, plot, report, rows
from benchmarks.laboratory import Laboratory, Transport
from benchmarks.measure import measure
from benchmarks.processes import BenchmarkFailed
from benchmarks.results import Results
from benchmarks.rows.row import Row

_KEPT = Path(__file__).parent / "results"
_QUICK = (2, 0.5)
_PASSING = Path(__file__).parent.parent / "build" / "benchmarks"


def main() -> None:
    options = _options().parse_args()
    if not Path("/proc/self/stat").exists():
        sys.exit("the benchmark reads CPU times from /proc, so it needs Linux")
    chosen = _chosen(options.rows, [Transport(each) for each in options.transports])
    before = json.loads(options.before.read_text(encoding="utf-8")) if options.before else None
    rounds, seconds = _QUICK if options.quick else (options.rounds, options.seconds)
    try:
        results = _run(chosen, rounds, seconds)
    except BenchmarkFailed as failure:
        sys.exit(f"nothing was measured: {failure}")
    print(report.text(results, before))
    whole = not options.quick and len(chosen) == len(rows.everything(list(Transport)))
    _keep(results, options.output or (_KEPT if whole else _PASSING))


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    options.add_argument("--quick", action="store_true", help="2 short rounds: for a first look")
    options.add_argument(
        "--rounds", type=int, default=8, help="rounds, each with every row in turn (default 8)"
    )
    options.add_argument("--seconds", type=float, default=1.0, help="a row and round (default 1)")
    options.add_argument("--rows", nargs="+", metavar="ROW", help=f"only these: {' '.join(rows.names())}")
    carried = [each.value for each in Transport]
    options.add_argument(
        "--transports", nargs="+", choices=carried, default=carried, help="our server's (default all)"
    )
    options.add_argument("--before", type=Path, metavar="JSON", help="compare with an earlier run")
    options.add_argument("--output", type=Path, metavar="DIR", help="where latest.json, .md and .svg go")
    return options


def _chosen(names: Sequence[str] | None, transports: Sequence[Transport]) -> Sequence[Row]:
    """The rows asked for, in the order of the table."""
    unknown = set(names or ()) - set(rows.names())
    if unknown:
        sys.exit(f"there is no row {', '.join(sorted(unknown))}; there are: {' '.join(rows.names())}")
    return [row for row in rows.everything(transports) if not names or row.name in names]


def _run(chosen: Sequence[Row], rounds: int, seconds: float) -> Results:
    begun = time.monotonic()

    def say(what: str) -> None:
        sys.stderr.write(f"{time.monotonic() - begun:5.0f} s  {what}\n")

    with Laboratory() as laboratory:
        facts = machine.describe(laboratory.redis.binary)
        measured = measure(laboratory, chosen, rounds, seconds, say)
    say("done")
    made = datetime.now(UTC).isoformat(timespec="seconds")
    return Results(made, machine.commit(), rounds, facts, measured)


def _keep(results: Results, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    report.save(results, folder / "latest.json")
    plot.save(results, folder / "latest.svg")
    (folder / "latest.md").write_text(report.text(results), encoding="utf-8")
    print(f"kept as latest.json, latest.md and latest.svg in {folder}")


if __name__ == "__main__":
    main()
