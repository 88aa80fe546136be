"""Settling the tracked changes of one author in a docx as Word does: everything accepted, or everything taken back."""

from __future__ import annotations

import copy
import io

import docx
from lxml import etree
from word_ooxml import w

from nigao.word.characters import characters
from nigao.word.package import document_bytes

_SETTINGS = ("pPrChange", "rPrChange", "sectPrChange")
# What a change's account of former settings does not speak about stays as it is.
_KEPT = {
    "pPrChange": ("rPr", "sectPr"),
    "rPrChange": ("ins", "del"),
    "sectPrChange": ("headerReference", "footerReference"),
}


def settled_docx(data: bytes, author: str, *, accept: bool) -> bytes:
    """The docx without this author's changes: made good, or undone."""
    document = docx.Document(io.BytesIO(data))
    body = document.element.body
    kept, gone = ("ins", "del") if accept else ("del", "ins")
    for name in _SETTINGS:
        for change in _by(body, name, author):
            owner = change.getparent()
            if not accept:
                stays = {w(part) for part in _KEPT[name]}
                for element in [element for element in owner if element.tag not in stays]:
                    owner.remove(element)
                # The account comes in front of what stays; only sections keep parts in front of it.
                former = list(copy.deepcopy(change[0]))
                at = len(owner) if name == "sectPrChange" else 0
                owner[at:at] = former
            else:
                owner.remove(change)
    for change in _by(body, gone, author):
        if change.getparent().tag == w("rPr"):
            paragraph = change.getparent().getparent().getparent()
            assert "".join(paragraph.itertext()) == "", "only whole blank lines come or go here"
            paragraph.getparent().remove(paragraph)
        else:
            change.getparent().remove(change)
    for change in _by(body, kept, author):
        for text in change.iter(w("delText")):
            text.tag = w("t")
        for element in list(change):
            change.addprevious(element)
        change.getparent().remove(change)
    return document_bytes(document)


def _by(body: etree._Element, name: str, author: str) -> list[etree._Element]:
    return [change for change in body.iter(w(name)) if change.get(w("author")) == author]


def looks(data: bytes) -> tuple[list[tuple[bytes, list[tuple[str, bytes]]]], list[bytes]]:
    """How every paragraph is set and every character looks, and how every section is set; changes apart."""
    body = docx.Document(io.BytesIO(data)).element.body
    paragraphs = []
    for paragraph in body.iter(w("p")):
        told = [(c.char, b"" if c.run is None else _bare(c.run.find(w("rPr")))) for c in characters(paragraph)]
        paragraphs.append((_bare(paragraph.find(w("pPr"))), told))
    marks = [mark for mark in body.iter(w("sectPr")) if mark.getparent().tag != w("sectPrChange")]
    return paragraphs, [_bare(mark) for mark in marks]


def _bare(settings: etree._Element | None) -> bytes:
    if settings is None:
        return b""
    told = copy.deepcopy(settings)
    told.tail = None
    for name in (*_SETTINGS, "sectPr", "ins", "del"):
        for found in told.findall(w(name)):
            told.remove(found)
    if told.tag == w("pPr") and (mark := told.find(w("rPr"))) is not None:
        for name in ("ins", "del"):
            for found in mark.findall(w(name)):
                mark.remove(found)
        if not len(mark):
            told.remove(mark)
    return etree.tostring(told, method="c14n") if len(told) else b""
