"""Settings come from four sources in one order, and what is wrong with them is said in one line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from pydantic import SecretStr, ValidationError

from quikstate_server.settings import Configuration, Setting, Settings, StartRefused, catalog, read

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
    "durable_channels": "channel:,log:",
    "redis.sentinel_username": "ada",
    "redis.sentinel_password": "hunter2",
    "redis.sentinel_tls": "plain",
}
"""A valid value other than the default for what is no number and no file that must exist."""

pytestmark = pytest.mark.usefixtures("nothing_set")

Write = Callable[[object], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a YAML file."""

    def one(content: object) -> Path:
        path = tmp_path / "quikstate.yaml"
        path.write_text(content if isinstance(content, str) else yaml.safe_dump(content, sort_keys=False))
        return path

    return one


def other_value(setting: Setting, tmp_path: Path) -> str:
    if setting.path in OTHER_VALUES:
        return OTHER_VALUES[setting.path]
    if setting.path.startswith(("tls_", "redis.tls_", "redis.sentinel_tls_")):
        (tmp_path / "tls.pem").touch()
        return str(tmp_path / "tls.pem")
    default = setting.default
    assert isinstance(default, int | float)
    return str(default / 2 or 1.5) if isinstance(default, float) else str(default - 1 or 2)


def nested(path: str, value: object) -> object:
    section, _, name = path.rpartition(".")
    return {section: {name: value}} if section else {name: value}


def refusal(*args: object, **flags: object) -> tuple[str, ...]:
    with pytest.raises(StartRefused) as refused:
        read(flags, *args)  # type: ignore[arg-type] # at most a file
    return refused.value.lines


def value_of(configuration: Configuration, setting: Setting) -> str:
    value = setting.of(configuration.settings)
    if setting.path in {"redis_url", "cache_redis_url"}:
        return str(getattr(configuration.settings, setting.path.replace("url", "target")))
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    return str(value).lower() if isinstance(value, bool) else str(value)


