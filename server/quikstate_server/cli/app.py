"""The commands. Each imports what it needs when it runs, so that `--help` and `ping` are quick."""

from __future__ import annotations

from typing import Annotated

import typer

from quikstate_server.cli import UNTRUE
from quikstate_server.cli.cache.commands import cache
from quikstate_server.cli.common.options import DEFAULT_ADDRESS, Json
from quikstate_server.cli.common.setting_flags import SettingsCommand
from quikstate_server.cli.lock.commands import lock
from quikstate_server.cli.presence.commands import presence
from quikstate_server.cli.pub_sub.commands import pub, sub
from quikstate_server.cli.queue.commands import queue
from quikstate_server.cli.session.commands import session

# Tracebacks with local variables would show secrets.
app = typer.Typer(
    help="Sessions, presence, rate limits, locks, messages, caches and queues over gRPC and Redis.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    epilog="Exit status: 0 it is so; 1 it is not; 2 it could not begin (wrong setting, taken port).",
)
config = typer.Typer(help="Look at the settings.", no_args_is_help=True)
app.add_typer(config, name="config")
app.add_typer(lock, name="lock")
app.add_typer(cache, name="cache")
app.add_typer(presence, name="presence")
app.add_typer(queue, name="queue")
app.add_typer(session, name="session")
app.command()(pub)
app.command()(sub)


@app.command(cls=SettingsCommand)
def serve(ctx: typer.Context) -> None:
    """Serve until SIGTERM or Ctrl-C.

    Each flag is also a variable, --redis-url QUIKSTATE_REDIS_URL (`quikstate
    config env` lists them), and a name in the YAML file, redis_url. A flag goes
    before a variable, and that before the file.
    """
    settings = ctx.obj().settings
    import uvloop

    if settings.workers > 1:
        from quikstate_server.workers.supervisor import supervise

        uvloop.run(supervise(settings))
    else:
        from quikstate_server.app import serve as serve_until_stopped

        uvloop.run(serve_until_stopped(settings))


@app.command()
def ping(
    address: Annotated[
        str, typer.Argument(envvar="QUIKSTATE_ADDR", help="The server: host:port or unix:/path.")
    ] = DEFAULT_ADDRESS,
    service: Annotated[str, typer.Option(help="The service asked for; empty for the whole server.")] = "",
    timeout: Annotated[float, typer.Option(min=0.001, help="Seconds to wait for the answer.")] = 3.0,
    json: Json = False,
) -> None:
    """Ask a server for its health."""
    from quikstate_server.cli.server import ping as ping_command

    if not ping_command.run(address, service, timeout, json=json):
        raise typer.Exit(UNTRUE)


@app.command(cls=SettingsCommand)
def doctor(ctx: typer.Context, json: Json = False) -> None:
    """Look for what is wrong, from the settings to Redis.

    It looks at the settings, the files they name, the Redis in use and what that
    could lose, and the ports. A warning is no failure.
    """
    from quikstate_server.cli.doctor import doctor as doctor_command

    if not doctor_command.run(ctx.obj, json=json):
        raise typer.Exit(UNTRUE)


@app.command()
def version(json: Json = False) -> None:
    """Print our version, and of what we stand on."""
    from quikstate_server.cli.server import version as version_command

    version_command.run(json=json)


@config.command(cls=SettingsCommand)
def check(ctx: typer.Context) -> None:
    """Say whether a server would accept these settings."""
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
    """Print every variable with its default and its meaning, to be kept in a file."""
    from quikstate_server.cli.server import config as config_command

    config_command.print_variables()
