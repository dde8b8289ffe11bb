"""What a watch through raw stubs sees when its server is drained or killed, and started again.

A report for whoever writes clients on top of the stubs, not a test: the languages' gRPC
libraries differ here.
"""

from __future__ import annotations

import argparse
import json
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from scenarios.driver import Driver
from scenarios.languages import LANGUAGES, Language
from support.redis.binaries import servers
from support.redis.redis_process import RedisProcess, free_port
from support.server.server_process import ServerProcess
from support.server.transports import TRANSPORTS

CALL = "LockService/WatchLocks"
REQUEST = '{"resources": ["leader"]}'
ENOUGH = 100
"""Characters of an item that are shown."""
PATIENCE = 15.0
"""Seconds after which a call that says nothing is given up."""
ENDS = {"drained": signal.SIGTERM, "killed": signal.SIGKILL}


@dataclass(frozen=True)
class Watched:
    call: str
    request: dict[str, Any]


class Watch:
    def __init__(self, driver: Driver, name: str, watched: Watched) -> None:
        self._driver, self._name = driver, name
        driver.tell(do="open", call=name, method=f"quikstate.v1.{watched.call}", request=watched.request)

    def next(self, within: float = PATIENCE) -> dict[str, Any]:
        return self._driver.tell(do="receive", call=self._name, within=within)

    def rest(self) -> Iterator[str]:
        """Each outcome, up to the last or until nothing comes, with how long it took."""
        while True:
            start = time.monotonic()
            answer = self.next(3)
            yield f"{said(answer)} after {time.monotonic() - start:.1f} s"
            if "item" not in answer:
                return


def said(answer: dict[str, Any]) -> str:
    if "item" in answer:
        return f"item {json.dumps(answer['item'])[:ENOUGH]}"
    if "error" in answer:
        error = answer["error"]
        return f"error {error['code']} {error.get('reason') or ''} {error.get('message', '')!r}"
    return next(iter(answer))


def first_answer(driver: Driver, watched: Watched) -> Iterator[str]:
    """What new calls say, up to the first that succeeds."""
    start = time.monotonic()
    for number in range(100):
        answer = Watch(driver, f"new-{number}", watched).next()
        yield f"{said(answer)} at {time.monotonic() - start:.1f} s"
        if "item" in answer or time.monotonic() - start > PATIENCE:
            return


def show(language: Language, how: str, watched: Watched, start: Callable[[], ServerProcess]) -> None:
    server = start()
    with Driver(language.command, language.folder, server.address) as driver:
        watch = Watch(driver, "watch", watched)
        print(f"{language.name}, server {how}: {said(watch.next())}")
        server.send(ENDS[how])
        server.ended(within=30)
        print("  the watch:", *watch.rest(), sep="\n    ")
        print(
            "  a new watch while the server is gone:",
            said(Watch(driver, "gone", watched).next()),
            sep="\n    ",
        )
        with start():
            print("  the old watch after the restart:", *watch.rest(), sep="\n    ")
            print("  new watches:", *first_answer(driver, watched), sep="\n    ")


def main() -> None:
    arguments = argparse.ArgumentParser(prog="scenarios.restart", description=__doc__)
    arguments.add_argument("--language", action="append", help="only this one; may be repeated")
    arguments.add_argument("--call", default=CALL, help="a server stream, such as %(default)s")
    arguments.add_argument("--request", default=REQUEST, type=json.loads, help="its request, as JSON")
    arguments.add_argument("--transport", choices=TRANSPORTS, default=TRANSPORTS[0])
    chosen = arguments.parse_args()
    watched = Watched(chosen.call, chosen.request)
    redis = RedisProcess(next(server for server in servers() if server.binary))
    listen = f"127.0.0.1:{free_port()}"
    wanted = [language for language in LANGUAGES if language.name in (chosen.language or [language.name])]
    with tempfile.TemporaryDirectory(prefix="quikstate-restart-") as folder:
        where = {"redis_url": f"unix://{redis.path}", "data_dir": folder, "listen": listen}
        start = partial(ServerProcess, transport=chosen.transport, **where)
        for language in wanted:
            if not language.missing():
                language.build()
                for how in ENDS:
                    show(language, how, watched, start)
    redis.close()


if __name__ == "__main__":
    main()
