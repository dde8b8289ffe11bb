"""What a SubscribeRequest must be: a request in which our validator finds nothing keeps the proto's rules."""

from __future__ import annotations

import protovalidate
import pytest

from quikstate.v1.pub_sub_pb2 import OVERFLOW_CONFLATE, ChannelSubscription, SubscribeRequest
from quikstate_server.services.pub_sub.validation import subscribe
from quikstate_server.settings import Limits

LIMITS = Limits()
CHANNEL = ChannelSubscription(channel="a")
BROKEN = {
    "channels[1].channel": SubscribeRequest(channels=[CHANNEL, ChannelSubscription()]),
    "prefixes[0]": SubscribeRequest(prefixes=[""]),
    "prefixes": SubscribeRequest(prefixes=["a", "b", "a"]),
    "overflow": SubscribeRequest(channels=[CHANNEL], overflow=9),  # type: ignore[arg-type] # no Overflow
}


@pytest.mark.parametrize("field", BROKEN)
def test_subscribe_finds_itself_what_breaks_the_rules_of_the_proto(field: str) -> None:
    assert protovalidate.collect_violations(BROKEN[field]), "the proto has a rule for it"
    assert {path for path, _ in subscribe(BROKEN[field], LIMITS)} == {field}


def test_subscribe_keeps_the_rules_of_the_proto_where_it_finds_nothing() -> None:
    request = SubscribeRequest(channels=[CHANNEL], prefixes=["a", "b"], overflow=OVERFLOW_CONFLATE)
    assert not list(subscribe(request, LIMITS))
    assert not protovalidate.collect_violations(request)
    rules = {field.name for field in SubscribeRequest.DESCRIPTOR.fields if field.GetOptions().ByteSize()}
    assert rules == {"prefixes", "overflow"}, "a rule that is new in the proto needs one in the validator"
