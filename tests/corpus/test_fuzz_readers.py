"""Damaged and made-up files: a reader gives a whole text or refuses; it never lets anything else out."""

import io
import zipfile
from encodings.aliases import aliases
from functools import cache

import pytest
from corpus_docx import NS, repacked, word_bytes
from hostile_files import LINES, good_xlsx
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from pdf_files import Page, pdf_bytes

from nigao.corpus.limits import AdmissionLimits
from nigao.corpus.readers import READERS, SourceText, read_as, source_kind
from nigao.corpus.readers.archive import check_archive
from nigao.corpus.readers.office import CONVERTED
from nigao.corpus.sandbox.parent import parse_in_child
from nigao.errors import AdmissionError

LIMITS = AdmissionLimits(max_chars=200_000, max_blocks=20_000, parse_seconds=10, parse_wait=30.0)
MARKDOWN = (
    "---\n密级: 公开\n---\n# 工作总结\n\n1. 第一项\n   > 引用\n\n| 科室 | 件数 |\n|---|---|\n| 综合科 | 3 |\n\n"
    "<!-- 注 -->`码`**粗**[链](x)\n"
)
WEBPAGE = (
    "<!DOCTYPE html><html><head><meta charset='utf-8'><title>工作总结</title></head><body><div class='content'>"
    "<h1>工作总结</h1>"
    "<p>市政务办内设科室6个&nbsp;，现有干部22人。</p><ol start=2><li>第一项<li>第二项</ol>"
    "<table><tr><th>科室<th>件数<tr><td rowspan=2>综合科"
    "<td>3<tr><td>4</table></div></body></html>"
)
settings.register_profile("fuzz", settings.get_profile("untimed"), suppress_health_check=list(HealthCheck))


@cache
def sample(suffix: str) -> bytes:
    cell = "<w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr><w:p><w:r><w:t>科室</w:t></w:r></w:p></w:tc>"
    made = {
        ".txt": "\n".join(LINES).encode("gb18030"),
        ".md": MARKDOWN.encode(),
        ".html": WEBPAGE.encode(),
        ".csv": '科室,事项,件数\n综合科,“开办”,"1,200"\n"督查\n科",投诉,3\n'.encode(),
        ".docx": word_bytes(*LINES, f"<w:tbl {NS}><w:tr>{cell}</w:tr></w:tbl>"),
        ".xlsx": good_xlsx(),
        ".pdf": pdf_bytes(Page().lines(90, 100, *LINES).grid([90, 200, 300], [300, 330, 360]).text(95, 320, "科室")),
    }
    return made[suffix]


def check(data: bytes, name: str, limits: AdmissionLimits = LIMITS) -> None:
    """Read in this process; a conversion is another program's work and is left out."""
    try:
        kind = source_kind(data, name, limits)
        if kind in CONVERTED:
            return
        source = read_as(kind, data, name, limits)
    except AdmissionError as refusal:
        told(refusal)
        return
    whole(source)


def told(refusal: AdmissionError) -> None:
    assert all((refusal.message, refusal.where, refusal.fix, refusal.reason))


def whole(source: SourceText) -> None:
    offset = 0
    for block in source.blocks:
        assert source.text[block.start : block.end] == block.text == block.text.strip() != ""
        assert not source.text[offset : block.start].strip()
        assert len(block.text.splitlines()) == 1
        assert 0 <= block.level <= 4
        offset = block.end
    assert not source.text[offset:].strip()
    "\n".join((source.text, *source.margins, *(block.label for block in source.blocks))).encode()


