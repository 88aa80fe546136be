"""Names of organisations and people in a sentence, and whether a piece of evidence holds them."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from nigao.text.content import Word, placed_words
from nigao.text.lexicon import tag
from nigao.text.phrases import slips
from nigao.text.terms import fold
from nigao.text.vocabulary import NO_BODY, NOBODYS

_BODIES = (
    "人民政府|管委会|委员会|管理局|办公室|办事处|领导小组|工作组|巡察组|巡视组|督导组|督查组|检查组|调研组|考核组|纪检监察组|中心|党工委|机关工委|党总支|党支部"
    "|村支部|党委|纪委|总队|支队|大队|中队|公司|集团|银行|学校|小学|中学|大学|学院|党校|幼儿园|村委会|居委会|社区|医院|卫生院|研究院|研究所|派出所|图书馆|博物馆"
    "|档案馆|文化馆|协会|学会|商会|联合会|基金会|法院|检察院|街道|合作社|服务站|工作站|志愿队|服务队|出版社|电视台|事务所|开发区|园区"
)
_BODY = re.compile(f"(?:{_BODIES})$")
# One character names a body only behind a name of its own: 财政局, 综合科, 东风镇.
_SHORT_BODY = re.compile("[局厅委办科股处室站所队院镇乡村馆县]$")
# As a word of their own, the others are verbs and particles (提请有关部门办).
_APART = frozenset("局厅科股委镇乡村队")
# Common nouns too: 加强学校 and 走进社区 name none, where 服务中心 and 管理局 name one.
_COMMON_NOUN = re.compile(
    "(?:学校|小学|中学|大学|学院|幼儿园|公司|集团|银行|社区|医院|党委|党支部|党总支|街道|园区|开发区|法院|协会|合作社|[镇乡村县])$"
)
# 市委, 县政府, 省纪委: names of particular bodies, short as they are.
_LEVEL = re.compile(
    "(?<![一-鿿])?(?:[省市县区]|自治区)(?:委(?!员|托|派|任|屈)|人民政府|政府|纪委监委|纪委|监委|人大|政协|直机关工委|委组织部|委宣传部|委政法委|委办公室|委巡察办|委办)"
    "|国务院|党中央|中央纪委|中央[一-鿿]{2,4}委(?![员托派任会])|中组部|中宣部"
)
_TITLES = (
    "同志|副?局长|副?主任|副?科长|副?书记|副?处长|副?厅长|副?县长|副?市长|副?区长|副?镇长|副?乡长|副?院长|副?所长|副?站长|副?队长|副?部长|副?组长|副?主席|副?会长"
    "|副?校长|副?股长|副?总经理|副?经理|副?董事长|调研员|巡视员|先生|女士|老师|教授"
)
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田姜范石姚谭廖邹熊金陆郝孔崔康毛邱秦江史顾侯邵孟龙万段雷钱"
    "汤尹黎易武乔贺赖龚樊兰殷施洪翟倪严牛芦季俞章鲁葛伍韦申尤毕聂焦管向柳邢骆岳齐梅庄辛涂庞纪甘祝左欧尚舒耿牟卜路詹关苗凌费靳盛童温柴翁房凤游涛覃冉"
)
_COMPOUND = "欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐"
_GIVEN = "[一-鿿]"
_TITLED = re.compile(f"((?:{_COMPOUND}|[{_SURNAMES}]){_GIVEN}{{0,2}})({_TITLES})")
_AFTER_TITLE = re.compile(f"(?:{_TITLES})((?:{_COMPOUND}|[{_SURNAMES}]){_GIVEN}{{1,2}})(?![一-鿿])")
_PERSON = re.compile(f"(?:(?:{_COMPOUND}){_GIVEN}{{1,2}}|[{_SURNAMES}]{_GIVEN}{{2}})")
# Characters that a given name hardly has, and prose often.
_NOT_GIVEN = re.compile(
    "[的了在和与及或是有为对于到从被把将由向等各不无未已其此该每全部委务任员办局科处室政党组度率化性者式上下中内外前后次个项件名年月日度会议证费区县车]"
)
_WORDLIKE = frozenset("高向严温黄石万马武安金左江管关程方路顾许田林苗房康宋毛焦常雷")
# Parts of speech of words that are no nouns, by their first letter.
_DOING = frozenset("vdpcurmqfbazi")
_HAN_RUN = re.compile("[一-鿿]+")
_JOINING = "由在与和对向经请从为及到于"
_FULL_NAME = 3
_LEADING = "由请经向、，："
_REGION = "省市县区镇乡州旗"
# 市政务办 for 青澜市政务服务管理办公室: how many characters may be left out in one place.
_GAP = 5


class NameKind(StrEnum):
    """Whose name it is."""

    ORGANISATION = "organisation"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Name:
    """A name at `start:end`; `region` tells the characters right before it that say of which place (东风镇, 市)."""

    kind: NameKind
    start: int
    end: int
    text: str
    region: str = ""


@functools.lru_cache(maxsize=512)
def find_names(text: str) -> tuple[Name, ...]:
    """Organisations (by what they end in, with a proper part before it) and people (with a title, or a full name).

    各科室, 有关部门, 上级单位 name nobody. Offsets index `text`, in order of place.
    """
    found = [*_organisations(text), *_people(text)]
    return tuple(sorted(found, key=lambda name: (name.start, name.end)))


def unsupported_names(sentence: str, evidence: str) -> list[Name]:
    """The names of the sentence that the evidence does not hold, short for what it holds included (市财政局)."""
    found = find_names(sentence)
    held = fold(evidence) if found else ""
    return [name for name in found if not _is_held(held, name)]


def near_name(name: Name, others: Sequence[Name]) -> Name | None:
    """The other name that this one was probably meant to be: of the same kind, and a slip of one or two characters away
    (程立 and 程力; two people may well share a surname, so that the given name must agree in part where it has two).
    """
    for other in others:
        if other.kind is not name.kind or other.text == name.text:
            continue
        if name.kind is NameKind.ORGANISATION:
            if slips(name.text, other.text):
                return other
        elif len(name.text) == len(other.text) == _FULL_NAME:
            changed = [a for a, b in zip(name.text, other.text, strict=True) if a != b]
            if len(changed) == 1:
                return other
    return None


def _is_held(evidence: str, name: Name) -> bool:
    if name.kind is NameKind.PERSON:
        return name.text in evidence
    full = name.region + name.text
    if full in evidence:
        return True
    if name.text in evidence:
        if not name.region:
            return True
        # The evidence names it without a place, or the place elsewhere: 东风镇便民服务站 from 东风镇…便民服务站.
        bare = re.search(f"(?<![{_REGION}]){re.escape(name.text)}", evidence)
        return bare is not None and (len(name.region) == 1 or name.region in evidence)
    return len(full) >= 3 and _abbreviates(full, evidence)


def _abbreviates(name: str, evidence: str) -> bool:
    """Whether the evidence holds a longer name of which this one is short: its characters, in order and close by."""
    gaps = f"[一-鿿]{{0,{_GAP}}}?".join(map(re.escape, name))
    found = re.search(gaps, evidence)
    if found is None or len(found.group()) > 4 * len(name):
        return False
    longer = found.group() + evidence[found.end() : found.end() + 3]
    return any(_BODY.search(longer[:end]) for end in range(len(found.group()), len(longer) + 1))


def _organisations(text: str) -> list[Name]:
    found = [Name(NameKind.ORGANISATION, m.start(), m.end(), m.group()) for m in _LEVEL.finditer(text)]
    tokens = placed_words(text)
    for i in range(len(tokens)):
        name = _named_body(tokens, i)
        if name is not None and not any(other.start < name.end and name.start < other.end for other in found):
            found.append(name)
    return found


def _named_body(tokens: Sequence[Word], i: int) -> Name | None:
    """The organisation whose name ends with token `i`: the shortest words that make it a proper name."""
    word = tokens[i].text
    body = _body_of(word)
    # 施工队长 is no 施工队.
    if not body or (i + 1 < len(tokens) and tokens[i + 1].text in ("长", "员")):
        return None
    proper, first = word.removesuffix(body), i
    ahead = _ahead(tokens, i)
    if len(proper) < 2 and ahead is not None:
        first, proper = i - 1, ahead.text + proper
    doing = len(proper) == 2 and tag(proper)[:1] in _DOING
    common = _COMMON_NOUN.search(word) and doing
    if len(proper) < 2 or common or {proper, tokens[first].text} & NOBODYS or proper + body in NO_BODY:
        return None
    place = _ahead(tokens, first)
    region = place.text if place is not None and place.text[-1] in _REGION and place.text not in NOBODYS else ""
    region = region.lstrip(_JOINING)
    return Name(NameKind.ORGANISATION, tokens[first].start, tokens[i].end, proper + body, region)


def _ahead(tokens: Sequence[Word], i: int) -> Word | None:
    """The token right before token `i`, with nothing between them."""
    joined = i > 0 and tokens[i - 1].end == tokens[i].start
    return tokens[i - 1] if joined else None


def _body_of(word: str) -> str:
    """What makes a word the end of an organisation's name; empty where nothing does."""
    found = _BODY.search(word) or _SHORT_BODY.search(word)
    if found is None or {word, word[-2:]} & NO_BODY:
        return ""
    apart = len(word) == 2 or (len(word) == 1 and word not in _APART)
    return "" if len(found.group()) == 1 and apart else found.group()


