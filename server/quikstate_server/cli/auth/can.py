"""`quikstate auth can`: says whether a policy file lets a caller call an RPC, and why."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from quikstate_server.caller import Caller
from quikstate_server.cli.auth.policy import read_auth
from quikstate_server.cli.common.options import refuse
from quikstate_server.cli.common.output import say, say_json
from quikstate_server.interceptors.method import Method
from quikstate_server.interceptors.name_authorization import no_names
from quikstate_server.services.catalog import NAMES, SERVICES
from quikstate_server.settings.similar import nearest
from quikstate_server.settings.yaml_model import InvalidFile


def run(path: Path, caller_name: str, rpc: str, name: str | None, *, json: bool) -> bool:
    """Print yes or no, and why; return True for yes. End the command for what is not known."""
    try:
        file = read_auth(path)
    except InvalidFile as error:
        refuse(str(error))
    entry = file.callers.get(caller_name)
    if entry is None:
        names = ", ".join(sorted(file.callers))
        refuse(f"{path}: no caller has the name {caller_name!r}; there are: {names}")
    method = find_method(rpc)
    allowed, why = decide(entry.caller(caller_name), method, name)
    if json:
        say_json({"allowed": allowed, "why": why, "rpc": method.full_name, "namespace": entry.namespace})
    else:
        say(f"{'yes' if allowed else 'no'}: {why}")
    return allowed


def find_method(rpc: str) -> Method:
    """Return a method by its name, with or without service and package; end the command if there is none."""
    methods = [method for spec in SERVICES for method in spec.methods]
    found = [method for method in methods if rpc.removeprefix("/") in _names_of(method)]
    if not found:
        close = nearest(rpc, [method.name for method in methods])
        refuse(f"no RPC has the name {rpc!r}" + (f"; did you mean {close}?" if close else ""))
    if len(found) > 1:
        refuse(f"{rpc} is the name of several RPCs: {', '.join(method.full_name for method in found)}")
    return found[0]


def _names_of(method: Method) -> Collection[str]:
    full = method.full_name
    return method.name, full, full.removeprefix("quikstate.v1.")


def decide(caller: Caller, method: Method, name: str | None) -> tuple[bool, str]:
    """Return whether the caller may call the method with a name, and the reason, as the server decides it."""
    access = method.access.value if method.access else "none"
    service = method.service_name
    grant = caller.grant(service, method.access)
    if grant is None:
        has = caller.grants.get(service)
        granted = ", ".join(sorted(each.value for each in has.access)) if has else "nothing"
        return False, f"{method.name} needs {access} access to {service}, and the policy grants {granted}"
    reason = f"{method.name} needs {access} access to {service}, which the policy grants"
    if not grant.names or NAMES.get(method.request_type, no_names) is no_names:
        return True, f"{reason}, with any name{_where(caller)}"
    prefixes = " or ".join(map(repr, grant.names))
    if name is None:
        return True, f"{reason}, with names that begin with {prefixes}{_where(caller)}"
    if not grant.allows(name):
        return False, f"{reason}; but names must begin with {prefixes}, and {name!r} does not"
    return True, f"{reason}, and {name!r} begins with {prefixes}{_where(caller)}"


def _where(caller: Caller) -> str:
    return f", in the namespace {caller.namespace!r}" if caller.namespace else ""
