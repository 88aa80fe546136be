"""`nigao check`: a report file checked, and on request mended into a new file or annotated in a copy."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from nigao import __version__
from nigao.atomicfile import replace_file
from nigao.checker import Checker
from nigao.checks.context import CheckContext
from nigao.checks.finding import Severity
from nigao.checks.registry import Mark, Rule
from nigao.checks.result import CheckResult
from nigao.checks.review import Opinion
from nigao.cli.console import FOUND, note, print_json, say
from nigao.cli.findings import print_result
from nigao.cli.modeloptions import ModelOptions
from nigao.cli.workspace import has_workspace, kind_named, open_assistant
from nigao.errors import ModelError, OutputError, UsageError
from nigao.manuscript import Manuscript, mend
from nigao.modelsettings import ModelSettings
from nigao.report.brief import Brief
from nigao.report.model import Report
from nigao.report.render import render_text

if TYPE_CHECKING:
    from nigao.assistant import Assistant
    from nigao.word.changes import Signature


@dataclass(frozen=True, slots=True)
class CheckAsked:
    """What the user asked of `nigao check`."""

    file: Path
    brief: Path | None = None
    kind: str = ""
    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    severity: str = ""
    as_json: bool = False
    as_sarif: bool = False
    fix: bool = False
    untracked: bool = False
    diff: bool = False
    output: Path | None = None
    annotate: Path | None = None
    second_opinion: bool = False
    model: ModelOptions = field(default_factory=ModelOptions)


def run_check(asked: CheckAsked) -> None:
    """Check a file; exits 1 where an error is found. Outside a workspace the corpus rules have nothing to look at."""
    _refuse_contradictions(asked)
    brief = Brief.load(asked.brief) if asked.brief is not None else None
    with _checker() as (checker, assistant):
        opinion = _opinion(asked, assistant) if asked.second_opinion else None
        wanted = asked.kind or (brief.kind if brief else "")
        kind_named(checker, wanted, "--kind" if asked.kind else f"{asked.brief} 的 kind")
        manuscript = checker.open_file(asked.file, wanted)
        kind = kind_named(checker, manuscript.report.kind, f"{asked.file} 的 kind")
        result = _review(checker, manuscript, brief, asked, opinion)
        if asked.fix or asked.diff:
            mended = mend(manuscript, result.findings, by=None if asked.untracked else _corrector(asked.file))
            if asked.diff:
                sys.stdout.write(mended.diff(asked.file.name))
                _tell_layout(mended.layout)
                return
            _write_new(_fixed_name(asked), mended.data, asked.file)
            note(f"已修正 {len(mended.applied)} 处，写入 {_fixed_name(asked)}；{_how(asked)}原文件没有改动。")
            _tell_layout(mended.layout)
            manuscript = manuscript.holding(mended.data, kind)
            result = _review(checker, manuscript, brief, asked, opinion)
    if asked.annotate is not None:
        _annotate(manuscript, result, asked.annotate, asked.file)
    _print(manuscript, result, asked)
    if result.summary.error:
        raise typer.Exit(FOUND)


def _review(
    checker: Checker, manuscript: Manuscript, brief: Brief | None, asked: CheckAsked, opinion: Opinion | None
) -> CheckResult:
    severity = Severity(asked.severity) if asked.severity else None
    select, ignore = _codes(asked.select), _codes(asked.ignore)
    return checker.review(manuscript, brief=brief, select=select, ignore=ignore, severity=severity, opinion=opinion)


def _opinion(asked: CheckAsked, assistant: Assistant | None) -> Opinion:
    """The model's second opinion. A model that does not answer adds nothing, and that is told."""
    from nigao.drafting.proofreading import opinion_of
    from nigao.drafting.run import ModelChoice
    from nigao.draftjob import choose_model

    settings = asked.model.over(assistant.model_settings if assistant is not None else ModelSettings())
    if settings is None:
        raise UsageError(
            "没有设置模型", where="--second-opinion", fix="加上 --model，或在 nigao.toml 的 [model] 中设置"
        )
    choice = choose_model(assistant.store, settings, None) if assistant is not None else ModelChoice(settings)
    assert choice is not None
    ask = opinion_of(choice)

    def heard(report: Report, context: CheckContext) -> Iterable[tuple[Rule, Mark]]:
        try:
            return ask(report, context)
        except ModelError as error:
            note(f"模型没有给出意见，只按规则核对：{error}")
            return []

    return heard


