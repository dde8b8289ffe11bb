"""The commands `quikstate context …`: named servers with their credentials.

Only the last test calls a server, on each transport.
"""

from __future__ import annotations

import json
import os
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import yaml

from support.server.callers import AuthFile, caller
from support.server.command import StartServing, quikstate

TOKEN = "qs_kept-in-a-context"  # noqa: S105 - of this test alone


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "config"


def run(home: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return quikstate(*words, XDG_CONFIG_HOME=str(home), **variables)


def file_of(home: Path) -> Path:
    return home / "quikstate/contexts.yaml"


def test_context_add_makes_a_file_that_only_its_owner_can_read(home: Path) -> None:
    assert run(home, "context", "add", "prod", "--addr", "127.0.0.1:1", "--token", TOKEN).returncode == 0
    path = file_of(home)
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert yaml.safe_load(path.read_text()) == {"contexts": {"prod": {"addr": "127.0.0.1:1", "token": TOKEN}}}
    assert list(path.parent.iterdir()) == [path]


def test_context_ls_shows_no_token(home: Path) -> None:
    run(home, "context", "add", "prod", "--addr", "127.0.0.1:1", "--token", TOKEN, "--use")
    run(home, "context", "add", "test", "--addr", "db:1", "--tls")
    listed, told = run(home, "context", "ls"), run(home, "context", "ls", "--json")
    assert TOKEN not in listed.stdout + told.stdout
    assert [line.split()[:3] for line in listed.stdout.splitlines()[1:]] == [
        ["*", "prod", "127.0.0.1:1"],
        ["test", "db:1", "system"],
    ]
    assert [(row["name"], row["current"]) for row in json.loads(told.stdout)] == [
        ("prod", True),
        ("test", False),
    ]


def test_context_keeps_no_token_of_a_variable(home: Path) -> None:
    added = run(home, "context", "add", "prod", "--addr", "127.0.0.1:1", QUIKSTATE_TOKEN=TOKEN)
    assert added.returncode == 0
    assert TOKEN not in file_of(home).read_text()


def test_context_names_files_by_absolute_paths(home: Path, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("x")
    relative = os.path.relpath(tmp_path / "token")
    run(home, "context", "add", "prod", "--addr", "127.0.0.1:1", "--token-file", relative)
    kept = yaml.safe_load(file_of(home).read_text())["contexts"]["prod"]["token_file"]
    assert Path(kept).is_absolute()


def test_context_use_and_rm(home: Path) -> None:
    run(home, "context", "add", "prod", "--addr", "127.0.0.1:1")
    assert run(home, "context", "use", "prod").stdout == "using prod\n"
    assert run(home, "lock", "ls").stderr.startswith("quikstate: 127.0.0.1:1: ")
    assert run(home, "context", "use", "-").returncode == 0
    assert "current" not in yaml.safe_load(file_of(home).read_text())
    run(home, "context", "use", "prod")
    assert run(home, "context", "rm", "prod").returncode == 0
    assert yaml.safe_load(file_of(home).read_text()) == {"contexts": {}}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["context", "add", "prod"], "give the server"),
        (["context", "add", "a b", "--addr", "x:1"], "is no name for a context"),
        (["context", "add", "kept", "--addr", "x:1"], "there is a context 'kept': pass --replace"),
        (["context", "add", "prod", "--addr", "x:1", "--token", "t"], "in plain text"),
        (["context", "use", "nobody"], "no context has the name 'nobody'; there are: kept"),
        (["context", "rm", "nobody"], "no context has the name 'nobody'"),
        (["lock", "ls", "--context", "nobody"], "no context has the name 'nobody'"),
    ],
)
def test_context_that_cannot_be_is_refused_in_one_line(home: Path, words: list[str], said: str) -> None:
    run(home, "context", "add", "kept", "--addr", "127.0.0.1:1")
    before = file_of(home).read_text()
    refused = run(home, *words)
    assert (refused.returncode, len(refused.stderr.splitlines())) == (2, 1), refused.stderr
    assert said in refused.stderr
    assert file_of(home).read_text() == before


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o620, 0o604])
def test_a_file_that_others_can_reach_is_refused(home: Path, mode: int) -> None:
    run(home, "context", "add", "prod", "--addr", "127.0.0.1:1", "--token", TOKEN, "--use")
    file_of(home).chmod(mode)
    for words in (["lock", "ls"], ["context", "ls"], ["context", "use", "prod"], ["ping"]):
        refused = run(home, *words)
        assert refused.returncode == 2
        assert f"others can reach it (mode {mode:04o})" in refused.stderr
    other = run(home, "ping", "127.0.0.1:1")  # it needs no context
    assert other.returncode == 1


def test_a_broken_file_is_refused_without_its_tokens(home: Path) -> None:
    run(home, "context", "add", "prod", "--addr", "127.0.0.1:1", "--token", TOKEN)
    for text in (f"contexts: {{prod: {{addr: 1, token: {TOKEN}}}}}", f"contexts: [token: {TOKEN}: {TOKEN}"):
        file_of(home).write_text(text)
        refused = run(home, "lock", "ls", "--context", "prod")
        assert (refused.returncode, TOKEN in refused.stderr) == (2, False), refused.stderr
        assert str(file_of(home)) in refused.stderr


def test_contexts_that_are_added_at_once_are_all_kept(home: Path) -> None:
    names = [f"c{number}" for number in range(6)]
    with ThreadPoolExecutor(3) as threads:
        added = list(
            threads.map(lambda name: run(home, "context", "add", name, "--addr", "127.0.0.1:1"), names)
        )
    assert {one.returncode for one in added} == {0}
    assert sorted(yaml.safe_load(file_of(home).read_text())["contexts"]) == names


def test_context_gives_the_server_and_the_credential(
    serve: StartServing, redis_url: str, home: Path, tmp_path: Path
) -> None:
    """Flags override it, variables too; the one in use does not count where another server is named."""
    auth = AuthFile(tmp_path / "auth.yaml").write(callers={"web": caller(TOKEN)})
    with serve("--redis-url", redis_url, "--auth", str(auth)) as running:
        run(home, "context", "add", "right", "--addr", running.address, "--token", TOKEN)
        run(home, "context", "add", "wrong", "--addr", "127.0.0.1:1", "--token", "wrong", "--use")
        assert run(home, "lock", "ls", "--context", "right").returncode == 0
        assert run(home, "--context", "right", "lock", "ls").returncode == 0
        assert run(home, "lock", "ls", QUIKSTATE_CONTEXT="right").returncode == 0
        assert run(home, "lock", "ls", "--context", "right", QUIKSTATE_CONTEXT="wrong").returncode == 0
        assert run(home, "lock", "ls").returncode == 69
        mixed = run(home, "lock", "ls", "--context", "wrong", "--addr", running.address)
        assert (mixed.returncode, "the bearer token is not known" in mixed.stderr) == (2, True)
        words = "lock", "ls", "--context", "wrong", "--token", TOKEN
        assert run(home, *words, QUIKSTATE_ADDR=running.address).returncode == 0
        named = run(home, "lock", "ls", QUIKSTATE_ADDR=running.address)
        assert (named.returncode, "has no credential" in named.stderr) == (2, True)
        assert run(home, "lock", "ls", QUIKSTATE_ADDR=running.address, QUIKSTATE_TOKEN=TOKEN).returncode == 0
