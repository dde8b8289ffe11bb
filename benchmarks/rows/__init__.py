"""List the rows that are measured. A service's rows are a file here, and its budgets are in budgets.py."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from benchmarks.laboratory import Transport
from benchmarks.rows import cache, floor, identity, life, lock, presence, pub_sub, queue, rate_limit, session
from benchmarks.rows.row import Row


def everything(transports: Sequence[Transport]) -> Sequence[Row]:
    """Each row, and those of our own server on each of the transports, one beside the other."""
    return [each for row in _rows() for each in row.on_each(transports)]


@lru_cache
def names() -> Sequence[str]:
    return [row.name for row in _rows()]


def _rows() -> Iterator[Row]:
    yield from floor.ROWS
    yield from identity.rows()
    for service in (rate_limit, lock, cache, queue, session, presence, pub_sub):
        yield from service.rows()
    yield from life.rows()
