"""Measures the T and C rules on wrong⇥right sentences and on clean texts: precision, recall and false alarms."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

from nigao.checks.context import CheckContext
from nigao.checks.finding import Finding, Severity
from nigao.checks.running import run_checks
from nigao.errors import UsageError
from nigao.evaluation.measures import EvaluationOutput, Measures
from nigao.report.kinds import DEFAULT_KIND, Kind, load_kind
from nigao.report.parse import parse_report

FAMILIES = ("T", "C")
_SENTENCES, _CLEAN = "sentences", "clean"


@dataclass(frozen=True, slots=True)
class Sample:
    """A text and what it should read; equal where nothing is wrong with it."""

    text: str
    right: str

    @property
    def is_clean(self) -> bool:
        """Whether every finding on it is a false alarm."""
        return self.text == self.right

    def faults(self) -> list[tuple[int, int, str]]:
        """Where it is wrong (start, end; empty where something is missing) and what should stand there."""
        if len(self.text) == len(self.right):
            pairs = enumerate(zip(self.text, self.right, strict=True))
            return [(i, i + 1, b) for i, (a, b) in pairs if a != b]
        steps = SequenceMatcher(None, self.text, self.right, autojunk=False).get_opcodes()
        found = [(i, j, self.right[k:n]) for tag, i, j, k, n in steps if tag != "equal"]
        return [self._last(start, end) if not right else (start, end, right) for start, end, right in found]

    def _last(self, start: int, end: int) -> tuple[int, int, str]:
        """What is too much, told as the last of its like: of 实实, either could go."""
        while end < len(self.text) and self.text[start] == self.text[end]:
            start, end = start + 1, end + 1
        return start, end, ""


@dataclass
class _Tally:
    """Counts of one rule, or of all."""

    found: int = 0
    right: int = 0
    corrected: int = 0
    covered: int = 0
    false_alarms: int = 0
    sentences: Counter[str] = field(default_factory=Counter)


def evaluate_checks(path: Path, *, select: Collection[str] = FAMILIES, on: dt.date | None = None) -> EvaluationOutput:
    """Run the rules, without a workspace, over a file or a folder of `.tsv` (wrong⇥right) and `.txt` (clean) files.

    A finding is right when it covers a fault. Recall is over faults (characters), by rule over all faults alike: which
    rule should have found one is nobody's to say. `views["sentences"]` counts sentences instead: right is one with a
    finding and with a fault; `views["corrections"]` counts a finding right only where its fix is what should stand
    there. Findings of severity `info` are notes and do not count. Raises UsageError where there is nothing to read.
    """
    samples = list(read_samples(path))
    if not samples:
        raise UsageError(
            "没有可评测的数据", where=str(path), fix="给出 .tsv（错⇥对）或 .txt（无错文本）文件，或装有它们的文件夹"
        )
    kind, day = load_kind(DEFAULT_KIND), on or dt.date.today()
    tallies: dict[str, _Tally] = {}
    total = _Tally()
    faults = clean = wrong = 0
    for sample in samples:
        expected = sample.faults()
        faults += len(expected)
        clean += len(sample.text) if sample.is_clean else 0
        wrong += not sample.is_clean
        found = _findings(sample, kind, day, select)
        for code in {finding.code for finding, _, _ in found}:
            _count(tallies.setdefault(code, _Tally()), [f for f in found if f[0].code == code], sample, expected)
        _count(total, found, sample, expected)
    return EvaluationOutput(
        data=str(path),
        texts=len(samples),
        characters=sum(len(sample.text) for sample in samples),
        rules={code: _measures(tallies[code], faults, clean) for code in sorted(tallies)},
        total=_measures(total, faults, clean),
        views=_views(total, faults, wrong),
    )


def read_samples(path: Path) -> Iterator[Sample]:
    """The samples of a file or folder, files in order of their names; equal lines of a `.tsv` count once."""
    if path.is_dir():
        for file in sorted(path.iterdir()):
            if file.suffix in (".tsv", ".txt"):
                yield from read_samples(file)
        return
    if not path.is_file():
        raise UsageError("找不到评测数据", where=str(path), fix="检查路径；可以是 .tsv 或 .txt 文件，也可以是文件夹")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise UsageError("读不出评测数据", where=str(path), fix="核对权限；文件应为 UTF-8 编码") from None
    if path.suffix != ".tsv":
        yield Sample(text, text)
        return
    for number, line in enumerate(dict.fromkeys(text.split("\n")), start=1):
        if not line.strip():
            continue
        cells = line.rstrip("\r").split("\t")
        if len(cells) != 2:
            raise UsageError(
                "这一行不是“错⇥对”两栏", where=f"{path}（第 {number} 种行）", fix="每行两栏，用一个制表符隔开"
            )
        yield Sample(cells[0], cells[1])


def _findings(sample: Sample, kind: Kind, day: dt.date, select: Collection[str]) -> list[tuple[Finding, int, int]]:
    """What is found in a sample, with its offsets there (a parsed report is its text, to the character)."""
    report = parse_report(sample.text, kind)
    starts = [0] + [i + 1 for i, char in enumerate(sample.text) if char == "\n"]
    told = run_checks(report, CheckContext(kind, day), select=select)
    return [
        (f, starts[f.line - 1] + f.column - 1, starts[f.end_line - 1] + f.end_column - 1)
        for f in told
        if f.severity is not Severity.INFO
    ]


def _count(
    tally: _Tally, found: list[tuple[Finding, int, int]], sample: Sample, expected: list[tuple[int, int, str]]
) -> None:
    tally.found += len(found)
    if sample.is_clean:
        tally.false_alarms += len(found)
    hits = [(f, [e for e in expected if _meets(start, end, e)]) for f, start, end in found]
    tally.right += sum(bool(faults) for _, faults in hits)
    tally.corrected += sum(f.fix is not None and any(f.fix.text == e[2] for e in faults) for f, faults in hits)
    tally.covered += len({fault for _, faults in hits for fault in faults})
    if found:
        tally.sentences["flagged"] += 1
        tally.sentences["right"] += not sample.is_clean


def _meets(start: int, end: int, fault: tuple[int, int, str]) -> bool:
    return start < max(fault[1], fault[0] + 1) and fault[0] <= max(end, start + 1) - 1


def _measures(tally: _Tally, faults: int, clean: int) -> Measures:
    return Measures.of(
        found=tally.found,
        right=tally.right,
        expected=faults,
        recalled=tally.covered,
        false_alarms=tally.false_alarms,
        clean_characters=clean,
    )


def _views(total: _Tally, faults: int, wrong: int) -> dict[str, Measures]:
    sentences = Measures.of(found=total.sentences["flagged"], right=total.sentences["right"], expected=wrong)
    return {
        "sentences": sentences,
        "corrections": Measures.of(found=total.found, right=total.corrected, expected=faults),
    }
