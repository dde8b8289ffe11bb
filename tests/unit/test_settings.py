"""Settings come from four sources, in one order."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from pydantic import SecretStr, ValidationError

from quikstate_server.settings import Configuration, Setting, Settings, catalog, read
from support.server.settings_file import WriteSettings, nested

EVERY = [pytest.param(setting, id=path) for path, setting in catalog().items()]

OTHER_VALUES = {
    "transport": "http",
    "cors_origins": "https://app.example.com",
    "listen": "unix:/run/quikstate.sock",
    "metrics_listen": "[::1]:9999",
    "redis_url": "redis://elsewhere",
    "redis_password": "p@/w%",
    "cache_redis_url": "redis://elsewhere/1",
    "data_dir": "/elsewhere",
    "key_prefix": "QuikApp:",
    "channel_prefix": "QuikApp:",
    "policies": "/elsewhere.yaml",
    "strict": "true",
    "insecure": "true",
    "auth": "/auth.yaml",
    "tls_client_auth": "optional",
    "log_level": "debug",
    "log_format": "json",
    "otlp_endpoint": "http://collector:4318/v1/traces",
    "otlp_metrics_endpoint": "http://collector:4318/v1/metrics",
    "durable_channels": "channel:,log:",
    "redis.sentinel_username": "ada",
    "redis.sentinel_password": "hunter2",
    "redis.sentinel_tls": "plain",
    "redis.min_replicas": "1",
}
"""A valid value other than the default for what is no number and no file that must exist."""

pytestmark = pytest.mark.usefixtures("nothing_set")


def other_value(setting: Setting, tmp_path: Path) -> str:
    if setting.path in OTHER_VALUES:
        return OTHER_VALUES[setting.path]
    if setting.path.startswith(("tls_", "redis.tls_", "redis.sentinel_tls_")):
        (tmp_path / "tls.pem").touch()
        return str(tmp_path / "tls.pem")
    default = setting.default
    assert isinstance(default, int | float)
    return str(default / 2 or 1.5) if isinstance(default, float) else str(default - 1 or 2)


def value_of(configuration: Configuration, setting: Setting) -> str:
    value = setting.of(configuration.settings)
    if setting.path in {"redis_url", "cache_redis_url"}:
        return str(getattr(configuration.settings, setting.path.replace("url", "target")))
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    return str(value).lower() if isinstance(value, bool) else str(value)


@pytest.mark.parametrize("setting", EVERY)
def test_settings_take_each_from_default_file_environment_and_flag(
    setting: Setting, tmp_path: Path, write_settings: WriteSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    value = other_value(setting, tmp_path)
    assert read().origins[setting.path] == "default"

    native = value if setting.path in OTHER_VALUES.keys() - {"strict", "insecure"} else yaml.safe_load(value)
    file = write_settings(nested(setting.path, native))
    from_file = read(file=file)
    assert (value_of(from_file, setting), from_file.origins[setting.path]) == (
        value,
        f"{file}: {setting.path}",
    )

    monkeypatch.setenv(setting.variable, value)
    from_environment = read()
    assert value_of(from_environment, setting) == value
    assert from_environment.origins[setting.path] == setting.variable

    monkeypatch.delenv(setting.variable)
    from_flag = read({setting.path: value})
    assert (value_of(from_flag, setting), from_flag.origins[setting.path]) == (value, setting.flag)


def test_settings_prefer_flag_to_environment_to_file(
    write_settings: WriteSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write_settings({"redis": {"command_seconds": 1, "connect_seconds": 1, "stall_seconds": 1}})
    monkeypatch.setenv("QUIKSTATE_REDIS__COMMAND_SECONDS", "2")
    monkeypatch.setenv("QUIKSTATE_REDIS__CONNECT_SECONDS", "2")
    chosen = read({"redis.command_seconds": "3"}, file).settings.redis
    assert (chosen.command_seconds, chosen.connect_seconds, chosen.stall_seconds) == (3, 2, 1)


def test_settings_file_is_named_by_the_environment_too(
    write_settings: WriteSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIKSTATE_CONFIG", str(write_settings({"strict": True})))
    assert read().settings.strict


@pytest.mark.parametrize("content", ["", "redis:\n", "# listen: 1\n"])
def test_settings_file_may_hold_nothing(content: str, write_settings: WriteSettings) -> None:
    assert read(file=write_settings(content)).settings == Settings()


@pytest.mark.parametrize("setting", EVERY)
def test_settings_have_a_name_each_and_a_sentence(setting: Setting) -> None:
    names = [(other.flag, other.variable) for other in catalog().values()]
    assert names.count((setting.flag, setting.variable)) == 1
    assert setting.documentation.endswith(".")


def test_settings_are_frozen() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Settings().listen = "elsewhere:1"


def test_settings_made_by_hand_ask_no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIKSTATE_LISTEN", "elsewhere:1")
    assert Settings().listen == "127.0.0.1:50051"


@pytest.mark.parametrize("path", ["redis_url", "policies", "otlp_endpoint"])
def test_settings_that_are_empty_are_unset(path: str) -> None:
    assert catalog()[path].of(read({path: ""}).settings) is None


def test_settings_metrics_can_be_turned_off() -> None:
    assert read({"metrics_listen": ""}).settings.metrics_listen == ""


@pytest.mark.parametrize(
    ("url", "known"), [("redis://app@db/1", "apart@/%"), ("redis://:inside@db", "inside")]
)
def test_settings_take_a_password_apart_from_the_url(url: str, known: str) -> None:
    settings = read({"redis_url": url, "redis_password": "apart@/%"}).settings
    assert settings.redis_target
    assert settings.redis_target.password == known
    assert known not in f"{settings!r} {settings.redis_target!r} {settings.redis_target}"
