"""Redis URLs: of one server, of a master behind sentinels, or of a Cluster."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import Enum
from urllib.parse import parse_qsl, quote, unquote

_URL = re.compile(
    r"(?P<scheme>[a-z+]+)://((?P<user>[^/?]*)@)?(?P<hosts>[^/?@]*)(?P<path>/[^?]*)?(\?(?P<query>.*))?"
)
_HOST = re.compile(r"(?P<host>\[[0-9A-Fa-f:.%]+\]|[^:\[\]\s]+)(:(?P<port>[0-9]{1,5}))?")
_REDIS_PORT = 6379
_SENTINEL_PORT = 26379


class Mode(Enum):
    """Kind of deployment behind a URL."""

    STANDALONE = "standalone"
    SENTINEL = "sentinel"
    CLUSTER = "cluster"


_SCHEMES = {
    "redis": (Mode.STANDALONE, False),
    "rediss": (Mode.STANDALONE, True),
    "unix": (Mode.STANDALONE, False),
    "redis+sentinel": (Mode.SENTINEL, False),
    "rediss+sentinel": (Mode.SENTINEL, True),
    "redis+cluster": (Mode.CLUSTER, False),
    "rediss+cluster": (Mode.CLUSTER, True),
}


@dataclass(frozen=True, slots=True)
class RedisUrl:
    """A parsed URL. It prints without its password."""

    mode: Mode
    hosts: tuple[tuple[str, int], ...] = ()
    """Host and port: of the server, of each sentinel, or of some nodes of the cluster; none with `path`."""
    path: str = ""
    """The unix socket, instead of `hosts`."""
    tls: bool = False
    username: str = ""
    password: str = field(default="", repr=False)
    database: int = 0
    master: str = ""
    """Name of the master in the sentinels' configuration."""

    text: str = field(default="", compare=False)
    """The URL, its password hidden."""

    def __str__(self) -> str:
        return self.text


def parse(url: str) -> RedisUrl:
    """Parse `url`; raise ValueError, which never repeats a password, for an invalid one.

    `redis://[[user]:password@]host[:port][/database]`, `rediss://…` with TLS,
    `unix://[[user]:password@]/path[?db=database]`,
    `redis+sentinel://…host,host,host/master[/database]`, `redis+cluster://…host,host`.
    """
    parts = _URL.fullmatch(url)
    if parts is None or parts["scheme"] not in _SCHEMES:
        raise ValueError(
            f"is not a Redis URL; it must begin with one of {', '.join(f'{s}://' for s in _SCHEMES)}"
        )
    mode, tls = _SCHEMES[parts["scheme"]]
    username, _, password = (unquote(part) for part in (parts["user"] or "").partition(":"))
    path, options = parts["path"] or "", _options(parts["query"] or "")
    text = url.replace(f"{parts['user']}@", f"{quote(username)}:***@") if password else url
    redis = RedisUrl(mode, tls=tls, username=username, password=password, text=text)
    if parts["scheme"] == "unix":
        if parts["hosts"] or path in ("", "/"):
            raise ValueError("names no socket; write unix:///path/to/socket")
        return replace(redis, path=unquote(path), database=_database(options.get("db", "")))
    hosts = _hosts(parts["hosts"], _SENTINEL_PORT if mode is Mode.SENTINEL else _REDIS_PORT)
    if mode is Mode.STANDALONE and len(hosts) > 1:
        raise ValueError("names several hosts; write redis+sentinel:// or redis+cluster://")
    master, database = _master_and_database(mode, path.strip("/"), options)
    return replace(redis, hosts=hosts, master=master, database=database)


def _hosts(text: str, default_port: int) -> tuple[tuple[str, int], ...]:
    hosts = []
    for item in text.split(","):
        match = _HOST.fullmatch(item)
        port = int(match["port"] or default_port) if match else 0
        if match is None or not 0 < port < 65_536:
            raise ValueError("needs host or host:port after the scheme; percent-encode / and ? in a password")
        hosts.append((match["host"].strip("[]"), port))
    return tuple(hosts)


def _master_and_database(mode: Mode, path: str, options: dict[str, str]) -> tuple[str, int]:
    master, database = "", path
    if mode is Mode.SENTINEL:
        master, _, database = path.partition("/")
        if not master:
            raise ValueError("names no master; write redis+sentinel://host,host,host/master")
    number = _database(database or options.get("db", ""))
    if mode is Mode.CLUSTER and number:
        raise ValueError("names a database; a Redis Cluster has only database 0")
    return unquote(master), number


def _options(query: str) -> dict[str, str]:
    options = dict(parse_qsl(query, keep_blank_values=True))
    unknown = options.keys() - {"db"}
    if unknown:
        raise ValueError(f"has an unknown parameter {min(unknown)!r}; the only one is db")
    return options


def _database(text: str) -> int:
    if text and not (text.isascii() and text.isdecimal()):
        raise ValueError("has a database that is not a number")
    return int(text or 0)
