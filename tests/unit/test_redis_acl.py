"""The least Redis user has what the server runs, no more, and is written so that Redis understands it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import quikstate_server
from quikstate_server.cli.server.redis_acl import users
from quikstate_server.primitives.redis_commands import PRIMITIVES, called_in, redis_commands
from quikstate_server.redis_client.acl import AclUser, redis_user, sentinel_user
from quikstate_server.settings import Mode, Settings, StartRefused

_SERVER = Path(quikstate_server.__file__).parent
_SCRIPTS = sorted(_SERVER.rglob("*.lua"))
_CALL = re.compile(r"(?:\bredis\.p?call|(?<![.\w])call)\(")
_PYTHON = "\n".join(
    path.read_text(encoding="utf-8")
    for folder in ("redis_client", "primitives")
    for path in (_SERVER / folder).rglob("*.py")
)
_BY_REDIS_PY = {"client|setname", "select"}
"""redis-py sends them when it connects."""
_NEVER = {
    "acl",
    "config",
    "debug",
    "eval_ro",
    "flushall",
    "flushdb",
    "keys",
    "monitor",
    "replicaof",
    "shutdown",
}


@pytest.mark.parametrize("path", _SCRIPTS, ids=lambda path: path.name)
def test_each_call_of_a_script_names_its_command(path: Path) -> None:
    """Or the list, which is read in the scripts, would lack one."""
    text = path.read_text(encoding="utf-8")
    assert len(_CALL.findall(text)) == len(list(called_in(text)))


def test_each_primitive_is_read() -> None:
    folders = {path.parent.name for path in _SCRIPTS} - {"redis_client"}
    assert folders == PRIMITIVES
    assert "xinfo|stream" in redis_commands({"pub_sub"})
    assert "xinfo|stream" not in redis_commands({"cache"})


def least(mode: Mode) -> set[str]:
    return set(redis_user("u", mode, redis_commands(), database=1).commands)


def test_each_command_is_run_by_a_script_or_by_the_client() -> None:
    in_scripts = {command for path in _SCRIPTS for command in called_in(path.read_text(encoding="utf-8"))}
    every = set().union(*map(least, Mode), sentinel_user("u").commands)
    others = every - in_scripts - _BY_REDIS_PY
    assert {word for word in others if not _stands_in_python(word)} == set()
    assert not {word.partition("|")[0] for word in every} & _NEVER


def _stands_in_python(command: str) -> bool:
    return all(re.search(rf'["n]{re.escape(word)}\b', _PYTHON) for word in command.upper().split("|"))


def test_topologies_differ_by_what_finds_the_nodes() -> None:
    standalone = least(Mode.STANDALONE)
    assert least(Mode.SENTINEL) - standalone == {"role"}
    assert least(Mode.CLUSTER) - standalone == {"asking", "cluster|info", "cluster|slots"}


def test_select_is_there_for_a_database() -> None:
    assert "select" not in redis_user("u", Mode.STANDALONE, ()).commands


@pytest.mark.parametrize(
    ("key_prefix", "channel_prefix", "keys", "channels"),
    [
        ("", "", ["*"], ["[^_]*", "_[^_]*", "_"]),
        ("App:", "", ["App:*", "{App:*"], ["[^_]*", "_[^_]*", "_"]),
        ("", "c:", ["*"], ["c:*", "{*"]),
        ("a b*:", "c[", ["a?b\\*:*", "{a?b\\*:*"], ["c\\[*", "{a?b\\*:*"]),
    ],
)
def test_patterns_are_those_of_the_prefixes(
    key_prefix: str, channel_prefix: str, keys: list[str], channels: list[str]
) -> None:
    user = redis_user("u", Mode.STANDALONE, (), key_prefix=key_prefix, channel_prefix=channel_prefix)
    assert (user.keys, user.channels) == (keys, channels)


def test_line_is_for_redis_cli() -> None:
    user = AclUser("u", ["get", "psubscribe"], ["k\\*:*"], ["c"])
    assert user.line == (
        'ACL SETUSER u on clearselectors resetkeys "~k\\\\*:*" resetchannels &c -@all +get'
        " (-@all +psubscribe &*)"
    )


def placed(**settings: str) -> dict[str, AclUser]:
    return {each.setting: each.user for each in users(Settings.model_validate(settings))}


def test_cache_of_its_own_has_a_user_of_its_own() -> None:
    found = placed(redis_url="redis://app:x@h", cache_redis_url="redis://c")
    assert found["redis_url"].name == "app"
    assert "mget" not in found["redis_url"].commands
    assert "xadd" not in found["cache_redis_url"].commands
    assert set(placed(redis_url="redis://h")["redis_url"].commands) > set(found["redis_url"].commands)


def test_default_user_is_not_narrowed() -> None:
    assert placed(redis_url="redis://default:x@h")["redis_url"].name == "quikstate"


def test_sentinels_have_a_user_of_their_own() -> None:
    found = placed(redis_url="redis+sentinel://h/m")["redis.sentinel_username"]
    assert found.keys == ()
    assert "&+switch-master" in found.rules


def test_embedded_redis_has_no_users(tmp_path: Path) -> None:
    with pytest.raises(StartRefused, match="embedded Redis has no users"):
        placed(data_dir=str(tmp_path))
