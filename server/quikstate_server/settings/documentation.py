"""Reads the documentation of settings from their source, when somebody asks for it.

Not with pydantic's `use_attribute_docstrings`: it reads the source at each start.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Mapping
from functools import cache
from itertools import pairwise

from pydantic import BaseModel


@cache
def documentation_of(model: type[BaseModel]) -> Mapping[str, str]:
    """Return what the string below each field says, by the names of the fields."""
    (definition,) = ast.parse(inspect.getsource(model)).body
    statements = definition.body if isinstance(definition, ast.ClassDef) else []
    return {
        field.target.id: " ".join(below.value.value.split())
        for field, below in pairwise(statements)
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
        if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant)
        if isinstance(below.value.value, str)
    }
