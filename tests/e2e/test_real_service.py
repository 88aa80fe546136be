"""The service with a real model behind it: a job and a turn that it words, told as they come, held to the rules."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from soundness import assert_supported

from drafting_samples import brief
from live_server import serving
from nigao import Assistant
from nigao.modelsettings import ModelSettings
from nigao.service.app import create_app

pytestmark = [pytest.mark.allow_hosts(["127.0.0.1", "::1", "localhost"])]
_TEXT = """2025年工作总结

一、主要工作
加强理论学习。理论学习中心组全年开展集中学习11次，其中专题研讨5次。

二、存在的问题
一是学习成果转化不够。有的科室满足于完成学习次数，结合业务研究问题偏少。

三、下一步措施
一是推动学习成果转化。每季度由一个科室结合业务难题开展专题研讨，形成转化清单。
"""


@pytest.fixture
def served(llama: str, tmp_path: Path) -> Iterator[tuple[httpx2.Client, Assistant]]:
    model = ModelSettings(
        name="gemma-3-270m",
        base_url=llama,
        seed=5,
        temperature=1.0,
        timeout=120,
        retries=0,
        structured="json_schema",
        tokens_per_answer=64,
        tokens_per_call=1900,
        tokens_per_report=2500,
    )
    source = tmp_path / "summary.txt"
    source.write_text(_TEXT, encoding="utf-8")
    Assistant.create(tmp_path / "ws").close()
    with Assistant.open(tmp_path / "ws", embeddings=False) as assistant:
        assistant.add([source], role="material", approved_by="程立", approved_on=dt.date(2025, 12, 1))
        assert assistant.settings is not None
        assistant.settings = assistant.settings.model_copy(update={"model": model})
        with serving(create_app(assistant)) as url, httpx2.Client(base_url=f"{url}/api/v1", timeout=120) as http:
            yield http, assistant


def _events(http: httpx2.Client, method: str, path: str, **asked: Any) -> list[tuple[str, dict[str, Any]]]:
    told, kind = [], ""
    with http.stream(method, path, headers={"Accept": "text/event-stream"}, **asked) as answer:
        assert answer.status_code == 200
        for line in answer.iter_lines():
            name, _, value = line.partition(": ")
            if name == "event":
                kind = value
            elif name == "data":
                told.append((kind, json.loads(value)))
    return told


def test_what_a_model_words_through_the_service_is_told_and_held_to_the_rules(
    served: tuple[httpx2.Client, Assistant],
) -> None:
    http, assistant = served
    asked = {"brief": brief().model_dump(mode="json"), "part": "problems"}
    job = http.post("/reports", json=asked).json()
    told = _events(http, "GET", f"/jobs/{job['id']}/events")
    kinds = [kind for kind, _ in told]
    assert {"part", "sentence", "usage"} <= set(kinds)
    ended = told[-1][1]
    assert (kinds[-1], ended["state"]) == ("end", "done")
    report = http.get(f"/reports/{ended['report_id']}").json()
    assert report["record"]["model"] == "gemma-3-270m"
    assert report["record"]["usage"]["calls"] > 0
    session = http.post("/sessions", json={"report_id": ended["report_id"]}).json()["id"]
    turn = _events(http, "POST", f"/sessions/{session}/turns", json={"say": "第三部分第一条改得更简洁"})
    assert turn[0][0] == "understood"
    assert turn[-1][0] == "reply"
    draft = assistant.stored(ended["report_id"])
    assert_supported(draft, assistant)
    # A proposal of the model waits for a yes.
    assert draft.revision == 1 + bool(turn[-1][1]["changed"])
    assert assistant.verify() == []
