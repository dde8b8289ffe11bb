"""One public key of an issuer of JWTs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jwt import PyJWK


@dataclass(frozen=True, slots=True)
class IssuerKey:
    """A key, equal to another one that was published with the same words."""

    published: str
    """The JSON Web Key, in canonical JSON."""
    jwk: PyJWK = field(compare=False, repr=False)
