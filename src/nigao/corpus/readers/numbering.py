"""The numbers that Word writes before paragraphs by itself: no run of the file holds them, every reader sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nigao.text.listnumbers import ListForm, ListLevel, ListNumbers

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BOX = _W + "txbxContent"
_LEVELS = range(9)
_FARTHEST = 10**6

# lxml elements come without types; they are read here and go no further.
_Element = Any
# Styles that are based on each other end somewhere; a longer chain, or a ring, is nobody's design.
_DEEPEST_STYLES = 50


def shown_numbers(word: WordDocument) -> dict[_Element, str]:
    """The number shown before each paragraph of the body that has one, by the paragraph's element."""
    lists = _lists(_related(word, "/numbering"))
    if not lists:
        return {}
    styles = {style.get(_W + "styleId"): style for style in word.styles.element if style.tag == _W + "style"}
    default = next((key for key, style in styles.items() if _is_default(style)), "")
    counting = ListNumbers(lists)
    numbers: dict[_Element, str] = {}
    for paragraph in word.element.body.iter(_W + "p"):
        if any(ancestor.tag == _BOX for ancestor in paragraph.iterancestors()):
            continue
        numbered = _numbered_by(paragraph, styles, default)
        shown = counting.next(*numbered) if numbered else ""
        if shown:
            numbers[paragraph] = shown
    return numbers


def _numbered_by(paragraph: _Element, styles: dict[str, _Element], default: str) -> tuple[str, int] | None:
    """The list and the level that number the paragraph, from itself or from its style; None where its mark is deleted:
    it is part of the next paragraph.
    """
    if _child(paragraph, "pPr", "rPr", "del") is not None:
        return None
    named = _value(paragraph, "pPr", "pStyle")
    sources = [_child(paragraph, "pPr", "numPr")]
    key = named if named in styles else default
    for _ in range(_DEEPEST_STYLES):
        style = styles.get(key)
        if style is None:
            break
        sources.append(_child(style, "pPr", "numPr"))
        key = _value(style, "basedOn")
    list_id, level = "", 0
    for source in reversed(sources):
        if source is not None:
            list_id = _value(source, "numId") or list_id
            level = _whole(_value(source, "ilvl"), level)
    return (list_id, level) if list_id not in ("", "0") else None


def _lists(root: _Element | None) -> dict[str, ListForm]:
    if root is None:
        return {}
    abstract = {element.get(_W + "abstractNumId"): element for element in root.findall(_W + "abstractNum")}
    found: dict[str, ListForm] = {}
    for element in root.findall(_W + "num"):
        key = _value(element, "abstractNumId")
        if key in abstract:
            overrides = {_whole(e.get(_W + "ilvl"), -1): e for e in element.findall(_W + "lvlOverride")}
            found[element.get(_W + "numId") or ""] = _list(key, _linked(abstract[key], abstract), overrides)
    return found


def _linked(element: _Element, abstract: dict[str, _Element]) -> _Element:
    """The list that sets the levels: another one where this only names the numbering style that it follows."""
    link = _value(element, "numStyleLink")
    named = (other for other in abstract.values() if _value(other, "styleLink") == link)
    return next(named, element) if link and element.find(_W + "lvl") is None else element


def _list(key: str, abstract: _Element, overrides: dict[int, _Element]) -> ListForm:
    own = {_whole(element.get(_W + "ilvl"), -1): element for element in abstract.findall(_W + "lvl")}
    levels: dict[int, ListLevel] = {}
    afresh: set[int] = set()
    for level in _LEVELS:
        override = overrides.get(level)
        element = _child(override, "lvl")
        element = own.get(level) if element is None else element
        start = _value(override, "startOverride")
        if start:
            afresh.add(level)
        if element is not None:
            levels[level] = _level(element, start)
    return ListForm(key, levels, frozenset(afresh))


def _level(element: _Element, start: str) -> ListLevel:
    restart = _value(element, "lvlRestart")
    arabic = _child(element, "isLgl")
    return ListLevel(
        form=_value(element, "numFmt"),
        template=_value(element, "lvlText"),
        start=_whole(start or _value(element, "start"), 1),
        arabic=arabic is not None and arabic.get(_W + "val") not in ("0", "false", "off"),
        restarts=_whole(restart, 0) if restart else None,
    )


def _related(word: WordDocument, kind: str) -> _Element | None:
    for relationship in word.part.rels.values():
        if relationship.reltype.endswith(kind) and not relationship.is_external:
            root: _Element = getattr(relationship.target_part, "element", None)
            return root
    return None


def _is_default(style: _Element) -> bool:
    return style.get(_W + "type") == "paragraph" and style.get(_W + "default") in ("1", "true", "on")


def _child(element: _Element, *path: str) -> _Element:
    for name in path:
        element = None if element is None else element.find(_W + name)
    return element


def _value(element: _Element, *path: str) -> str:
    found = _child(element, *path)
    return "" if found is None else str(found.get(_W + "val") or "")


def _whole(text: str | None, default: int) -> int:
    plain = (text or "").strip()
    return min(int(plain), _FARTHEST) if plain.isascii() and plain.isdecimal() and len(plain) < 10 else default
