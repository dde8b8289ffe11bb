"""The command's settings, help and version; what it does as a process is tested in tests/e2e."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from typer.main import get_command
from typer.testing import CliRunner, Result

from quikstate_server.cli.app import app
from quikstate_server.cli.common.connection_flags import ClientCommand, connection_options
from quikstate_server.cli.context import chosen
from quikstate_server.settings import Settings, catalog, read
from support.server.command import python

pytestmark = pytest.mark.usefixtures("nothing_set")


def run(*words: str) -> Result:
    return CliRunner().invoke(app, words)


def test_cli_config_print_names_values_and_origins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "quikstate.yaml"
    file.write_text("strict: true")
    monkeypatch.setenv("QUIKSTATE_TRACE_RATIO", "0.5")
    words = "config", "print", "--config", str(file), "--limits-max-hits", "7"
    rows = dict(line.split(maxsplit=1) for line in run(*words).stdout.splitlines())
    shown = {path: rows[path].split() for path in ("strict", "trace_ratio", "limits.max_hits", "key_prefix")}
    assert shown == {
        "strict": ["true", f"{file}:", "strict"],
        "trace_ratio": ["0.5", "QUIKSTATE_TRACE_RATIO"],
        "limits.max_hits": ["7", "--limits-max-hits"],
        "key_prefix": ['""', "default"],
    }
    assert rows.keys() - {"SETTING"} == catalog().keys()
    told = json.loads(run(*words, "--json").stdout)
    assert told["limits.max_hits"] == {"value": "7", "origin": "--limits-max-hits"}
    assert told["policies"] == {"value": None, "origin": "default"}


def test_cli_config_print_hides_secrets() -> None:
    for words in (("config", "print"), ("config", "print", "--json")):
        told = run(*words, "--redis-url", "redis://app:hunter2@db/1").stdout
        assert "hunter2" not in told
        assert "redis://app:***@db/1" in told
        told = run(*words, "--cache-redis-url", "redis://app:hunter2@cache/1").stdout
        assert "hunter2" not in told
        assert "redis://app:***@cache/1" in told


def test_cli_config_env_can_be_kept_in_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every variable stands there with its default, behind a sentence about it."""
    told = run("config", "env").stdout
    variables = dict(re.findall(r"^# (QUIKSTATE_\w+)=(.*)$", told, re.MULTILINE))
    assert variables.keys() == {setting.variable for setting in catalog().values()} | {"QUIKSTATE_CONFIG"}
    for name, value in variables.items():
        if value or name == "QUIKSTATE_METRICS_LISTEN":
            monkeypatch.setenv(name, value)
    assert read().settings == Settings()
    assert all(setting.documentation in told for setting in catalog().values())


def test_cli_config_check_accepts_and_refuses(tmp_path: Path) -> None:
    fine = run("config", "check", "--strict")
    assert (fine.exit_code, fine.stdout) == (
        0,
        f"ok: 1 settings set, {len(catalog()) - 1} at their defaults\n",
    )
    wrong = run("config", "check", "--listen", "nowhere")
    assert (wrong.exit_code, wrong.stdout) == (2, "")
    assert wrong.stderr.startswith("quikstate: --listen: ")
    missing = run("config", "check", "--policies", str(tmp_path / "missing.yaml"))
    assert (missing.exit_code, missing.stdout) == (1, "")
    assert missing.stderr == f"quikstate: policies: {tmp_path}/missing.yaml: No such file or directory\n"


@pytest.mark.parametrize(
    "words", [["serve"], ["doctor"], ["redis-acl"], ["config", "check"], ["config", "print"]]
)
def test_cli_help_of_a_command_with_settings_fits_a_page(words: list[str]) -> None:
    told = run(*words, "--help").stdout
    assert len(told.splitlines()) <= 60
    assert "--redis-url" in told


def test_cli_every_setting_is_a_flag_of_serve() -> None:
    told = run("config", "settings").stdout
    for setting in catalog().values():
        assert re.search(rf"^{setting.flag}\b", told, re.MULTILINE), setting.flag
    assert len(told.splitlines()) == len(catalog())
    found = json.loads(run("config", "settings", "limits.max_hits", "--json").stdout)
    assert [each["variable"] for each in found] == ["QUIKSTATE_LIMITS__MAX_HITS"]
    flags = [option for param in COMMANDS["serve"].get_params(context_of("serve")) for option in param.opts]
    assert {setting.flag for setting in catalog().values()} < set(flags)


