"""A report put together anew from the sentences of an edited text, in the order in which they stand there now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from nigao.report.editing.answers import Answers
from nigao.report.editing.numbering import form_of
from nigao.report.editing.runs import may_head
from nigao.report.items import is_heading
from nigao.report.kinds import Kind
from nigao.report.model import Annex, Item, Part, Report, Sentence
from nigao.report.pairing import answering_parts, pair
from nigao.report.tokens import Token as Written
from nigao.text.ordinals import HEADING_LEVEL, OrdinalForm, match_ordinal
from nigao.word.returning.aligning import Token
from nigao.word.returning.units import Slot, Unit

_INLINE = (OrdinalForm.ENUMERATION, OrdinalForm.RANK)
_BREAK = "\n"
# What is one line of the report, by its name there.
_LINES = {Slot.TITLE: "title", Slot.RECIPIENT: "recipient", Slot.SIGNATURE: "signature", Slot.DATE: "date"}
_BODY = (Slot.OPENING, Slot.PART, Slot.LEAD, Slot.ITEM)


@dataclass(slots=True)
class Rebuilding:
    """Fills `report` (emptied at the start; its parts and items are used again) with tokens. `kind` tells parts by
    their headings and which measures answer which problems.
    """

    report: Report
    kind: Kind
    _part: Part | None = None
    _open: list[Item] = field(default_factory=list)
    _line: str | None = None
    _closing: bool = False
    _annex: Annex | None = None
    _depths: dict[OrdinalForm, int] = field(default_factory=dict)
    _new: list[Item] = field(default_factory=list)
    _headless: list[Part] = field(default_factory=list)

    def fill(self, tokens: Sequence[Token]) -> None:
        """Put every token where it is read."""
        answers = Answers(self.report, self.kind)
        self._empty()
        _only_in_their_places(tokens)
        headed = [token.unit.node for token in tokens if token.unit is not None and token.unit.slot is Slot.PART]
        self._headless = [part for part in self._headless if not any(part is node for node in headed)]
        for token, following in zip_longest(tokens, tokens[1:]):
            self._take(token, following)
        answers.settle(self.report)
        self._pair_new()
        for sentence in _every_sentence(self.report):
            sentence.start = sentence.end = None

    def _empty(self) -> None:
        report = self.report
        self._headless = report.parts
        for part in report.parts:
            waiting = [(item, 1) for item in part.items]
            while waiting:
                item, depth = waiting.pop(0)
                form = form_of(item.ordinal)
                if form is not None:
                    self._depths.setdefault(form, depth)
                waiting += [(inner, depth + 1) for inner in item.items]
                item.heading, item.sentences, item.items = None, [], []
            part.lead, part.items = [], []
        report.title = report.recipient = report.signature = report.date = None
        report.opening, report.parts, report.attachments, report.after = [], [], [], []
        for annex in report.annexes:
            annex.paragraphs = []
        report.annexes = []

    def _take(self, token: Token, following: Token | None) -> None:
        unit = token.unit
        ordinal, words = _divided(token)
        sentence = _sentence(unit, words)
        whole = _sentence(unit, token.text) if ordinal else sentence
        self._line = self._line_of(token)
        if self._line is not None:
            self._take_line(self._line, token, whole)
            return
        match unit.slot if unit is not None else None:
            case Slot.ATTACHMENT:
                self.report.attachments.append(whole)
            case Slot.AFTER:
                self.report.after.append(whole)
            case Slot.ANNEX_HEAD | Slot.ANNEX if unit is not None and isinstance(unit.node, Annex):
                self._take_annex(unit, unit.node, whole)
            case Slot.DERIVED if token.is_kept:
                pass
            case Slot.PART if unit is not None and isinstance(unit.node, Part):
                self._open_part(unit.node, ordinal, sentence)
            case Slot.ITEM if unit is not None and self._still_opens(unit, token, ordinal):
                self._open_item(unit, ordinal, sentence)
            case _:
                self._take_text(token, ordinal, sentence, following)

    def _line_of(self, token: Token) -> str | None:
        """Which of the report's single lines a token is of; what is typed behind one, or below 署名, goes with it."""
        if token.unit is not None:
            return _LINES.get(token.unit.slot)
        signing = self._line == "signature" and self.report.date is None
        return self._line if signing or not token.starts else None

    def _take_line(self, name: str, token: Token, sentence: Sentence) -> None:
        before: Sentence | None = getattr(self.report, name)
        if before is not None:
            text = before.text + (_BREAK if token.starts else "") + token.text
            sentence = Sentence(text=text, gap=before.gap)
        setattr(self.report, name, sentence)
        self._closing = self._closing or name in ("signature", "date")

    def _take_annex(self, unit: Unit, annex: Annex, sentence: Sentence) -> None:
        if not any(annex is one for one in self.report.annexes):
            self.report.annexes.append(annex)
        self._annex, self._closing = annex, True
        if unit.heading:
            annex.title = sentence
        elif unit.slot is Slot.ANNEX:
            annex.paragraphs.append(sentence)

    def _still_opens(self, unit: Unit, token: Token, ordinal: str) -> bool:
        """Whether the unit opens its item now as before: it has not got an ordinal that it had not, nor lost the one it
        had, unless it is a heading that stands there without.
        """
        same = bool(ordinal) == bool(unit.ordinal) or (unit.heading and token.starts and token.text == unit.shown)
        return unit.opens and same and self._part is not None

    def _part_headed(self, heading: Sentence) -> Part:
        """The part that a new heading is of: the one whose own heading is gone, where it is of that kind; else new."""
        key = self.kind.key_of(heading.text)
        gone = [part for part in self._headless if part.key == key]
        return gone[0] if gone else Part(key=key, heading=heading)

    def _open_part(self, part: Part, ordinal: str, heading: Sentence) -> None:
        part.ordinal, part.heading = ordinal, heading
        self._headless = [one for one in self._headless if one is not part]
        self.report.parts.append(part)
        self._part, self._open = part, []

    def _open_item(self, unit: Unit, ordinal: str, sentence: Sentence) -> None:
        assert isinstance(unit.node, Item)
        item = unit.node
        item.ordinal = ordinal
        self._put(item, unit.depth)
        if unit.heading:
            item.heading = sentence
        else:
            item.sentences.append(sentence)

    def _put(self, item: Item, depth: int) -> None:
        assert self._part is not None
        del self._open[max(0, depth - 1) :]
        (self._open[-1].items if self._open else self._part.items).append(item)
        self._open.append(item)

    def _take_text(self, token: Token, ordinal: str, sentence: Sentence, following: Token | None) -> None:
        """A sentence that opens nothing that was there: it opens something new, or reads on where it stands."""
        found = match_ordinal(token.text) if ordinal else None
        if found is not None and found.form is OrdinalForm.CHAPTER and token.starts and not self._closing:
            self._open_part(self._part_headed(sentence), ordinal, sentence)
        elif found is not None and self._part is not None and self._may_open(found.form, token):
            item = Item(ordinal=ordinal)
            self._new.append(item)
            self._put(item, self._depth(found.form))
            _begin(item, sentence, heading=is_heading(_written(token), _written(following) if following else None))
        elif self._is_new_point(token, sentence, following):
            item = Item()
            self._new.append(item)
            self._put(item, len(self._open))
            _begin(item, sentence, heading=True)
        else:
            if ordinal:
                sentence = _sentence(None, token.text)
            self._read_on(token, sentence)

    def _may_open(self, form: OrdinalForm, token: Token) -> bool:
        """Whether an ordinal begins an item here: on a line of its own, or (一是) where such items stand."""
        if form not in HEADING_LEVEL or form is OrdinalForm.CHAPTER or self._closing:
            return False
        return token.starts or (form in _INLINE and any(form_of(item.ordinal) is form for item in self._open))

    def _depth(self, form: OrdinalForm) -> int:
        """How deep an item with such an ordinal stands: as its like do, else below what ranks higher."""
        if form in self._depths:
            return min(self._depths[form], len(self._open) + 1)
        levels = [HEADING_LEVEL.get(f, 0) for f in map(form_of, (item.ordinal for item in self._open)) if f is not None]
        return 1 + sum(level < HEADING_LEVEL[form] for level in levels)

    def _is_new_point(self, token: Token, sentence: Sentence, following: Token | None) -> bool:
        """Whether a topic sentence on a new line, among points that have no ordinal, begins another of them."""
        among = bool(self._open) and not self._open[-1].ordinal and not self._closing
        supported = following is not None and not following.starts
        return among and token.starts and supported and may_head(sentence.text)

    def _read_on(self, token: Token, sentence: Sentence) -> None:
        if self._closing:
            (self._annex.paragraphs if self._annex is not None else self.report.after).append(sentence)
            return
        item = self._open[-1] if self._open else None
        while item is not None and item.items:
            item = item.items[-1]
        run = item.sentences if item is not None else self._part.lead if self._part is not None else self.report.opening
        own_line = item is not None and item.heading is not None and not item.heading.text.endswith("。")
        first = not run and (item is None or item.heading is None or own_line)
        if not first or token.unit is None or token.unit.starts != token.starts:
            _set_gap(sentence, token, first=first)
        run.append(sentence)

    def _pair_new(self) -> None:
        """What new measures answer is inferred; what the others answer is known."""
        for part, answered in answering_parts(self.report, self.kind):
            for item, numbers in zip(part.items, pair(answered.items, part.items), strict=True):
                if any(item is new for new in self._new):
                    item.addresses = numbers


