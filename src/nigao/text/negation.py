"""Does a rewording deny what its evidence states, or state what it denies? (未办结 told as 办结, 发现 as 未发现)"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from nigao.text.clauses import Clause, clauses, shared

# Words that hold a negating character and deny nothing.
_NO_DENIAL = re.compile(
    "不断|不仅|不但|不只|不单|不同|不动产|不定期|不论|不管|不良|不懈|不忘|不折不扣|不难|不愧|不妨|不免|不禁|不惜|不一|不久|不时|不朽|不外|不由得"
    "|不打折扣|不遗余力|不利|不正之风|不文明|无论|无障碍|无纸化|无偿|无缝|无线|无人机|无私|无疑|无微不至|无形|无党派|未来|未成年|未婚|从无到有|有无|是否|能否|与否"
    "|毫不|莫不|无不|无一不|不可不|不得不|不能不|不可或缺|必不可少|办不成事|不见面|不打烊|不停歇|不掉队|零距离"
)
_DENIAL = re.compile(
    "不够(?=[一-鿿])|尚未|并未|从未|未曾|未能|没有|没能|不曾|不再|不得|不准|不能|不会|不予|不可|不宜|未|没(?!收)|无|不"
)
# Between the denial and what is denied: 没有完全共享, 未及时整改.
_BETWEEN = re.compile(
    "能够|能|曾|再|被|予以|及时|充分|完全|全部|全面|有效|存在|按时|按期|按要求|按规定|真正|很好|认真|深入|进行|开展|做到|实现|出现(?=超|违)|发生(?=超|违)"
)
# A clause with one of these denies or takes back what follows it.
_TAKES_BACK = re.compile(
    "避免|防止|杜绝|减少|取消|停止|拒绝|解决|缓解|消除|纠正|清理|清退|克服|禁止|严禁|停用|暂缓|缺少|缺乏|欠缺|难以|很少|零|非|免|反对|破除|防范|破解|整治|纠治|防"
)
_LACK = re.compile(
    "不够|不足|不多|不强|不高|不深|不严|不实|不细|不大|不全|不力|不畅|不到位|不及时|不平衡|不明显|不熟|偏少|偏弱|偏慢|欠缺|缺乏|有待|差距|滞后|薄弱|空档|缺失|0[件次个起]|为零"
)
_HAN = re.compile("[一-鿿]+")
# 业务不熟 and 业务较熟: a lack told by one character behind its noun.
_SHORT_LACK = re.compile(r"([一-鿿]{2})不([强高深严实细熟准齐清明稳紧])(?![一-鿿])")
_MASK = "\1"
_REACH = 14
_SAME = 0.5


@dataclass(frozen=True, slots=True)
class Denial:
    """Words at `start:end` of the sentence that clause `old` of the evidence denies, or, if `added`, does not."""

    start: int
    end: int
    word: str
    added: bool
    old: str


def turned_denials(sentence: str, evidence: str) -> list[Denial]:
    """Where one of the two denies what the other, in the clause that it rewords, states."""
    return list(_turned_denials(sentence, evidence))


@lru_cache(maxsize=2048)
def _turned_denials(sentence: str, evidence: str) -> tuple[Denial, ...]:
    olds = [clause for clause in clauses(evidence) if _HAN.search(clause.text)]
    found: list[Denial] = []
    for new in clauses(sentence):
        near = sorted(((shared(new.text, old.text, _DENIAL), old) for old in olds), key=lambda pair: -pair[0])
        same = [(score, old) for score, old in near if score >= _SAME]
        found.extend(_turned(new, same))
    return tuple(found)


def _turned(new: Clause, same: list[tuple[float, Clause]]) -> Iterator[Denial]:
    for score, old in same:
        if new.text == old.text:
            return
        # Two denials cancel each other: 未经审核不得发布 for 经审核方可发布.
        count, other_count = _count(new.text), _count(old.text)
        if max(count, other_count) > 1 and (count - other_count) % 2 == 0:
            continue
        # Another clause, as near, says the same as the new one.
        rivals = [other for rival, other in same if rival >= score and other is not old]
        for word in _denied(old.text):
            if _stated(new.text, word) and not any(_stated(rival.text, word) for rival in rivals):
                at = new.start + new.text.find(word)
                yield Denial(at, at + len(word), word, False, old.text)
                return
        for word in _denied(new.text):
            if _stated(old.text, word) and not any(_denies(other.text, word) for _, other in same):
                at = new.start + new.text.find(word)
                yield Denial(at, at + len(word), word, True, old.text)
                return


def _count(text: str) -> int:
    return len(_DENIAL.findall(_NO_DENIAL.sub("", text)))


def _denied(text: str) -> list[str]:
    """The two characters behind each denial of the text, or three of 业务熟 from 业务不熟."""
    plain = _NO_DENIAL.sub(lambda match: _MASK * len(match.group()), text)
    denials = list(_DENIAL.finditer(plain))
    words = [match.group(1) + match.group(2) for match in _SHORT_LACK.finditer(plain)]
    for match in denials:
        at = match.end()
        # 不充分 denies the 充分 itself.
        while match.group()[0] != "不" and (skipped := _BETWEEN.match(plain, at)):
            if not _HAN.match(plain[skipped.end() : skipped.end() + 2]) or len(plain) - skipped.end() < 2:
                break
            at = skipped.end()
        word = plain[at : at + 2]
        if len(word) == 2 and _HAN.fullmatch(word):
            words.append(word)
    return words


def _stated(text: str, word: str) -> bool:
    """Whether the text has the word and nowhere denies it."""
    return _occurs(text, word) and not _denies(text, word)


def _occurs(text: str, word: str) -> bool:
    return bool(_places(text, word))


def _places(text: str, word: str) -> list[int]:
    if len(word) == 3:
        return [m.start() for m in re.finditer(f"{word[:2]}[较很更更加比明显]{{0,2}}{word[2]}", text)]
    return [m.start() for m in re.finditer(re.escape(word), text)]


def _denies(text: str, word: str) -> bool:
    plain = _NO_DENIAL.sub(lambda match: _MASK * len(match.group()), text)
    for at in _places(text, word):
        ahead = plain[max(0, at - _REACH) : at].rpartition("、")[2]
        behind = plain[at:].partition("、")[0]
        if _DENIAL.search(ahead) or _TAKES_BACK.search(ahead) or _LACK.search(behind):
            return True
    short = len(word) == 3 and f"{word[:2]}不{word[2]}" in plain
    return short or bool(re.search(f"(?:{_DENIAL.pattern}){re.escape(word)}", plain))
