"""Settings as they are shown to people: as text, with the origin of each and without secrets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from pydantic import SecretStr

from quikstate_server.settings.model import Settings
from quikstate_server.settings.reading import DEFAULT_ORIGIN, Setting, catalog

_HIDDEN = "***"
_NO_ORIGINS: Mapping[str, str] = MappingProxyType({})


class ShownSetting(NamedTuple):
    """A setting; its value is None if it is not set, and hidden if it is secret."""

    path: str
    value: str | None
    origin: str


def shown_settings(settings: Settings, origins: Mapping[str, str] = _NO_ORIGINS) -> Sequence[ShownSetting]:
    """Return all settings; those without an origin are shown as defaults."""
    return [
        ShownSetting(path, _value(setting, settings), origins.get(path, DEFAULT_ORIGIN))
        for path, setting in catalog().items()
    ]


def _value(setting: Setting, settings: Settings) -> str | None:
    """Return a value as text, without any password."""
    targets = {"redis_url": settings.redis_target, "cache_redis_url": settings.cache_redis_target}
    if setting.path in targets:
        return str(targets[setting.path]) if targets[setting.path] else None
    return text_of(setting.of(settings))


def text_of(value: object) -> str | None:
    """Return a value as the settings file would have it; None for one that is not set."""
    if value is None:
        return None
    if isinstance(value, SecretStr):
        return _HIDDEN if value else ""
    return str(value).lower() if isinstance(value, bool) else str(value)
