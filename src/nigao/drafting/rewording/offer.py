"""The evidence that a model is shown: approved sentences and facts as delimited data under keys that mean nothing."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from nigao.corpus.instructions import without_instructions
from nigao.drafting.asking import estimate_tokens
from nigao.drafting.candidates import Candidate
from nigao.report.brief import Brief, Fact

Evidence = Candidate | Fact

_KEY_LENGTH = 4
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u2028-\u202f\u2060-\u2069\ufeff]")
# What could be taken for the end of a piece of evidence, or for a chat template's own marks.
_MARKS = str.maketrans({"<": "〈", ">": "〉"})


class Keys:
    """Keys for one draft. They follow from the brief, so that a document cannot know the key it will stand under."""

    def __init__(self, brief: Brief) -> None:
        self._salt = brief.model_dump_json().encode()
        self._taken: dict[str, str] = {}

    def key(self, evidence: Evidence) -> str:
        """The evidence's key, the same each time it is asked for."""
        name = _name(evidence)
        digest = hashlib.blake2b(name.encode(), key=hashlib.sha256(self._salt).digest()).digest()
        letters = base64.b32encode(digest).decode().lower()
        length = _KEY_LENGTH
        while self._taken.setdefault(letters[:length], name) != name:
            length += 1
        return letters[:length]


def _name(evidence: Evidence) -> str:
    if isinstance(evidence, Fact):
        return f"fact:{evidence.name}"
    return f"{evidence.hit.passage.id}:{evidence.index}:{evidence.text}"


@dataclass(frozen=True, slots=True)
class Offer:
    """What one slot may rest on, by key, in the order of the sources."""

    entries: dict[str, Evidence]

    @classmethod
    def of(cls, evidence: Iterable[Evidence], keys: Keys, room: int) -> Offer:
        """As much of the evidence (best first) as fits in `room` tokens, but never less than one piece."""
        fitting: list[Evidence] = []
        for piece in evidence:
            room -= estimate_tokens(_shown(keys.key(piece), piece))
            if room < 0 and fitting:
                break
            fitting.append(piece)
        if all(isinstance(piece, Candidate) for piece in fitting):
            fitting.sort(key=_place)
        return cls({keys.key(piece): piece for piece in fitting})

    def text(self) -> str:
        """The evidence as a prompt shows it."""
        return "\n".join(_shown(key, piece) for key, piece in self.entries.items())


def _place(evidence: Evidence) -> tuple[str, int, int]:
    return evidence.order if isinstance(evidence, Candidate) else ("", 0, 0)


def _shown(key: str, evidence: Evidence) -> str:
    told = f"{evidence.name}：{evidence.written}" if isinstance(evidence, Fact) else evidence.text
    plain = _CONTROL.sub("", without_instructions(told).translate(_MARKS))
    return f'<依据 编号="{key}">{plain}</依据>'
