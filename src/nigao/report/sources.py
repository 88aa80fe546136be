"""What a sentence rests on, in the words in which every kind of file tells it."""

from __future__ import annotations

from nigao.report.model import Citation, Sentence


def titled(citation: Citation) -> str:
    """The cited document and the place in it: 《2025年工作总结》二（一）第2段."""
    title = citation.title if citation.title.startswith("《") else f"《{citation.title}》"
    return f"{title}{citation.locator}"


def evidence_lines(sentence: Sentence) -> list[str]:
    """A line for each passage, for the facts, and for a model's wording; none for a sentence that rests on nothing."""
    lines = []
    for number, citation in enumerate(sentence.citations, start=1):
        label = f"依据{number}" if len(sentence.citations) > 1 else "依据"
        quote = f"：“{citation.quote}”" if citation.quote else ""
        lines.append(f"{label}：{titled(citation)}{quote}")
    lines += [fact_line(sentence)] if sentence.facts else []
    lines += [wording_line(sentence)] if sentence.worded_by else []
    return lines


def fact_line(sentence: Sentence) -> str:
    """The facts of the brief that the sentence states."""
    return f"依据：要求单事实 {'、'.join(sentence.facts)}"


def wording_line(sentence: Sentence) -> str:
    """Which model worded the sentence, and what to do about it."""
    return f"措辞：模型 {sentence.worded_by} 改写，签发前请对照依据核定"