def test_cli_flag_turns_off_what_the_environment_turns_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("QUIKSTATE_STRICT", "true")
    told = json.loads(run("config", "print", "--no-strict", "--json").stdout)
    assert told["strict"] == {"value": "false", "origin": "--strict"}


def commands_of(command: Any, *words: str) -> Iterator[tuple[str, Any]]:
    """Yield each command below it by its words."""
    if not hasattr(command, "commands"):
        yield " ".join(words), command
        return
    for name, inner in command.commands.items():
        yield from commands_of(inner, *words, name)


COMMANDS = dict(commands_of(get_command(app)))


def context_of(name: str) -> Any:
    return COMMANDS[name].context_class(COMMANDS[name])


CALLERS = {name for name, command in COMMANDS.items() if isinstance(command, ClientCommand)}


@pytest.mark.parametrize("name", COMMANDS)
def test_cli_option_has_one_meaning_in_a_command(name: str) -> None:
    command = COMMANDS[name]
    params = command.get_params(command.context_class(command))
    options = [option for param in params for option in (*param.opts, *param.secondary_opts)]
    names = [param.name for param in params]
    for words in (options, names):
        assert sorted(words) == sorted(set(words))


def test_cli_command_that_calls_a_server_takes_an_identity() -> None:
    words = {
        "bench",
        "cache",
        "limit",
        "lock",
        "presence",
        "queue",
        "session",
        "pub",
        "sub",
        "pub_sub",
        "elect",
        "ping",
        "top",
    }
    assert {name for name in COMMANDS if name.split()[0] in words} == CALLERS
    for name in CALLERS:
        told = run(*name.split(), "--help").stdout
        for option in connection_options():
            assert f"[envvar:{option.envvar}]" in "".join(told.split()), (name, option.name)


def test_cli_variables_of_clients_do_not_stop_a_server(monkeypatch: pytest.MonkeyPatch) -> None:
    for option in connection_options():
        monkeypatch.setenv(option.envvar, "true")
    assert run("config", "check").exit_code == 0


def test_cli_version_names_what_it_stands_on() -> None:
    told = json.loads(run("version", "--json").stdout)
    assert told.keys() >= {"quikstate", "python", "grpcio", "redis"}
    assert run("version").stdout.startswith(f"quikstate {told['quikstate']} (python ")
    assert run("--version").stdout == run("version").stdout


@pytest.mark.parametrize("name", sorted(CALLERS))
def test_cli_connection_flags_stand_before_or_after_each_verb(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What stands nearest to the verb counts; each flag reaches the choice of the server."""
    seen: list[dict[str, Any]] = []

    def choose(flags: dict[str, Any], _: object) -> NoReturn:
        seen.append(flags)
        raise SystemExit(0)

    monkeypatch.setattr(chosen, "choose_server", choose)
    given = {option.name: str(option.name) for option in connection_options() if option.name != "tls"}
    words = [word for flag, value in given.items() for word in (f"--{flag.replace('_', '-')}", value)]
    required = [param.name for param in COMMANDS[name].params if param.required]
    arguments = [{"status": "online"}.get(argument, "a") for argument in required]
    parts = name.split()
    for position in range(len(parts) + 1):
        line = [*parts[:position], *words, "--tls", *parts[position:], *arguments]
        assert run(*line).exit_code == 0, line
    assert all({key: str(value) for key, value in each.items()} == {**given, "tls": "True"} for each in seen)
    assert len(seen) == len(parts) + 1


def test_cli_help_loads_nothing_slow() -> None:
    slow = "{'grpc', 'pydantic', 'redis', 'structlog', 'uvloop', 'rich'}"
    program = f"""
import sys
from quikstate_server.cli.app import app
app(["--help"], standalone_mode=False)
loaded = {slow} & sys.modules.keys()
assert not loaded, loaded
"""
    told = python(program)
    assert told.returncode == 0, told.stderr


@pytest.mark.parametrize(("command", "missing"), [("version", "typer"), ("serve", "uvloop")])
def test_cli_of_the_client_alone_says_what_to_install(command: str, missing: str) -> None:
    told = python(
        f"""
import sys
sys.modules[{missing!r}] = None
sys.argv = ["quikstate", {command!r}]
from quikstate_server.__main__ import main
main()
"""
    )
    line = f"quikstate: {missing} is not installed: pip install 'quikstate[server]'\n"
    assert (told.returncode, told.stdout, told.stderr) == (2, "", line)
