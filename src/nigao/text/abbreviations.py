"""Short names and how a text introduces them (以下简称“…”): too early, twice, or not at all."""

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


def short_name(full: str, text: str) -> str:
    """The short name that a text introduces right behind a name (…（以下简称“…”）); empty where it introduces none."""
    found = (m for m in _INTRODUCED.finditer(text) if text[: m.start()].rstrip("（(").endswith(full))
    return next((match["short"] for match in found), "")


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


# 市政府 and 省委 need no introduction.
_KNOWN_ANYWHERE = re.compile("(?:政府|[省市县区镇乡]委|人大|政协|纪委|监委|法院|检察院)$")
_LEVEL = "省市县区镇乡州旗"
_BODY_END = "办局委馆厅院会中心所站校队处"
_LONGEST_ABBREVIATION = 8
_SHORT_TITLE = re.compile("《([一-鿿]{2,6})》")


@dataclass(frozen=True, slots=True)
class Unintroduced:
    """A short name first used at `start:end`, for `full`, which stands at `full_start` (-1: not in running text)."""

    start: int
    end: int
    text: str
    full: str
    full_start: int


def unintroduced_name(text: str, full: str, short: str, fewest: int = 2) -> Unintroduced | None:
    """A unit's short name that the running text uses at least `fewest` times and explains nowhere."""
    if full not in text or _introduces(text, short):
        return None
    fulls = [match.span() for match in re.finditer(re.escape(full), text)]
    uses = [
        match.start()
        for match in re.finditer(re.escape(short), text)
        if _is_running(text, match.start()) and not any(a <= match.start() and match.end() <= b for a, b in fulls)
    ]
    if len(uses) < fewest:
        return None
    told = next((start for start, _ in fulls if start < uses[0] and _is_running(text, start)), -1)
    return Unintroduced(uses[0], uses[0] + len(short), short, full, told)


def abbreviations_of(text: str, full: str) -> list[str]:
    """Short names in the text that are made of the full name's characters in order, from its region mark on: 市政务办
    for 青澜市政务服务管理办公室. What only drops the region (市档案馆) and what everybody knows (市政府) is none.
    """
    found: dict[str, None] = {}
    for mark in {c for c in full if c in _LEVEL}:
        tail = full[full.index(mark) :]
        for match in re.finditer(mark, text):
            short = _longest_shortening(text[match.start() : match.start() + _LONGEST_ABBREVIATION], tail)
            if len(short) > 2 and short not in full and not _KNOWN_ANYWHERE.search(short):
                found[short] = None
    return list(found)


def _longest_shortening(words: str, full: str) -> str:
    """The longest beginning of the words that ends in the name of a body and is made of the full name in order."""
    rest = iter(full)
    length = next((i for i, c in enumerate(words) if c not in rest), len(words))
    return words[:length].rstrip("".join({*words} - {*_BODY_END}))


def unintroduced_titles(text: str) -> Iterator[Unintroduced]:
    """《规划》 for the 《…规划》 before it, explained nowhere: its first use. A law goes without 中华人民共和国."""
    seen: set[str] = set()
    for match in _SHORT_TITLE.finditer(text):
        short = match.group(1)
        if short in seen:
            continue
        seen.add(short)
        full = re.search(f"《[^《》\n]{{2,60}}{short}》", text[: match.start()])
        own_name = full is None or full.group()[1:-1] == f"中华人民共和国{short}"
        if full is not None and not own_name and not _introduces(text, short):
            yield Unintroduced(match.start(), match.end(), match.group(), full.group(), full.start())


def _introduces(text: str, short: str) -> bool:
    return re.search(f"(?:简称|统称|合称|下称|称为?)[：“《]*{re.escape(short)}", text) is not None


def _is_running(text: str, start: int) -> bool:
    """Whether a place is in a sentence, not in a title or a heading."""
    end = text.find("\n", start)
    return "。" in text[text.rfind("\n", 0, start) + 1 : end if end >= 0 else len(text)]
