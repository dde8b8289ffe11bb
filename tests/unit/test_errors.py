"""Every error has a status code, and every reason an error."""

from __future__ import annotations

import inspect
import re

import pytest
from google.rpc import code_pb2
from google.rpc.error_details_pb2 import BadRequest, ErrorInfo, RetryInfo
from structlog.testing import capture_logs

from quikstate.v1.error_reason_pb2 import ErrorReason
from quikstate_server import errors
from quikstate_server.error_status import CODES, code_of, item_status, reason_of, status_of
from quikstate_server.errors import (
    InvalidRequest,
    OutcomeUnknown,
    Overloaded,
    QuikstateError,
    ReplicasNotReached,
)
from support.harness.checkout import ROOT

NOT_RAISED = {
    "ERROR_REASON_UNSPECIFIED": "never sent",
    "ERROR_REASON_INTERNAL": "what error_status makes of all that is not of the domain",
}


def classes() -> list[type[QuikstateError]]:
    found = [cls for _, cls in inspect.getmembers(errors, inspect.isclass) if issubclass(cls, QuikstateError)]
    return [cls for cls in found if cls is not QuikstateError]


@pytest.mark.parametrize("cls", classes(), ids=lambda cls: cls.__name__)
def test_every_error_class_has_a_status_code_and_a_reason(cls: type[QuikstateError]) -> None:
    assert cls in CODES
    assert f"ERROR_REASON_{cls.reason}" in ErrorReason.keys()  # noqa: SIM118 - it is no dict


def test_every_reason_has_one_error_class_or_is_known_to_have_none() -> None:
    raised = [f"ERROR_REASON_{cls.reason}" for cls in classes()]
    assert sorted([*raised, *NOT_RAISED]) == sorted(ErrorReason.keys())


def test_every_comment_in_the_proto_is_of_the_value_that_follows() -> None:
    """It begins with the status code: what stands elsewhere is published as some value's."""
    proto = (ROOT / "protos/quikstate/v1/error_reason.proto").read_text(encoding="utf-8")
    _, _, values = proto.partition("enum ErrorReason {\n")
    blocks = re.findall(r"((?:^  //.*\n)+)(.*)\n", values, re.MULTILINE)
    assert len(blocks) == len(ErrorReason.keys())
    for comment, value in blocks:
        code = re.match(r"  // ([A-Z_]+)[.,]", comment)
        assert value.startswith("  ERROR_REASON_")
        assert (code and code[1] in code_pb2.Code.keys()) or value.endswith("UNSPECIFIED = 0;")  # noqa: SIM118


def test_derived_errors_have_the_code_of_what_they_derive_from() -> None:
    class Special(Overloaded):
        pass

    assert code_of(Special("limits.max_calls")) == code_pb2.RESOURCE_EXHAUSTED
    assert code_of(KeyError()) == code_pb2.INTERNAL


def test_a_status_has_one_error_info_with_every_dynamic_word() -> None:
    status = status_of(ReplicasNotReached(1, 2))
    (detail,) = status.details
    info = ErrorInfo()
    assert detail.Unpack(info)
    assert (info.reason, info.domain) == ("ERROR_REASON_REPLICAS_NOT_REACHED", "quikstate")
    assert dict(info.metadata) == {"replicas_acked": "1", "min_replicas": "2"}
    assert status.code == code_pb2.UNAVAILABLE


def test_a_status_says_when_to_come_again_only_where_that_makes_sense() -> None:
    assert any(
        detail.Is(RetryInfo.DESCRIPTOR) for detail in status_of(Overloaded("limits.max_calls")).details
    )
    assert not any(detail.Is(RetryInfo.DESCRIPTOR) for detail in status_of(OutcomeUnknown()).details)


def test_invalid_requests_name_each_field_once() -> None:
    status = status_of(InvalidRequest({"hits[0].key": "is empty", "message": "is long"}))
    bad = BadRequest()
    assert [detail.Unpack(bad) for detail in status.details] == [False, True]
    assert {one.field: one.description for one in bad.field_violations} == {
        "hits[0].key": "is empty",
        "message": "is long",
    }


def test_item_status_carries_what_a_status_carries() -> None:
    status = item_status(Overloaded("limits.max_calls"))
    assert status.code == code_pb2.RESOURCE_EXHAUSTED
    assert status.reason == ErrorReason.ERROR_REASON_OVERLOADED
    assert status.message == "the server has reached its limit limits.max_calls"
    assert dict(status.metadata) == {"limit": "limits.max_calls"}
    assert reason_of(Overloaded("x")) == "ERROR_REASON_OVERLOADED"


def test_an_unknown_error_is_internal_and_its_cause_is_logged_alone() -> None:
    with capture_logs() as logs:
        status = status_of(KeyError("hunter2"), "a.Service/Method")
    assert status.code == code_pb2.INTERNAL
    assert "hunter2" not in str(status)
    (line,) = logs
    assert (line["event"], line["method"]) == ("call.failed", "a.Service/Method")


def test_a_status_stays_small_whatever_went_wrong() -> None:
    """It travels in headers, of which most clients take 8 KiB; in base64 a third is added."""
    many = {f"hits[{index}].limit.window": "must be 1 ms to 30 days " * 20 for index in range(1_000)}
    for error in (InvalidRequest(many), errors.KeyTypeConflict("ключ" * 9_999)):
        status = status_of(error)
        assert status.ByteSize() * 4 / 3 + 3 * len(status.message.encode()) < 8_000
