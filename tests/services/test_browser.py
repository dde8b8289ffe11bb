"""A page in a browser calls from another origin: it checks a limit, and follows a live channel."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest

from services.conftest import StartApp
from support.harness.checkout import ROOT
from support.harness.eventually import eventually
from support.http.chromium import CHROMIUM, BrowserTab, browser_tab, static_files
from support.http.client import connected

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium on PATH")


@pytest.fixture
def transport() -> str:
    return "http"


@pytest.fixture
async def tab(tmp_path: Path) -> AsyncIterator[BrowserTab]:
    async with browser_tab(tmp_path) as opened:
        yield opened


@pytest.fixture
async def origin() -> AsyncIterator[str]:
    async with static_files(ROOT / "clients/web") as served:
        yield served


async def submit(tab: BrowserTab, form: str, **fields: str) -> None:
    for name, value in fields.items():
        await tab.evaluate(f"document.forms[{form!r}].elements[{name!r}].value = {value!r}")
    await tab.evaluate(f"document.forms[{form!r}].requestSubmit()")


async def test_page_checks_a_limit_and_shows_a_live_channel(
    start_app: StartApp, tab: BrowserTab, origin: str
) -> None:
    app = await start_app(cors_origins=origin)
    channel, key = f"page-{uuid4()}", str(uuid4())
    await tab.open(f"{origin}/?server=http://{app.address}&channel={channel}")

    async def state() -> bool:
        return await tab.text("state") == f"subscribed to {channel}"

    await eventually(state)
    for left in ("allowed, 2 left", "allowed, 1 left", "allowed, 0 left", "denied, again in "):
        await submit(tab, "limit", key=key)

        async def decided(expected: str = left) -> bool:
            return (await tab.text("decision")).startswith(expected)

        await eventually(decided)
    await submit(tab, "message", text="from the page ✓")
    async with connected(app.address, "http/1.1") as client:
        publication = {"channel": channel, "payload": "ZnJvbSBlbHNld2hlcmU="}
        await client.post("/quikstate.v1.PubSubService/Publish", {"publications": [publication]})

    async def shown() -> bool:
        text = await tab.text("messages")
        return "from the page ✓" in text and "from elsewhere" in text

    await eventually(shown)


async def test_page_of_another_origin_is_kept_out(start_app: StartApp, tab: BrowserTab, origin: str) -> None:
    app = await start_app(cors_origins="https://app.example.com")
    await tab.open(f"{origin}/?server=http://{app.address}")

    async def failed() -> bool:
        return (await tab.text("state")).startswith("failed: ")

    await eventually(failed)
