"""What is measured. A service's rows are a file here, and its budgets are in budgets.py."""

from collections.abc import Sequence
from functools import lru_cache

from benchmarks.rows import cache, floor, lock, presence, pub_sub, queue, rate_limit, session
from benchmarks.rows.row import Row


@lru_cache
def everything() -> Sequence[Row]:
    services = rate_limit, lock, cache, queue, session, presence, pub_sub
    return (*floor.ROWS, *(row for service in services for row in service.rows()))
