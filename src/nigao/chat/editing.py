"""Editing by hand: an editor's own words, items moved, joined, split and taken out, terms replaced, locks, pairing."""

from __future__ import annotations

from nigao.chat.commands import (
    AddCommand,
    DeleteCommand,
    LockCommand,
    MergeCommand,
    MoveCommand,
    PairCommand,
    ReplaceCommand,
    SplitCommand,
    SwapCommand,
    UnlockCommand,
    WaiveCommand,
    WriteCommand,
)
from nigao.chat.events import AffectedEvent, NoticeEvent
from nigao.chat.turn import Handled, Outcome, Turn
from nigao.checks.reporttext import ReportText
from nigao.drafting.extending import more_item, more_sentences, use_report
from nigao.drafting.outline import as_topic
from nigao.errors import EditError
from nigao.report.editing.items import add_item, delete_places, move, swap
from nigao.report.editing.parting import merge, split
from nigao.report.editing.sentences import add_sentences, replace_sentence, set_heading
from nigao.report.editing.terms import replace_term
from nigao.report.model import Item, Origin, Sentence
from nigao.report.pairing import answering_parts
from nigao.report.places import (
    OPENING,
    TITLE,
    Place,
    find_item,
    find_sentence,
    headed_sentences_at,
    item_place,
    place_of,
    sentences_at,
)
from nigao.report.waivers import Waiver, bare
from nigao.text.sentences import split_sentences

_SENTENCE_ROOM = 200


def typed(text: str) -> list[Sentence]:
    """An editor's words as sentences, each closed. Raises EditError where there are none."""
    if not text.strip():
        raise EditError("没有写明文字", where="文字", fix="把要写的话写出来；不要了的，说“删除”")
    spans = [span.text for span in split_sentences(text.strip())]
    closed = [one if one.endswith(("。", "！", "？", "；", "：", "”", "）", "】")) else as_topic(one) for one in spans]
    return [Sentence(text=one, origin=Origin.HUMAN) for one in closed]


def write(turn: Turn, command: WriteCommand) -> Outcome:
    """Put the editor's own words at a place: they are marked as a person's."""
    place, report = command.place, turn.report
    new = typed(command.text)
    if place.sentence == 0 or place.part == TITLE:
        set_heading(report, place, Sentence(text=command.text.strip(), origin=Origin.HUMAN))
    elif place.sentence is not None:
        replace_sentence(report, place, new)
    elif place.item or place.part == OPENING:
        _rewrite_run(turn, place, command.text)
    else:
        raise EditError("一次改写整个部分太多", where=turn.told(place), fix="写明改哪一条或哪一句")
    text = f"改写{turn.told(place)}"
    return Outcome(f"已{text}。", report, reason=text, focus=place)


def _rewrite_run(turn: Turn, place: Place, text: str) -> None:
    """The sentences of an item or of the opening give way to the editor's; the item's heading among them is kept where
    the words begin with it.
    """
    report, new = turn.report, typed(text)
    if place.item and find_item(report, place).items:
        raise EditError("这一条下面还有分条", where=turn.told(place), fix="写明改哪一点或哪一句")
    old = sentences_at(report, place)
    heading = find_item(report, place).heading if place.item else None
    if heading is not None and old and old[0] is heading:
        if new and new[0].text == heading.text:
            new = new[1:]
        else:
            replace_sentence(report, place.model_copy(update={"sentence": 1}), new[:1])
            new = new[1:]
        old = old[1:]
    first = len(sentences_at(report, place)) - len(old) + 1
    if not old:
        if new:
            add_sentences(report, place, new, behind=False)
        return
    rest = [place.model_copy(update={"sentence": number}) for number in range(first + 1, first + len(old))]
    if rest:
        delete_places(report, turn.kind, rest)
    if new:
        replace_sentence(report, place.model_copy(update={"sentence": first}), new)
    else:
        delete_places(report, turn.kind, [place.model_copy(update={"sentence": first})])


def add(turn: Turn, command: AddCommand) -> Outcome:
    """Add an item or a sentence: the editor's words, or the corpus's."""
    return _add_item(turn, command) if command.what == "item" else _add_sentence(turn, command)


