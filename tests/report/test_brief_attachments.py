"""Attachments in a brief: typed, from a csv or a workbook beside it, or refused with what to do."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from nigao.errors import BriefError
from nigao.report.brief import Brief
from nigao.report.model import Origin


def loaded(folder: Path, attachments: str) -> Brief:
    path = folder / "brief.yaml"
    path.write_text(f"unit: 云汀市档案服务中心\nattachments:\n{attachments}\n", encoding="utf-8")
    return Brief.load(path)


def refused(folder: Path, attachments: str) -> str:
    with pytest.raises(BriefError) as caught:
        loaded(folder, attachments)
    assert "brief.yaml" in str(caught.value)
    return str(caught.value)


def test_typed_rows_and_text(tmp_path: Path) -> None:
    brief = loaded(
        tmp_path,
        "  - title: 会议安排\n    rows: [[日期, 次数, 比例], [2025-12-01, 3, 0.5], [另行通知]]\n"
        "  - title: 说明\n    text: |\n      一、背景\n      按要求附送。\n",
    )
    table, text = (attachment.annex() for attachment in brief.attachments)
    assert table.table is not None
    assert table.table.rows == [["日期", "次数", "比例"], ["2025年12月1日", "3", "0.5"], ["另行通知", "", ""]]
    assert [sentence.text for sentence in text.paragraphs] == ["一、背景", "按要求附送。"]
    assert text.table is None
    # The drafter's own material: it rests on the brief.
    assert {sentence.origin for sentence in (text.title, *text.paragraphs)} == {Origin.FACT}
    assert text.title.facts == ["附件“说明”"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_beside_the_brief(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "台账.csv").write_text('序号,问题\n1,"不够，不细"\n,\n2,\n', encoding=encoding)
    attachment = loaded(tmp_path, "  - {title: 台账, file: 台账.csv}").attachments[0]
    assert attachment.rows == [["序号", "问题"], ["1", "不够，不细"], ["2", ""]]


def test_a_workbook_beside_the_brief(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["事项", "时间", "办结率", None])
    sheet.append(["登记", dt.datetime(2025, 3, 1), 0.985, None])
    sheet.append(["投诉", None, 12.0, None])
    sheet["C2"].number_format = "0.0%"
    book.save(tmp_path / "台账.xlsx")
    attachment = loaded(tmp_path, "  - {title: 台账, file: 台账.xlsx}").attachments[0]
    assert attachment.rows == [["事项", "时间", "办结率"], ["登记", "2025年3月1日", "98.5%"], ["投诉", "", "12"]]


def test_what_was_read_is_kept_with_the_brief(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("甲,乙\n1,2\n", encoding="utf-8")
    brief = loaded(tmp_path, "  - {title: 台账, file: t.csv}")
    (tmp_path / "t.csv").unlink()
    assert Brief.model_validate_json(brief.model_dump_json()) == brief


def test_a_brief_without_any_is_stored_as_before() -> None:
    assert "attachments" not in Brief.parse("unit: 云汀市档案服务中心").model_dump(mode="json")


@pytest.mark.parametrize(
    ("attachment", "said"),
    [
        ("{title: 台账}", "没有内容"),
        ("{title: 台账, rows: [[甲]]}", "表头之下"),
        ("{title: 台账, rows: [[{a: 1}], [2]]}", "应为文字"),
        ("{title: 台账, file: 没有.csv}", "找不到或读不出"),
        ("{title: 台账, file: ../外面.csv}", "不在拟稿要求所在的文件夹里"),
        ("{title: 台账, file: /etc/passwd}", "不在拟稿要求所在的文件夹里"),
        ("{title: 台账, file: brief.yaml}", "不是 csv 或 xlsx"),
        ("{title: 台账, file: 坏.xlsx}", "读不出来"),
        ("{title: 台账, file: 空.csv}", "没有内容"),
        ("{title: 台账, file: 宽.csv}", "A4 纸排不下"),
        ("{title: 台账, file: 长.csv}", "不宜作为附件排印"),
        ("{title: 台账, file: 大.csv}", "过大"),
    ],
)
def test_what_cannot_be_attached_is_told(tmp_path: Path, attachment: str, said: str) -> None:
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    (tmp_path / "空.csv").write_text(",,\n\n", encoding="utf-8")
    (tmp_path / "宽.csv").write_text((",".join("甲" * 50) + "\n") * 2, encoding="utf-8")
    (tmp_path / "长.csv").write_text("甲,乙\n" * 2_500, encoding="utf-8")
    (tmp_path / "大.csv").write_bytes(b"a" * 5_000_001)
    (tmp_path.parent / "外面.csv").write_text("甲,乙\n1,2\n", encoding="utf-8")
    message = refused(tmp_path, f"  - {attachment}")
    assert said in message
    assert "attachments.1" in message


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "secret.csv").write_text("甲,乙\n1,2\n", encoding="utf-8")
    (inner / "t.csv").symlink_to(tmp_path / "secret.csv")
    assert "不在拟稿要求所在的文件夹里" in refused(inner, "  - {title: 台账, file: t.csv}")


def test_a_file_in_a_brief_without_a_folder() -> None:
    with pytest.raises(BriefError, match="写进 rows"):
        Brief.parse("unit: 云汀市档案服务中心\nattachments: [{title: 台账, file: t.csv}]")
