"""Characters that are typed for one another: of one sound, of nearly one sound, or of like shape."""

from __future__ import annotations

import re
from collections import defaultdict
from enum import StrEnum
from functools import cache
from pathlib import Path

_HERE = Path(__file__).resolve().parent
# What many speakers, and input methods set to forgive them, do not tell apart.
_MERGED = (
    (re.compile("^([zcs])h"), r"\1"),
    (re.compile("([aei])ng$"), r"\1n"),
    (re.compile("^l"), "n"),
    (re.compile("^hu(?=[aeiou])|^h(?=u$)"), "f"),
)


class Likeness(StrEnum):
    """In what two characters are alike."""

    SOUND = "音同"
    NEAR_SOUND = "音近"
    SHAPE = "形近"


@cache
def confusable(char: str) -> dict[str, Likeness]:
    """The characters that `char` may have been typed for, with the nearest kind of likeness; none for what is rare."""
    by_sound, by_merged, sounds_of = _sounds()
    shapes = _shapes()
    found: dict[str, Likeness] = {}
    for sound in sounds_of.get(char, ()):
        found.update(dict.fromkeys(by_sound[sound], Likeness.SOUND))
    for other in shapes.get(char, ""):
        found.setdefault(other, Likeness.SHAPE)
    for sound in sounds_of.get(char, ()):
        for other in by_merged[_merged(sound)]:
            found.setdefault(other, Likeness.NEAR_SOUND)
    found.pop(char, None)
    return found


def _merged(sound: str) -> str:
    for pattern, merged in _MERGED:
        sound = pattern.sub(merged, sound)
    return sound


@cache
def _sounds() -> tuple[dict[str, str], dict[str, str], dict[str, list[str]]]:
    """Characters by syllable and by what is left of the syllable when merged, and the syllables of a character."""
    by_sound = _table("sounds.txt")
    by_merged: dict[str, str] = defaultdict(str)
    sounds_of: dict[str, list[str]] = defaultdict(list)
    for sound, chars in by_sound.items():
        by_merged[_merged(sound)] += chars
        for char in chars:
            sounds_of[char].append(sound)
    return by_sound, by_merged, sounds_of


@cache
def _shapes() -> dict[str, str]:
    return _table("shapes.txt")


def _table(name: str) -> dict[str, str]:
    lines = (_HERE / name).read_bytes().decode("utf-8").split("\n")
    return {line.partition(" ")[0]: line.partition(" ")[2] for line in lines if line}
