"""Revisions of the sample reports as people make them: sentences reworded, moved, added and dropped, tables changed."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable

from word_samples import long_report, short_report

from nigao.report.model import Annex, Item, Origin, Report, Sentence, Table
from nigao.word.tracked import RevisionState

_AUTHORS = ("拟稿人", "核稿人", "办公室主任", "分管领导", "签发人")
_WORDS = (
    "按季度",
    "逐项",
    "局党组",
    "以上",
    "，",
    "进一步",
    "（试行）",
    "35项",
    "“双随机”",
    "《办法》",
    "及时",
    "、",
    "3",
    "。",
)
_START = dt.datetime(2026, 1, 8, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))


def typed(text: str) -> Sentence:
    return Sentence(text=text, origin=Origin.HUMAN)


def with_annexes(report: Report) -> Report:
    """The report with a table and a text behind it."""
    rows = [["序号", "问题", "责任科室", "时限"]]
    rows += [[str(n), f"问题事项之{n}整改不及时", ("办公室", "人事科")[n % 2], f"{n}月底"] for n in range(1, 9)]
    report.annexes = [
        Annex(title=typed("问题整改台账"), table=Table(rows=rows)),
        Annex(title=typed("有关说明"), paragraphs=[typed("本台账由办公室负责解释。"), typed("各科室按月更新。")]),
    ]
    return report


def revisions(seed: int) -> list[RevisionState]:
    """Two to five states of one report, the last of them different from the first."""
    chance = random.Random(seed)
    report = with_annexes(long_report() if seed % 3 == 0 else short_report()) if seed % 2 else short_report()
    states = [RevisionState(report, _AUTHORS[0], _START)]
    for number in range(1, chance.randint(2, 5)):
        report = report.model_copy(deep=True)
        for _ in range(chance.randint(1, 4)):
            chance.choice(_EDITS)(report, chance)
        states.append(RevisionState(report, _AUTHORS[number], _START + dt.timedelta(hours=number)))
    return states


def _sentences(report: Report) -> list[Sentence]:
    ends = [one for one in (report.title, report.recipient, report.signature) if one is not None]
    return [*ends, *report.sentences(), *(part.heading for part in report.parts)]


def _reword(report: Report, chance: random.Random) -> None:
    sentence = chance.choice(_sentences(report))
    text = sentence.text
    start = chance.randint(0, len(text))
    end = min(len(text), start + chance.randint(0, 6))
    sentence.text = text[:start] + chance.choice(_WORDS) + text[end:] or "无"


def _item(report: Report, chance: random.Random) -> list[Item]:
    """A list of items with something in it, or an empty one."""
    found = [part.items for part in report.parts if part.items]
    found += [item.items for items in found for item in items if item.items]
    return chance.choice(found) if found else []


def _drop_item(report: Report, chance: random.Random) -> None:
    items = _item(report, chance)
    if items:
        del items[chance.randrange(len(items))]


def _add_item(report: Report, chance: random.Random) -> None:
    items = _item(report, chance)
    said = "".join(chance.choices(_WORDS[:11], k=6))
    items.insert(
        chance.randint(0, len(items)), Item(ordinal="另是", heading=typed("新增一条。"), sentences=[typed(said)])
    )


def _move_item(report: Report, chance: random.Random) -> None:
    chance.shuffle(_item(report, chance))


def _lead(report: Report, chance: random.Random) -> None:
    part = chance.choice(report.parts) if report.parts else None
    if part is not None and (chance.random() < 0.5 or not part.lead):
        part.lead.insert(chance.randint(0, len(part.lead)), typed("补充一句说明，" + chance.choice(_WORDS) + "如上。"))
    elif part is not None:
        del part.lead[chance.randrange(len(part.lead))]


def _drop_part(report: Report, chance: random.Random) -> None:
    if len(report.parts) > 1:
        del report.parts[chance.randrange(len(report.parts))]


def _closing(report: Report, chance: random.Random) -> None:
    report.signature = None if report.signature else typed("云岭市政务服务局")
    report.date = None if chance.random() < 0.5 else typed("2026年2月9日")


def _cell(report: Report, chance: random.Random) -> None:
    for table in [annex.table for annex in report.annexes if annex.table is not None][:1]:
        row = chance.choice(table.rows)
        row[chance.randrange(len(row))] = "".join(chance.choices(_WORDS, k=chance.randint(0, 3)))


def _rows(report: Report, chance: random.Random) -> None:
    for table in [annex.table for annex in report.annexes if annex.table is not None][:1]:
        if chance.random() < 0.5 and len(table.rows) > 3:
            del table.rows[chance.randint(1, len(table.rows) - 1)]
        else:
            new = [chance.choice(_WORDS) for _ in table.rows[0]]
            table.rows.insert(chance.randint(1, len(table.rows)), new)


def _column(report: Report, chance: random.Random) -> None:
    for table in [annex.table for annex in report.annexes if annex.table is not None][:1]:
        for row in table.rows:
            row.append(chance.choice(_WORDS))


def _annexes(report: Report, chance: random.Random) -> None:
    if report.annexes and chance.random() < 0.5:
        del report.annexes[chance.randrange(len(report.annexes))]
    else:
        table = Table(rows=[["名称", "数量"], ["窗口", chance.choice(_WORDS)]])
        report.annexes.append(Annex(title=typed("另附一表"), table=table))


_EDITS: list[Callable[[Report, random.Random], None]] = [
    _reword, _reword, _reword, _drop_item, _add_item, _move_item, _lead, _drop_part, _closing,
    _cell, _cell, _rows, _rows, _column, _annexes,
]  # fmt: skip
