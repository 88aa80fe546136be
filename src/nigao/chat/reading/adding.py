"""Adding an item or a sentence: 二（一）里再补一条警示教育的; 在第二条后面加一句：……"""

from __future__ import annotations

import re

from nigao.chat.commands import AddCommand, Command
from nigao.chat.reading.nouns import ITEM_NAMES, PART_NAMES, keys_of
from nigao.chat.reading.outcome import Outcome
from nigao.chat.reading.said import unquoted, without_mark
from nigao.chat.reading.turn import Turn, Way
from nigao.chat.reading.wordlists import any_of
from nigao.report.kinds import Content
from nigao.report.places import OPENING, TITLE, Place

_VERB = any_of(
    """
    补充 补写 补上 补进 补 增加 增补 增写 增添 增 新增 添加 添上 添写 添 加上 加写 加进 加入 加 插入 插 追加
    写 另写 再来 来
    """
)
_UNIT = any_of("句话 句 条 项 个 点 小点 段话 段 小段 处")
_COUNTED = rf"(?:上|进)?(?:(?P<count>一|1|两|二|2|三|3|几)(?P<unit>{_UNIT})|(?P<some>个))(?:内容|文字|话|要点)?"
_BEFORE = ("前面", "之前", "前边", "前")
_BEHIND = ("后面", "之后", "后边", "后", "下面")
_SIDES = "|".join(
    (*_BEFORE, *_BEHIND, "末尾", "最后", "结尾", "里面", "里边", "里", "中", "当中", "那里", "这里", "部分", "上")
)
_WHERE = rf"(?:的?(?P<where>{_SIDES}))?的?[，]?"
_NOUNS = "|".join(
    sorted({name for names in (*ITEM_NAMES.values(), *PART_NAMES.values()) for name in names}, key=len, reverse=True)
)
_ABOUT_WORDS = any_of("关于 有关 针对 涉及 讲讲 写写 说说 谈谈 讲 写 说 谈 介绍 反映 体现")
_MORE = any_of("请 麻烦 再 还 还要 应 应该 另外 另 需要 需 也 多 要 可以 给我 帮我") + "*"
_PUT = any_of("加 加入 加进 补充 补 写 写进 写入 放 放进 补进 添加 添 插入 插 增加")
_SOME_OF = any_of("补充 增加 加上 加入 加 补 添 写上") + "(?:一点|一些|点|些|一下|上)?"
_AT = re.compile(rf"(?:在|往|给|向|把|对|到)?(?P<place>P){_WHERE}{_MORE}{_VERB}{_COUNTED}(?P<rest>.*)")
# 在这句后面加上：…… says what, and not how many.
_PLAIN = re.compile(rf"(?:在|往|给|向)?(?P<place>P){_WHERE}{_MORE}{_VERB}(?:上|进)?(?P<count>)(?P<unit>)(?P<rest>：.+)")
_AFTER = re.compile(rf"(?:在)?(?P<where>{_SIDES})?{_MORE}{_VERB}{_COUNTED}(?P<rest>.*)")
_INTO = re.compile(rf"(?P<rest>.+?){_PUT}(?:到|在|进|至|入)?(?P<place>P)(?P<where>{_SIDES})?去?")
# It is told to be an addition by 关于 before or 的内容 behind, or by 一点 and 一些.
_SOME = re.compile(
    rf"(?:在|给|往)?(?P<place>P){_WHERE}{_MORE}{_SOME_OF}"
    r"(?P<rest>(?:关于|有关|讲)[^PLS]+|(?![了过得到至写成])[^PLS]+?(?:的|的?(?:内容|情况|表述|说明))|(?<=[点些])[^PLS]+)"
)
# 把这句话加到……: the words themselves are quoted.
_THESE = re.compile("(?:把|将)?(?:这句话?：?|这一条：?|下面这句：?)?Q(?:这句话?|这一条|这条|一句)?")
_TAIL = re.compile(r"(?:方面|类|之类)?的?(?:内容|情况|话|文字|表述|要点|句子|部分|工作)?$")
_SENTENCE = ("句话", "句")


