"""Says what is wrong with certificates and keys in files."""

from __future__ import annotations


def pem_fault(error: OSError, not_pem: str) -> str:
    """Describe an error of reading or loading them; OpenSSL has no words for what is `not_pem`.

    It names a place in its own code too, which is left out.
    """
    import ssl  # slow to import, and most commands need none

    if isinstance(error, ssl.SSLError):
        return error.reason.replace("_", " ").lower() if error.reason else not_pem
    return error.strerror or str(error)
