"""Where in what was said a place is named, and by which steps: 三（二）第1句 is part three, item two, sentence one.

Nothing is looked up in the report here, save headings that are quoted word for word; see `resolving`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from nigao.chat.reading.figures import LIST, NUM, numbers
from nigao.chat.reading.naming import Named
from nigao.chat.reading.nouns import (
    ALONE_FROM,
    FIXED,
    ITEM_UNITS,
    PART_UNITS,
    SENTENCE_UNITS,
    item_names,
    part_names,
)
from nigao.chat.reading.scene import Scene
from nigao.report.places import Place

Level = Literal["part", "item", "sentence", "any"]
How = Literal["nth", "section", "rank", "last", "front", "rear", "this", "next", "keys", "fixed", "named", "heading"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step on the way to a place. `keys` are the parts that a name means, `places` what a step found by itself."""

    level: Level
    how: How
    numbers: tuple[int, ...] = ()
    keys: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """The steps named at `plain[start:end]`. A weak one is a name that may as well be said in passing."""

    start: int
    end: int
    steps: tuple[Step, ...]
    weak: bool = False


def _any(words: tuple[str, ...]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


_ITEM, _SENTENCE, _PART = map(_any, (ITEM_UNITS, SENTENCE_UNITS, PART_UNITS))
_THIS = r"(?:刚才|刚刚|上面|刚说|刚改|前面说)的?[这那]一?|[这那该此本]一?"
_GLUE = re.compile(r"(?:里面|里头|当中|下面|部分|里|中|下|之)?的?，?")
# Behind a comma only a deeper step goes on: 第三部分，第二条; but 第二条，第三条 are two.
_DEPTH = {"part": 0, "item": 1, "sentence": 2, "any": 2}
_SUFFIX = rf"(?:[这那]一?个?)?(?:{_PART})"
_FIXED_TAIL = re.compile("(?:的)?(?:这|那)(?:一)?(?:段|块|部分)|部分")
# 措施一定要 names no first measure.
_NO_COUNT = r"(?!字(?!数)|[条个项点名人次倍%\d月年日般直致定样些下步起旦切批系方])"


class Spotter:
    """Finds the places named in what was said over one scene."""

    def __init__(self, scene: Scene) -> None:
        self._parts = part_names(scene.kind, scene.report)
        self._items = item_names(scene.kind)
        self._named = Named(scene)
        self._rules = _rules(_any(tuple(self._items)))

    def at(self, plain: str, pos: int) -> Mention | None:
        """The place named from exactly `pos` on, the longest reading of it."""
        steps: list[Step] = []
        end, weak = pos, False
        first = self._first(plain, pos)
        if first is not None:
            found, end, weak = first
            steps.append(found)
        while True:
            start = end
            if steps:
                glue = _GLUE.match(plain, end)
                start = glue.end() if glue else end
            step = self._step(plain, start, bool(steps)) or (self._step(plain, end, True) if steps else None)
            if step is None or not _goes_on(steps, step[0], plain[end:start]):
                break
            steps.append(step[0])
            end, weak = step[1], False
        if not steps and (named := self._named.at(plain, pos)) is not None:
            level, places, end, weak = named
            steps.append(Step(level, "named", places=places))
            while (glue := _GLUE.match(plain, end)) and (step := self._step(plain, glue.end(), True)):
                if not _goes_on(steps, step[0], glue.group()):
                    break
                steps.append(step[0])
                end, weak = step[1], False
        return Mention(pos, end, tuple(steps), weak) if steps else None

    def _first(self, plain: str, pos: int) -> tuple[Step, int, bool] | None:
        """A part, or another place that every report has, by name."""
        for name in sorted((n for n in self._parts if plain.startswith(n, pos)), key=len, reverse=True):
            end = pos + len(name)
            suffix = re.compile(_SUFFIX).match(plain, end)
            step = Step("part", "keys", keys=self._parts[name])
            if suffix:
                return step, suffix.end(), False
            glue = _GLUE.match(plain, end)
            inner = self._step(plain, glue.end() if glue else end, True)
            counted = self._step(plain, pos, False)
            if counted is not None and counted[1] > end:
                continue
            if inner is not None or re.compile("里|当中|中(?=再|补|加|增|添|的|，|第)|下面|下边|后面").match(
                plain, end
            ):
                return step, end, False
            if len(name) >= ALONE_FROM:
                return step, end, True
        for name in FIXED:
            if plain.startswith(name, pos):
                end = pos + len(name)
                said = _FIXED_TAIL.match(plain, end)
                return Step("any", "fixed", places=(FIXED[name],)), said.end() if said else end, False
        return None

    def _step(self, plain: str, pos: int, inner: bool) -> tuple[Step, int] | None:
        for pattern, build, alone in self._rules:
            if not (inner or alone):
                continue
            found = pattern.match(plain, pos)
            step = build(found) if found else None
            if found and step is not None:
                groups = found.groupdict()
                noun = groups.get("noun") or groups.get("noun2")
                return (replace(step, keys=self._items.get(noun, ())) if noun else step), found.end()
        return None


def _goes_on(steps: list[Step], step: Step, glue: str) -> bool:
    """Whether a step leads on from those before it, rather than beginning a place of its own."""
    if not steps:
        return True
    if step.level == "part" or step.how == "this":
        return False
    return not glue.endswith("，") or _DEPTH[step.level] > _DEPTH[steps[-1].level]


_Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], Step | None], bool]


