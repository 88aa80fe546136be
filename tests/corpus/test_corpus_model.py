"""When a document is evidence, and what is said when it is not."""

import datetime as dt

import pytest

from nigao.corpus.model import Document, Role, Status

DAY = dt.date(2025, 6, 1)


def document(**fields: object) -> Document:
    return Document(**{"id": "a", "title": "制度", "role": Role.BASIS, "sha256": "0" * 64, **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, ""),
        ({"valid_from": DAY, "valid_to": DAY}, ""),
        ({"role": Role.EXEMPLAR}, "范文"),
        ({"status": Status.REVOKED, "status_reason": "已废止"}, "已撤销：已废止"),
        ({"status": Status.WITHDRAWN}, "已移出清单"),
        ({"superseded_by": "b"}, "已被 b 取代"),
        ({"valid_from": dt.date(2025, 6, 2)}, "尚未生效"),
        ({"valid_to": dt.date(2025, 5, 31)}, "已失效"),
    ],
)
def test_why_a_document_is_no_evidence(fields: dict[str, object], said: str) -> None:
    answer = document(**fields).why_not_evidence(DAY)
    assert said in answer
    assert bool(answer) == bool(said)
