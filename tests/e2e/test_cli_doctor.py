"""`quikstate doctor` finds what is wrong, and says so of each subject in a row.

Only what it says beside a running server depends on the transport.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from http.server import HTTPServer, SimpleHTTPRequestHandler
from pathlib import Path
from threading import Thread

import pytest

from support.redis.binaries import servers
from support.redis.cluster_process import ClusterProcess
from support.redis.full_disk import full_disk
from support.redis.redis_process import RedisProcess, free_port
from support.redis.slow_loading import make_slow_to_load
from support.server.callers import AuthFile, Issuer, caller
from support.server.certificates import OPENSSL, Certificates
from support.server.command import StartServing, quikstate

needs_openssl = pytest.mark.usefixtures("certificates") if OPENSSL else pytest.mark.homeless
Rows = dict[str, dict[str, str]]


def examine(*flags: str, **variables: str) -> tuple[int, Rows]:
    """The exit status, and the rows by what they look at."""
    ports = "--listen", f"127.0.0.1:{free_port()}", "--metrics-listen", ""
    told = quikstate("doctor", "--json", *ports, *flags, **variables)
    assert not told.stderr
    return told.returncode, {row["check"]: row for row in json.loads(told.stdout)}


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisProcess]:
    """A Redis without an append-only file."""
    server = next((server for server in servers() if server.binary), None)
    assert server, "there is no Redis server here"
    process = RedisProcess(server)
    yield process
    process.close()


def test_doctor_of_a_new_machine_finds_nothing_wrong(tmp_path: Path) -> None:
    told = quikstate("doctor", "--data-dir", str(tmp_path), "--listen", f"127.0.0.1:{free_port()}")
    assert told.returncode == 0, told.stdout
    states = {line.split()[1]: line.split()[0] for line in told.stdout.splitlines()[1:]}
    assert states == dict.fromkeys(["settings", "policies", "redis", "listen", "metrics_listen"], "ok")


def test_doctor_beside_a_running_server_looks_at_its_redis(tmp_path: Path, serve: StartServing) -> None:
    with serve("--data-dir", str(tmp_path)) as running:
        status, rows = examine("--listen", running.address, "--data-dir", str(tmp_path))
    assert status == 0
    assert rows["redis"]["state"] == "ok"
    assert rows["listen"]["what"] == f"{running.address} is in use, and a quikstate server is running"


def test_doctor_warns_of_what_redis_could_lose(redis: RedisProcess) -> None:
    status, rows = examine("--redis-url", f"unix://{redis.path}")
    assert (status, rows["redis"]["state"]) == (0, "ok")
    assert rows["redis persistence"]["state"] == "warn"
    assert rows["redis persistence"]["remedy"] == "set appendonly yes"


def test_doctor_fails_for_what_a_strict_server_would_not_serve_on(redis: RedisProcess) -> None:
    status, rows = examine("--redis-url", f"unix://{redis.path}", "--strict")
    assert (status, rows["redis persistence"]["state"]) == (1, "fail")


def test_doctor_fails_for_a_redis_that_takes_no_writes() -> None:
    server = next(server for server in servers() if server.binary)
    with closing(RedisProcess(server, appendonly="yes", save="3600 1000000")) as redis:
        with full_disk(redis):
            status, rows = examine("--redis-url", f"unix://{redis.path}")
        assert (status, rows["redis save"]["state"]) == (1, "fail")
        assert rows["redis save"]["remedy"] == "free space on its disk, then run BGSAVE"
        status, rows = examine("--redis-url", f"unix://{redis.path}")
        assert (status, "redis save" in rows) == (0, False)


def test_doctor_fails_where_fewer_replicas_are_in_reach_than_the_settings_demand(redis: RedisProcess) -> None:
    status, rows = examine("--redis-url", f"unix://{redis.path}", "--redis-min-replicas", "1")
    assert (status, rows["redis too_few_replicas"]["state"]) == (1, "fail")


def test_doctor_fails_for_a_redis_that_loads(monkeypatch: pytest.MonkeyPatch) -> None:
    server = next(server for server in servers() if server.binary)
    with closing(RedisProcess(server, appendonly="yes")) as redis:
        make_slow_to_load(redis, seconds=60)
        redis.kill()
        monkeypatch.setattr(RedisProcess, "_answers", lambda self: Path(self.path).exists())
        redis.start()
        status, rows = examine("--redis-url", f"unix://{redis.path}")
        assert (status, rows["redis loading"]["state"]) == (1, "fail")


def test_doctor_looks_at_every_node_of_a_cluster() -> None:
    cluster = ClusterProcess(next(server for server in servers() if server.binary), masters=2)
    url = f"redis+cluster://{cluster.addresses[1]}"
    status, rows = examine("--redis-url", url)
    assert (status, rows["redis"]["state"], rows["redis persistence"]["state"]) == (0, "ok", "warn")
    assert any(rows["redis persistence"]["what"].startswith(f"{node}: ") for node in cluster.addresses)
    cluster.close()
    status, rows = examine("--redis-url", url)
    assert (status, rows["redis"]["state"]) == (1, "fail")
    assert f"cannot reach Redis at {cluster.addresses[1]}" in rows["redis"]["what"]


def test_doctor_says_why_redis_cannot_be_reached() -> None:
    status, rows = examine(QUIKSTATE_REDIS_URL=f"redis://:hunter2@127.0.0.1:{free_port()}")
    assert (status, rows["redis"]["state"]) == (1, "fail")
    assert "cannot reach Redis" in rows["redis"]["what"]
    assert "111" in rows["redis"]["what"]
    assert "hunter2" not in str(rows)


def test_doctor_shows_wrong_settings_as_rows() -> None:
    status, rows = examine("--listen", "nowhere")
    assert status == 1
    assert rows == {"settings": rows["settings"]}
    assert rows["settings"]["what"].startswith("--listen: ")


def test_doctor_fails_for_a_port_that_another_program_has(redis: RedisProcess) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        status, rows = examine("--redis-url", f"unix://{redis.path}", "--metrics-listen", address)
    assert (status, rows["metrics_listen"]["state"]) == (1, "fail")
    assert rows["metrics_listen"]["what"] == f"cannot listen on {address}: Address already in use"


def test_doctor_warns_of_an_address_open_to_others(redis: RedisProcess) -> None:
    flags = "--redis-url", f"unix://{redis.path}", "--listen", f"0.0.0.0:{free_port()}", "--insecure"
    status, rows = examine(*flags)
    assert (status, rows["authentication"]["state"]) == (0, "warn")


def test_doctor_and_config_check_say_what_serve_says_of_exposure(redis: RedisProcess) -> None:
    flags = ["--redis-url", f"unix://{redis.path}", "--listen", f"0.0.0.0:{free_port()}"]
    status, rows = examine(*flags)
    assert (status, rows["exposure"]["state"]) == (1, "fail")
    flags += ["--metrics-listen", ""]
    refused, checked = quikstate("serve", *flags), quikstate("config", "check", *flags)
    assert refused.returncode == 2
    lines = [line for line in refused.stderr.splitlines() if line.startswith("quikstate: listen")]
    assert (checked.returncode, checked.stderr.splitlines()) == (1, lines)
    assert len(lines) == 2
    assert rows["exposure"]["what"] in [line.removeprefix("quikstate: ") for line in lines]


def test_doctor_and_config_check_read_the_auth_file_and_its_keys(redis: RedisProcess, tmp_path: Path) -> None:
    auth, keys = AuthFile(tmp_path / "auth.yaml"), tmp_path / "keys.json"
    issuer = {"audience": "quikstate", "algorithms": ["RS256"], "jwks_file": str(keys)}
    auth.write(callers={"web": caller("a"), "idle": {}}, issuers={"https://id.test": issuer})
    flags = "--redis-url", f"unix://{redis.path}", "--auth", str(auth.path)
    for text, said in ((None, "No such file or directory"), ("{}", "not a JSON Web Key Set")):
        if text is not None:
            keys.write_text(text)
        status, rows = examine(*flags)
        assert (status, rows["auth"]["state"]) == (1, "fail")
        assert (str(keys) in rows["auth"]["what"], said in rows["auth"]["what"]) == (True, True), rows
        checked = quikstate("config", "check", *flags)
        assert (checked.returncode, checked.stderr) == (1, f"quikstate: auth: {rows['auth']['what']}\n")
    keys.write_text(Issuer().jwks())
    status, rows = examine(*flags)
    assert (status, rows["auth"]["what"]) == (0, f"{auth.path}: 2 callers")
    assert rows["auth idle"]["state"] == "warn"
    assert quikstate("config", "check", *flags).returncode == 0


def test_doctor_fetches_the_keys_of_issuers(redis: RedisProcess, tmp_path: Path) -> None:
    """A server starts without them, so that it is a warning."""
    auth, folder = AuthFile(tmp_path / "auth.yaml"), tmp_path / "published"
    folder.mkdir()
    (folder / "jwks").write_text(Issuer().jwks())
    with HTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=str(folder))) as web:
        thread = Thread(target=web.serve_forever)
        thread.start()
        url = f"http://127.0.0.1:{web.server_port}"
        issuers = {
            f"https://{name}.test": {"audience": "a", "algorithms": ["RS256"], "jwks_url": f"{url}/{name}"}
            for name in ("jwks", "nothing")
        }
        auth.write(callers={"web": caller("a")}, issuers=issuers)
        status, rows = examine("--redis-url", f"unix://{redis.path}", "--auth", str(auth.path))
        web.shutdown()
        thread.join()
    assert (status, rows["issuer https://jwks.test"]["what"]) == (0, f"{url}/jwks has 1 key")
    assert rows["issuer https://nothing.test"]["state"] == "warn"
    assert "404" in rows["issuer https://nothing.test"]["what"]


@needs_openssl
def test_doctor_recognizes_a_server_with_tls_that_asks_who_calls(
    tmp_path: Path, serve: StartServing, certificates: Certificates
) -> None:
    own = certificates.elsewhere
    flags = ["--tls-cert-file", str(own.cert), "--tls-key-file", str(own.key), "--data-dir", str(tmp_path)]
    flags += ["--auth", str(AuthFile(tmp_path / "auth.yaml").write(open=[], callers={"web": caller("a")}))]
    with serve(*flags) as running:
        status, rows = examine("--listen", running.address, *flags)
    assert (status, rows["tls"]["state"]) == (0, "warn")  # it expires in two days
    assert rows["listen"]["what"] == f"{running.address} is in use, and a quikstate server is running"


@needs_openssl
def test_doctor_cannot_tell_a_server_that_asks_for_a_certificate_and_says_so(
    tmp_path: Path, serve: StartServing, certificates: Certificates
) -> None:
    own, client = certificates.server, certificates.client
    flags = ["--tls-cert-file", str(own.cert), "--tls-key-file", str(own.key), "--data-dir", str(tmp_path)]
    flags += ["--tls-client-ca-file", str(certificates.ca.cert)]
    shown = {"QUIKSTATE_CLIENT_CERT_FILE": str(client.cert), "QUIKSTATE_CLIENT_KEY_FILE": str(client.key)}
    with serve(*flags) as running:
        status, rows = examine("--listen", running.address, *flags)
        assert (status, rows["listen"]["state"]) == (0, "warn")
        assert "asks for a client certificate" in rows["listen"]["what"]
        status, rows = examine("--listen", running.address, *flags, **shown)
    assert (status, rows["listen"]["state"]) == (0, "ok")


@needs_openssl
def test_doctor_says_what_serve_says_of_certificates(redis: RedisProcess, certificates: Certificates) -> None:
    flags = "--tls-cert-file", str(certificates.server.cert), "--tls-key-file", str(certificates.client.key)
    status, rows = examine("--redis-url", f"unix://{redis.path}", *flags)
    line = "tls_cert_file: cannot use it with tls_key_file: key values mismatch"
    assert (status, rows["tls"]["what"]) == (1, line)
    assert quikstate("config", "check", *flags).stderr == f"quikstate: {line}\n"


def test_doctor_reads_the_policy_file(redis: RedisProcess, tmp_path: Path) -> None:
    file = tmp_path / "policies.yaml"
    flags = "--redis-url", f"unix://{redis.path}", "--policies", str(file)
    file.write_text("policies: {login: {limit: 5, window: 60s}}")
    status, rows = examine(*flags)
    assert (status, rows["policies"]["what"]) == (0, f"{file}: 1 loaded")
    file.write_text("policies: {login: {limit: 5}}")
    status, rows = examine(*flags)
    assert (status, rows["policies"]["state"]) == (1, "fail")
    assert rows["policies"]["what"].startswith(f"{file}: policies.login.window: ")


def test_doctor_looks_at_the_redis_of_the_cache_too(redis: RedisProcess, tmp_path: Path) -> None:
    flags = "--data-dir", str(tmp_path), "--cache-redis-url"
    status, rows = examine(*flags, f"unix://{redis.path}", "--strict")
    assert (status, rows["redis"]["state"], rows["cache_redis"]["state"]) == (0, "ok", "ok")
    assert not [name for name in rows if name.startswith("cache_redis ")]  # it may lose what it has
    status, rows = examine(*flags, f"redis://127.0.0.1:{free_port()}")
    assert (status, rows["redis"]["state"], rows["cache_redis"]["state"]) == (1, "ok", "fail")
    assert rows["cache_redis"]["remedy"] == "see cache_redis_url"
