"""Laying out tables: columns by what they hold, the text as large as it fits, wide ones on pages on their side."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from word_samples import ledger

from nigao.report.model import Table
from nigao.word.tables import lay_out

_CELLS = st.text(alphabet="甲乙丙，。12ab \n", max_size=60)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    columns, rows = draw(st.integers(1, 14)), draw(st.integers(2, 6))
    row = st.lists(_CELLS, min_size=columns, max_size=columns)
    return Table(rows=draw(st.lists(row, min_size=rows, max_size=rows)))


@given(tables())
def test_the_columns_fill_the_text_area(table: Table) -> None:
    layout = lay_out(table)
    assert sum(layout.widths) == (12756 if layout.sideways else 8844)
    assert len(layout.widths) == len(layout.centred) == len(table.rows[0])
    assert all(width > 0 for width in layout.widths)
    assert layout.size in (21, 24)
    assert len(layout.whole) == len(table.rows)


@given(tables(), st.integers(6000, 9000))
def test_another_pages_width_is_kept_to(table: Table, upright: int) -> None:
    layout = lay_out(table, upright, 14_000)
    assert sum(layout.widths) == (14_000 if layout.sideways else upright)


def test_a_small_table_is_upright_in_the_larger_size() -> None:
    layout = lay_out(Table(rows=[["科室", "人数"], ["办公室", "6"]]))
    assert (layout.sideways, layout.size) == (False, 24)
    assert layout.centred == (True, True)


def test_a_ledger_of_five_columns_is_upright_with_short_cells_on_one_line() -> None:
    layout = lay_out(ledger(12))
    assert not layout.sideways
    assert layout.centred == (True, False, False, True, True)
    # 2026年12月底前 at this size, and the cell's padding.
    assert layout.widths[4] >= 7 * layout.size * 10 + 170
    assert max(layout.widths) == layout.widths[2]


def test_nine_columns_lie_on_their_side() -> None:
    assert lay_out(ledger(4, wide=True)).sideways


def test_an_unbroken_number_is_not_cut() -> None:
    long = "123456789012345678"
    rows = [["编号", "内容", "说明", "备注"], [long, "甲" * 60, "乙" * 60, "丙" * 60]]
    layout = lay_out(Table(rows=rows))
    assert layout.widths[0] >= 9 * layout.size * 10
