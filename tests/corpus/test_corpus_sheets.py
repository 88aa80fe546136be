"""Sheets: each row says what its figures are, as the sheet shows them."""

import csv
import datetime as dt
import io
from collections.abc import Callable

import openpyxl
import pytest
from corpus_docx import repacked
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from nigao.corpus.limits import AdmissionLimits
from nigao.corpus.model import RefusalReason
from nigao.corpus.readers import BlockKind, SourceText, parse_document
from nigao.corpus.readers.sheets.numberformat import shown
from nigao.corpus.splitter import split_passages
from nigao.errors import AdmissionError

HEADER = ["科室", "事项", "件数"]
ROWS = [["综合科", "登记", 12], ["督查科", "投诉处理", 4]]


def workbook(*rows: list[object], then: Callable[[Worksheet], None] | None = None) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(row)
    if then is not None:
        then(sheet)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def read(data: bytes, name: str = "a.xlsx") -> SourceText:
    return parse_document(data, name)


def lines(*rows: list[object], then: Callable[[Worksheet], None] | None = None) -> list[str]:
    return [block.text for block in read(workbook(*rows, then=then)).blocks]


def refused(data: bytes, name: str = "a.xlsx", limits: AdmissionLimits | None = None) -> str:
    with pytest.raises(AdmissionError) as caught:
        parse_document(data, name, limits or AdmissionLimits())
    assert caught.value.fix
    return caught.value.reason


def test_rows_name_their_columns_and_their_place() -> None:
    source = read(workbook(HEADER, *ROWS))
    assert [block.text for block in source.blocks] == [
        "科室：综合科；事项：登记；件数：12",
        "科室：督查科；事项：投诉处理；件数：4",
    ]
    assert [block.label for block in source.blocks] == ["表1第2行", "表1第3行"]
    assert split_passages("d", "台账", source)[0].locator.startswith("表1第2行")


def test_title_unit_and_remarks_around_the_table() -> None:
    source = read(
        workbook(
            ["2024年窗口办件台账"], ["填报单位：市政务办", None, "单位：件"], HEADER, *ROWS, ["备注：数据截至12月底。"]
        )
    )
    assert [(block.level, block.text) for block in source.blocks] == [
        (1, "2024年窗口办件台账"),
        (0, "填报单位：市政务办 单位：件"),
        (0, "科室：综合科；事项：登记；件数：12"),
        (0, "科室：督查科；事项：投诉处理；件数：4"),
        (0, "备注：数据截至12月底。"),
    ]


def test_a_header_of_two_lines_is_read_as_one() -> None:
    def merge(sheet: Worksheet) -> None:
        for cells in ("A1:A2", "B1:C1", "D1:D2"):
            sheet.merge_cells(cells)

    rows: list[list[object]] = [["科室", "预算", None, "备注"], [None, "年初", "调整"], ["综合科", 10, 12, "追加"]]
    assert lines(*rows, then=merge) == ["科室：综合科；预算年初：10；预算调整：12；备注：追加"]


def test_cells_merged_downwards_hold_for_each_row() -> None:
    rows: list[list[object]] = [HEADER, ["综合科", "登记", 12], [None, "变更", 3], ["督查科", "投诉", 4]]
    assert lines(*rows, then=lambda sheet: sheet.merge_cells("A2:A3"))[1] == "科室：综合科；事项：变更；件数：3"
    assert lines(*rows)[1] == "事项：变更；件数：3"


def test_two_tables_on_a_sheet_and_groups_within_one() -> None:
    assert lines(HEADER, ["一、窗口"], *ROWS, [], ["姓名", "职务"], ["张三", "科长"], then=lambda sheet: None) == [
        "一、窗口",
        "科室：综合科；事项：登记；件数：12",
        "科室：督查科；事项：投诉处理；件数：4",
        "姓名：张三；职务：科长",
    ]


