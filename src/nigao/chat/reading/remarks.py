"""What is only remarked beside a wish: in 这一条有点杂，拆成两条吧 the second clause wishes, the first names the place.

A turn that is not understood as a whole is read clause by clause. One clause must say the wish in known words, all of
it; the others are left out but for the places that they name. They may forbid, bind, report or ask nothing, and hold no
figures and no words of the editor's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from nigao.chat.commands import Command
from nigao.chat.reading.outcome import Outcome
from nigao.chat.reading.pieces import loose
from nigao.chat.reading.skeleton import PLACE
from nigao.chat.reading.turn import Turn
from nigao.chat.reading.wordlists import any_of

_CLAUSE = re.compile(r"[^，,。；;！!]+")
_MOST, _LONGEST = 4, 24
# Behind a colon or in quotation marks stand the editor's own words: there nothing is a remark.
_OWN_WORDS = re.compile('[：:“”"「」？?SLRCFQ]')
# Words that forbid, set a condition or a time, report what others say, weigh, or ask.
_BINDS = re.compile(
    any_of(
        """
        别(?![的人处]) 不[要许得准用必能该] 勿 莫 甭 先不 没必要 算了 慢着 等等 等一下 如果 要是 假如 假使 倘若 若(?!干)
        假设 万一 除非 只要 只有 哪怕 即使 的话 比如 例如 譬如 等.*[再后] 以后 之后 之前 以前 前$ 后$ 完$ 明天 下周
        改天 回头
        昨天 曾 说(?!明) 讲(?!话) 认为 觉得 建议 问(?![题了过]) 吗 呢 什么(?!用|的|大) 怎么 哪 谁 几 多少 是否 是不是
        要不要
        该不该 能不能 可不可以 为何 可能 也许 或者 讨论 考虑 打算 准备 计划 把 将 还没 尚未
        """
    )
)
_DENIES = re.compile("[不没未无非]")
# What such a verb says of what was done or is seen takes nothing away from the wish.
_HARMLESS = frozenset(
    ("show", "status", "help", "facts", "outline", "why", "placeholders", "resize", "compare", "pair", "check")
)
# What looks something up is not told from a remark by its clause alone.
_OUTSIDE = frozenset(("ask", "help"))


def read(turn: Turn, understand: Callable[[Turn], Outcome]) -> Outcome:
    """The one command that a clause says by itself, with the places of the others; empty where there is none."""
    clauses = [found.group() for found in _CLAUSE.finditer(turn.said.typed)]
    if not 1 < len(clauses) <= _MOST:
        return Outcome()
    spans = [(start, end) for start in range(len(clauses)) for end in range(start + 1, len(clauses) + 1)]
    found: dict[Command, None] = {}
    for start, end in spans:
        if end - start < len(clauses):
            said = "，".join(clauses[start:end])
            found |= dict.fromkeys(_wishes(turn, said, clauses[:start] + clauses[end:], understand))
    return Outcome.of(*found) if len(found) == 1 else Outcome()


def _wishes(turn: Turn, said: str, beside: list[str], understand: Callable[[Turn], Outcome]) -> Iterator[Command]:
    remarks = [Turn(clause, turn.scene) for clause in beside]
    wish = Turn(said, turn.scene)
    if not all(_is_remark(remark) for remark in remarks):
        # A no is one whatever is said beside it.
        yield from (command for command in understand(wish).sure if command.verb == "cancel")
        return
    places = [place for remark in remarks for place in _places(remark)]
    # Two clauses that both name places are two wishes, or say where from and where to.
    if places and (wish.skeleton.mentions or len([r for r in remarks if r.skeleton.mentions]) > 1):
        return
    if places:
        wish = Turn("和".join(places) + wish.said.typed, turn.scene)
    outcome = understand(wish)
    if len(outcome.sure) == 1 and not outcome.why and _may_stand(outcome.sure[0], turn):
        yield outcome.sure[0]


def _may_stand(command: Command, turn: Turn) -> bool:
    """Whether a clause alone may say it; a yes only where one is waited for."""
    waited_for = {"accept": "proposal", "confirm": "confirm"}.get(command.verb)
    return command.verb not in _OUTSIDE if waited_for is None else turn.scene.pending == waited_for


def _is_remark(remark: Turn) -> bool:
    text = remark.text
    if len(text) > _LONGEST or _OWN_WORDS.search(text) or _BINDS.search(text) or re.search(r"\d", text):
        return False
    verbs = set(loose(text)) - _HARMLESS
    # 这条删了不合适 denies what the wish may say; 没什么用 denies nothing of it.
    return not verbs or not (_DENIES.search(text) or PLACE in text)


def _places(remark: Turn) -> Iterator[str]:
    """The places that a remark names, in its own words."""
    for slot in remark.skeleton.slots:
        if slot.mention is not None and (slot.start == 0 or not slot.mention.weak):
            yield remark.said.verbatim(slot.start, slot.end)
