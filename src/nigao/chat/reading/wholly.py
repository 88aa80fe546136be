"""Verbs about the report as a whole: check, fix, history, export, sign-off, show, why, draft, help."""

from __future__ import annotations

import re
from typing import Literal

from nigao.chat.commands import (
    ApproveCommand,
    CheckCommand,
    Command,
    CompareCommand,
    DraftCommand,
    ExportCommand,
    FixCommand,
    HelpCommand,
    RedoCommand,
    RestoreCommand,
    ReviseCommand,
    ShowCommand,
    SubmitCommand,
    UndoCommand,
    WhyCommand,
)
from nigao.chat.reading.outcome import Outcome
from nigao.chat.reading.skeleton import CODE_SIGN, FILE
from nigao.chat.reading.spoken import Spoken
from nigao.chat.reading.turn import Turn, Way
from nigao.report.places import Place

_SUFFIXES = (
    ("word|docx", ".docx"),
    ("markdown|(?<!c)md", ".md"),
    ("txt|纯文本|文字版|文本", ".txt"),
    ("json", ".json"),
    ("pdf", ".pdf"),
    ("html|网页", ".html"),
)
_FORMATS = "能写的格式是 .docx、.pdf、.html、.md、.txt、.json"
_FROM_ONE = "稿次从第1稿数起"
_BRIEF = (".yaml", ".yml")
# Saving a report as nothing in particular names no file: these words want one said.
_BARE_EXPORT = re.compile("导出|导一份|下载|另存")


def _one(way: Way) -> Place | None:
    places = [place for meant in way for place in meant]
    return places[0] if len(places) == 1 else None


def check(turn: Turn, spoken: Spoken) -> Outcome:
    """检查一下; of one place where it is said."""
    if not spoken.mentions:
        return Outcome.of(CheckCommand())
    ways, why = spoken.ways()
    return turn.decided(ways, lambda way: CheckCommand(place=place) if (place := _one(way)) else None, why)


def fix(turn: Turn, spoken: Spoken) -> Outcome:
    """能改的都改了; 修正G301."""
    codes = [slot.found.group().upper() for slot in spoken.slots(CODE_SIGN) if slot.found is not None]
    if len(codes) > 1:
        return Outcome.asking("一次改一条规则的问题", [FixCommand(code=code) for code in codes])
    return Outcome.of(FixCommand(code="".join(codes)))


def undo(turn: Turn, spoken: Spoken) -> Outcome:
    """撤销; 退回两步."""
    return Outcome.of(UndoCommand(steps=min(spoken.steps(), 100)))


def redo(turn: Turn, spoken: Spoken) -> Outcome:
    """重做; 恢复."""
    return Outcome.of(RedoCommand(steps=min(spoken.steps(), 100)))


def restore(turn: Turn, spoken: Spoken) -> Outcome:
    """还原到第3稿."""
    said = spoken.revisions()
    if 0 in said:
        return Outcome.asking(_FROM_ONE)
    if len(said) == 1:
        return Outcome.of(RestoreCommand(revision=said[0]))
    return Outcome.asking("没有说还原到第几稿", [UndoCommand()])


def compare(turn: Turn, spoken: Spoken) -> Outcome:
    """对比第2稿和第4稿; 和上一稿比有什么变化."""
    said = spoken.revisions()
    if 0 in said:
        return Outcome.asking(_FROM_ONE)
    if len(said) > 2:
        return Outcome.asking("一次比较两稿")
    if len(said) == 2:
        return Outcome.of(CompareCommand(old=min(said), new=max(said)))
    return Outcome.of(CompareCommand(old=said[0]) if said else CompareCommand())


def export(turn: Turn, spoken: Spoken) -> Outcome:
    """导出a.docx; 给我一份Word."""
    files = [turn.said.verbatim(slot.start, slot.end) for slot in spoken.slots(FILE)]
    if any(name.lower().endswith((".doc", *_BRIEF)) for name in files):
        return Outcome.asking(_FORMATS)
    words = "".join(piece.text for piece in spoken.pieces if piece.name == "suffix")
    if re.search("ppt|excel|xls|wps", words):
        return Outcome.asking(_FORMATS, [ExportCommand()])
    found = [(m.start(), suffix) for pattern, suffix in _SUFFIXES for m in re.finditer(pattern, words)]
    # 存一份docx，文件名叫a.docx asks for one file.
    named = {"." + name.rpartition(".")[2].lower() for name in files}
    wanted = (*files, *(suffix for _, suffix in sorted(found) if suffix not in named))
    if wanted:
        return Outcome.of(ExportCommand(files=tuple(dict.fromkeys(wanted))))
    if any(_BARE_EXPORT.search(piece.text) for piece in spoken.pieces if piece.name == spoken.verb):
        return Outcome.of(ExportCommand())
    return Outcome()


def submit(turn: Turn, spoken: Spoken) -> Outcome:
    """送审."""
    return Outcome.of(SubmitCommand())


def approve(turn: Turn, spoken: Spoken) -> Outcome:
    """同意签发."""
    return Outcome.of(ApproveCommand())


def help_(turn: Turn, spoken: Spoken) -> Outcome:
    """怎么用."""
    return Outcome.of(HelpCommand())


def why(turn: Turn, spoken: Spoken) -> Outcome:
    """这句依据是什么."""
    ways, asked = spoken.ways(implied=True)
    return turn.decided(ways, lambda way: WhyCommand(place=place) if (place := _one(way)) else None, asked)


_What = Literal["outline", "history", "placeholders", "facts", "proposals", "status"]


def showing(what: _What) -> Outcome:
    """The reading that shows something about the report."""
    return Outcome.of(ShowCommand(what=what))


def show(turn: Turn, spoken: Spoken) -> Outcome:
    """看看第三部分."""
    if not spoken.mentions and not spoken.quote():
        return Outcome.of(ShowCommand()) if spoken.has("report") else _focused(turn)
    ways, asked = spoken.ways()
    return turn.decided(ways, lambda way: ShowCommand(place=place) if (place := _one(way)) else None, asked)


def _focused(turn: Turn) -> Outcome:
    focus = turn.scene.focus
    return Outcome.asking("没有说看哪里", [ShowCommand(place=focus)] if focus is not None else [ShowCommand()])


def draft(turn: Turn, spoken: Spoken) -> Outcome:
    """起草; 重写第三部分. A single sentence is worded anew rather than drafted."""
    files = [turn.said.verbatim(slot.start, slot.end) for slot in spoken.slots(FILE)]
    briefs = [name for name in files if name.lower().endswith(_BRIEF)]
    if len(briefs) != len(files) or len(files) > 1:
        return Outcome.asking("拟稿要求是一个 .yaml 文件")
    if not spoken.mentions:
        again = re.search("重|再|另|推倒|从头", turn.plain)
        if again and not spoken.has("report"):
            place = turn.scene.focus
            return Outcome.asking("没有说重写哪里", [DraftCommand(place=place.whole)] if place else [DraftCommand()])
        return Outcome.of(DraftCommand(brief="".join(briefs)))
    ways, asked = spoken.ways()
    return turn.decided(ways, lambda way: _drafted(_one(way), "".join(briefs)), asked)


def _drafted(place: Place | None, brief: str) -> Command | None:
    if place is None or place.part == "title":
        return None
    if place.sentence is not None:
        return ReviseCommand(place=place, how="rewrite")
    return DraftCommand(place=place, brief=brief)
