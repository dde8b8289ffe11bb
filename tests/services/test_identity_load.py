"""Identity under load: policies and certificates that change, and quotas at their limits."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import grpc.aio
import pytest
from google.protobuf.duration_pb2 import Duration

from quikstate.v1.queue_pb2 import ReceiveRequest
from quikstate.v1.queue_pb2_grpc import QueueServiceStub
from quikstate_server.watched_files import changes
from services.conftest import OpenChannel, StartApp
from services.test_identity import check, subscribe
from support.harness.eventually import eventually
from support.server.call_errors import failure
from support.server.callers import AuthFile, bearer, caller
from support.server.certificates import Certificate, Certificates
from support.server.stub_service import END

RELOADS, SWAPS, CALLERS = 50, 20, 8


@pytest.fixture
def fast_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server looks at its files all the time, so that they can change often."""
    for module in ("identity.authenticator", "transport.tls"):
        monkeypatch.setattr(
            f"quikstate_server.{module}.changes", lambda paths, known, _: changes(paths, known, 0.01)
        )


class Install:
    """Certificates as Kubernetes mounts them: a link to a folder, which is replaced at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0
        self.cert, self.key = (folder / "current" / name for name in ("tls.crt", "tls.key"))

    def __call__(self, certificate: Certificate) -> None:
        self._count += 1
        fresh, link = self._folder / str(self._count), self._folder / "next"
        fresh.mkdir()
        (fresh / "tls.crt").write_bytes(certificate.cert.read_bytes())
        (fresh / "tls.key").write_bytes(certificate.key.read_bytes())
        link.symlink_to(fresh)
        link.rename(self._folder / "current")


class Load:
    """Calls on connections that stay, and on new ones."""

    def __init__(self, address: str, roots: bytes) -> None:
        self.calls = 0
        self._address = address
        self._credentials = grpc.ssl_channel_credentials(roots)

    def channel(self) -> grpc.aio.Channel:
        options = [("grpc.use_local_subchannel_pool", 1)]
        return grpc.aio.secure_channel(self._address, self._credentials, options)

    async def call(self, channel: grpc.aio.Channel) -> None:
        await check(channel, "a", *bearer("t"))
        self.calls += 1

    async def on_one_connection(self) -> None:
        async with self.channel() as channel:
            while True:
                await self.call(channel)

    async def on_new_connections(self) -> None:
        while True:
            async with self.channel() as channel:
                await self.call(channel)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Call for the block, which fails as soon as a call does."""
        async with asyncio.TaskGroup() as group:
            kept = [group.create_task(self.on_one_connection()) for _ in range(CALLERS)]
            tasks = [*kept, group.create_task(self.on_new_connections())]
            yield
            for task in tasks:
                task.cancel()


@pytest.mark.usefixtures("fast_looks")
async def test_no_call_fails_while_policies_and_certificates_change(
    tmp_path: Path, certificates: Certificates, start_app: StartApp
) -> None:
    auth, install = AuthFile(tmp_path / "auth.yaml"), Install(tmp_path)
    install(certificates.server)

    def policy(number: int) -> dict[str, Any]:
        other = caller(f"u{number}", quotas={"calls_in_flight": number + 1})
        return {"web": caller("t", quotas={"calls_in_flight": 1_000 + number}), "other": other}

    files = {"tls_cert_file": install.cert, "tls_key_file": install.key}
    app = await start_app(auth=auth.write(callers=policy(0)), heartbeat_seconds=0.05, **files)
    authenticator, served = app._authenticator, app._certificates
    assert authenticator
    assert served
    load = Load(app.address, certificates.ca.cert.read_bytes() + certificates.stranger.cert.read_bytes())
    async with load.channel() as kept, load.running():
        stream = subscribe(kept, "t")
        for number in range(1, RELOADS + 1):
            before, calls = authenticator.policy, load.calls
            auth.write(callers=policy(number))
            if number <= SWAPS:
                install(certificates.renewed if number % 2 else certificates.server)
                material = served.material
                await eventually(lambda: served.material is not material)  # noqa: B023 - at once
            await eventually(lambda: authenticator.policy is not before)  # noqa: B023 - at once
            await eventually(lambda: load.calls >= calls + CALLERS)  # noqa: B023 - at once
            assert await stream.read() is not END


QUOTA = 3


def waiting(channel: grpc.aio.Channel, seconds: float) -> Any:
    wait = Duration()
    wait.FromMilliseconds(round(seconds * 1_000))
    return QueueServiceStub(channel).Receive(ReceiveRequest(queues=["q"], wait=wait), metadata=bearer("t"))


async def outcomes(calls: Sequence[Any]) -> Counter[str]:
    """How many calls succeeded, and which quota the others were over."""
    told: Counter[str] = Counter()
    for answer in await asyncio.gather(*calls, return_exceptions=True):
        limit = failure(answer).info.metadata["limit"] if isinstance(answer, grpc.aio.AioRpcError) else "OK"
        told[limit] += 1
    return told


async def test_as_many_calls_as_a_quota_allows_are_served_at_once(
    tmp_path: Path, start_app: StartApp, open_channel: OpenChannel
) -> None:
    quotas = {"calls_in_flight": 2 * QUOTA, "waiting_calls": QUOTA}
    auth = AuthFile(tmp_path / "auth.yaml").write(callers={"web": caller("t", quotas=quotas)})
    channel = open_channel(await start_app(auth=auth))
    calls = [waiting(channel, 300) for _ in range(40)]
    await eventually(lambda: sum(call.done() for call in calls) == 40 - QUOTA)
    assert await outcomes([call for call in calls if call.done()]) == {"waiting_calls": 40 - QUOTA}
    for call in calls:
        call.cancel()


async def test_calls_that_are_cancelled_at_once_give_back_what_they_took(
    tmp_path: Path, start_app: StartApp, open_channel: OpenChannel
) -> None:
    quotas = {"calls_in_flight": QUOTA, "waiting_calls": QUOTA, "streams": QUOTA, "subscriptions": QUOTA}
    auth = AuthFile(tmp_path / "auth.yaml").write(callers={"web": caller("t", quotas=quotas)})
    app = await start_app(auth=auth, heartbeat_seconds=0.05)
    channel = open_channel(app)

    async def begun_and_cancelled(number: int) -> None:
        call = subscribe(channel, "t", f"c{number}") if number % 2 else waiting(channel, 60)
        await asyncio.sleep(number % 10 / 1_000)
        call.cancel()

    for _ in range(20):
        await asyncio.gather(*map(begun_and_cancelled, range(30)))

    async def all_is_there_again() -> None:
        streams = [subscribe(channel, "t", f"c{number}") for number in range(QUOTA)]
        try:
            told = await outcomes(
                [*(waiting(channel, 0) for _ in range(QUOTA)), *(s.read() for s in streams)]
            )
            assert told == {"OK": 2 * QUOTA}
        finally:
            for stream in streams:
                stream.cancel()

    await eventually(all_is_there_again)
    await eventually(lambda: app.concurrency.calls.taken == 0)
