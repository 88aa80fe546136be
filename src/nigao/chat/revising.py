"""Words changed to order: shorter and longer from the corpus's own sentences, anything else as a model's proposals."""

from __future__ import annotations

from collections.abc import Iterator

from nigao.chat.commands import AcceptCommand, RejectCommand, ReviseCommand
from nigao.chat.events import ProposalEvent, Verdict
from nigao.chat.proposing import apply_proposals, propose
from nigao.chat.turn import Handled, Outcome, Turn
from nigao.drafting.extending import more_sentences, use_report
from nigao.drafting.shortening import least, shortened
from nigao.errors import EditError
from nigao.report.editing.items import delete_places
from nigao.report.editing.sentences import add_sentences
from nigao.report.model import Sentence
from nigao.report.places import OPENING, Place, counted, find_item, place_of, runs, sentences_at

_ORDERS = {
    "shorten": "压缩到{n}字以内，只留最要紧的，数字、名称照抄",
    "lengthen": "写充实一些，到{n}字左右，只用依据材料里的内容",
}
_NEEDS_MODEL = (
    "改写措辞和语气需要模型，现在没有设置模型，稿子没有改动。可以在 nigao.toml 的 [model] 中设置；"
    "或者直接给出文字，如“第二句改成：……”；压缩、扩充、增删、调整次序不需要模型。"
)
_SHORTER, _LONGER = 0.6, 1.5
_MOST_ADDED = 4


def revise(turn: Turn, command: ReviseCommand) -> Handled:
    """Word a place anew."""
    sentences = sentences_at(turn.report, command.place)
    if not sentences:
        raise EditError("这里还没有文字", where=turn.told(command.place), fix="先补写，如“这里加一条……”")
    if all(sentence.locked for sentence in sentences):
        raise EditError("这里已锁定", where=turn.told(command.place), fix=f"先说“解锁{turn.told(command.place)}”")
    if turn.office.model() is not None and command.place.part != OPENING:
        return (yield from _by_model(turn, command, sentences))
    if command.how == "shorten":
        return _shorten(turn, command, sentences)
    if command.how == "lengthen":
        return _lengthen(turn, command, sentences)
    return Outcome(_NEEDS_MODEL, focus=command.place, failed=True)


def _runs_at(turn: Turn, place: Place) -> Iterator[list[Sentence]]:
    """The runs of sentences within a place."""
    for run in runs(turn.report):
        inside = not place.part or (run.place.part == place.part and run.place.item[: len(place.item)] == place.item)
        if inside and counted(run):
            yield counted(run)


def _length(sentences: list[Sentence]) -> int:
    return sum(len(sentence.text) for sentence in sentences)


def _wanted(command: ReviseCommand, length: int) -> int:
    usual = _SHORTER if command.how == "shorten" else _LONGER
    return command.characters or max(1, round(length * usual))


def _shorten(turn: Turn, command: ReviseCommand, sentences: list[Sentence]) -> Outcome:
    place, name = command.place, turn.told(command.place)
    length = _length(sentences)
    wanted = _wanted(command, length)
    if length <= wanted:
        return Outcome(f"{name}现有{length}字，不超过{wanted}字，没有改动。", focus=place)
    if place.sentence is not None:
        return Outcome(
            f"{name}是一整句（{length}字），没有模型不能在句内压缩，没有改动。可以直接给出文字。",
            focus=place,
            failed=True,
        )
    within = list(_runs_at(turn, place))
    gone = shortened(within, wanted)
    if gone is None:
        left = least(within)
        advice = f"只留主题句和不能删的句子也有{left}字" if left < length else "没有可以删去的句子"
        return Outcome(f"{name}现有{length}字，{advice}，压不到{wanted}字，没有改动。", focus=place, failed=True)
    places = [found for sentence in gone if (found := place_of(turn.report, sentence)) is not None]
    delete_places(turn.report, turn.kind, places)
    now = _length(sentences_at(turn.report, place))
    return Outcome(
        f"{name}由{length}字压缩到{now}字，删去{len(gone)}句。",
        turn.report,
        reason=f"{name}压缩到{wanted}字以内",
        focus=place,
    )


