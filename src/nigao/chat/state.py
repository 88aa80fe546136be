"""What a conversation remembers between turns; it is kept with each turn, so that a session outlives its process."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from nigao.chat.commands import Command
from nigao.chat.events import Option, Verdict
from nigao.report.model import Sentence
from nigao.report.places import Place


class _Kept(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Proposal(_Kept):
    """A proposed sentence (`now`, None where one is to go) for the item at `place`: `was` are the sentences whose place
    it takes, `behind` the one that it follows where it takes none's.
    """

    number: int
    place: Place
    was: list[str] = Field(default_factory=list)
    behind: str = ""
    now: Sentence | None = None
    verdict: Verdict = Verdict.PASSED
    reasons: list[str] = Field(default_factory=list)


class SessionState(_Kept):
    """`seen` is the revision that the person last saw; `focus` what was last shown or changed; `waiting` the command
    that a yes would carry out, as it was `shown`; `proposals` those of a model still undecided; `options` the readings
    offered by the last question. `units` are the names of the unit that its author spoke for when it began, empty for
    the whole office; `door` is where it is held, empty for what people use.
    """

    report_id: str = ""
    units: tuple[str, ...] = ()
    door: str = ""
    seen: int = 0
    focus: Place | None = None
    last: Command | None = None
    waiting: Command | None = None
    shown: list[str] = Field(default_factory=list)
    proposals: list[Proposal] = Field(default_factory=list)
    options: list[Option] = Field(default_factory=list)

    @property
    def waits_for(self) -> Literal["", "confirm", "proposal", "question"]:
        """What kind of answer the next turn may be."""
        if self.waiting is not None:
            return "confirm"
        if self.proposals:
            return "proposal"
        return "question" if self.options else ""
