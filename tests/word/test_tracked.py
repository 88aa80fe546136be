"""Two reports as one file with tracked changes: accepting all gives the new one, rejecting all the old one."""

from __future__ import annotations

import copy
import datetime as dt
import io
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from word_ooxml import Docx, anchored, w
from word_samples import long_report, short_report

from nigao.report.kinds import load_kind
from nigao.report.model import Annex, Item, Origin, Report, Sentence, Table
from nigao.word import CitationStyle, WordOptions, docx_bytes, read_layout
from nigao.word.tracked import RevisionState, changes_docx

KIND = load_kind("political-ecology")
WHEN = dt.datetime(2025, 12, 20, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=8)))
_OFFICE, _TEXT = (f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("office", "text"))
PLAIN = WordOptions(citations=CitationStyle.NONE)
office = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="soffice is missing: the tracked changes were NOT opened by another program"
)


def typed(text: str) -> Sentence:
    return Sentence(text=text, origin=Origin.HUMAN)


def edited(edit: Callable[[Report], object], make: Callable[[], Report] = short_report) -> tuple[Report, Report]:
    old, new = make(), make()
    edit(new)
    return old, new


def two(old: Report, new: Report, author: str = "核稿人", options: WordOptions = PLAIN) -> bytes:
    return changes_docx([RevisionState(old, "拟稿人", WHEN), RevisionState(new, author, WHEN)], options)


def compared(old: Report, new: Report) -> Docx:
    return Docx.read(two(old, new))


def settled(file: Docx, kept: str, gone: str) -> list[str]:
    """The text of every paragraph once the changes `kept` are made good and the changes `gone` taken back.

    A paragraph whose end has gone runs on into the next; all of it gone, nothing of it is left.
    """
    body = copy.deepcopy(file.body)
    texts: list[str] = []
    running = ""
    for paragraph in body.findall(w("p")):
        for change in list(paragraph.iter(w(gone))):
            if change.getparent().tag == w("p"):
                change.getparent().remove(change)
        names = {w("t"), w("delText")}
        parts = [
            "\n" if element.tag == w("br") else element.text or ""
            for element in paragraph.iter()
            if element.tag in names or element.tag == w("br")
        ]
        running += "".join(parts)
        if paragraph.find(f"{w('pPr')}/{w('rPr')}/{w(gone)}") is None:
            texts.append(running)
            running = ""
    assert running == "", "the end of the last paragraph cannot be gone"
    assert kept != gone
    return texts


def accepted(file: Docx) -> list[str]:
    return settled(file, "ins", "del")


def rejected(file: Docx) -> list[str]:
    return settled(file, "del", "ins")


def plain(report: Report) -> list[str]:
    """The paragraphs of the report as it is exported by itself."""
    return accepted(Docx.read(docx_bytes(report, PLAIN)))


def drop_measures(report: Report) -> None:
    report.parts = [part for part in report.parts if part.key != "measures"]


def add_part_of_lead(report: Report) -> None:
    report.parts[0].lead[0].text = "市政务服务局为市政府工作部门，内设科室7个，现有在职干部42人。"


def add_item(report: Report) -> None:
    report.parts[-1].items.append(Item(ordinal="九是", heading=typed("新增一条。"), sentences=[typed("说明若干。")]))


def no_closing(report: Report) -> None:
    report.date = report.signature = None


def swap_parts(report: Report) -> None:
    report.parts.reverse()


def nothing_left(report: Report) -> None:
    report.parts, report.opening, report.recipient = [], [], None
    report.date = report.signature = None


def new_title(report: Report) -> None:
    assert report.title is not None
    report.title.text = "云岭市政务服务局关于\n2026年度政治生态建设情况\n的报告\tA & <B>"


EDITS = [drop_measures, add_part_of_lead, add_item, no_closing, swap_parts, nothing_left, new_title]


