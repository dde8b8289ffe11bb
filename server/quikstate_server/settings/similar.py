"""Finds the setting that a person most likely meant by an unknown name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

_MIN_LIKENESS = 0.7
"""Likeness from which a name is suggested; 1 is equality."""
_SECTION = re.compile(r"[A-Za-z]+(\.|__)")
_TYPED_WEIGHT = 0.75
"""Weight of the typed words; the rest is that of the name's words that were left out."""


def nearest(typed: str, names: Iterable[str]) -> str | None:
    """Return the name that is most like `typed`, if any is; those in the same section come first.

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
        if best is not None and likeness[best] >= _MIN_LIKENESS:
            return best
    return None


def _likeness(typed: str, name: str) -> float:
    return max(_by_words(typed, name), _ratio(typed, name))


def _by_words(typed: str, name: str) -> float:
    typed_words, name_words = _words(typed), _words(name)
    typed_likeness, name_likeness = (
        _mean_likeness(typed_words, name_words),
        _mean_likeness(name_words, typed_words),
    )
    return _TYPED_WEIGHT * typed_likeness + (1 - _TYPED_WEIGHT) * name_likeness


def _mean_likeness(words: Sequence[str], others: Sequence[str]) -> float:
    """Average over `words` the likeness of the most similar one of the others."""
    return sum(max(_ratio(word, other) for other in others) for word in words) / len(words)


def _words(name: str) -> Sequence[str]:
    return [word for word in re.split(r"[._]+", name) if word] or [name]


def _ratio(word: str, other: str) -> float:
    return SequenceMatcher(None, word, other).ratio()
