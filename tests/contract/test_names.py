"""One name runs through: RPC CheckRateLimit is check_rate_limit and, in Redis, script rate_limit.check."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from google.protobuf.descriptor import MethodDescriptor, ServiceDescriptor

import quikstate.v1
from quikstate_server import primitives
from quikstate_server.redis_client.script import Script
from support.harness.checkout import SERVER

WITHOUT_A_SCRIPT = {
    # admin
    "GetTopology": "it is what the client knows, and INFO",
    "GetRedisInfo": "it is INFO",
    "GetServerInfo": "it is what the processes know",
    "DeleteUser": "it is RevokeSessions, Leave and DeleteEntries",
    "HoldLock": "it is AcquireLock, RenewLock and ReleaseLock",
    "ListLocks": "it is SCAN and GetLock",
    "ListRateLimitPolicies": "policies are in a file",
    "StreamRateLimit": "it is CheckRateLimit, many times",
    "WatchLocks": "it is GetLock whenever something changed",
    # cache
    "WatchInvalidations": "the scripts publish what they do",
    # queue
    "Consume": "it is Receive and Settle, many times",
    # presence
    "Connect": "it is Heartbeat as long as the stream lives, and Leave",
    # session
    "WatchSessions": "it is what the scripts say, and ListSessions whenever a session is due",
    # PubSubService.
    "ListChannels": "it is PUBSUB CHANNELS",
    "StreamSubscribe": "it is Subscribe, many times",
    "Subscribe": "it is SUBSCRIBE and ListHistory",
}
WITHOUT_AN_RPC = {
    "lock.leave_queue": "an AcquireLock that ended while it waited",
    "lock.refresh_waiters": "every server that has waiters, each second",
    # cache
    "cache.touch_tags": "a SetEntries with tags",
    "cache.invalidate_tags": "a DeleteEntries of tags",
    "cache.reconcile_entries": "GetEntries of what a tag deleted or a raw client prolonged",
    "presence.forget_user": "DeleteUser, after the leave",
    "presence.apply": "Heartbeat, Leave and SetStatus, in the workspaces",
    "presence.reserve_reaps": "every server: which workspaces are due to be reaped",
    "presence.reschedule_reap": "every server: when a workspace is reaped next",
    "presence.reap": "every server: end what has expired in a workspace",
    "presence.reap_users": "every server: remove the expired connections of users",
    "presence.schedule_reap": "Heartbeat and all that has deadlines: when a workspace is reaped",
    # queue
    "queue.confirm_names": "every call that uses a queue, on the slot of the namespace's index",
    "queue.forget_names": "every server: remove the names of queues that are gone",
    # session
    "session.register": "CreateSession, on the user's slot",
    "session.check_validity": "each call that reads a session, on the user's slot",
    "session.restore_to_index": "GetSession of a session that the index has lost, and RotateSession",
    "session.remove_from_index": "each call that finds that an indexed session has ended",
    "session.delete": "RevokeSessions, on the session's slot",
    "session.revoke_user_tokens": "RevokeTokens of a user",
}
"""Scripts that no caller asks for, with what does."""


def snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def services() -> Iterator[ServiceDescriptor]:
    for module in pkgutil.iter_modules(quikstate.v1.__path__):
        if module.name.endswith("_pb2"):
            yield from importlib.import_module(
                f"quikstate.v1.{module.name}"
            ).DESCRIPTOR.services_by_name.values()


def primitive(service: ServiceDescriptor) -> str:
    return snake(service.name.removesuffix("Service"))


def script(method: MethodDescriptor) -> str:
    """`rate_limit.check`, of CheckRateLimit."""
    subject = primitive(method.containing_service)
    return f"{subject}.{snake(method.name).removesuffix(f'_{subject}')}"


def acts(folder: Path) -> set[str]:
    """The scripts in the files of a folder; a file that says `defines:` is part of others."""
    files = [path for path in folder.glob("*.lua") if "\n-- defines:" not in path.read_text(encoding="utf-8")]
    return {f"{folder.name}.{path.stem.removeprefix(f'{folder.name}_')}" for path in files}


def loaded_scripts() -> set[str]:
    names = [module.name for module in pkgutil.walk_packages(primitives.__path__, f"{primitives.__name__}.")]
    values = [value for name in names for value in vars(importlib.import_module(name)).values()]
    return {value.name for value in values if isinstance(value, Script)}


SERVICES = sorted(services(), key=lambda service: service.name)
FOLDERS = sorted({path.parent for path in SERVER.glob("primitives/*/*.lua")})


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
def test_servicer_has_a_method_an_rpc_and_no_other(service: ServiceDescriptor) -> None:
    module = importlib.import_module(f"quikstate_server.services.{primitive(service)}.servicer")
    servicer = getattr(module, f"{service.name}r")
    methods = {name for name, _ in inspect.getmembers(servicer, callable) if not name.startswith("_")}
    assert methods == {snake(method.name) for method in service.methods}


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
def test_every_validator_belongs_to_an_rpc(service: ServiceDescriptor) -> None:
    """It is found by the RPC's name: one that is called otherwise would check nothing."""
    module = importlib.import_module(f"quikstate_server.services.{primitive(service)}.validation")
    functions = inspect.getmembers(module, inspect.isfunction)
    validators = {name for name, function in functions if function.__module__ == module.__name__}
    public = {name for name in validators if not name.startswith("_")}
    assert public
    assert public <= {snake(method.name) for method in service.methods}


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
def test_rpcs_and_scripts_have_one_name(service: ServiceDescriptor) -> None:
    named = {script(method) for method in service.methods if method.name not in WITHOUT_A_SCRIPT}
    assert named == acts(SERVER / "primitives" / primitive(service)) - WITHOUT_AN_RPC.keys()


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_scripts_are_called_as_their_files(folder: Path) -> None:
    assert {path.name.startswith(f"{folder.name}_") for path in folder.glob("*.lua")} == {True}
    assert {name for name in loaded_scripts() if name.startswith(f"{folder.name}.")} == acts(folder)
