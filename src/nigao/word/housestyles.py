"""Which style of a unit's file stands for which of ours: told by how its paragraphs look, or by its styles' names."""

from __future__ import annotations

import copy
from collections import Counter
from dataclasses import dataclass, replace

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from nigao.report.wordlayout import LaidParagraph, Role, WordLayout
from nigao.word.characters import body_paragraphs, stretches
from nigao.word.layout import BY_NAME, TABLE_STYLE, ParagraphStyle, Style
from nigao.word.ooxml import Element, W, child, drop, properties, put, value
from nigao.word.styles import ParagraphSettings, RunSettings, Styles
from nigao.word.template import character_styles, house_style, table_style

_ROLES = {
    Role.TITLE: Style.TITLE,
    Role.RECIPIENT: Style.RECIPIENT,
    Role.BODY: Style.BODY,
    Role.HEADING_1: Style.HEADING_1,
    Role.HEADING_2: Style.HEADING_2,
    Role.HEADING_3: Style.HEADING_3,
    Role.HEADING_4: Style.HEADING_4,
    Role.ATTACHMENT_NOTE: Style.ATTACHMENT_NOTE,
    Role.SIGNATURE: Style.SIGNATURE,
    Role.DATE: Style.DATE,
    Role.ATTACHMENT_HEAD: Style.ATTACHMENT_HEAD,
}
# What styles for these are called where a file has no text to tell by. Word's own ones have English names inside.
_NAMES = {
    Style.TITLE: ("Title", "标题"),
    Style.RECIPIENT: ("Salutation",),
    Style.BODY: ("正文", "公文正文", "Body Text", "Body Text First Indent"),
    Style.HEADING_1: ("heading 1", "标题 1"),
    Style.HEADING_2: ("heading 2", "标题 2"),
    Style.HEADING_3: ("heading 3", "标题 3"),
    Style.HEADING_4: ("heading 4", "标题 4"),
    Style.SIGNATURE: ("Signature",),
    Style.DATE: ("Date",),
}
# Ours that owe nothing to the file's body.
_ALONE = (
    Style.TITLE, Style.TABLE_HEAD, Style.TABLE_TEXT, Style.TABLE_HEAD_SMALL, Style.TABLE_TEXT_SMALL, Style.TABLE_END,
)  # fmt: skip
# Their indents follow from the words, and stand on each paragraph.
_SET_BY_WORDS = (Style.ATTACHMENT_NOTE, Style.SIGNATURE, Style.DATE)
_CLOSING = (Style.SIGNATURE, Style.DATE)
_NOT_OF_STYLES = ("pStyle", "framePr", "numPr", "rPr", "sectPr", "pPrChange", "cnfStyle", "divId")
_NOT_OF_LOOKS = ("rStyle", "highlight", "vanish", "ins", "del", "rPrChange", "vertAlign", "shd", "bdr", "fitText")
# For the AI note and the page number: what a file calls header and footer may look like anything.
NOTE_STYLE = replace(BY_NAME["header"], id="GwNote", name="文稿标识", custom=True)
NUMBER_STYLE = replace(BY_NAME["footer"], id="GwPageNumber", name="公文页码", custom=True)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A paragraph that shows how one of our styles looks in the file."""

    element: Element
    laid: LaidParagraph
    style_id: str
    settings: ParagraphSettings
    run: Element | None
    looks: RunSettings


def learn_styles(document: Document, layout: WordLayout) -> dict[Style, str]:
    """The ids of the styles that stand for ours in the file; those that it lacks are put in."""
    return _Learner(document, layout).learn()


def size_of(document: Document, style_id: str) -> int:
    """The size in half-points of a style's text."""
    styles = Styles(document)
    return max(1, styles.run(_bare(document.element.body.makeelement(W + "p"), style_id), None).size)


