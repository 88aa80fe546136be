"""Cutting a run in two before one of its characters."""

from __future__ import annotations

import copy

from nigao.word.changes import empty_like
from nigao.word.characters import Character
from nigao.word.ooxml import XML_SPACE, Element, W


def cut_before(character: Character) -> Element:
    """The run that begins with the character. What stands before it stays in the old run, so that a character found
    before the cut is still told right where it stands before it.
    """
    run, node = character.run, character.node
    index = list(run).index(_child_of(run, node))
    if character.at == 0 and all(element.tag == W + "rPr" for element in run[:index]):
        return run
    new = empty_like(run)
    run.addnext(new)
    if character.at:
        tail = copy.deepcopy(node)
        node.text, tail.text = (node.text or "")[: character.at], (node.text or "")[character.at :]
        for part in (node, tail):
            part.set(XML_SPACE, "preserve")
        new.append(tail)
        index += 1
    for element in list(run[index:]):
        new.append(element)
    return new


def _child_of(run: Element, node: Element) -> Element:
    while node.getparent() is not run:
        node = node.getparent()
    return node