def _print(manuscript: Manuscript, result: CheckResult, asked: CheckAsked) -> None:
    if asked.as_sarif:
        from nigao.checks.sarif import to_sarif

        sys.stdout.write(
            json.dumps(to_sarif(result, str(asked.file), __version__), ensure_ascii=False, indent=2) + "\n"
        )
    elif asked.as_json:
        print_json(result)
    else:
        print_result(result, str(asked.file), render_text(manuscript.report).split("\n"))


def _refuse_contradictions(asked: CheckAsked) -> None:
    if asked.severity and asked.severity not in list(Severity):
        known = "、".join(Severity)
        raise UsageError(f"不认识的级别 {asked.severity}", where="--severity", fix=f"可用的有：{known}")
    if asked.as_json and asked.as_sarif:
        raise UsageError("--json 和 --sarif 只能用一个", where="nigao check", fix="去掉其中一个")
    if asked.untracked and not (asked.fix and asked.file.suffix.lower() == ".docx"):
        raise UsageError("--untracked 要和 --fix 一起用在 docx 上", where="nigao check", fix="加上 --fix，或去掉它")
    if asked.output is not None and not asked.fix:
        raise UsageError(f"{asked.output} 要和 --fix 一起用", where="nigao check", fix="加上 --fix，或去掉这个文件名")
    if asked.annotate is not None and asked.file.suffix.lower() != ".docx":
        raise UsageError("批注只能加在 docx 上", where="--annotate", fix="先用 docx 格式保存报告，再核对")
    if asked.annotate is not None and asked.annotate.suffix.lower() != ".docx":
        raise UsageError("批注副本要存为 docx", where=str(asked.annotate), fix="把文件名改为 .docx 结尾")


def _corrector(file: Path) -> Signature | None:
    """Who signs the tracked changes; only Word files have any."""
    if file.suffix.lower() != ".docx":
        return None
    from nigao.word.annotating import AUTHOR
    from nigao.word.changes import Signature

    return Signature(AUTHOR, dt.datetime.now(dt.UTC))


def _how(asked: CheckAsked) -> str:
    tracked = asked.file.suffix.lower() == ".docx" and not asked.untracked
    return "改动都是修订，可在 Word 中逐处接受或拒绝；" if tracked else ""


def _fixed_name(asked: CheckAsked) -> Path:
    return asked.output or asked.file.with_name(f"{asked.file.stem}（修正）{asked.file.suffix}")


def _write_new(path: Path, data: bytes, original: Path) -> None:
    """Write a result beside the original, never over it. Raises OutputError."""
    if path.resolve() == original.resolve():
        raise OutputError("不覆盖原文件", where=str(path), fix="换一个文件名")
    if path.suffix.lower() != original.suffix.lower():
        raise OutputError("修正后的文件要与原文件同一格式", where=str(path), fix=f"文件名以 {original.suffix} 结尾")
    replace_file(path, data)


def _annotate(manuscript: Manuscript, result: CheckResult, path: Path, original: Path) -> None:
    from nigao.manuscript.wordfile import annotate_docx

    data, placed = annotate_docx(manuscript, result.findings)
    _write_new(path, data, original)
    note(f"批注 {placed} 条，写入 {path}；原文件没有改动。")


def _tell_layout(mended: Sequence[str]) -> None:
    for line in mended:
        say(f"版式：{line}")


@contextmanager
def _checker() -> Iterator[tuple[Checker, Assistant | None]]:
    """The workspace's checker, or one without a corpus, for which no store need be loaded."""
    if has_workspace():
        with open_assistant(embeddings=False) as assistant:
            yield assistant.checker, assistant
    else:
        yield Checker(), None


def _codes(options: Sequence[str]) -> list[str]:
    return [code.strip() for option in options for code in option.split(",") if code.strip()]
