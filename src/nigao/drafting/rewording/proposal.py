"""A model's answer as sentences with what they rest on, and what is wrong with them before any rule is asked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from nigao.corpus.instructions import looks_like_instruction
from nigao.drafting.candidates import Candidate, cited
from nigao.drafting.rewording.answers import Line, clean
from nigao.drafting.rewording.offer import Evidence
from nigao.drafting.rewording.tasks import Slot
from nigao.report.brief import Brief, Fact
from nigao.report.model import Origin, Sentence
from nigao.text.placeholders import find_placeholders

_HAN = re.compile("[一-鿿]")
_LETTER = re.compile(r"[^\W\d_]")
_LONGEST = 200
_SHORTEST = 12
_SHORTEST_TOPIC = 5
_LONGEST_TOPIC = 45


@dataclass(slots=True)
class Proposed:
    """One sentence that the model wants at a slot. `faults` keep it out, `advice` does not; both are told to the model.

    `mended` is True once the model has handed it in again; `was` is how it first stood, `first_reasons` why it could
    not.
    """

    slot: Slot
    is_topic: bool
    sentence: Sentence
    faults: list[str] = field(default_factory=list)
    advice: list[str] = field(default_factory=list)
    own_faults: list[str] = field(default_factory=list)
    mended: bool = False
    was: str = ""
    first_reasons: list[str] = field(default_factory=list)

    @property
    def reasons(self) -> list[str]:
        """All that is wrong, the worst first."""
        return [*self.own_faults, *self.faults, *self.advice]

    @property
    def fails(self) -> bool:
        """Whether it may not stand."""
        return bool(self.own_faults or self.faults)


def propose(
    slot: Slot, is_topic: bool, line: Line, offered: dict[str, Evidence], brief: Brief, worded_by: str
) -> list[Proposed]:
    """A line of the answer as proposed sentences; an empty line is none, a topic one sentence whatever it holds."""
    texts = clean(line.text, list(offered))
    if is_topic and len(texts) > 1:
        texts = ["".join(texts)]
    return [_proposed(slot, is_topic, text, line.keys, offered, brief, worded_by) for text in texts]


def _proposed(
    slot: Slot,
    is_topic: bool,
    text: str,
    keys: list[str],
    offered: dict[str, Evidence],
    brief: Brief,
    worded_by: str,
) -> Proposed:
    known = [offered[key] for key in dict.fromkeys(keys) if key in offered]
    unknown = [key for key in dict.fromkeys(keys) if key not in offered]
    sentence = _resting_on(text, known, brief)
    sentence.worded_by = worded_by
    # A topic sentence or a fact may be short; what tells of a doing is not.
    brief_one = is_topic or sentence.origin is Origin.FACT
    faults = _faults(text, _LONGEST_TOPIC if is_topic else _LONGEST, _SHORTEST_TOPIC if brief_one else _SHORTEST)
    if unknown:
        faults.append(f"编号 {'、'.join(key[:20] for key in unknown[:5])} 不在给出的编号之中")
    if not keys:
        faults.append("没有注明依据的编号")
    return Proposed(slot, is_topic, sentence, own_faults=faults, was=text)


def _resting_on(text: str, known: list[Evidence], brief: Brief) -> Sentence:
    facts = [piece for piece in known if isinstance(piece, Fact)]
    if facts:
        return Sentence(text=text, origin=Origin.FACT, facts=[fact.name for fact in facts])
    return cited(text, [piece for piece in known if isinstance(piece, Candidate)], brief)


def _faults(text: str, longest: int, shortest: int) -> list[str]:
    """What is wrong with a sentence by itself."""
    letters, han = len(_LETTER.findall(text)), len(_HAN.findall(text))
    faults: list[str] = []
    if han < 4 or han < 0.6 * letters:
        faults.append("不是完整的中文句子")
    if len(text) > longest:
        faults.append("太长")
    if len(text) < shortest:
        faults.append("太短，不是完整的句子")
    if find_placeholders(text):
        faults.append("不要写待补标记，没有材料的不写")
    if looks_like_instruction(text) or "依据 编号" in text or "<" in text:
        faults.append("不是报告的内容")
    if any(text.count(one) != text.count(other) for one, other in ("“”", "《》", "（）", "〔〕")):
        faults.append("引号、书名号或括号不成对")
    return faults
