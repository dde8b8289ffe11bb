"""Parses the flags of settings without typer, whose import and options cost a fifth of a server's start."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from quikstate_server.settings import CONFIG_FLAG, catalog


class PlainFlags(NamedTuple):
    """The flags on a command line: values of settings by their paths, and the YAML file."""

    values: Mapping[str, object]
    file: Path | None


def parse_plain_flags(words: Sequence[str]) -> PlainFlags | None:
    """Parse `--flag value`, `--flag=value`, `--switch` and `--no-switch`; of several the last counts.

    Return None for any other word. Then typer parses them: it shows help, and says what is wrong.
    """
    switches, flags = _switches(), {setting.flag: path for path, setting in catalog().items()}
    values: dict[str, object] = {}
    file = None
    left = iter(words)
    for word in left:
        flag, is_joined, value = word.partition("=")
        if word in switches:
            path, values[path] = switches[word]
            continue
        if not is_joined:
            value = next(left, "--")
        if (not is_joined and value.startswith("-")) or flag in switches:
            return None
        if flag == CONFIG_FLAG:
            file = Path(value)
        elif flag in flags:
            values[flags[flag]] = value
        else:
            return None
    return PlainFlags(values, file)


def _switches() -> Mapping[str, tuple[str, bool]]:
    """Return path and value by the flags that take no value."""
    switches = [setting for setting in catalog().values() if setting.is_switch]
    return {setting.flag: (setting.path, True) for setting in switches} | {
        setting.negative_flag: (setting.path, False) for setting in switches
    }
