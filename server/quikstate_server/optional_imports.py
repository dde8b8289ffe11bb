"""Imports a library without what it imports only if it is installed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def import_without(*packages: str) -> Iterator[None]:
    """Have the libraries imported inside find that `packages` are not installed, as long as nobody else did.

    Other libraries need these packages, so they are installed. At the start of a server they would cost as
    much as the libraries themselves, and nothing here uses what they add.
    """
    hidden = [package for package in packages if package not in sys.modules]
    # Python's import system raises ModuleNotFoundError for a name that is None.
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for package in hidden:
            del sys.modules[package]
