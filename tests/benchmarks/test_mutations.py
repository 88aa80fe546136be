"""The defects that the mutation bench puts in: one place each, told truly, and judged as told."""

from __future__ import annotations

import re
from random import Random

import pytest
from benchmarks.mutations.confusable import VARIANTS, same_shape, same_sound
from benchmarks.mutations.figures import other_figure
from benchmarks.mutations.harness import judged, mutated_report, run
from benchmarks.mutations.layout import blocks, items, sisters
from benchmarks.mutations.model import Beyond, Change, Clean, Edit, Group, Mutated, all_operators, edited
from benchmarks.mutations.sources import written

from nigao.checks.finding import Finding, Severity
from nigao.report.kinds import Kind
from nigao.report.model import Report
from nigao.report.pairing import infer_pairs
from nigao.report.parse import parse_report
from nigao.report.render import render_text

OPERATORS = {o.kind: o for o in all_operators()}
BEYOND = Beyond(
    exemplars=("2024年组织专题学习9次，编印简报14期。",),
    others=("市档案馆与代理机构签订承诺书77份。",),
    earlier=("全年印发文件53件，开展廉政谈话43人次。", "局党组全年集中学习8次。"),
    superseded={"市档案馆中层干部选拔任用办法": "市档案馆中层干部选拔任用暂行办法"},
)


def nothing(report: Report) -> list[Finding]:
    return []


@pytest.fixture(scope="module")
def samples(kind: Kind) -> list[Clean]:
    def parse(text: str) -> Report:
        report = parse_report(text, kind)
        infer_pairs(report, kind)
        return report

    found = []
    for path, brief in written():
        text = path.read_text(encoding="utf-8")
        found.append(Clean(path.stem, text, parse(text), True, parse, nothing, nothing, brief, BEYOND))
    return found


def mutations(clean: Clean, defect: str, times: int = 12) -> list[Mutated]:
    found = [OPERATORS[defect].apply(clean, Random(seed)) for seed in range(times)]
    return [mutated for mutated in found if mutated is not None]


@pytest.mark.parametrize("defect", sorted(OPERATORS))
def test_each_operator_changes_what_it_says_and_nothing_else(defect: str, samples: list[Clean]) -> None:
    done = [(clean, mutated) for clean in samples for mutated in mutations(clean, defect)]
    assert done, f"{defect} finds no occasion in any sample"
    for clean, mutated in done:
        assert mutated.text != clean.text
        assert mutated.text[: mutated.start] == clean.text[: mutated.start]
        behind = len(mutated.text) - mutated.end
        assert mutated.text[mutated.end :] == clean.text[len(clean.text) - behind :]
        assert mutated.start <= mutated.end
        assert mutated.kind == defect
        assert mutated.accepts
        places = list(mutated.places)
        for edit, (start, end) in zip(mutated.change.edits, places, strict=False):
            assert mutated.text[start:end] == edit.new


@pytest.mark.parametrize("defect", sorted(OPERATORS))
def test_an_operator_is_the_same_for_the_same_seed(defect: str, samples: list[Clean]) -> None:
    for clean in samples:
        once, again = OPERATORS[defect].apply(clean, Random(7)), OPERATORS[defect].apply(clean, Random(7))
        assert once == again


@pytest.mark.parametrize("defect", sorted(OPERATORS))
def test_an_operator_leaves_a_text_without_occasion_alone(defect: str, samples: list[Clean]) -> None:
    parse = samples[0].parse
    empty = Clean("empty", "", parse(""), True, parse, nothing, nothing)
    assert OPERATORS[defect].apply(empty, Random(1)) is None


def test_single_operators_do_what_their_names_say(samples: list[Clean]) -> None:
    for clean in samples:
        for mutated in mutations(clean, "doubled-character"):
            assert len(mutated.text) == len(clean.text) + 1
            assert mutated.text[mutated.start] == mutated.text[mutated.start + 1]
        for mutated in mutations(clean, "missing-character"):
            assert len(mutated.text) == len(clean.text) - 1
        for mutated in mutations(clean, "unpaired-mark"):
            assert any(mutated.text.count(a) != mutated.text.count(b) for a, b in ("“”", "《》", "（）"))
        for mutated in mutations(clean, "missing-part"):
            assert len(clean.parse(mutated.text).parts) == len(clean.report.parts) - 1
        for mutated in mutations(clean, "swapped-parts"):
            keys = [part.key for part in clean.parse(mutated.text).parts]
            assert sorted(keys) == sorted(part.key for part in clean.report.parts)
            assert keys != [part.key for part in clean.report.parts]
        for mutated in mutations(clean, "missing-subsection"):
            features = clean.parse(mutated.text).part("features")
            assert features is not None
            assert [item.ordinal for item in features.items] == ["（一）", "（二）", "（三）"]
        for mutated in mutations(clean, "measure-deleted"):
            report = clean.parse(mutated.text)
            before, after = clean.report.part("measures"), report.part("measures")
            assert before is not None
            assert after is not None
            assert len(after.items) == len(before.items) - 1
        for mutated in mutations(clean, "quoted-member-dropped"):
            assert not re.search("“[、，]|[、，]”", mutated.text)


