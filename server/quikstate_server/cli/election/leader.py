"""A leader, and the line that a command prints of one."""

from __future__ import annotations

import json as json_text
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from quikstate_server.cli.common.output import say


@dataclass(frozen=True, slots=True)
class Leader:
    """Who leads: the holder of the lock with the election's name. `token` is 0 for a raw client."""

    owner: str
    token: int
    metadata: Mapping[str, str]


def say_leader(election: str, leader: Leader | None, *, json: bool) -> None:
    """Print a line; None is for an election without a leader."""
    now = datetime.now().astimezone().isoformat(timespec="milliseconds")
    if json:
        say(json_text.dumps({"time": now, "election": election, **_fields(leader)}, ensure_ascii=False))
    elif leader is None:
        say(f"{now}  {election}  no leader")
    else:
        metadata = " ".join(f"{name}={value}" for name, value in sorted(leader.metadata.items()))
        say("  ".join([now, election, leader.owner or "-", str(leader.token or "-"), metadata]).rstrip())


def _fields(leader: Leader | None) -> Mapping[str, object]:
    """Return the leader as JSON; the token is a text, as protobuf writes 64-bit numbers."""
    if leader is None:
        return {"leader": None}
    token = str(leader.token) if leader.token else None
    return {"leader": leader.owner, "fencingToken": token, "metadata": dict(leader.metadata)}
