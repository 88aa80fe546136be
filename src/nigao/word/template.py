"""The empty document that a report is written into, built as XML so that nothing foreign comes along.

python-docx's own default template brings English headings, a thumbnail and other people's metadata; this one has only
the styles of `layout` and names one font for every script, which also keeps “ ” and — at full width in Word.
"""

from __future__ import annotations

import io
import zipfile

from nigao.report.gbt9704 import (
    BODY_SIZE,
    CHAR_SPACING,
    FANGSONG,
    FOOTER_DISTANCE,
    HEADER_DISTANCE,
    HEITI,
    KAITI,
    LINE_PITCH,
    MARGIN_BOTTOM,
    MARGIN_LEFT,
    MARGIN_RIGHT,
    MARGIN_TOP,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    SMALL_SIZE,
    SONGTI,
    XIAOBIAOSONG,
    chars_to_twips,
)
from nigao.word.layout import (
    CELL_PADDING,
    CELL_ROOM,
    PARAGRAPH_STYLES,
    TABLE_STYLE,
    TABLE_STYLE_ID,
    TOPIC_STYLE,
    ParagraphStyle,
)

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
# Names under which the same fonts are known to systems that lack the standard's.
_FONTS = {
    FANGSONG: "仿宋",
    KAITI: "楷体",
    HEITI: "SimHei",
    SONGTI: "SimSun",
    XIAOBIAOSONG: "FZXiaoBiaoSong-B05S",
}


def empty_document() -> bytes:
    """A .docx without text: page, grid, styles, fonts and settings of GB/T 9704—2012."""
    members = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships(
            ("officeDocument", "word/document.xml"), ("extended-properties", "docProps/app.xml")
        ),
        "word/_rels/document.xml.rels": _relationships(
            ("styles", "styles.xml"), ("settings", "settings.xml"), ("fontTable", "fontTable.xml")
        ),
        "word/document.xml": f"<w:document {_W} {_R}><w:body>{_section()}</w:body></w:document>",
        "word/styles.xml": styles_xml(),
        "word/settings.xml": _settings(),
        "word/fontTable.xml": _font_table(),
        "docProps/app.xml": (
            f'<Properties xmlns="{_OFFICE}/extended-properties"><Application>nigao</Application></Properties>'
        ),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, xml in members.items():
            archive.writestr(name, _HEAD + xml)
    return buffer.getvalue()


def styles_xml() -> str:
    """`w:styles`: defaults, Normal, the paragraph styles of the layout and the few character styles."""
    run = (
        f'<w:rPr>{_fonts(FANGSONG)}{_size(BODY_SIZE)}<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr>'
    )
    # The line pitch, the closed-up digits and the absence of widow control belong to every line of the text area, so
    # they stand here once; the styles inherit them.
    paragraph = (
        '<w:pPr><w:widowControl w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
        f'<w:spacing w:before="0" w:after="0" w:line="{LINE_PITCH}" w:lineRule="exact"/><w:jc w:val="both"/></w:pPr>'
    )
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f"{paragraph}<w:rPr>{_fonts(FANGSONG)}{_spacing(CHAR_SPACING)}{_size(BODY_SIZE)}</w:rPr></w:style>"
    )
    return (
        f"<w:styles {_W}><w:docDefaults><w:rPrDefault>{run}</w:rPrDefault><w:pPrDefault/></w:docDefaults>{normal}"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        + "".join(_paragraph_style(style) for style in PARAGRAPH_STYLES)
        + table_style()
        + "".join(character_styles().values())
        + "</w:styles>"
    )


def house_style(style: ParagraphStyle, based_on: str = "") -> str:
    """A style of ours as XML of its own for a file that is another's. Based on one of that file's styles it says only
    where a paragraph begins and ends and, where it is not the body's, in what font.
    """
    zero = {"left": style.left_chars, "right": style.right_chars, "firstLine": style.first_line_chars}
    zero |= {"hanging": style.hanging_chars} if style.hanging_chars else {}
    if style.hanging_chars:
        zero.pop("firstLine")
    indent = "".join(f' w:{k}Chars="{v}" w:{k}="{chars_to_twips(v, style.size)}"' for k, v in zero.items())
    page = "<w:keepNext/>" if style.outline is not None else ""
    page += "<w:pageBreakBefore/>" if style.new_page else ""
    spacing = looks = ""
    if not based_on:
        height = f'w:line="{style.line}" w:lineRule="exact"' if style.exact else 'w:line="240" w:lineRule="auto"'
        page += '<w:widowControl w:val="0"/>'
        spacing = f'<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" {height}/>'
        color = f'<w:color w:val="{style.color}"/>' if style.color else ""
        condensed = _spacing(CHAR_SPACING if style.size == BODY_SIZE else 0)
        looks = f"{_fonts(style.font)}{color}{condensed}{_size(style.size)}"
    elif style.font in (HEITI, KAITI):
        looks = _fonts(style.font)
    outline = "" if style.outline is None else f'<w:outlineLvl w:val="{style.outline}"/>'
    based = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{style.id}"><w:name w:val="{style.name}"/>'
        f'{based}<w:qFormat/><w:pPr>{page}<w:numPr><w:numId w:val="0"/></w:numPr>{spacing}<w:ind{indent}/>'
        f'<w:jc w:val="{style.jc}"/>{outline}</w:pPr><w:rPr>{looks}</w:rPr></w:style>'
    )


