"""Measure the cost of identity: the empty call and CheckRateLimit, without and with each credential."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.laboratory import Server
from benchmarks.loads.gocaller import GoCaller
from benchmarks.rows.rate_limit import CHECK, check_request
from benchmarks.rows.row import Row

_EMPTY = "/quikstate.bench.v1.BenchService/Empty"
_KINDS = (
    ("none", "no identity", Server.OURS, ""),
    ("token", "bearer token", Server.OURS_AUTHENTICATING, "token"),
    ("jwt", "JWT", Server.OURS_AUTHENTICATING, "jwt"),
    ("tls", "no identity, TLS", Server.OURS_TLS, "tls"),
    ("mtls", "client certificate", Server.OURS_MUTUAL_TLS, "certificate"),
)


def rows() -> Iterator[Row]:
    """Return the rows: those over TLS are compared with one over TLS."""
    for kind, title, server, credential in _KINDS:
        against = "tls" if kind == "mtls" else "none"
        empty = GoCaller("unary", _EMPTY, [b""], credential=credential)
        yield Row(f"empty-{kind}", f"Empty call, Go caller, {title}", server, empty, f"empty-{against}")
        name = f"bench:identity:{kind}"
        check = GoCaller("unary", CHECK, [check_request([name]).SerializeToString()], credential=credential)
        yield Row(f"check-{kind}", f"CheckRateLimit, Go caller, {title}", server, check, f"check-{against}")
