"""Settings, read once from flags, environment, file and defaults. The only reader of the environment.

What needs pydantic is imported when it is used: `quikstate ping` runs every few seconds, and needs none.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from quikstate_server.settings.directories import config_directory

if TYPE_CHECKING:
    from quikstate_server.settings.limits import Limits
    from quikstate_server.settings.model import RedisSettings, Settings
    from quikstate_server.settings.reading import (
        CONFIG_FLAG,
        CONFIG_VARIABLE,
        Configuration,
        Setting,
        StartRefused,
        catalog,
        from_json,
        read,
        to_json,
    )
    from quikstate_server.settings.redis_url import Mode, RedisUrl
    from quikstate_server.settings.shown import ShownSetting, shown_settings

__all__ = [
    "CONFIG_FLAG",
    "CONFIG_VARIABLE",
    "Configuration",
    "Limits",
    "Mode",
    "RedisSettings",
    "RedisUrl",
    "Setting",
    "Settings",
    "ShownSetting",
    "StartRefused",
    "catalog",
    "config_directory",
    "from_json",
    "read",
    "shown_settings",
    "to_json",
]

_MODULES = {
    "Limits": "limits",
    "Mode": "redis_url",
    "RedisSettings": "model",
    "RedisUrl": "redis_url",
    "Settings": "model",
    "ShownSetting": "shown",
    "shown_settings": "shown",
}
"""Where a name stands, if not in `reading`."""


def __getattr__(name: str) -> Any:
    """Import a name of `__all__`."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = import_module(f"{__name__}.{_MODULES.get(name, 'reading')}")
    value = globals()[name] = getattr(module, name)
    return value
