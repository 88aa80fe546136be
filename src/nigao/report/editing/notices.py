"""What a change leaves for a person to look at: words that count items or name one by its number, and may be wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nigao.report.kinds import Kind
from nigao.report.model import Report, Sentence
from nigao.report.pairing import answering_parts, item_text
from nigao.report.places import Place, place_of, told
from nigao.text.numerals import parse_integer

_NUMBER = "([一二两三四五六七八九十]+|\\d+)"
_COUNTED = re.compile(f"{_NUMBER}(?:个方面|方面|个|项|条|点)(?:的)?[一-鿿]{{0,4}}")
_THINGS = re.compile("问题|不足|短板|差距|措施|特征|成效|做法|方面|方向|任务|重点|特点|举措|条|点")
_POINTING = re.compile("以下|如下|下列|上述|前述|以上|这")
_NAMED = re.compile(f"第{_NUMBER}(?:个|项|条)?(?:方面)?的?问题|问题{_NUMBER}(?![一-鿿]*[个项条])")


def notices(before: Report, after: Report, kind: Kind) -> list[str]:
    """What to check after items have come, gone or moved, each with its place: 以下五个方面 where there are four now,
    针对第二个问题 where the second is another. Nothing is changed.
    """
    return [*_counts(before, after), *_names(before, after, kind)]


def _counts(before: Report, after: Report) -> Iterator[str]:
    for part in after.parts:
        was = before.part(part.key)
        old, new = (len([item for item in one.items if item.ordinal]) for one in (was or part, part))
        if old == new or not old:
            continue
        inside = {id(sentence) for sentence in part.lead}
        for sentence in after.sentences():
            for match in _COUNTED.finditer(sentence.text):
                own = id(sentence) in inside or _POINTING.search(
                    sentence.text[max(0, match.start() - 4) : match.start()]
                )
                if own and parse_integer(match.group(1)) == old and _THINGS.search(match.group()):
                    yield f"{_where(after, sentence)}写着“{match.group()}”，现在是{new}条，请核对"


def _names(before: Report, after: Report, kind: Kind) -> Iterator[str]:
    asked = dict(_answered(before, kind))
    for key, answered in _answered(after, kind):
        was = asked.get(key)
        if was is None or was == answered:
            continue
        part = after.part(key)
        for sentence in part.walk() if part is not None else ():
            for match in _NAMED.finditer(sentence.text):
                yield f"{_where(after, sentence)}写着“{match.group()}”，问题的次序变了，请核对"


def _answered(report: Report, kind: Kind) -> Iterator[tuple[str, list[str]]]:
    """The keys of the parts that answer another, with what the items there say."""
    for part, answered in answering_parts(report, kind):
        yield part.key, [item_text(item).rstrip("。；，") for item in answered.items]


def _where(report: Report, sentence: Sentence) -> str:
    return told(report, place_of(report, sentence) or Place())
