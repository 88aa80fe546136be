"""Copies that LibreOffice edited come back as meant: retyped, tracked, commented, and merely saved."""

from __future__ import annotations

from pathlib import Path

import pytest
from returned_report import report_to_edit, report_with_annex
from word_office import office, run_macro

from nigao.report.editing.diff import diff_reports
from nigao.report.kinds import load_kind
from nigao.report.model import Report
from nigao.word import WordOptions, docx_bytes
from nigao.word.options import Stamp
from nigao.word.returning.annexes import with_tables
from nigao.word.returning.editedfile import EditedFile
from nigao.word.returning.rejoining import rejoin

KIND = load_kind("political-ecology")
STAMP = Stamp("r0007", 4)
# What each file is put through, and the differences that come of it.
PLANS: dict[str, list[str]] = {
    "saved": [],
    "by-way-of-odt": [],
    "typed": [
        "增加　二（一）第一点第4句：学习档案一人一册。",
        "修改　二（一）第二点第2句：青年学习小组每月交流一次，撰写体会〔删：42〕〔增：45〕篇。",
        "增加　三、五是：五是作风建设还有短板。个别窗口态度不够热情。",
        "删除　四、三是：三是加大培养力度。选派4名年轻干部到乡镇挂职。",
    ],
}
PLANS["tracked"] = PLANS["typed"]
PLANS["commented"] = []

_MACRO = """
Sub Edit(folder As String)
  files = CreateUnoService("com.sun.star.ucb.SimpleFileAccess")
  For Each name In Array("saved", "by-way-of-odt", "typed", "tracked", "commented")
    document = Opened(folder & "/" & name & ".docx")
    If name = "by-way-of-odt" Then
      Store(document, folder & "/way.odt", "writer8")
      document.close(True)
      document = Opened(folder & "/way.odt")
    End If
    If name = "tracked" Then document.RecordChanges = True
    If name = "typed" Or name = "tracked" Then Retype(document)
    If name = "commented" Then Remark(document)
    Store(document, folder & "/" & name & ".out.docx", "MS Word 2007 XML")
    document.close(True)
  Next
  StarDesktop.terminate()
End Sub

Function Opened(address As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  Opened = StarDesktop.loadComponentFromURL(address, "_blank", 0, hidden())
End Function

Sub Store(document, address As String, filter As String)
  Dim how(0) As New com.sun.star.beans.PropertyValue
  how(0).Name = "FilterName" : how(0).Value = filter
  document.storeToURL(address, how())
End Sub

Function Found(document, words As String)
  search = document.createSearchDescriptor()
  search.SearchString = words
  Found = document.findFirst(search)
End Function

Sub Retype(document)
  Found(document, "体会42篇").setString("体会45篇")
  place = Found(document, "汇编成册。")
  place.Text.insertString(place.End, "学习档案一人一册。", False)
  place = Found(document, "群众仍有反映。")
  cursor = place.Text.createTextCursorByRange(place.End)
  place.Text.insertControlCharacter(cursor, com.sun.star.text.ControlCharacter.PARAGRAPH_BREAK, False)
  place.Text.insertString(cursor, "五是作风建设还有短板。个别窗口态度不够热情。", False)
  place = Found(document, "三是加大培养力度")
  cursor = place.Text.createTextCursorByRange(place.Start)
  cursor.gotoEndOfParagraph(True)
  cursor.goRight(1, True)
  cursor.setString("")
End Sub

Sub Remark(document)
  place = Found(document, "7个科室负责人")
  note = document.createInstance("com.sun.star.text.textfield.Annotation")
  note.Author = "王核"
  note.Content = "请核对科室数"
  place.Text.insertTextContent(place, note, True)
End Sub
"""


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("edited-by-office")
    files = folder / "docx"
    files.mkdir()
    for name in PLANS:
        (files / f"{name}.docx").write_bytes(docx_bytes(_sent(name), WordOptions(stamp=STAMP)))
    run_macro(_MACRO, f'Edit("{files.as_uri()}")', folder / "profile")
    return files


def _sent(name: str) -> Report:
    return report_with_annex() if name in ("saved", "by-way-of-odt") else report_to_edit()


@office
@pytest.mark.parametrize("name", PLANS)
def test_what_libreoffice_saved_comes_back_as_meant(saved: Path, name: str) -> None:
    report, file = _sent(name), EditedFile((saved / f"{name}.out.docx").read_bytes())
    assert file.stamp == STAMP
    assert file.left_out == []
    now = rejoin(report, KIND, file.lines(lambda _: True)).report
    now, strange = with_tables(now, report, file.tables(lambda _: True))
    assert strange == []
    assert diff_reports(report, now).text().splitlines() == PLANS[name]
    if not PLANS[name]:
        assert now is report
    rejected = rejoin(report, KIND, file.lines(lambda _: False)).report
    assert (rejected is report) == (name != "typed")
    theirs = [(c.author, c.text, c.words) for c in file.comments if c.author != "拟稿助手"]
    assert theirs == ([("王核", "请核对科室数", "7个科室负责人")] if name == "commented" else [])
