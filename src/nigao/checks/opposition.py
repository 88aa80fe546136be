"""Which evidence contradicts a typed figure or date: asked by the rule that warns and by the one that only notes."""

from __future__ import annotations

from nigao.checks.typed import Typed
from nigao.text.holding import Judged
from nigao.text.opposing import Opposed, opposed_amount, opposed_moment


def opposed(typed: Typed, judged: Judged) -> Opposed | None:
    """What the nearest passages say of the same thing instead, or None."""
    if judged.amount is not None:
        return opposed_amount(typed.text, judged.amount, typed.ledgers, typed.year)
    if judged.moment is not None:
        return opposed_moment(typed.text, judged.moment, typed.nearest(0.6))
    return None
