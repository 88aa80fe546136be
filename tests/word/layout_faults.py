"""Faults of layout, at least one for each rule of family L, to put into a file by the standard; and its findings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from layout_docx import Change, bodies, by_the_standard, find, indent, look

from nigao.checks.context import CheckContext
from nigao.checks.finding import Finding
from nigao.checks.running import run_checks
from nigao.corpus.readers import parse_document
from nigao.report.kinds import load_kind
from nigao.report.parse import parse_report
from nigao.word.reading import read_layout

KIND = load_kind("political-ecology")


def findings(data: bytes) -> list[Finding]:
    report = parse_report(parse_document(data, "报告.docx").text, KIND)
    return run_checks(report, CheckContext(KIND, dt.date(2026, 1, 8), layout=read_layout(data)), select=["L"])


def codes(*changes: Change) -> list[str]:
    return sorted(finding.code for finding in findings(by_the_standard(*changes)))


def each_body(act: Callable[..., None]) -> Change:
    return lambda document: [act(paragraph) for paragraph in bodies(document)] and None


def on(start: str, act: Callable[..., None]) -> Change:
    return lambda document: act(find(document, start))


def set_runs(font: str = "", size: float = 0, color: str = "") -> Callable[..., None]:
    return lambda paragraph: [look(run, font, size, color) for run in paragraph.runs] and None


def letter_paper(document: Document) -> None:
    document.sections[0].page_width, document.sections[0].page_height = Mm(215.9), Mm(279.4)


def default_margins(document: Document) -> None:
    section = document.sections[0]
    section.top_margin = section.bottom_margin = Mm(25.4)
    section.left_margin = section.right_margin = Mm(31.8)


def wide_lines(paragraph: object) -> None:
    paragraph.paragraph_format.line_spacing = 1.5  # type: ignore[attr-defined]
    paragraph.paragraph_format.space_after = Pt(8)  # type: ignore[attr-defined]


def uncondensed(document: Document) -> None:
    properties = document.styles["Normal"].element.rPr
    properties.remove(properties.find(qn("w:spacing")))


def plain_title(paragraph: object) -> None:
    set_runs("宋体", 16)(paragraph)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT  # type: ignore[attr-defined]
    for run in paragraph.runs:  # type: ignore[attr-defined]
        run.bold = True


def retitled(text: str) -> Change:
    def change(document: Document) -> None:
        find(document, "云岭市政务服务局").text = text

    return change


def no_number(document: Document) -> None:
    for footer in (document.sections[0].footer, document.sections[0].first_page_footer):
        for run in footer.paragraphs[0].runs:
            run._r.getparent().remove(run._r)


def centred_number(document: Document) -> None:
    document.sections[0].footer.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER


def without_blank(start: str) -> Change:
    def change(document: Document) -> None:
        blank = find(document, start)._p.getprevious()
        blank.getparent().remove(blank)

    return change


def right_edge(document: Document) -> None:
    for start in ("云岭市政务服务局", "2026年"):
        indent(find(document, start, last=True), right=0, rightChars=0)


def no_page_break(paragraph: object) -> None:
    paragraph.paragraph_format.page_break_before = False  # type: ignore[attr-defined]


BAD: dict[str, list[Change]] = {
    "L601": [letter_paper],
    "L602": [default_margins],
    "L603": [each_body(wide_lines)],
    "L604": [uncondensed],
    "L605": [on("云岭市政务服务局", plain_title)],
    "L606": [
        retitled("云岭市政务服务局关于2025年度政治生态建设情况的报告"),
        retitled("云岭市政务服务局关于2025年度政治生\n态建设情况的报告"),
        retitled("云岭市行政审批服务局\n二〇二五年工作的报告"),
    ],
    "L607": [on("市委第二", lambda p: indent(p, firstLineChars=200, firstLine=632))],
    "L608": [each_body(set_runs("宋体", 14)), on("对照上级", set_runs(size=14)), on("对照上级", set_runs("微软雅黑"))],
    "L609": [each_body(lambda p: indent(p, firstLineChars=0, firstLine=0))],
    "L610": [on("一、", set_runs("仿宋_GB2312")), on("（一）", set_runs("黑体")), on("三、", set_runs(color="2E74B5"))],
    "L612": [on("附件：", lambda p: indent(p, firstLineChars=0, firstLine=0))],
    "L613": [lambda d: setattr(find(d, "附件：").runs[0], "text", "附件：一、问题整改台账")],
    "L614": [right_edge],
    "L616": [centred_number, no_number],
    "L617": [on("附件1", no_page_break), on("附件1", set_runs("仿宋"))],
    "L618": [without_blank("市委第二"), without_blank("附件：")],
    "L619": [on("对照上级", set_runs(color="FF0000"))],
}