def read(turn: Turn) -> Outcome:
    """The reading as an addition; empty where the words are none."""
    found = _AT.fullmatch(turn.text)
    if found is not None:
        return _at(turn, found)
    found = _AFTER.fullmatch(turn.text)
    if found is not None:
        return _somewhere(turn, found)
    found = _PLAIN.fullmatch(turn.text)
    return _at(turn, found, sentence=True) if found is not None else _with_words(turn)


def _at(turn: Turn, found: re.Match[str], *, sentence: bool = False) -> Outcome:
    if found["count"] not in ("一", "1", "", None):
        return Outcome.asking("一次补一条，请分开说")
    slots = turn.skeleton.slots_in(found.start("place"), found.end("place"))
    ways, why = turn.ways([slot.mention for slot in slots if slot.mention is not None])
    text, about, _ = _rest(turn, found)
    if not text and not about:
        return Outcome.asking("没有说补什么内容")
    sentence = sentence or found["unit"] in _SENTENCE
    where = found["where"] or ""

    def build(way: Way) -> Command | None:
        return _added(turn, way, where, sentence=sentence, text=text, about=about)

    return turn.decided(ways, build, why)


def _somewhere(turn: Turn, found: re.Match[str]) -> Outcome:
    """No place was said before: it goes into the part of what it is (再加一条措施), or to where the focus is."""
    if found["count"] not in ("一", "1", None):
        return Outcome.asking("一次补一条，请分开说")
    text, about, noun = _rest(turn, found)
    if not text and not about:
        return Outcome.asking("没有说补什么内容")
    sentence = found["unit"] in _SENTENCE
    focus = turn.scene.focus
    keys = _parts_of(turn, noun)
    if keys and not sentence:
        ways: list[Way] = [((Place(part=key),),) for key in keys if turn.children(Place(part=key))]
    elif focus is not None and focus.part and focus.part != TITLE:
        ways = [((focus if sentence else _list_at(turn, focus),),)]
    else:
        parts = [p.key for p in turn.scene.report.parts] if turn.scene.report is not None else []
        near = [
            AddCommand(what="item", place=Place(part=key), text=text, about=about)
            for key in parts
            if turn.children(Place(part=key))
        ]
        return Outcome.asking("没有说补在哪里", [] if sentence else near)
    if not keys and focus is not None and not sentence and focus.sentence is None and turn.children(focus):
        ways.append(((focus.above if focus.item else focus,),))
    where = found["where"] or ""
    if sentence and not keys and focus is not None and focus.sentence is not None:
        where = where or "后面"
    return turn.decided(ways, lambda way: _added(turn, way, where, sentence=sentence, text=text, about=about))


def _list_at(turn: Turn, focus: Place) -> Place:
    """What an item would go into where the focus is: the list that it heads, else the one that it stands in."""
    whole = focus.whole
    return whole if turn.children(whole) or not whole.item else whole.above


def _with_words(turn: Turn) -> Outcome:
    """把“……”加到第二条后面; 第二条补充一些轮岗的内容."""
    found = _INTO.fullmatch(turn.text)
    if found is not None and _THESE.fullmatch(found["rest"]):
        quote = found["rest"].index("Q")
        at = found.start("rest") + quote
        text = unquoted(turn.skeleton.verbatim(at, at + 1))
        slots = turn.skeleton.slots_in(*found.span("place"))
        ways, why = turn.ways([slot.mention for slot in slots if slot.mention is not None])
        item = "条" in found["rest"]
        side = found["where"] or ""
        return turn.decided(ways, lambda way: _added(turn, way, side, sentence=not item, text=text, about=""), why)
    found = _SOME.fullmatch(turn.text)
    if found is None or re.match(rf"(?:到|至|完整|充实|[一二两三几\d]{_UNIT})", found["rest"]):
        return Outcome()
    about = _about(turn.skeleton.plain(*found.span("rest")))
    slots = turn.skeleton.slots_in(*found.span("place"))
    ways, why = turn.ways([slot.mention for slot in slots if slot.mention is not None])

    def build(way: Way) -> Command | None:
        place = way[0][0]
        sentence = bool(place.sentence is not None or not turn.children(place))
        return _added(turn, way, found["where"] or "", sentence=sentence, text="", about=about)

    return turn.decided(ways, build, why) if about else Outcome()


