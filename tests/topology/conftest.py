"""What tests of the topology layer share."""

from __future__ import annotations

import pytest

from support import certificates as making
from support.certificates import Certificates


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """Whoever asks for these runs on servers that can use them."""
    return making.make(tmp_path_factory.mktemp("certificates"))
