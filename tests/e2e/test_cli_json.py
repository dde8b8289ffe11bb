"""`--json` has one shape: one document for a response, and one a line for each message that is published."""

from __future__ import annotations

import json
from typing import Any

import pytest
from typer.main import get_command

from quikstate_server.cli.app import app
from quikstate_server.cli.common.connection_flags import ClientCommand
from support.server.command import quikstate

pytestmark = pytest.mark.usefixtures("emptied")

COMMANDS = [
    ("cache", "set", "cache:a", "v"),
    ("cache", "get", "cache:a"),
    ("cache", "delete", "cache:a"),
    ("limit", "peek", "k", "--limit", "5/15m"),
    ("limit", "check", "k", "--limit", "5/15m"),
    ("limit", "reset", "k", "--limit", "5/15m"),
    ("limit", "policies"),
    ("lock", "ls"),
    ("lock", "show", "report"),
    ("ping",),
    ("bench", "ping", "--count", "1"),
    ("top", "--once"),
    ("presence", "ls", "w1"),
    ("presence", "ls", "w1", "--count"),
    ("presence", "show", "alice"),
    ("presence", "set", "alice", "online"),
    ("pub_sub", "channels"),
    ("presence", "typing", "c1"),
    ("queue", "send", "jobs", "work"),
    ("queue", "ls"),
    ("queue", "stats", "jobs"),
    ("queue", "peek", "jobs"),
    ("queue", "dead", "jobs"),
    ("queue", "receive", "jobs"),
    ("session", "create", "alice"),
    ("session", "ls", "alice"),
    ("session", "show", "x"),
    ("session", "revoke", "alice", "--yes"),
    ("session", "check-token", "--jti", "x"),
]


STREAMS = {
    *("cache watch", "elect", "lock watch", "presence watch", "pub", "sub"),
    *("pub_sub history", "pub_sub publish", "pub_sub subscribe"),
}
"""A document a line; the tests of each verb read them."""


def test_json_of_every_command_that_calls_a_server_is_tried() -> None:
    root: Any = get_command(app)
    tried = {words[0] for words in COMMANDS} | {" ".join(words[:2]) for words in COMMANDS} | STREAMS
    for noun, command in root.commands.items():
        verbs = getattr(command, "commands", {"": command})
        for verb, each in verbs.items():
            if isinstance(each, ClientCommand) and any(param.name == "json" for param in each.params):
                assert f"{noun} {verb}".strip() in tried


def test_json_of_a_response_is_one_document(address: str) -> None:
    """Whatever the result: a negative one has a document too."""
    for words in COMMANDS:
        ran = quikstate(*words, "--json", QUIKSTATE_ADDR=address)
        assert ran.returncode in (0, 1), (words, ran.stderr)
        assert isinstance(json.loads(ran.stdout), dict | list), words


def test_json_of_published_messages_is_one_document_a_line(address: str) -> None:
    ran = quikstate("pub", "news", "a", "b", "--durable", "--json", QUIKSTATE_ADDR=address)
    assert [json.loads(line)["position"]["offset"] for line in ran.stdout.splitlines()] == ["1", "2"]


def test_json_shows_bytes_as_text_or_as_base64(address: str) -> None:
    for value, shown in ("日本", ["日本", None]), ("\udcff", [None, "/w=="]):
        stored = quikstate("queue", "send", "jobs", value, QUIKSTATE_ADDR=address)
        assert stored.returncode == 0, stored.stderr
        ran = quikstate("queue", "receive", "jobs", "--ack", "--json", QUIKSTATE_ADDR=address)
        (item,) = json.loads(ran.stdout)
        assert [item.get("payload"), item.get("payloadBase64")] == shown
