"""What is told about a report without changing it: its text, its evidence, its findings, its history, an answer."""

from __future__ import annotations

from collections.abc import Callable

from nigao.chat.commands import AskCommand, CheckCommand, CompareCommand, ShowCommand, WhyCommand
from nigao.chat.events import EvidenceEvent, TextEvent
from nigao.chat.lines import finding_line
from nigao.chat.turn import Handled, Outcome, Turn
from nigao.checks.finding import Finding, Summary
from nigao.checks.reporttext import ReportText
from nigao.drafting.answering import answer
from nigao.drafting.events import FindingEvent
from nigao.report.model import Origin, Report, Sentence
from nigao.report.places import (
    OPENING,
    TITLE,
    Place,
    find_item,
    find_part,
    find_sentence,
    headed_sentences_at,
    sentences_at,
    walk_items,
)
from nigao.report.render import render_text
from nigao.text.dates import local_time

_ORIGINS = {
    Origin.FACT: "依据拟稿要求的事实：{facts}。",
    Origin.CONNECTIVE: "这是衔接的话，不含可核对的内容。",
    Origin.HUMAN: "这是人工写的，没有记录出处。",
}


def ask(turn: Turn, command: AskCommand) -> Handled:
    """Answer a question from the corpus in its own sentences."""
    desk = turn.desk()
    found = answer(command.question, desk)
    if not found:
        return Outcome("语料中没有找到能回答这个问题的内容。", failed=True, focus=turn.state.focus)
    for one in found:
        hit = one.hit
        yield EvidenceEvent(
            title=hit.document.title,
            locator=hit.passage.locator,
            quote=one.text,
            document_id=hit.document.id,
            passage_id=hit.passage.id,
        )
    lines = [f"{one.text}（《{one.hit.document.title}》{one.hit.passage.locator}）" for one in found]
    return Outcome("\n".join(lines), focus=turn.state.focus)


def why(turn: Turn, command: WhyCommand) -> Handled:
    """Tell what a sentence rests on; of a longer place, each of its sentences."""
    place = command.place
    sentences = sentences_at(turn.report, place)
    units = turn.draft.brief.unit.named
    in_force = turn.office.store.documents.evidence_ids(turn.today, unit=units)
    lines: list[str] = []
    for sentence in sentences:
        lines += [sentence.text] if len(sentences) > 1 else []
        for citation in sentence.citations:
            document = turn.office.store.documents.get(citation.document_id)
            valid = citation.document_id in in_force
            yield EvidenceEvent(
                title=citation.title,
                locator=citation.locator,
                quote=citation.quote,
                document_id=citation.document_id,
                passage_id=citation.passage_id,
                sentence=sentence.text,
                in_force=valid,
            )
            state = "" if valid else "（已不是现行有效的依据）"
            approved = f"，{document.approved_by}批准" if document is not None and document.approved_by else ""
            lines.append(f"依据《{citation.title}》{citation.locator}{state}{approved}：{citation.quote}")
        if not sentence.citations:
            lines.append(_other_origin(turn, sentence))
        if sentence.worded_by:
            lines.append(f"措辞出自模型 {sentence.worded_by}。")
    return Outcome("\n".join(lines) or "这里还没有文字。", focus=place)


def _other_origin(turn: Turn, sentence: Sentence) -> str:
    text = _ORIGINS.get(sentence.origin, "没有记录出处。").format(facts="、".join(sentence.facts))
    for name in sentence.facts:
        fact = turn.draft.brief.fact(name)
        if fact is not None:
            since = f"，截至{fact.as_of}" if fact.as_of else ""
            source = f"，来源：{fact.source}" if fact.source else "，没有写明来源"
            text += f"\n  {fact.name}：{fact.written}{since}{source}"
    return text


def check(turn: Turn, command: CheckCommand) -> Handled:
    """Tell what the checks find, in one place or in all."""
    findings = turn.office.reports.review(turn.report, turn.draft.brief)
    here = _inside(turn.report, findings, command.place)
    for finding in here:
        yield FindingEvent(finding=finding)
    name = turn.told(command.place)
    if not here:
        return Outcome(
            f"{name}核对没有发现问题。", focus=command.place if command.place != Place() else turn.state.focus
        )
    lines = [finding_line(finding) for finding in here]
    summary = Summary.of(here)
    lines.append(f"{name}共 {summary.error} 处错误、{summary.warning} 处提醒、{summary.info} 处说明。")
    return Outcome("\n".join(lines), focus=command.place if command.place != Place() else turn.state.focus)


