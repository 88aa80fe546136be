"""Who did it to whom: has a rewording exchanged the two? (科室检查党组 for 党组检查科室)"""

from __future__ import annotations

import re
from collections.abc import Sequence

from nigao.text.clauses import clauses
from nigao.text.content import content_words

# Acts that one body does to another; told the other way round they are another fact.
_ACTS = re.compile(
    "检查|抽查|督查|督促|督办|督导|指导|约谈|考核|监督|通报|提醒|批评|表扬|反馈|汇报|报告|移交|委托|培训|走访|访谈|邀请|帮助|协助|配合|支持|领导|管理|联系|审核|评议|推荐|派驻|授权"
)
# With one of these, who does it is told otherwise than by the order of words.
_TURNED = re.compile("[由被向对为给受经把将从与和同请让令]|接受|会同|联合")
# So much of all their content words two clauses share that tell the same act.
_SAME = 0.75


def exchanged_roles(sentence: str, evidence: str) -> list[tuple[int, int, str]]:
    """Clauses of the sentence (offsets) in which doer and done-to of the evidence's clause (third) are exchanged.

    Only where both clauses tell the act by plain word order, and the same two words stand around the same act.
    """
    found: list[tuple[int, int, str]] = []
    olds = clauses(evidence)
    for new in clauses(sentence):
        acts = {match.group() for match in _ACTS.finditer(new.text)}
        if not acts or _TURNED.search(new.text) or any(old.text == new.text for old in olds):
            continue
        for old in olds:
            told_alike = any(act in old.text for act in acts) and not _TURNED.search(old.text)
            if told_alike and _same_words(new.text, old.text) and _exchanged(new.text, old.text):
                found.append((new.start, new.end, old.text))
                break
    return found


def _same_words(new: str, old: str) -> bool:
    news, olds = ({word.text for word in content_words(text)} for text in (new, old))
    return len(news & olds) >= _SAME * len(news | olds) > 0


def _exchanged(new: str, old: str) -> bool:
    return any(
        (new_roles[0] & old_roles[1]) and (new_roles[1] & old_roles[0])
        for act in {match.group() for match in _ACTS.finditer(new)}
        if (new_roles := _roles(new, act)) and (old_roles := _roles(old, act))
    )


def _roles(clause: str, act: str) -> Sequence[frozenset[str]]:
    """The content words before and behind the act, where the clause holds it once."""
    if clause.count(act) != 1:
        return ()
    at = clause.index(act)
    before = frozenset(word.text for word in content_words(clause) if word.end <= at)
    behind = frozenset(word.text for word in content_words(clause) if word.start >= at + len(act))
    return (before, behind) if before and behind else ()
