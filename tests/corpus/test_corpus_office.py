"""Old office formats: the same report reads the same whatever it was saved as, and LibreOffice is kept on a lead."""

import difflib
import http.server
import io
import os
import shutil
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from filelock import FileLock
from office_samples import NOTE, converted, sample_docx, soffice

from nigao.corpus.limits import AdmissionLimits
from nigao.corpus.model import RefusalReason
from nigao.corpus.readers import SourceText, office, parse_document, source_kind
from nigao.corpus.splitter import split_passages
from nigao.errors import AdmissionError

needs_office = pytest.mark.skipif(soffice() is None, reason="NOT RUN: no LibreOffice here, old formats cannot be read")
FORMATS = {".doc": "doc:MS Word 97", ".odt": "odt", ".rtf": "rtf", ".pdf": "pdf"}


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> dict[str, bytes]:
    """The sample report by suffix. Where several processes run the tests, the first makes the files for all."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "office-samples"
    with FileLock(folder.with_suffix(".lock")):
        if not (folder / "ready").exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            data = sample_docx()
            for suffix, kind in FORMATS.items():
                made = converted(data, ".docx", kind, folder / kind.partition(":")[0])
                (folder / f"report{suffix}").write_bytes(_as_word_writes(made) if suffix == ".rtf" else made)
            (folder / "report.docx").write_bytes(data)
            (folder / "ready").touch()
    return {suffix: (folder / f"report{suffix}").read_bytes() for suffix in (".docx", *FORMATS)}


def _as_word_writes(rtf: bytes) -> bytes:
    """LibreOffice writes list numbers in its code page, which has no 、 and no （; Word writes them as Unicode."""
    changed = rtf.replace(rb"\leveltext \'02\'00\'3f;", rb"\leveltext \'02\'00\u12289 ?;")
    changed = changed.replace(rb"\leveltext \'03\'28\'01\'29;", rb"\leveltext \'03\u-248 ?\'01\u-247 ?;")
    assert len(changed) > len(rtf)
    return changed


def told(source: SourceText) -> list[tuple[str, int, str, str]]:
    return [(block.kind.value, block.level, block.label, "".join(block.text.split())) for block in source.blocks]


def refused(data: bytes, name: str, limits: AdmissionLimits | None = None) -> AdmissionError:
    with pytest.raises(AdmissionError) as caught:
        parse_document(data, name, limits or AdmissionLimits())
    assert caught.value.where
    assert caught.value.fix
    return caught.value


@needs_office
@pytest.mark.parametrize("suffix", list(FORMATS))
def test_one_report_reads_the_same_in_every_format(reports: dict[str, bytes], suffix: str) -> None:
    word = parse_document(reports[".docx"], "a.docx")
    other = parse_document(reports[suffix], f"a{suffix}")
    matched = difflib.SequenceMatcher(None, told(word), told(other), autojunk=False)
    assert matched.ratio() >= 0.99, (told(other), other.margins)
    assert any("市政务办工作情况" in margin for margin in other.margins)
    assert "工作情况\n" not in other.text
    assert [p.locator for p in split_passages("d", "报告", other)] == [
        p.locator for p in split_passages("d", "报告", word)
    ]


@needs_office
def test_the_sample_holds_what_it_is_to_show(reports: dict[str, bytes]) -> None:
    source = parse_document(reports[".docx"], "a.docx")
    texts = [block.text for block in source.blocks]
    assert [t for t in texts if t[1:2] == "、"] == ["一、总体情况", "二、主要做法", "三、数据与打算"]
    assert sum(t.startswith(("（一）", "（二）", "（三）")) for t in texts) == 3
    assert f"〔注1：{NOTE}〕" in texts
    assert "科室：综合科；事项：企业开办；办理件数：8,512；按期办结率：100%" in texts


@needs_office
def test_a_file_is_taken_for_what_it_is(reports: dict[str, bytes]) -> None:
    """A .doc that is RTF and a .wps that is Word's binary format are the rule in offices, not the exception."""
    for suffix, data in reports.items():
        for name in (".doc", ".wps", ".docx", ".txt", suffix):
            assert source_kind(data, f"a{name}") == suffix


def calc() -> bool:
    """Whether LibreOffice has its spreadsheet part, which Debian packs apart."""
    program = soffice()
    return program is not None and any(Path(program).resolve().parent.glob("*sclo.*"))