@cache
def _rules(nouns: str) -> tuple[_Rule, ...]:
    """Pattern, what it means, and whether it may stand first. Those that take more are tried first."""
    return tuple(
        (re.compile(pattern), build, alone) for pattern, build, alone in (*_sentence_rules(), *_item_rules(nouns))
    )


def _listed(level: Level, how: How = "nth") -> Callable[[re.Match[str]], Step | None]:
    def build(found: re.Match[str]) -> Step | None:
        said = numbers(found["n"])
        return Step(level, how, said, unit=found.groupdict().get("unit") or "") if said else None

    return build


def _fixed(level: Level, how: How, *said: int) -> Callable[[re.Match[str]], Step | None]:
    return lambda found: Step(level, how, said, unit=found.groupdict().get("unit") or "")


_Raw = tuple[str, Callable[[re.Match[str]], Step | None], bool]


def _sentence_rules() -> Iterator[_Raw]:
    yield rf"第(?P<n>{LIST})(?:{_SENTENCE})", _listed("sentence"), True
    yield rf"倒数第(?P<n>{NUM})(?:{_SENTENCE})", _listed("sentence", "last"), True
    yield rf"(?:最后|末尾|结尾)的?[那这]?一?(?:{_SENTENCE})|末句|尾句", _fixed("sentence", "last", 1), True
    yield rf"(?:最后|末尾|后面?)(?P<n>{NUM})(?:{_SENTENCE})", _listed("sentence", "rear"), True
    yield rf"(?:开头|最前面|头)的?[那这]?一?(?:{_SENTENCE})|首句", _fixed("sentence", "nth", 1), True
    yield rf"[前头](?P<n>{NUM})(?:{_SENTENCE})", _listed("sentence", "front"), True
    yield rf"(?<![补加写添续])[上前]一(?:{_SENTENCE})", _fixed("sentence", "next", -1), True
    yield rf"[下后]一(?:{_SENTENCE})", _fixed("sentence", "next", 1), True
    yield rf"(?:{_THIS})(?:{_SENTENCE})", _fixed("sentence", "this"), True
    yield r"小标题|主题句|标题句", _fixed("sentence", "heading"), True
    yield r"标题|题目", _fixed("sentence", "heading"), False


def _item_rules(nouns: str) -> Iterator[_Raw]:
    unit = rf"(?P<unit>{_ITEM})(?P<noun>{nouns})?"
    tail = rf"(?:[这那]一?(?:(?:{_ITEM})(?P<noun>{nouns})?|部分|块))?"
    yield rf"第(?P<n>{LIST})个?(?:{_PART})", _listed("part"), True
    yield rf"最后的?[那这]?一?个?(?:{_PART})", _fixed("part", "last", 1), True
    yield rf"[上前]一个?(?:{_PART})", _fixed("part", "next", -1), True
    yield rf"[下后]一个?(?:{_PART})", _fixed("part", "next", 1), True
    yield rf"(?:{_THIS})个?(?:{_PART})", _fixed("part", "this"), True
    yield rf"(?P<n>{NUM})、?(?=（{NUM}）)|(?P<m>{NUM})、(?={NUM}是)", _chapter, True
    yield rf"(?P<noun>{nouns})第?(?P<n>(?>{LIST})){_NO_COUNT}", _listed("item"), True
    yield rf"第(?P<n>{LIST})(?:{unit}|(?P<noun2>{nouns}))", _listed("item"), True
    yield rf"第?（(?P<n>{LIST})）(?:{_ITEM})?{tail}", _listed("item", "section"), True
    # 二（三）2, as points are cited.
    yield r"(?<=）)[.、-]?(?P<n>\d{1,2})(?![\d.%、字句稿版年月日人名个件项次万亿成分步])", _listed("item"), True
    yield rf"(?P<n>[一二三四五六七八九十]{{1,2}})是{tail}", _listed("item", "rank"), True
    yield rf"倒数第(?P<n>{NUM})(?:{unit})", _listed("item", "last"), True
    yield rf"(?:最后|末尾|最末)的?[那这]?一?(?:{unit})|末条", _fixed("item", "last", 1), True
    yield rf"(?:最后|末尾|后面?)(?P<n>{NUM})(?:{unit})", _listed("item", "rear"), True
    yield rf"(?:开头|最前面|头)的?[那这]?一?(?:{unit})|首条", _fixed("item", "nth", 1), True
    yield rf"[前头](?P<n>{NUM})(?:{unit})", _listed("item", "front"), True
    yield rf"(?<![补加写添续])[上前]一(?:{unit})", _fixed("item", "next", -1), True
    yield rf"[下后]一(?:{unit})", _fixed("item", "next", 1), True
    yield rf"(?:{_THIS})(?!个(?!{nouns}))(?:{unit}|(?P<noun2>{nouns}))", _fixed("item", "this"), True
    yield r"它|这里|此处|这儿|这段话", _fixed("any", "this"), True


def _chapter(found: re.Match[str]) -> Step | None:
    said = numbers(found["n"] or found["m"])
    return Step("part", "nth", said) if said else None
