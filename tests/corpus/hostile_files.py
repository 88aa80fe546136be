"""Files made to harm whoever reads them, by name, with what may be said of each."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

from corpus_docx import NS, repacked, word_bytes

LINES = ("工作总结", "一、基本情况", "市政务办内设科室6个，现有干部22人，全年办件保持平稳。")
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def good_docx() -> bytes:
    return word_bytes(*LINES)


def good_xlsx(rows: int = 3) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    for row in [("科室", "事项", "件数"), *[("综合科", f"事项{i}", i) for i in range(rows)]]:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def changed_part(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    return repacked(data, replace=lambda name, content: change(content) if name == part else content)


def with_body(xml: str) -> bytes:
    """A docx with this body."""
    whole = f'<?xml version="1.0" encoding="UTF-8"?><w:document {NS}><w:body>{xml}</w:body></w:document>'
    return changed_part(good_docx(), "word/document.xml", lambda _: whole.encode())


def with_doctype(encoding: str, declared: str | None = None) -> bytes:
    bomb = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10 if i else "哈" * 10}">' for i in range(12))
    xml = (
        f'<?xml version="1.0" encoding="{declared or encoding}"?><!DOCTYPE w:document [{bomb}<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        f"<w:document {NS}><w:body><w:p><w:r><w:t>&a11;&x;</w:t></w:r></w:p></w:body></w:document>"
    )
    return changed_part(good_docx(), "word/document.xml", lambda _: xml.encode(encoding))


def overlapping() -> bytes:
    """Two hundred entries of the directory that share one packed part."""
    packed = zlib.compress(b" " * 1_000_000, 9)[2:-4]
    name, crc = b"word/a000.xml", zlib.crc32(b" " * 1_000_000)
    data = (
        struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 8, 0, 0, crc, len(packed), 1_000_000, len(name), 0) + name + packed
    )
    entries = b""
    for i in range(190):
        own = b"word/a%03d.xml" % i
        fields = (b"PK\1\2", 20, 20, 0, 8, 0, 0, crc, len(packed), 1_000_000, len(own), 0, 0, 0, 0, 0, 0)
        entries += struct.pack("<4s6H3I5H2I", *fields) + own
    return data + entries + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 190, 190, len(entries), len(data), 0)


def zipped(*entries: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A docx with these entries besides its own."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good_docx())) as old, zipfile.ZipFile(buffer, "w", method) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        for name, content in entries:
            new.writestr(name, content, compress_type=method)
    return buffer.getvalue()


def link(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = 0o120777 << 16
    return info


def header_says_otherwise(data: bytes) -> bytes:
    """The first entry is called something else in its own header than in the directory."""
    name_size = struct.unpack_from("<H", data, 26)[0]
    return data[:30] + b"x" * name_size + data[30 + name_size :]


def false_sum(data: bytes) -> bytes:
    """The directory states a wrong checksum for the first entry."""
    at = data.index(b"PK\1\2") + 16
    return data[:at] + b"\0\0\0\0" + data[at + 4 :]


def false_size(data: bytes) -> bytes:
    """Directory and header state that the first entry unpacks into ten bytes."""
    at = data.index(b"PK\1\2") + 24
    changed = data[:at] + struct.pack("<I", 10) + data[at + 4 :]
    return changed[:22] + struct.pack("<I", 10) + changed[26:]


def encrypted_flag(data: bytes) -> bytes:
    at = data.index(b"PK\1\2") + 8
    return data[:at] + b"\1\0" + data[at + 2 :]


def sheet(xml: str) -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    whole = f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{main}">{xml}</worksheet>'
    return changed_part(good_xlsx(), "xl/worksheets/sheet1.xml", lambda _: whole.encode())


def pdf(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1, the first being the catalogue."""
    data, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + trailer


def pdf_stream(packed: bytes, fields: bytes = b"/Filter/FlateDecode") -> bytes:
    return b"<<%s/Length %d>>\nstream\n" % (fields, len(packed)) + packed + b"\nendstream"


def nested(opening: str, closing: str, depth: int, inner: str = "深") -> str:
    return opening * depth + inner + closing * depth


def vba_and_links() -> bytes:
    """A macro, remote pictures and a template: all of them are left alone, and the text is read."""
    relations = (
        '<Relationship Id="rId97" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"'
        ' Target="http://127.0.0.1:9/picture.png" TargetMode="External"/>'
        '<Relationship Id="rId98" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"'
        ' Target="file://\\\\127.0.0.1\\share\\evil.dotm" TargetMode="External"/>'
        '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/oleObject"'
        ' Target="file:///etc/passwd" TargetMode="External"/></Relationships>'
    )
    data = changed_part(
        good_docx(),
        "word/_rels/document.xml.rels",
        lambda content: content.replace(b"</Relationships>", relations.encode()),
    )
    return repacked(data, {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600})