def _add_item(turn: Turn, command: AddCommand) -> Outcome:
    report, spec = turn.report, turn.spec(command.place)
    if command.text:
        first, *rest = typed(command.text)
        short = len(first.text) <= 40 and rest
        item = Item(heading=first, sentences=rest) if short else Item(sentences=[first, *rest])
    else:
        desk = turn.desk()
        use_report(desk, report)
        made = more_item(report, desk, spec, command.about)
        if made is None:
            about = f"“{command.about}”" if command.about else "这一部分还没有写到的"
            return Outcome(
                f"语料中没有找到{about}可用的材料，没有添加。可以直接给出文字，如“{turn.told(command.place)}加一条：……”。",
                focus=command.place,
                failed=True,
            )
        item = made
    place = add_item(report, turn.kind, command.place, item, behind=command.behind)
    text = f"补写{turn.told(place)}"
    return Outcome(f"已{text}：{_opening_words(item)}", report, reason=text, focus=place)


def _opening_words(item: Item) -> str:
    first = next(item.walk(), None)
    return first.text if first is not None else ""


def _add_sentence(turn: Turn, command: AddCommand) -> Outcome:
    report, place = turn.report, command.place
    if command.text:
        new = typed(command.text)
    else:
        desk = turn.desk()
        use_report(desk, report)
        item = find_item(report, place.whole) if place.item else None
        spec = turn.spec(place)
        new = more_sentences(desk, spec, item, command.about, room=_SENTENCE_ROOM, most=1)
        if not new:
            about = f"“{command.about}”" if command.about else turn.told(place)
            return Outcome(f"语料中没有找到{about}可用的句子，没有添加。", focus=place, failed=True)
    at = add_sentences(report, place, new, behind=command.behind)
    text = f"{turn.told(at.whole)}添加{len(new)}句"
    return Outcome(f"已在{turn.told(place)}添加：{''.join(s.text for s in new)}", report, reason=text, focus=at)


def delete(turn: Turn, command: DeleteCommand) -> Outcome:
    """Take out items, points or sentences."""
    names = "和".join(turn.told(place) for place in command.places)
    delete_places(turn.report, turn.kind, list(command.places))
    above = command.places[0].whole if command.places[0].sentence is not None else command.places[0].above
    return Outcome(f"已删除{names}。", turn.report, reason=f"删除{names}", focus=above)


def move_place(turn: Turn, command: MoveCommand) -> Outcome:
    """Move an item or a sentence."""
    names = turn.told(command.place), turn.told(command.to)
    moved = _held(turn, command.place)
    move(turn.report, turn.kind, command.place, command.where, command.to)
    at = _now_at(turn, moved) or command.to
    where = {"before": "之前", "behind": "之后", "into": "末尾"}[command.where]
    text = f"{names[0]}移到{names[1]}{where}"
    return Outcome(f"已将{text}，现为{turn.told(at)}。", turn.report, reason=text, focus=at)


def _held(turn: Turn, place: Place) -> Item | Sentence:
    """What stands at a place."""
    return find_item(turn.report, place) if place.sentence is None else find_sentence(turn.report, place)


def _now_at(turn: Turn, moved: Item | Sentence) -> Place | None:
    return item_place(turn.report, moved) if isinstance(moved, Item) else place_of(turn.report, moved)


def swap_places(turn: Turn, command: SwapCommand) -> Outcome:
    """Let two items or sentences change places."""
    text = f"{turn.told(command.one)}与{turn.told(command.other)}对调"
    swap(turn.report, turn.kind, command.one, command.other)
    return Outcome(f"已将{text}。", turn.report, reason=text, focus=command.one.above)


def split_item(turn: Turn, command: SplitCommand) -> Outcome:
    """Make two items of one."""
    text = f"{turn.told(command.place.whole)}拆成两条"
    place = command.place.whole
    split(turn.report, turn.kind, command.place)
    at = place.model_copy(update={"item": (*place.item[:-1], place.item[-1] + 1)})
    return Outcome(f"已将{text}，新的一条是{turn.told(at)}。", turn.report, reason=text, focus=at)


def merge_places(turn: Turn, command: MergeCommand) -> Outcome:
    """Make one item or sentence of several."""
    text = f"{'和'.join(turn.told(place) for place in command.places)}合并"
    at = min(command.places, key=lambda place: (place.item, place.sentence or 0))
    gone = merge(turn.report, turn.kind, list(command.places))
    left_out = f"不再单列的标题：{'；'.join(heading.text for heading in gone)}" if gone else ""
    return Outcome(f"已将{text}为{turn.told(at)}。{left_out}", turn.report, reason=text, focus=at)