@pytest.mark.parametrize("make", [short_report, long_report])
@pytest.mark.parametrize("edit", EDITS)
def test_accepting_gives_the_new_text_and_rejecting_the_old(
    edit: Callable[[Report], object], make: Callable[[], Report]
) -> None:
    for old, new in (edited(edit, make), edited(edit, make)[::-1]):
        file = compared(old, new)
        assert accepted(file) == plain(new)
        assert rejected(file) == plain(old)


def test_a_changed_figure_is_the_only_change() -> None:
    file = compared(*edited(add_part_of_lead))
    assert [element.text for element in file.body.iter(w("delText"))] == ["6"]
    inserted = list(file.body.iter(w("ins")))
    assert ["".join(t.text for t in change.iter(w("t"))) for change in inserted] == ["7"]
    change = inserted[0]
    assert (change.get(w("author")), change.get(w("date"))) == ("核稿人", "2025-12-20T01:30:00Z")
    ids = [element.get(w("id")) for name in ("ins", "del") for element in file.body.iter(w(name))]
    assert len(set(ids)) == len(ids) == 2


def test_a_whole_paragraph_comes_or_goes_with_its_end() -> None:
    old, new = edited(add_item)
    paragraph = compared(old, new).paragraph("九是")
    assert paragraph.find(f"{w('pPr')}/{w('rPr')}/{w('ins')}") is not None
    assert {element.tag for element in paragraph} == {w("pPr"), w("ins")}
    gone = next(
        p
        for p in compared(new, old).paragraphs()
        if "".join(t.text or "" for t in p.iter(w("delText"))).startswith("九是")
    )
    assert gone.find(f"{w('pPr')}/{w('rPr')}/{w('del')}") is not None
    assert {element.tag for element in gone} == {w("pPr"), w("del")}


def test_another_setting_of_a_paragraph_is_tracked_too() -> None:
    old, new = edited(no_closing)
    last = compared(old, new).paragraphs()[-1]
    assert last.find(f"{w('pPr')}/{w('pPrChange')}/{w('pPr')}/{w('pStyle')}").get(w("val")) == "GwDate"
    assert last.find(f"{w('pPr')}/{w('pStyle')}").get(w("val")) != "GwDate"
    assert [e.tag for e in last.find(w("pPr"))][-1] == w("pPrChange")


def test_the_layout_is_that_of_the_new_report() -> None:
    old, new = edited(add_part_of_lead)
    file, alone = compared(old, new), Docx.read(docx_bytes(new, PLAIN))
    assert etree.tostring(file.section) == etree.tostring(alone.section)
    settings = [[etree.tostring(p.find(w("pPr"))) for p in one.paragraphs()] for one in (file, alone)]
    assert settings[0] == settings[1]
    blank = next(run for run in file.body.iter(w("r")) if "【待补" in "".join(t.text or "" for t in run.iter(w("t"))))
    assert blank.find(f"{w('rPr')}/{w('highlight')}") is not None
    assert "word/comments.xml" not in file.members or not list(file.xml("word/comments.xml"))


def test_equal_reports_have_no_changes_and_equal_files() -> None:
    first, second = (two(short_report(), short_report()) for _ in range(2))
    assert first == second
    file = Docx.read(first)
    assert not [element for name in ("ins", "del", "pPrChange") for element in file.body.iter(w(name))]


def test_characters_that_xml_forbids_stop_nothing() -> None:
    old, new = edited(lambda report: setattr(report.parts[0].lead[0], "text", "新\x0b的一句。"))
    file = Docx.read(two(old, new, "核\x00稿人"))
    assert accepted(file) == plain(new)
    assert {change.get(w("author")) for change in file.body.iter(w("ins"))} == {"核稿人"}


def test_our_own_readers_see_the_new_text() -> None:
    old, new = edited(drop_measures)
    data = two(old, new, options=replace(PLAIN, ai_label=False))
    document = docx.Document(io.BytesIO(data))
    assert len(document.paragraphs) > len(plain(new))
    told = [paragraph.text for paragraph in read_layout(data).paragraphs if paragraph.text]
    assert told == [text for text in plain(new) if text]


