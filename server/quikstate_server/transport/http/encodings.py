"""Encodings of messages: protobuf, as handlers have them, and JSON, translated here."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from google.protobuf import json_format
from google.protobuf.message import Message

from quikstate_server.errors import InvalidRequest
from quikstate_server.interceptors.method import Method


@dataclass(frozen=True, slots=True)
class MessageEncoding:
    """One way to encode messages; its functions take the method whose messages they are."""

    name: str
    """As content types name it: `proto` or `json`."""
    decode_request: Callable[[Method, bytes], bytes]
    """Returns a request as protobuf; raises InvalidRequest."""
    encode_response: Callable[[Method, bytes], bytes]
    """Returns a response, which is protobuf, in this encoding."""


def _as_it_is(method: Method, data: bytes) -> bytes:  # noqa: ARG001 - every message is protobuf already
    return data


def _request_of_json(method: Method, data: bytes) -> bytes:
    """Take names in snake and in camel case; refuse names that are not known, which are mostly misspelt."""
    message = method.request_type()
    try:
        text = data.decode()
        if not text.lstrip().startswith("{"):  # the library takes lists too
            raise InvalidRequest({"": "the message is not a JSON object"})
        json_format.Parse(text, message)
        return message.SerializeToString()
    except UnicodeError:
        raise InvalidRequest({"": "the JSON is not UTF-8"}) from None
    except json_format.ParseError as error:
        fault, *_ = str(error).splitlines()  # the others are Python's
        raise InvalidRequest({"": f"the JSON is not valid: {fault}"}) from None


def _json_of_response(method: Method, data: bytes) -> bytes:
    return json_of(method.response_type.FromString(data))


def json_of(message: Message) -> bytes:
    """Return a message in protobuf's JSON mapping: names in camel case, 64-bit integers as strings.

    Fields with the default value are there too: who reads plain JSON has no generated type to supply them,
    and `"allowed": false` says more than nothing.
    """
    fields = json_format.MessageToDict(message, always_print_fields_with_no_presence=True)
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()


PROTO: Final = MessageEncoding("proto", _as_it_is, _as_it_is)
JSON: Final = MessageEncoding("json", _request_of_json, _json_of_response)
ENCODINGS: Final[Mapping[str, MessageEncoding]] = {encoding.name: encoding for encoding in (PROTO, JSON)}
"""By name."""
