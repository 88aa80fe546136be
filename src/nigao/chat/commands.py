"""What a turn of the conversation may ask for: one typed command, whatever words it was said in.

Places count from 1 as people do (`report.places.Place`). A command says what is wanted; whether it can be done on the
report as it stands is for the session to find out.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from nigao.report.places import Place


class _Command(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DraftCommand(_Command):
    """Draft: the whole report (`brief` names the file where a new one is wanted), a part or an item anew."""

    verb: Literal["draft"] = "draft"
    place: Place = Place()
    brief: str = ""


class ReviseCommand(_Command):
    """Word a place anew. `characters` is the length wanted; `instruction` the editor's own words for `rewrite`."""

    verb: Literal["revise"] = "revise"
    place: Place
    how: Literal["shorten", "lengthen", "rewrite", "tone"]
    characters: int | None = Field(default=None, ge=1, le=20000)
    instruction: str = ""


class WriteCommand(_Command):
    """Put an editor's own words at a place: a sentence, a heading (sentence 0), an item's or a part's text."""

    verb: Literal["write"] = "write"
    place: Place
    text: str = Field(min_length=1)


class AddCommand(_Command):
    """Add an item (`what` item) or a sentence. `place` is what it goes into, or what it goes behind where `behind`.

    `text` are the editor's own words; else `about` says what the corpus is asked for.
    """

    verb: Literal["add"] = "add"
    what: Literal["item", "sentence"]
    place: Place
    behind: bool = False
    text: str = ""
    about: str = ""


class DeleteCommand(_Command):
    """Take out items, points or sentences."""

    verb: Literal["delete"] = "delete"
    places: tuple[Place, ...] = Field(min_length=1)


class MoveCommand(_Command):
    """Move an item or a sentence before or behind another, or (`into`) to the end of a part or item."""

    verb: Literal["move"] = "move"
    place: Place
    where: Literal["before", "behind", "into"]
    to: Place


class SwapCommand(_Command):
    """Let two items or two sentences change places."""

    verb: Literal["swap"] = "swap"
    one: Place
    other: Place


class SplitCommand(_Command):
    """Make two items of one; the second begins with the sentence of `place`, or by default in the middle."""

    verb: Literal["split"] = "split"
    place: Place


class MergeCommand(_Command):
    """Make one of several items, or of several sentences, in the place of the first."""

    verb: Literal["merge"] = "merge"
    places: tuple[Place, ...] = Field(min_length=2)


class ReplaceCommand(_Command):
    """Write one term for another within `place`, wherever it is the same thing."""

    verb: Literal["replace"] = "replace"
    old: str = Field(min_length=1)
    new: str
    place: Place = Place()


class SetFactCommand(_Command):
    """Set or change a fact of the brief. `old` is the value that it is said to have had; `unit` where one was said."""

    verb: Literal["set_fact"] = "set_fact"
    name: str = Field(min_length=1)
    value: str = Field(min_length=1)
    old: str = ""
    source: str = ""
    as_of: str = ""


class PairCommand(_Command):
    """Record which problems a measure answers."""

    verb: Literal["pair"] = "pair"
    measure: int = Field(ge=1)
    problems: tuple[int, ...] = Field(min_length=1)


class AskCommand(_Command):
    """Answer a question from the corpus."""

    verb: Literal["ask"] = "ask"
    question: str = Field(min_length=1)


class ShowCommand(_Command):
    """Show a place, or something about the report."""

    verb: Literal["show"] = "show"
    what: Literal["text", "outline", "history", "placeholders", "facts", "proposals", "status"] = "text"
    place: Place = Place()


class WhyCommand(_Command):
    """Tell what a sentence (or every sentence of a place) rests on."""

    verb: Literal["why"] = "why"
    place: Place


class CheckCommand(_Command):
    """Check the report, and tell of one place or of all."""

    verb: Literal["check"] = "check"
    place: Place = Place()


class FixCommand(_Command):
    """Make the safe corrections that the checks propose, of all rules or of one."""

    verb: Literal["fix"] = "fix"
    code: str = ""


