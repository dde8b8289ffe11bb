"""Fake sentinels that reply as the test chooses."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field

import hiredis

from quikstate_server.settings import Mode, RedisUrl
from support.redis.redis_process import RedisProcess

NAME = "mymaster"


@dataclass
class FakeSentinel:
    """Listens on `port` of 127.0.0.1. The test may change its replies at any time."""

    master: RedisProcess
    epoch: int = 0
    host: str = "127.0.0.1"
    down_after: float = 30.0
    state: str = ""
    """The state of a failover that it leads."""
    port: int = 0
    asked: int = 0
    listeners: list[asyncio.StreamWriter] = field(default_factory=list)

    def announce_switch(self) -> None:
        """Publish the event of a sentinel that names another master."""
        payload = f"{NAME} 127.0.0.1 1 {self.host} {self.master.port}".encode()
        for listener in self.listeners:
            listener.write(_reply([b"message", b"+switch-master", payload]))

    async def serve(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        reader = hiredis.Reader()
        with suppress(OSError):  # a client may end its connection as it likes
            while chunk := await source.read(4096):
                reader.feed(chunk)
                while command := reader.gets():
                    sink.write(self._answer([arg.decode() for arg in command], sink))
        if sink in self.listeners:
            self.listeners.remove(sink)
        sink.close()

    def _answer(self, words: Sequence[str], sink: asyncio.StreamWriter) -> bytes:
        match [arg.upper() for arg in words]:
            case ["SENTINEL", "MASTER", _]:
                self.asked += 1
                facts: dict[str, object] = {
                    "config-epoch": self.epoch,
                    "down-after-milliseconds": int(self.down_after * 1_000),
                }
                facts |= {"failover-state": self.state} if self.state else {}
                return _reply([str(arg).encode() for fact in facts.items() for arg in fact])
            case ["SENTINEL", _, _]:
                return _reply([self.host.encode(), str(self.master.port).encode()])
            case ["SUBSCRIBE", *_]:
                self.listeners.append(sink)
                return b"".join(_reply([b"subscribe", name.encode()], b":1\r\n") for name in words[1:])
        return b"+OK\r\n"


def _reply(words: Sequence[bytes], *more: bytes) -> bytes:
    bulks = [b"$%d\r\n%b\r\n" % (len(arg), arg) for arg in words]
    return b"*%d\r\n" % (len(bulks) + len(more)) + b"".join([*bulks, *more])


@asynccontextmanager
async def run_fake_sentinels(*sentinels: FakeSentinel) -> AsyncIterator[RedisUrl]:
    """Run them; yield the URL that names them."""
    async with AsyncExitStack() as running:
        for one in sentinels:
            server = await asyncio.start_server(one.serve, "127.0.0.1", 0)
            running.callback(_end, server, one)
            one.port = server.sockets[0].getsockname()[1]
        yield target(*(one.port for one in sentinels))


def _end(server: asyncio.Server, sentinel: FakeSentinel) -> None:
    server.close()
    for listener in sentinel.listeners:
        listener.close()


def target(*ports: int) -> RedisUrl:
    """Return the URL of the sentinels at these ports of 127.0.0.1."""
    return RedisUrl(Mode.SENTINEL, tuple(("127.0.0.1", port) for port in ports), master=NAME)


def where(sentinels: Sequence[FakeSentinel]) -> RedisUrl:
    """Return the URL that names them."""
    return target(*(one.port for one in sentinels))


def switch(sentinels: Sequence[FakeSentinel], master: RedisProcess, epoch: int = 1) -> None:
    """Make them name another master."""
    for one in sentinels:
        one.master, one.epoch = master, epoch
