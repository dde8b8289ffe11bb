"""The commands. Each imports its modules when it runs, so that `--help` and `ping` are quick."""

from __future__ import annotations

from typing import Annotated

import typer

from quikstate_server.cli import UNTRUE
from quikstate_server.cli.auth.commands import auth
from quikstate_server.cli.bench.commands import bench
from quikstate_server.cli.cache.commands import cache
from quikstate_server.cli.common.connection_flags import ClientCommand, RootGroup, identity_variables
from quikstate_server.cli.common.options import Json
from quikstate_server.cli.common.setting_flags import SettingsCommand
from quikstate_server.cli.context.commands import context
from quikstate_server.cli.election.commands import elect
from quikstate_server.cli.limit.commands import limit
from quikstate_server.cli.lock.commands import lock
from quikstate_server.cli.presence.commands import presence
from quikstate_server.cli.pub_sub.commands import pub, pub_sub, sub
from quikstate_server.cli.queue.commands import queue
from quikstate_server.cli.session.commands import session
from quikstate_server.cli.token.commands import token
from quikstate_server.cli.top.commands import top

# Tracebacks with local variables would show secrets.
app = typer.Typer(
    cls=RootGroup,
    help="Sessions, presence, rate limits, locks, messages, caches and queues over gRPC and Redis.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    epilog="Exit status: 0 success; 1 negative result; 2 refused (wrong argument or setting, port in use).",
)
config = typer.Typer(help="Check and print the settings.", no_args_is_help=True)
app.add_typer(config, name="config")
app.add_typer(limit, name="limit")
app.add_typer(lock, name="lock")
app.add_typer(cache, name="cache")
app.add_typer(presence, name="presence")
app.add_typer(pub_sub, name="pub_sub")
app.add_typer(queue, name="queue")
app.add_typer(session, name="session")
app.add_typer(context, name="context")
app.add_typer(token, name="token")
app.add_typer(auth, name="auth")
app.command(cls=ClientCommand)(pub)
app.command(cls=ClientCommand)(sub)
app.command(cls=ClientCommand)(top)
app.command(
    cls=ClientCommand,
    epilog="Exit status: 1 if the lead was lost; with a COMMAND, as that of `lock run`.",
)(elect)
app.command(cls=ClientCommand)(bench)


@app.command(cls=SettingsCommand)
def serve(ctx: typer.Context) -> None:
    """Serve until SIGTERM or Ctrl-C.

    Each setting is a flag, a variable (--redis-url is QUIKSTATE_REDIS_URL) and a
    name in the YAML file (redis_url). A flag overrides a variable, and a variable
    overrides the file. The flags below are those of most servers: `quikstate
    config settings` describes all, `quikstate config env` makes a file of them.
    """
    from quikstate_server.cli.server import serve as serve_command

    serve_command.run(ctx.obj())


@app.command(cls=ClientCommand)
def ping(
    ctx: typer.Context,
    address: Annotated[str, typer.Argument(help="Server: host, host:port or unix:/path; as --addr.")] = "",  # noqa: ARG001 - ClientCommand takes it
    service: Annotated[str, typer.Option(help="Service to check; empty for the whole server.")] = "",
    timeout: Annotated[float, typer.Option(min=0.001, help="Seconds to wait for the response.")] = 3.0,
    json: Json = False,
) -> None:
    """Check the health of a server.

    If nothing says which, it is the one that `serve` would start with the
    variables and the settings file that are here, as in a container: on its
    own address, with the certificate of its own tls_cert_file.
    """
    from quikstate_server.cli.server import ping as ping_command

    if not ping_command.run(ctx.obj, service, timeout, json=json):
        raise typer.Exit(UNTRUE)


@app.command(cls=SettingsCommand)
def doctor(ctx: typer.Context, json: Json = False) -> None:
    """Diagnose the settings, their files, Redis and the ports.

    It also inspects whether Redis could lose data. Warnings do not fail it. A
    server that runs is called with the token of QUIKSTATE_TOKEN_FILE and the
    certificate of QUIKSTATE_CLIENT_CERT_FILE, as `quikstate ping` does.
    """
    from quikstate_server.cli.common.server_target import create_target
    from quikstate_server.cli.doctor import doctor as doctor_command

    if not doctor_command.run(ctx.obj, create_target(identity_variables(ctx)), json=json):
        raise typer.Exit(UNTRUE)


@app.command("redis-acl", cls=SettingsCommand)
def redis_acl(ctx: typer.Context, json: Json = False) -> None:
    """Print the least Redis users for these settings, as ACL SETUSER commands.

    They cover the configured topology and prefixes, and all namespaces. To apply
    them: quikstate redis-acl --redis-url … | grep -v '^#' | redis-cli …
    """
    from quikstate_server.cli.server import redis_acl as redis_acl_command

    redis_acl_command.run(ctx.obj().settings, json=json)


@app.command()
def version(json: Json = False) -> None:
    """Print the versions of quikstate and its main dependencies."""
    from quikstate_server.cli.server import version as version_command

    version_command.run(json=json)


@config.command(cls=SettingsCommand)
def check(ctx: typer.Context) -> None:
    """Check whether a server would accept these settings."""
    from quikstate_server.cli.server import config as config_command

    if not config_command.check(ctx.obj()):
        raise typer.Exit(UNTRUE)


@config.command("print", cls=SettingsCommand)
def print_(ctx: typer.Context, json: Json = False) -> None:
    """Print every setting with its origin; secrets stay hidden."""
    from quikstate_server.cli.server import config as config_command

    config_command.print_all(ctx.obj(), json=json)


@config.command()
def env() -> None:
    """Print all variables with their defaults and descriptions, as a file to edit."""
    from quikstate_server.cli.server import config as config_command

    config_command.print_variables()


@config.command()
def settings(
    words: Annotated[
        str, typer.Argument(metavar="WORDS", help="Only settings with these words, such as redis or tls.")
    ] = "",
    json: Json = False,
) -> None:
    """Describe the settings, a line each: the flags of `serve`."""
    from quikstate_server.cli.server import config as config_command

    config_command.print_settings(words, json=json)
