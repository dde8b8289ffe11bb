"""Settings that are wrong are refused, each in one line that names it."""

from __future__ import annotations

from pathlib import Path

import pytest

from quikstate_server.settings import Setting, Settings, StartRefused, catalog, read
from support.server.settings_file import WriteSettings, nested

pytestmark = pytest.mark.usefixtures("nothing_set")

NUMBERS = [
    pytest.param(setting, id=path)
    for path, setting in catalog().items()
    if setting.info.annotation in (int, float)
]


def refusal(*args: object, **flags: object) -> tuple[str, ...]:
    with pytest.raises(StartRefused) as refused:
        read(flags, *args)  # type: ignore[arg-type] # at most a file
    return refused.value.lines


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
    write_settings: WriteSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write_settings({"trace_ratio": 2})
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


def test_settings_refuse_unknown_names_in_the_file_and_name_the_nearest(
    write_settings: WriteSettings,
) -> None:
    file = write_settings(
        {"listn": 1, "redis": {"comand_seconds": 1}, "limits": {"max_hits": {"a": 1}}, "zzz": None}
    )
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
def test_settings_suggest_what_an_unknown_name_most_likely_means(
    path: str, what: str, write_settings: WriteSettings
) -> None:
    file = write_settings(nested(path, 1))
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
def test_settings_file_that_makes_no_sense_is_refused(
    content: str, what: str, write_settings: WriteSettings
) -> None:
    (line,) = refusal(write_settings(content))
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


def test_settings_hide_the_password_of_redis() -> None:
    settings = read({"redis_url": "redis://app:hunter2@db/1"}).settings
    told = (
        f"{settings!r} {settings} {settings.redis_target!r} {settings.redis_target} {settings.model_dump()}"
    )
    assert "hunter2" not in told
    assert str(settings.redis_target) == "redis://app:***@db/1"
    (line,) = refusal(redis_url="redis://app:hunter2@db/one")
    assert line == "--redis-url: has a database that is not a number"