def test_rows_without_a_header_are_not_given_one() -> None:
    assert lines([1, 2.5, 3], [4, 5, 6]) == ["1 | 2.5 | 3", "4 | 5 | 6"]


def test_hidden_sheets_rows_and_columns_are_screened_only() -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["B"].hidden = True
        sheet.oddHeader.center.text = "内部资料"
        sheet["A2"].comment = Comment("批注一句", "核稿人")
        other = sheet.parent.create_sheet("隐藏表")
        other["A1"] = "隐藏一句"
        other.sheet_state = "hidden"

    source = read(workbook(HEADER, *ROWS, then=hide))
    assert source.text == "科室：综合科；件数：12"
    margins = "\n".join(source.margins)
    for words in ("督查科", "登记", "内部资料", "批注一句", "隐藏一句"):
        assert words in margins


def test_several_sheets_are_told_apart() -> None:
    def second(sheet: Worksheet) -> None:
        sheet.title = "办件"
        other = sheet.parent.create_sheet("人员")
        other.append(["姓名", "职务"])
        other.append(["张三", "科长"])

    source = read(workbook(HEADER, *ROWS, then=second))
    assert [block.text for block in source.blocks if block.level] == ["办件", "人员"]
    assert source.blocks[-1].label == "表2第2行"


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (12.0, "General", "12"),
        (0.1 + 0.2, "General", "0.3"),
        (1e-7, "General", "0.0000001"),
        (12345678.125, "General", "12345678.12"),
        (1234567.5, "#,##0.00", "1,234,567.50"),
        (0.953, "0%", "95%"),
        (0.9535, "0.0%", "95.4%"),
        (2.5, "0", "3"),
        (7, "000", "007"),
        (0.5, "#.##", "0.5"),
        (-3.5, "0.00_);[Red]\\(0.00\\)", "(3.50)"),
        (-3.5, "0.00", "-3.50"),
        (0, '0;-0;"无"', "无"),
        (12, '0"件"', "12件"),
        (1234.5, '"¥"#,##0.00', "¥1,234.50"),
        (1234.5, "[$¥-804]#,##0.00", "¥1,234.50"),
        (123456, "#,##0,", "123"),
        (12, '"共"General"件"', "共12件"),
        (0.25, "# ?/?", "0.25"),
        (1234.5, "0.00E+00", "1234.5"),
        (True, "General", "TRUE"),
        (None, "General", ""),
        ("  两行\n文字 ", "@", "两行 文字"),
        (dt.datetime(2024, 5, 6), "mm-dd-yy", "2024/5/6"),
        (dt.datetime(2024, 5, 6), "yyyy-mm-dd", "2024-05-06"),
        (dt.datetime(2024, 5, 6), 'yyyy"年"m"月"d"日";@', "2024年5月6日"),
        (dt.datetime(2024, 5, 6), 'yyyy"年"m"月"', "2024年5月"),
        (dt.datetime(2024, 5, 6, 15, 4), "yyyy/m/d h:mm", "2024/5/6 15:04"),
        (dt.datetime(2024, 5, 6, 15, 4), '[$-804]上午/下午h"时"mm"分"', "下午3时04分"),
        (dt.datetime(2024, 5, 6), "[$-804]aaaa", "星期一"),
        (dt.datetime(2024, 5, 6), "General", "2024-05-06"),
        (dt.datetime(2024, 5, 6), "yyyy-mm-dd h:mm:ss", "2024-05-06"),
        (dt.time(9, 5), "h:mm", "9:05"),
        (dt.time(9, 5), "yyyy-m-d", "09:05:00"),
    ],
)
def test_values_as_the_sheet_shows_them(value: object, number_format: str, text: str) -> None:
    assert shown(value, number_format) == text  # type: ignore[arg-type]


@settings(max_examples=200)
@given(
    st.one_of(st.integers(), st.floats(), st.datetimes(), st.text(max_size=5)),
    st.one_of(st.text(alphabet='0#?.,%;"\\_-[]yYmdhsa年月日 E+/@*$', max_size=12), st.just("General")),
)
def test_no_format_breaks_the_reading(value: object, number_format: str) -> None:
    assert "\n" not in shown(value, number_format)  # type: ignore[arg-type]


