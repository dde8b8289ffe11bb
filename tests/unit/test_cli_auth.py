"""The commands `quikstate token …` and `quikstate auth …`: what they print, and their exit status."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner, Result

from quikstate_server.caller import Access
from quikstate_server.cli.app import app
from quikstate_server.cli.auth.can import find_method
from quikstate_server.identity.auth_file import read_auth_file
from quikstate_server.services.catalog import SERVICES as SPECS
from support.server.callers import SERVICES, AuthFile, Issuer, caller, token_entry

pytestmark = pytest.mark.usefixtures("nothing_set")

POLICY: dict[str, Any] = {
    "anonymous": "guest",
    "callers": {
        "web": caller(
            "a", namespace="shop", services={"lock": {"access": ["read", "write"], "names": ["w:"]}}
        ),
        "ops": caller("b", services={"lock": {"access": ["admin"]}, "rate_limit": {"access": ["read"]}}),
        "named": caller("c", services={"rate_limit": {"access": ["read", "write"], "names": ["api:"]}}),
        "guest": {"services": {"cache": {"access": ["read"]}}},
    },
}


@pytest.fixture
def auth(tmp_path: Path) -> Path:
    return AuthFile(tmp_path / "auth.yaml").write(**POLICY)


def run(*words: str, said: str = "") -> Result:
    return CliRunner().invoke(app, words, input=said)


def test_token_mint_prints_a_token_and_the_policy_that_knows_it(tmp_path: Path) -> None:
    minted = run("token", "mint", "web")
    assert minted.exit_code == 0
    token, policy = minted.stdout.split("\n", 1)
    assert re.fullmatch(r"qs_[A-Za-z0-9_-]{43}", token)
    assert token not in policy + minted.stderr
    file = tmp_path / "auth.yaml"
    file.write_text(policy)
    (entry,) = read_auth_file(file, SERVICES).callers["web"].tokens
    assert (entry.sha256, entry.expires) == (hashlib.sha256(token.encode()).hexdigest(), None)
    assert run("token", "mint", "web").stdout != minted.stdout


@pytest.mark.parametrize("name", ["web", "no", "null", "1.5", "---", "-x", "a.b-c_d", "2027-01-01"])
def test_token_mint_writes_yaml_for_any_name_of_a_caller(name: str, tmp_path: Path) -> None:
    facts = json.loads(run("token", "mint", "--json", "--expires", "90d", "--", name).stdout)
    file = tmp_path / "auth.yaml"
    file.write_text(facts["policy"])
    (entry,) = read_auth_file(file, SERVICES).callers[name].tokens
    assert entry.sha256 == facts["sha256"] == hashlib.sha256(facts["token"].encode()).hexdigest()
    assert entry.expires
    left = entry.expires - datetime.now(UTC)
    assert timedelta(days=89) < left <= timedelta(days=90)


def test_token_mint_writes_the_token_to_a_file_that_only_its_owner_can_read(tmp_path: Path) -> None:
    file = tmp_path / "web.token"
    minted = run("token", "mint", "web", "--out", str(file))
    token = file.read_text().strip()
    assert file.stat().st_mode & 0o777 == 0o600
    assert token not in minted.output
    (entry,) = yaml.safe_load(minted.stdout)["callers"]["web"]["tokens"]
    assert entry == token_entry(token)
    again = run("token", "mint", "web", "--out", str(file), "--json")
    assert (again.exit_code, file.read_text().strip()) == (2, token)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["a b"], "is no name of a caller"),
        (["web", "--expires", "soon"], "'soon' is neither 90d or 12h nor a time"),
        (["web", "--expires", "2020-01-01T00:00:00Z"], "is past"),
        (["web", "--expires", "2099-01-01T00:00:00"], "give a time zone"),
        (["web", "--expires", "9999999d"], "is too far away"),
        (["web", "--out", "/nowhere/token"], "/nowhere/token: No such file"),
    ],
)
def test_token_mint_refuses_in_one_line(words: list[str], said: str) -> None:
    refused = run("token", "mint", *words)
    assert (refused.exit_code, refused.stdout, len(refused.stderr.splitlines())) == (2, "", 1)
    assert said in refused.stderr


def test_token_inspect_tells_the_digest_of_a_token() -> None:
    digest = hashlib.sha256(b"qs_abc").hexdigest()
    assert run("token", "inspect", "qs_abc").stdout == f"kind: bearer token\nsha256: {digest}\n"
    told = json.loads(run("token", "inspect", "-", "--json", said="Bearer qs_abc\n").stdout)
    assert told["sha256"] == digest
    assert run("token", "inspect", "-").exit_code == 2


def test_token_inspect_shows_a_jwt_and_says_that_it_is_not_verified() -> None:
    token = Issuer().sign(exp=10, list=["a"])
    told = run("token", "inspect", "-", said=token).stdout
    assert "note: the signature was not verified" in told
    assert 'header.alg: "RS256"' in told
    assert "claims.exp: 10 (1970-01-01T00:00:10Z, expired)" in told
    facts = json.loads(run("token", "inspect", token, "--json").stdout)
    assert (facts["header"]["kid"], facts["claims"]["list"]) == ("k1", ["a"])


@pytest.mark.parametrize("token", ["a.b.c", "..", "bnVsbA.bnVsbA.", "W10.W10.x", "é.é.é"])
def test_token_inspect_refuses_what_only_looks_like_a_jwt(token: str) -> None:
    refused = run("token", "inspect", token)
    assert (refused.exit_code, len(refused.stderr.splitlines())) == (2, 1)


def test_auth_check_lists_the_callers(auth: Path) -> None:
    checked = run("auth", "check", str(auth))
    assert checked.exit_code == 0
    assert re.search(r"^web +shop +1 token +lock: read write \(w:\)$", checked.stdout, re.MULTILINE)
    assert "without a credential: guest" in checked.stdout
    assert checked.stdout.endswith(f"ok: {auth}\n")
    facts = json.loads(run("auth", "check", str(auth), "--json").stdout)
    assert (facts["valid"], {one["caller"] for one in facts["callers"]}) == (True, POLICY["callers"].keys())


def test_auth_check_warns_of_what_is_probably_not_meant(tmp_path: Path) -> None:
    expired = token_entry("a", expires=datetime(2020, 1, 1, tzinfo=UTC))
    file = AuthFile(tmp_path / "auth.yaml").write(callers={"web": {"tokens": [expired]}, "idle": {}})
    checked = run("auth", "check", str(file))
    assert checked.exit_code == 0
    assert "web: 1 of its tokens expired" in checked.stderr
    assert "idle: it has no credential" in checked.stderr


def test_auth_check_of_a_file_that_a_server_refuses_fails_in_one_line(tmp_path: Path) -> None:
    file = AuthFile(tmp_path / "auth.yaml").write(
        callers={"web": {"services": {"locks": {"access": ["read"]}}}}
    )
    for path in (file, tmp_path / "nowhere.yaml"):
        checked = run("auth", "check", str(path))
        assert (checked.exit_code, checked.stdout, len(checked.stderr.splitlines())) == (1, "", 1)
        assert str(path) in checked.stderr
        told = json.loads(run("auth", "check", str(path), "--json").stdout)
        assert (told["valid"], str(path) in told["error"]) == (False, True)


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["web", "AcquireLock", "w:1"], 0, "yes: AcquireLock needs write access to lock"),
        (["web", "LockService/AcquireLock", "w:1"], 0, "in the namespace 'shop'"),
        (["web", "/quikstate.v1.LockService/AcquireLock"], 0, "with names that begin with 'w:'"),
        (["web", "AcquireLock", "x:1"], 1, "no: AcquireLock needs write access to lock"),
        (
            ["web", "ForceReleaseLock", "w:1"],
            1,
            "needs admin access to lock, and the policy grants read, write",
        ),
        (["ops", "AcquireLock"], 1, "the policy grants admin"),
        (["ops", "ForceReleaseLock", "any"], 0, "with any name"),
        (["named", "CheckRateLimit", "other"], 1, "no: CheckRateLimit needs"),
        (["named", "ListRateLimitPolicies", "other"], 0, "with any name"),
        (["guest", "GetSession"], 1, "the policy grants nothing"),
        (["guest", "GetEntries", "cache:a"], 0, "yes"),
    ],
)
def test_auth_can_says_why(auth: Path, words: list[str], status: int, said: str) -> None:
    asked = run("auth", "can", *words, "--auth", str(auth))
    assert (asked.exit_code, said in asked.stdout) == (status, True), asked.output
    told = json.loads(run("auth", "can", *words, "--auth", str(auth), "--json").stdout)
    assert told["allowed"] is (status == 0)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nobody", "AcquireLock"], "no caller has the name 'nobody'; there are: guest, named, ops, web"),
        (["web", "AquireLock"], "did you mean AcquireLock?"),
        (["web", "RestartServer"], "no RPC has the name 'RestartServer'"),
    ],
)
def test_auth_can_refuses_what_is_not_known(auth: Path, words: list[str], said: str) -> None:
    refused = run("auth", "can", *words, "--auth", str(auth))
    assert (refused.exit_code, said in refused.stderr) == (2, True)


def test_auth_can_finds_every_rpc_by_its_name() -> None:
    methods = [method for spec in SPECS for method in spec.methods]
    assert [find_method(method.name) for method in methods] == methods
    assert {method.access for method in methods} == set(Access)