def _lengthen(turn: Turn, command: ReviseCommand, sentences: list[Sentence]) -> Outcome:
    place, name = command.place, turn.told(command.place)
    length = _length(sentences)
    wanted = _wanted(command, length)
    if length >= wanted:
        return Outcome(f"{name}现有{length}字，已不少于{wanted}字，没有改动。", focus=place)
    desk = turn.desk()
    use_report(desk, turn.report)
    inner = place.whole
    item = find_item(turn.report, inner) if inner.item else None
    if item is not None and item.items:
        return Outcome(f"{name}下面有{len(item.items)}点，请说明扩充哪一点。", focus=place, failed=True)
    more = more_sentences(desk, turn.spec(inner), item, "", room=wanted - length + 20, most=_MOST_ADDED)
    if not more:
        return Outcome(f"语料中没有找到可以补进{name}的句子，没有改动。", focus=place, failed=True)
    add_sentences(turn.report, inner, more, behind=False)
    now = length + _length(more)
    short = "，语料中没有更多可用的了" if now < wanted - 20 else ""
    return Outcome(f"{name}由{length}字扩充到{now}字{short}。", turn.report, reason=f"{name}扩充", focus=place)


def _by_model(turn: Turn, command: ReviseCommand, sentences: list[Sentence]) -> Handled:
    """A model's proposals; where none of them can be used, the corpus's own sentences for shorter and longer."""
    place, name = command.place, turn.told(command.place)
    length = _length(sentences)
    order = _ORDERS.get(command.how, "").format(n=_wanted(command, length)) or command.instruction or turn.said
    proposals = yield from propose(turn, place, order, more=command.how == "lengthen")
    for one in proposals:
        yield ProposalEvent(
            number=one.number,
            place=one.place,
            was="".join(one.was),
            now=one.now.text if one.now is not None else "",
            verdict=one.verdict,
            reasons=tuple(one.reasons),
        )
    usable = [one for one in proposals if one.verdict is not Verdict.REJECTED]
    if not usable and command.how == "shorten":
        done = _shorten(turn, command, sentences)
        return Outcome(
            f"模型的改写没有一句通过核对。{done.text}", done.report, reason=done.reason, focus=place, failed=done.failed
        )
    if not usable and command.how == "lengthen":
        done = _lengthen(turn, command, sentences)
        return Outcome(
            f"模型的改写没有一句通过核对。{done.text}", done.report, reason=done.reason, focus=place, failed=done.failed
        )
    if not usable:
        return Outcome(f"模型对{name}没有提出可用的改写，稿子没有改动。", focus=place, failed=True)
    turn.state.proposals = proposals
    return Outcome(
        f"模型对{name}提出{len(proposals)}处改写，其中{len(usable)}处可以采用。稿子还没有改动：说“全部采用”“采用第1、3句”或“都不要”。",
        focus=place,
    )


def accept(turn: Turn, command: AcceptCommand) -> Outcome:
    """Take proposed sentences: by number, or all that passed the checks without a doubt."""
    waiting = turn.state.proposals
    if not waiting:
        return Outcome("现在没有等待采用的改写。", failed=True)
    known = {one.number: one for one in waiting}
    unknown = [number for number in command.numbers if number not in known]
    if unknown:
        raise EditError(f"没有第{unknown[0]}处改写", where="采用", fix=f"有：{'、'.join(map(str, known))}")
    chosen = [known[number] for number in command.numbers] or [o for o in waiting if o.verdict is Verdict.PASSED]
    refused = [one for one in chosen if one.verdict is Verdict.REJECTED]
    if refused:
        why = "；".join(refused[0].reasons) or "未通过核对"
        raise EditError(f"第{refused[0].number}处不能采用", where="采用", fix=f"{why}。可以采用其他各处，或自己写")
    if not chosen:
        return Outcome("没有无疑问通过核对的改写；需人工判断的，请逐处采用，如“采用第1句”。", failed=True)
    places = {one.place for one in chosen}
    apply_proposals(turn.report, chosen)
    left = len(waiting) - len(chosen)
    rest = f"，其余{left}处没有采用" if left else ""
    name = "、".join(turn.told(place) for place in sorted(places, key=lambda p: (p.part, p.item)))
    text = f"已采用{len(chosen)}处改写（{name}）{rest}。"
    return Outcome(text, turn.report, reason=f"采用模型改写：{name}", focus=chosen[0].place)


def reject(turn: Turn, command: RejectCommand) -> Outcome:
    """Refuse proposed sentences."""
    waiting = turn.state.proposals
    if not waiting:
        return Outcome("现在没有等待采用的改写。", failed=True)
    left = [one for one in waiting if command.numbers and one.number not in command.numbers]
    turn.state.proposals = left
    rest = f"，还有{len(left)}处等待决定" if left else ""
    return Outcome(f"已放弃{len(waiting) - len(left)}处改写，稿子没有改动{rest}。")