class _Learner:
    def __init__(self, document: Document, layout: WordLayout) -> None:
        self._root = document.styles.element
        self._styles = Styles(document)
        self._by_name = {value(s, "name"): str(s.get(W + "styleId")) for s in self._root.findall(W + "style")}
        self._seen = self._examples(document, layout)
        self._ids: dict[Style, str] = {}

    def learn(self) -> dict[Style, str]:
        """Styles seen in the text first, then those known by name, then ours, on the ground of the file's body."""
        for style, seen in self._seen.items():
            self._ids[style] = seen.style_id if self._says_all(style, seen) else self._made_from(style, seen)
        for style in Style:
            if style not in self._ids:
                self._ids[style] = self._named(style) or self._ours(style)
        for extra in (NOTE_STYLE, NUMBER_STYLE, BY_NAME["annotation text"], BY_NAME["endnote text"]):
            if extra.name not in self._by_name:
                self._add(house_style(extra))
        for name, xml in {**character_styles(), TABLE_STYLE: table_style()}.items():
            if name not in self._by_name:
                self._add(xml)
        return self._ids

    def _examples(self, document: Document, layout: WordLayout) -> dict[Style, _Seen]:
        """For each of our styles a paragraph as most of its kind in the file look."""
        elements = body_paragraphs(document.element.body)
        found: dict[Style, list[_Seen]] = {}
        below = False
        for laid in layout.paragraphs:
            style = _ROLES.get(laid.role)
            if below and laid.role is Role.OTHER and laid.text.strip():
                style = Style.ANNEX_TITLE
            below = laid.role is Role.ATTACHMENT_HEAD or (below and laid.role is Role.BLANK)
            if style is not None and laid.text.strip():
                found.setdefault(style, []).append(self._read(elements[laid.index], laid))
        return {style: _usual(seen) for style, seen in found.items()}

    def _read(self, element: Element, laid: LaidParagraph) -> _Seen:
        lengths: Counter[Element] = Counter()
        for run, _, words in stretches(element):
            lengths[run] += len(words)
        run = max(lengths, key=lambda one: lengths[one], default=None)
        style_id, settings = self._styles.style_id(element), self._styles.paragraph(element)
        return _Seen(element, laid, style_id, settings, run, self._styles.run(element, run))

    def _says_all(self, style: Style, seen: _Seen) -> bool:
        """Whether the named style alone makes a paragraph look so."""
        bare = _bare(seen.element, seen.style_id)
        alone, looks = self._styles.paragraph(bare), self._styles.run(bare, None)
        if self._styles.numbered_by(bare) is not None or not seen.style_id or _typed(seen):
            return False
        if style in _CLOSING and seen.settings.jc not in ("right", "end"):
            return False
        if style is Style.ATTACHMENT_HEAD and not alone.page_break:
            return False
        if style not in _SET_BY_WORDS and alone.ind != seen.settings.ind:
            return False
        alike = (alone.spacing, alone.jc, alone.snap) == (seen.settings.spacing, seen.settings.jc, seen.settings.snap)
        return alike and looks == seen.looks

    def _made_from(self, style: Style, seen: _Seen) -> str:
        """A style on the ground of the paragraph's own with what was set on the paragraph itself."""
        ours = self._fresh(BY_NAME[style])
        based = f'<w:basedOn w:val="{seen.style_id}"/>' if seen.style_id else ""
        made = self._add(
            f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{ours.id}"><w:name w:val="{ours.name}"/>{based}'
            "<w:qFormat/><w:pPr/><w:rPr/></w:style>"
        )
        made.replace(made.find(W + "pPr"), self._paragraph_properties(style, seen))
        made.replace(made.find(W + "rPr"), self._run_properties(seen))
        return ours.id

    def _paragraph_properties(self, style: Style, seen: _Seen) -> Element:
        own = child(seen.element, "pPr")
        found = copy.deepcopy(own) if own is not None else parse_xml(f"<w:pPr {nsdecls('w')}/>")
        drop(found, *_NOT_OF_STYLES)
        put(found, "numPr").append(parse_xml(f'<w:numId {nsdecls("w")} w:val="0"/>'))
        if style in _SET_BY_WORDS:
            drop(found, "ind")
        elif seen.settings.ind or _typed(seen):
            drop(found, "ind")
            self._put_indent(found, seen)
        if style in _CLOSING:
            put(found, "jc", val="right")
        if style is Style.ATTACHMENT_HEAD:
            put(found, "pageBreakBefore", val="1")
        if BY_NAME[style].outline is not None:
            put(found, "outlineLvl", val=str(BY_NAME[style].outline))
        return found

    @staticmethod
    def _put_indent(found: Element, seen: _Seen) -> None:
        """The indents in force, with typed blanks before the first word as one."""
        ind = put(found, "ind", **seen.settings.ind)
        first = seen.laid.first_line + _typed(seen)
        if _typed(seen):
            for name in ("firstLine", "hanging", "hangingChars"):
                ind.attrib.pop(W + name, None)
            ind.set(W + "firstLineChars", str(first))
            ind.set(W + "firstLine", str(first * seen.looks.size // 10))

    def _run_properties(self, seen: _Seen) -> Element:
        found = parse_xml(f"<w:rPr {nsdecls('w')}/>")
        own = child(seen.run, "rPr")
        levels = [child(style, "rPr") for style in self._styles.chain(value(own, "rStyle"))]
        for level in (*levels, own):
            for element in () if level is None else level:
                drop(found, element.tag.removeprefix(W))
                put(found, element.tag.removeprefix(W)).attrib.update(element.attrib)
        drop(found, *_NOT_OF_LOOKS)
        return found

    def _named(self, style: Style) -> str:
        """A style of the file by its name: ours, and where no text tells, what word processors call it."""
        names = (style.value, *(_NAMES.get(style, ()) if Style.BODY not in self._seen else ()))
        return next((self._by_name[name] for name in names if name in self._by_name), "")

    def _ours(self, style: Style) -> str:
        ours = self._fresh(BY_NAME[style])
        ground = Style.TITLE if style is Style.ANNEX_TITLE else Style.BODY
        based = "" if style in _ALONE else self._ids.get(ground, "")
        self._add(house_style(ours, based))
        return ours.id

    def _fresh(self, style: ParagraphStyle) -> ParagraphStyle:
        """The style under an id and a name that the file does not have."""
        ids, fresh, number = set(self._by_name.values()), style, 1
        while fresh.id in ids or fresh.name in self._by_name:
            number += 1
            fresh = replace(style, id=f"{style.id}_{number}", name=f"{style.name}（{number}）")
        return fresh

    def _add(self, xml: str) -> Element:
        made = parse_xml(f"<w:styles {nsdecls('w')}>{xml}</w:styles>")[0]
        self._root.append(made)
        self._by_name[value(made, "name")] = str(made.get(W + "styleId"))
        return made


def _usual(seen: list[_Seen]) -> _Seen:
    """The first of those that look as most do."""
    looks = [(one.style_id, str(one.settings), str(one.looks)) for one in seen]
    usual = Counter(looks).most_common(1)[0][0]
    return seen[looks.index(usual)]


def _typed(seen: _Seen) -> int:
    """The width of the blanks typed before the first word, where the paragraph is not centred by them."""
    laid = seen.laid
    return laid.lead - laid.left - laid.first_line if laid.alignment not in ("center", "right") else 0


def _bare(element: Element, style_id: str) -> Element:
    """A paragraph that only names its style."""
    bare = element.makeelement(W + "p")
    put(properties(bare, "pPr"), "pStyle", val=style_id)
    return bare
