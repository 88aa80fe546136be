"""A fact changed: what rests on it is shown first, then changed exactly, and nothing else."""

from __future__ import annotations

from nigao.chat.commands import SetFactCommand
from nigao.chat.events import Affected, AffectedEvent
from nigao.chat.turn import Handled, Outcome, Turn
from nigao.errors import EditError
from nigao.report.brief import Fact
from nigao.report.editing.facts import FactChange, affected, apply_fact


def set_fact(turn: Turn, command: SetFactCommand) -> Handled:
    """Show what a fact's change would touch; once confirmed, make it."""
    brief = turn.draft.brief
    fact = _fact(turn, command)
    change = affected(turn.report, brief, command.name, fact)
    if command.old and change.old and command.old not in change.old:
        raise EditError(
            f"“{change.name}”现在是“{change.old}”，不是“{command.old}”", where="事实", fix="核对后再改，或直接说新的值"
        )
    untouched = tuple(f"{note.where}：{note.text}（{note.why}）" for note in (*change.flagged, *change.others))
    sentences = tuple(
        Affected(place=one.place, where=one.where, before=one.before, after=one.after, along=tuple(one.along))
        for one in change.sentences
    )
    yield AffectedEvent(sentences=sentences, untouched=untouched)
    told = _told(change, untouched)
    if not turn.agreed(told):
        return Outcome(f"{told}\n确认修改吗？", ask=True, shown=told, focus=turn.state.focus)
    apply_fact(turn.report, brief, command.name, fact)
    head = _head(change)
    text = f"已将{head}，修改{len(change.sentences)}句。"
    return Outcome(text, turn.report, change.brief, reason=head, focus=turn.state.focus)


def _fact(turn: Turn, command: SetFactCommand) -> Fact:
    """The fact as it will stand. What the old value rested on says nothing of the new one: who gives it is named."""
    if not command.name.strip() or not command.value.strip().rstrip("。，；："):
        raise EditError("没有写明是哪项事实、改成什么", where="事实", fix="如“编制数改成30名”")
    source = command.source or f"{turn.author}在会话中提供"
    as_of = command.as_of or f"{turn.today.year}年{turn.today.month}月{turn.today.day}日"
    return Fact(name=command.name, value=command.value, as_of=as_of, source=source)


def _head(change: FactChange) -> str:
    return f"“{change.name}”由{change.old}改为{change.new}" if change.old else f"“{change.name}”定为{change.new}"


def _told(change: FactChange, untouched: tuple[str, ...]) -> str:
    """The whole list, as it is agreed to."""
    count = len(change.sentences)
    lines = [f"{_head(change)}，涉及{count}句：" if count else f"{_head(change)}，报告中没有句子用到它。"]
    for one in change.sentences:
        along = f"（{'；'.join(one.along)}）" if one.along else ""
        lines.append(f"  {one.where}：{one.before} → {one.after}{along}")
    lines += [f"  没有改：{note}" for note in untouched]
    return "\n".join(lines)
