"""Where a walk through all keys stands: on which node, and how far in it."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import NamedTuple

from quikstate_server.redis_client.node import Node


class Place(NamedTuple):
    """`node` is to be asked from `position` on, then what is `later`."""

    node: Node
    position: str
    later: Sequence[Node]

    def after(self, position: str) -> str:
        """The cursor, once the node has been asked and said where to go on."""
        if position != "0":
            return f"{_label(self.node)}:{position}"
        return f"{_label(self.later[0])}:0" if self.later else ""


def place_of(cursor: str, nodes: Sequence[Node]) -> Place:
    """A cursor on a node that is gone begins again, since its keys may be on any other by now."""
    label, _, position = cursor.partition(":")
    in_order = sorted(nodes, key=_label)
    for number, node in enumerate(in_order):
        if _label(node) == label:
            return Place(node, position, in_order[number + 1 :])
    return Place(in_order[0], "0", in_order[1:])


def _label(node: Node) -> str:
    """What stands for a node in a cursor, which callers see."""
    return blake2b(node.name.encode(), digest_size=4).hexdigest()
