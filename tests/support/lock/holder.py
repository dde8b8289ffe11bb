"""A program that holds a lock by a stream: `python holder.py ADDRESS RESOURCE TTL_SECONDS`.

It prints the token once it has the lock, sends a keepalive in every third of
the TTL, and half-closes the stream when its standard input ends. It is a program
of its own so that a test can kill it.
"""

from __future__ import annotations

import asyncio
import sys
from typing import Any

import grpc.aio
from google.protobuf.duration_pb2 import Duration

from quikstate.v1 import lock_pb2 as pb
from quikstate.v1.lock_pb2_grpc import LockServiceStub


async def main(address: str, resource: str, ttl: int) -> None:
    async with grpc.aio.insecure_channel(address) as channel:
        locks: Any = LockServiceStub(channel)
        stream = locks.HoldLock()
        lock_request = pb.AcquireLockRequest(resources=[resource], ttl=Duration(seconds=ttl))
        await stream.write(pb.HoldLockRequest(acquire=lock_request))
        event = await stream.read()
        print(event.granted.fencing_tokens[0].token, flush=True)  # noqa: T201 - what the test waits for
        ended = asyncio.ensure_future(asyncio.to_thread(sys.stdin.read))
        while not (await asyncio.wait([ended], timeout=ttl / 4))[0]:
            await stream.write(pb.HoldLockRequest(keepalive=pb.LockKeepalive()))
        await stream.done_writing()
        while isinstance(await stream.read(), pb.HoldLockResponse):
            pass


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
