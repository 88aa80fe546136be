"""Read a PDF that has a text layer; a scan is recognised and refused, since guessed characters are no evidence."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator, Sequence
from typing import Any

from nigao.corpus.limits import AdmissionLimits
from nigao.corpus.model import RefusalReason
from nigao.corpus.readers.pdf.glyphs import PageContent, page_content
from nigao.corpus.readers.pdf.pages import flow_of
from nigao.corpus.readers.pdf.paragraphs import pieces_of
from nigao.corpus.readers.source import SourceText
from nigao.corpus.readers.structure import assemble
from nigao.errors import AdmissionError

# A page under a picture with hardly a word beside it is a scan.
_PICTURED, _FEW = 0.5, 30
_SCANNED_SHARE = 0.5
# Above this share of glyphs without a character the text is not what the page shows.
_UNMAPPED_SHARE = 0.05
_INFO = (b"Title", b"Subject", b"Keywords", b"Author")
_ANNOTATIONS = 2_000
# PDFium is not made for threads.
_ONE_AT_A_TIME = threading.Lock()


def read_pdf(data: bytes, name: str, limits: AdmissionLimits) -> SourceText:
    """Paragraphs, tables with ruled lines, footnotes. Page heads and feet, annotations, form fields, the file's
    properties and text that is drawn but not seen are margins.

    Raises AdmissionError: `scanned` (pictures of pages, also with an invisible layer of recognised text over them),
    `encrypted`, `oversized`, `unreadable`.
    """
    import pypdfium2

    with _ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(io.BytesIO(data))
        except pypdfium2.PdfiumError as exc:
            raise _unopened(exc, name) from None
        try:
            if len(document) > limits.max_pages:
                raise AdmissionError(
                    f"超过 {limits.max_pages:,} 页", reason=RefusalReason.OVERSIZED, where=name, fix="拆分文件后再试"
                )
            margins = [text for key in _INFO if (text := _property(document, key))]
            pages = list(_pages(document, margins, name, limits))
        except pypdfium2.PdfiumError:
            raise _damaged(name) from None
        finally:
            document.close()
    _refuse_scan(pages, name)
    _refuse_unmapped(pages, name)
    flow, heads = flow_of(pages)
    margins += heads + [page.unseen for page in pages]
    return assemble(name, pieces_of(flow), margins)


def _pages(document: Any, margins: list[str], name: str, limits: AdmissionLimits) -> Iterator[PageContent]:
    chars = 0
    for page in document:
        content = page_content(page)
        margins.extend(_annotations(page))
        page.close()
        chars += len(content.glyphs) + len(content.unseen)
        if chars > 2 * limits.max_chars:
            raise AdmissionError(
                f"正文超过 {limits.max_chars:,} 字", reason=RefusalReason.OVERSIZED, where=name, fix="拆分文件后再试"
            )
        yield content


def _property(document: Any, key: bytes) -> str:
    """One of the file's properties; half a character in it, which pypdfium2 would stumble over, is left out."""
    import ctypes

    import pypdfium2.raw as pdfium

    size = pdfium.FPDF_GetMetaText(document.raw, key, None, 0)
    if not 2 < size < 1_000_000:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDF_GetMetaText(document.raw, key, buffer, size)
    return buffer.raw[: size - 2].decode("utf-16-le", "ignore")


def _annotations(page: Any) -> Iterator[str]:
    """The words of comments, stamps and filled-in fields on the page."""
    import ctypes

    import pypdfium2.raw as pdfium

    for i in range(min(pdfium.FPDFPage_GetAnnotCount(page.raw), _ANNOTATIONS)):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, i)
        if not annotation:
            continue
        if pdfium.FPDFAnnot_GetSubtype(annotation) == pdfium.FPDF_ANNOT_LINK:
            pdfium.FPDFPage_CloseAnnot(annotation)
            continue
        for key in (b"Contents", b"V"):
            size = pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0)
            if 2 < size < 1_000_000:
                buffer = ctypes.create_string_buffer(size)
                pdfium.FPDFAnnot_GetStringValue(
                    annotation, key, ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), size
                )
                yield buffer.raw[: size - 2].decode("utf-16-le", "replace")
        pdfium.FPDFPage_CloseAnnot(annotation)


def _refuse_scan(pages: Sequence[PageContent], name: str) -> None:
    scans = [page for page in pages if page.pictured >= _PICTURED and len(page.glyphs) < _FEW]
    empty = not any(page.glyphs for page in pages)
    if not (empty or (scans and len(scans) >= _SCANNED_SHARE * len(pages))):
        return
    recognised = sum(len(page.unseen) for page in scans) >= _FEW
    raise AdmissionError(
        "是扫描件，上面的隐藏文字由机器识别，未经核对" if recognised else "没有文字层，是扫描件或图片",
        reason=RefusalReason.SCANNED,
        where=name,
        fix="请提交原始的电子文件；只有扫描件时先识别成文字，逐字核对后存为 docx 或 txt",
    )


def _refuse_unmapped(pages: Sequence[PageContent], name: str) -> None:
    unmapped = sum(page.unmapped for page in pages)
    if unmapped > _UNMAPPED_SHARE * (unmapped + sum(len(page.glyphs) for page in pages)):
        raise AdmissionError(
            "内嵌字体没有编码表，取出的文字是乱码",
            reason=RefusalReason.UNREADABLE,
            where=name,
            fix="请提交原始的 docx，或从原文件重新导出 PDF",
        )


def _unopened(exc: Any, name: str) -> AdmissionError:
    import pypdfium2.raw as pdfium

    if getattr(exc, "err_code", None) in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
        return AdmissionError(
            "文件加了密码", reason=RefusalReason.ENCRYPTED, where=name, fix="取消打开密码后另存，再重新提交"
        )
    return _damaged(name)


def _damaged(name: str) -> AdmissionError:
    return AdmissionError(
        "文件已损坏，或不是 PDF", reason=RefusalReason.UNREADABLE, where=name, fix="打开核对后重新导出 PDF，或提供 docx"
    )