def _begin(item: Item, sentence: Sentence, *, heading: bool) -> None:
    if sentence.gap is not None and _BREAK in sentence.gap:
        sentence.gap = None
    if heading:
        item.heading = sentence
    else:
        item.sentences.append(sentence)


def _divided(token: Token) -> tuple[str, str]:
    """The ordinal at a token's head and its words. What was plain text there stays it, but for a typed number."""
    unit = token.unit
    if unit is not None and token.is_kept:
        return unit.ordinal, unit.shown
    found = match_ordinal(token.text)
    if found is None or not token.text[found.end :].strip():
        return "", token.text
    inline = found.form in _INLINE or (unit is not None and bool(unit.ordinal))
    was = match_ordinal(unit.shown) if unit is not None and not unit.ordinal else None
    if not (token.starts or inline) or (was is not None and was.form is found.form):
        return "", token.text
    return found.text, token.text[found.end :].lstrip()


def _sentence(unit: Unit | None, words: str) -> Sentence:
    """The report's own sentence where it reads as before, else a person's."""
    if unit is not None and unit.sentence is not None:
        if words == unit.shown:
            return unit.sentence
        ended = "。" if unit.sentence.text == f"{unit.shown}。" and not words.endswith(("。", "；", "！", "？")) else ""
        return Sentence(text=words + ended, gap=unit.sentence.gap)
    return Sentence(text=words)


