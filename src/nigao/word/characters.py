"""The characters of a paragraph as the docx reader gives them, each with the XML that it stands in.

This is the one count of paragraphs and characters that everything in this package places things by. It must stay in
step with `corpus.readers.docx`: insertions in, deletions out, line breaks as line breaks, tabs as spaces.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nigao.word.ooxml import MC, Element, M, W, has

SKIPPED = {W + name for name in ("del", "moveFrom", "pPr", "rt", "txbxContent")} | {MC + "Fallback"}
TEXT = {W + "t", M + "t"}
SIGNS = {W + "br": "\n", W + "cr": "\n", W + "tab": " ", W + "noBreakHyphen": "-"}
_BOX = W + "txbxContent"


@dataclass(frozen=True, slots=True)
class Character:
    """One visible character: its run (None in a formula), the element that holds it, and its place in there."""

    char: str
    run: Element
    node: Element
    at: int


def body_paragraphs(body: Element) -> list[Element]:
    """Every paragraph of the body in the file's order, those in tables included and those in text boxes not."""
    return [p for p in body.iter(W + "p") if not any(a.tag == _BOX for a in p.iterancestors())]


def stretches(paragraph: Element) -> Iterator[tuple[Element, Element, str]]:
    """The paragraph's visible text in pieces: the run, the element that holds the words, and the words."""
    return _walk(paragraph, None)


def characters(paragraph: Element) -> list[Character]:
    """The paragraph's visible characters."""
    return [
        Character(char, run, node, at) for run, node, words in _walk(paragraph, None) for at, char in enumerate(words)
    ]


def visible_text(paragraph: Element) -> str:
    """The paragraph's visible characters as a string."""
    return "".join(words for _, _, words in _walk(paragraph, None))


def _walk(parent: Element, run: Element) -> Iterator[tuple[Element, Element, str]]:
    for element in parent:
        tag = element.tag
        if tag in SKIPPED:
            continue
        if tag in TEXT:
            if element.text:
                yield run, element, element.text
        elif tag in SIGNS:
            yield run, element, SIGNS[tag]
        elif tag == W + "r":
            if not has(element, "rPr", "vanish"):
                yield from _walk(element, element)
        else:
            yield from _walk(element, run)
