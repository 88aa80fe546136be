"""What a model may answer to the drafting prompts: faithfully, or in one of the ways in which models go wrong."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from langchain_core.messages import BaseMessage, HumanMessage

from nigao.testing import FunctionModel, offered

# Given the evidence of one run by key: the lines to answer.
Lines = Callable[[dict[str, str]], list[dict[str, Any]]]


def line(text: str, *keys: str) -> dict[str, Any]:
    return {"text": text, "keys": list(keys)}


def repeating(evidence: dict[str, str]) -> list[dict[str, Any]]:
    """The first two pieces of evidence word for word."""
    return [line(text, key) for key, text in list(evidence.items())[:2]]


def answering(lines: Lines, mend: Callable[[str, dict[str, str]], str] | None = None, **options: Any) -> FunctionModel:
    """A model that answers every drafting prompt with these lines; `mend` rewrites a sentence that was handed back (by
    default the model has nothing better to say)."""

    def answer(messages: list[BaseMessage]) -> dict[str, Any]:
        text = str(messages[-1].text)
        evidence = offered(messages)
        if "没有通过核对" in text:
            return {"sentences": _mended(text, evidence, mend)}
        if "number 是要点的序号" in text:
            blocks = re.split(r"要点 \d+：\n", text)[1:] or [text]
            runs = [offered([HumanMessage(block)]) for block in blocks]
            return {"points": [{"number": n, "sentences": lines(run)} for n, run in enumerate(runs, start=1)]}
        written = {"sentences": lines(evidence)}
        return {"topic": line("", next(iter(evidence))), **written} if "主题句（topic" in text else written

    return FunctionModel(function=answer, **options)


def _mended(
    text: str, evidence: dict[str, str], mend: Callable[[str, dict[str, str]], str] | None
) -> list[dict[str, Any]]:
    if mend is None:
        return []
    wrong = re.findall(r"^(\d+)\. (.+)\n   原因：", text, re.MULTILINE)
    return [{"number": int(n), "keys": list(evidence)[:1], "text": mend(old, evidence)} for n, old in wrong]
