"""`quikstate config`: checks the settings, and prints them with their origins or as variables."""

from __future__ import annotations

from quikstate_server.cli.common.output import complain, say, say_json, say_table
from quikstate_server.cli.doctor.check import CheckState
from quikstate_server.cli.doctor.checks import files
from quikstate_server.settings import Configuration, Setting, Settings, catalog
from quikstate_server.settings.reading import CONFIG_VARIABLE


def check(configuration: Configuration) -> bool:
    """Check the files that the settings name, and exposure; reading the settings has checked the rest."""
    failed = [row for row in files(configuration.settings) if row.state is CheckState.FAIL]
    for row in failed:
        complain(row.refusal or f"{row.name}: {row.what}")
    if not failed:
        given = sum(origin != "default" for origin in configuration.origins.values())
        say(f"ok: {given} settings set, {len(configuration.origins) - given} at their defaults")
    return not failed


def print_all(configuration: Configuration, *, json: bool) -> None:
    origins = configuration.origins
    values = {path: shown(setting, configuration.settings) for path, setting in catalog().items()}
    if json:
        say_json({path: {"value": value, "origin": origins[path]} for path, value in values.items()})
    else:
        shortened = {None: "-", "": '""'}
        rows = ([path, shortened.get(value, value or ""), origins[path]] for path, value in values.items())
        say_table(("setting", "value", "origin"), rows)


def shown(setting: Setting, settings: Settings) -> str | None:
    """Return a value as text, without any password."""
    targets = {"redis_url": settings.redis_target, "cache_redis_url": settings.cache_redis_target}
    if setting.path in targets:
        return str(targets[setting.path]) if targets[setting.path] else None
    return _text(setting.of(settings))  # a secret hides itself


def print_variables() -> None:
    say(f"# YAML file with settings by name; the variables below override it.\n# {CONFIG_VARIABLE}=\n")
    for setting in catalog().values():
        bounds = f" [{setting.bounds}]" if setting.bounds else ""
        say(f"# {setting.documentation}{bounds}\n# {setting.variable}={_text(setting.default) or ''}\n")


def _text(value: object) -> str | None:
    if value is None:
        return None
    return str(value).lower() if isinstance(value, bool) else str(value)
