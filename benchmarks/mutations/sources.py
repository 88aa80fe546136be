"""Where clean reports come from: a draft on the sample corpus, reports written for this bench, texts given by path."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

from benchmarks.mutations.evidence import Remembered
from benchmarks.mutations.model import Beyond, Clean

from nigao import Assistant, Brief
from nigao.checks.context import CheckContext
from nigao.checks.finding import Finding
from nigao.checks.running import run_checks
from nigao.corpus.model import Role, Status
from nigao.report.model import Report
from nigao.retrieval.evidence import CorpusEvidence
from nigao.text.sentences import split_sentences

SAMPLES = Path(__file__).parent / "samples"
# Where a long text is cut: as long as the report of DESIGN §7.
_LONGEST = 4300
_APPROVED = dt.date(2025, 1, 6)


def drafted(stack: ExitStack, folder: Path) -> Iterator[Clean]:
    """The sample brief's report, once with its citations and once as the plain text that somebody might have typed."""
    assistant = stack.enter_context(Assistant.create(folder, sample=True))
    assistant.sync()
    brief = Brief.load(folder / "brief.yaml")
    draft = assistant.draft(brief, offline=True)
    text, beyond, checks = draft.text(), _beyond(assistant, brief), _checks(assistant, brief)
    yield Clean("draft", text, draft.report, False, assistant.parse, *checks, brief, beyond)
    yield Clean("draft-typed", text, assistant.parse(text), True, assistant.parse, *checks, brief, beyond)


def written() -> Iterator[tuple[Path, Brief]]:
    """The bench's own reports with their briefs."""
    for path in sorted(SAMPLES.glob("*.txt")):
        yield path, Brief.load(path.with_suffix(".yaml"))


def examples(stack: ExitStack, folder: Path) -> Iterator[Clean]:
    """The bench's own reports, each held against a corpus that holds its approved version."""
    for path, brief in written():
        text = path.read_text(encoding="utf-8")
        assistant = stack.enter_context(_holding(folder / path.stem, {path.stem: text}))
        yield Clean(path.stem, text, assistant.parse(text), True, assistant.parse, *_checks(assistant, brief), brief)


def given(stack: ExitStack, folder: Path, data: Path, count: int) -> Iterator[Clean]:
    """Texts of a folder (or one file), evenly chosen and cut to a report's length, with themselves as the corpus."""
    files = [data] if data.is_file() else sorted(data.rglob("*.txt"))
    chosen = files[:: max(1, len(files) // count)][:count]
    texts = {f"text{n}": _shortened(path.read_text(encoding="utf-8")) for n, path in enumerate(chosen)}
    if not texts:
        return
    assistant = stack.enter_context(_holding(folder, texts))
    for path, text in zip(chosen, texts.values(), strict=True):
        yield Clean(path.stem[:12], text, assistant.parse(text), True, assistant.parse, *_checks(assistant, None))


def _holding(folder: Path, texts: dict[str, str]) -> Assistant:
    """An assistant whose corpus is these texts."""
    folder.mkdir(parents=True)
    assistant = Assistant.in_memory()
    for name, text in texts.items():
        file = folder / f"{name}.txt"
        file.write_text(text, encoding="utf-8")
        title = "".join(text.lstrip().split("\n\n")[0].split())[:60]
        assistant.add([file], role=Role.MATERIAL, approved_by="审核人", approved_on=_APPROVED, title=title)
    return assistant


Check = Callable[[Report], list[Finding]]


def _checks(assistant: Assistant, brief: Brief | None) -> tuple[Check, Check]:
    """How to check against the assistant's corpus and the brief, and how against neither."""
    today = dt.date.today()
    evidence = Remembered(CorpusEvidence(assistant.store, assistant.by_words, today))

    def check(report: Report) -> list[Finding]:
        context = CheckContext(kind=assistant.kind(report.kind), on=today, brief=brief, evidence=evidence)
        return run_checks(report, context)

    def check_alone(report: Report) -> list[Finding]:
        return run_checks(report, CheckContext(kind=assistant.kind(report.kind), on=today))

    return check, check_alone


def _shortened(text: str) -> str:
    text = text.strip() + "\n"
    end = text.rfind("\n", 0, _LONGEST)
    return text if len(text) <= _LONGEST or end < 0 else text[: end + 1]


def _beyond(assistant: Assistant, brief: Brief) -> Beyond:
    """What the sample corpus offers for borrowing."""
    exemplars: list[str] = []
    others: list[str] = []
    earlier: list[str] = []
    superseded: dict[str, str] = {}
    documents = {d.id: d for d in assistant.store.documents.all() if d.status is Status.APPROVED}
    for document in documents.values():
        sentences = _sentences(assistant.store.documents.text(document.id))
        if document.role is Role.EXEMPLAR:
            exemplars += sentences
        elif document.issuer and not brief.unit.names.owns(document.issuer):
            others += _as_own(sentences, document.issuer, brief.unit.brief_name)
        if "2024年" in document.title:
            earlier += sentences
        for old in document.supersedes:
            if old in documents:
                superseded[document.title] = documents[old].title
    return Beyond(tuple(exemplars), tuple(others), tuple(earlier), superseded)


def _sentences(text: str) -> list[str]:
    """The document's plain sentences, those with an ordinal left out."""
    found = [s.text for s in split_sentences(text) if s.text.endswith("。") and "\n" not in s.text]
    return [s for s in found if not re.match(r"[#（(]?[一二三四五六七八九十\d]+[、.）)是]", s)]


def _as_own(sentences: list[str], issuer: str, unit: str) -> list[str]:
    """What the issuer did, with figures, told with the reporting unit in its place."""
    names = "|".join(re.escape(issuer[start:]) for start in range(len(issuer) - 3))
    doings = [s for s in sentences if re.match(f"(?:{names})(?!拟)", s) and re.search(r"\d", s)]
    return [re.sub(names, unit, s) for s in doings]
