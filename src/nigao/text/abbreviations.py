"""Short names that a text introduces (以下简称“…”): used too early, given twice, or given up again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_INTRODUCED = re.compile(
    r"(?:以下|下)(?:统一?|均|合)?(?:简称|统称|称)(?:为|：)?[“《]?(?P<short>[^“”《》（）()，。；、\n]{2,16})[”》]?(?=[）)，。；])"
)
_FULL = re.compile(r"(?:《(?P<title>[^《》\n]{4,60})》|(?P<name>[一-鿿]{4,30}))[（(]?$")


@dataclass(frozen=True, slots=True)
class EarlyUse:
    """A short name used at `start:end`, before it is introduced at `introduced`."""

    start: int
    end: int
    text: str
    introduced: int


@dataclass(frozen=True, slots=True)
class SecondIntroduction:
    """A short name introduced again at `start:end`; `earlier` is how the text introduced it first."""

    start: int
    end: int
    text: str
    earlier: str


def early_uses(text: str) -> Iterator[EarlyUse]:
    """The first early use of each short name. Only a 《name》, or a name of some length, is surely meant,
    and titles may use any name.
    """
    for match in _INTRODUCED.finditer(text):
        short = match["short"]
        titled = text[match.start("short") - 1] == "《"
        wanted = f"《{short}》" if titled else short
        if not titled and len(short) < 4:
            continue
        start = text.find(wanted)
        full = _FULL.search(text[max(0, match.start() - 64) : match.start()])
        part_of_full = full is not None and short in (full["title"] or full["name"])
        in_heading = "。" not in text[text.rfind("\n", 0, start) + 1 : text.find("\n", start)]
        if (
            0 <= start < match.start()
            and not in_heading
            and not part_of_full
            and not _in_longer_name(text, start, start + len(wanted))
        ):
            yield EarlyUse(start, start + len(wanted), wanted, match.start())


def _in_longer_name(text: str, start: int, end: int) -> bool:
    """Whether the words are inside a title, or the tail of a longer name."""
    before = text[max(0, start - 60) : start]
    follows_words = re.search("[一-鿿]$", before) is not None and "《" not in text[start:end]
    return follows_words or before.count("《") > before.count("》")


def second_introductions(text: str) -> Iterator[SecondIntroduction]:
    """A short name that is introduced twice for one full name, or for two."""
    seen: dict[str, str] = {}
    for match in _INTRODUCED.finditer(text):
        full = _FULL.search(text[max(0, match.start() - 64) : match.start()])
        whole = (full["title"] or full["name"]) if full else ""
        short = match["short"]
        if short in seen:
            yield SecondIntroduction(match.start(), match.end(), short, seen[short])
        else:
            seen[short] = whole
