"""What the options of several commands accept."""

from __future__ import annotations

import pytest
import typer

from quikstate_server.cli.common.options import pairs, seconds


@pytest.mark.parametrize(
    ("text", "expected"), [("0", 0), ("500ms", 0.5), ("1.5s", 1.5), ("15m", 900), ("1h", 3_600)]
)
def test_cli_durations(text: str, expected: float) -> None:
    assert seconds(text) == expected


@pytest.mark.parametrize("text", ["", "5", "-1s", "s", "1d", "1 s", "1s1m", "nan"])
def test_cli_durations_that_are_none(text: str) -> None:
    with pytest.raises(typer.BadParameter, match="is not a duration such as"):
        seconds(text)


def test_cli_pairs() -> None:
    assert pairs(["address=10.0.0.1:80", "query=a=b", "empty="]) == {
        "address": "10.0.0.1:80",
        "query": "a=b",
        "empty": "",
    }
    for wrong in ("address", "=value", ""):
        with pytest.raises(typer.BadParameter, match="is not of the form name=value"):
            pairs([wrong])
