"""The validators of session requests."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from protovalidate import Validator

from quikstate.v1.session_pb2 import GetSessionRequest
from quikstate_server.services.session import validation
from quikstate_server.settings import Limits

LIMITS = Limits()
SHAPE = Validator()
texts = st.sampled_from(["", "a", "a:b", "é" * 128, "é" * 129, "x" * 256, "x" * 257, "a\nb", "a\x7f"])


@given(
    st.builds(
        GetSessionRequest, session_id=texts | st.text(), touch=st.booleans(), revoke_on_replay=st.booleans()
    )
)
def test_get_session_validator_guarantees_the_shape(request: GetSessionRequest) -> None:
    if not dict(validation.get_session(request, LIMITS)):
        assert not SHAPE.collect_violations(request)
