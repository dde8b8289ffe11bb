"""What commands print: tables that align for every script, and payloads as text or as base64."""

from __future__ import annotations

import pytest

from quikstate.v1.cache_pb2 import CacheEntry, CacheKey
from quikstate.v1.queue_pb2 import QueueItem, ReceiveResponse
from quikstate_server.cli.common.message_json import as_json
from quikstate_server.cli.common.output import say_table


def test_table_aligns_cjk_and_emoji(capsys: pytest.CaptureFixture[str]) -> None:
    say_table(("name", "n"), [["日本", "1"], ["\N{PARTY POPPER}", "2"], ["e\N{COMBINING ACUTE ACCENT}", "3"]])
    assert capsys.readouterr().out.splitlines() == [
        "NAME  N",
        "日本  1",
        "\N{PARTY POPPER}    2",
        "e\N{COMBINING ACUTE ACCENT}     3",
    ]


def test_table_has_a_column_for_text_with_control_characters(capsys: pytest.CaptureFixture[str]) -> None:
    say_table(("name", "n"), [["a\x1bb", "1"], ["abcd", "2"]])
    assert capsys.readouterr().out.splitlines() == ["NAME  N", "a\x1bb   1", "abcd  2"]


def test_json_of_a_message_shows_text_as_text_and_other_bytes_as_base64() -> None:
    texts = ReceiveResponse(items=[QueueItem(payload="日本".encode()), QueueItem(payload=b"\xff\x00")])
    first, second = as_json(texts)["items"]
    assert (first["payload"], "payloadBase64" in first) == ("日本", False)
    assert (second["payloadBase64"], "payload" in second) == ("/wA=", False)
    entry = as_json(CacheEntry(key=CacheKey(name="a")))
    assert (entry["key"], entry["value"]) == ({"name": "a"}, "")