def _only_in_their_places(tokens: Sequence[Token]) -> None:
    """A title that no longer stands at the head is none, nor is a date in the middle: they read on there."""
    body = [at for at, token in enumerate(tokens) if token.unit is not None and token.unit.slot in _BODY]
    first, last = (body[0], body[-1]) if body else (len(tokens), -1)
    heads = 0
    for at, token in enumerate(tokens):
        slot = token.unit.slot if token.unit is not None else None
        if slot in (Slot.TITLE, Slot.RECIPIENT) and at == heads and at <= first:
            heads += 1
        elif slot in (Slot.TITLE, Slot.RECIPIENT) or (slot in (Slot.SIGNATURE, Slot.DATE) and at < last):
            token.unit = None


def _set_gap(sentence: Sentence, token: Token, *, first: bool) -> None:
    """A line of its own where it begins one now, and none where it reads on."""
    broken = sentence.gap is not None and _BREAK in sentence.gap
    wanted = token.starts and not first
    if broken != wanted:
        sentence.gap = _BREAK if wanted else None


def _written(token: Token) -> Written:
    return Written("", token.text, 0, match_ordinal(token.text), token.starts)


def _every_sentence(report: Report) -> list[Sentence]:
    lines = [report.title, report.recipient, report.signature, report.date]
    headings = [part.heading for part in report.parts]
    return [
        *(line for line in lines if line is not None),
        *headings,
        *report.sentences(),
        *report.attachments,
        *report.after,
    ]
