"""The report as a whole: drafted, drafted anew in part, mended, taken back, exported, handed in and signed off."""

from __future__ import annotations

from nigao.chat.commands import (
    ApproveCommand,
    DraftCommand,
    ExportCommand,
    FixCommand,
    RedoCommand,
    RestoreCommand,
    SubmitCommand,
    UndoCommand,
)
from nigao.chat.running import follow
from nigao.chat.turn import Handled, Outcome, Turn
from nigao.drafting.composer import OfflineComposer
from nigao.drafting.extending import use_report
from nigao.drafting.outline import plan_report
from nigao.errors import EditError
from nigao.manuscript import mend_report, safe_edits
from nigao.report.brief import Brief
from nigao.report.model import Origin, Part
from nigao.report.places import Place, find_item, find_part, siblings
from nigao.revising.planning import Change


def draft(turn: Turn, command: DraftCommand) -> Handled:
    """Draft a new report, or a part or an item of this one anew."""
    if command.place == Place():
        return (yield from _draft_report(turn, command))
    return _draft_again(turn, command)


def _draft_report(turn: Turn, command: DraftCommand) -> Handled:
    if command.brief:
        brief = Brief.load(turn.file(command.brief))
    elif turn.latest is not None:
        brief = turn.draft.brief
        if not turn.agreed("draft"):
            return Outcome("将按原来的拟稿要求另起一份新报告，现在这份不受影响。确认吗？", ask=True, shown="draft")
    else:
        raise EditError("没有指明拟稿要求", where="起草", fix="写明文件，如“起草 brief.yaml”")
    run = turn.office.start(brief, turn.author)
    yield from follow(run, turn)
    made = run.draft
    assert made is not None
    turn.state.report_id = made.id
    blanks = f"，{len(made.placeholders)}处待补" if made.placeholders else ""
    errors = f"，{len(made.errors)}处错误" if made.errors else ""
    return Outcome(f"已起草报告 {made.id}：{len(made.report.parts)}个部分{blanks}{errors}。")


def _draft_again(turn: Turn, command: DraftCommand) -> Outcome:
    """A part or an item composed anew; what a person typed or locked is not lost without a word."""
    place, name = command.place, turn.told(command.place)
    old = find_part(turn.report, place)
    inside = list(find_item(turn.report, place).walk()) if place.item else list(old.walk())
    own = [s for s in inside if s.origin is Origin.HUMAN or s.locked]
    if any(sentence.locked for sentence in inside):
        raise EditError(f"{name}有锁定的句子，不能重新起草", where=name, fix=f"先说“解锁{name}”")
    if own and not turn.agreed("again"):
        return Outcome(
            f"{name}有{len(own)}句人工写的文字，重新起草会换掉。确认吗？", ask=True, shown="again", focus=place
        )
    new = _composed(turn, place, old)
    if place.item:
        _take_item(turn, place, new)
    else:
        turn.report.parts[turn.report.parts.index(old)] = new
    return Outcome(f"已重新起草{name}。", turn.report, reason=f"重新起草{name}", focus=place)


def _composed(turn: Turn, place: Place, old: Part) -> Part:
    spec = turn.spec(place)
    desk = turn.desk()
    use_report(desk, turn.report, but=old)
    plan = next(plan for plan in plan_report(turn.draft.brief, turn.kind, spec.key) if plan.spec is spec)
    new = OfflineComposer().write(plan, desk, turn.report)
    # Its place among the parts and the way it is headed stay as they were.
    new.ordinal, new.heading, new.gap = old.ordinal, old.heading, old.gap
    return new


def _take_item(turn: Turn, place: Place, new: Part) -> None:
    items = new.items
    for number in place.item[:-1]:
        items = items[number - 1].items if number <= len(items) else []
    if place.item[-1] > len(items):
        raise EditError(
            "重新起草没有得到这一条", where=turn.told(place), fix="语料中可能没有更多材料；可以补写或直接给出文字"
        )
    here = siblings(turn.report, place)
    was, fresh = here[place.item[-1] - 1], items[place.item[-1] - 1]
    fresh.ordinal, fresh.gap, fresh.addresses = was.ordinal, was.gap, was.addresses or fresh.addresses
    here[place.item[-1] - 1] = fresh


def fix(turn: Turn, command: FixCommand) -> Outcome:
    """Make the safe corrections."""
    findings = turn.office.reports.review(turn.report, turn.draft.brief)
    wanted = [f for f in findings if f.code.startswith(command.code.upper())]
    edits = safe_edits(turn.report, wanted)
    if not edits:
        return Outcome("没有可以自动修正的。", focus=turn.state.focus)
    lines = [f"{one.finding.code}：“{one.finding.text}”改为“{one.text}”" for one in mend_report(turn.report, edits)]
    if not lines:
        return Outcome("能自动修正的都在锁定的句子里，没有改动。", focus=turn.state.focus)
    text = f"已自动修正{len(lines)}处。\n" + "\n".join(lines)
    return Outcome(text, turn.report, reason="自动修正", focus=turn.state.focus)


def undo(turn: Turn, command: UndoCommand) -> Outcome:
    """Take back the last changes."""
    planned = turn.office.reports.plan.undo(
        turn.draft.id, turn.author, command.steps, turn.revision, others=command.others
    )
    return _brought_back(planned)


def redo(turn: Turn, command: RedoCommand) -> Outcome:
    """Make again what was taken back."""
    planned = turn.office.reports.plan.redo(
        turn.draft.id, turn.author, command.steps, turn.revision, others=command.others
    )
    return _brought_back(planned)


def restore(turn: Turn, command: RestoreCommand) -> Outcome:
    """Go back to an earlier revision."""
    planned = turn.office.reports.plan.restore(turn.draft.id, command.revision, turn.author, turn.revision)
    return _brought_back(planned)


def _brought_back(planned: Change) -> Outcome:
    new = planned.revision
    if new is None:
        return Outcome("内容本来就是那样，没有改动。")
    return Outcome(f"已{new.reason}，现在是第{new.restores}稿的内容。", new.report, planned=planned)


def export(turn: Turn, command: ExportCommand) -> Outcome:
    """Write files by suffix."""
    title = turn.draft.report.title.text if turn.draft.report.title is not None else turn.draft.id
    names = [f"{_file_name(title)}{name}" if name.startswith(".") else name for name in command.files]
    files = [turn.file(name) for name in names]
    told = turn.office.reports.export(turn.draft, files)
    text = "\n".join([f"已写出：{'、'.join(map(str, files))}", *told])
    return Outcome(text, focus=turn.state.focus)


def _file_name(title: str) -> str:
    return "".join("_" if c in '\\/:*?"<>|\n\r\t' else c for c in title).strip()[:80] or "报告"


def submit(turn: Turn, command: SubmitCommand) -> Outcome:
    """Hand the report in for sign-off."""
    turn.office.reports.submit(turn.draft.id, turn.author)
    return Outcome(f"第{turn.revision}稿已送审，等待签发。", focus=turn.state.focus)


def approve(turn: Turn, command: ApproveCommand) -> Outcome:
    """Sign the report off."""
    turn.office.reports.approve(turn.draft.id, turn.author)
    return Outcome(f"第{turn.revision}稿已签发。之后任何改动都会使签发失效。", focus=turn.state.focus)
