"""The server that a command calls, what proves the server's identity, and what proves the caller's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NoReturn

from quikstate_server.cli.common.addresses import DEFAULT_ADDRESS, complete_address, is_loopback
from quikstate_server.cli.common.refusal import refuse
from quikstate_server.pem_files import pem_fault

ConnectionValues = Mapping[str, Any]
"""What one source says, by the names of the options: `addr`, `token_file`, `tls_ca_file` and so on."""

_TOKEN = re.compile(r"[!-~]+")
_MAX_TOKEN_BYTES = 16_384
_TLS_FILES = "tls_ca_file", "tls_cert_file", "tls_key_file"
_SYSTEM_BUNDLES = "ca-certificates.crt", "ca-bundle.crt"


@dataclass(frozen=True, slots=True)
class ClientTls:
    """PEM files of a TLS connection."""

    ca_file: Path | None = None
    """What the server's certificate must be signed by; None for the CAs of the system."""
    cert_file: Path | None = None
    key_file: Path | None = None
    certificate: Path | None = None
    """The server's own certificate, trusted in place of any CA and whatever its names."""


class TokenSource:
    """A bearer token, or the file with it, which is read for each call: a renewed token needs no restart."""

    def __init__(self, token: str, file: Path | None) -> None:
        """Read the file; end the command if that fails."""
        self._file = file
        self._token = token
        if file:
            try:
                self._token = _read_token(file)
            except (OSError, ValueError) as error:
                refuse(f"--token-file: {file}: {getattr(error, 'strerror', None) or error}")
        elif token and not _TOKEN.fullmatch(token):
            refuse("--token: must be one word of printable ASCII characters")

    def __bool__(self) -> bool:
        return bool(self._token)

    def __call__(self) -> str:
        """Return the newest token; that of before while the file cannot be read."""
        if self._file:
            try:
                self._token = _read_token(self._file)
            except (OSError, ValueError):
                return self._token
        return self._token


def _no_token() -> TokenSource:
    return TokenSource("", None)


@dataclass(frozen=True, slots=True)
class ServerTarget:
    """A server, and how it is called. Nothing of it shows the token."""

    address: str = DEFAULT_ADDRESS
    token: TokenSource = field(default_factory=_no_token, repr=False)
    tls: ClientTls | None = None
    is_named: bool = False
    """False if nothing says which server, so that it is the default one."""


def merge(sources: Iterable[ConnectionValues]) -> ConnectionValues:
    """Return what the sources say together; a later one overrides.

    A token and a token file override each other. `tls` overrides the CA file, so that it stands for the
    CAs of the system, and False overrides all that is TLS.
    """
    merged: dict[str, Any] = {}
    for source in sources:
        replaced: set[str] = set()
        if "token" in source or "token_file" in source:
            replaced |= {"token", "token_file"}
        if "tls" in source:
            replaced |= {"tls_ca_file"} if source["tls"] else {*_TLS_FILES}
        elif any(name in source for name in _TLS_FILES):
            replaced.add("tls")
        kept = {name: value for name, value in merged.items() if name not in replaced}
        merged = kept | {name: _expanded(value) for name, value in source.items()}
    return merged


def _expanded(value: Any) -> Any:
    """Return a path with the home in place of `~`, as a file of variables may have it."""
    return value.expanduser() if isinstance(value, Path) else value


def create_target(values: ConnectionValues) -> ServerTarget:
    """Return the server; end the command if the values do not fit, or would send a token in plain text."""
    address = complete_address(values.get("addr") or DEFAULT_ADDRESS)
    if values.get("token") and values.get("token_file"):
        refuse("give either --token or --token-file")
    token = TokenSource(values.get("token") or "", values.get("token_file"))
    tls = _tls(values)
    if token and tls is None and values.get("tls") is not False and not is_loopback(address):
        refuse(
            f"{address}: the token would be sent in plain text: pass --tls-ca-file or --tls, "
            "or --no-tls if the network is trusted"
        )
    return ServerTarget(address, token, tls, is_named=bool(values.get("addr")))


def _tls(values: ConnectionValues) -> ClientTls | None:
    ca_file, cert_file, key_file = (values.get(name) for name in _TLS_FILES)
    if values.get("tls") is False:
        if ca_file or cert_file or key_file:
            refuse("give either --no-tls or certificates")
        return None
    if not (values.get("tls") or ca_file or cert_file or key_file):
        return None
    if bool(cert_file) != bool(key_file):
        refuse("--tls-cert-file and --tls-key-file: give both or none")
    _check_files(ca_file, cert_file, key_file)
    return ClientTls(ca_file, cert_file, key_file)


def _check_files(ca_file: Path | None, cert_file: Path | None, key_file: Path | None) -> None:
    """End the command with a clear word; gRPC would say that no connection could be made."""
    import ssl

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if ca_file:
        try:
            context.load_verify_locations(ca_file)
        except OSError as error:
            refuse(f"--tls-ca-file: cannot use {ca_file}: {pem_fault(error, 'it has no certificate (PEM)')}")
    if cert_file:
        try:
            context.load_cert_chain(cert_file, key_file, _refuse_passphrase)
        except OSError as error:
            cause = pem_fault(error, "not a certificate and its key (PEM)")
            refuse(f"--tls-cert-file: cannot use {cert_file} with {key_file}: {cause}")


def _refuse_passphrase() -> NoReturn:
    """Stop OpenSSL from asking for a passphrase on the terminal."""
    refuse("--tls-key-file: is encrypted; a key without a passphrase is needed")


def _read_token(file: Path) -> str:
    with file.open("rb") as opened:
        text = opened.read(_MAX_TOKEN_BYTES + 1)
    token = text.decode("ascii", "replace").strip()
    if len(text) > _MAX_TOKEN_BYTES or not _TOKEN.fullmatch(token):
        raise ValueError("must hold one token, and nothing else")
    return token


def own_server(address: str, certificate: Path | None, target: ServerTarget) -> ServerTarget:
    """Return the target for a server of this machine that listens on `address` with `certificate`, if any.

    Its certificate is trusted because it is the one in that file; whether it has a name for the loopback
    address, and who signed it, does not matter. A CA file that was given is used instead.
    """
    host, colon, port = address.rpartition(":")
    if not address.startswith("unix:"):
        address = {"0.0.0.0": "127.0.0.1", "[::]": "[::1]"}.get(host, host) + colon + port  # noqa: S104 - see above
    tls = target.tls
    if certificate and not (tls and tls.ca_file):
        tls = replace(tls or ClientTls(), certificate=certificate)
    return replace(target, address=address, tls=tls)


def read_roots(tls: ClientTls) -> bytes | None:
    """Return the CA certificates; None for those that gRPC brings, if the system has none."""
    import ssl  # slow, as in the functions above: most commands need none

    if tls.ca_file:
        return tls.ca_file.read_bytes()
    paths = ssl.get_default_verify_paths()
    folder = Path(paths.capath or paths.openssl_capath)
    bundles = [Path(paths.cafile)] if paths.cafile else [folder / name for name in _SYSTEM_BUNDLES]
    return next((bundle.read_bytes() for bundle in bundles if bundle.is_file()), None)
