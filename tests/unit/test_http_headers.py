"""What the transport http understands of headers, and how it tells of errors."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Sequence
from typing import cast

import pytest
from google.protobuf.any_pb2 import Any as PackedMessage
from google.rpc import code_pb2
from google.rpc.error_details_pb2 import ErrorInfo
from google.rpc.status_pb2 import Status

from quikstate_server.interceptors.errors import CallFailed
from quikstate_server.transport.http.connect_error import end_of_stream, error_body, http_status_of
from quikstate_server.transport.http.connect_headers import connect_deadline
from quikstate_server.transport.http.cors import Cors
from quikstate_server.transport.http.exchange import Exchange
from quikstate_server.transport.http.media_type import RpcProtocol, media_type_of


class Asking:
    """An exchange of which only the headers are looked at."""

    def __init__(self, **headers: str) -> None:
        self._headers = {name.replace("_", "-"): value for name, value in headers.items()}

    def header(self, name: str) -> str | None:
        return self._headers.get(name)


def asking(**headers: str) -> Exchange:
    return cast("Exchange", Asking(**headers))


def test_every_code_has_a_name_and_an_http_status() -> None:
    for name, code in code_pb2.Code.items():
        if name != "OK":
            shown = json.loads(error_body(Status(code=code)))
            assert shown == {"code": "canceled" if name == "CANCELLED" else name.lower()}
            assert 400 <= http_status_of(Status(code=code)) < 600


def test_details_are_there_for_programs_and_for_people() -> None:
    status = Status(code=code_pb2.UNAVAILABLE, message="over “there”")
    status.details.add().Pack(ErrorInfo(reason="AWAY"))
    status.details.append(PackedMessage(type_url="type.googleapis.com/a.Stranger", value=b"abcd"))
    shown = json.loads(error_body(status))
    known, unknown = shown["details"]
    assert (shown["code"], shown["message"]) == ("unavailable", "over “there”")
    assert known["type"] == "google.rpc.ErrorInfo"
    assert known["debug"] == {"reason": "AWAY"}
    assert ErrorInfo.FromString(base64.b64decode(known["value"] + "==")).reason == "AWAY"
    assert unknown == {"type": "a.Stranger", "value": "YWJjZA"}


def test_streams_end_with_an_error_or_with_none() -> None:
    assert json.loads(end_of_stream(None)) == {}
    assert json.loads(end_of_stream(Status(code=code_pb2.NOT_FOUND))) == {"error": {"code": "not_found"}}


@pytest.mark.parametrize(("timeout", "seconds"), [("0", 0), ("1", 0.001), ("9999999999", 9_999_999.999)])
def test_timeouts_are_milliseconds(timeout: str, seconds: float) -> None:
    deadline = connect_deadline(asking(connect_timeout_ms=timeout))
    assert deadline is not None
    assert deadline - time.monotonic() == pytest.approx(seconds, abs=60)
    assert connect_deadline(asking()) is None


@pytest.mark.parametrize("timeout", ["", "-1", "+1", "1.5", "10000000000", "1 ", "0x1", "٣", "1_0"])
def test_timeouts_that_are_no_number_are_refused(timeout: str) -> None:
    with pytest.raises(CallFailed) as raised:
        connect_deadline(asking(connect_timeout_ms=timeout))
    assert raised.value.status.code == code_pb2.INVALID_ARGUMENT


@pytest.mark.parametrize(
    ("content_type", "protocol", "encoding", "text"),
    [
        ("application/json", RpcProtocol.CONNECT_UNARY, "json", False),
        ("Application/JSON; charset=utf-8", RpcProtocol.CONNECT_UNARY, "json", False),
        ("application/proto", RpcProtocol.CONNECT_UNARY, "proto", False),
        ("application/connect+json", RpcProtocol.CONNECT_STREAM, "json", False),
        ("application/grpc-web", RpcProtocol.GRPC_WEB, "proto", False),
        ("application/grpc-web+proto", RpcProtocol.GRPC_WEB, "proto", False),
        ("application/grpc-web-text", RpcProtocol.GRPC_WEB, "proto", True),
        ("application/grpc-web-text+proto", RpcProtocol.GRPC_WEB, "proto", True),
        ("application/grpc+proto", RpcProtocol.GRPC, "proto", False),
    ],
)
def test_content_types_name_protocol_and_encoding(
    content_type: str, protocol: RpcProtocol, encoding: str, text: bool
) -> None:
    found = media_type_of(content_type)
    assert found
    assert (found.protocol, found.encoding.name, found.text) == (protocol, encoding, text)


@pytest.mark.parametrize(
    "content_type",
    [None, "", "text/plain", "application/x-www-form-urlencoded", "application/grpc-webx", "application/foo"],
)
def test_other_content_types_are_not_known(content_type: str | None) -> None:
    assert media_type_of(content_type) is None


@pytest.mark.parametrize(
    ("origins", "origin", "allowed"),
    [
        ([], None, True),
        ([], "https://a.example", False),
        (["https://a.example"], "https://a.example", True),
        (["https://a.example"], "https://a.example:8443", False),
        (["https://a.example"], "http://a.example", False),
        (["https://a.example"], "null", False),
        (["*"], "https://b.example", True),
    ],
)
def test_pages_of_named_origins_may_call(origins: Sequence[str], origin: str | None, allowed: bool) -> None:
    assert Cors(origins).allows(asking(**({"origin": origin} if origin else {}))) is allowed


def test_responses_name_the_page_and_say_that_they_differ() -> None:
    cors = Cors(["https://a.example", "https://b.example"])
    assert cors.headers(asking()) == [("vary", "origin")]
    named = dict(cors.headers(asking(origin="https://a.example")))
    assert named["access-control-allow-origin"] == "https://a.example"
    assert named["vary"] == "origin"
    assert "grpc-status" in named["access-control-expose-headers"]
    anyone = dict(Cors(["*"]).headers(asking(origin="https://a.example")))
    assert anyone["access-control-allow-origin"] == "*"
    assert "vary" not in anyone
    assert Cors([]).headers(asking()) == []
