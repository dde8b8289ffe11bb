"""Reads the settings from all sources, and knows the origin of each value.

Not with pydantic-settings: it does not say which source gave a value, lets
unknown variables pass, reads the environment whenever a settings object is
made, and takes as long to import as everything else a command needs.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_args
from urllib.parse import quote

from pydantic import BaseModel, SecretStr, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from quikstate_server.settings import strict_yaml
from quikstate_server.settings.client_variables import CLIENT_VARIABLES
from quikstate_server.settings.model import Settings
from quikstate_server.settings.otel_variables import otel_variables
from quikstate_server.settings.similar import nearest

CONFIG_FLAG = "--config"
CONFIG_VARIABLE = "QUIKSTATE_CONFIG"
DEFAULT_ORIGIN = "default"
"""The origin of a setting that nothing gives."""
_PREFIX = "QUIKSTATE_"
# `quikstate lock run` sets the last two for its command, which may be a server.
_CLIENT_VARIABLES = frozenset(CLIENT_VARIABLES.values()) | {"QUIKSTATE_LOCK", "QUIKSTATE_FENCING_TOKEN"}
# Kubernetes sets these in every pod for each Service: for one called `quikstate`, QUIKSTATE_PORT among them.
_SERVICE_LINK = re.compile(r".*_(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT(_\d+_(TCP|UDP|SCTP)(_.+)?)?)")
_SERVICE_LINK_VALUE = re.compile(r"(tcp|udp|sctp)://.*")

_BOUNDS = {"ge": "at least", "gt": "above", "le": "at most", "lt": "below"}

Given = Mapping[str, tuple[object, str]]
"""Values by the path of their setting, each with its origin."""


class StartRefused(Exception):
    """The server cannot start: each of `lines` names a setting, and what is wrong with it."""

    def __init__(self, *lines: str) -> None:
        super().__init__("; ".join(lines))
        self.lines = lines


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting, such as `redis.command_seconds`, with its names in each source."""

    path: str
    info: FieldInfo
    model: type[BaseModel]

    @property
    def variable(self) -> str:
        return _PREFIX + self.path.replace(".", "__").upper()

    @property
    def flag(self) -> str:
        return "--" + self.path.replace(".", "-").replace("_", "-")

    @property
    def negative_flag(self) -> str:
        """Return the flag that turns a switch off."""
        return f"--no-{self.flag[2:]}"

    @property
    def section(self) -> str:
        """Return `redis`, `limits`, or "" for a setting outside of both."""
        return self.path.rpartition(".")[0]

    @property
    def documentation(self) -> str:
        from quikstate_server.settings.documentation import documentation_of  # only --help needs it

        return documentation_of(self.model)[self.path.rpartition(".")[2]]

    @property
    def default(self) -> object:
        return self.info.get_default(call_default_factory=True)

    @property
    def bounds(self) -> str:
        """Return the numbers allowed, such as `at least 1, at most 16`; "" for any."""
        return ", ".join(
            f"{words} {getattr(bound, name)}"
            for bound in self.info.metadata
            for name, words in _BOUNDS.items()
            if hasattr(bound, name)
        )

    @property
    def is_switch(self) -> bool:
        return self.info.annotation is bool

    @property
    def is_secret(self) -> bool:
        return SecretStr in get_args(self.info.annotation)

    def of(self, settings: Settings) -> object:
        """Return its value in `settings`; a secret stays hidden."""
        value: object = settings
        for part in self.path.split("."):
            value = getattr(value, part)
        return value


@cache
def catalog() -> Mapping[str, Setting]:
    """Return all settings by their paths."""
    return {setting.path: setting for setting in _settings_of(Settings, "")}


def _settings_of(model: type[BaseModel], section: str) -> Iterator[Setting]:
    for name, info in model.model_fields.items():
        if isinstance(info.annotation, type) and issubclass(info.annotation, BaseModel):
            yield from _settings_of(info.annotation, f"{section}{name}.")
        else:
            yield Setting(section + name, info, model)


@dataclass(frozen=True, slots=True)
class Configuration:
    """The settings, and the origin of each by its path: a flag, a variable, a file, or `default`."""

    settings: Settings
    origins: Mapping[str, str]


def read(flags: Mapping[str, object] | None = None, file: Path | None = None) -> Configuration:
    """Read `flags` (by path), the environment, the YAML file, REDIS_ and OTEL_ variables, in this precedence.

    Raise StartRefused with a line for each wrong setting.
    """
    sources = _flags(flags or {}), _environment(), _file(file), _legacy_redis_variables(), otel_variables()
    given = {path: value for source in reversed(sources) for path, value in source.items()}
    try:
        settings = Settings.model_validate(_nested(given))
    except ValidationError as error:
        raise StartRefused(*(_line(detail, given) for detail in error.errors())) from None
    return Configuration(
        settings, {path: given[path][1] if path in given else DEFAULT_ORIGIN for path in catalog()}
    )


