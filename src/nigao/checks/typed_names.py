"""G: names of organisations and people that a person typed, held against the corpus."""

from __future__ import annotations

from collections.abc import Iterator

from nigao.checks.context import CheckContext
from nigao.checks.corpus_terms import own_words
from nigao.checks.faithful import unit_names
from nigao.checks.finding import Severity
from nigao.checks.registry import Authority, Example, Mark, rule
from nigao.checks.typed import Typed, typed_sentences
from nigao.report.model import Report
from nigao.text.fidelity import mask_unit
from nigao.text.names import Name, NameKind, find_names, near_name, unsupported_names
from nigao.text.replacing import Replaced, replaced_bodies

_MINUTES = "2025年业务会议纪要\n会议由程立新主任主持，市数字档案建设管理局派员参加，研究库房改造事项。"
# The names of source sentences that share so much with the typed one are what its names may have been meant to be.
_NEAR = 0.25
# A source sentence that shares so much with the typed one tells the same.
_SAME = 0.7


@rule(
    "G228",
    Severity.WARNING,
    "单位或人名与语料中的相近而不同",
    why="单位名称、姓名差一个字就是另一家、另一个人；语料在说同一件事时写的是另一个名称的，多为误写。",
    authority=Authority.PRODUCT,
    bad=Example("会议由程力新主任主持，研究库房改造事项。", approved=(_MINUTES,)),
    good=Example("会议由程立新主任主持，研究库房改造事项。", approved=(_MINUTES,)),
)
def nearly_named(report: Report, context: CheckContext) -> Iterator[Mark]:
    for typed, replaced in _exchanged(report, context):
        words = typed.text[replaced.start : replaced.end]
        yield Mark(
            f"单位名称“{words}”在语料的同一句话中是“{replaced.old}”",
            typed.sentence,
            replaced.start,
            replaced.end,
            suggestion=f"核对后改为“{replaced.old}”；确是另一家的不必改",
            evidence=(replaced.clause,),
        )
    for typed, name in _unknown_names(report, context):
        meant = _meant(typed, name)
        if meant is not None:
            yield Mark(
                f"{_kind(name)}“{name.text}”与语料中的“{meant}”相近而不同",
                typed.sentence,
                name.start,
                name.end,
                suggestion=f"核对后改为“{meant}”；确是另一家、另一人的不必改",
                evidence=(meant,),
            )


@rule(
    "G229",
    Severity.INFO,
    "单位或人名在语料中未见",
    why="语料中没有出现过的单位和人，列出供核稿时查证，不等于有错。",
    authority=Authority.PRODUCT,
    bad=Example("会议由鲁正平主任主持，研究库房改造事项。", approved=(_MINUTES,)),
    good=Example("会议由程立新主任主持，研究库房改造事项。", approved=(_MINUTES,)),
)
def name_not_in_corpus(report: Report, context: CheckContext) -> Iterator[Mark]:
    told = list(_exchanged(report, context))
    for typed, name in _unknown_names(report, context):
        known = any(of is typed and r.start < name.end and name.start < r.end for of, r in told)
        if not known and _meant(typed, name) is None:
            yield Mark(f"{_kind(name)}“{name.text}”在语料中未见，请核实", typed.sentence, name.start, name.end)


def _exchanged(report: Report, context: CheckContext) -> Iterator[tuple[Typed, Replaced]]:
    """Bodies named where the corpus, in a sentence that is otherwise the same, names others."""
    names = {name for name in unit_names(report, context) if name}
    brief = own_words(context)
    for typed in typed_sentences(report, context):
        near = [text for _, text, _ in typed.nearest(_SAME)]
        if not near or typed.text in near:
            continue
        for replaced in replaced_bodies(typed.text, near):
            words = typed.text[replaced.start : replaced.end]
            ours = any(words in name or replaced.old in name for name in names)
            if not ours and words not in brief:
                yield typed, replaced


def _unknown_names(report: Report, context: CheckContext) -> Iterator[tuple[Typed, Name]]:
    names = tuple(filter(None, unit_names(report, context)))
    brief = own_words(context)
    for typed in typed_sentences(report, context):
        found = find_names(mask_unit(typed.text, names))
        if not found or context.evidence is None:
            continue
        unknown = [name for name in found if not context.evidence.holds(name.region + name.text)]
        if not unknown:
            continue
        near = "\n".join([brief, *names, *(f"{ledger.title}\n{ledger.text}" for ledger in typed.ledgers)])
        unsupported = {name.start for name in unsupported_names(mask_unit(typed.text, names), near)}
        yield from ((typed, name) for name in unknown if name.start in unsupported)


def _meant(typed: Typed, name: Name) -> str | None:
    others = [other for _, text, _ in typed.nearest(_NEAR) for other in find_names(text)]
    found = near_name(name, others)
    return found.text if found is not None else None


def _kind(name: Name) -> str:
    return "姓名" if name.kind is NameKind.PERSON else "单位名称"
