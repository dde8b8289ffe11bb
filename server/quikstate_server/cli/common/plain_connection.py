"""Reads the flags and variables of `ping` without typer, whose import would be half of what it costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from quikstate_server.settings.client_variables import client_variables

_FILES = frozenset({"token_file", "tls_ca_file", "tls_cert_file", "tls_key_file"})
_NAMES = _FILES | {"context", "addr", "token"}
_SWITCHES = {"--tls": ("tls", True), "--no-tls": ("tls", False), "--json": ("json", True)}


class PlainWords(NamedTuple):
    """The words of a command line: connection flags by their names, the other flags, and the arguments."""

    connection: Mapping[str, Any]
    options: Mapping[str, Any]
    arguments: Sequence[str]


def parse_plain_words(words: Sequence[str], options: Sequence[str]) -> PlainWords | None:
    """Parse the connection flags, `--json` and the options that take a value.

    Return None for any other flag. Then typer parses them: it shows help, and says what is wrong.
    """
    connection: dict[str, Any] = {}
    more: dict[str, Any] = {}
    arguments: list[str] = []
    left = iter(words)
    for word in left:
        flag, is_joined, value = word.partition("=")
        name = flag.removeprefix("--").replace("-", "_")
        if word in _SWITCHES:
            name, switched = _SWITCHES[word]
            (more if name == "json" else connection)[name] = switched
        elif not word.startswith("-"):
            arguments.append(word)
        elif not word.startswith("--") or not (name in _NAMES or name in options):
            return None
        else:
            if not is_joined:
                value = next(left, "-")
            if not is_joined and value.startswith("-"):
                return None
            (connection if name in _NAMES else more)[name] = Path(value) if name in _FILES else value
    return PlainWords(connection, more, arguments)


def plain_variables() -> Mapping[str, Any] | None:
    """Return the values of the variables; None if typer must parse one."""
    values = client_variables()
    if "tls" in values:
        return None
    return {name: Path(value) if name in _FILES else value for name, value in values.items()}