TROUBLE = [
    b"\0",
    b"\xff" * 4,
    b"\x7f\xff\xff\xff",
    b"-1",
    b"99999999999999999999",
    b"1e308",
    b"<",
    b"&#xD800;",
    b"&#0;",
    b"]]>",
    b"\"'",
    b"obj",
    b"endstream",
    b"/Kids[1 0 R 2 0 R]",
    b"PK\3\4",
    b"%PDF-",
    b"{\\rtf",
    b"<!DOCTYPE x>",
    b"\xef\xbb\xbf",
    b"\r",
    b"<table>" * 9,
    b"charset=idna",
    b"charset=utf-7",
    b"charset=undefined",
    b"rowspan=9999 ",
    b"%",
    b"<<",
    b">>",
    b"sep=\0\n",
    b"sep=\n",
]


@st.composite
def damaged(draw: st.DrawFn, data: bytes) -> bytes:
    """The bytes with a few places overwritten, cut out, doubled or filled with what readers trip over."""
    changed = bytearray(data)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(changed)))
        size = draw(st.sampled_from([0, 1, 2, 4, 16, 200]))
        put = draw(st.sampled_from(TROUBLE) | st.binary(max_size=8))
        kind = draw(st.integers(0, 3))
        if kind == 0:
            changed[at : at + len(put)] = put
        elif kind == 1:
            changed[at : at + size] = put
        elif kind == 2:
            changed[at:at] = changed[at : at + size] * 3
        else:
            del changed[at : at + size]
    return bytes(changed)


@settings(settings.get_profile("fuzz"), max_examples=40)
@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".csv", ".docx", ".xlsx", ".pdf"])
@given(st.data())
def test_a_damaged_file_is_read_or_refused(suffix: str, data: st.DataObject) -> None:
    check(data.draw(damaged(sample(suffix))), f"a{suffix}")


PARTS = {
    ".docx": [
        "word/document.xml",
        "word/styles.xml",
        "word/numbering.xml",
        "[Content_Types].xml",
        "word/_rels/document.xml.rels",
        "_rels/.rels",
        "docProps/core.xml",
    ],
    ".xlsx": [
        "xl/worksheets/sheet1.xml",
        "xl/workbook.xml",
        "xl/styles.xml",
        "[Content_Types].xml",
        "xl/_rels/workbook.xml.rels",
        "_rels/.rels",
        "docProps/core.xml",
    ],
}


@settings(settings.get_profile("fuzz"), max_examples=40)
@pytest.mark.parametrize("suffix", list(PARTS))
@given(st.data())
def test_a_damaged_part_of_a_sound_archive_is_read_or_refused(suffix: str, data: st.DataObject) -> None:
    part = data.draw(st.sampled_from(PARTS[suffix]))
    with zipfile.ZipFile(io.BytesIO(sample(suffix))) as archive:
        content = data.draw(damaged(archive.read(part)))
    check(repacked(sample(suffix), replace=lambda name, old: content if name == part else old), f"a{suffix}")


NUMBERS = st.sampled_from(["0", "1", "9", "-1", "65536", "99999999999", "x", "", "1.5", "٣", "²"])
WORD = [
    "p",
    "r",
    "t",
    "tbl",
    "tr",
    "tc",
    "tcPr",
    "gridSpan",
    "vMerge",
    "pPr",
    "rPr",
    "numPr",
    "numId",
    "ilvl",
    "pStyle",
    "outlineLvl",
    "sdt",
    "sdtContent",
    "ins",
    "del",
    "br",
    "tab",
    "footnoteReference",
    "txbxContent",
    "hyperlink",
    "fldChar",
    "instrText",
    "trPr",
    "tblHeader",
    "sectPr",
    "moveFrom",
    "smartTag",
]
SHEET = [
    "row",
    "c",
    "v",
    "f",
    "is",
    "t",
    "r",
    "mergeCells",
    "mergeCell",
    "cols",
    "col",
    "dimension",
    "sheetData",
    "rPh",
    "headerFooter",
    "oddHeader",
    "sheetViews",
    "extLst",
]


