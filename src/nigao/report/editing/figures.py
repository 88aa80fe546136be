"""Which figure of a sentence is a fact's, and how it is written anew: by its unit and by the words around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nigao.report.brief import Brief, Fact
from nigao.text.amounts import Amount, Rough, find_amounts
from nigao.text.numerals import chinese_integer, find_numbers, fold_digits

# 编制数, 党员人数: what is counted stands before these.
_COUNTING = re.compile("(?:总?人?数量?|总数|个数|名额|总量|数目|情况|次数)$")
_SHARES = ("%", "个百分点")
_JOINT = re.compile("[，。；、：！？\n（）()“”《》]|[和与及并]")
_HAN = re.compile("[一-鿿A-Za-z]+")
_WIDE = {ord("0") + i: chr(ord("０") + i) for i in range(10)}
_MOST_SPELLED = 9999
_LEAST_SHARED = 2
# A value may come as a clause of its own.
_OWN_VERB = re.compile("^(?:为|是|系|属|有|由|设|内设|下设|核定|现有|实有|共有|负责|承担|主要职责)")
_CLAUSE_START = re.compile("[，。；：、\n]")


def core(name: str) -> str:
    """What a fact is of, without the words for counting: 党员 of 党员人数."""
    return _COUNTING.sub("", name) or name


def plain(fact: Fact) -> str:
    """The fact's value with its unit as a sentence states it."""
    return fact.written.strip().rstrip("。；，")


def figure_of(fact: Fact) -> Amount | None:
    """The figure that the value is, where it is nothing else: 28名, not 机关党支部1个，下设3个党小组."""
    written = plain(fact)
    found = [amount for amount in find_amounts(written) if not amount.ordinal]
    whole = len(found) == 1 and found[0].start == 0 and len(written) - found[0].end <= len(found[0].noun)
    return found[0] if whole else None


def figures_like(text: str, figure: Amount) -> list[Amount]:
    """The figures of a text that may be this one: of the same value and unit, told as exactly."""
    return [
        amount
        for amount in find_amounts(text)
        if amount.value == figure.value
        and (amount.unit == figure.unit or (not figure.unit and amount.unit not in _SHARES))
        and not amount.ordinal
        and amount.rough is figure.rough
    ]


def choose(
    text: str, fact: Fact, figure: Amount, rivals: Sequence[Fact], strangers: Sequence[Fact] = ()
) -> tuple[Amount | None, str]:
    """The fact's figure in a sentence that rests on it, or why it cannot be told.

    `rivals` are other facts of the sentence with the same value and unit, `strangers` those of the brief that the
    sentence does not rest on.
    """
    found = figures_like(text, figure)
    if not found:
        rough = [a for a in find_amounts(text) if a.value == figure.value and a.rough is not Rough.NO]
        if rough and figure.rough is Rough.NO:
            return None, f"这句写的是约数“{rough[0].text}”，要不要改请核对"
        return None, f"这句依据“{fact.name}”，但没有照原样写出“{plain(fact)}”"
    if len(found) == 1 and not rivals:
        near = around(text, found[0])
        meant = next((s for s in strangers if shared(s.name, near) >= max(2, shared(fact.name, near) + 1)), None)
        return (found[0], "") if meant is None else (None, f"这句里的“{found[0].text}”看来说的是“{meant.name}”")
    scored = [(shared(fact.name, around(text, amount)), amount) for amount in found]
    best = max(score for score, _ in scored)
    mine = [amount for score, amount in scored if score == best]
    if best >= _LEAST_SHARED and len(mine) == 1:
        near = around(text, mine[0])
        if all(shared(rival.name, near) < best for rival in rivals):
            return mine[0], ""
    named = "、".join(f"“{rival.name}”" for rival in rivals)
    why = f"这句里的“{found[0].text}”可能是{named}的" if named else f"这句里有{len(found)}处“{found[0].text}”"
    return None, f"{why}，分不清哪一处是“{fact.name}”"


def around(text: str, amount: Amount) -> str:
    """The words that tell what is counted: those right behind the figure, else those right before it."""
    others = [other for other in find_amounts(text) if other.start != amount.start]
    stop = min((other.start for other in others if other.start >= amount.end), default=len(text))
    behind = _JOINT.split(text[amount.end : stop])[0]
    named = _HAN.match(behind)
    if named is not None and len(named.group()) >= _LEAST_SHARED and not re.match("的|为|是|以上|以下|左右", behind):
        return named.group()
    begin = max((other.end for other in others if other.end <= amount.start), default=0)
    return _JOINT.split(text[begin : amount.start])[-1]


def shared(name: str, words: str) -> int:
    """The length of the longest stretch of characters that a fact's name and the words have in common."""
    stem = core(name)
    lengths = range(len(stem), 0, -1)
    return next(
        (size for size in lengths if any(stem[at : at + size] in words for at in range(len(stem) - size + 1))), 0
    )


def rewritten_figure(amount: Amount, old: Fact, new: Fact) -> str:
    """The figure with the new value, in the digits and with the unit of measure that stand there."""
    figure, was = figure_of(new), figure_of(old)
    numbers = find_numbers(amount.text)
    given = find_numbers(plain(new))
    if figure is None or len(numbers) != 1 or not given:
        return plain(new)
    number = numbers[0]
    unit = amount.text[number.end :]
    named = find_numbers(new.value)
    brought = bool(named) and bool(new.value[named[0].end :].strip())
    if was is not None and figure.unit and (brought or figure.unit != was.unit):
        unit = plain(new)[given[0].end :]
    value = given[0].text
    spelled = fold_digits(number.text) == number.text and not any(c.isdecimal() for c in number.text)
    whole = given[0].value == given[0].value.to_integral_value()
    if spelled and whole and 0 <= given[0].value <= _MOST_SPELLED:
        value = chinese_integer(int(given[0].value))
        value = "两" if value == "二" and unit else value
    elif number.text != fold_digits(number.text):
        value = value.translate(_WIDE)
    return amount.text[: number.start] + value + unit


def filled(text: str, start: int, end: int, value: str, brief: Brief) -> str:
    """The value in the place of a blank; words that it brings along and that stand there already are not doubled."""
    clause = _CLAUSE_START.split(text[:start])[-1]
    before = text[:start]
    if len(clause) > 1 and value.startswith((*brief.unit.named, clause[:2])):
        before = before[: len(before) - len(clause)]
    elif clause in brief.unit.named and not _OWN_VERB.match(value):
        before += "为"
    elif clause.endswith(("为", "是")) and value[0] in "为是系属":
        before = before[:-1]
    return before + value + text[end:]


def shares_of(text: str, fact: Fact, figure: Amount, new: Amount | None) -> Iterator[str]:
    """Shares of the fact that the sentence states: 9人，占实有人数的34.6%."""
    amounts = find_amounts(text)
    for share in (amount for amount in amounts if amount.unit == "%"):
        named = re.search(f"占[一-鿿]{{0,6}}{re.escape(core(fact.name))}[一-鿿]{{0,4}}$", text[: share.start])
        counts = [a for a in amounts if a.end <= share.start and a.unit == figure.unit and not a.ordinal]
        if named is None:
            continue
        if counts and new is not None and new.value and new.unit == figure.unit:
            value = round(counts[-1].value * 100 / new.value, 1).normalize()
            yield f"“{share.text}”是占“{fact.name}”的比例，按新数应为{value:f}%，请核对"
        else:
            yield f"“{share.text}”是占“{fact.name}”的比例，请重新计算"