def test_every_digit_change_keeps_the_length_and_changes_the_value() -> None:
    for seed in range(50):
        for written_ in ("1", "10", "34.6", "2146"):
            new = other_figure(written_, Random(seed))
            assert len(new) == len(written_)
            assert new != written_
            assert new[0] != "0"


def test_the_layout_is_the_texts_own(samples: list[Clean]) -> None:
    for clean in samples:
        for block in blocks(clean):
            assert clean.text.startswith(block.ordinal, block.start)
            assert block.before <= block.start <= block.heading[0] <= block.heading[1] <= block.end
        assert [b.part for b in blocks(clean) if b.depth == 0] == ["basics", "features", "problems", "measures"]
        assert len(items(clean, "features")) == len(items(clean, "problems")) == 4
        assert all(len(run_) > 1 for run_ in sisters(clean))
        assert all(clean.text[b.start : b.end] == b.text for b in clean.bodies)


def test_confusable_characters_are_never_the_character_itself() -> None:
    for c in "是部署建设制度":
        assert c not in same_sound(c) + same_shape(c)
    assert "" == same_sound("A") == same_shape("A")
    assert all(len(a) == len(b) and a != b for a, b in VARIANTS)


def finding(code: str, line: int, column: int, end: int, part: str = "", message: str = "") -> Finding:
    return Finding(
        code=code,
        severity=Severity.WARNING,
        message=message,
        part=part,
        line=line,
        column=column,
        end_line=line,
        end_column=end,
    )


def told(clean: Clean, change: Change, findings: list[Finding]) -> tuple[list[str], list[str]]:
    mutated = Mutated(edited(clean.text, change.edits), change.edits[0].start, 0, "x", ("T5",), change)
    report = mutated_report(clean, mutated)
    assert report is not None
    before = [finding("T501", 1, 1, 3, message="old")]
    base = Clean(
        clean.name, clean.text, clean.report, True, clean.parse, lambda r: findings if r is report else before, nothing
    )
    case = judged(base, mutated, report, Group.MECHANICAL)
    return [f.code for f in case.caught], [f.code for f in case.elsewhere]


def test_a_finding_at_the_changed_place_counts_and_others_are_strays(samples: list[Clean]) -> None:
    clean = samples[0]
    change = Change((Edit(10, 12, "乙乙乙"),), parts=("features",))
    assert told(clean, change, [finding("T502", 1, 12, 13)]) == (["T502"], [])
    assert told(clean, change, [finding("G201", 1, 12, 13)]) == ([], [])
    assert told(clean, change, [finding("T502", 3, 1, 2)]) == ([], ["T502"])
    assert told(clean, change, [finding("T503", 3, 1, 1, part="features")]) == (["T503"], [])
    # Said of the clean text already, or the same further on.
    assert told(clean, change, [finding("T501", 1, 1, 3, message="old")]) == ([], [])


def test_a_drafted_sentence_keeps_its_citations(samples: list[Clean]) -> None:
    clean = samples[0]
    drafted = Clean(clean.name, clean.text, clean.report, False, clean.parse, nothing, nothing)
    body = clean.bodies[3]
    inside = Change((Edit(body.start, body.start + 1, "甲"),))
    mutated = Mutated(edited(clean.text, inside.edits), body.start, body.start + 1, "x", ("T",), inside)
    report = mutated_report(drafted, mutated)
    assert report is not None
    assert render_text(report) == mutated.text
    assert render_text(clean.report) == clean.text
    added = Change((Edit(body.end, body.end, "又一句。"),))
    assert mutated_report(drafted, Mutated(edited(clean.text, added.edits), 0, 0, "x", ("T",), added)) is None


def test_a_run_makes_the_cases_asked_for_each_once(samples: list[Clean]) -> None:
    chosen = [OPERATORS["blank-X"], OPERATORS["missing-title"]]
    blank, title = run(samples, chosen, cases=5, seed=3)
    assert len(blank.cases) == len({case.mutated.text for case in blank.cases}) == 5
    # A title can go missing once in each text.
    assert len(title.cases) == len(samples)
    assert blank.caught == blank.elsewhere == 0
    assert all("→" in case.told() for case in blank.cases)
