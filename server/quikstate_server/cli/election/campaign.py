"""`quikstate elect`: campaigns, and leads until it is told to end or loses the lease."""

from __future__ import annotations

import asyncio

from quikstate.v1.lock_pb2 import AcquireLockRequest, LockGranted
from quikstate_server.cli import SIGNALLED, UNTRUE
from quikstate_server.cli.common.output import complain
from quikstate_server.cli.common.server_target import ServerTarget
from quikstate_server.cli.election.leader import Leader, say_leader
from quikstate_server.cli.lock.run import run_while_held


def campaign(server: ServerTarget, request: AcquireLockRequest, *, json: bool) -> int:
    """Wait to be elected, however long, and lead; return the exit status."""

    def lead(granted: LockGranted) -> _Leadership:
        (token,) = granted.fencing_tokens
        say_leader(token.resource, Leader(request.owner, token.token, request.metadata), json=json)
        return _Leadership(token.resource)

    return run_while_held(server, request, None, lead)


class _Leadership:
    """Lasts until a signal ends it; then the lease is released, which elects the next one at once."""

    def __init__(self, election: str) -> None:
        self._election = election
        self.ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def send(self, signum: int) -> None:
        if not self.ended.done():
            self.ended.set_result(SIGNALLED + signum)

    async def lose(self) -> int:
        complain(f"{self._election}: the leadership was lost")
        return UNTRUE