def replace(turn: Turn, command: ReplaceCommand) -> Handled:
    """Write one term for another wherever it is the same thing; what looks alike and is not is told."""
    found = replace_term(turn.report, command.old, command.new, command.place)
    done = [one for one in found if one.same]
    left = [f"{one.where}：{one.text}（{one.why}）" for one in found if not one.same]
    if left:
        yield AffectedEvent(untouched=tuple(left))
    cited = sum(one.sentence.origin is Origin.SOURCE for one in done)
    if cited:
        yield NoticeEvent(text=f"其中{cited}处引自批准文件，文件原文是“{command.old}”，改后与出处的用语不一致。")
    facts = sorted({name for one in done for name in one.sentence.facts})
    if facts:
        names = "、".join(facts)
        yield NoticeEvent(text=f"其中有依据事实“{names}”的句子，改后与拟稿要求不一致；要改的是事实，请改事实。")
    text = f"“{command.old}”替换为“{command.new}”"
    lines = [f"已将{text}，共{len(done)}处" + (f"，另有{len(left)}处不是同一样东西，没有改：" if left else "。"), *left]
    focus = command.place if command.place != Place() else turn.state.focus
    return Outcome("\n".join(lines), turn.report, reason=text, focus=focus)


def pair(turn: Turn, command: PairCommand) -> Outcome:
    """Record which problems a measure answers."""
    parts = next(answering_parts(turn.report, turn.kind), None)
    if parts is None:
        raise EditError("报告没有互相对应的两个部分", where="对应关系")
    measures, problems = parts
    measure = find_item(turn.report, Place(part=measures.key, item=(command.measure,)))
    for number in command.problems:
        find_item(turn.report, Place(part=problems.key, item=(number,)))
    numbers = sorted(set(command.problems))
    text = f"第{command.measure}条措施对应第{'、'.join(map(str, numbers))}个问题"
    focus = Place(part=measures.key, item=(command.measure,))
    if measure.addresses == numbers:
        return Outcome(f"{text}，原来就是这样对应的。", focus=focus)
    measure.addresses = numbers
    return Outcome(f"已记录：{text}。", turn.report, reason=text, focus=focus)


def lock(turn: Turn, command: LockCommand) -> Outcome:
    """Lock a place's sentences."""
    count = _set_lock(turn, command.place, locked=True)
    name = turn.told(command.place)
    if not count:
        return Outcome(f"{name}已经是锁定的。", focus=command.place)
    return Outcome(
        f"已锁定{name}（{count}句），解锁前不会改动。", turn.report, reason=f"锁定{name}", focus=command.place
    )


def unlock(turn: Turn, command: UnlockCommand) -> Outcome:
    """Unlock a place's sentences."""
    count = _set_lock(turn, command.place, locked=False)
    name = turn.told(command.place)
    if not count:
        return Outcome(f"{name}没有锁定的句子。", focus=command.place)
    return Outcome(f"已解锁{name}（{count}句）。", turn.report, reason=f"解锁{name}", focus=command.place)


def _set_lock(turn: Turn, place: Place, *, locked: bool) -> int:
    changed = [sentence for sentence in headed_sentences_at(turn.report, place) if sentence.locked is not locked]
    for sentence in changed:
        sentence.locked = locked
    return len(changed)


def waive(turn: Turn, command: WaiveCommand) -> Outcome:
    """Let a finding stand, with the reason."""
    codes = [code.upper() for code in command.codes]
    if not command.reason.strip():
        raise EditError("忽略一条提醒要写明理由", where="、".join(codes), fix=f"如“忽略{codes[0]}，理由：……”")
    standing = {finding.code for finding in turn.draft.findings}
    unknown = [code for code in codes if not any(one.startswith(code) for one in standing)]
    if unknown:
        found = "、".join(sorted(standing)) or "没有任何提醒"
        raise EditError(f"当前核对结果中没有 {'、'.join(unknown)}", where="忽略", fix=f"现有：{found}")
    line = ""
    if command.place != Place():
        view = ReportText(turn.report)
        first = next(iter(headed_sentences_at(turn.report, command.place)), None)
        if first is None:
            raise EditError("这里还没有文字", where=turn.told(command.place))
        line = bare(view.line(view.position(view.offset(first))[0]))
    turn.report.waivers.append(
        Waiver(codes=codes, reason=command.reason.strip(), text=line, by=turn.author, on=turn.today.isoformat())
    )
    text = f"忽略{'、'.join(codes)}：{command.reason.strip()}"
    return Outcome(f"已记录{text}", turn.report, reason=text, focus=turn.state.focus)
