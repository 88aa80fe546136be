"""Where sources state a figure or a date of the same thing, and another one: what contradicts a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nigao.text.amounts import Amount, Rough, find_amounts, same_value
from nigao.text.clauses import Clause, clauses
from nigao.text.ledger import Ledger, Stated
from nigao.text.moments import Moment, find_moments
from nigao.text.wordpairs import pairs_of

# Words that say nothing of what is counted: 开展谈话46人次 and 组织谈话43人次 are of one thing.
_EMPTY = re.compile(
    "开展|组织|召开|举办|举行|进行|实施|累计|共计|全年|今年|本年|去年|达到?|共有?|为|了|约|近|超过?|已|总计|分别"
)
# Which stretch of a year: told anywhere in front of the figure.
_STRETCH = re.compile("上半年|下半年|[一二三四1-4]季度|前[一二三四五六七八九\\d]+个?月|1?\\d月份?")
# What else makes two figures of one thing two things: told in the clause itself.
_STANDING = re.compile(
    "每[年月周季半]|上年|去年|同期|同比|累计|多年|[一二三四五六七八九]年来|以来|期间|预期|预计|计划|目标|力争|拟|将"
)
_LEAST_SHARED, _LEAST_PAIRS = 0.6, 3
# Where the whole clause is of two or three pairs, nearly all of them must agree.
_FEW = 2
_SENTENCE = 0.4
# 我局, 中心, 全馆: who did it goes without saying in a text of the unit's own.
_OWN = re.compile(r"^(?:(?:19|20)\d{2}年)?(?:[我本全各]?[局委办厅院馆校]|[我本全]?(?:中心|单位|机关))(?=[一-鿿])")
_PERIOD = re.compile(r"(?:19|20)\d{2}年度?|上半年|下半年|\d{1,2}月份?")
_YEAR = re.compile(r"(?:19|20)\d{2}年度?")
_HAN_PAIR = re.compile("[一-鿿]{2}")
_ALIKE = 0.6
_TELLING = 5
_DOCUMENT = re.compile("《[^《》]+》|本(?:条例|办法|规定|细则|规则|通知|意见|法|决定|方案|标准|规范|通告|公告|章程)")
_ORDINAL = re.compile("第[一-龥\\d]{1,4}?[届次批期轮号]|[一二三四五六七八九十\\d]+[届次](?=会议|全会)")


@dataclass(frozen=True, slots=True)
class Opposed:
    """What a source says instead: `written`, in `clause`, of the source `ledger`."""

    written: str
    clause: str
    ledger: Ledger


def opposed_amount(sentence: str, amount: Amount, ledgers: Sequence[Ledger], year: int | None = None) -> Opposed | None:
    """The one other figure that sources give for what the sentence counts; None where there is none, or several.

    `year` is the year that the text speaks of where the sentence names none. Rough figures contradict nothing.
    """
    if not amount.unit or amount.ordinal or amount.rough is not Rough.NO:
        return None
    clause = clause_at(sentence, amount.start)
    said, when = _subject(clause.text), _times(sentence, clause.text)
    found: dict[object, Opposed] = {}
    for ledger in ledgers:
        for stated in ledger.stated:
            other = stated.amount
            if other.unit != amount.unit or other.ordinal or other.rough is not Rough.NO or same_value(amount, other):
                continue
            if _same_subject(said, clause.text, amount, stated) and _times(stated.sentence, stated.clause) == when:
                whole = pairs_of(sentence)
                if len(whole & pairs_of(stated.sentence)) >= _SENTENCE * len(whole) and _one_year(
                    sentence, stated, ledger, year
                ):
                    found.setdefault(other.value, Opposed(other.text, stated.clause, ledger))
    return next(iter(found.values())) if len(found) == 1 else None


def opposed_moment(sentence: str, moment: Moment, nearest: Sequence[tuple[float, str, Ledger]]) -> Opposed | None:
    """The one other date, as exact as this one, that the nearest source sentence gives where it tells the same."""
    own = [m for m in find_moments(sentence) if _shape(m) == _shape(moment)]
    said = pairs_of(_without(sentence, find_moments(sentence)))
    if len(own) != 1 or len(said) < _TELLING:
        return None
    for _, text, ledger in nearest:
        given = find_moments(text, ledger.year)
        same = [m for m in given if _shape(m) == _shape(moment)]
        if len(said & pairs_of(_without(text, given))) < _ALIKE * len(said):
            continue
        if _ordinals(sentence) != _ordinals(text) or _of_another_document(sentence, text):
            # 四次会议 and 五次会议 are two events, each on its day.
            continue
        if len(same) == 1 and _differ(moment, same[0]):
            return Opposed(same[0].text, text, ledger)
    return None


def _without(text: str, moments: Sequence[Moment]) -> str:
    for moment in reversed(moments):
        text = f"{text[: moment.start]} {text[moment.end :]}"
    return text


def clause_at(sentence: str, place: int) -> Clause:
    """The clause around a place of the sentence; a very short one takes the clause before it too."""
    before: Clause | None = None
    for clause in clauses(sentence):
        if clause.start <= place < clause.end:
            if before is not None and len(pairs_of(clause.text)) < _FEW:
                return Clause(before.start, clause.end, sentence[before.start : clause.end], before.before)
            return clause
        before = clause
    return Clause(0, len(sentence), sentence, "")


def _subject(clause: str) -> frozenset[str]:
    return pairs_of(_EMPTY.sub(" ", _YEAR.sub(" ", clause)))


def _same_subject(said: frozenset[str], clause: str, amount: Amount, stated: Stated) -> bool:
    given = _subject(stated.clause)
    shared = len(said & given)
    shorter = min(len(said), len(given))
    if not _same_noun(amount.noun, stated.amount.noun):
        return False
    if shorter < _FEW:
        # 培训18次 says no more than its one word: it must be all that the other says, too.
        name = _bare_subject(clause, amount.text)
        return len(name) > 1 and name == _bare_subject(stated.clause, stated.amount.text)
    if shared == shorter and shorter >= _FEW:
        return len(find_amounts(clause)) <= 1 or _said_before(clause, amount, stated)
    return (
        shared >= _LEAST_PAIRS
        and shared >= _LEAST_SHARED * max(shorter, 1)
        and shared * 2 >= max(len(said), len(given))
    )


def _bare_subject(clause: str, figure: str) -> str:
    """What stands before the clause's figure, without empty words and a name for the text's own unit; empty where the
    clause says something else besides.
    """
    before, _, after = clause.partition(figure)
    words = _PERIOD.sub(" ", _EMPTY.sub(" ", _OWN.sub("", before))).split()
    return words[-1] if len(words) == 1 and not _HAN_PAIR.search(after) else ""


def _said_before(clause: str, amount: Amount, stated: Stated) -> bool:
    """Whether the words right before both figures are the same: one clause may count several things."""
    return bool(amount.near & stated.amount.near)


def _same_noun(one: str, other: str) -> bool:
    return not one or not other or one[:2] == other[:2] or one in other or other in one


def _times(sentence: str, clause: str) -> tuple[frozenset[str], frozenset[str]]:
    """The stretch of time, and whether planned, done or summed up, that a clause of the sentence speaks of."""
    ahead = sentence[: sentence.find(clause) + len(clause)]
    return frozenset(_STRETCH.findall(ahead)), frozenset(_STANDING.findall(clause))


def _one_year(sentence: str, stated: Stated, ledger: Ledger, year: int | None) -> bool:
    """Whether nothing shows that the two sentences are of different years."""
    own = {m.year for m in find_moments(sentence) if m.year is not None} or ({year} - {None})
    given = {m.year for m in find_moments(stated.sentence) if m.year is not None} or ({ledger.year} - {None})
    return not own or not given or bool(own & given)


def _shape(moment: Moment) -> tuple[bool, bool]:
    return moment.month is not None, moment.day is not None


def _differ(one: Moment, other: Moment) -> bool:
    """Whether one slip may have made one of the other: another year, or another day, but not both."""
    year = one.year is not None and other.year is not None and one.year != other.year
    day = (one.month, one.day) != (other.month, other.day)
    return year != day


def _ordinals(sentence: str) -> frozenset[str]:
    return frozenset(_ORDINAL.findall(sentence))


def _of_another_document(one: str, other: str) -> bool:
    """Whether each speaks of a document, and not of the same (本条例自…起施行, 本办法自…起施行)."""
    named = [frozenset(_DOCUMENT.findall(text)) for text in (one, other)]
    return bool(named[0] and named[1]) and named[0].isdisjoint(named[1])
