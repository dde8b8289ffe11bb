"""Makes each setting a flag of the commands that read the settings."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from inspect import Parameter, Signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer
from typer.core import TyperCommand

if TYPE_CHECKING:
    from quikstate_server.settings import Setting

_CONFIG = "config"
_METAVARS = {
    "seconds": "SECONDS",
    "bytes": "BYTES",
    "url": "URL",
    "listen": "ADDRESS",
    "policies": "FILE",
    "file": "FILE",
    "dir": "DIRECTORY",
}
"""Placeholder of a flag's value, by the last word of its name."""


_SHOWN = frozenset(
    {
        _CONFIG,
        "auth",
        "data_dir",
        "insecure",
        "listen",
        "log_level",
        "metrics_listen",
        "policies",
        "redis_url",
        "strict",
        "tls_cert_file",
        "tls_key_file",
        "transport",
        "workers",
    }
)
"""The flags in the help of a command, which has to fit a page."""


class SettingsCommand(TyperCommand):
    """A command whose `ctx.obj()` reads the settings; StartRefused becomes a line for each wrong one.

    Its help shows those that most servers have; `quikstate config settings` has all.

    The flags are made when the command is used, not when the program starts:
    the settings are slow to import.
    """

    def get_params(self, ctx: Any) -> list[Any]:  # typer keeps the types of its click to itself
        flags = _flags()
        for flag in flags:
            flag.hidden = (
                flag.name not in _SHOWN and not ctx.resilient_parsing
            )  # the shell completes them all
        return [*super().get_params(ctx), *flags]

    def invoke(self, ctx: Any) -> Any:
        from quikstate_server.cli.common.refusal import exit_on_refusal
        from quikstate_server.settings import catalog, read

        file = ctx.params.pop(_CONFIG)
        given = {path: ctx.params.pop(_name(path)) for path in catalog()}
        ctx.obj = partial(read, {path: value for path, value in given.items() if value is not None}, file)
        with exit_on_refusal():
            return super().invoke(ctx)


def _name(path: str) -> str:
    return path.replace(".", "_")


def _flags() -> list[Any]:
    """Make options from the signature of a function that has all of them, as Typer does."""

    def every_flag() -> None: ...

    every_flag.__signature__ = Signature(list(_parameters()))  # type: ignore[attr-defined] # as inspect documents
    app = typer.Typer(add_completion=False)
    app.command()(every_flag)
    return typer.main.get_command(app).params


def _parameters() -> Iterator[Parameter]:
    from quikstate_server.settings import CONFIG_FLAG, CONFIG_VARIABLE, catalog

    doc = f"YAML file with settings by name. [{CONFIG_VARIABLE}]"
    yield _parameter(_CONFIG, Path, typer.Option(CONFIG_FLAG, help=doc, metavar="FILE"))
    for path, setting in catalog().items():
        flag = f"{setting.flag}/{setting.negative_flag}" if setting.is_switch else setting.flag
        option = typer.Option(flag, help=describe_setting(setting), metavar=placeholder(setting))
        yield _parameter(_name(path), bool if setting.is_switch else str, option)


def describe_setting(setting: Setting) -> str:
    """Return its documentation, with the default and the bounds."""
    default = "" if setting.default in (None, "") else f"default: {setting.default}"
    facts = "; ".join(filter(None, (default, setting.bounds)))
    return f"{setting.documentation} [{facts}]" if facts else setting.documentation


def _parameter(name: str, kind: type, option: Any) -> Parameter:
    return Parameter(name, Parameter.KEYWORD_ONLY, default=None, annotation=Annotated[kind | None, option])


def placeholder(setting: Setting) -> str | None:
    """Return what stands for its value; None for a switch."""
    kind = setting.info.annotation
    choices = [choice for choice in get_args(kind) if isinstance(choice, str)]
    if choices or setting.is_switch:
        return "|".join(choices) or None
    fallback = "N" if kind is int else "NUMBER" if kind is float else "TEXT"
    return _METAVARS.get(setting.path.rpartition("_")[2], fallback)
