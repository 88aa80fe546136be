"""An item in a list of another form (（二） among 一是, a point among （一）) is written as its sisters are."""

from __future__ import annotations

from nigao.errors import EditError
from nigao.report.editing.gaps import breaks
from nigao.report.editing.marks import closed, is_closed
from nigao.report.editing.numbering import form_of
from nigao.report.kinds import Kind
from nigao.report.model import Item, Part, Sentence
from nigao.text.ordinals import HEADING_LEVEL, OrdinalForm, format_ordinal

_RUN_IN = (None, OrdinalForm.ENUMERATION, OrdinalForm.RANK)


def is_run_in(ordinal: str) -> bool:
    """Whether an item with that ordinal is a stretch of running text: 一是…, or a point without ordinal."""
    return form_of(ordinal) in _RUN_IN


def first_ordinal(owner: Part | Item, item: Item, kind: Kind) -> str:
    """The ordinal (of any value) for an item in a list that was empty."""
    if isinstance(owner, Part):
        spec = kind.part(owner.key)
        form = (spec.item_form if spec is not None else None) or form_of(item.ordinal) or OrdinalForm.ENUMERATION
        return format_ordinal(form, 1)
    own, above = form_of(item.ordinal), form_of(owner.ordinal)
    deeper = own is not None and above is not None and HEADING_LEVEL.get(own, 0) > HEADING_LEVEL.get(above, 0)
    return item.ordinal if deeper else ""


def reform(item: Item, ordinal: str, sisters: list[Item], *, parsed: bool) -> None:
    """Give an item the form of its new list. Raises EditError where its own items cannot stand there."""
    bare = "" if parsed else None
    if ordinal and not item.ordinal and item.heading is not None:
        item.heading.gap = bare
    elif ordinal and not item.ordinal and item.sentences:
        item.sentences[0].gap = bare
    if not ordinal:
        item.gap = None
    item.ordinal = ordinal
    if is_run_in(ordinal):
        _run_in(item, parsed=parsed)
    else:
        _on_own_line(item, sisters, parsed=parsed)


def _run_in(item: Item, *, parsed: bool) -> None:
    """One stretch of text: heading and points become sentences that follow each other."""
    if any(child.ordinal or child.items for child in item.items):
        raise EditError(
            "这一条下面还有分条，不能写成一段", where=_named(item), fix="先把下面的分条合并，或移到同级的条目中"
        )
    if item.heading is not None:
        item.heading.text = closed(item.heading.text)
    children = [sentence for child in item.items for sentence in child.walk()]
    item.items = []
    item.sentences += children
    for at, sentence in enumerate(item.sentences):
        joins = at == 0 or any(sentence is child for child in children)
        if joins and (sentence.gap is None or breaks(sentence.gap) or parsed) and (at or item.heading is not None):
            sentence.gap = "" if parsed else None


def _on_own_line(item: Item, sisters: list[Item], *, parsed: bool) -> None:
    """A heading that ends as its sisters' headings do, with the text below it."""
    headings = [sister.heading.text for sister in sisters if sister.heading is not None and sister is not item]
    bare = bool(headings) and 2 * sum(map(is_closed, headings)) < len(headings)
    if item.heading is None:
        return
    if bare:
        item.heading.text = item.heading.text.rstrip("。；;，, ")
    elif headings:
        item.heading.text = closed(item.heading.text)
    if parsed:
        first = item.sentences[0] if item.sentences else next((s for c in item.items for s in c.walk()), None)
        if first is not None and not breaks(first.gap):
            _break(first, item)


def _break(first: Sentence, item: Item) -> None:
    if item.items and not item.sentences and item.items[0].ordinal:
        item.items[0].gap = item.items[0].gap if breaks(item.items[0].gap) else "\n"
    else:
        first.gap = "\n"


def _named(item: Item) -> str:
    heading = item.heading or next(item.walk(), None)
    return heading.text[:20] if heading is not None else ""
