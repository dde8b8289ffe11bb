"""The scenarios that all languages share leave nothing out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from google.protobuf.descriptor import ServiceDescriptor

from contract.test_names import SERVICES
from quikstate.v1.error_reason_pb2 import ErrorReason
from scenarios.scenario import Scenario, scenarios
from support.harness.checkout import ROOT, pyproject

NOT_BY_A_CLIENT = {
    "ERROR_REASON_UNSPECIFIED": "is never sent",
    "ERROR_REASON_GROUP_REQUIRED": "needs a cluster: tests/services/test_cluster.py",
    "ERROR_REASON_REDIS_UNAVAILABLE": "needs a Redis that fails: tests/services/test_errors.py",
    "ERROR_REASON_OUTCOME_UNKNOWN": "needs a Redis that fails: tests/services/test_errors.py",
    "ERROR_REASON_DEADLINE_EXCEEDED": "a client's own clock ends the call first, without details",
    "ERROR_REASON_OVERLOADED": "needs a server at its limits: tests/services/test_limits.py",
    "ERROR_REASON_REDIS_OUT_OF_MEMORY": "needs a full Redis: tests/services/test_errors.py",
    "ERROR_REASON_SHUTTING_DOWN": "needs a server that drains: tests/services/test_drain.py",
    "ERROR_REASON_UNAUTHENTICATED": "needs a server with callers: tests/services/test_identity.py",
    "ERROR_REASON_PERMISSION_DENIED": "needs a server with callers: tests/services/test_identity.py",
    "ERROR_REASON_QUOTA_EXCEEDED": "needs a server with callers: tests/services/test_identity.py",
    "ERROR_REASON_INTERNAL": "needs a fault in the server: tests/services/test_errors.py",
}
"""Reasons that no caller of a healthy server can provoke, with where they are tested instead."""

SCENARIOS = scenarios()


def rpcs(scenario: Scenario) -> Iterator[str]:
    for step in scenario.steps:
        yield from (step[key] for key in ("call", "open") if key in step)


def values(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from values(item)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
def test_every_rpc_is_in_a_scenario(service: ServiceDescriptor) -> None:
    called = {rpc for scenario in SCENARIOS for rpc in rpcs(scenario)}
    assert {f"{service.name}/{method.name}" for method in service.methods} - called == set()


def test_every_error_reason_is_in_a_scenario_or_cannot_be() -> None:
    expected = {text for scenario in SCENARIOS for text in values(scenario.steps)} & set(ErrorReason.keys())
    assert expected | NOT_BY_A_CLIENT.keys() == set(ErrorReason.keys())
    assert expected & NOT_BY_A_CLIENT.keys() == set()


def test_every_package_has_the_version_of_pyproject() -> None:
    """A Go module's version is its tag."""
    version = pyproject()["project"]["version"]
    clients = ROOT / "clients"
    lock = json.loads((clients / "typescript/package-lock.json").read_text(encoding="utf-8"))
    assert {json.loads((clients / "typescript/package.json").read_text(encoding="utf-8"))["version"]} == {
        version
    }
    assert {lock["version"], lock["packages"][""]["version"]} == {version}
    assert f'version: "{version}"' in (clients / "elixir/mix.exs").read_text(encoding="utf-8")
    poms = sorted(clients.glob("java/**/pom.xml"))
    ours = [
        re.search(
            r"<artifactId>quikstate-parent</artifactId>\s*<version>(.+?)<", pom.read_text(encoding="utf-8")
        )
        for pom in poms
    ]
    assert {found and found[1] for found in ours} == {version}