@pytest.mark.skipif(not calc(), reason="NOT RUN: no LibreOffice Calc here, xls, et and ods cannot be read")
@pytest.mark.parametrize("suffix", [".xls", ".ods"])
def test_old_sheets_read_as_xlsx_does(suffix: str, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (["科室", "事项", "件数"], ["综合科", "登记", 1234.5], ["督查科", "投诉", 4]):
        sheet.append(row)
    sheet["C2"].number_format = "#,##0.00"
    buffer = io.BytesIO()
    book.save(buffer)
    made = converted(buffer.getvalue(), ".xlsx", suffix.removeprefix("."), tmp_path / "made")
    expected = parse_document(buffer.getvalue(), "a.xlsx").text
    assert parse_document(made, f"a{suffix}").text == expected
    assert "件数：1,234.50" in expected


@pytest.mark.parametrize("name", ["a.doc", "a.wps", "a.rtf", "a.txt", "a.pdf", "a.odt"])
def test_a_docx_under_another_name_needs_no_converter(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "program", lambda: None)
    data = sample_docx()
    assert told(parse_document(data, name)) == told(parse_document(data, "a.docx"))


@pytest.mark.parametrize("name", ["a.doc", "a.xls", "a.wps", "a.et"])
def test_a_web_page_under_an_office_name_is_read_as_one(name: str) -> None:
    page = "<html><head><meta charset=utf-8></head><body><table><tr><th>科室</th><th>件数</th></tr>"
    page += "<tr><td>综合科</td><td>12</td></tr></table></body></html>"
    assert parse_document(page.encode(), name).text == "科室：综合科；件数：12"


def test_bare_text_under_an_office_name() -> None:
    text = "科室\t件数\n综合科\t12\n督查科\t4\n"
    assert parse_document(text.encode("gb18030"), "a.xls").text == "科室：综合科；件数：12\n科室：督查科；件数：4"
    assert parse_document("一、基本情况\n办理事项12件。\n".encode(), "a.doc").blocks[0].level == 1
    assert refused(b"\x00\x01\x02" * 50, "a.odt").reason in (RefusalReason.UNREADABLE, RefusalReason.ARCHIVE)


def test_without_libreoffice_the_message_says_what_to_do(
    reports_doc: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("nigao.office._PLACES", ())
    monkeypatch.setattr("nigao.office._FOLDERS", ())
    error = refused(reports_doc, "总结.doc")
    assert error.reason == RefusalReason.CONVERTER
    assert "LibreOffice" in error.message
    assert "docx" in error.fix


@pytest.fixture
def reports_doc() -> bytes:
    """Enough of Word's binary format to be taken for it: the container's head and the name of its main stream."""
    return ole("WordDocument")


def ole(*names: str, flags: int = 0) -> bytes:
    """A container of Microsoft's old binary formats: one sector of directory entries, one with a stream's head."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(22) + b"\x09\x00" + bytes(480)
    entries = b""
    for name in names:
        stored = name.encode("utf-16-le") + b"\0\0"
        entry = stored.ljust(64, b"\0") + len(stored).to_bytes(2, "little") + b"\x02\x01"
        entries += entry.ljust(116, b"\0") + (1).to_bytes(4, "little") + bytes(8)
    return head + entries.ljust(512, b"\0") + (bytes(10) + flags.to_bytes(2, "little")).ljust(512, b"\0")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (ole("EncryptionInfo", "EncryptedPackage"), "a.docx"),
        (ole("EncryptionInfo", "EncryptedPackage"), "a.xlsx"),
        (ole("WordDocument", flags=0x0100), "a.doc"),
    ],
)
def test_a_password_is_recognised_before_anything_is_started(
    data: bytes, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "program", lambda: None)
    assert refused(data, name).reason == RefusalReason.ENCRYPTED


def test_an_encrypted_odt_is_recognised() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("META-INF/manifest.xml", "<manifest><file-entry><encryption-data/></file-entry></manifest>")
    assert refused(buffer.getvalue(), "a.odt").reason == RefusalReason.ENCRYPTED


@pytest.mark.skipif(os.name != "posix", reason="NOT RUN: a shell script stands in for LibreOffice")
@pytest.mark.parametrize(("then", "reason"), [("wait", RefusalReason.RESOURCES), ("exit 3", RefusalReason.CONVERTER)])
def test_what_hangs_or_fails_leaves_no_process_and_no_folder(
    then: str, reason: RefusalReason, reports_doc: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """LibreOffice starts helpers of its own; killing only the first would leave them, and the profile, behind."""
    helper = tmp_path / "helper"
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n/bin/sleep 600 &\necho $! > {helper}\n{then}\n", encoding="utf-8")
    program.chmod(0o755)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    assert refused(reports_doc, "a.doc", AdmissionLimits(office_seconds=2)).reason == reason
    assert list(temporary.iterdir()) == []
    assert _ended(int(helper.read_text()))


def _ended(process: int) -> bool:
    for _ in range(200):
        status = Path(f"/proc/{process}/stat")
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        # A container's first process may be slow to take leave of a dead one.
        if status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """A web server on this machine: its address, and what it was asked for."""
    paths: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", paths
    server.shutdown()
    server.server_close()
    thread.join()


@needs_office
@pytest.mark.allow_hosts(["127.0.0.1"])
def test_nothing_that_a_document_links_to_is_fetched(asked: tuple[str, list[str]]) -> None:
    """An untouched LibreOffice asks for the picture three times; a submitted file must not be able to call home."""
    address, paths = asked
    names = {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
        "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
        "xlink": "http://www.w3.org/1999/xlink",
    }
    spaces = " ".join(f'xmlns:{key}="{value}"' for key, value in names.items())
    content = (
        f'<office:document-content {spaces} office:version="1.2"><office:body><office:text><text:p>办理事项12件。'
        f'<draw:frame svg:width="5cm" svg:height="5cm"><draw:image xlink:href="{address}/a.png" xlink:type="simple" '
        'xlink:show="embed" xlink:actuate="onLoad"/></draw:frame></text:p></office:text></office:body>'
        "</office:document-content>"
    )
    entry = '<m:file-entry m:full-path="{}" m:media-type="{}"/>'
    kind = "application/vnd.oasis.opendocument.text"
    manifest = (
        '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f"{entry.format('/', kind)}{entry.format('content.xml', 'text/xml')}</m:manifest>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
    assert parse_document(buffer.getvalue(), "a.odt").text == "办理事项12件。"
    assert paths == []
