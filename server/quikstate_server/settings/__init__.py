"""Settings, read once from flags, environment, file and defaults. The only reader of the environment."""

from quikstate_server.settings.directories import config_directory
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
