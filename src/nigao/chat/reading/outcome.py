"""What one part of the grammar makes of a turn, before it is decided whether to act or to ask."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from nigao.chat.commands import Command


@dataclass(slots=True)
class Outcome:
    """`sure` are commands that the words say; `near` what they may have meant; `why` what was not understood."""

    sure: list[Command] = field(default_factory=list)
    near: list[Command] = field(default_factory=list)
    why: str = ""

    def __bool__(self) -> bool:
        return bool(self.sure or self.near or self.why)

    @classmethod
    def of(cls, *commands: Command) -> Outcome:
        """What was said plainly."""
        return cls(sure=list(commands))

    @classmethod
    def asking(cls, why: str, near: Iterable[Command] = ()) -> Outcome:
        """What has to be asked."""
        return cls(near=list(near), why=why)
