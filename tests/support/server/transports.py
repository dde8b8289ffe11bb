"""The transports that tests of whole servers run on: all that the server has."""

from __future__ import annotations

from typing import get_args

from quikstate_server.settings import Settings

TRANSPORTS: tuple[str, ...] = get_args(Settings.model_fields["transport"].annotation)