REFUSED: dict[str, Callable[[], bytes]] = {
    "炸弹.docx": lambda: zipped(("word/media/a.bin", b"\0" * 3_000_000)),
    "重叠.docx": overlapping,
    "许多.docx": lambda: zipped(*((f"word/media/{i}.bin", b"") for i in range(2_500))),
    "越界.docx": lambda: zipped(("../../evil.xml", b"x")),
    "绝对.docx": lambda: zipped(("/etc/evil.xml", b"x")),
    "盘符.docx": lambda: zipped(("C:/evil.xml", b"x")),
    "重名.docx": lambda: zipped(("WORD/document.xml", b"<x/>")),
    "链接.docx": lambda: zipped((link("word/link.bin"), b"/etc/passwd")),
    "套娃.docx": lambda: zipped(("word/embeddings/a.bin", good_docx())),
    "少见压缩.docx": lambda: zipped(("word/media/a.bin", b"x" * 99), method=zipfile.ZIP_BZIP2),
    "头尾不一.docx": lambda: header_says_otherwise(good_docx()),
    "校验不符.docx": lambda: false_sum(good_docx()),
    "大小不实.docx": lambda: false_size(good_docx()),
    "加密条目.docx": lambda: encrypted_flag(good_docx()),
    "截断.docx": lambda: good_docx()[:-200],
    "实体.docx": lambda: with_doctype("utf-8"),
    "实体16.docx": lambda: with_doctype("utf-16"),
    "实体32.docx": lambda: with_doctype("utf-32"),
    "实体7.docx": lambda: with_doctype("utf-7"),
    "深.docx": lambda: with_body(nested("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", 100_000)),
    "深表.docx": lambda: with_body(nested("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 5_000)),
    "属性.docx": lambda: with_body("<w:p " + " ".join(f'a{i}=""' for i in range(30_000)) + "/>")[:-5],
    "炸弹.xlsx": lambda: sheet("<sheetData>" + "<row/>" * 500_000 + "</sheetData>"),
    "实体.xlsx": lambda: changed_part(
        good_xlsx(), "xl/workbook.xml", lambda x: b'<!DOCTYPE a [<!ENTITY b "c">]>' + x.split(b"?>", 1)[-1]
    ),
    "空.pdf": lambda: b"%PDF-1.7\n",
    "环.pdf": lambda: pdf(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 100000/Parent 2 0 R>>"
    ),
    "对象流.pdf": lambda: pdf(
        b"<</Type/Catalog/Pages 5 0 R>>",
        pdf_stream(zlib.compress(b"0" * 3_000_000), b"/Type/ObjStm/N 1000000/First 10/Filter/FlateDecode"),
    ),
    "层层压缩.pdf": lambda: pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 1e30 1e30]/Contents 4 0 R>>",
        pdf_stream(zlib.compress(zlib.compress(b"q " * 300_000)), b"/Filter[/FlateDecode/FlateDecode]"),
    ),
    "空字节.txt": lambda: "甲乙\0丙丁".encode() * 100,
    "二进制.md": lambda: bytes(range(256)) * 1000,
    "空.txt": lambda: b"",
    "改名.exe": lambda: b"MZ" + b"\0" * 100,
}
"""Each is refused, in a second or two of computing at most."""

# The bytes are made when they are needed.
READ: dict[str, Callable[[], bytes]] = {
    "好.docx": good_docx,
    "好.xlsx": good_xlsx,
    "好.txt": lambda: "\n".join(LINES).encode(),
    "宏和外链.docx": vba_and_links,
    "样式成环.docx": lambda: changed_part(
        good_docx(),
        "word/styles.xml",
        lambda x: x.replace(
            b"</w:styles>",
            b'<w:style w:type="paragraph" w:styleId="A"><w:name w:val="a"/><w:basedOn w:val="B"/></w:style>'
            b'<w:style w:type="paragraph" w:styleId="B"><w:name w:val="b"/><w:basedOn w:val="A"/></w:style></w:styles>',
        ).replace(b'w:styleId="Normal"', b'w:styleId="Normal" w:x="1"'),
    ),
    "宽格.docx": lambda: with_body(
        "<w:tbl>" + "<w:tr><w:tc><w:tcPr><w:gridSpan w:val='99999999'/></w:tcPr>"
        "<w:p><w:r><w:t>合并的一格写了这些字。</w:t></w:r></w:p></w:tc></w:tr>" * 50 + "</w:tbl>"
    ),
    "虚报范围.xlsx": lambda: sheet(
        '<dimension ref="A1:XFD1048576"/><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>科室</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>事项</t></is></c></row>'
        '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>远处的一格写了这些字</t></is></c></row>'
        '</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    ),
    "音符.txt": ("a" + "\u0301\u0327" * 20_000).encode,
    "一行.txt": lambda: "市政务办全年办件保持平稳，".encode() * 4_000,
    "括号.txt": ("（《“" * 3_000).encode,
    "数字.txt": lambda: b"1" * 30_000,
    "井号.md": lambda: b"a " + b"#" * 30_000 + b"[" * 500,
    "引用.md": lambda: b">" * 3_000 + "深深的引用".encode(),
    "标题.md": ("# " + "长" * 50_000 + "\n\n" + "".join(f"正文第{i}段。\n\n" for i in range(30))).encode,
    "深.html": f"<html><body>{nested('<div>', '</div>', 50_000, '深处的一句话。')}</body></html>".encode,
    "属性.html": f"<p title='{'x' * 500_000}'>市政务办全年办件保持平稳。</p>".encode,
    "大格.csv": ("科室,事项\n综合科," + "长" * 20_000).encode,
    "方向.txt": "\u202e第一段写了这些字。\u2066\u2069\n\ufeff第二段写了这些字。".encode,
}
"""Each may be read or refused, and whichever it is, in no long time and with whole text."""
