"""Files that the server reads again when they change: YAML, checked by a model."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from quikstate_server.settings import strict_yaml

STRICT: Final = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)
"""Of all such models; they are built when the first file is read, since many servers have none."""

_DESCRIPTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "missing": "is required",
        "extra_forbidden": "is not a known key",
        "int_type": "must be an integer",
        "string_type": "must be a text",
        "list_type": "must be a list",
        "tuple_type": "must be a list",
        "model_type": "must be a mapping",
        "dict_type": "must be a mapping of names",
        "enum": "must be one of {expected}",
        "value_error": "{error}",
    }
)
"""Texts in place of pydantic's, by the types of its errors."""

ModelT = TypeVar("ModelT", bound=BaseModel)


class InvalidFile(Exception):
    """An error in a file: its text is one line that names the file and the key."""

    def __init__(self, path: Path, error: str) -> None:
        super().__init__(f"{path}: {' '.join(error.split())}")


def read_yaml(path: Path, model: type[ModelT], descriptions: Mapping[str, str]) -> ModelT:
    """Read a file; raise InvalidFile on any error. `descriptions` come before those that all files have."""
    try:
        return model.model_validate(strict_yaml.load(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidFile(path, getattr(error, "strerror", None) or "must be UTF-8") from error
    except strict_yaml.YamlError as error:
        raise InvalidFile(path, str(error)) from error
    except ValidationError as error:
        raise InvalidFile(path, _describe(error.errors()[0], {**_DESCRIPTIONS, **descriptions})) from None


def _describe(error: ErrorDetails, descriptions: Mapping[str, str]) -> str:
    """Return the key and what it must be."""
    key = ".".join(str(part) for part in error["loc"] if part != "[key]") or "the whole file"
    text = descriptions.get(error["type"])
    return f"{key}: {text.format_map(error.get('ctx', {})) if text else error['msg']}"
