"""The parser's tokens: sentences with the gap before them and the ordinal at their head."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nigao.report.model import Origin, Sentence
from nigao.report.waivers import mask_waivers
from nigao.text.ordinals import Ordinal, OrdinalForm, match_ordinal
from nigao.text.sentences import split_sentences

# Where 一是 may begin inside a sentence: behind these it always starts an item, behind ， only in sequence. What stands
# in brackets or quotation marks is told in passing and starts none.
_BRACKETED = re.compile(r"（[^（）\n]*）|\([^()\n]*\)|“[^“”\n]*”|《[^《》\n]*》")
# Within one sentence 一是…，二是…，四是… is an enumeration with a gap rather than other words.
_WIDEST_GAP = 2
_CLAUSE_STARTS = re.compile(r"(?<=[：；:;])|(?<=[，,])")
_INLINE_FORMS = (OrdinalForm.ENUMERATION, OrdinalForm.RANK)
_LINE_FORMS = frozenset(OrdinalForm) - {OrdinalForm.ARTICLE, OrdinalForm.CLAUSE_CHAPTER}


@dataclass(frozen=True, slots=True)
class Token:
    """`gap + text` stood at the end of what came before; `body` is the text behind the ordinal."""

    gap: str
    text: str
    start: int
    ordinal: Ordinal | None
    starts_line: bool

    @property
    def end(self) -> int:
        """Offset just behind the token."""
        return self.start + len(self.text)

    @property
    def body(self) -> str:
        """The text without its ordinal and without white space around."""
        return self.text[self.ordinal.end :].strip() if self.ordinal else self.text

    def sentence(self) -> Sentence:
        """The whole token as a sentence, ordinal included."""
        return Sentence(text=self.text, origin=Origin.HUMAN, gap=self.gap, start=self.start, end=self.end)

    def body_sentence(self) -> Sentence:
        """The token without its ordinal; white space between the two becomes the sentence's gap."""
        if self.ordinal is None:
            return self.sentence()
        rest = self.text[self.ordinal.end :]
        skipped = len(rest) - len(rest.lstrip())
        start = self.start + self.ordinal.end + skipped
        return Sentence(text=rest[skipped:], gap=rest[:skipped], start=start, end=self.end)


def tokenize(text: str) -> list[Token]:
    """Tokens that cover every non-space character of the text in order; waivers count as white space."""
    tokens: list[Token] = []
    end = 0
    for sentence in split_sentences(mask_waivers(text)):
        expected = _enumeration_value(tokens[-1].ordinal) if tokens else 0
        for start, stop in _cut_at_enumerations(sentence.text, expected):
            begin = sentence.start + start
            gap = text[end:begin]
            starts_line = not tokens or bool(re.search(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]", gap))
            piece = text[begin : sentence.start + stop]
            tokens.append(Token(gap, piece, begin, _ordinal(piece, starts_line), starts_line))
            end = sentence.start + stop
    return tokens


def _ordinal(piece: str, starts_line: bool) -> Ordinal | None:
    ordinal = match_ordinal(piece)
    if ordinal is None or not piece[ordinal.end :].strip():
        return None
    allowed = _LINE_FORMS if starts_line else _INLINE_FORMS
    return ordinal if ordinal.form in allowed else None


def _enumeration_value(ordinal: Ordinal | None) -> int:
    return ordinal.value if ordinal is not None and ordinal.form in _INLINE_FORMS else 0


def _cut_at_enumerations(sentence: str, last: int) -> list[tuple[int, int]]:
    """Cut `…：一是…；二是…` before each 一是. White space around a cut stays in the gap."""
    head = match_ordinal(sentence)
    opened = head is not None and head.form in _INLINE_FORMS
    last = head.value if head is not None and opened else last
    cuts = [0]
    inside = [match.span() for match in _BRACKETED.finditer(sentence)]
    for boundary in _CLAUSE_STARTS.finditer(sentence):
        place = boundary.end() + len(sentence[boundary.end() :]) - len(sentence[boundary.end() :].lstrip())
        ordinal = match_ordinal(sentence, place)
        if ordinal is None or ordinal.form not in _INLINE_FORMS or place <= cuts[-1]:
            continue
        if not sentence[ordinal.end :].strip() or any(start < place < end for start, end in inside):
            continue
        follows = last + 1 <= ordinal.value <= last + (_WIDEST_GAP if opened else 1)
        if sentence[boundary.end() - 1] in "，," and not follows:
            continue
        last, opened = ordinal.value, True
        cuts.append(place)
    ends = [*cuts[1:], len(sentence)]
    return [(a, a + len(sentence[a:b].rstrip())) for a, b in zip(cuts, ends, strict=True)]
