"""Run as a program: the server of our own on a data directory, until standard input ends.

`python embedded_server.py DATA_DIR KIND`; it prints a line once it serves. A
program of its own, since the child ends with the thread that started it, and
since starting one for every test would take most of the tests' time.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from quikstate_server.redis_client.embedded.binaries import find_installed_servers
from quikstate_server.redis_client.embedded.supervisor import embedded_client
from quikstate_server.settings import RedisSettings

READY = "the embedded server serves\n"


async def main(data_dir: str, kind: str) -> None:
    of_kind = [binary for binary in find_installed_servers() if binary.release.kind == kind]
    redis_client = embedded_client(Path(data_dir), RedisSettings(), binaries=lambda: of_kind)
    await redis_client.start()
    sys.stdout.write(READY)
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.read)
    await redis_client.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