def _people(text: str) -> list[Name]:
    found: list[Name] = []
    tokens = placed_words(text)
    starts = {token.start for token in tokens}
    for match in _TITLED.finditer(text):
        who = match.group(1)
        # 工程院副院长 holds no 程院; 由程立新主任主持 may be cut behind 由 or not.
        begins = match.start() in starts or text[match.start() - 1] in _LEADING
        if begins and _may_be_person(who, text, match.start()):
            found.append(Name(NameKind.PERSON, match.start(), match.start() + len(who), who))
    for match in _AFTER_TITLE.finditer(text):
        if _may_be_person(match.group(1), text, match.start(1)):
            found.append(Name(NameKind.PERSON, match.start(1), match.end(1), match.group(1)))
    for token in tokens:
        if _PERSON.fullmatch(token.text) and _is_full_name(token.text):
            found.append(Name(NameKind.PERSON, token.start, token.end, token.text))
    unique: list[Name] = []
    for name in sorted(found, key=lambda n: (n.start, -n.end)):
        if not any(other.start < name.end and name.start < other.end for other in unique):
            unique.append(name)
    return unique


def _may_be_person(who: str, text: str, start: int) -> bool:
    """Whether surname and given name before a title are no word of prose (施工队长, 兼任书记)."""
    if _NOT_GIVEN.search(who[1:]):
        return False
    if len(who) == 1:
        return start == 0 or not _HAN_RUN.match(text[start - 1]) or text[start - 1] in "由请经和与向对"
    return tag(who)[:2] in ("", "nr")


def _is_full_name(word: str) -> bool:
    if tag(word)[:2] not in ("", "nr"):
        return False
    # The dictionary takes 向心力, 高水平 and more for names: a word and a character, or a character and a word.
    made_up = _is_pair(word[:2]) or (word[0] in _WORDLIKE and _is_pair(word[1:]))
    return not made_up and not _NOT_GIVEN.search(word[1:])


def _is_pair(text: str) -> bool:
    return len(text) == 2 and tag(text) != ""
