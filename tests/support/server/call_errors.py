"""What a failed call says, taken apart as a client would."""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Any, cast

import grpc
import grpc.aio
import pytest
from google.rpc.error_details_pb2 import BadRequest, ErrorInfo, RetryInfo
from grpc_status import rpc_status


@dataclass(frozen=True)
class Failure:
    code: grpc.StatusCode
    message: str
    infos: tuple[ErrorInfo, ...]
    fields: dict[str, str]
    """What is wrong by field, from BadRequest."""
    retry_after: float | None
    """From RetryInfo."""
    everything: str
    """All that reached the caller, as text."""

    @property
    def info(self) -> ErrorInfo:
        (info,) = self.infos
        return info

    @property
    def reason(self) -> str:
        reason: str = self.info.reason
        return reason


async def failure_of(call: Awaitable[Any]) -> Failure:
    """How `call` failed; it must."""
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await call
    return failure(raised.value)


def failure(error: grpc.aio.AioRpcError) -> Failure:
    status = rpc_status.from_call(cast(grpc.Call, error))
    details = list(status.details) if status else []
    retries = _unpacked(details, RetryInfo)
    bad = _unpacked(details, BadRequest)
    return Failure(
        error.code(),
        error.details() or "",
        _unpacked(details, ErrorInfo),
        {violation.field: violation.description for one in bad for violation in one.field_violations},
        retries[0].retry_delay.ToTimedelta().total_seconds() if retries else None,
        f"{error.details()} {error.trailing_metadata()} {status}",
    )


def _unpacked(details: list[Any], kind: type[Any]) -> tuple[Any, ...]:
    found = []
    for detail in details:
        message = kind()
        if detail.Unpack(message):
            found.append(message)
    return tuple(found)
