"""Chooses the server of a command: from its flags, the variables and a context."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from quikstate_server.cli.common.server_target import ServerTarget, create_target, merge
from quikstate_server.settings.directories import CONTEXTS_FILE, config_directory

_NAME = "context"


def choose_server(flags: Mapping[str, Any], variables: Mapping[str, Any]) -> ServerTarget:
    """Return the server that a command shall call; end the command if what was given does not fit.

    The context in use counts only where nothing else says which server, so that its token goes there alone.
    """
    name = flags.get(_NAME) or variables.get(_NAME) or ""
    context: Mapping[str, Any] = {}
    if name or not ("addr" in flags or "addr" in variables):
        context = _values_of(name)
    return create_target(merge([context, _without_name(variables), _without_name(flags)]))


def _values_of(name: str) -> Mapping[str, Any]:
    if not name and not has_contexts():
        return {}
    from quikstate_server.cli.context.contexts_file import read_contexts  # it imports pydantic

    contexts = read_contexts()
    if not name:
        return contexts.named(contexts.current).values() if contexts.current else {}
    return contexts.named(name).values()


def has_contexts() -> bool:
    """Return True if there is a file with contexts, whatever is in it."""
    directory = config_directory()
    return directory is not None and os.path.lexists(directory / CONTEXTS_FILE)


def _without_name(values: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: value for name, value in values.items() if name != _NAME}