@pytest.mark.parametrize("setting", EVERY)
def test_settings_take_each_from_default_file_environment_and_flag(
    setting: Setting, tmp_path: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    value = other_value(setting, tmp_path)
    assert read().origins[setting.path] == "default"

    native = value if setting.path in OTHER_VALUES.keys() - {"strict", "insecure"} else yaml.safe_load(value)
    file = write(nested(setting.path, native))
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


def test_settings_prefer_flag_to_environment_to_file(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write({"redis": {"command_seconds": 1, "connect_seconds": 1, "stall_seconds": 1}})
    monkeypatch.setenv("QUIKSTATE_REDIS__COMMAND_SECONDS", "2")
    monkeypatch.setenv("QUIKSTATE_REDIS__CONNECT_SECONDS", "2")
    chosen = read({"redis.command_seconds": "3"}, file).settings.redis
    assert (chosen.command_seconds, chosen.connect_seconds, chosen.stall_seconds) == (3, 2, 1)


def test_settings_file_is_named_by_the_environment_too(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIKSTATE_CONFIG", str(write({"strict": True})))
    assert read().settings.strict


@pytest.mark.parametrize("content", ["", "redis:\n", "# listen: 1\n"])
def test_settings_file_may_hold_nothing(content: str, write: Write) -> None:
    assert read(file=write(content)).settings == Settings()


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


NUMBERS = [
    param
    for param, setting in zip(EVERY, catalog().values(), strict=True)
    if setting.info.annotation in (int, float)
]


@pytest.mark.parametrize("value", ["-1", "x", "nan", "inf", ""])
@pytest.mark.parametrize("setting", NUMBERS)
def test_settings_refuse_a_wrong_number_in_one_line(
    setting: Setting, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(setting.variable, value)
    (line,) = refusal()
    assert line.startswith(f"{setting.variable}: ")
    assert line.endswith(f"; it is {value!r}")


@pytest.mark.parametrize(
    ("path", "value", "what"),
    [
        ("listen", "50051", "must be host:port"),
        ("listen", "host:port", "must be host:port"),
        ("listen", "host:65536", "must be host:port"),
        ("listen", "::1:50051", "must be host:port"),
        ("listen", ":50051", "must be host:port"),
        ("listen", "", "must be host:port"),
        ("listen", "unix:", "must name a socket"),
        ("metrics_listen", "unix:/run/metrics.sock", "must be host:port"),
        ("key_prefix", "{P}:", "pattern"),
        ("key_prefix", "p" * 129, "at most 128"),
        ("channel_prefix", "line\n", "pattern"),
        ("channel_prefix", "_", "pattern"),
        ("channel_prefix", "__sentinel__:", "pattern"),
        ("strict", "perhaps", "boolean"),
        ("log_level", "loud", "'debug', 'info'"),
        ("log_format", "xml", "'console' or 'json'"),
        ("otlp_endpoint", "collector:4318", "pattern"),
        ("trace_ratio", "1.5", "less than or equal to 1"),
        ("redis.tls_ca_file", "/nowhere.pem", "does not point to a file"),
        ("redis.shared_connections", "17", "less than or equal to 16"),
        ("limits.max_atomic_hits", "101", "less than or equal to 100"),
        ("limits.max_limit", str(2**53 + 1), "less than or equal to"),
        ("limits.max_message_bytes", "1023", "greater than or equal to 1024"),
    ],
)
def test_settings_refuse_a_wrong_value_in_one_line(path: str, value: str, what: str) -> None:
    with pytest.raises(StartRefused) as refused:
        read({path: value})
    (line,) = refused.value.lines
    assert line.startswith(f"{catalog()[path].flag}: ")
    assert what in line
    assert "\n" not in line


def test_settings_name_everything_that_is_wrong_at_once(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write({"trace_ratio": 2})
    monkeypatch.setenv("QUIKSTATE_LISTEN", "nowhere")
    named = [line.partition(": ")[0] for line in refusal(file, log_level="loud")]
    assert named == ["QUIKSTATE_LISTEN", "--log-level", str(file)]


def test_settings_refuse_unknown_variables_and_name_the_nearest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIKSTATE_LISTN", "1")
    monkeypatch.setenv("QUIKSTATE_LIMITS_MAX_HITS", "1")
    assert refusal() == (
        "QUIKSTATE_LIMITS_MAX_HITS: no setting has this name; did you mean QUIKSTATE_LIMITS__MAX_HITS?",
        "QUIKSTATE_LISTN: no setting has this name; did you mean QUIKSTATE_LISTEN?",
    )


def test_settings_refuse_unknown_names_in_the_file_and_name_the_nearest(write: Write) -> None:
    file = write({"listn": 1, "redis": {"comand_seconds": 1}, "limits": {"max_hits": {"a": 1}}, "zzz": None})
    assert refusal(file) == (
        f"{file}: listn: no setting has this name; did you mean listen?",
        f"{file}: redis.comand_seconds: no setting has this name; did you mean redis.command_seconds?",
        f"{file}: limits.max_hits.a: no setting has this name; did you mean limits.max_hits?",
        f"{file}: zzz: no setting has this name",
    )


@pytest.mark.parametrize(
    ("variable", "what"),
    [
        ("LIMITS", "; it is a section of settings, such as QUIKSTATE_LIMITS__MAX_ID_BYTES"),
        ("REDIS", "; it is a section of settings, such as QUIKSTATE_REDIS__SHARED_CONNECTIONS"),
        ("LIMITS__MAX_IDD", "; did you mean QUIKSTATE_LIMITS__MAX_ID_BYTES?"),
        ("LIMITS__MAXHITS", "; did you mean QUIKSTATE_LIMITS__MAX_HITS?"),
        ("MAX_HITS", "; did you mean QUIKSTATE_LIMITS__MAX_HITS?"),
        ("POLICY", "; did you mean QUIKSTATE_POLICIES?"),
        ("LIMITS__COLOUR", ""),
        ("ZZZ", ""),
    ],
)
def test_settings_suggest_what_an_unknown_variable_most_likely_means(
    variable: str, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"QUIKSTATE_{variable}", '{"max_hits": 1}')
    assert refusal() == (f"QUIKSTATE_{variable}: no setting has this name{what}",)


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("limits.max_idd", "; did you mean limits.max_id_bytes?"),
        ("limits.max_hit", "; did you mean limits.max_hits?"),
        ("limit.max_hits", "; did you mean limits.max_hits?"),
        ("redis.url", "; did you mean redis_url?"),
        ("limits.colour", ""),
    ],
)
def test_settings_suggest_what_an_unknown_name_most_likely_means(path: str, what: str, write: Write) -> None:
    file = write(nested(path, 1))
    assert refusal(file) == (f"{file}: {path}: no setting has this name{what}",)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("- listen", "must hold settings by name"),
        ("listen: [", "is not valid YAML: "),
        ("listen: a:1\nlisten: a:2\n", "listen is set twice"),
        ("redis: 1", "redis: no setting has this name"),
    ],
)
def test_settings_file_that_makes_no_sense_is_refused(content: str, what: str, write: Write) -> None:
    (line,) = refusal(write(content))
    assert what in line
    assert "\n" not in line


def test_settings_file_that_cannot_be_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = tmp_path / "missing.yaml"
    assert refusal(missing) == (f"--config: cannot read {missing}: No such file or directory",)
    monkeypatch.setenv("QUIKSTATE_CONFIG", str(missing))
    assert refusal() == (f"QUIKSTATE_CONFIG: cannot read {missing}: No such file or directory",)


@pytest.mark.parametrize(
    "name", ["QUIKSTATE_SERVICE_HOST", "QUIKSTATE_SERVICE_PORT_GRPC", "QUIKSTATE_PORT_50051_TCP_ADDR"]
)
def test_settings_pass_over_what_kubernetes_sets_for_a_service_of_our_name(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "10.0.0.1")
    monkeypatch.setenv("QUIKSTATE_PORT", "tcp://10.0.0.1:50051")
    assert read().settings == Settings()
    monkeypatch.setenv("QUIKSTATE_PORT", "50051")  # somebody means something by it
    (line,) = refusal()
    assert line.startswith("QUIKSTATE_PORT: ")


def test_settings_pass_over_the_variables_of_our_clients(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIKSTATE_ADDR", "elsewhere:50051")
    monkeypatch.setenv("QUIKSTATE_TOKEN", "secret")
    monkeypatch.setenv("QUIKSTATE_LOCK", "leader")
    monkeypatch.setenv("QUIKSTATE_FENCING_TOKEN", "1")
    assert read().settings == Settings()


@pytest.mark.parametrize("path", ["redis_url", "policies", "otlp_endpoint"])
def test_settings_that_are_empty_are_unset(path: str) -> None:
    assert catalog()[path].of(read({path: ""}).settings) is None


def test_settings_metrics_can_be_turned_off() -> None:
    assert read({"metrics_listen": ""}).settings.metrics_listen == ""


def test_settings_hide_the_password_of_redis() -> None:
    settings = read({"redis_url": "redis://app:hunter2@db/1"}).settings
    told = (
        f"{settings!r} {settings} {settings.redis_target!r} {settings.redis_target} {settings.model_dump()}"
    )
    assert "hunter2" not in told
    assert str(settings.redis_target) == "redis://app:***@db/1"
    (line,) = refusal(redis_url="redis://app:hunter2@db/one")
    assert line == "--redis-url: has a database that is not a number"


@pytest.mark.parametrize(
    ("url", "known"), [("redis://app@db/1", "apart@/%"), ("redis://:inside@db", "inside")]
)
def test_settings_take_a_password_apart_from_the_url(url: str, known: str) -> None:
    settings = read({"redis_url": url, "redis_password": "apart@/%"}).settings
    assert settings.redis_target
    assert settings.redis_target.password == known
    assert known not in f"{settings!r} {settings.redis_target!r} {settings.redis_target}"
