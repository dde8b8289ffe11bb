"""Which server a command calls, and with which identity: what overrides what."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from quikstate_server.cli.app import app
from quikstate_server.cli.common.addresses import is_loopback
from quikstate_server.cli.common.server_target import (
    ServerTarget,
    TokenSource,
    merge,
    own_server,
)

CA, CERT, KEY = Path("ca"), Path("cert"), Path("key")


@pytest.mark.parametrize(
    ("sources", "merged"),
    [
        ([{"addr": "a"}, {"addr": "b"}], {"addr": "b"}),
        ([{"token": "a"}, {"token_file": KEY}], {"token_file": KEY}),
        ([{"token_file": KEY}, {"token": "a"}], {"token": "a"}),
        ([{"token": "a"}, {"addr": "b"}], {"token": "a", "addr": "b"}),
        ([{"tls_ca_file": CA, "tls_cert_file": CERT}, {"tls": True}], {"tls": True, "tls_cert_file": CERT}),
        ([{"tls_ca_file": CA, "tls_cert_file": CERT, "tls_key_file": KEY}, {"tls": False}], {"tls": False}),
        ([{"tls": False}, {"tls_ca_file": CA}], {"tls_ca_file": CA}),
        ([{"tls": True}, {"tls_ca_file": CA}], {"tls_ca_file": CA}),
        ([{"tls_ca_file": CA}, {"tls_cert_file": CERT}], {"tls_ca_file": CA, "tls_cert_file": CERT}),
        ([{"token_file": Path("~/t")}], {"token_file": Path.home() / "t"}),
    ],
)
def test_merge_lets_the_later_source_override(
    sources: list[Mapping[str, Any]], merged: Mapping[str, Any]
) -> None:
    assert merge(sources) == merged


@pytest.mark.parametrize(
    ("address", "local"),
    [
        ("127.0.0.1:1", True),
        ("127.9.9.9:1", True),
        ("[::1]:1", True),
        ("localhost:1", True),
        ("unix:/run/q.sock", True),
        ("unix:///run/q.sock", True),
        ("ipv4:127.0.0.1:1,127.0.0.1:2", True),
        ("ipv6:[::1]:1", True),
        ("dns:///localhost:1", True),
        ("ipv4:127.0.0.1:1,10.0.0.1:2", False),
        ("dns://8.8.8.8/localhost:1", False),
        ("localhost.example.com:1", False),
        ("127.0.0.1.example.com:1", False),
        ("10.0.0.1:1", False),
        ("0.0.0.0:1", False),
        ("[2001:db8::1]:1", False),
        ("quikstate:50051", False),
        ("xds:///127.0.0.1:1", False),
        ("", False),
    ],
)
def test_is_loopback_only_what_surely_is(address: str, local: bool) -> None:
    assert is_loopback(address) is local


@pytest.mark.parametrize(
    ("listen", "address"),
    [
        ("0.0.0.0:1", "127.0.0.1:1"),
        ("[::]:1", "[::1]:1"),
        ("10.0.0.1:1", "10.0.0.1:1"),
        ("unix:/run/q.sock", "unix:/run/q.sock"),
    ],
)
def test_own_server_is_called_where_it_listens(listen: str, address: str) -> None:
    assert own_server(listen, None, ServerTarget()).address == address


def test_context_add_reads_a_token_from_standard_input(tmp_path: Path) -> None:
    """There `ps` does not show it."""
    words = ["context", "add", "prod", "--addr", "127.0.0.1:1", "--token", "-"]
    added = CliRunner().invoke(app, words, input="secret\n", env={"XDG_CONFIG_HOME": str(tmp_path)})
    assert added.exit_code == 0, added.output
    kept = yaml.safe_load((tmp_path / "quikstate/contexts.yaml").read_text())
    assert kept == {"contexts": {"prod": {"addr": "127.0.0.1:1", "token": "secret"}}}
    assert "secret" not in added.output


def test_a_token_file_is_read_again_and_the_last_token_kept(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("first\n")
    token = TokenSource("", file)
    assert (token(), bool(token)) == ("first", True)
    file.write_text("second")
    assert token() == "second"
    file.unlink()
    assert token() == "second"
    file.write_text("two words")
    assert token() == "second"
    assert "second" not in repr(ServerTarget(token=token))
