"""The flags of `quikstate serve` mean the same with typer and without it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import typer

from quikstate_server.cli.common.plain_flags import parse_plain_flags
from quikstate_server.cli.common.setting_flags import SettingsCommand
from quikstate_server.settings import Configuration, catalog, read

pytestmark = pytest.mark.usefixtures("nothing_set")


def with_typer(words: Sequence[str]) -> Configuration:
    app = typer.Typer()
    seen: list[Configuration] = []

    @app.command(cls=SettingsCommand)
    def command(ctx: typer.Context) -> None:
        read_settings: Any = ctx.obj
        seen.append(read_settings())

    app(words, standalone_mode=False)
    return seen[0]


def plain(words: Sequence[str]) -> Configuration:
    flags = parse_plain_flags(words)
    assert flags is not None
    return read(flags.values, flags.file)


NUMBERS = [setting for setting in catalog().values() if setting.info.annotation in (int, float)]
SWITCHES = [setting for setting in catalog().values() if setting.is_switch]
LINES = [
    [],
    ["--strict"],
    ["--no-strict", "--strict"],
    ["--key-prefix", "", "--channel-prefix="],
    ["--key-prefix", "a=b", "--durable-channels=a:,b=:"],
    ["--key-prefix=-x"],
    ["--key-prefix", "first:", "--key-prefix", "last:"],
    ["--data-dir", "relative"],
    [word for setting in NUMBERS for word in (setting.flag, str(setting.default))],
    [word for setting in SWITCHES for word in (setting.flag, setting.negative_flag)],
]


@pytest.mark.parametrize("words", LINES)
def test_cli_plain_flags_are_those_of_typer(words: list[str]) -> None:
    assert plain(words) == with_typer(words)


@pytest.mark.parametrize("form", ["--config {}", "--config={}"])
def test_cli_plain_flags_name_a_file(form: str, tmp_path: Path) -> None:
    file = tmp_path / "quikstate.yaml"
    file.write_text("strict: true\nkey_prefix: 'a:'")
    words = [*form.format(file).split(), "--no-strict"]
    assert plain(words) == with_typer(words)
    assert plain(words).settings.key_prefix == "a:"


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["--redis-ulr", "redis://db"],
        ["--redis-url"],
        ["--listen", "--strict"],
        ["--key-prefix", "-x"],
        ["--strict=true"],
        ["--no-strict="],
        ["-l", "x"],
        ["word"],
        ["--", "word"],
        [""],
    ],
)
def test_cli_plain_flags_leave_the_rest_to_typer(words: list[str]) -> None:
    assert parse_plain_flags(["--log-level", "debug", *words]) is None
