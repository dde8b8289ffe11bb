"""The policy file of callers: what is refused, and in which words."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from quikstate_server.caller import Access, Grant
from quikstate_server.identity.auth_file import read_auth_file
from quikstate_server.settings.yaml_model import InvalidFile
from quikstate_server.watched_files import file_versions

SERVICES = {"lock", "queue"}
DIGEST = "ab" * 32


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "auth.yaml"


def test_auth_file_gives_callers_their_grants(file: Path) -> None:
    file.write_text(
        f"""
        callers:
          web:
            namespace: shop
            tokens: [{{sha256: {DIGEST}, expires: 2027-01-01T00:00:00Z}}]
            services:
              lock: {{access: [read, write], names: ["a:", "b:"]}}
            quotas: {{calls_per_second: 10}}
        """
    )
    entry = read_auth_file(file, SERVICES).callers["web"]
    caller = entry.caller("web")
    assert (caller.name, caller.namespace, caller.quotas.calls_per_second) == ("web", "shop", 10)
    assert caller.grants == {"lock": Grant(frozenset({Access.READ, Access.WRITE}), ("a:", "b:"))}
    assert entry.tokens[0].expires


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", "the whole file: must be a mapping"),
        ("callers: {a b: {}}", "callers.a b: must match"),
        ("callers: {a: {servises: {}}}", "callers.a.servises: is not a known key"),
        (
            "callers: {a: {services: {locks: {access: [read]}}}}",
            "callers.a.services: 'locks' is not one of lock, queue",
        ),
        (
            "callers: {a: {services: {lock: {access: []}}}}",
            "callers.a.services.lock.access: must not be empty",
        ),
        (
            "callers: {a: {services: {lock: {access: [all]}}}}",
            "callers.a.services.lock.access.0: must be one of",
        ),
        (
            "callers: {a: {services: {lock: {access: [read], names: ['']}}}}",
            "callers.a.services.lock.names.0:",
        ),
        ("callers: {a: {tokens: [{sha256: AB}]}}", "callers.a.tokens.0.sha256: must match"),
        (
            f"callers: {{a: {{tokens: [{{sha256: {DIGEST}, expires: 2027-01-01T00:00:00}}]}}}}",
            "must have a time zone",
        ),
        (
            f"callers: {{a: {{tokens: [{{sha256: {DIGEST}}}, {{sha256: {DIGEST}}}]}}}}",
            "callers.a has the same",
        ),
        ("callers: {a: {namespace: 'a:b'}}", "callers.a.namespace: must match"),
        ("callers: {a: {certificates: [host]}}", "callers.a.certificates.0: must match"),
        ("callers: {a: {quotas: {burst: 3}}}", "burst needs calls_per_second"),
        ("callers: {a: {quotas: {streams: -1}}}", "callers.a.quotas.streams"),
        ("callers: {a: {jwts: [{issuer: i, claims: {sub: x}}]}}", "'i' is not one of the issuers"),
        ("callers: {a: {jwts: [{issuer: i, claims: {}}]}}", "callers.a.jwts.0.claims: must not be empty"),
        ("anonymous: b\ncallers: {a: {}}", "anonymous: no caller is named 'b'"),
        ("open: [lock]\ncallers: {}", "open: 'lock' is not one of"),
        (
            "issuers: {i: {audience: q, algorithms: [none], jwks_file: f}}\ncallers: {}",
            "issuers.i.algorithms.0: must be one of",
        ),
        (
            "issuers: {i: {audience: q, algorithms: [RS256]}}\ncallers: {}",
            "needs either jwks_file or jwks_url",
        ),
        (
            "issuers: {i: {audience: q, algorithms: [RS256], jwks_url: 'http://id.test/jwks'}}\ncallers: {}",
            "jwks_url: must match",
        ),
        (
            "issuers: {i: {audience: q, algorithms: [RS256], jwks_file: f, leeway_seconds: 61}}\ncallers: {}",
            "leeway_seconds",
        ),
        ("callers: {a: {}}\ncallers: {b: {}}", "callers is set twice"),
        ("callers: {a: {}", "expected"),
    ],
)
def test_auth_file_with_an_error_is_refused_by_its_key(file: Path, text: str, error: str) -> None:
    file.write_text(text)
    with pytest.raises(InvalidFile) as refused:
        read_auth_file(file, SERVICES)
    line = str(refused.value)
    assert line.startswith(f"{file}: ")
    assert error in line
    assert "\n" not in line


def test_auth_file_does_not_show_what_it_refuses(file: Path) -> None:
    file.write_text("callers: {a: {tokens: [{sha256: my-secret-token}]}}")
    with pytest.raises(InvalidFile) as refused:
        read_auth_file(file, SERVICES)
    assert "my-secret-token" not in str(refused.value)


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.dates()
keys = st.sampled_from(
    [
        "callers",
        "a",
        "tokens",
        "sha256",
        "expires",
        "services",
        "lock",
        "access",
        "names",
        "quotas",
        "streams",
        "issuers",
        "open",
        "jwts",
        "claims",
        "namespace",
        "anonymous",
        "certificates",
    ]
)
trees = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=20,
)


@given(tree=trees)
def test_auth_file_with_any_content_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, tree: object
) -> None:
    file = tmp_path_factory.getbasetemp() / "fuzz.yaml"
    file.write_text(yaml.safe_dump(tree))
    with suppress(InvalidFile):
        read_auth_file(file, SERVICES)


@given(text=st.binary(max_size=60))
def test_auth_file_of_any_bytes_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, text: bytes
) -> None:
    file = tmp_path_factory.getbasetemp() / "fuzz-bytes.yaml"
    file.write_bytes(text)
    with suppress(InvalidFile):
        read_auth_file(file, SERVICES)


@pytest.mark.parametrize(
    ("value", "error"),
    [
        ("2027-02-30", "not a valid timestamp, line 1"),
        ("2027-13-01T00:00:00Z", "not a valid timestamp, line 1"),
        ("2027-01-01T00:00:00+99:99", "not a valid timestamp, line 1"),
        ("!!timestamp s3cret", "not a valid timestamp, line 1"),
        ("!!int s3cret", "not a valid int, line 1"),
        ("!!float s3cret", "not a valid float, line 1"),
        ("!!bool s3cret", "not a valid bool, line 1"),
        ("9" * 5_000, "not a valid int, line 1"),
        ("[" * 5_000, "nested too deep"),
        ("{a: " * 5_000, "nested too deep"),
    ],
    ids=lambda text: text[:20],
)
def test_auth_file_with_a_value_that_cannot_be_is_refused(file: Path, value: str, error: str) -> None:
    file.write_text(f"callers: {{a: {{tokens: [{{sha256: {DIGEST}, expires: {value}}}]}}}}")
    with pytest.raises(InvalidFile, match=error) as refused:
        read_auth_file(file, SERVICES)
    assert "s3cret" not in str(refused.value)


def test_file_of_an_impossible_name_has_no_version() -> None:
    assert file_versions([Path("a\0b")]) == [None]