def test_chinese_date_formats_stored_by_number() -> None:
    """Chinese Excel and WPS store yyyy年m月d日 as format 31, which other programs take for a plain number."""

    def dated(name: str, content: bytes) -> bytes:
        return content.replace(b'numFmtId="14"', b'numFmtId="31"') if name == "xl/styles.xml" else content

    def formatted(sheet: Worksheet) -> None:
        sheet["B2"].number_format = "mm-dd-yy"

    data = workbook(["事项", "办结日期"], ["登记", 45418], then=formatted)
    assert read(repacked(data, replace=dated)).text == "事项：登记；办结日期：2024年5月6日"


def test_a_formula_gives_its_saved_value_or_nothing_is_taken() -> None:
    def total(sheet: Worksheet) -> None:
        sheet["C4"] = "=SUM(C2:C3)"

    data = workbook(HEADER, *ROWS, ["合计", None, None], then=total)
    assert refused(data) == RefusalReason.UNREADABLE

    def saved(name: str, content: bytes) -> bytes:
        return content.replace(b"<v></v>", b"<v>16</v>").replace(b"<v />", b"<v>16</v>").replace(b"<v/>", b"<v>16</v>")

    assert read(repacked(data, replace=saved)).blocks[-1].text == "科室：合计；件数：16"


def test_limits_and_damage() -> None:
    assert refused(workbook(*[["a"]] * 11), limits=AdmissionLimits(max_blocks=10)) == RefusalReason.OVERSIZED
    assert refused(b"PK\x03\x04 nothing") in (RefusalReason.UNREADABLE, RefusalReason.ARCHIVE)
    assert read(workbook()).text == ""

    def broken(name: str, content: bytes) -> bytes:
        return b"<worksheet><oops" if name.startswith("xl/worksheets/") else content

    assert refused(repacked(workbook(HEADER, *ROWS), replace=broken)) == RefusalReason.UNREADABLE


@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_csv_in_every_usual_dress(separator: str, encoding: str) -> None:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=separator)
    writer.writerows(
        [["科室", "说明", "件数"], ["综合科", f"第一行{separator}\n第二行", "1,200"], ["督查科", '称"好"', "4"]]
    )
    source = read(buffer.getvalue().encode(encoding), "a.csv")
    assert [block.text for block in source.blocks] == [
        f"科室：综合科；说明：第一行{separator if separator != chr(9) else ''} 第二行；件数：1,200".replace("  ", " "),
        '科室：督查科；说明：称"好"；件数：4',
    ]


def test_a_csv_that_names_its_separator() -> None:
    assert read("sep=;\n科室;件数\n综合科;1,5\n".encode(), "a.csv").text == "科室：综合科；件数：1,5"


def test_an_unpaired_quote_is_told() -> None:
    data = '科室,件数\n"综合科,12\n'.encode() + "督查科,4\n".encode() * 40_000
    assert refused(data, "a.csv") == RefusalReason.UNREADABLE


CELLS = st.text(alphabet="市政务办12,;\t\"'|\n ", max_size=8)


@settings(max_examples=60)
@given(st.lists(st.lists(CELLS, min_size=4, max_size=4), min_size=1, max_size=6))
def test_any_csv_loses_no_cell(rows: list[list[str]]) -> None:
    buffer = io.StringIO()
    csv.writer(buffer, quoting=csv.QUOTE_ALL).writerows(rows)
    source = parse_document(("科室,事项,件数,备注\n" + buffer.getvalue()).encode(), "a.csv")
    text = "".join(source.text.split())
    for row in rows:
        for cell in row:
            assert "".join(cell.split()).rstrip("；;") in text
    assert all(block.kind is BlockKind.TABLE_ROW or block.text for block in source.blocks)
