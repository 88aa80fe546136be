"""A Word file as PDF by LibreOffice, saying which fonts were set in place of those that the file names."""

from __future__ import annotations

import ctypes
import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import docx
from docx.document import Document
from docx.opc.part import Part

from nigao.environment import clean_environment
from nigao.errors import OutputError
from nigao.office import Failure, Job, convert, own_fonts, program
from nigao.report.gbt9704 import FANGSONG, HEITI, KAITI, SONGTI, XIAOBIAOSONG, same_font
from nigao.word.characters import stretches
from nigao.word.ooxml import W
from nigao.word.opening import part_root, reading_errors
from nigao.word.package import document_bytes
from nigao.word.styles import Styles
from nigao.word.template import empty_document

_SECONDS = 120.0
_MOST_BYTES = 200_000_000
_FONT_LIST_SECONDS = 20.0
_HAN = re.compile("[㐀-鿿〇]")
# What looks like the standard's fonts, the best first: the same under another name, then what may be had freely.
_SUBSTITUTES = {
    FANGSONG: ("仿宋", "FangSong", "STFangsong", "FandolFang", "朱雀仿宋", "LXGW WenKai", "Noto Serif CJK SC"),
    KAITI: ("楷体", "KaiTi", "STKaiti", "AR PL KaitiM GB", "AR PL UKai CN", "LXGW WenKai", "FandolKai"),
    HEITI: ("SimHei", "STHeiti", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Zen Hei", "FandolHei"),
    SONGTI: ("SimSun", "NSimSun", "STSong", "Noto Serif CJK SC", "Source Han Serif SC", "AR PL UMing CN", "FandolSong"),
    XIAOBIAOSONG: ("FZXiaoBiaoSong-B05S", "Noto Serif CJK SC Black", "Noto Serif CJK SC", "Source Han Serif SC"),
}
# What LibreOffice adds to the name of a font with glyphs for vertical text.
_VERTICAL = "-VKana"
_SAMPLE = {True: "国", False: "1"}


@dataclass(frozen=True, slots=True)
class Pdf:
    """A PDF, and by which fonts it shows others, each told as `仿宋_GB2312 → LXGW WenKai`."""

    data: bytes
    substituted: tuple[str, ...] = ()


def pdf_of(docx_data: bytes) -> Pdf:
    """The file as LibreOffice prints it. Raises OutputError saying what to do, ReportFileError for no Word document."""
    office = program()
    if office is None:
        raise OutputError(
            "导出 PDF 需要 LibreOffice，本机没有找到",
            where="PDF",
            fix="安装 LibreOffice 后再试，或导出 .docx 后用 Word、WPS 另存为 PDF",
        )
    with reading_errors():
        named = sorted(_fonts_named(docx.Document(io.BytesIO(docx_data))))
    installed = _installed()
    stand_ins = {font: other for font, _ in named if (other := _stand_in(font, installed))}
    job = Job(".docx", ".pdf", "pdf:writer_pdf_Export", _SECONDS, _MOST_BYTES, stand_ins)
    made = convert(office, job, [docx_data, _probe(named)])
    if isinstance(made, Failure):
        raise _error(made)
    return Pdf(made[0], _substituted(named, made[1], installed, stand_ins))


def _error(failure: Failure) -> OutputError:
    match failure:
        case Failure.NO_START:
            message, fix = "LibreOffice 启动不了", "核对 LibreOffice 的安装"
        case Failure.TIMEOUT:
            message, fix = f"LibreOffice 转换超过 {_SECONDS:g} 秒，已中止", "关掉占用内存的程序后再试"
        case _:
            message, fix = "LibreOffice 没有转出 PDF", "核对 LibreOffice 是否装有 Writer 组件"
    return OutputError(message, where="PDF", fix=f"{fix}，或导出 .docx 后用 Word、WPS 另存为 PDF")


def _fonts_named(document: Document) -> set[tuple[str, bool]]:
    """Every font that text of the file is to be set in, and whether Chinese characters are (else others)."""
    styles = Styles(document)
    found: set[tuple[str, bool]] = set()
    for root in [document.element.body, *_heads_and_feet(document.part)]:
        for paragraph in root.iter(W + "p"):
            for run, _, words in stretches(paragraph):
                looks = styles.run(paragraph, run)
                found |= {(looks.font, True)} if looks.font and _HAN.search(words) else set()
                found |= {(looks.latin, False)} if looks.latin and re.search(r"\w", _HAN.sub("", words)) else set()
    return found


def _heads_and_feet(part: Part) -> Iterator[Any]:
    for relationship in part.rels.values():
        if not relationship.is_external and relationship.reltype.rsplit("/", 1)[-1] in ("header", "footer"):
            yield part_root(relationship.target_part)


def _stand_in(font: str, installed: dict[str, set[str]]) -> str:
    """What to show a font by that is not there; empty where it is, or where nothing alike is."""
    family = next((family for family in _SUBSTITUTES if same_font(font, family)), "")
    if not installed or font in installed or not family:
        return ""
    alike = [name for name in (family, *_SUBSTITUTES[family]) if name in installed]
    return alike[0] if alike else ""


def _installed() -> dict[str, set[str]]:
    """The families on the machine, each with its fonts' PostScript names; nothing where fontconfig is not there."""
    command = shutil.which("fc-list")
    if command is None:
        return {}
    try:
        listed = subprocess.run(
            [command, "--format", "%{family}\t%{postscriptname}\n"],
            capture_output=True,
            timeout=_FONT_LIST_SECONDS,
            check=True,
            env=clean_environment() | own_fonts(),
        ).stdout.decode(errors="replace")
    except (OSError, subprocess.SubprocessError):
        return {}
    found: dict[str, set[str]] = {}
    for line in listed.splitlines():
        families, _, name = line.partition("\t")
        for family in families.split(","):
            found.setdefault(family, set()).add(name)
    return found


def _probe(named: list[tuple[str, bool]]) -> bytes:
    """A file with one page for each font, to see which one LibreOffice takes for it."""
    document = docx.Document(io.BytesIO(empty_document()))
    for font, han in named:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.page_break_before = True
        run = paragraph.add_run(_SAMPLE[han])
        fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
        for slot in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(W + slot, font)
    return document_bytes(document)


def _substituted(
    named: list[tuple[str, bool]], probe: bytes, installed: dict[str, set[str]], stand_ins: dict[str, str]
) -> tuple[str, ...]:
    told: dict[str, list[str]] = {}
    for (font, _), used in zip(named, _fonts_shown(probe), strict=False):
        if not used or font in installed or (not installed and _is_same(font, used)):
            continue
        chosen = stand_ins.get(font, "")
        faces = {_face(name) for name in installed.get(chosen, ())}
        name = chosen if _face(used) in faces else used.removesuffix(_VERTICAL)
        if name not in told.setdefault(font, []):
            told[font].append(name)
    return tuple(f"{font} → {'、'.join(used)}" for font, used in told.items())


def _is_same(font: str, used: str) -> bool:
    family = next((family for family in _SUBSTITUTES if same_font(font, family)), "")
    return same_font(used, family) if family else _plain(used).startswith(_plain(font))


def _face(name: str) -> str:
    """A font's PostScript name without the region: a collection of CJK fonts is embedded under its first one's name."""
    return re.sub(r"CJK(?:sc|tc|hk|jp|kr)\b", "CJK", name.removesuffix(_VERTICAL))


def _plain(name: str) -> str:
    return re.sub(r"[\W_]", "", name).lower()


def _fonts_shown(pdf: bytes) -> list[str]:
    """The font of the first character of each page, as the PDF calls it."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_first_font(page) for page in document]
    finally:
        document.close()


def _first_font(page: Any) -> str:
    import pypdfium2.raw as pdfium

    text = page.get_textpage()
    length = pdfium.FPDFText_GetFontInfo(text, 0, None, 0, None)
    if length == 0:
        return ""
    name = ctypes.create_string_buffer(length)
    pdfium.FPDFText_GetFontInfo(text, 0, name, length, None)
    return name.value.decode(errors="replace").partition("+")[2] or name.value.decode(errors="replace")
