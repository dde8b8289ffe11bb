"""Scenarios as the YAML files have them; README.md beside this file says what each step means."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
Step = dict[str, Any]

STEPS: dict[str, set[str]] = {
    "call": {"request", "timeout", "expect", "error", "keep", "within"},
    "open": {"as", "request", "timeout"},
    "send": {"request"},
    "half_close": set(),
    "cancel": set(),
    "item": {"expect", "keep", "skipping", "within"},
    "end": {"error", "skipping", "within"},
    "silence": {"within"},
    "redis": {"reply"},
}
"""Each kind of step, with what may stand beside it."""


@dataclass(frozen=True)
class Scenario:
    topic: str
    """The name of its file."""
    name: str
    steps: list[Step]


class BadScenario(Exception):
    """A file says what means nothing."""


class Loader(yaml.SafeLoader):
    """YAML, with `!bytes text` for what protobuf JSON has in base64."""


def _base64(loader: Loader, node: yaml.ScalarNode) -> str:
    return b64encode(str(loader.construct_scalar(node)).encode()).decode()


Loader.add_constructor("!bytes", _base64)


def scenarios() -> list[Scenario]:
    return [scenario for path in sorted(FOLDER.glob("*.yaml")) for scenario in read(path)]


def read(path: Path) -> Iterator[Scenario]:
    content = yaml.load(path.read_text(encoding="utf-8"), Loader)  # noqa: S506 - it is a SafeLoader
    for name, steps in content.items():
        for step in steps:
            extra = step.keys() - STEPS[kind(step)] - {kind(step)}
            if extra:
                raise BadScenario(f"{path.name}: {name}: {sorted(extra)} in {step}")
        yield Scenario(path.stem, name, steps)


def kind(step: Step) -> str:
    """The first key that names one: `error` beside `call`, say, is none."""
    found = [key for key in step if key in STEPS]
    if len(found) != 1:
        raise BadScenario(f"a step is one of {sorted(STEPS)}: {step}")
    return found[0]


def filled(value: Any, kept: dict[str, Any]) -> Any:
    """`value` with each ${name} replaced; one that stands alone may be anything that was kept."""
    if isinstance(value, dict):
        return {filled(key, kept): filled(item, kept) for key, item in value.items()}
    if isinstance(value, list):
        return [filled(item, kept) for item in value]
    if not isinstance(value, str):
        return value
    alone = re.fullmatch(r"\$\{(\w+)\}", value)
    if alone:
        return kept[alone[1]]
    return re.sub(r"\$\{(\w+)\}", lambda name: str(kept[name[1]]), value)