@st.composite
def _varied(draw: st.DrawFn) -> Report:
    report = short_report()
    words = st.text(alphabet="党建责任落实12个，。", min_size=1, max_size=20)
    for part in report.parts:
        part.lead = [typed(text) for text in draw(st.lists(words, max_size=3))] if draw(st.booleans()) else part.lead
        part.items = draw(st.permutations(part.items))[: draw(st.integers(0, 3))]
    return report


@settings(max_examples=20)
@given(_varied(), _varied())
def test_any_two_reports(old: Report, new: Report) -> None:
    file = compared(old, new)
    assert accepted(file) == plain(new)
    assert rejected(file) == plain(old)


def state(report: Report, number: int) -> RevisionState:
    return RevisionState(report, f"第{number}人", WHEN + dt.timedelta(days=number))


def signed(file: Docx, name: str) -> list[tuple[str, str, str]]:
    """The words of each change, its author and its day."""
    return [
        ("".join(change.itertext()), change.get(w("author")), change.get(w("date"))[8:10])
        for change in file.body.iter(w(name))
        if change.getparent().tag == w("p")
    ]


def lead(text: str) -> Report:
    report = short_report()
    report.parts[0].lead = [typed(text)]
    return report


def test_each_change_is_signed_by_the_revision_that_made_it() -> None:
    study = "全年开展集中学习十二次，班子成员逐人发言。"
    texts = (f"现有内设科室6个。{study}党员三十名。",
             f"现有内设科室7个。{study}党员三十名。", "现有内设科室7个。党员三十名。",
             "现有内设科室7个。党员三十名。临时一句。", "现有内设科室7个。党员三十名。另有群众五名。")  # fmt: skip
    file = Docx.read(changes_docx([state(lead(text), number) for number, text in enumerate(texts)], PLAIN))
    gone, come = signed(file, "del"), signed(file, "ins")
    assert ("6", "第1人", "21") in gone
    assert (study.rstrip("。"), "第2人", "22") in gone
    assert ("7", "第1人", "21") in come
    assert ("另有群众五名", "第4人", "24") in come
    # What a later diff merely counts differently is the last one's.
    assert {who for text, who, _ in gone + come if text in ("个", "个。")} <= {"第4人"}
    assert rejected(file) == plain(lead(texts[0]))
    assert accepted(file) == plain(lead(texts[-1]))


def test_what_came_and_went_in_between_does_not_show() -> None:
    between = short_report()
    add_item(between)
    states = [state(short_report(), 0), state(between, 1), state(short_report(), 2)]
    file = Docx.read(changes_docx(states, PLAIN))
    assert not [change for name in ("ins", "del") for change in file.body.iter(w(name))]


def test_a_paragraph_is_signed_by_who_put_it_in_or_took_it_out() -> None:
    longer = short_report()
    add_item(longer)
    last = longer.model_copy(deep=True)
    last.parts[0].lead = []
    file = Docx.read(changes_docx([state(short_report(), 0), state(longer, 1), state(last, 2)], PLAIN))
    ends = [(mark.tag, mark.get(w("author"))) for mark in file.body.iterfind(f".//{w('pPr')}/{w('rPr')}/*")
            if mark.tag in (w("ins"), w("del"))]  # fmt: skip
    assert sorted(ends) == sorted([(w("ins"), "第1人"), (w("del"), "第2人")])


def test_comments_stand_together_with_changes() -> None:
    old, new = edited(lambda report: report.parts[1].items.pop())
    data = two(new, old, options=WordOptions(citations=CitationStyle.COMMENTS))
    file = Docx.read(data)
    assert (accepted(file), rejected(file)) == (plain(old), plain(new))
    alone = anchored(Docx.read(docx_bytes(old, WordOptions(citations=CitationStyle.COMMENTS))))
    assert anchored(file) == alone
    come = [
        change for change in file.body.iter(w("ins")) if change.find(f"{w('r')}/{w('commentReference')}") is not None
    ]
    assert come, "the mark of a comment on new words is new too"


