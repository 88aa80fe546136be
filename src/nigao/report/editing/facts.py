"""A fact of the brief set or changed: the sentences that rest on it change, nothing that is equal by chance does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pydantic import BaseModel, ConfigDict, Field

from nigao.errors import EditError
from nigao.report.brief import Brief, Fact
from nigao.report.editing.change import changing
from nigao.report.editing.fields import ASKED_BY, DATE, FIELDS, UNIT, field_value, lines_of, with_field
from nigao.report.editing.figures import (
    around,
    choose,
    core,
    figure_of,
    figures_like,
    filled,
    plain,
    rewritten_figure,
    shared,
    shares_of,
)
from nigao.report.editing.sums import reckon
from nigao.report.editing.wholewords import standing
from nigao.report.model import Origin, Report, Sentence
from nigao.report.places import TITLE, Place, place_of, told
from nigao.text.amounts import Amount, find_amounts
from nigao.text.placeholders import find_placeholders, wanted

# A value told in so many characters is no chance agreement.
_TELLING = 4
_ALL_OF = re.compile("(?:全体|全部|所有|全员)$")


class _Told(BaseModel):
    model_config = ConfigDict(extra="forbid")

    place: Place
    where: str


class FactSentence(_Told):
    """A sentence that changes from `before` to `after`; `along` tells which totals and shares were reckoned anew."""

    before: str
    after: str
    along: list[str] = Field(default_factory=list)


class FactNote(_Told):
    """A sentence for a person to look at, and why."""

    text: str
    why: str


class FactChange(BaseModel):
    """What a new value does. `brief` is the brief with it; `old` is empty where the fact was missing.

    `sentences` rest on the fact and change; `flagged` rest on it, or are reckoned from it, and cannot be changed
    safely; `others` state the same value of the same thing without resting on it, and are left.
    """

    model_config = ConfigDict(extra="forbid")

    name: str
    old: str
    new: str
    brief: Brief
    sentences: list[FactSentence] = Field(default_factory=list)
    flagged: list[FactNote] = Field(default_factory=list)
    others: list[FactNote] = Field(default_factory=list)


def affected(report: Report, brief: Brief, name: str, new_fact: Fact) -> FactChange:
    """What changes with a new value of the fact `name`, or of a field of the brief (`fields.FIELDS`); nothing does yet.

    A blank (`【待补：name】`) is filled. Raises EditError where the value is the one it has, or is no such field's.
    """
    return _Plan(report, brief, name, new_fact).change


def apply_fact(report: Report, brief: Brief, name: str, new_fact: Fact) -> FactChange:
    """Make the change that `affected` tells. The brief is not touched: the answer has the new one. Raises EditError."""
    plan = _Plan(report, brief, name, new_fact)
    with changing(report):
        for sentence, text, filled in plan.edits:
            sentence.text = text
            if filled and plan.change.name not in sentence.facts:
                sentence.facts.append(plan.change.name)
            if filled and sentence.origin is Origin.CONNECTIVE:
                sentence.origin = Origin.FACT
        if name == UNIT:
            report.unit = plan.change.new
    return plan.change


class _Plan:
    """The change with the sentences it is made on."""

    def __init__(self, report: Report, brief: Brief, name: str, new_fact: Fact) -> None:
        self._report, self._brief = report, brief
        self.edits: list[tuple[Sentence, str, bool]] = []
        self._old = _known(brief, name)
        self._new = new_fact
        if name in FIELDS:
            new_brief, value = with_field(brief, name, new_fact.value)
            self._new = Fact(name=name, value=value)
        else:
            new_brief = self._with_fact()
        self.change = FactChange(
            name=self._old.name if self._old is not None else name,
            old=plain(self._old) if self._old is not None else "",
            new=plain(self._new),
            brief=new_brief,
        )
        if self.change.old == self.change.new:
            raise EditError(f"“{self.change.name}”已经是“{self.change.new}”", where=self.change.name)
        self._work_out()

    def _with_fact(self) -> Brief:
        """The brief with the new fact; a value without a unit of measure keeps the one that the fact had."""
        old = self._old
        if old is not None:
            bare = not self._new.unit and find_amounts(self._new.value + old.unit)
            unit = old.unit if bare and not _has_unit(self._new.value) else self._new.unit
            self._new = self._new.model_copy(update={"name": old.name, "unit": unit})
        brief = self._brief.model_copy(deep=True)
        brief.facts = [self._new if old is not None and fact.name == old.name else fact for fact in brief.facts]
        if old is None:
            brief.facts.append(self._new)
        return brief

    def _work_out(self) -> None:
        for place, where, sentence in _all(self._report, self.change.name):
            filled = self._fill(sentence)
            if filled is not None:
                self._edit(place, where, sentence, filled, [], filled=True)
            elif self._old is None:
                continue
            elif self.change.name in sentence.facts or not place.part or place.part == TITLE:
                self._rests(place, where, sentence)
            else:
                self._mentions(place, where, sentence)

    def _edit(
        self, place: Place, where: str, sentence: Sentence, text: str, along: Sequence[str], *, filled: bool = False
    ) -> None:
        self.edits.append((sentence, text, filled))
        self.change.sentences.append(
            FactSentence(place=place, where=where, before=sentence.text, after=text, along=list(along))
        )

    def _flag(self, place: Place, where: str, sentence: Sentence, why: str) -> None:
        self.change.flagged.append(FactNote(place=place, where=where, text=sentence.text, why=why))

    def _fill(self, sentence: Sentence) -> str | None:
        """The sentence with its blank for this fact filled; None where it has none."""
        for blank in find_placeholders(sentence.text):
            asked = wanted(blank.text)
            if asked and (asked == self.change.name or core(asked) == core(self.change.name)):
                return filled(sentence.text, blank.start, blank.end, self.change.new, self._brief)
        return None

    def _rests(self, place: Place, where: str, sentence: Sentence) -> None:
        """A sentence that rests on the fact: its value is changed where it is plain which words that is."""
        assert self._old is not None
        figure = figure_of(self._old) if self.change.name not in FIELDS else None
        if figure is None:
            self._reword(place, where, sentence)
            return
        equal = [fact for fact in self._brief.facts if fact.name != self.change.name and _equals(fact, figure)]
        rivals = [fact for fact in equal if fact.name in sentence.facts]
        strangers = [fact for fact in equal if fact.name not in sentence.facts]
        amount, why = choose(sentence.text, self._old, figure, rivals, strangers)
        if amount is None:
            self._flag(place, where, sentence, why)
            return
        written = rewritten_figure(amount, self._old, self._new)
        made = reckon(sentence.text, amount.start, amount.end, written, self._is_given(sentence))
        self._edit(place, where, sentence, made.text, made.made)
        for why in made.open:
            self._flag(place, where, sentence, why)

    def _reword(self, place: Place, where: str, sentence: Sentence) -> None:
        """A value in words: it changes where it stands as the fact sheet has it."""
        old, new = self.change.old, self.change.new
        found = [match.start() for match in re.finditer(re.escape(old), sentence.text)] if old else []
        whole = [at for at in found if not standing(sentence.text, at, at + len(old))]
        places = whole if len(found) > 1 else found
        rival = self._field_like(sentence) if place.part and place.part != TITLE else ""
        if rival and found:
            self._flag(place, where, sentence, f"这句里的“{old}”也是“{rival}”，分不清说的是哪一个")
            return
        if len(places) != 1:
            if self.change.name in FIELDS and not found and self.change.name not in sentence.facts:
                return
            why = f"有{len(places)}处“{old}”，分不清改哪一处" if places else f"没有照原样写出“{old}”"
            self._flag(place, where, sentence, f"这句依据“{self.change.name}”，但{why}" if not places else f"这句{why}")
            return
        at = places[0]
        made = reckon(sentence.text, at, at + len(old), new, self._is_given(sentence))
        self._edit(place, where, sentence, made.text, ())
        for why in made.open:
            self._flag(place, where, sentence, why)

    def _mentions(self, place: Place, where: str, sentence: Sentence) -> None:
        """A sentence that does not rest on the fact, but may state it."""
        assert self._old is not None
        figure = figure_of(self._old) if self.change.name not in FIELDS else None
        if figure is None:
            at = sentence.text.find(self.change.old)
            if (
                at >= 0
                and len(self.change.old) >= _TELLING
                and not standing(sentence.text, at, at + len(self.change.old))
            ):
                self._other(place, where, sentence, f"也写着“{self.change.old}”，但没有记明依据这条事实")
            return
        for amount in figures_like(sentence.text, figure):
            near = around(sentence.text, amount)
            whole = _ALL_OF.search(sentence.text[: amount.start]) is not None
            if whole or shared(self._old.name, near) >= min(2, len(core(self._old.name))):
                self._other(place, where, sentence, f"也写着“{amount.text}”，但没有记明依据这条事实")
                return
        for why in shares_of(sentence.text, self._old, figure, figure_of(self._new)):
            self._flag(place, where, sentence, why)

    def _other(self, place: Place, where: str, sentence: Sentence, why: str) -> None:
        self.change.others.append(FactNote(place=place, where=where, text=sentence.text, why=why))

    def _field_like(self, sentence: Sentence) -> str:
        """Another field of the brief that the sentence names and that has the same value.

        One who asked is named in the body, one who is addressed only at its head.
        """
        if self.change.name not in FIELDS or self.change.name == ASKED_BY:
            return ""
        others = [name for name in sentence.facts if name in FIELDS and name != self.change.name]
        return next((name for name in others if field_value(self._brief, name) == self.change.old), "")

    def _others_of(self, sentence: Sentence) -> list[Fact]:
        facts = (self._brief.fact(name) for name in sentence.facts if name != self.change.name)
        return [fact for fact in facts if fact is not None]

    def _is_given(self, sentence: Sentence) -> _Given:
        return _Given(self._others_of(sentence))


class _Given:
    """Whether a figure of a sentence is that of another fact which the sentence rests on."""

    def __init__(self, facts: list[Fact]) -> None:
        self._facts = facts

    def __call__(self, text: str, amount: Amount) -> bool:
        return any(_equals(fact, amount) for fact in self._facts)


def _equals(fact: Fact, amount: Amount) -> bool:
    figure = figure_of(fact)
    return figure is not None and figure.value == amount.value and (figure.unit == amount.unit or not figure.unit)


def _has_unit(value: str) -> bool:
    found = find_amounts(value)
    return bool(found) and bool(found[0].unit)


def _known(brief: Brief, name: str) -> Fact | None:
    """The fact by its name, or by what it is of where one fits (编制 for 编制数); a field of the brief as a fact."""
    if name in FIELDS:
        value = field_value(brief, name)
        return Fact(name=name, value=value) if value else None
    near = [fact for fact in brief.facts if core(fact.name) == core(name)]
    return brief.fact(name) or (near[0] if len(near) == 1 else None)


def _all(report: Report, name: str) -> Iterator[tuple[Place, str, Sentence]]:
    """The sentences that may state a fact, with their places; for a field, title and closing lines too."""
    for line in lines_of(report, name):
        its = Place(part=TITLE, sentence=1) if line is report.title else Place()
        words = {id(report.recipient): "主送机关", id(report.signature): "署名", id(report.date): DATE}
        yield its, words.get(id(line)) or told(report, Place(part=TITLE)), line
    for sentence in report.sentences():
        place = place_of(report, sentence) or Place()
        yield place, told(report, place), sentence
