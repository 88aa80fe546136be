"""G: what a person typed as the unit's own doing is told, in the corpus, of another unit."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from nigao.checks.conflicts import stated_unit
from nigao.checks.context import CheckContext
from nigao.checks.finding import Severity
from nigao.checks.registry import Authority, Example, Mark, rule
from nigao.checks.typed import Typed, typed_sentences
from nigao.corpus.model import Document, Role
from nigao.report.model import Report
from nigao.text.fidelity import mask_unit
from nigao.text.units import UnitNames, stated_issuer
from nigao.text.wordpairs import pairs_of

# So much of the sentence's character pairs, the units' names left out, one source sentence must hold.
_SAME, _LEAST_PAIRS = 0.8, 8
_MARKET = "云汀市市场监督管理局2025年工作总结\n云汀市市场监督管理局对农贸市场计量器具逐台检定，更换不合格电子秤46台。"


@rule(
    "G239",
    Severity.WARNING,
    "与其他单位材料中的做法雷同",
    why="照抄其他单位的材料、只换了单位名称，等于张冠李戴；本单位材料中另有记载的不在此列。",
    authority=Authority.PRODUCT,
    bad=Example(
        "市档案馆对农贸市场计量器具逐台检定，更换不合格电子秤46台。",
        approved=(_MARKET,),
        brief="unit: {full: 云汀市档案馆, short: 市档案馆}",
    ),
    good=Example(
        "市场监督管理局对农贸市场计量器具逐台检定，更换不合格电子秤46台。",
        approved=(_MARKET,),
        brief="unit: {full: 云汀市档案馆, short: 市档案馆}",
    ),
)
def typed_from_another_unit(report: Report, context: CheckContext) -> Iterator[Mark]:
    unit = context.unit or stated_unit(report)
    if unit is None:
        return
    for typed in typed_sentences(report, context):
        found = _told_of_another(typed, unit)
        if found is not None:
            document, told = found
            yield Mark(
                f"与{_issuer(document)}的《{document.title}》中的做法雷同",
                typed.sentence,
                suggestion="核实是否本单位所做；不是的删去，确有其事的改用本单位的材料",
                evidence=(told,),
            )


def _told_of_another(typed: Typed, unit: UnitNames) -> tuple[Document, str] | None:
    """The document of another unit, and its sentence, that this one repeats; None where the unit's own says so too."""
    if not any(_is_anothers(document.issuer, document.title, unit) for document in typed.documents):
        return None
    found: tuple[Document, str] | None = None
    documents = {ledger: document for document, ledger in zip(typed.documents, typed.ledgers, strict=True)}
    for _, text, ledger in typed.nearest(_SAME / 2):
        document = documents[ledger]
        own = mask_unit(typed.text, (unit.full, unit.short)).replace("\0", " ")
        said = pairs_of(own)
        if len(said) < _LEAST_PAIRS or len(said & pairs_of(text)) < _SAME * len(said):
            continue
        if not _is_anothers(document.issuer, document.title, unit) or unit.named_in(text):
            return None
        if document.role is Role.MATERIAL and not _names(document, typed.text):
            found = found or (document, text)
    return found


@lru_cache(maxsize=4096)
def _is_anothers(issuer: str, title: str, unit: UnitNames) -> bool:
    return not unit.owns(issuer or stated_issuer(title, "")) and not unit.named_in(title)


def _issuer(document: Document) -> str:
    return document.issuer or stated_issuer(document.title, "")


def _names(document: Document, text: str) -> bool:
    """Whether the sentence says whose doing it is, or where it is told."""
    issuer = _issuer(document)
    # 市图书馆 and 图书馆业务中心 for 云汀市图书馆, 云汀市图书馆业务中心.
    place = next((i for i, c in enumerate(issuer[:-2]) if c in "省市县区"), 0)
    shorts = (issuer, issuer[place:], issuer[place + 1 :])
    return document.title in text or any(len(short) > 3 and short in text for short in shorts)
