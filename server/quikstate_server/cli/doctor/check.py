"""One row of `quikstate doctor`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class CheckState(Enum):
    """Result of a check; a warning is not a failure."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Check:
    """One row: the subject, its state, and what to do if it is not OK."""

    name: str
    state: CheckState
    what: str
    remedy: str = ""
    refusal: str = ""
    """What `serve` says, if that is not `name: what`."""
