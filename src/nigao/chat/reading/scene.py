"""What a turn is read against, and what reading it comes to: a command, or a question back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from nigao.chat.commands import Command
from nigao.report.brief import Brief
from nigao.report.kinds import Kind
from nigao.report.model import Report
from nigao.report.places import Place

Pending = Literal["confirm", "proposal", "question", ""]


@dataclass(frozen=True, slots=True)
class Scene:
    """What stands before the editor. `focus` is what was acted on or shown last; `options` what the last question
    offered; `pending` what an answer is awaited to.
    """

    report: Report | None
    kind: Kind
    brief: Brief | None = None
    focus: Place | None = None
    last: Command | None = None
    pending: Pending = ""
    options: tuple[Command, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A command, or (`command` None) a question with the readings that come nearest, as label and command."""

    command: Command | None = None
    question: str = ""
    nearest: tuple[tuple[str, Command], ...] = ()
