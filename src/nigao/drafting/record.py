"""How a draft was made, as it is kept with the revision: the model, the prompts, the usage, whose words they are."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict, Field

from nigao.report.model import Repair, Sentence
from nigao.text.placeholders import has_own_placeholder


class _Kept(BaseModel):
    model_config = ConfigDict(extra="forbid")


class PromptRecord(_Kept):
    """A prompt used, by name and version; `sha256` (hex) is of its template."""

    name: str
    version: int
    sha256: str


class Usage(_Kept):
    """Calls and tokens. `estimated` is True where an endpoint did not report all of its tokens; `cost` is None where no
    prices are set.
    """

    calls: int = 0
    failed_calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    estimated: bool = False
    cost: float | None = None
    currency: str = ""


class Wording(_Kept):
    """Whose words the sentences are: the model's as first written, the model's after repair, the composer's (and the
    brief's), and blanks.
    """

    model: int = 0
    repaired: int = 0
    composed: int = 0
    placeholder: int = 0

    @classmethod
    def of(cls, sentences: Iterable[Sentence]) -> Wording:
        """Count the sentences."""
        counts = cls()
        for sentence in sentences:
            name = _sort(sentence)
            setattr(counts, name, getattr(counts, name) + 1)
        return counts


def _sort(sentence: Sentence) -> str:
    if has_own_placeholder(sentence.text):
        return "placeholder"
    if not sentence.worded_by:
        return "composed"
    return "repaired" if sentence.repair is Repair.REWRITTEN else "model"


class DraftRecord(_Kept):
    """How one draft was made with a model. `method` is how structured output was asked for; `troubles` tells in Chinese
    what did not work; a cancelled draft keeps what was finished.
    """

    model: str
    endpoint: str
    method: str = ""
    prompts: list[PromptRecord] = Field(default_factory=list)
    usage: Usage = Field(default_factory=Usage)
    wording: Wording = Field(default_factory=Wording)
    troubles: list[str] = Field(default_factory=list)
    cancelled: bool = False
