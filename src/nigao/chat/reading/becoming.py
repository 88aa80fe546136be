"""What is to become what: the editor's own words at a place (第二句改成：……), and one term for another."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nigao.chat.commands import Command, ReplaceCommand, SetFactCommand, WriteCommand
from nigao.chat.reading.outcome import Outcome
from nigao.chat.reading.said import Said, unquoted, without_mark
from nigao.chat.reading.skeleton import PLACE
from nigao.chat.reading.turn import Turn, Way
from nigao.chat.reading.wordlists import any_of
from nigao.report.places import TITLE, Place
from nigao.text.numerals import find_numbers

_TO = any_of(
    """
    (?:应当|应该|应|要)?(?:统一|一律)?<CHANGING>(?:成|为|作|做)
    (?:应当|应该|应)(?:为|是)
    (?:统一|一律)?改?(?:称|叫|称呼|表述|命名|更名|改名)(?:为|作|做|成) (?:统一|一律)?(?:改[称叫用]|使用|用)
    换一?个(?:说法|提法|词)，?(?:用|叫|改成|改为) 统一称 直接写成? 就写成? 用作 → -> => —>
    """
)
_WORD = any_of("这个(?:词|说法|提法|表述|词语|称呼|称谓) 两?个字 的(?:说法|提法|表述|地方|内容|文字) 字样 一词")
_ALL = rf"{_WORD}?(?:都|全部|全都|全|统统|均|一律|通通|也|再|就|给我|给)*"
_SO = any_of(
    """
    这样 这样的 这句 这句话 下面这句 下面这样 下面的 以下内容 如下 下面的话 下面这段 这段话 这段
    (?:下面|以下|如下)?的?P(?=：)
    """
)
_WRITE = re.compile(
    r"(?:把|将)?P的?(?:内容|表述|文字|说法|话|原话|整句|全句)?(?:直接|整句|全部|重新|重|就|都|应当|应该|应|可以|请)*"
    rf"(?P<to>{_TO}|写(?=：)){_SO}?(?P<colon>[：，]?)(?P<new>.+)"
)
_COLON = re.compile(
    r"(?:把|将)?P的?(?:内容|表述)?(?:用|使用|换|改|替换|写)?(?:这句|这句话|下面这句|如下|下面的话)(?:替换|代替|换掉)?：(?P<new>.+)"
)
_SCOPED = r"(?:(?:把|将|在)?(?P<scope>P)(?:里[面头边]?|头|中|内|当中|范围内|之中)?的?(?:，)?)?"
_EVERY = (
    any_of("(?:文|报告|稿子?|正文|全文)[里中内]面?的? 各处的? 到处的? 所有的? 全部的? 每一?个 每处 凡是 出现的 提到的")
    + "*"
)
_TERM = re.compile(rf"{_SCOPED}(?:把|将)?{_EVERY}(?P<old>[^P：]+?){_ALL}(?P<to>{_TO}|(?<=Q)改(?=Q))[：，]?(?P<new>.+)")
_TERM_IN = re.compile(
    rf"(?:把|将)?{_EVERY}(?P<old>[^P：]+?)在?(?P<scope>P)(?:里面?|中|内)?{_ALL}(?P<to>{_TO})[：，]?(?P<new>.+)"
)
_USED = re.compile(rf"{_SCOPED}用(?P<new>[^P：]+?)(?:来)?(?:统一)?(?:替换掉?|代替|取代|替代|换掉?){_EVERY}(?P<old>.+)")
_REPLACED = re.compile(
    rf"{_SCOPED}(?:替换|统一替换|批量替换|查找替换)[：，]?(?P<old>[^P：，]+?)(?:为|成|→|->|换成)(?P<new>.+)"
)
_TAKEN_OUT = re.compile(
    r"(?:把|将)?P(?:里面?|中|内)?的?(?P<q>Q)(?:这个词|几个字|字样|一词)?(?:都|全部|给)?(?:删掉|删除|删去|去掉|去除|拿掉|删了|不要了|删)"
)
# Not the words to stand there, but how they are to be.
_HOW = re.compile(
    r"^(?:[LSR]|(?:两|二|三|四|2|3|一)[条项点段个句](?:$|[，。])|(?:更|再|较)|.{0,10}(?:语气|口气|口吻|风格|样子|形式|句式|样式|格式|模样|基调|语言|措辞)$|.{1,8}(?:一点|一些|点|些)$)"
)
# 主要负责人改为王立 may mean something else; with one of these it is a word that is changed.
_PLAINLY = re.compile("把|将|Q|都|全|统一|一律|所有|凡|每|替换|代替|取代|替代|称|写作|表述|更名|规范为")
_DOUBT = re.compile(r"(?:怎么样|如何|行不行|合适吗|对吗|是不是.*|会不会.*|对不对|好一?些吗|吗|呢)？?$|？$")
_OWN_FROM = 6


@dataclass(frozen=True, slots=True)
class _Said:
    """The new words as typed, and whether a colon or quotation marks say that they are to stand as they are."""

    words: str
    plain: str
    given: bool


def write(turn: Turn) -> Outcome:
    """第二句改成：……"""
    found = _WRITE.fullmatch(turn.text) or _COLON.fullmatch(turn.text)
    if found is None:
        return Outcome()
    new = _new(turn, found.start("new"), found.end("new"), colon=found.groupdict().get("colon", "：") == "：")
    if not new.given and (_HOW.match(found["new"]) or found["new"].startswith(("得", "到", "一"))):
        return Outcome()
    if not new.words or _broken(new, found["new"]):
        return Outcome.asking("没有看清要写成什么，请把新的文字写在冒号后面")
    mention = turn.skeleton.mentions[0]
    ways, why = turn.ways([mention])
    written = [w for way in ways for w in [_written(way, new.words)] if w is not None]
    if not ways or not written:
        return Outcome.asking(why or "这里不能整个改写，请说明是哪一条、哪一句")
    if mention.weak or (not new.given and len(new.words) < _OWN_FROM and written[0].place.part != TITLE):
        # 整改措施改成整改打算 may mean the words as well as the place.
        old = turn.said.verbatim(mention.start, mention.end)
        terms = [ReplaceCommand(old=old, new=new.words)] if _stands(turn, old, Place()) else []
        return Outcome.asking("是把这一处的文字整个换掉，还是换一个词", [*written, *terms])
    return turn.decided(ways, lambda way: _written(way, new.words), why)


def replace(turn: Turn) -> Outcome:
    """把支部都改成党支部; 全文的“好差评”改为“政务服务好差评”."""
    taken = _TAKEN_OUT.fullmatch(turn.text)
    if taken is not None:
        return _replaced(turn, _old(turn, *taken.span("q")), _Said("", "", True), turn.text.index(PLACE))
    for pattern in (_USED, _REPLACED, _TERM_IN, _TERM):
        found = pattern.fullmatch(turn.text)
        if found is None:
            continue
        new = _new(turn, *found.span("new"), colon=False)
        old = _old(turn, *found.span("old"))
        if not old or not new.words:
            continue
        if _broken(new, found["new"]) or old == new.words:
            return Outcome.asking("没有看清要换成什么，请把两个词都放在引号里")
        scope = found.start("scope") if found["scope"] else None
        return _replaced(turn, old, new, scope)
    return Outcome()


def _replaced(turn: Turn, old: str, new: _Said, scope: int | None) -> Outcome:
    ways: list[Way] = [((Place(),),)]
    why = ""
    if scope is not None:
        mentions = [slot.mention for slot in turn.skeleton.slots_in(scope, scope + 1) if slot.mention is not None]
        ways, why = turn.ways(mentions)
    if not ways:
        return Outcome.asking(why)
    held = [way for way in ways if len(way[0]) == 1 and _stands(turn, old, way[0][0])]
    if not held:
        facts = _facts_like(turn, old, new.words)
        if not facts and _begins_with_figure(new.words) and scope is None and not re.search("[是不没把将]", old):
            facts = [SetFactCommand(name=old, value=new.words)]
        return Outcome.asking(f"报告里没有“{old}”" if scope is None else f"这一处没有“{old}”", facts)
    if (same := _same_counted(old, new.words)) is not None:
        return turn.decided(held, lambda way: ReplaceCommand(old=old, new=same, place=way[0][0]))
    if _is_figure(old) or (_begins_with_figure(new.words) and not new.given):
        # A figure stands for many things; the fact that it belongs to is to be named.
        near = [ReplaceCommand(old=old, new=new.words, place=way[0][0]) for way in held]
        return Outcome.asking(f"“{old}”是哪一项的数，请说出名称", [*_facts_like(turn, old, new.words), *near])
    doubt = "" if _PLAINLY.search(turn.text) or scope is not None or set(old) & set(new.words) else "是换报告里的词吗"
    return turn.decided(held, lambda way: ReplaceCommand(old=old, new=new.words, place=way[0][0]), doubt)


def _new(turn: Turn, start: int, end: int, *, colon: bool) -> _Said:
    typed = turn.skeleton.verbatim(start, end)
    plain = turn.skeleton.plain(start, end)
    given = colon or unquoted(typed) != typed
    words = unquoted(typed) if unquoted(typed) != typed else (typed if colon else without_mark_once(typed))
    return _Said(words.strip(), plain, given)


def without_mark_once(words: str) -> str:
    """Words as they are where they are a sentence, else without a stray mark at the end."""
    return words if words.endswith("。") and len(words) > _OWN_FROM else without_mark(words)


def _old(turn: Turn, start: int, end: int) -> str:
    words = without_mark(turn.skeleton.verbatim(start, end))
    return unquoted(unquoted(words).strip("，,：: "))


def _broken(new: _Said, signs: str) -> bool:
    """Whether the new words are doubted, or run on behind their quotation marks."""
    if _DOUBT.search(new.plain) and not new.given:
        return True
    return signs.startswith("Q") and unquoted(new.words) == new.words and not new.given and len(signs) > 1


def _written(way: Way, words: str) -> WriteCommand | None:
    place = way[0][0] if len(way[0]) == 1 else None
    if place is None or not place.part:
        return None
    if place.part == TITLE and place.sentence is None:
        place = Place(part=TITLE)
    return WriteCommand(place=place, text=words)


def _stands(turn: Turn, words: str, place: Place) -> bool:
    """Whether the words stand in the text of a place, headings included."""
    return any(words in text for text in turn.texts(place))


def _is_figure(words: str) -> bool:
    """Whether the words are a number, with or without a unit of measure."""
    numbers = find_numbers(Said(words).plain)
    return len(numbers) == 1 and numbers[0].start == 0 and len(words) - numbers[0].end <= 2


def _begins_with_figure(words: str) -> bool:
    return any(number.start == 0 for number in find_numbers(Said(words).plain))


def _same_counted(old: str, new: str) -> str | None:
    """廉政谈话43人次 to 45人次: what is counted stays, where both figures have the same unit of measure."""
    was, now = find_numbers(old), find_numbers(new)
    if len(was) != 1 or len(now) != 1 or was[0].start == 0 or now[0].start != 0:
        return None
    unit = old[was[0].end :]
    return old[: was[0].start] + new if unit and unit == new[now[0].end :] else None


def _facts_like(turn: Turn, old: str, new: str) -> list[Command]:
    """Facts of that very value."""
    brief = turn.scene.brief
    facts = brief.facts if brief is not None else []
    return [SetFactCommand(name=fact.name, value=new, old=old) for fact in facts if old in (fact.value, fact.written)]
