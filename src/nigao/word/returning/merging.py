"""Two edits of one text made one: what only one side changed is taken, what both changed differently is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from nigao.text.sentences import split_sentences

# Stands between the lines, so that lines joined and parted are merged too.
_BREAK = "\n"
_Chunk = tuple[list[str], list[str], list[str]]


@dataclass(frozen=True, slots=True)
class Clash:
    """What both changed: the words before, the words kept (the report's now), and the words left out (the file's)."""

    was: str
    kept: str
    left_out: str


def merge(base: Sequence[str], edited: Sequence[str], latest: Sequence[str]) -> tuple[list[str], list[Clash]]:
    """The lines of `latest` with what `edited` changed since `base`; where both changed a sentence, `latest`'s."""
    old, mine, theirs = (_sentences(lines) for lines in (base, edited, latest))
    merged: list[str] = []
    clashes: list[Clash] = []
    for was, my, their in _chunks(old, mine, theirs):
        if my in (was, their):
            merged += their
        elif their == was:
            merged += my
        else:
            merged += their
            clashes.append(Clash("".join(was).strip(), "".join(their).strip(), "".join(my).strip()))
    lines = "".join(merged).split(_BREAK)
    return [line for line in lines if line.strip()], clashes


def _sentences(lines: Sequence[str]) -> list[str]:
    found: list[str] = []
    for line in lines:
        found += [span.text for span in split_sentences(line)]
        found.append(_BREAK)
    return found


def _chunks(old: list[str], mine: list[str], theirs: list[str]) -> list[_Chunk]:
    """The texts cut where a sentence stands unchanged in all three: unchanged ones and what lies between."""
    in_mine, in_theirs = _same(old, mine), _same(old, theirs)
    found: list[_Chunk] = []
    a = b = c = 0
    for at in range(len(old)):
        if at not in in_mine or at not in in_theirs:
            continue
        m, t = in_mine[at], in_theirs[at]
        if (a, b, c) != (at, m, t):
            found.append((old[a:at], mine[b:m], theirs[c:t]))
        found.append(([old[at]], [mine[m]], [theirs[t]]))
        a, b, c = at + 1, m + 1, t + 1
    found.append((old[a:], mine[b:], theirs[c:]))
    return [part for chunk in found for part in _by_sentence(*chunk)]


def _by_sentence(was: list[str], my: list[str], their: list[str]) -> list[_Chunk]:
    """A chunk sentence by sentence, where all three have as many: each was reworded in its place."""
    if len(was) == len(my) == len(their):
        return [([a], [b], [c]) for a, b, c in zip(was, my, their, strict=True)]
    return [(was, my, their)]


def _same(old: list[str], new: list[str]) -> dict[int, int]:
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return {block.a + nth: block.b + nth for block in blocks for nth in range(block.size)}