def trees(tags: list[str], prefix: str, attributes: list[str]) -> st.SearchStrategy[str]:
    """Elements of the format, put together in any order, with values that are no good."""
    named = st.tuples(st.sampled_from(tags), st.sampled_from(attributes), NUMBERS)
    words = st.sampled_from(["字", "一、甲", " ", "第一条", "&#x2028;", "&lt;", "1", "A1:B9"])

    def element(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        return st.builds(
            lambda head, body: f'<{prefix}{head[0]} {head[1]}="{head[2]}">{"".join(body)}</{prefix}{head[0]}>',
            named,
            st.lists(inner, max_size=4),
        )

    return st.lists(st.recursive(words, element, max_leaves=25), max_size=6).map("".join)


@settings(settings.get_profile("fuzz"), max_examples=40)
@given(trees(WORD, "w:", ["w:val", "w:id", "w:type", "w:fldCharType"]))
def test_any_tree_of_word_elements_is_read_or_refused(body: str) -> None:
    xml = f"<w:document {NS}><w:body>{body}</w:body></w:document>".encode()
    check(repacked(sample(".docx"), replace=lambda name, old: xml if name == "word/document.xml" else old), "a.docx")


@settings(settings.get_profile("fuzz"), max_examples=40)
@given(trees(SHEET, "", ["r", "s", "t", "ref", "min", "max", "hidden", "si"]))
@example('<sheetData><row r="1"><c r="ZZZZ1"><v>1</v></c></row></sheetData>')
@example('<sheetData><row r="9999999999"><c r="A1" t="s"><v>-1</v></c></row></sheetData>')
def test_any_tree_of_sheet_elements_is_read_or_refused(body: str) -> None:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    xml = f'<worksheet xmlns="{main}">{body}</worksheet>'.encode()
    check(
        repacked(sample(".xlsx"), replace=lambda name, old: xml if name == "xl/worksheets/sheet1.xml" else old),
        "a.xlsx",
    )


@settings(settings.get_profile("fuzz"), max_examples=80)
@given(
    st.binary(max_size=300), st.sampled_from([b"", b"PK\3\4", b"%PDF-1.7\n", b"\xff\xfe", b"<html>", b"\xef\xbb\xbf"])
)
def test_any_bytes_under_any_name_are_read_or_refused(data: bytes, head: bytes) -> None:
    for suffix in READERS:
        check(head + data, f"a{suffix}")


def test_a_web_page_in_any_encoding_that_python_knows() -> None:
    for encoding in {*aliases.values(), "idna", "punycode", "undefined", "unicode_escape", "mbcs", "no-such"}:
        check(WEBPAGE.replace("utf-8", encoding.replace("_", "-")).encode(), "a.html")


@settings(settings.get_profile("fuzz"), max_examples=40)
@given(st.text(alphabet="〔（《“【[<>|#*`-_ \t\n。；：、一1.第条★秘密&;!/=\"'\\a甲\u200b\u202e", max_size=400))
def test_any_text_is_read_whole_or_refused(text: str) -> None:
    for suffix in (".txt", ".md", ".html", ".csv", ".tsv"):
        check(text.encode(), f"a{suffix}")


@settings(settings.get_profile("fuzz"), max_examples=40)
@given(damaged(word_bytes("甲")))
def test_what_the_archive_guard_passes_zipfile_reads(data: bytes) -> None:
    try:
        check_archive(data, "a.docx", LIMITS)
    except AdmissionError:
        return
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None


@settings(settings.get_profile("fuzz"), max_examples=10)
@pytest.mark.parametrize("suffix", [".html", ".docx", ".xlsx", ".pdf"])
@given(st.data())
def test_a_damaged_file_meets_the_same_in_the_reading_process(suffix: str, data: st.DataObject) -> None:
    damage = data.draw(damaged(sample(suffix)))
    try:
        assume(source_kind(damage, f"a{suffix}", LIMITS) not in CONVERTED)
        whole(parse_in_child(damage, f"a{suffix}", LIMITS))
    except AdmissionError as refusal:
        told(refusal)