def test_cells_rows_and_tables_are_tracked_in_their_place() -> None:
    def with_rows(*rows: list[str]) -> Report:
        report = short_report()
        report.annexes = [Annex(title=typed("整改台账"), table=Table(rows=[["序号", "事项"], *rows]))]
        return report

    first, second, third = ["1", "完善制度"], ["2", "加强督查"], ["3", "开展培训"]
    old, new = with_rows(first, second), with_rows(["1", "修订制度"], third)
    file = compared(old, new)
    rows = [sorted(etree.QName(mark).localname for mark in row.iterfind(f"{w('trPr')}/*") if mark.get(w("author")))
            for row in file.body.iter(w("tr"))]  # fmt: skip
    assert sorted(map(tuple, rows)) == [(), (), ("del",), ("ins",)]
    (table,) = file.body.iter(w("tbl"))
    changed = table.findall(w("tr"))[1]
    assert [("".join(c.itertext()), etree.QName(c).localname) for c in changed.iter(w("ins"), w("del"))] == [
        ("完善", "del"), ("修订", "ins"),
    ]  # fmt: skip
    (gone,) = compared(old, short_report()).body.iter(w("tbl"))
    assert all(row.find(f"{w('trPr')}/{w('del')}") is not None for row in gone.iter(w("tr")))


def test_another_reader_sees_the_same_insertions_and_deletions(tmp_path: Path) -> None:
    revisions = pytest.importorskip("docx_revisions", reason="docx-revisions is missing: NOT read by it")
    old, new = edited(lambda report: (add_part_of_lead(report), add_item(report), report.parts[1].lead.clear()))
    path = tmp_path / "对照.docx"
    path.write_bytes(two(old, new))
    read = revisions.RevisionDocument(str(path))
    for kind, name in (("insertions", "ins"), ("deletions", "del")):
        theirs = [(change.text, change.author) for p in read.all_paragraphs for change in getattr(p, kind)]
        assert theirs == [(text, author) for text, author, _ in signed(Docx.read(path), name)]
        assert theirs
    texts = [paragraph.replace("\n", "") for paragraph in plain(new)]
    assert [p.accepted_text for p in read.all_paragraphs if p.accepted_text] == [text for text in texts if text]


@office
def test_libreoffice_shows_the_changes_as_tracked(tmp_path: Path) -> None:
    old, new = edited(lambda report: (add_part_of_lead(report), add_item(report), report.parts[1].lead.clear()))
    file = tmp_path / "对照.docx"
    file.write_bytes(two(old, new))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "fodt", "--outdir", str(tmp_path), str(file)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    root = etree.parse(file.with_suffix(".fodt")).getroot()
    body = root.find(f"{_OFFICE}body/{_OFFICE}text")
    tracked = body.find(f"{_TEXT}tracked-changes")
    kinds = {region.get(f"{_TEXT}id"): etree.QName(region[0]).localname for region in tracked}
    assert {element.text for element in tracked.iter("{http://purl.org/dc/elements/1.1/}creator")} == {"核稿人"}
    body.remove(tracked)
    assert _without(body, "deletion", kinds) == "".join("".join(plain(new)).split())
    assert _without(body, "insertion", kinds) == "".join("".join(plain(old)).split())


def _without(body: etree._Element, kind: str, kinds: dict[str, str]) -> str:
    """The text that LibreOffice holds, less what is in tracked changes of a kind; white space left out."""
    said: list[str] = []
    open_ones: set[str] = set()
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if element.tag == f"{_TEXT}change-start" and event == "start":
            open_ones.add(element.get(f"{_TEXT}change-id"))
        elif element.tag == f"{_TEXT}change-end" and event == "start":
            open_ones.discard(element.get(f"{_TEXT}change-id"))
        words = element.text if event == "start" else element.tail
        if words and kind not in {kinds[one] for one in open_ones}:
            said.append(words)
    return "".join("".join(said).split())
