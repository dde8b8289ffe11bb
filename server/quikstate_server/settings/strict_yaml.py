"""YAML that refuses a duplicate key, of which PyYAML would silently take the last."""

from __future__ import annotations

from typing import Any


class YamlError(Exception):
    """Invalid YAML: its text names the place."""


def load(text: str) -> Any:
    """Parse `text`; raise YamlError for invalid YAML."""
    import yaml  # most servers start without a file: they need not wait for it

    class Loader(yaml.SafeLoader):
        def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
            names = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
            for key, _ in node.value:
                if names.count(key.value) > 1:
                    raise yaml.constructor.ConstructorError(
                        problem=f"{key.value} is set twice", problem_mark=key.start_mark
                    )
            return super().construct_mapping(node, deep=deep)

        def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
            try:
                return super().construct_object(node, deep=deep)
            except _NO_SUCH_VALUE:
                kind = node.tag.rpartition(":")[2]
                raise yaml.constructor.ConstructorError(
                    problem=f"not a valid {kind}", problem_mark=node.start_mark
                ) from None

    try:
        return yaml.load(text, Loader)  # noqa: S506 - it is a SafeLoader
    except yaml.YAMLError as error:
        raise YamlError(_described(error)) from error
    except RecursionError:
        raise YamlError("nested too deep") from None


_NO_SUCH_VALUE = (ValueError, KeyError, AttributeError, OverflowError)
"""What PyYAML's constructors let through, of a value such as `2027-02-30`: its text would quote the value."""


def _described(error: Any) -> str:
    """Name the fault and its place; PyYAML would quote the line, which may have a password."""
    mark, problem = getattr(error, "problem_mark", None), getattr(error, "problem", None)
    if mark is None or problem is None:
        return str(error)
    return f"{problem}, line {mark.line + 1}, column {mark.column + 1}"
