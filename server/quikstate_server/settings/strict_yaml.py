"""YAML that refuses a duplicate key, of which PyYAML would silently take the last."""

from __future__ import annotations

from typing import Any

import yaml

YamlError = yaml.YAMLError


class _Loader(yaml.SafeLoader):
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        names = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        for key, _ in node.value:
            if names.count(key.value) > 1:
                raise yaml.constructor.ConstructorError(
                    problem=f"{key.value} is set twice", problem_mark=key.start_mark
                )
        return super().construct_mapping(node, deep=deep)


def load(text: str) -> Any:
    """Parse `text`; raise YamlError, which names the place, for invalid YAML."""
    return yaml.load(text, _Loader)  # noqa: S506 - it is a SafeLoader
