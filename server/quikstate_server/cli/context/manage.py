"""Adds, lists, chooses and removes contexts."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from quikstate_server.cli.common.options import refuse
from quikstate_server.cli.common.output import say, say_json, say_table
from quikstate_server.cli.common.server_target import create_target
from quikstate_server.cli.context.contexts_file import (
    ContextEntry,
    changed_contexts,
    check_context_name,
    read_contexts,
)

_NONE = "-"


def add(name: str, flags: Mapping[str, Any], *, use: bool, replace: bool) -> None:
    """Add a context with what the flags say, once it is known to fit; files get absolute paths."""
    check_context_name(name)
    values = {key: _absolute(value) for key, value in flags.items()}
    if values.get("token") == _NONE:
        values["token"] = sys.stdin.readline().strip()
    if not values.get("addr"):
        refuse("context add: give the server: --addr host:port")
    create_target(values)
    with changed_contexts() as contents:
        contexts = contents.setdefault("contexts", {})
        if name in contexts and not replace:
            refuse(f"there is a context {name!r}: pass --replace")
        contexts[name] = ContextEntry(**values).model_dump(mode="json", exclude_none=True)
        if use:
            contents["current"] = name
    say(f"added {name}" + (", and in use" if use else f"; use it: quikstate context use {name}"))


def list_(*, json: bool) -> None:
    """Print all contexts; of a stored token only that there is one."""
    contexts = read_contexts()
    rows = [
        {"name": name, "current": name == contexts.current, **_shown(each)}
        for name, each in sorted(contexts.contexts.items())
    ]
    if json:
        say_json(rows)
    else:
        titles = "name", "addr", "tls", "credential"
        table = (["*" if row["current"] else "", *(str(row[title]) for title in titles)] for row in rows)
        say_table(("", *titles), table)


def use(name: str) -> None:
    """Make a context the one in use; `-` for none."""
    with changed_contexts() as contents:
        if name == _NONE:
            contents.pop("current", None)
        else:
            read_contexts().named(name)
            contents["current"] = name
    say("no context is in use" if name == _NONE else f"using {name}")


def remove(name: str) -> None:
    """Remove a context; if it is the one in use, none is."""
    with changed_contexts() as contents:
        read_contexts().named(name)
        del contents["contexts"][name]
        if contents.get("current") == name:
            del contents["current"]
    say(f"removed {name}")


def _shown(context: ContextEntry) -> Mapping[str, str]:
    if context.tls is False or not (context.tls or context.tls_ca_file or context.tls_cert_file):
        tls = "no"
    else:
        tls = str(context.tls_ca_file or "system CAs")
    credentials = [
        "token (stored)" if context.token else "",
        f"token in {context.token_file}" if context.token_file else "",
        f"certificate {context.tls_cert_file}" if context.tls_cert_file else "",
    ]
    return {"addr": context.addr, "tls": tls, "credential": ", ".join(filter(None, credentials)) or _NONE}


def _absolute(value: Any) -> Any:
    return value.expanduser().absolute() if isinstance(value, Path) else value
