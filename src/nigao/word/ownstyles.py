"""Styles that only an export with sources has: put in when they are needed, taken out again with what used them."""

from __future__ import annotations

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from nigao.report.gbt9704 import FANGSONG, HEITI
from nigao.word.ooxml import Element, W, value

SOURCES_TITLE = "出处附录标题"
SOURCES_TEXT = "出处附录文字"
SOURCE_NOTE = "出处尾注"

_IDS = {SOURCES_TITLE: "GwSourcesTitle", SOURCES_TEXT: "GwSourcesText", SOURCE_NOTE: "GwSourceNote"}
_LOOKS = {
    SOURCES_TITLE: (
        '<w:pPr><w:keepNext/><w:pageBreakBefore/><w:spacing w:after="200"/><w:ind w:firstLine="0"/>'
        '<w:jc w:val="left"/></w:pPr>'
        f'<w:rPr><w:rFonts w:ascii="{HEITI}" w:eastAsia="{HEITI}" w:hAnsi="{HEITI}"/></w:rPr>'
    ),
    SOURCES_TEXT: (
        '<w:pPr><w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
        '<w:ind w:firstLine="0"/><w:jc w:val="left"/></w:pPr>'
        f'<w:rPr><w:rFonts w:ascii="{FANGSONG}" w:eastAsia="{FANGSONG}" w:hAnsi="{FANGSONG}"/>'
        '<w:spacing w:val="0"/><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr>'
    ),
    SOURCE_NOTE: "",
}
_BASES = {SOURCE_NOTE: "endnote text"}


def add_own_style(styles: Element, name: str) -> str:
    """The id of one of these styles, put into `w:styles` where it is not there yet."""
    known = own_style_id(styles, name)
    if known:
        return known
    base = _id_of(styles, _BASES[name]) if name in _BASES else _default_id(styles)
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    xml = (
        f'<w:style {nsdecls("w")} w:type="paragraph" w:customStyle="1" w:styleId="{_IDS[name]}">'
        f'<w:name w:val="{name}"/>{based}<w:uiPriority w:val="99"/>{_LOOKS[name]}</w:style>'
    )
    styles.append(parse_xml(xml))
    return _IDS[name]


def own_style_id(styles: Element, name: str) -> str:
    """The id under which the file has the style, which a word processor may have changed; empty where it has not."""
    return _id_of(styles, name)


def drop_own_styles(document: Document, used: set[str]) -> None:
    """Take out those of these styles whose ids are not among the `used` ones."""
    styles = document.styles.element
    for name in _IDS:
        for style in [s for s in styles.findall(W + "style") if value(s, "name") == name]:
            if style.get(W + "styleId") not in used:
                styles.remove(style)


def _id_of(styles: Element, name: str) -> str:
    found = (style for style in styles.findall(W + "style") if value(style, "name") == name)
    return next((str(style.get(W + "styleId")) for style in found), "")


def _default_id(styles: Element) -> str:
    for style in styles.findall(W + "style"):
        if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true", "on"):
            return str(style.get(W + "styleId"))
    return ""
