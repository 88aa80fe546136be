"""A command in words, as a person is told how a turn was understood."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from nigao.chat.commands import AddCommand, Command, DraftCommand, ReviseCommand
from nigao.report.model import Report
from nigao.report.places import Place, told

_At = Callable[[Place], str]

_SHOWN = {
    "text": "显示{place}",
    "outline": "显示提纲",
    "history": "显示修改记录",
    "placeholders": "显示待补内容",
    "facts": "显示事实清单",
    "proposals": "显示待定的改写",
    "status": "显示报告状态",
}
_HOW = {"shorten": "压缩", "lengthen": "扩充", "rewrite": "改写", "tone": "调整语气"}
_LONGEST_QUOTE = 18
_WHERE = {"before": "之前", "behind": "之后", "into": "末尾"}


def label(command: Command, report: Report | None) -> str:
    """The command in words, its places as people write them."""

    def at(place: Place) -> str:
        return told(report, place) if report is not None else "报告"

    return _LABELS[command.verb](command, at)


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST_QUOTE else words[:_LONGEST_QUOTE] + "……"


def _draft(command: DraftCommand, at: _At) -> str:
    if command.place != Place():
        return f"重新起草{at(command.place)}"
    return f"起草报告（{command.brief}）" if command.brief else "起草报告"


def _revise(command: ReviseCommand, at: _At) -> str:
    size = f"到{command.characters}字" if command.characters else ""
    order = f"：{_short(command.instruction)}" if command.instruction else ""
    return f"{_HOW[command.how]}{at(command.place)}{size}{order}"


def _add(command: AddCommand, at: _At) -> str:
    what = "一条" if command.what == "item" else "一句"
    about = f"“{_short(command.text)}”" if command.text else f"（{_short(command.about)}）" if command.about else ""
    return f"在{at(command.place)}{'之后' if command.behind else ''}添加{what}{about}"


def _all(places: Sequence[Place], at: _At) -> str:
    return "和".join(at(place) for place in places)


def _numbers(numbers: Sequence[int]) -> str:
    return "、".join(str(number) for number in numbers) or "全部"


def _revision(number: int | None, otherwise: str) -> str:
    return f"第{number}稿" if number is not None else otherwise


_LABELS: dict[str, Callable[[Any, _At], str]] = {
    "draft": _draft,
    "revise": _revise,
    "write": lambda c, at: f"{at(c.place)}改写为“{_short(c.text)}”",
    "add": _add,
    "delete": lambda c, at: f"删除{_all(c.places, at)}",
    "move": lambda c, at: f"将{at(c.place)}移到{at(c.to)}{_WHERE[c.where]}",
    "swap": lambda c, at: f"{at(c.one)}与{at(c.other)}对调",
    "split": lambda c, at: f"将{at(c.place.whole)}拆成两条",
    "merge": lambda c, at: f"合并{_all(c.places, at)}",
    "replace": lambda c, at: f"{at(c.place)}的“{c.old}”{f'替换为“{c.new}”' if c.new else '去掉'}",
    "set_fact": lambda c, at: f"事实“{c.name}”改为{_short(c.value)}",
    "pair": lambda c, at: f"第{c.measure}条措施对应第{_numbers(c.problems)}个问题",
    "ask": lambda c, at: f"查语料：{_short(c.question)}",
    "show": lambda c, at: _SHOWN[c.what].format(place=at(c.place)),
    "why": lambda c, at: f"说明{at(c.place)}的依据",
    "check": lambda c, at: f"核对{at(c.place)}",
    "fix": lambda c, at: f"自动修正{c.code or '可以修正的'}",
    "waive": lambda c, at: f"忽略{'、'.join(c.codes)}：{c.reason or '（没有写理由）'}",
    "lock": lambda c, at: f"锁定{at(c.place)}",
    "unlock": lambda c, at: f"解锁{at(c.place)}",
    "undo": lambda c, at: f"撤销{c.steps}步",
    "redo": lambda c, at: f"重做{c.steps}步",
    "restore": lambda c, at: f"恢复到第{c.revision}稿",
    "compare": lambda c, at: f"比较{_revision(c.old, '上一稿')}和{_revision(c.new, '最新一稿')}",
    "export": lambda c, at: f"导出{'、'.join(c.files)}",
    "submit": lambda c, at: "送审",
    "approve": lambda c, at: "签发",
    "confirm": lambda c, at: "确认",
    "cancel": lambda c, at: "取消",
    "accept": lambda c, at: f"采用改写：{_numbers(c.numbers)}",
    "reject": lambda c, at: f"放弃改写：{_numbers(c.numbers)}",
    "help": lambda c, at: "看能说些什么",
}