def _rest(turn: Turn, found: re.Match[str]) -> tuple[str, str, str]:
    """The editor's own words, what it is about, and the name of the item (措施) in what was said behind 一条."""
    start, end = found.span("rest")
    signs = found["rest"]
    noun = ""
    named = re.match(rf"(?P<noun>{_NOUNS})(?:$|(?=[：，]))", signs)
    if named is None and (whole := re.fullmatch(rf"(?P<about>.+?)的(?P<noun>{_NOUNS})", signs)) is not None:
        noun = whole["noun"]
        return "", _about(turn.skeleton.plain(start, start + whole.end("about"))), noun
    if signs.startswith("P") and turn.skeleton.plain(start, start + 1) in _NOUNS.split("|"):
        named = re.match("(?P<noun>P)", signs)
    if named is not None:
        noun = turn.skeleton.plain(start, start + named.end())
        start += named.end()
        signs = signs[named.end() :]
    colon = re.match(r"[，]?(?:内容是|内容为|内容|如下|就写|写上|就是|即)?[：]", signs)
    if colon is not None:
        return unquoted(turn.skeleton.verbatim(start + colon.end(), end)), "", noun
    if re.fullmatch(r"[，]?Q[。]?", signs):
        at = start + signs.index("Q")
        return unquoted(turn.skeleton.verbatim(at, at + 1)), "", noun
    words = turn.skeleton.plain(start, end)
    return "", _about(words.lstrip("，")), noun


def _about(words: str) -> str:
    words = without_mark(words)
    words = re.sub(r"^[，]?(?:主要)?(?:内容)(?:是|为|：)", "", words)
    words = re.sub(rf"^(?:的?内容)?[，]?(?:内容|主要)?(?:是|为)?{_ABOUT_WORDS}(?:的是)?", "", words)
    words = _TAIL.sub("", words)
    return unquoted(words.strip("，。"))


def _parts_of(turn: Turn, noun: str) -> tuple[str, ...]:
    found = [content for content in Content if noun and noun in (*ITEM_NAMES[content], *PART_NAMES[content])]
    return tuple(dict.fromkeys(key for content in found for key in keys_of(content, turn.scene.kind)))


def _added(turn: Turn, way: Way, where: str, *, sentence: bool, text: str, about: str) -> Command | None:
    place = way[0][0] if len(way[0]) == 1 else None
    if place is None or place.part in ("", TITLE):
        return None
    behind = where in _BEHIND
    if where in _BEFORE:
        before = _one_before(place)
        if before is None or (sentence and place.sentence is None):
            return None
        place, behind = before, True
    if not sentence and (place.sentence is not None or place.part == OPENING):
        return None
    if sentence and place.sentence is not None:
        behind = True
    if not place.item:
        # 第三部分后面再补一条 is one more there.
        behind = behind and sentence and place.sentence is not None
    if sentence and behind and place.sentence is None:
        # A sentence behind an item ends the item's own text.
        behind = False
    return AddCommand(what="sentence" if sentence else "item", place=place, behind=behind, text=text, about=about)


def _one_before(place: Place) -> Place | None:
    """What stands just before a place, to go behind of: nothing before the first."""
    if place.sentence is not None:
        return place.model_copy(update={"sentence": place.sentence - 1}) if place.sentence > 1 else None
    if place.item and place.item[-1] > 1:
        return Place(part=place.part, item=(*place.item[:-1], place.item[-1] - 1))
    return None
