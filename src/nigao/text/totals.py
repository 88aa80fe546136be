"""Arithmetic that a text states of itself: totals with their parts, and shares with their counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from nigao.text.amounts import Amount, Rough, find_amounts

# 其中 begins the parts; 分别 and 包括 too, and so does a colon.
_PARTS_FOLLOW = re.compile("其中[：:，,]?|包括[：:]?|[：:]|分别(?:为|是)?|即")
_WHOLE = re.compile("(?:共|合计|总计|累计|总共|总数|总量|共计|共有|全年)[一-鿿]{0,8}$")
# 其中 without a claim to be complete names some of the parts only.
_SOME = re.compile("等|部分|有的|主要|重点|特别是|尤其|新增|以上|左右|余|多|约|近|超过")
_CLAUSE_END = re.compile("[。；！？\n]")
_STATES = re.compile(
    "已|完成|办结|整改|推进|正在|未|尚|启动|解决|持续|到位|销号|长期|合格|优秀|称职|良好|男|女|正|副|中|初|高|本科|大专|硕士|研究生|专科|以下"
)
_RATE = re.compile("(?P<name>[一-鿿]{2,8}率)(?:达到?|为|是|均?为|保持在|已达)?$")
_DONE = re.compile(
    "办结|完成|整改|合格|通过|参与|参加|到课|出席|满意|解决|答复|回复|销号|覆盖|到位|优良|达标|投票|签订|入库|开放|归档|处置|化解"
)


@dataclass(frozen=True, slots=True)
class Sum:
    """A total at `start:end` that its parts, `parts`, do not add up to: they make `made`."""

    start: int
    end: int
    written: str
    parts: tuple[str, ...]
    made: str


def wrong_totals(sentence: str) -> list[Sum]:
    """Totals of the sentence whose parts, all in the same unit and told to be all of them, make another number."""
    amounts = [a for a in find_amounts(sentence) if a.unit and not a.ordinal and a.unit != "%"]
    found: list[Sum] = []
    for i, whole in enumerate(amounts):
        parts = _parts_of(sentence, whole, amounts[i + 1 :])
        if len(parts) < 2 or whole.rough is not Rough.NO:
            continue
        made = sum((part.value for part in parts), Decimal(0))
        if made != whole.value and _are_all(sentence, whole, parts, made):
            found.append(
                Sum(
                    whole.start,
                    whole.end,
                    whole.text,
                    tuple(p.text for p in parts),
                    _plain(made) + whole.text[_digits(whole) :],
                )
            )
    return found


def _digits(amount: Amount) -> int:
    return next((i for i, c in enumerate(amount.text) if not (c.isdecimal() or c in ".,，")), len(amount.text))


def _parts_of(sentence: str, whole: Amount, after: list[Amount]) -> list[Amount]:
    """The figures behind 其中 or a colon, in the total's unit, up to the end of the sentence or another total."""
    opening = _PARTS_FOLLOW.search(sentence, whole.end)
    if opening is None or _CLAUSE_END.search(sentence, whole.end, opening.end()) or opening.start() - whole.end > 12:
        return []
    stop = _CLAUSE_END.search(sentence, opening.end())
    end = stop.start() if stop is not None else len(sentence)
    parts = [a for a in after if opening.end() <= a.start < end]
    if any(a.unit == whole.unit and a.start < opening.end() for a in after):
        return []
    listed = [part for part in parts if part.unit == whole.unit]
    if "其中" in sentence[opening.end() : end] or _WHOLE.search(sentence[opening.end() : end]):
        return []
    return listed if all(part.rough is Rough.NO for part in listed) else []


def _are_all(sentence: str, whole: Amount, parts: list[Amount], made: Decimal) -> bool:
    """Whether the parts claim to be all of it: more than the whole in any case; less, where nothing says 等 and
    the words tell states that leave none out, or 分别 or a colon lists them.
    """
    told = sentence[whole.end : parts[-1].end + 8]
    if _SOME.search(_CLAUSE_END.split(told)[0]):
        return made > whole.value and "等" not in told
    opening = _PARTS_FOLLOW.search(told)
    if made > whole.value:
        return opening is not None and (opening.group()[0] != "即" and len({p.value for p in parts}) > 0)
    if opening is None:
        return False
    named = [sentence[a.end : b.start] for a, b in zip([whole, *parts], parts, strict=False)]
    complete = sum(bool(_STATES.search(words)) for words in named) >= len(parts) - 1 and len(parts) >= 3
    return opening.group()[0] in "：:分即包" or complete or bool(re.search("未|尚|其余|剩余|另", told))


@dataclass(frozen=True, slots=True)
class Share:
    """A percentage at `start:end` that the two counts before it do not make: they make `made`."""

    start: int
    end: int
    written: str
    counts: tuple[str, str]
    made: str


def wrong_shares(sentence: str) -> list[Share]:
    """Rates of the sentence (办结率98%) that its own two counts (收到50件，办结47件) do not make."""
    amounts = find_amounts(sentence)
    found: list[Share] = []
    for share in amounts:
        name = _RATE.search(sentence[max(0, share.start - 14) : share.start])
        if share.unit != "%" or share.rough is not Rough.NO or name is None:
            continue
        done = _DONE.search(name["name"])
        counts = [a for a in amounts if a.end <= share.start and a.unit and a.unit != "%" and not a.ordinal]
        if done is None or len(counts) != 2 or counts[0].unit != counts[1].unit:
            continue
        whole, part = sorted(counts, key=lambda a: -a.value)
        if any(a.rough is not Rough.NO for a in counts) or not whole.value:
            continue
        if done.group() not in sentence[max(0, part.start - 6) : part.start] + sentence[part.end : part.end + 4]:
            continue
        made = part.value * 100 / whole.value
        if not _rounds_to(made, share.value):
            found.append(
                Share(share.start, share.end, share.text, (whole.text, part.text), f"{_plain(_rounded(made, 1))}%")
            )
    return found


def _rounds_to(made: Decimal, told: Decimal) -> bool:
    """Whether the share, rounded or cut off to as many places as are told, is what is told."""
    exponent = told.normalize().as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    return abs(made - told) < Decimal(1).scaleb(-places)


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")


# 提高12%, 同比下降3%, 占全部的40%, 满意率96%: each says of what it is a share.
_BASE = re.compile(
    "率|占|比重|比例|同比|环比|比上年|比去年|较|相比|[增升降减涨跌缩]|精简|扣除|加计|价|提高|下降|超过|达到?|覆盖|完成|其中|的[一-鿿]|中|为|均|以上|目标|指标|任务|进度|幅|度|至|到|股|利|税|折|成"
)


def bare_shares(sentence: str) -> Iterator[Amount]:
    """Percentages of which nothing around tells what they are a share of."""
    for share in find_amounts(sentence):
        if share.unit != "%":
            continue
        clause = _around(sentence, share)
        if not _BASE.search(clause):
            yield share


def _around(sentence: str, amount: Amount) -> str:
    before = re.split("[。；！？\n]", sentence[: amount.start])[-1]
    after = re.split("[，。；！？\n]", sentence[amount.end :])[0]
    return before + after
