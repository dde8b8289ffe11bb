"""An address without a port has the default one, and a URL is refused with what to write in its place."""

from __future__ import annotations

import pytest

from quikstate_server.cli.common.addresses import complete_address, hosts_of


@pytest.mark.parametrize(
    ("given", "complete"),
    [
        ("db", "db:50051"),
        ("db:1", "db:1"),
        ("10.0.0.1", "10.0.0.1:50051"),
        ("::1", "[::1]:50051"),
        ("[::1]", "[::1]:50051"),
        ("[::1]:1", "[::1]:1"),
        ("ipv4:10.0.0.1,10.0.0.2:1", "ipv4:10.0.0.1:50051,10.0.0.2:1"),
        ("dns:///db", "dns:///db:50051"),
        ("dns://8.8.8.8/db", "dns://8.8.8.8/db:50051"),
        ("unix:/run/q.sock", "unix:/run/q.sock"),
        ("unix-abstract:q", "unix-abstract:q"),
        ("xds:///db", "xds:///db"),
    ],
)
def test_an_address_without_a_port_gets_the_default_one(given: str, complete: str) -> None:
    assert complete_address(given) == complete


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("http://db", "give the server as db:50051\n"),
        ("grpc://db:1/path", "give the server as db:1\n"),
        ("https://db:443", "give the server as db:443 with --tls or --tls-ca-file\n"),
    ],
)
def test_a_url_is_refused_with_the_address(given: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        complete_address(given)
    assert refused.value.code == 2
    assert capsys.readouterr().err == f"quikstate: {given} is a URL: {told}"


def test_hosts_are_those_that_a_socket_connects_to() -> None:
    assert hosts_of("[::1]:1") == [("::1", "1")]
    assert hosts_of("dns://8.8.8.8/db:1") == [("db", "1")]
    assert hosts_of("ipv4:10.0.0.1:1,10.0.0.2:2") == [("10.0.0.1", "1"), ("10.0.0.2", "2")]