class WaiveCommand(_Command):
    """Let a finding stand, with the reason: in one place, or by default in the whole report."""

    verb: Literal["waive"] = "waive"
    codes: tuple[str, ...] = Field(min_length=1)
    reason: str = ""
    place: Place = Place()


class LockCommand(_Command):
    """Lock a place: no command changes its sentences until it is unlocked."""

    verb: Literal["lock"] = "lock"
    place: Place


class UnlockCommand(_Command):
    """Unlock a place; of the whole report by default."""

    verb: Literal["unlock"] = "unlock"
    place: Place = Place()


class UndoCommand(_Command):
    """Take back the last changes: one's own, or with `others` whoever made them."""

    verb: Literal["undo"] = "undo"
    steps: int = Field(default=1, ge=1, le=100)
    others: bool = False


class RedoCommand(_Command):
    """Make again what was taken back, as `undo` does."""

    verb: Literal["redo"] = "redo"
    steps: int = Field(default=1, ge=1, le=100)
    others: bool = False


class RestoreCommand(_Command):
    """Go back to an earlier revision, as a new one."""

    verb: Literal["restore"] = "restore"
    revision: int = Field(ge=1)


class CompareCommand(_Command):
    """Tell how two revisions differ; by default the last two, or the one named and the latest."""

    verb: Literal["compare"] = "compare"
    old: int | None = Field(default=None, ge=1)
    new: int | None = Field(default=None, ge=1)


class ExportCommand(_Command):
    """Write files by suffix; `files` are names, or bare suffixes (`.docx`) for a name of the report's own."""

    verb: Literal["export"] = "export"
    files: tuple[str, ...] = (".docx",)


class SubmitCommand(_Command):
    """Hand the report in for sign-off (送审)."""

    verb: Literal["submit"] = "submit"


class ApproveCommand(_Command):
    """Sign the report off (签发)."""

    verb: Literal["approve"] = "approve"


class ConfirmCommand(_Command):
    """Yes: do what was shown and asked for."""

    verb: Literal["confirm"] = "confirm"


class CancelCommand(_Command):
    """No: forget what was shown, proposed or asked."""

    verb: Literal["cancel"] = "cancel"


class AcceptCommand(_Command):
    """Take proposed sentences, by their numbers in the proposal; without numbers all that passed the checks."""

    verb: Literal["accept"] = "accept"
    numbers: tuple[int, ...] = ()


class RejectCommand(_Command):
    """Refuse proposed sentences; without numbers all of them."""

    verb: Literal["reject"] = "reject"
    numbers: tuple[int, ...] = ()


class HelpCommand(_Command):
    """Tell what can be said, or about one verb."""

    verb: Literal["help"] = "help"
    about: str = ""


Command = Annotated[
    DraftCommand
    | ReviseCommand
    | WriteCommand
    | AddCommand
    | DeleteCommand
    | MoveCommand
    | SwapCommand
    | SplitCommand
    | MergeCommand
    | ReplaceCommand
    | SetFactCommand
    | PairCommand
    | AskCommand
    | ShowCommand
    | WhyCommand
    | CheckCommand
    | FixCommand
    | WaiveCommand
    | LockCommand
    | UnlockCommand
    | UndoCommand
    | RedoCommand
    | RestoreCommand
    | CompareCommand
    | ExportCommand
    | SubmitCommand
    | ApproveCommand
    | ConfirmCommand
    | CancelCommand
    | AcceptCommand
    | RejectCommand
    | HelpCommand,
    Field(discriminator="verb"),
]
command_adapter: TypeAdapter[Command] = TypeAdapter(Command)


def places_of(command: Command) -> list[Place]:
    """Every place that the command names."""
    found: list[Place] = []
    for name in type(command).model_fields:
        value = getattr(command, name)
        if isinstance(value, Place):
            found.append(value)
        elif isinstance(value, tuple):
            found += [one for one in value if isinstance(one, Place)]
    return found
