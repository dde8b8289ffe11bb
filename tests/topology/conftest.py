"""What tests of the topology layer share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from support import certificates as making
from support.certificates import Certificates


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """Whoever asks for these runs on servers that can use them."""
    return making.make(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(autouse=True)
def what_the_loop_reports(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """The event loop reports faults that nobody waits for; there are none but where a test makes one."""
    yield
    reports = [record.getMessage() for record in caplog.get_records("call") if record.name == "asyncio"]
    assert bool(reports) == (request.node.get_closest_marker("reported") is not None), reports