def to_json(settings: Settings) -> str:
    """Serialize all settings, secrets included, for a worker process."""
    return json.dumps({path: _plain(setting.of(settings)) for path, setting in catalog().items()})


def from_json(text: str) -> Settings:
    """Restore what `to_json` has serialized."""
    return Settings.model_validate(_nested({path: (value, "") for path, value in json.loads(text).items()}))


def _plain(value: object) -> object:
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    return str(value) if isinstance(value, Path) else value


def _flags(flags: Mapping[str, object]) -> Given:
    return {path: (value, catalog()[path].flag) for path, value in flags.items()}


def _environment() -> Given:
    known = {setting.variable: setting.path for setting in catalog().values()}
    ours = {name for name in os.environ if name.startswith(_PREFIX) and not _is_service_link(name)}
    unknown = sorted(ours - known.keys() - _CLIENT_VARIABLES - {CONFIG_VARIABLE})
    if unknown:
        raise StartRefused(*(f"{name}{_unknown(name, (*known, CONFIG_VARIABLE))}" for name in unknown))
    return {path: (os.environ[name], name) for name, path in known.items() if name in os.environ}


def _is_service_link(name: str) -> bool:
    if not _SERVICE_LINK.fullmatch(name):
        return False
    return not name.endswith("_PORT") or bool(_SERVICE_LINK_VALUE.fullmatch(os.environ[name]))


def _legacy_redis_variables() -> Given:
    """Read the variables that services with a raw Redis client already have."""
    host = os.environ.get("REDIS_HOST", "")
    if not host:
        return {}
    port = os.environ.get("REDIS_PORT", "")
    if not port or _SERVICE_LINK_VALUE.fullmatch(port):
        port = "6379"
    password = quote(os.environ.get("REDIS_PASSWORD", ""), safe="")
    user = f":{password}@" if password else ""
    host = f"[{host}]" if ":" in host else host
    return {"redis_url": (f"redis://{user}{host}:{port}", "REDIS_HOST, REDIS_PORT")}


def _file(file: Path | None) -> Given:
    origin = CONFIG_FLAG if file else CONFIG_VARIABLE
    file = file or Path(os.environ.get(CONFIG_VARIABLE, ""))
    if file == Path():
        return {}
    values = dict(_flat(_yaml(file, origin)))
    unknown = [path for path in values if path not in catalog()]
    if unknown:
        raise StartRefused(*(f"{file}: {path}{_unknown(path, catalog())}" for path in unknown))
    return {path: (value, f"{file}: {path}") for path, value in values.items()}


def _yaml(file: Path, origin: str) -> Mapping[str, Any]:
    try:
        tree = strict_yaml.load(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise StartRefused(f"{origin}: cannot read {file}: {error.strerror or error}") from None
    except (strict_yaml.YamlError, UnicodeDecodeError) as error:
        raise StartRefused(f"{origin}: {file} is not valid YAML: {' '.join(str(error).split())}") from None
    if not isinstance(tree, dict | None):
        raise StartRefused(f"{origin}: {file} must hold settings by name")
    return tree or {}


def _flat(tree: Mapping[str, Any], section: str = "") -> Iterator[tuple[str, object]]:
    for name, value in tree.items():
        path = f"{section}{name}"
        if isinstance(value, dict):
            yield from _flat(value, f"{path}.")
        elif value is not None or path not in _sections():  # one whose lines are all commented out is None
            yield path, value


def _sections() -> set[str]:
    return {setting.section for setting in catalog().values()}


def _nested(given: Given) -> Mapping[str, Any]:
    tree: dict[str, Any] = {}
    for path, (value, _) in given.items():
        section, _, name = path.rpartition(".")
        (tree.setdefault(section, {}) if section else tree)[name] = value
    return tree


def _unknown(name: str, names: Collection[str]) -> str:
    """Explain an unknown name: it is a section, or another name was probably meant."""
    inside = next((other for other in names if re.match(rf"{re.escape(name)}(__|\.)", other)), None)
    if inside:
        return f": no setting has this name; it is a section of settings, such as {inside}"
    meant = nearest(name.removeprefix(_PREFIX), [other.removeprefix(_PREFIX) for other in names])
    prefix = _PREFIX if name.startswith(_PREFIX) else ""
    return f": no setting has this name{f'; did you mean {prefix}{meant}?' if meant else ''}"


def _line(detail: ErrorDetails, given: Given) -> str:
    """Describe a wrong value: its origin, what is wrong, and the value unless it is secret."""
    path = ".".join(str(part) for part in detail["loc"])
    value, origin = given.get(path, (None, path))
    what = detail["msg"].removeprefix("Value error, ")
    shown = "" if path not in catalog() or catalog()[path].is_secret else f"; it is {value!r}"
    return f"{origin}: {what[:1].lower()}{what[1:]}{shown}"