def _inside(report: Report, findings: list[Finding], place: Place) -> list[Finding]:
    """The findings that stand on words of the place."""
    if place == Place():
        return findings
    view = ReportText(report)
    there = [(view.offset(s), view.offset(s) + len(s.text)) for s in headed_sentences_at(report, place) if s.text]

    def stands_there(finding: Finding) -> bool:
        at, end = view.at(finding.line, finding.column), view.at(finding.end_line, finding.end_column)
        return any(first < max(end, at + 1) and at < last for first, last in there)

    return [finding for finding in findings if stands_there(finding)]


def show(turn: Turn, command: ShowCommand) -> Handled:
    """Show a place, or something about the report."""
    what = _SHOWN[command.what](turn) if command.what != "text" else place_text(turn.report, command.place)
    shown = command.place if command.what == "text" and command.place != Place() else None
    yield TextEvent(text=what, place=shown)
    return Outcome(what, focus=shown or turn.state.focus)


def place_text(report: Report, place: Place) -> str:
    """The words of a place as they stand in the report."""
    if place == Place():
        return render_text(report).rstrip()
    if place.sentence is not None:
        return find_sentence(report, place).text
    if place.part in (TITLE, OPENING):
        return "".join(sentence.text for sentence in sentences_at(report, place))
    part = find_part(report, place)
    if place.item:
        item = find_item(report, place)
        alone = part.model_copy(update={"items": [item], "lead": [], "heading": Sentence(text=""), "ordinal": ""})
    else:
        alone = part
    return render_text(Report(kind=report.kind, parts=[alone])).strip()


def outline(report: Report) -> str:
    """The headings and topic sentences, one a line."""
    lines = [report.title.text] if report.title is not None else []
    for part in report.parts:
        lines.append(f"{part.ordinal}{part.heading.text}")
        for place, item in walk_items(part):
            first = item.heading or next(iter(item.sentences), None)
            words = first.text if first is not None else ""
            lines.append(f"{'　' * len(place.item)}{item.ordinal or f'{place.item[-1]}.'}{words}")
    return "\n".join(lines)


def _history(turn: Turn) -> str:
    lines = []
    for entry in turn.office.reports.history(turn.draft.id):
        when = local_time(entry.created_at)
        lines.append(f"第{entry.revision}稿  {when}  {entry.author}  {entry.reason}")
    return "\n".join(lines)


def _placeholders(turn: Turn) -> str:
    blanks = turn.draft.placeholders
    return f"还有{len(blanks)}处待补：{'；'.join(blanks)}。" if blanks else "没有待补的内容。"


def _facts(turn: Turn) -> str:
    lines = []
    for fact in turn.draft.brief.facts:
        about = "，".join(filter(None, (f"截至{fact.as_of}" if fact.as_of else "", fact.source)))
        lines.append(f"{fact.name}：{fact.written}" + (f"（{about}）" if about else ""))
    return "\n".join(lines) or "拟稿要求中没有事实。"


def _proposals(turn: Turn) -> str:
    lines = []
    for one in turn.state.proposals:
        now = one.now.text if one.now is not None else "（删去）"
        why_not = f"：{'；'.join(one.reasons)}" if one.reasons else ""
        lines.append(f"{one.number}. [{one.verdict.label}{why_not}] {''.join(one.was) or '（新增）'} → {now}")
    return "\n".join(lines) or "没有等待采用的改写。"


_SHOWN: dict[str, Callable[[Turn], str]] = {
    "outline": lambda turn: outline(turn.report),
    "history": _history,
    "placeholders": _placeholders,
    "facts": _facts,
    "proposals": _proposals,
    "status": lambda turn: turn.office.reports.status(turn.draft.id).told,
}


def compare(turn: Turn, command: CompareCommand) -> Handled:
    """Tell how two revisions differ."""
    latest = turn.revision
    new = command.new or latest
    old = command.old or max(1, new - 1)
    if old == new:
        return Outcome(f"只有第{new}稿，没有可比的。" if latest == 1 else f"两边都是第{new}稿。", failed=True)
    diff = turn.office.reports.compare(turn.draft.id, old, new)
    text = diff.text()
    yield TextEvent(text=text)
    return Outcome(f"第{old}稿与第{new}稿相比：{diff.summary()}\n{text}".rstrip(), focus=turn.state.focus)
