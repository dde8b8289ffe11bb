"""What is measured. A service's rows are a file here, and its budgets are in budgets.py."""

from collections.abc import Sequence
from functools import lru_cache

from benchmarks.rows import cache, floor, lock, queue, rate_limit, session
from benchmarks.rows.row import Row


@lru_cache
def everything() -> Sequence[Row]:
    return (*floor.ROWS, *rate_limit.rows(), *lock.rows(), *cache.rows(), *queue.rows())
    return (*floor.ROWS, *rate_limit.rows(), *lock.rows(), *cache.rows(), *session.rows())
