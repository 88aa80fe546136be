"""Applies the operators, checks what comes out, and judges each finding: the defect itself, or something elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from benchmarks.mutations.model import Clean, Edit, Group, Mutated, Operator, Place

from nigao.checks.finding import Finding, Severity
from nigao.report.model import Report, Sentence
from nigao.report.render import pieces, render_text

# That an item is long or short, or a heading unusual, tells of no defect, though a defect may bring it about.
_SAYS_LITTLE = ("S109", "S112")


@dataclass(frozen=True)
class Case:
    """One defect put into one text, and what the checker then says that it did not say before.

    `caught`: new findings of an accepted family at the changed place. `elsewhere`: new ones away from it.
    """

    clean: Clean
    mutated: Mutated
    group: Group
    caught: tuple[Finding, ...]
    elsewhere: tuple[Finding, ...]

    @property
    def only_noted(self) -> bool:
        """Whether nothing but notes tell of the defect."""
        return bool(self.caught) and all(f.severity is Severity.INFO for f in self.caught)

    def told(self, width: int = 24) -> str:
        """The changed place, before and after."""
        shown = []
        for edit in self.mutated.change.edits[:2]:
            before = self.clean.text[max(0, edit.start - width) : edit.start]
            after = self.clean.text[edit.end : edit.end + width]
            old, new = _short(self.clean.text[edit.start : edit.end]), _short(edit.new)
            shown.append(f"{before}[{old}→{new}]{after}".replace("\n", "⏎"))
        return " … ".join(shown)


def _short(words: str) -> str:
    return words if len(words) <= 60 else f"{words[:30]}…{words[-20:]}"


@dataclass
class Tally:
    """How one kind of defect fared. `codes` counts the rules that caught it, `strays` those that spoke elsewhere."""

    kind: str
    group: Group
    cases: list[Case] = field(default_factory=list)

    @property
    def caught(self) -> int:
        return sum(bool(case.caught) for case in self.cases)

    @property
    def noted(self) -> int:
        return sum(case.only_noted for case in self.cases)

    @property
    def elsewhere(self) -> int:
        return sum(bool(case.elsewhere) for case in self.cases)

    @property
    def codes(self) -> dict[str, int]:
        return _counted(code for case in self.cases for code in {f.code for f in case.caught})

    @property
    def strays(self) -> dict[str, int]:
        return _counted(code for case in self.cases for code in {f.code for f in case.elsewhere})


def _counted(codes: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for code in codes:
        counts[code] = counts.get(code, 0) + 1
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def run(texts: Sequence[Clean], operators: Collection[Operator], cases: int, seed: int) -> Iterator[Tally]:
    """Up to `cases` defects of each kind, spread over the texts that give occasion for it."""
    for operator in operators:
        tally = Tally(operator.kind, operator.group)
        for mutated, clean, report in _mutations(texts, operator, cases, seed):
            tally.cases.append(judged(clean, mutated, report, operator.group))
        yield tally


def _mutations(
    texts: Sequence[Clean], operator: Operator, cases: int, seed: int
) -> Iterator[tuple[Mutated, Clean, Report]]:
    rng = Random(f"{seed}/{operator.kind}")
    seen: set[tuple[str, str]] = set()
    order = rng.sample(list(texts), len(texts))
    barren = 0
    for turn in range(cases * 4):
        clean = order[turn % len(order)].alone if operator.alone else order[turn % len(order)]
        mutated = operator.apply(clean, rng)
        report = mutated_report(clean, mutated) if mutated is not None else None
        barren = 0 if report else barren + 1
        if barren >= 3 * len(order):
            return
        if mutated is None or report is None or (clean.name, mutated.text) in seen:
            continue
        seen.add((clean.name, mutated.text))
        yield mutated, clean, report
        if len(seen) >= cases:
            return


def judged(clean: Clean, mutated: Mutated, report: Report, group: Group) -> Case:
    """Check the mutated report and sort its new findings."""
    text = render_text(report)
    known = {(f.code, start): f.message for f, (start, _) in _placed(clean.text, clean.baseline)}
    places = list(mutated.places)
    caught, elsewhere = [], []
    for finding, place in _placed(text, clean.check(report)):
        here = any(_touch(place, p) for p in places)
        named = bool(finding.part) and finding.part in mutated.change.parts
        origin = mutated.origin(place[0])
        before = known.get((finding.code, origin)) if origin is not None else None
        if before is not None and (before == finding.message or not here):
            continue
        if (here or named) and finding.code.startswith(mutated.accepts) and finding.code not in _SAYS_LITTLE:
            caught.append(finding)
        elif not here and not named:
            elsewhere.append(finding)
    return Case(clean, mutated, group, tuple(caught), tuple(elsewhere))


def _touch(one: Place, other: Place) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _placed(text: str, findings: Iterable[Finding]) -> Iterator[tuple[Finding, Place]]:
    """Findings with their offsets in the text."""
    lines = [0] + [i + 1 for i, c in enumerate(text) if c == "\n"]
    for finding in findings:
        start = lines[min(finding.line, len(lines)) - 1] + finding.column - 1
        end = lines[min(finding.end_line, len(lines)) - 1] + finding.end_column - 1
        yield finding, (start, max(start, end))


def mutated_report(clean: Clean, mutated: Mutated) -> Report | None:
    """The mutated text as a report. Of a drafted one, sentences keep their citations; None where edits are not each
    inside one sentence, so that a text would have to be read anew.
    """
    if clean.typed:
        return clean.parse(mutated.text)
    report = clean.report.model_copy(deep=True)
    places: list[tuple[int, Sentence]] = []
    offset = 0
    for piece in pieces(report):
        offset += len(piece.gap)
        if piece.sentence is not None:
            places.append((offset, piece.sentence))
        offset += len(piece.text)
    for edit in reversed(mutated.change.edits):
        if not _edit_inside(places, edit):
            return None
    return report if render_text(report) == mutated.text else None


def _edit_inside(places: Sequence[tuple[int, Sentence]], edit: Edit) -> bool:
    for start, sentence in places:
        if start <= edit.start and edit.end <= start + len(sentence.text):
            # A whole new sentence is nobody's wording of the evidence that this one cites.
            if edit.start == edit.end == start + len(sentence.text) or (not edit.new and edit.end - edit.start > 30):
                return False
            sentence.text = sentence.text[: edit.start - start] + edit.new + sentence.text[edit.end - start :]
            return bool(sentence.text)
    return False
