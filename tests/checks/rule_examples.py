"""Turns a rule's example into a checked report, and holds the cases that plain text cannot state."""

from __future__ import annotations

from collections.abc import Callable

import yaml
from checking import BRIEF, KIND, TODAY, MemoryEvidence, cites, material, report_with

from nigao.checks.context import CheckContext
from nigao.checks.registry import Example
from nigao.corpus.model import Document, Role
from nigao.report.brief import Brief
from nigao.report.kinds import Content
from nigao.report.model import Item, Origin, Part, Remark, Report, Sentence
from nigao.reportfile import parse_text

Case = tuple[Report, CheckContext]
_MEETING = "市档案中心全年召开业务例会12次，逐项通报查档办理情况。"
_OTHER_COUNT = "市档案中心全年召开业务例会11次，逐项通报查档办理情况。"


def case_of(example: Example) -> Case:
    """The example as the rules would see it."""
    report = _report(example.text)
    documents = [(_document(f"a{n}", text, Role.MATERIAL), _body(text)) for n, text in enumerate(example.approved)]
    documents += [(_document(f"e{n}", text, Role.EXEMPLAR), _body(text)) for n, text in enumerate(example.exemplars)]
    brief = Brief.model_validate(yaml.safe_load(example.brief)) if example.brief else None
    if example.cited:
        documents.append((material("cited", "所引材料"), example.cited))
        for sentence in report.sentences():
            sentence.origin = Origin.SOURCE
            sentence.citations = [cites("cited", "所引材料", example.cited)]
    evidence = MemoryEvidence(documents) if documents else None
    return report, CheckContext(KIND, TODAY, brief, evidence)


def _report(text: str) -> Report:
    """The text as a report; a piece of one is put under the first part's heading."""
    report = parse_text(text, KIND)
    if any(part.key != "other" for part in report.parts):
        return report
    return parse_text(f"一、{KIND.parts[0].heading}\n{text}", KIND)


def _document(id: str, text: str, role: Role) -> Document:
    return material(id, text.partition("\n")[0], role=role)


def _body(text: str) -> str:
    return text.partition("\n")[2] or text


def _on_source(text: str, *, cited: Document | None, quote: str = "", brief: Brief | None = None) -> Case:
    """One drafted sentence on one document."""
    citations = [cites(cited.id, cited.title, quote)] if cited is not None else []
    report = report_with(Sentence(text=text, origin=Origin.SOURCE, citations=citations))
    evidence = MemoryEvidence([(cited, _MEETING)] if cited is not None else [])
    return report, CheckContext(KIND, TODAY, brief, evidence)


def _own(**more: object) -> Document:
    return material("own", "2025年业务总结", issuer=BRIEF.unit.full, **more)


def _disputed(count: str) -> Case:
    """Two cited documents of the unit's; the sentence on them states no figure."""
    documents = [(_own(), _MEETING), (material("also", "2025年例会台账", issuer=BRIEF.unit.full), count)]
    said = [
        Sentence(text="业务例会逐项通报。", origin=Origin.SOURCE, citations=[cites(d.id, d.title)])
        for d, _ in documents
    ]
    return report_with(*said), CheckContext(KIND, TODAY, BRIEF, MemoryEvidence(documents))


def _doing_of(issuer: str) -> Case:
    """A sentence of the part that tells the unit's doings, on a document of this issuer."""
    document = material("doing", "2025年工作总结", issuer=issuer)
    text = "全年召开业务例会12次。"
    sentence = Sentence(text=text, origin=Origin.SOURCE, citations=[cites(document.id, document.title, text)])
    spec = next(spec for spec in KIND.parts if spec.content is Content.DOINGS)
    part = Part(key=spec.key, ordinal="二、", heading=Sentence(text=spec.heading), lead=[sentence])
    return Report(kind=KIND.key, parts=[part]), CheckContext(KIND, TODAY, BRIEF, MemoryEvidence([(document, text)]))


def _connective(text: str) -> Case:
    return report_with(Sentence(text=text, origin=Origin.CONNECTIVE)), CheckContext(KIND, TODAY, BRIEF)


def _remarked(words: str) -> Case:
    """A sentence beside which somebody wrote something in Word."""
    report = report_with(Sentence(text="全年开展谈心谈话36次。"))
    report.remarks = [Remark(text="数字再核一下", by="核稿人", words=words, line="全年开展谈心谈话36次。")]
    return report, CheckContext(KIND, TODAY, BRIEF)


def _naming(**more: object) -> Case:
    """A typed sentence that names an approved rule."""
    old = material("old", "查档接待暂行规定", **more)
    evidence = MemoryEvidence(
        [(old, "查档接待实行登记。"), (material("new", "查档接待工作规定"), "查档接待实行首问负责。")]
    )
    return report_with(Sentence(text="按照《查档接待暂行规定》办理。")), CheckContext(KIND, TODAY, BRIEF, evidence)


def _titled(title: str) -> Case:
    report = Report(kind=KIND.key, title=Sentence(text=title, origin=Origin.FACT))
    return report, CheckContext(KIND, TODAY, BRIEF)


def _problem(*support: Sentence) -> Case:
    spec = next(spec for spec in KIND.parts if spec.content is Content.LACKS)
    topic = Sentence(text="组织生活质量还不够高。", origin=Origin.CONNECTIVE)
    item = Item(ordinal="一是", heading=topic, sentences=list(support))
    part = Part(key=spec.key, ordinal="三、", heading=Sentence(text=spec.heading), items=[item])
    return Report(kind=KIND.key, parts=[part]), CheckContext(KIND, TODAY, BRIEF)


# What plain text cannot state, by rule code: a bad case and a good one.
BUILT: dict[str, tuple[Callable[[], Case], Callable[[], Case]]] = {
    "G206": (lambda: _on_source(_MEETING, cited=None), lambda: _on_source(_MEETING, cited=_own())),
    "G207": (
        lambda: _on_source(_MEETING, cited=_own(valid_to=TODAY.replace(year=TODAY.year - 1))),
        lambda: _on_source(_MEETING, cited=_own()),
    ),
    "G208": (
        lambda: _on_source(_MEETING, cited=_own(), quote="原文里没有的摘录。"),
        lambda: _on_source(_MEETING, cited=_own(), quote=_MEETING),
    ),
    "G210": (lambda: _disputed(_OTHER_COUNT), lambda: _disputed(_MEETING)),
    "G211": (lambda: _doing_of("云汀市农业农村局"), lambda: _doing_of(BRIEF.unit.full)),
    "G214": (
        lambda: _connective("各项工作走在全市前列，群众高度评价。"),
        lambda: _connective("【待补：衔接句】"),
    ),
    "G215": (
        lambda: _titled("云汀市档案服务中心2024年工作报告"),
        lambda: _titled("云汀市档案服务中心2025年工作报告"),
    ),
    "G230": (lambda: _naming(superseded_by="new"), _naming),
    "P308": (lambda: _remarked("谈心谈话36次"), lambda: _connective("全年开展谈心谈话36次。")),
    "S111": (
        _problem,
        lambda: _problem(Sentence(text="个别支部研讨发言准备不充分。", origin=Origin.HUMAN)),
    ),
}
