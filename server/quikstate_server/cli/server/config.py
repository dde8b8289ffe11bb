"""`quikstate config`: checks the settings, and prints them with their origins or as variables."""

from __future__ import annotations

from collections.abc import Mapping

from quikstate_server.cli.common.output import complain, say, say_json, say_table
from quikstate_server.cli.doctor.check import CheckState
from quikstate_server.cli.doctor.checks import files
from quikstate_server.settings import Configuration, Setting, catalog, shown_settings
from quikstate_server.settings.reading import CONFIG_VARIABLE
from quikstate_server.settings.shown import text_of


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
    settings = shown_settings(configuration.settings, configuration.origins)
    if json:
        say_json({path: {"value": value, "origin": origin} for path, value, origin in settings})
    else:
        shortened = {None: "-", "": '""'}
        rows = ([path, shortened.get(value, value or ""), origin] for path, value, origin in settings)
        say_table(("setting", "value", "origin"), rows)


def print_variables() -> None:
    say(f"# YAML file with settings by name; the variables below override it.\n# {CONFIG_VARIABLE}=\n")
    for setting in catalog().values():
        bounds = f" [{setting.bounds}]" if setting.bounds else ""
        say(f"# {setting.documentation}{bounds}\n# {setting.variable}={text_of(setting.default) or ''}\n")


def print_settings(words: str, *, json: bool) -> None:
    """Print a line for each setting whose name or documentation has the words."""
    from quikstate_server.cli.common.setting_flags import describe_setting, placeholder

    found = [
        setting
        for path, setting in catalog().items()
        if words.lower() in f"{path} {setting.flag} {setting.documentation}".lower()
    ]
    if json:
        say_json([_facts(setting) for setting in found])
        return
    for setting in found:
        flag = f"{setting.flag} {placeholder(setting)}" if not setting.is_switch else setting.flag
        say(f"{flag}  {' '.join(describe_setting(setting).split())}")


def _facts(setting: Setting) -> Mapping[str, str | None]:
    return {
        "setting": setting.path,
        "flag": setting.flag,
        "variable": setting.variable,
        "default": text_of(setting.default),
        "bounds": setting.bounds or None,
        "documentation": " ".join(setting.documentation.split()),
    }
