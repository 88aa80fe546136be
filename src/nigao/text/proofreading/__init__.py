"""Wrong, doubled and missing characters, found without any model. How, and how well: docs/adr/0006-proofreading.md."""

from nigao.text.proofreading.approved import ApprovedText, ApprovedWords
from nigao.text.proofreading.confusables import Likeness
from nigao.text.proofreading.missing import Missing
from nigao.text.proofreading.proofreader import Proofreader
from nigao.text.proofreading.slips import Slip

__all__ = ["ApprovedText", "ApprovedWords", "Likeness", "Missing", "Proofreader", "Slip"]
