"""Policies and certificates that change again and again under load: no call fails."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import grpc.aio
import pytest

from quikstate_server.watched_files import changes
from services.conftest import StartApp
from services.test_identity import check, subscribe
from support.harness.eventually import eventually
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
