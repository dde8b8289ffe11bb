"""Each command that calls a server says who calls, over TLS too, on each transport."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from support.server.callers import EVERYTHING, AuthFile, caller, token_entry
from support.server.certificates import OPENSSL, Certificates
from support.server.command import Serving, Started, StartServing, quikstate

pytestmark: list[pytest.MarkDecorator] = [] if OPENSSL else [pytest.mark.homeless]

TOKEN = "qs_of-the-test"  # noqa: S105 - of this test alone
COMMANDS = {
    "unary": ["lock", "ls"],
    "several calls": ["queue", "stats", "jobs"],
    "values": ["cache", "set", "cache:a", "1"],
    "publish": ["pub", "news", "hello"],
    "sessions": ["session", "ls", "alice"],
    "presence": ["presence", "ls", "w1"],
    "a stream of the client": ["lock", "run", "a", "--", "true"],
}


@pytest.fixture(scope="module")
def auth(tmp_path_factory: pytest.TempPathFactory) -> AuthFile:
    file = AuthFile(tmp_path_factory.mktemp("auth") / "auth.yaml")
    file.write(open=[], callers={"web": caller(TOKEN)})
    return file


@pytest.fixture(scope="module")
def flags_of_tls(certificates: Certificates) -> Sequence[str]:
    server = certificates.server
    return ["--tls-cert-file", str(server.cert), "--tls-key-file", str(server.key)]


@pytest.fixture(scope="module")
def encrypted(
    serve: StartServing, redis_url: str, auth: AuthFile, flags_of_tls: Sequence[str]
) -> Iterator[Serving]:
    with serve("--redis-url", redis_url, "--auth", str(auth.path), *flags_of_tls) as running:
        yield running


@pytest.fixture(scope="module")
def plain(serve: StartServing, redis_url: str, auth: AuthFile) -> Iterator[Serving]:
    with serve("--redis-url", redis_url, "--auth", str(auth.path)) as running:
        yield running


@pytest.fixture
def token_file(tmp_path: Path) -> Path:
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n")
    return file


@pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS.keys())
def test_command_sends_the_token_over_tls(
    encrypted: Serving, certificates: Certificates, token_file: Path, words: Sequence[str]
) -> None:
    variables = {"QUIKSTATE_ADDR": encrypted.address, "QUIKSTATE_SERVER_CA_FILE": str(certificates.ca.cert)}
    ran = quikstate(*words, QUIKSTATE_TOKEN_FILE=str(token_file), **variables)
    assert ran.returncode == 0, ran.stderr
    refused = quikstate(*words, **variables)
    assert refused.returncode == 2
    assert "UNAUTHENTICATED" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1


@pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS.keys())
def test_command_sends_the_token_in_plain_text_on_loopback(plain: Serving, words: Sequence[str]) -> None:
    ran = quikstate(*words, QUIKSTATE_ADDR=plain.address, QUIKSTATE_TOKEN=TOKEN)
    assert ran.returncode == 0, ran.stderr


def test_streams_of_the_server_send_the_token(plain: Serving, token_file: Path) -> None:
    identity = "--addr", plain.address, "--token-file", str(token_file)
    follow = ["sub", *identity, "news", "--json"], ["lock", "watch", *identity, "a"]
    with Started(*follow[0]) as sub, Started(*follow[1]) as watch:
        watch.says(r"a +(free)")
        with Started("queue", "consume", *identity, "jobs") as consume:
            assert quikstate("queue", "send", *identity, "jobs", "work").returncode == 0
            consume.says("(work)")
        while "news" not in sub.said:
            assert quikstate("pub", *identity, "news", "hello").returncode == 0
        for each in (sub, watch):
            each.send(signal.SIGINT)
            assert each.ended() == 130


def test_flags_may_stand_before_the_verb(plain: Serving, token_file: Path) -> None:
    identity = "--addr", plain.address, "--token-file", str(token_file)
    assert quikstate(*identity, "lock", "ls").returncode == 0
    assert quikstate("lock", *identity, "ls").returncode == 0
    nearest = quikstate("--addr", "127.0.0.1:1", "lock", *identity, "ls", QUIKSTATE_TOKEN="wrong")  # noqa: S106 - none
    assert nearest.returncode == 0, nearest.stderr
    refused = quikstate(*identity, "version")
    assert (refused.returncode, "--addr is for commands that call a server" in refused.stderr) == (2, True)


def test_flags_override_variables(plain: Serving, token_file: Path) -> None:
    wrong = {"QUIKSTATE_ADDR": "127.0.0.1:1", "QUIKSTATE_TOKEN": "wrong", "QUIKSTATE_TLS": "true"}
    identity = "--addr", plain.address, "--token-file", str(token_file), "--no-tls"
    assert quikstate("lock", "ls", *identity, **wrong).returncode == 0


def test_client_certificate_is_a_callers_credential(
    serve: StartServing,
    redis_url: str,
    certificates: Certificates,
    flags_of_tls: Sequence[str],
    auth: AuthFile,
) -> None:
    """A server that requires one refuses a client without it, and the command says what is missing."""
    mutual = [*flags_of_tls, "--tls-client-ca-file", str(certificates.ca.cert)]
    own = certificates.client
    shown = "--tls-cert-file", str(own.cert), "--tls-key-file", str(own.key)
    with serve("--redis-url", redis_url, "--auth", str(auth.path), *mutual) as running:
        identity = "--addr", running.address, "--tls-ca-file", str(certificates.ca.cert), "--token", TOKEN
        assert quikstate("lock", "ls", *identity, *shown).returncode == 0
        refused = quikstate("lock", "ls", *identity)
    assert (refused.returncode, "may need a client certificate" in refused.stderr) == (69, True)


REFUSED: Mapping[str, tuple[Sequence[str], str]] = {
    "a token in plain text": (
        ["--addr", "db.internal:50051", "--token", "x"],
        "the token would be sent in plain text: pass --tls-ca-file or --tls, or --no-tls if",
    ),
    "two tokens": (["--token", "x", "--token-file", "y"], "give either --token or --token-file"),
    "a token of two words": (["--token", "x y"], "must be one word"),
    "no token file": (["--token-file", "/nowhere/token"], "/nowhere/token: No such file"),
    "a certificate without its key": (["--tls-cert-file", "x"], "give both or none"),
    "no CA": (["--tls-ca-file", "/nowhere/ca"], "cannot use /nowhere/ca: No such file"),
    "certificates without TLS": (["--no-tls", "--tls-ca-file", "x"], "either --no-tls or certificates"),
}


@pytest.mark.parametrize(("flags", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_identity_that_does_not_fit_is_refused_in_one_line(flags: Sequence[str], said: str) -> None:
    refused = quikstate("lock", "ls", *flags)
    assert (refused.returncode, len(refused.stderr.splitlines())) == (2, 1)
    assert said in refused.stderr


def test_faults_of_tls_are_said_in_words(
    encrypted: Serving, plain: Serving, certificates: Certificates
) -> None:
    ca, stranger = str(certificates.ca.cert), str(certificates.stranger.cert)
    name = f"localhost:{encrypted.address.rpartition(':')[2]}"
    cases = {
        ("--addr", encrypted.address, "--tls-ca-file", stranger): "the server's certificate is not trusted",
        ("--addr", encrypted.address, "--tls"): "the server's certificate is not trusted",
        ("--addr", name, "--tls-ca-file", ca): "the server's certificate is for another name",
        ("--addr", plain.address, "--tls-ca-file", ca): "the server does not speak TLS",
        ("--addr", encrypted.address): "the server may need TLS",
    }
    for flags, words in cases.items():
        failed = quikstate("lock", "ls", *flags)
        assert (failed.returncode, words in failed.stderr) == (69, True), failed.stderr


def test_a_renewed_token_file_needs_no_restart(serve: StartServing, redis_url: str, tmp_path: Path) -> None:
    """The old token is taken away while a stream is open: the command goes on with the new one."""
    file, token_file = AuthFile(tmp_path / "auth.yaml"), tmp_path / "token"
    token_file.write_text("old")
    file.write(callers={"web": {"tokens": [token_entry("old"), token_entry("new")], "services": EVERYTHING}})
    with serve("--redis-url", redis_url, "--auth", str(file.path)) as running:
        identity = "--addr", running.address, "--token-file", str(token_file)
        with Started("lock", "watch", *identity, "a") as watch:
            watch.says(r"a +(free)")
            token_file.write_text("new")
            file.write(callers={"web": caller("new")})
            watch.says(r"(watching again)")
            file.write(callers={"web": caller("another")})
            assert watch.ended() == 2
            assert "UNAUTHENTICATED" in watch.said


def test_token_is_in_no_output(plain: Serving) -> None:
    for words in (["lock", "ls", "--json"], ["lock", "run", "a", "--", "true"], ["ping"]):
        for token in (TOKEN, "another-token"):
            ran = quikstate(*words, QUIKSTATE_ADDR=plain.address, QUIKSTATE_TOKEN=token)
            assert token not in ran.stdout + ran.stderr
    assert json.loads(quikstate("config", "print", "--json", QUIKSTATE_TOKEN=TOKEN).stdout)
    assert TOKEN not in quikstate("config", "print", QUIKSTATE_TOKEN=TOKEN).stdout


def test_no_proxy_stands_before_this_machine(plain: Serving) -> None:
    """It would see the token, and reach a port of its own machine."""
    proxy = {"http_proxy": "http://127.0.0.1:1", "https_proxy": "http://127.0.0.1:1"}
    variables = proxy | {"QUIKSTATE_ADDR": plain.address, "QUIKSTATE_TOKEN": TOKEN}
    for words in (["lock", "ls"], ["lock", "run", "a", "--", "true"]):
        ran = quikstate(*words, **variables)
        assert ran.returncode == 0, ran.stderr


def test_queue_consume_needs_no_right_to_inspect(serve: StartServing, redis_url: str, tmp_path: Path) -> None:
    """One that may not consume ends with the server's word, and does not call again and again."""
    grants = {"queue": {"access": ["write"], "names": ["jobs"]}}
    file = AuthFile(tmp_path / "auth.yaml").write(callers={"worker": caller(TOKEN, services=grants)})
    with serve("--redis-url", redis_url, "--auth", str(file)) as running:
        variables = {"QUIKSTATE_ADDR": running.address, "QUIKSTATE_TOKEN": TOKEN}
        assert quikstate("queue", "send", "jobs", "work", **variables).returncode == 0
        with Started("queue", "consume", "jobs", **variables) as consume:
            consume.says("(work)")
            consume.send(signal.SIGTERM)
            assert consume.ended() == 0
        with Started("queue", "consume", "mails", **variables) as consume:
            assert consume.ended() == 2
            assert "its names must begin with 'jobs'" in consume.said
        grants["queue"] = {"access": ["read"]}
        AuthFile(file).write(callers={"worker": caller(TOKEN, services=grants)})
        with Started("queue", "consume", "jobs", **variables) as consume:
            assert consume.ended() == 2
            assert "needs write access to queue" in consume.said
            assert "INTERNAL" not in consume.said


def test_a_minted_token_is_known_to_the_server(serve: StartServing, redis_url: str, tmp_path: Path) -> None:
    """The lines that `token mint` prints are a policy file once they grant something."""
    file, token_file = tmp_path / "auth.yaml", tmp_path / "web.token"
    minted = quikstate("token", "mint", "web", "--out", str(token_file), "--expires", "1h")
    file.write_text(f"{minted.stdout}    services: {{lock: {{access: [read]}}}}\n")
    assert quikstate("auth", "check", str(file)).returncode == 0
    assert quikstate("auth", "can", "web", "ListLocks", QUIKSTATE_AUTH=str(file)).returncode == 0
    with serve("--redis-url", redis_url, "--auth", str(file)) as running:
        identity = "--addr", running.address, "--token-file", str(token_file)
        assert quikstate("lock", "ls", *identity).returncode == 0
        refused = quikstate("lock", "run", "a", *identity, "--", "true")
    assert (refused.returncode, "needs write access to lock" in refused.stderr) == (2, True)
