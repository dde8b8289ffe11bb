"""The flags of all commands that call a server: which server, and with which identity.

They may stand before the verb too: `quikstate --context prod lock ls`, `quikstate lock --context prod ls`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from quikstate_server.cli.common.addresses import DEFAULT_ADDRESS, DEFAULT_PORT


class ClientCommand(TyperCommand):
    """A command whose `ctx.obj` is the server to call, a ServerTarget.

    Flags override variables, and variables the context. The context in use (`quikstate context use`) does
    not count where a flag or a variable says which server: its token is for its own.
    """

    def get_params(self, ctx: Any) -> list[Any]:  # typer keeps the types of its click to itself
        return [*super().get_params(ctx), *connection_options()]

    def invoke(self, ctx: Any) -> Any:
        from quikstate_server.cli.context.chosen import choose_server

        flags, variables = _given(ctx)
        for option in connection_options():
            del ctx.params[option.name]
        if address := ctx.params.pop("address", ""):  # of `ping`
            flags = {**flags, "addr": address}
        ctx.obj = choose_server(flags, variables)
        return super().invoke(ctx)


class ContextCommand(TyperCommand):
    """A command whose `ctx.obj` is what its flags say of a server, by their names."""

    def get_params(self, ctx: Any) -> list[Any]:
        options = _without_variables(hidden=False)
        return [*super().get_params(ctx), *(option for option in options if option.name != "context")]

    def invoke(self, ctx: Any) -> Any:
        names = [option.name for option in connection_options() if option.name in ctx.params]
        given = {name: ctx.params.pop(name) for name in names}
        ctx.obj = {name: value for name, value in given.items() if value is not None}
        return super().invoke(ctx)


class ClientGroup(TyperGroup):
    """Commands that call a server, whose flags may stand before the verb."""

    def get_params(self, ctx: Any) -> list[Any]:
        return [*super().get_params(ctx), *_hidden_options()]


class RootGroup(ClientGroup):
    """All commands; the flags are for those that call a server, and refused before any other."""

    def get_params(self, ctx: Any) -> list[Any]:
        return [*super().get_params(ctx), *_options_of(_version)]

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        name, command, left = super().resolve_command(ctx, args)
        given = [option for option in _hidden_options() if _is_given(ctx, option.name)]
        if given and not isinstance(command, ClientCommand | ClientGroup):
            ctx.fail(f"{given[0].opts[0]} is for commands that call a server; {name} is none")
        return name, command, left


def _given(ctx: Any) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Return the values of flags, the nearest to the verb first, and those of variables."""
    flags: dict[str, Any] = {}
    variables: dict[str, Any] = {}
    for option in connection_options():
        name = option.name
        if ctx.get_parameter_source(name).name == "ENVIRONMENT":
            variables[name] = ctx.params[name]
        above = ctx
        while above is not None and name not in flags:
            if name in above.params and _is_given(above, name):
                flags[name] = above.params[name]
            above = above.parent
    return flags, variables


def _is_given(ctx: Any, name: str) -> bool:
    source = ctx.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"


def identity_variables(ctx: Any) -> Mapping[str, Any]:
    """Return the values of variables in a command without the flags; not which server it calls."""
    options = [option for option in connection_options() if option.name not in ("context", "addr")]
    values = {option.name: option.value_from_envvar(ctx) for option in options}
    given = [option for option in options if values[option.name] is not None]
    return {option.name: option.process_value(ctx, values[option.name]) for option in given}


@cache
def connection_options() -> Sequence[Any]:
    """Return the options, made from the signature of a function, as Typer does. No caller may change them."""
    return _options_of(_every_option)


@cache
def _hidden_options() -> Sequence[Any]:
    """Return the options without their variables, which count once."""
    return _without_variables(hidden=True)


def _without_variables(*, hidden: bool) -> Sequence[Any]:
    options = [copy(option) for option in connection_options()]
    for option in options:
        option.envvar, option.hidden = None, hidden
    return options


@cache
def _options_of(function: Callable[..., None]) -> Sequence[Any]:
    app = typer.Typer(add_completion=False)
    app.command()(function)
    return typer.main.get_command(app).params


def _print_version(is_asked: bool) -> None:
    from quikstate_server.cli.server import version

    if is_asked:
        version.run(json=False)
        raise typer.Exit


def _version(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the versions.")
    ] = False,
) -> None:
    """Do nothing: its parameter is the option."""


def _every_option(
    context: Annotated[
        str | None,
        typer.Option(
            envvar="QUIKSTATE_CONTEXT",
            metavar="NAME",
            help="Context with the server and the credentials."
            " Default: the one in use, unless an address is given.",
        ),
    ] = None,
    addr: Annotated[
        str | None,
        typer.Option(
            envvar="QUIKSTATE_ADDR",
            metavar="ADDRESS",
            help="Server: host or host:port, unix:/path, or several as ipv4:ip:port,ip:port."
            f" Default: {DEFAULT_ADDRESS}; without a port {DEFAULT_PORT}.",
        ),
    ] = None,
    token: Annotated[
        str | None,
        typer.Option(
            envvar="QUIKSTATE_TOKEN",
            metavar="TOKEN",
            help="Bearer token or JWT. Other users of this machine can see it in `ps`: prefer --token-file.",
        ),
    ] = None,
    token_file: Annotated[
        Path | None,
        typer.Option(
            envvar="QUIKSTATE_TOKEN_FILE",
            metavar="FILE",
            help="File with the token; read for each call, so that it may be renewed.",
        ),
    ] = None,
    tls: Annotated[
        bool | None,
        typer.Option(
            "--tls/--no-tls",
            envvar="QUIKSTATE_TLS",
            help="TLS with the CAs of the system; or plain text, also with a token beyond this machine.",
        ),
    ] = None,
    tls_ca_file: Annotated[
        Path | None,
        typer.Option(
            envvar="QUIKSTATE_SERVER_CA_FILE",
            metavar="FILE",
            help="PEM file with the CA certificates of the server; implies TLS.",
        ),
    ] = None,
    tls_cert_file: Annotated[
        Path | None,
        typer.Option(
            envvar="QUIKSTATE_CLIENT_CERT_FILE",
            metavar="FILE",
            help="PEM file with the client certificate, for mutual TLS.",
        ),
    ] = None,
    tls_key_file: Annotated[
        Path | None,
        typer.Option(envvar="QUIKSTATE_CLIENT_KEY_FILE", metavar="FILE", help="PEM file with its key."),
    ] = None,
) -> None:
    """Do nothing: its parameters are the options."""
