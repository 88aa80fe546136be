"""Marks between the members of a list: 顿号 where none belongs (GB/T 15834—2011, 4.5.3, B.1.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nigao.text.content import placed_words
from nigao.text.faults import HAN, Fault, visible

_CLOSED_LIST = re.compile(r"(?<=[”》])、(?=[“《])")
_RUN = re.compile(r"“[^“”\n]{1,60}”(?:、?“[^“”\n]{1,60}”)+|《[^《》\n]{1,80}》(?:、?《[^《》\n]{1,80}》)+")
_JOINED = re.compile(rf"、(?P<word>和|及|或)(?=[{HAN}“《])")
_BEFORE_ETC = re.compile(rf"(?<=[{HAN}”》）])、(?P<word>等等?)(?=[，。；：、）]|各?[{HAN}]|$)")
# 等级, 等待: 等 begins another word.
_OTHER_ETC = re.compile("等(?:级|待|同|额|次|价|差|候|于|距|量|效|分|比|边|式|号)")
_CLAUSE = re.compile("[^。；！？，：\n]*")


def between_closed(text: str) -> Iterator[Fault]:
    """Lists of “…”、“…” or 《…》、《…》: one fault a list, from its first 、 to its last."""
    for run in _RUN.finditer(visible(text)):
        marks = list(_CLOSED_LIST.finditer(run.group()))
        if marks:
            start, end = run.start() + marks[0].start(), run.start() + marks[-1].end()
            yield Fault(start, end, "", _CLOSED_LIST.sub("", text[start - 1 : end + 1])[1:-1])


def writes_closed_lists_bare(text: str) -> bool:
    """Whether some list of quoted terms or titles in the text does without 、."""
    return re.search("”“|》《", text) is not None


def before_and(text: str) -> Iterator[Fault]:
    """、 right before the 和 (及, 或) that joins the last member; 和谐 and 及时 join nothing, 与 may begin a phrase."""
    seen = visible(text)
    for match in _JOINED.finditer(seen):
        at = match.start("word")
        clause = _CLAUSE.match(seen, at)
        following = placed_words(clause.group()[:24]) if clause else ()
        alone = len(following) > 1 and following[0].text == match["word"] and len(following[1].text) > 1
        quoted = seen[match.end()] in "“《"
        if (alone or quoted) and _lists(seen, match.start()):
            yield Fault(match.start(), match.start() + 1, f"后面又用了“{match['word']}”", "")


def _lists(text: str, end: int) -> bool:
    """Whether another 、 stands before in the clause: then this one closes a list of like members."""
    before = re.split("[。；！？，：\n（“]", text[max(0, end - 60) : end])[-1]
    return "、" in before


def before_etc(text: str) -> Iterator[Fault]:
    """、 right before 等."""
    seen = visible(text)
    for match in _BEFORE_ETC.finditer(seen):
        if not _OTHER_ETC.match(seen, match.start("word")):
            closed = seen[match.end() : match.end() + 1] in tuple("，。；：、）")
            yield Fault(match.start(), match.start() + 1, "后面又用了“等”", "", safe=closed)
