"""Lua is short, and its header has what it takes and where each shared function that it calls comes from.

A header field that names another file (`as lock_resource.lua says`) means that file's, and a field may number
what it describes: `[1]`, `[2..5]`, `[6..]`. The field `uses` has `file.lua: name, name`, once for each file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

import quikstate_server

_MOST_LINES, _MOST_COLUMNS = 60, 110
_ROOT = Path(quikstate_server.__file__).parent
_FIELD = re.compile(r"^(\w+): +(.*)$")
_NUMBER = re.compile(r"\[(\d+)(\.\.(\d*))?\]")
_REFERENCE = re.compile(r"(\w+\.lua)")
_USES = re.compile(r"(\w+\.lua): ([\w, ]+?)(?=;| \w+\.lua:|$)")
_STRING = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"")
_WORD = re.compile(r"(?<![.\w])[A-Za-z_]\w*")
_FUNCTION = re.compile(r"^(?:local )?function (\w+)", re.MULTILINE)
_OWN_NAMES = re.compile(
    r"\blocal (?:function )?([\w, ]+?)(?: =|\(|$)"  # locals
    r"|\bfor ([\w, ]+?)(?: =| in\b)"
    r"|function ?\w*\(([\w, ]*)\)"  # parameters
    r"|^\s+(\w+) = (?!\4,)",  # fields of a table
    re.MULTILINE,
)
_MANY = 10**6


@dataclass(frozen=True)
class _Lua:
    path: Path

    @cached_property
    def lines(self) -> list[str]:
        return self.path.read_text(encoding="utf-8").splitlines()

    @cached_property
    def header(self) -> list[str]:
        """The comment it begins with, without its dashes."""
        end = next((n for n, line in enumerate(self.lines) if not line.startswith("--")), len(self.lines))
        return [line.removeprefix("--").removeprefix(" ") for line in self.lines[:end]]

    @cached_property
    def fields(self) -> dict[str, str]:
        """What the header says of KEYS, ARGV, returns, defines and complexity; an indented line goes on."""
        fields: dict[str, str] = {}
        name = ""
        for line in self.header[1:]:
            if begun := _FIELD.match(line):
                name = begun[1]
                fields[name] = begun[2]
            elif name and line.startswith("  "):
                fields[name] += " " + line.strip()
            else:
                name = ""
        return fields

    @cached_property
    def code(self) -> str:
        return "\n".join(line.partition("--")[0] for line in self.lines[len(self.header) :])

    @cached_property
    def words(self) -> set[str]:
        """The names in its code that it does not define itself."""
        own = {
            name for groups in _OWN_NAMES.findall(self.code) for group in groups for name in group.split(", ")
        }
        return set(_WORD.findall(_STRING.sub("", self.code))) - own

    @cached_property
    def functions(self) -> set[str]:
        return set(_FUNCTION.findall(self.code))

    @cached_property
    def shared_beside(self) -> dict[str, _Lua]:
        """The other files of its folder that define functions for scripts, by name."""
        others = [other for other in _FILES if other.path.parent == self.path.parent and other is not self]
        return {other.path.name: other for other in others if "defines" in other.fields}

    @cached_property
    def uses(self) -> set[tuple[str, str]]:
        """The pairs of file and name in its field `uses`."""
        found = _USES.findall(self.fields.get("uses", ""))
        return {(file, name) for file, names in found for name in names.split(", ")}

    def named(self, name: str) -> set[int]:
        """The numbers that its field for KEYS or ARGV describes."""
        described: set[int] = set()
        for first, is_range, last in _NUMBER.findall(self.fields.get(name, "")):
            described |= {int(first)} if not is_range else {int(first), int(last or _MANY)}
        return described

    def used(self, name: str) -> set[int]:
        """The numbers under which its code uses KEYS or ARGV."""
        return {int(number) for number in re.findall(rf"\b{name}\[(\d+)\]", self.code)}

    def uses_any(self, name: str) -> bool:
        """Whether it also uses them by numbers that it reckons out."""
        return bool(re.search(rf"\b{name}\b(?!\[\d+\])", self.code))

    def family(self, name: str) -> list[_Lua]:
        """It, the files that its field refers to, and those whose fields refer to it."""
        beside = [_Lua(path) for path in sorted(self.path.parent.glob("*.lua"))]
        refers = _REFERENCE.findall(self.fields.get(name, ""))
        return [
            other
            for other in beside
            if other.path == self.path
            or other.path.name in refers
            or self.path.name in _REFERENCE.findall(other.fields.get(name, ""))
        ]


_FILES = [_Lua(path) for path in sorted(_ROOT.rglob("*.lua"))]
every_file = pytest.mark.parametrize("lua", _FILES, ids=lambda lua: lua.path.stem)
keys_and_arguments = pytest.mark.parametrize("name", ["KEYS", "ARGV"])


def test_there_are_scripts() -> None:
    assert _FILES


@every_file
def test_lua_is_short(lua: _Lua) -> None:
    assert len(lua.lines) <= _MOST_LINES
    assert [line for line in lua.lines if len(line) > _MOST_COLUMNS] == []


@every_file
def test_lua_begins_with_what_it_is_for(lua: _Lua) -> None:
    assert re.match(r"[A-Z].+[.,:]", lua.header[0])


@every_file
def test_lua_says_what_it_takes_and_what_comes_of_it(lua: _Lua) -> None:
    assert {"KEYS", "ARGV", "complexity"} <= set(lua.fields)
    assert {"returns", "defines"} & set(lua.fields), "a script returns, a part of scripts defines"


@every_file
def test_lua_refers_to_files_that_are_there(lua: _Lua) -> None:
    missing = [
        name for name in _REFERENCE.findall("\n".join(lua.lines)) if not (lua.path.parent / name).exists()
    ]
    assert not missing


@every_file
def test_lua_says_where_each_shared_function_comes_from(lua: _Lua) -> None:
    shared = {
        (file, name) for file, other in lua.shared_beside.items() for name in other.functions & lua.words
    }
    listed = {name for _, name in lua.uses}
    assert {name for _, name in shared} <= listed
    functions = {name for other in lua.shared_beside.values() for name in other.functions}
    assert {pair for pair in lua.uses if pair[1] in functions} <= shared, (
        "another file defines it, or none uses it"
    )


@every_file
@keys_and_arguments
def test_lua_uses_no_more_than_its_header_describes(lua: _Lua, name: str) -> None:
    described = {number for one in lua.family(name) for number in one.named(name)}
    assert max(lua.used(name), default=0) <= max(described, default=0)
    if lua.fields[name].startswith("none"):
        assert not lua.used(name)


@every_file
@keys_and_arguments
def test_lua_uses_all_that_its_header_describes(lua: _Lua, name: str) -> None:
    family = lua.family(name)
    highest = max((number for number in lua.named(name) if number < _MANY), default=0)
    used = max((number for one in family for number in one.used(name)), default=0)
    assert highest <= used or any(one.uses_any(name) for one in family)
