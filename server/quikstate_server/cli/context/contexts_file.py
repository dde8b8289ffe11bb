"""The file with the contexts: servers with their credentials, by name.

    current: prod
    contexts:
      prod: {addr: "quikstate.example.com:443", token_file: /home/ann/prod.token, tls: true}

Only its owner may read it, since a context may have a token.
"""

from __future__ import annotations

import fcntl
import os
import re
import stat
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints

from quikstate_server.cli.common.options import refuse
from quikstate_server.settings.directories import CONTEXTS_FILE, config_directory
from quikstate_server.settings.yaml_model import STRICT, InvalidFile, read_yaml

_NAME = r"[A-Za-z0-9_.-]{1,64}"
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_ContextName = Annotated[str, StringConstraints(pattern=f"^{_NAME}$")]
_File = Annotated[Path, Field(strict=False)]
_DESCRIPTIONS = {"string_pattern_mismatch": "must match {pattern}"}


class ContextEntry(BaseModel):
    """A server, and how it is called."""

    model_config = STRICT

    addr: Annotated[str, StringConstraints(min_length=1)]
    token: str | None = Field(None, repr=False)
    token_file: _File | None = None
    tls: bool | None = None
    tls_ca_file: _File | None = None
    tls_cert_file: _File | None = None
    tls_key_file: _File | None = None

    def values(self) -> Mapping[str, Any]:
        """Return what it says, by the names of the options."""
        return self.model_dump(exclude_none=True)


class ContextsFile(BaseModel):
    """The whole file."""

    model_config = STRICT

    current: str | None = None
    contexts: dict[_ContextName, ContextEntry] = Field(default_factory=dict)

    def named(self, name: str) -> ContextEntry:
        """Return a context; end the command if there is none."""
        if name not in self.contexts:
            known = ", ".join(sorted(self.contexts)) or "none"
            refuse(f"no context has the name {name!r}; there are: {known}")
        return self.contexts[name]


def check_context_name(name: str) -> None:
    """End the command for a name that a context cannot have."""
    if not re.fullmatch(_NAME, name):
        refuse(f"{name!r} is no name for a context: it must match {_NAME}")


def contexts_path() -> Path:
    """Return the path of the file; end the command if the user has no home."""
    directory = config_directory()
    if directory is None:
        refuse("there is no place for contexts: set HOME or XDG_CONFIG_HOME")
    return directory / CONTEXTS_FILE


def read_contexts() -> ContextsFile:
    """Read the file, none being an empty one; end the command if it is invalid, or others can read it."""
    if config_directory() is None:
        return ContextsFile()
    path = contexts_path()
    try:
        found = path.stat()
    except FileNotFoundError:
        return ContextsFile()
    except OSError as error:
        refuse(f"{path}: {error.strerror}")
    if found.st_mode & _OTHERS:
        mode = stat.S_IMODE(found.st_mode)
        refuse(f"{path}: others can reach it (mode {mode:04o}), and it may have tokens: chmod 600 {path}")
    if found.st_uid not in (os.geteuid(), 0):
        refuse(f"{path}: it belongs to another user")
    try:
        return read_yaml(path, ContextsFile, _DESCRIPTIONS)
    except InvalidFile as error:
        refuse(str(error))


@contextmanager
def changed_contexts() -> Iterator[dict[str, Any]]:
    """Give the contents of the file to change, and write them then; one process after another."""
    path = contexts_path()
    with _locked(path.parent):
        contents: dict[str, Any] = read_contexts().model_dump(mode="json", exclude_none=True)
        yield contents
        _write(path.resolve(), ContextsFile.model_validate(contents))


@contextmanager
def _locked(directory: Path) -> Iterator[None]:
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(directory, os.O_RDONLY)
    except OSError as error:
        refuse(f"{directory}: {error.strerror}")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _write(path: Path, contexts: ContextsFile) -> None:
    """Replace the file at once, so that no crash leaves a part of it. mkstemp gives it the mode 0600."""
    import yaml

    text = yaml.safe_dump(contexts.model_dump(mode="json", exclude_none=True), allow_unicode=True)
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except OSError as error:
        refuse(f"{path}: {error.strerror}")
