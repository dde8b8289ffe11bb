"""`quikstate redis-acl`: prints the least Redis users for the configured Redis."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from quikstate_server.cli.common.output import complain, say, say_json
from quikstate_server.primitives.redis_commands import PRIMITIVES, redis_commands
from quikstate_server.redis_client.acl import AclUser, redis_user, sentinel_user
from quikstate_server.settings import Mode, RedisUrl, Settings, StartRefused

_DEFAULT_NAME = "quikstate"
_PLACES = {
    Mode.STANDALONE: "the server",
    Mode.SENTINEL: "the master and each replica: Redis does not replicate users",
    Mode.CLUSTER: "each node: Redis does not replicate users",
}


@dataclass(frozen=True, slots=True)
class PlacedUser:
    """A user, the setting that names its servers, and which of them must have it."""

    setting: str
    place: str
    user: AclUser


def run(settings: Settings, *, json: bool) -> None:
    placed = list(users(settings))
    if json:
        say_json([_row(each) for each in placed])
        return
    for each in placed:
        say(f"# {each.setting}: on {each.place}\n{each.user.line}")
    complain("give each user a password (ACL SETUSER NAME >PASSWORD), and have Redis keep it (ACL SAVE)")


def users(settings: Settings) -> Iterator[PlacedUser]:
    """Yield the least user for each Redis, and for the sentinels; raise StartRefused for an embedded one."""
    cache = settings.cache_redis_target
    if settings.redis_target is None:
        raise StartRefused("redis_url: is not set; an embedded Redis has no users: only its owner reaches it")
    yield from _users_of(
        "redis_url", settings.redis_target, PRIMITIVES - ({"cache"} if cache else set()), settings
    )
    if cache:
        yield from _users_of("cache_redis_url", cache, frozenset({"cache"}), settings)


def _users_of(
    setting: str, target: RedisUrl, primitives: frozenset[str], settings: Settings
) -> Iterator[PlacedUser]:
    user = redis_user(
        _name(target.username),
        target.mode,
        redis_commands(primitives),
        key_prefix=settings.key_prefix,
        channel_prefix=settings.channel_prefix,
        database=target.database,
    )
    yield PlacedUser(setting, _PLACES[target.mode], user)
    if target.mode is Mode.SENTINEL:
        user = sentinel_user(_name(settings.redis.sentinel_username))
        yield PlacedUser("redis.sentinel_username", "each sentinel", user)


def _name(configured: str) -> str:
    """Return the configured name; the default user is everybody's, and loses no rights by this."""
    return _DEFAULT_NAME if configured in ("", "default") else configured


def _row(placed: PlacedUser) -> dict[str, object]:
    user = placed.user
    return {
        "setting": placed.setting,
        "place": placed.place,
        "user": user.name,
        "rules": list(user.rules),
        "command": user.line,
    }
