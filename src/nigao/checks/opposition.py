"""Which evidence contradicts a typed figure or date: asked by the rule that warns and by the one that only notes."""

from __future__ import annotations

from nigao.checks.typed import Typed
from nigao.text.amounts import Amount
from nigao.text.holding import Judged
from nigao.text.opposing import Opposed, opposed_amount, opposed_moment
from nigao.text.replacing import replaced_units

# A source sentence that shares so much with the typed one tells the same.
_SAME = 0.7


def opposed(typed: Typed, judged: Judged) -> Opposed | None:
    """What the nearest passages say of the same thing instead, or None."""
    if judged.amount is not None:
        for amount, other, clause in other_units(typed):
            if amount.start == judged.start:
                return Opposed(other.text, clause, typed.ledgers[0])
        return opposed_amount(typed.text, judged.amount, typed.ledgers, typed.year)
    if judged.moment is not None:
        return opposed_moment(typed.text, judged.moment, typed.nearest(0.6))
    return None


def other_units(typed: Typed) -> list[tuple[Amount, Amount, str]]:
    """The sentence's figures that a passage, in a sentence that is otherwise the same, gives in another unit, with its
    figure and its clause.
    """
    near = [text for _, text, _ in typed.nearest(_SAME)]
    return [] if not near or typed.text in near else list(replaced_units(typed.text, near))
