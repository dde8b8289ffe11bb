"""The cursor of a SCAN through all nodes: which node is being scanned, and how far."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import NamedTuple

from quikstate_server.redis_client.node import Node


class ScanCursor(NamedTuple):
    """The scan goes on at `position` of `node`, then through the `remaining` nodes."""

    node: Node
    position: str
    remaining: Sequence[Node]

    def advance(self, position: str) -> str:
        """Return the text of the next cursor, given the `position` that the node returned; "" at the end."""
        if position != "0":
            return f"{_label(self.node)}:{position}"
        return f"{_label(self.remaining[0])}:0" if self.remaining else ""


def parse_scan_cursor(cursor: str, nodes: Sequence[Node]) -> ScanCursor:
    """Return the cursor of a text. If its node is gone, begin again: its keys may be on any other now."""
    label, _, position = cursor.partition(":")
    in_order = sorted(nodes, key=_label)
    for index, node in enumerate(in_order):
        if _label(node) == label:
            return ScanCursor(node, position, in_order[index + 1 :])
    return ScanCursor(in_order[0], "0", in_order[1:])


def _label(node: Node) -> str:
    """Return what stands for a node in a cursor, which callers see."""
    return blake2b(node.name.encode(), digest_size=4).hexdigest()
