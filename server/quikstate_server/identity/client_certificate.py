"""The names in a client's certificate (RFC 5280, subject alternative names)."""

from __future__ import annotations

from quikstate_server.errors import Unauthenticated
from quikstate_server.identity.credentials import ClientCertificate


def read_certificate(der: bytes) -> ClientCertificate:
    """Read a certificate that the transport has verified; raise Unauthenticated if it has no usable name."""
    from cryptography import x509  # slow to import, and most servers have no certificates to read

    try:
        certificate = x509.load_der_x509_certificate(der)
        alternatives = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (ValueError, x509.ExtensionNotFound):
        raise Unauthenticated("the client certificate has no subject alternative name") from None
    uris = alternatives.get_values_for_type(x509.UniformResourceIdentifier)
    hosts = alternatives.get_values_for_type(x509.DNSName)
    names = frozenset([*uris, *(f"dns:{host}" for host in hosts)])
    return ClientCertificate(names, certificate.not_valid_after_utc.timestamp())
