"""Finds the name that somebody most likely meant who wrote one that there is not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

_LEAST = 0.7
"""How alike a name must be to be worth a suggestion; 1 is the same."""
_SECTION = re.compile(r"[A-Za-z]+(\.|__)")
_TYPED = 0.75
"""What the words that were typed weigh; the rest is for those of the name that were left out."""


def nearest(typed: str, names: Iterable[str]) -> str | None:
    """The one of `names` that is most like `typed`, if any is: first of those in the same section.

    By words, so that `max_idd` is nearer to `max_id_bytes` than to `max_hits`, and by letters, for words
    that were written together.
    """
    section = _SECTION.match(typed)
    inside: dict[str, float] = {}
    outside: dict[str, float] = {}
    for name in names:
        if section and name.startswith(section[0]):
            inside[name] = _likeness(typed[section.end() :], name[section.end() :])
        else:
            outside[name] = _likeness(typed, name)
    for likeness in (inside, outside):
        best = max(likeness, key=lambda name: likeness[name], default=None)
        if best is not None and likeness[best] >= _LEAST:
            return best
    return None


def _likeness(typed: str, name: str) -> float:
    return max(_by_words(typed, name), _ratio(typed, name))


def _by_words(typed: str, name: str) -> float:
    ours, theirs = _words(typed), _words(name)
    return _TYPED * _found(ours, theirs) + (1 - _TYPED) * _found(theirs, ours)


def _found(words: Sequence[str], among: Sequence[str]) -> float:
    """How far `words` are to be found among others: for each the likeness of the best, on average."""
    return sum(max(_ratio(word, other) for other in among) for word in words) / len(words)


def _words(name: str) -> Sequence[str]:
    return [word for word in re.split(r"[._]+", name) if word] or [name]


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()
