"""PDF: visual lines become the paragraphs that were written, and what is a picture of a text is refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_files import Page, pdf_bytes

from nigao.corpus.limits import AdmissionLimits
from nigao.corpus.model import RefusalReason
from nigao.corpus.readers import BlockKind, SourceText, parse_document
from nigao.errors import AdmissionError

# 27 characters of 16 points fill a line of 432.
LINE = "市政务办坚持以群众满意为标准，把政务服务质量摆在突出位置"[:27]
LEFT, TOP = 79, 140


def read(*pages: Page, info: str = "") -> SourceText:
    return parse_document(pdf_bytes(*pages, info=info), "a.pdf")


def lines(*pages: Page) -> list[str]:
    return [block.text for block in read(*pages).blocks]


def refused(data: bytes, limits: AdmissionLimits | None = None) -> str:
    with pytest.raises(AdmissionError) as caught:
        parse_document(data, "a.pdf", limits or AdmissionLimits())
    assert caught.value.where == "a.pdf"
    assert caught.value.fix
    return caught.value.reason


def body(page: Page, *texts: str, top: float = TOP) -> Page:
    """Texts as lines; one that begins with two wide spaces is set in by two characters."""
    for i, words in enumerate(texts):
        page.text(LEFT + 32 * words.startswith("　　"), top + 28 * i, words.removeprefix("　　"))
    return page


def test_full_lines_run_on_and_short_ones_end_a_paragraph() -> None:
    page = body(Page(), "　　" + LINE[:25], LINE, "办理完毕。", "　　" + LINE[:25], "办结。")
    assert lines(page) == [LINE[:25] + LINE + "办理完毕。", LINE[:25] + "办结。"]


def test_an_indented_line_behind_a_full_sentence_begins_a_paragraph() -> None:
    full = LINE[:24] + "。"
    page = body(Page(), "　　" + full, "　　" + full, LINE, "办结。")
    assert lines(page) == [full, full + LINE + "办结。"]


def test_a_paragraph_goes_on_over_the_page() -> None:
    first = body(Page(), *[LINE] * 3)
    second = body(Page(), LINE, "办结。")
    assert lines(first, second) == [LINE * 4 + "办结。"]


def test_headings_without_indent_are_told_by_their_ordinals() -> None:
    page = body(Page(), "一、基本情况", "　　" + LINE[:25], "办结。", "二、存在的问题", "　　" + LINE[:25], "不足。")
    assert [(b.level, b.text[:6]) for b in read(page).blocks if b.level] == [(1, "一、基本情况"), (1, "二、存在的问")]


def test_no_space_within_chinese_and_no_hyphen_within_a_word() -> None:
    page = Page().text(LEFT, 140, "政 务 服 务").text(LEFT, 168, "第一条 为规范办理，")
    page.lines(LEFT, 240, "The imple-", "mentation of plan 12", "is done.")
    assert lines(page) == ["政务服务", "第一条 为规范办理，", "The implementation of plan 12 is done."]


def test_heads_feet_and_page_numbers_are_margins() -> None:
    pages = [
        body(Page().text(200, 50, "某某市人民政府公报", 10).text(270, 800, f"— {n} —", 14), LINE, f"第{n}件办结。")
        for n in range(1, 4)
    ]
    source = read(*pages)
    assert source.text == "\n".join(f"{LINE}第{n}件办结。" for n in range(1, 4))
    assert {"某某市人民政府公报", "— 1 —"} <= set(source.margins)


@pytest.mark.parametrize(
    "number", ["{n}", "- {n} -", "—{n}—", "第 {n} 页", "第{n}页 共3页", "{n}/3", "· {n} ·", "Page {n}"]
)
def test_every_usual_page_number(number: str) -> None:
    pages = [body(Page().text(270, 800, number.format(n=n), 12), LINE, f"第{n}件办结。") for n in range(1, 4)]
    assert lines(*pages) == [f"{LINE}第{n}件办结。" for n in range(1, 4)]


def test_a_figure_at_the_edge_that_does_not_count_the_pages_stays() -> None:
    pages = [body(Page().text(LEFT, 790, words), LINE, "办结。") for words in ("11", "3", "7")]
    assert [t for t in lines(*pages) if len(t) < 3] == ["11", "3", "7"]


def test_a_line_that_two_pages_share_by_chance_stays() -> None:
    """The last line of a page is body where it follows on the line before."""
    pages = [body(Page(), *[LINE] * 22, "指标来源：医院填报。", top=146) for _ in range(2)]
    assert sum(text.endswith("指标来源：医院填报。") for text in lines(*pages)) == 2


def test_a_table_of_contents_is_left_out() -> None:
    page = Page().lines(LEFT, 140, "一、总体情况" + "." * 30 + "1", "二、主要做法" + "…" * 12 + " 12", size=10)
    page.text(LEFT, 300, "二、主要做法").text(LEFT + 32, 328, "全年办理事项12件。")
    assert lines(page) == ["二、主要做法", "全年办理事项12件。"]


def test_columns_are_read_one_after_the_other() -> None:
    left = [*(f"左栏第{n}行的文字一二三四" for n in "一二三四五"), "左栏完。"]
    right = [f"右栏第{n}行的文字一二三四" for n in "一二三四五六"]
    page = Page().text(180, 80, "两栏的通讯", 22)
    page.lines(60, 140, *left).lines(320, 140, *right)
    assert lines(page) == ["两栏的通讯", "".join(left), "".join(right)]


def test_a_last_page_that_fills_one_column_only() -> None:
    left = [f"左栏第{n}行的文字一二三四" for n in "一二三四五六"]
    first = Page().lines(60, 140, *left).lines(320, 140, *left)
    second = Page().lines(60, 140, *left[:2], "办结。")
    assert lines(first, second) == ["".join([*left, *left, *left[:2], "办结。"])]


def test_a_list_in_two_columns_keeps_its_rows() -> None:
    page = Page().text(LEFT, 80, "名单如下：")
    for i, row in enumerate([("姓名", "职务"), ("张三", "科长"), ("李四", "科员"), ("王五", "科员"), ("赵六", "科员")]):
        page.text(LEFT, 110 + 28 * i, row[0]).text(300, 110 + 28 * i, row[1])
    assert lines(page)[1:] == ["姓名 职务", "张三 科长", "李四 科员", "王五 科员", "赵六 科员"]


ROWS = (("科室", "事项", "件数"), ("综合科", "登记", "12"), ("督查科", "投诉处理", "4"))


def ruled(page: Page, rows: tuple[tuple[str, ...], ...], top: float) -> Page:
    xs = [79.0, 200.0, 320.0, 440.0]
    page.grid(xs, [top + 30 * i for i in range(len(rows) + 1)])
    for i, row in enumerate(rows):
        for j, words in enumerate(row):
            page.text(xs[j] + 5, top + 20 + 30 * i, words, 12)
    return page


def test_a_ruled_table_names_its_columns_in_each_row() -> None:
    page = ruled(Page().text(LEFT, 80, "办件情况如下。"), ROWS, 100).text(LEFT, 240, "特此报告。")
    blocks = read(page).blocks
    assert [block.text for block in blocks] == [
        "办件情况如下。",
        "科室：综合科；事项：登记；件数：12",
        "科室：督查科；事项：投诉处理；件数：4",
        "特此报告。",
    ]
    assert [block.label for block in blocks if block.kind is BlockKind.TABLE_ROW] == ["表1第2行", "表1第3行"]


def test_a_table_goes_on_over_the_page_under_its_repeated_header() -> None:
    first = ruled(Page(), ROWS, 100)
    second = ruled(Page(), (ROWS[0], ("法规科", "复议", "3")), 80)
    assert lines(first, second)[-1] == "科室：法规科；事项：复议；件数：3"
    assert read(first, second).blocks[-1].label == "表1第4行"


def test_a_cell_that_reaches_over_the_page_holds_on_the_next_one() -> None:
    first, second = Page(), Page()
    for page, top in ((first, 100), (second, 80)):
        page.grid([200, 320, 440], [top, top + 30, top + 60, top + 90])
        page.rule(79, top, 79, top + 90).rule(79, top, 200, top).rule(79, top + 90, 200, top + 90)
    first.rule(79, 130, 200, 130)
    for x, words in ((84, "科室"), (205, "事项"), (325, "件数")):
        first.text(x, 120, words, 12)
    first.text(84, 150, "综合科", 12)
    for page, top, names in ((first, 150, "登记 变更"), (second, 100, "注销 补证 查询")):
        for i, name in enumerate(names.split()):
            page.text(205, top + 30 * i, name, 12).text(325, top + 30 * i, str(i + 1), 12)
    assert lines(first, second) == [
        f"科室：综合科；事项：{name}；件数：{count}"
        for name, count in (("登记", 1), ("变更", 2), ("注销", 1), ("补证", 2), ("查询", 3))
    ]


def test_a_cell_of_several_lines_and_one_merged_downwards() -> None:
    page = Page()
    for x in (79, 200, 440):
        page.rule(x, 100, x, 220)
    for y in (100, 130, 220):
        page.rule(79, y, 440, y)
    page.rule(200, 175, 440, 175)
    page.text(84, 120, "科室", 12).text(205, 120, "事项说明", 12).text(84, 150, "综合科", 12)
    page.text(205, 150, "登记事项的办理，", 12).text(205, 165, "限三日办结", 12).text(205, 200, "变更", 12)
    assert lines(page) == ["科室：综合科；事项说明：登记事项的办理，限三日办结", "科室：综合科；事项说明：变更"]


def test_a_box_around_a_text_is_no_table() -> None:
    page = body(Page().grid([60, 530], [100, 400]), "　　" + LINE[:25], "办结。")
    assert lines(page) == [LINE[:25] + "办结。"]


def test_footnotes_stand_behind_their_paragraph_and_their_marks_are_gone() -> None:
    page = body(Page(), LINE, "设立窗口，限时办结。", "二、打算", "继续推进。")
    page.text(143, 162, "1", 8)
    page.rule(LEFT, 700, 220, 700).text(LEFT, 715, "1", 6).text(84, 718, "窗口指综合窗口。", 10)
    source = read(page)
    assert [block.text for block in source.blocks][:3] == [
        LINE + "设立窗口，限时办结。",
        "〔注1：窗口指综合窗口。〕",
        "二、打算",
    ]
    assert source.blocks[1].kind is BlockKind.NOTE


def test_a_raised_figure_that_is_no_note_stays() -> None:
    page = Page().text(LEFT, 140, "新增绿地12.6万m").text(199, 133, "2", 8).text(203, 140, "，已验收。")
    assert lines(page) == ["新增绿地12.6万m2，已验收。"]


def test_signature_and_date_are_lines_of_their_own() -> None:
    page = body(Page(), "　　" + LINE[:25], LINE).text(431, 300, "市政务办").text(383, 328, "2024年5月6日")
    assert lines(page)[1:] == ["市政务办", "2024年5月6日"]


@pytest.mark.parametrize(("rotate", "turn", "place"), [(90, "0 1 -1 0", (100, 0)), (270, "0 -1 1 0", (400, 842))])
def test_a_page_on_its_side_is_read_upright(rotate: int, turn: str, place: tuple[int, int]) -> None:
    page = Page(rotate=rotate)
    step = 28 if rotate == 90 else -28
    along = 60 if rotate == 90 else 782
    for i, words in enumerate((LINE, "办理完毕。")):
        page.text(place[0] + step * i, page.height - along, words, turn=turn)
    assert lines(page) == [LINE + "办理完毕。"]


def test_what_nobody_sees_is_no_evidence_but_is_screened() -> None:
    page = body(Page(), LINE, "办结。").text(LEFT, 400, "隐藏的一句。", mode=3).text(LEFT, 430, "微小的一句。", 1)
    page.text(900, 460, "页外的一句。").text(200, 600, "内部资料", 40, turn="0.7 0.7 -0.7 0.7").note("批注的一句。")
    source = read(page, info="秘密★1年")
    assert source.text == LINE + "办结。"
    shown = "".join(source.margins)
    for words in ("隐藏的一句。", "微小的一句。", "页外的一句。", "内部资料", "批注的一句。", "秘密★1年"):
        assert words in shown


def test_letters_printed_twice_for_boldness_are_told_once() -> None:
    page = Page().text(LEFT, 140, "工作总结要点。").text(LEFT + 0.4, 140, "工作总结要点。")
    assert lines(page) == ["工作总结要点。"]


def test_a_scan_is_refused_also_with_recognised_text_over_it() -> None:
    scan = Page().picture(0, 0, 595, 842)
    assert refused(pdf_bytes(scan, scan)) == RefusalReason.SCANNED
    recognised = Page().picture(0, 0, 595, 842)
    for i in range(10):
        recognised.text(LEFT, TOP + 28 * i, LINE, mode=3)
    with pytest.raises(AdmissionError, match="未经核对") as caught:
        parse_document(pdf_bytes(recognised), "a.pdf")
    assert caught.value.reason == RefusalReason.SCANNED
    assert refused(pdf_bytes(Page().rule(0, 0, 500, 500))) == RefusalReason.SCANNED


def test_a_text_with_a_stamped_last_page_and_a_letterhead_is_no_scan() -> None:
    letter = body(Page().picture(0, 0, 595, 842), *[LINE] * 10, "办结。")
    assert lines(letter) == [LINE * 10 + "办结。"]
    assert lines(letter, letter, Page().picture(0, 0, 595, 842))


def test_what_cannot_be_opened() -> None:
    assert refused(pdf_bytes(Page().text(LEFT, 140, LINE), encrypted=True)) == RefusalReason.ENCRYPTED
    assert refused(b"%PDF-1.7\nnothing") == RefusalReason.UNREADABLE
    many = pdf_bytes(*[Page().text(LEFT, 140, LINE)] * 3)
    assert refused(many, AdmissionLimits(max_pages=2)) == RefusalReason.OVERSIZED
    assert refused(many, AdmissionLimits(max_chars=30)) == RefusalReason.OVERSIZED


def test_a_pdf_under_another_name() -> None:
    data = pdf_bytes(body(Page(), LINE, "办结。"))
    assert parse_document(data, "a.doc").text == parse_document(data, "a.txt").text == LINE + "办结。"


@settings(max_examples=25)
@given(st.lists(st.integers(min_value=5, max_value=120), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_paragraphs_of_any_length_come_back(lengths: list[int], random: object) -> None:
    """Set as Word sets them: two characters in, full lines, no mark at the head of a line; each ends in a full stop."""
    paragraphs = [
        "".join(random.choices("市政务办坚持群众满意标准把服务质量摆在突出位置", k=n)) + "。" for n in lengths
    ]  # type: ignore[attr-defined]
    page, row = Page(height=2400), 0
    for words in paragraphs:
        left, room = words, 25
        while left:
            # The full stop may hang over the edge, as it does in Word.
            taken = len(left) if len(left) == room + 1 else min(room, len(left))
            page.text(LEFT + 16 * (27 - room), TOP + 28 * row, left[:taken])
            left, room, row = left[taken:], 27, row + 1
    assert "".join(lines(page)) == "".join(paragraphs)
    if any(n > 52 for n in lengths):
        assert lines(page) == paragraphs


@settings(max_examples=40)
@given(st.integers(min_value=0, max_value=1500), st.binary(min_size=1, max_size=8))
def test_a_damaged_file_is_read_or_refused(place: int, garbage: bytes) -> None:
    data = pdf_bytes(body(Page(), LINE, "办结。"))
    place %= len(data)
    damaged = data[:place] + garbage + data[place + len(garbage) :]
    try:
        source = parse_document(damaged, "a.pdf")
    except AdmissionError:
        return
    assert all(source.text[block.start : block.end] == block.text for block in source.blocks)
