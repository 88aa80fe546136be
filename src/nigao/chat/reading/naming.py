"""Places named by words of theirs: “理论学习抓在经常”那一点, 讲廉政谈话的那句, or a heading by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Literal

from nigao.chat.reading.nouns import ITEM_UNITS, PART_UNITS, SENTENCE_UNITS, keys_of
from nigao.chat.reading.pieces import is_said
from nigao.chat.reading.said import Said
from nigao.chat.reading.scene import Scene
from nigao.report.kinds import Content, Kind
from nigao.report.model import Item
from nigao.report.places import Place, counted, runs, walk_items

NamedLevel = Literal["part", "item", "sentence"]
# What was found: the level, the places, the end of the words, and whether they may be said in passing.
Spotted = tuple[NamedLevel, tuple[Place, ...], int, bool]

_LONGEST, _SHORTEST = 60, 2
_HEADING_SHORTEST = 4
_MARKS = re.compile(r"[\s“”‘’\"'《》（）()。，；：、！？,.;:!?—]")
_UNITS = {
    **dict.fromkeys(SENTENCE_UNITS, "sentence"),
    **dict.fromkeys(
        (*(u for u in ITEM_UNITS if u != "个"), "个问题", "个措施", "条措施", "项措施", "条问题", "段话"), "item"
    ),
    **dict.fromkeys(PART_UNITS, "part"),
}
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_ABOUT = r"(?:讲到|谈到|提到|说到|写到|涉及到?|关于|有关|包含|含有|写着|带有|讲|谈|说|写|含|带|有)"
_STOP = "，。；！？"
_TAIL = re.compile(rf"的?[那这]一?(?P<unit>{_UNIT})")
_QUOTED = re.compile(r"“(?P<words>[^“”]+)”")
_SAID_OF = re.compile(
    rf"{_ABOUT}(?P<words>[^{_STOP}“”]{{2,30}}?|“[^“”]+”)的(?P<unit>句子|句|内容|措施|问题|那?一?(?:条|点|段|项))(?!话)"
)
_PLAIN_UNITS = {"句子": "sentence", "句": "sentence", "措施": "measures", "问题": "problems"}


class Named:
    """Looks words up in one report."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def at(self, plain: str, pos: int) -> Spotted | None:
        """The place named by words from exactly `pos` on."""
        return self._with_unit(plain, pos) or self._said_of(plain, pos) or self._heading(plain, pos)

    def quoted(self, words: str) -> tuple[Place, ...]:
        """Places that quoted words alone name: headings first, else sentences."""
        bare = _bare(words)
        if len(bare) < _SHORTEST:
            return ()
        return self._items(bare) or self._sentences(bare)

    def exactly(self, words: str) -> bool:
        """Whether the words are a whole heading or a whole sentence."""
        bare = _bare(words)
        return any(bare in names for _, names in self._names) or any(bare == text for _, text in self._texts)

    def _with_unit(self, plain: str, pos: int) -> Spotted | None:
        about = re.compile(_ABOUT).match(plain, pos)
        starts = [about.end()] if about else []
        for start in [*starts, pos]:
            quoted = _QUOTED.match(plain, start)
            tail = _TAIL.match(plain, quoted.end()) if quoted else None
            if quoted and tail:
                return self._found(_UNITS[tail["unit"]], quoted["words"], tail.end())
            found = _TAIL.search(plain, start + _SHORTEST, start + _LONGEST) if not quoted else None
            if found and _names_something(plain[start : found.start()], found.group()):
                named = self._found(_UNITS[found["unit"]], plain[start : found.start()], found.end())
                if named is not None:
                    return named
        return None

    def _said_of(self, plain: str, pos: int) -> Spotted | None:
        found = _SAID_OF.match(plain, pos)
        # 补一条关于轮岗的措施 asks for what is not there yet.
        if found is None or re.search("[一两几](?:条|点|项|个|句|段|句话|下|些)$|[补加增添写]$", plain[:pos]):
            return None
        return self._found(_PLAIN_UNITS.get(found["unit"], "item"), found["words"], found.end())

    def _found(self, level: str, words: str, end: int) -> Spotted | None:
        bare = _bare(words)
        if len(bare) < _SHORTEST:
            return None
        if level == "sentence":
            places = self._sentences(bare)
            return ("sentence", places, end, False) if places else None
        if level == "part":
            places = self._parts(bare) or self._items(bare)
            return ("part" if places and not places[0].item else "item", places, end, False) if places else None
        places = self._items(bare) or self._text_items(bare)
        if level in ("measures", "problems"):
            content = Content.REMEDIES if level == "measures" else Content.LACKS
            places = tuple(p for p in places if p.part in keys_of(content, self._scene.kind))
        return ("item", places, end, False) if places else None

    def _heading(self, plain: str, pos: int) -> Spotted | None:
        """A heading word for word."""
        best = max((name for name in self._headings if plain.startswith(name, pos)), key=len, default="")
        if not best:
            return None
        end = pos + len(best)
        return (
            "item",
            self._headings[best],
            end + (1 if plain[end : end + 1] == "。" and end + 1 < len(plain) else 0),
            True,
        )

    def _parts(self, bare: str) -> tuple[Place, ...]:
        report = self._scene.report
        parts = report.parts if report is not None else []
        return tuple(
            Place(part=p.key) for p in parts if bare in _bare(p.heading.text) and report and report.part(p.key) is p
        )

    def _items(self, bare: str) -> tuple[Place, ...]:
        named = tuple(place for place, names in self._names if any(bare == name for name in names))
        return named or tuple(place for place, names in self._names if any(bare in name for name in names))

    def _text_items(self, bare: str) -> tuple[Place, ...]:
        """The innermost items in which the words stand."""
        found = (p.whole for p in self._sentences(bare) if p.item)
        return tuple(dict.fromkeys(found))

    def _sentences(self, bare: str) -> tuple[Place, ...]:
        return tuple(place for place, text in self._texts if bare in text)

    @cached_property
    def _texts(self) -> tuple[tuple[Place, str], ...]:
        """Every sentence without its marks."""
        if self._scene.report is None:
            return ()
        return tuple(
            (run.place.model_copy(update={"sentence": number}), _bare(sentence.text))
            for run in runs(self._scene.report)
            for number, sentence in enumerate(counted(run), start=1)
            if run.place.part in self._keys
        )

    @cached_property
    def _keys(self) -> frozenset[str]:
        """Parts to which their key leads: other parts share one."""
        report = self._scene.report
        keys = [part.key for part in report.parts] if report is not None else []
        return frozenset({"opening"} | {key for key in keys if keys.count(key) == 1})

    @cached_property
    def _names(self) -> tuple[tuple[Place, tuple[str, ...]], ...]:
        """Every item with the words that it is known by: its heading, and its theme's name."""
        report = self._scene.report
        if report is None:
            return ()
        return tuple(
            (place, tuple(_names_of(item, self._scene.kind)))
            for part in report.parts
            if part.key in self._keys
            for place, item in walk_items(part)
        )

    @cached_property
    def _headings(self) -> dict[str, tuple[Place, ...]]:
        """Headings as they are typed, and the first clause of each, of which there is but one."""
        report = self._scene.report
        found: dict[str, list[Place]] = {}
        for part in report.parts if report is not None else []:
            if part.key not in self._keys:
                continue
            for place, item in walk_items(part):
                text = Said(item.heading.text).plain.rstrip("。；：") if item.heading is not None else ""
                for name in dict.fromkeys((text, text.partition("，")[0])):
                    if len(name) >= _HEADING_SHORTEST:
                        found.setdefault(name, []).append(place)
        return {name: tuple(places) for name, places in found.items() if len(places) == 1}


def _names_something(words: str, tail: str) -> bool:
    """Whether words before 那一条 may name it: 检查这一条 is a verb and the one in focus, 检查那一条 may be."""
    if re.search(f"[{_STOP}“”]", words) or is_said(words):
        return False
    return "这" not in tail or len(words) >= _HEADING_SHORTEST


def _names_of(item: Item, kind: Kind) -> Iterator[str]:
    if item.heading is None:
        return
    text = _bare(item.heading.text)
    yield text
    for theme in kind.themes:
        start, _, end = theme.heading.partition("{term}")
        if text.startswith(_bare(start)) and text.endswith(_bare(end)):
            yield _bare(theme.name)


def _bare(words: str) -> str:
    """Words without marks and spaces, for looking one up in the other."""
    return _MARKS.sub("", Said(words).plain)