def character_styles() -> dict[str, str]:
    """The character styles by name, each as XML of its own."""
    made = (
        ("GwTopic", TOPIC_STYLE, "<w:b/><w:bCs/>", True),
        ("CommentReference", "annotation reference", _size(SMALL_SIZE), False),
        ("EndnoteReference", "endnote reference", '<w:vertAlign w:val="superscript"/>', False),
    )
    return {name: _character_style(style_id, name, looks, custom=custom) for style_id, name, looks, custom in made}


def _paragraph_style(style: ParagraphStyle) -> str:
    keep = "<w:keepNext/>" if style.outline is not None else ""
    keep += "<w:pageBreakBefore/>" if style.new_page else ""
    # LibreOffice would give a larger character two rows of the grid.
    grid = "" if style.size == BODY_SIZE else '<w:snapToGrid w:val="0"/>'
    spacing = "" if style.exact else '<w:spacing w:line="240" w:lineRule="auto"/>'
    if style.line != LINE_PITCH:
        spacing = f'<w:spacing w:line="{style.line}" w:lineRule="exact"/>'
    outline = "" if style.outline is None else f'<w:outlineLvl w:val="{style.outline}"/>'
    color = f'<w:color w:val="{style.color}"/>' if style.color else ""
    condensed = "" if style.size == BODY_SIZE else _spacing(0)
    custom = ' w:customStyle="1"' if style.custom else ""
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{style.id}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="Normal"/><w:next w:val="{"GwBody" if style.custom else style.id}"/>'
        f"{'<w:qFormat/>' if style.custom else ''}"
        f'<w:pPr>{keep}{grid}{spacing}{_indent(style)}<w:jc w:val="{style.jc}"/>{outline}</w:pPr>'
        f"<w:rPr>{_fonts(style.font)}{color}{condensed}{_size(style.size)}</w:rPr></w:style>"
    )


def table_style() -> str:
    """The table style of annexes: thin lines around every cell, and room above and below its text."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in sides)
    room = (("top", CELL_ROOM), ("left", CELL_PADDING), ("bottom", CELL_ROOM), ("right", CELL_PADDING))
    margins = "".join(f'<w:{side} w:w="{twips}" w:type="dxa"/>' for side, twips in room)
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{TABLE_STYLE_ID}"><w:name w:val="{TABLE_STYLE}"/>'
        "<w:qFormat/>"
        f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr></w:style>"
    )


def _indent(style: ParagraphStyle) -> str:
    pairs = (
        ("firstLine", style.first_line_chars),
        ("left", style.left_chars),
        ("right", style.right_chars),
        ("hanging", style.hanging_chars),
    )
    attributes = "".join(
        f' w:{name}Chars="{chars}" w:{name}="{chars_to_twips(chars, style.size)}"' for name, chars in pairs if chars
    )
    return f"<w:ind{attributes}/>" if attributes else ""


def _character_style(style_id: str, name: str, properties: str, *, custom: bool = False) -> str:
    mark = ' w:customStyle="1"' if custom else ""
    return (
        f'<w:style w:type="character"{mark} w:styleId="{style_id}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="DefaultParagraphFont"/>{"<w:qFormat/>" if custom else ""}'
        f"<w:rPr>{properties}</w:rPr></w:style>"
    )


def _fonts(font: str) -> str:
    return f'<w:rFonts w:ascii="{font}" w:eastAsia="{font}" w:hAnsi="{font}" w:cs="{font}"/>'


def _spacing(twips: int) -> str:
    return f'<w:spacing w:val="{twips}"/>'


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _section() -> str:
    return (
        f'<w:sectPr><w:pgSz w:w="{PAGE_WIDTH}" w:h="{PAGE_HEIGHT}"/>'
        f'<w:pgMar w:top="{MARGIN_TOP}" w:right="{MARGIN_RIGHT}" w:bottom="{MARGIN_BOTTOM}" w:left="{MARGIN_LEFT}" '
        f'w:header="{HEADER_DISTANCE}" w:footer="{FOOTER_DISTANCE}" w:gutter="0"/>'
        f'<w:docGrid w:type="linesAndChars" w:linePitch="{LINE_PITCH}"/></w:sectPr>'
    )


def _settings() -> str:
    compatible = "http://schemas.microsoft.com/office/word"
    return (
        f'<w:settings {_W}><w:zoom w:percent="100"/><w:defaultTabStop w:val="640"/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/>'
        f'<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="{compatible}" w:val="15"/></w:compat>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>'
        "</w:settings>"
    )


def _font_table() -> str:
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{alias}"/><w:charset w:val="86"/><w:pitch w:val="variable"/>'
        "</w:font>"
        for name, alias in _FONTS.items()
    )
    return f"<w:fonts {_W}>{fonts}</w:fonts>"


def _content_types() -> str:
    parts = {
        "/word/document.xml": f"{_WML}.document.main+xml",
        "/word/styles.xml": f"{_WML}.styles+xml",
        "/word/settings.xml": f"{_WML}.settings+xml",
        "/word/fontTable.xml": f"{_WML}.fontTable+xml",
        "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    }
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relationships(*targets: tuple[str, str]) -> str:
    items = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/relationships/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{items}</Relationships>'
