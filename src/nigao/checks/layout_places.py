"""Where the paragraphs of a Word file stand in the report's text, and how findings on many of them are told as one."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence

from nigao.checks.registry import Mark
from nigao.report.wordlayout import MENDABLE, LaidParagraph, Role, WordLayout, squeezed

_QUOTED = 12
_LOOKS_TOLD = 3


def place_of(paragraph: LaidParagraph, text: str, layout: WordLayout) -> tuple[int, int] | None:
    """The offsets of the paragraph's first line in the text; None where the text does not have it."""
    places: dict[str, list[int]] = {}
    lines = text.splitlines(keepends=True)
    offsets = [0]
    for number, line in enumerate(lines):
        places.setdefault(squeezed(line), []).append(number)
        offsets.append(offsets[-1] + len(line))
    following = 0
    for other in layout.paragraphs:
        for order, words in enumerate(other.lines if other.role is not Role.TABLE else ()):
            known = places.get(squeezed(words)) or places.get(
                squeezed(other.number + words if not order else words), []
            )
            at = bisect_left(known, following)
            if at == len(known):
                continue
            if other.index == paragraph.index:
                line = lines[known[at]]
                start = offsets[known[at]] + len(line) - len(line.lstrip())
                return start, start + len(line.strip())
            following = known[at] + 1
    return None


def grouped(
    code: str,
    found: Sequence[tuple[LaidParagraph, str]],
    text: str,
    layout: WordLayout,
    *,
    what: str,
    suggestion: str,
    counted: str = "段",
) -> Mark | None:
    """One mark for all the paragraphs found, placed at the first; None where there are none.

    `what` goes before the number of paragraphs, the phrase found on each behind it.
    """
    if not found:
        return None
    first = found[0][0]
    count = f"有{len(found)}{counted}" if len(found) > 1 else ""
    opening = f"，首处“{quoted(first)}”" if len(found) > 1 else f"：“{quoted(first)}”"
    message = f"{what}{count}{told(phrase for _, phrase in found)}{opening}"
    return Mark(message, at=place_of(first, text, layout), suggestion=suggestion + mendable(code))


def told(phrases: Iterable[str]) -> str:
    """The most common phrases, each once."""
    counts = Counter(part for phrase in phrases for part in phrase.split("、"))
    common = [phrase for phrase, _ in counts.most_common(_LOOKS_TOLD)]
    return "、".join(common) + ("等" if len(counts) > len(common) else "")


def quoted(paragraph: LaidParagraph) -> str:
    """The beginning of a paragraph, to recognise it by."""
    text = " ".join((paragraph.number + paragraph.text.strip()).split())
    return text if len(text) <= _QUOTED else text[:_QUOTED] + "…"


def mendable(code: str) -> str:
    """What to add to a suggestion that the tool can carry out itself."""
    return "（可用 --fix 自动改好）" if code in MENDABLE else ""
