"""What a reading process may answer: nothing of it is believed before it was checked."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from nigao.corpus.limits import AdmissionLimits
from nigao.corpus.model import RefusalReason
from nigao.corpus.readers.source import Block, BlockKind, SourceText

_Line = Annotated[str, Field(max_length=400)]


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class TextAnswer(_Answer):
    """The file was read: its blocks as (start, end, level, kind, label) in the text, which is the frame's body."""

    answer: Literal["text"]
    blocks: list[tuple[int, int, int, BlockKind, _Line]]
    margins: list[str]


class RefusalAnswer(_Answer):
    """The file was refused on purpose."""

    answer: Literal["refusal"]
    message: _Line
    reason: RefusalReason
    fix: _Line


class ConvertAnswer(_Answer):
    """The file is of an old format, named by its suffix, and is to be converted first."""

    answer: Literal["convert"]
    suffix: Annotated[str, Field(pattern=r"^\.[a-z]{1,8}$")]


class FailureAnswer(_Answer):
    """The reader gave up: `memory`, `depth` (nested too deeply), or the name of an exception that none should be."""

    answer: Literal["failure"]
    what: Annotated[str, Field(pattern=r"^\w{1,80}$")]


Answer = TextAnswer | RefusalAnswer | ConvertAnswer | FailureAnswer
_ANSWERS: TypeAdapter[Answer] = TypeAdapter(Annotated[Answer, Field(discriminator="answer")])


def read_answer(head: bytes) -> Answer:
    """The answer that a head tells. Raises ValueError for anything else."""
    return _ANSWERS.validate_json(head)


def source_text(told: TextAnswer, body: bytes, name: str, limits: AdmissionLimits) -> SourceText:
    """The text with its blocks, which hold all that a SourceText promises. Raises ValueError where they do not."""
    text = body.decode()
    beside = sum(map(len, told.margins))
    if max(len(text), beside) > limits.max_chars or len(told.blocks) > limits.max_blocks:
        raise ValueError("more than a reader gives")
    blocks: list[Block] = []
    offset = 0
    for start, end, level, kind, label in told.blocks:
        words = text[start:end]
        if not (offset <= start < end <= len(text) and 0 <= level <= 4):
            raise ValueError("a block out of place")
        if text[offset:start].strip() or words != words.strip() or len(words.splitlines()) != 1:
            raise ValueError("text outside the blocks, or a block that is no line")
        blocks.append(Block(words, start, end, level, kind, label))
        offset = end
    if text[offset:].strip():
        raise ValueError("text behind the last block")
    return SourceText(name, text, tuple(blocks), tuple(told.margins))
