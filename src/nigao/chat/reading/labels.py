"""A command in a few words, for offering it: 删去三、二是."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nigao.chat.commands import Command
from nigao.report.model import Report
from nigao.report.places import Place, told

_SHORTEST_QUOTE = 18
_SHOWN = {
    "outline": "提纲",
    "history": "修改历史",
    "placeholders": "待补的地方",
    "facts": "事实清单",
    "proposals": "建议稿",
    "status": "状态",
}
_HOW = {"shorten": "压缩", "lengthen": "扩写", "rewrite": "改写", "tone": "调整语气："}
_PLAIN = {
    "submit": "提交送审",
    "approve": "签发",
    "confirm": "确认",
    "cancel": "取消",
}


def told_command(report: Report | None, command: Command) -> str:
    """The command in words; places as people write them."""
    verb = command.verb
    if verb in _PLAIN:
        return _PLAIN[verb]
    return _TOLD[verb](_Words(report), command)


class _Words:
    """Places and the editor's words, shortened."""

    def __init__(self, report: Report | None) -> None:
        self._report = report

    def at(self, place: Place) -> str:
        return told(self._report, place) if self._report is not None else "全文"

    def all(self, places: tuple[Place, ...]) -> str:
        return "、".join(map(self.at, places))

    def short(self, words: str) -> str:
        return words if len(words) <= _SHORTEST_QUOTE else words[:_SHORTEST_QUOTE] + "……"


def _revise(words: _Words, c: Any) -> str:
    length = f"到{c.characters}字" if c.characters else ""
    said = f"（{words.short(c.instruction)}）" if c.instruction and c.how == "rewrite" else words.short(c.instruction)
    return (
        f"{words.at(c.place)}{_HOW[c.how]}{said}"
        if c.how == "tone"
        else f"{_HOW[c.how]}{words.at(c.place)}{length}{said}"
    )


def _add(words: _Words, c: Any) -> str:
    what = "一条" if c.what == "item" else "一句"
    said = f"：{words.short(c.text)}" if c.text else f"（{words.short(c.about)}）" if c.about else ""
    return f"在{words.at(c.place)}{'后面' if c.behind else '里'}补{what}{said}"


def _move(words: _Words, c: Any) -> str:
    where = {"before": "前面", "behind": "后面", "into": "最后"}[c.where]
    return f"把{words.at(c.place)}移到{words.at(c.to)}{where}"


def _fact(words: _Words, c: Any) -> str:
    return f"{c.name}{f'由{c.old}' if c.old else ''}改为{words.short(c.value)}"


def _compare(words: _Words, c: Any) -> str:
    if c.old is None:
        return "与上一稿比较"
    return f"比较第{c.old}稿和{f'第{c.new}稿' if c.new else '现在这一稿'}"


_TOLD: dict[str, Callable[[_Words, Any], str]] = {
    "draft": lambda w, c: f"重新起草{w.at(c.place)}" if c.place.part else "起草全文",
    "revise": _revise,
    "write": lambda w, c: f"{w.at(c.place)}改写成“{w.short(c.text)}”",
    "add": _add,
    "delete": lambda w, c: f"删去{w.all(c.places)}",
    "move": _move,
    "swap": lambda w, c: f"{w.at(c.one)}与{w.at(c.other)}对调",
    "split": lambda w, c: f"拆分{w.at(c.place)}",
    "merge": lambda w, c: f"合并{w.all(c.places)}",
    "replace": lambda w, c: (
        f"{w.at(c.place)}“{w.short(c.old)}”换成“{w.short(c.new)}”"
        if c.new
        else f"{w.at(c.place)}去掉“{w.short(c.old)}”"
    ),
    "set_fact": _fact,
    "pair": lambda w, c: f"第{c.measure}条措施对应第{'、'.join(map(str, c.problems))}个问题",
    "ask": lambda w, c: f"到语料里查：{w.short(c.question)}",
    "show": lambda w, c: f"看{w.at(c.place)}" if c.what == "text" else f"看{_SHOWN[c.what]}",
    "why": lambda w, c: f"看{w.at(c.place)}的依据",
    "check": lambda w, c: f"检查{w.at(c.place)}",
    "fix": lambda w, c: f"改正{c.code or '能自动改的问题'}",
    "waive": lambda w, c: f"忽略{'、'.join(c.codes)}",
    "lock": lambda w, c: f"锁定{w.at(c.place)}",
    "unlock": lambda w, c: f"解锁{w.at(c.place)}",
    "undo": lambda w, c: f"撤销{c.steps}步",
    "redo": lambda w, c: f"重做{c.steps}步",
    "restore": lambda w, c: f"还原到第{c.revision}稿",
    "compare": _compare,
    "export": lambda w, c: f"导出{'、'.join(c.files)}",
    "accept": lambda w, c: f"接受第{'、'.join(map(str, c.numbers))}句" if c.numbers else "接受全部改写",
    "reject": lambda w, c: f"不采用第{'、'.join(map(str, c.numbers))}句" if c.numbers else "不采用改写",
    "help": lambda w, c: "看能说些什么",
}
