"""The budget of retries."""

from __future__ import annotations

from quikstate_server.redis_client.retry_budget import RetryBudget


def _spent(budget: RetryBudget) -> int:
    count = 0
    while budget.spend():
        count += 1
    return count


def test_a_hundred_retries_are_there_at_first_and_then_none() -> None:
    budget = RetryBudget()
    assert _spent(budget) == 100
    assert not budget.spend()


def test_ten_calls_earn_one_retry() -> None:
    budget = RetryBudget()
    _spent(budget)
    for _ in range(255):
        budget.earn()
    assert _spent(budget) == 25


def test_no_more_than_a_hundred_are_saved() -> None:
    budget = RetryBudget()
    for _ in range(100_000):
        budget.earn()
    assert _spent(budget) == 100
