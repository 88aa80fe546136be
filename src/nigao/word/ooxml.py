"""WordprocessingML by name: finding an element's properties, and putting new ones where the schema wants them."""

from __future__ import annotations

from typing import Any

# lxml elements come without types; inside this package they are passed on as they are.
Element = Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

# The schema's order of children; Word refuses a file that does not keep it.
_PPR = (
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
)
_RPR = (
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish "
    "webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang "
    "eastAsianLayout specVanish oMath rPrChange"
)
_SECTPR = (
    "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols "
    "formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings sectPrChange"
)
_ORDER = {
    f"{W}{parent}": {f"{W}{name}": number for number, name in enumerate(names.split())}
    for parent, names in (("pPr", _PPR), ("rPr", _RPR), ("sectPr", _SECTPR))
}


def w(name: str) -> str:
    """The tag or attribute `w:name` as lxml writes it."""
    return W + name


def child(element: Element, *path: str) -> Element:
    """The first descendant along the path of `w:` names, or None."""
    for name in path:
        element = None if element is None else element.find(W + name)
    return element


def value(element: Element, *path: str, attribute: str = "val") -> str:
    """An attribute of the descendant along the path; empty where either is missing."""
    found = child(element, *path)
    return "" if found is None else str(found.get(W + attribute) or "")


def is_on(element: Element | None) -> bool:
    """Whether a switch such as `w:b` is there and not switched off."""
    return element is not None and element.get(W + "val") not in ("0", "false", "off", "none")


def has(element: Element, *path: str) -> bool:
    """Whether the switch along the path is on."""
    return is_on(child(element, *path))


def number(text: str | None, default: int = 0) -> int:
    """A whole number as files write it (`12`, `12.0`); the default for anything else, and for absurd sizes."""
    try:
        found = float(text or "")
    except ValueError:
        return default
    return int(found) if abs(found) < 10**7 else default


def put(parent: Element, name: str, **attributes: str) -> Element:
    """The child `w:name` of a `w:pPr`, `w:rPr` or `w:sectPr` with these attributes, made in its place where missing."""
    found = parent.find(W + name)
    if found is None:
        found = parent.makeelement(W + name)
        order = _ORDER[parent.tag]
        own = order[W + name]
        later = next((i for i, c in enumerate(parent) if order.get(c.tag, len(order)) > own), len(parent))
        parent.insert(later, found)
    for key, text in attributes.items():
        found.set(W + key, text)
    return found


def drop(parent: Element, *names: str) -> None:
    """Remove these children where they are there."""
    for name in names:
        for found in parent.findall(W + name):
            parent.remove(found)


def properties(element: Element, name: str) -> Element:
    """The `w:pPr` of a paragraph or the `w:rPr` of a run, made as its first child where missing."""
    found = element.find(W + name)
    if found is None:
        found = element.makeelement(W + name)
        element.insert(0, found)
    return found
