"""Plain text → Report, losing no character: `render_text(parse_report(text, kind)) == text` for every text.

The text is first cut into tokens (sentences, each with the ordinal at its head), then front matter, parts and items are
recognised from the tokens' form. Nothing is rejected: what the kind does not know is kept where it stood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from nigao.report.headings import part_headings, split_run_in_heading
from nigao.report.items import ItemBuilder
from nigao.report.kinds import Kind
from nigao.report.model import Part, Report, Sentence
from nigao.report.tokens import Token, tokenize
from nigao.report.waivers import find_waivers
from nigao.text.dates import find_dates
from nigao.text.placeholders import find_placeholders
from nigao.text.residue import find_residue

_TITLE_LINES = 5
_TITLE_LONGEST = 100
_SIGNATURE_LONGEST = 40
_SIGNATURE_LINES = 4
_DATE_LONGEST = 40
_ATTACHMENT_LINES = 30
_ATTACHED = re.compile(r"附件?(?:\s*[：:]|\s*\d{1,2}\s*[.．：:、])")
_AFTER_DATE = re.compile(r"附件|附[：:表录]|[（(](?:此件|联系人|联系电话|本文)|抄送|主题词|公开方式|信息公开")
_ENDED = r"[。；！？：:，][\u200b-\u200f\u2060\ufeff]*$"
# Where several units sign, all but the last line must look like a unit's name.
_UNIT_LINE = re.compile("(?:局|办|委|委员会|会|组|室|院|中心|部|府|厅|处|科|公司|支部|支队|大队|所|站|校)$")


def parse_report(text: str, kind: Kind) -> Report:
    """Parse any text as a report of this kind.

    Sentences get origin `human` and `start`/`end` offsets into `text`; measures get the problems that they seem to
    answer (`pairing.infer_pairs` is the caller's next step). A text without any part heading is all opening.
    """
    tokens = tokenize(text)
    trailing = text[tokens[-1].end :] if tokens else text
    body, ending = _closing(tokens)
    body = [piece for token in body for piece in split_run_in_heading(token, kind)]
    heads = part_headings(body, kind)
    first = heads[0] if heads else len(body)
    report = Report(
        kind=kind.key,
        trailing=trailing,
        attachments=[token.sentence() for token in ending.attachments],
        signature=_joined(ending.names) if ending.names else None,
        date=ending.date.sentence() if ending.date else None,
        after=[token.sentence() for token in ending.after],
        waivers=find_waivers(text),
    )
    _front_matter(report, body[:first])
    for position, start in enumerate(heads):
        stop = heads[position + 1] if position + 1 < len(heads) else len(body)
        report.parts.append(_part(body[start:stop], kind))
    return report


@dataclass(frozen=True, slots=True)
class _Ending:
    """What stands below the body: 附件说明, 署名, 成文日期, and whatever follows the date."""

    attachments: list[Token] = field(default_factory=list)
    names: list[Token] = field(default_factory=list)
    date: Token | None = None
    after: list[Token] = field(default_factory=list)


def _closing(tokens: list[Token]) -> tuple[list[Token], _Ending]:
    """The body and what stands below it. 署名 is looked for only above a date, and a date line is 成文日期 only where
    nothing, or an attachment, follows it.
    """
    at = _date_place(tokens)
    if at is None:
        body, attachments = _attachments(tokens)
        return body, _Ending(attachments)
    rest = tokens[:at]
    names: list[Token] = []
    while len(rest) > 1 and len(names) < _SIGNATURE_LINES and _is_name_line(rest[-1], last=not names):
        names.insert(0, rest.pop())
    body, attachments = _attachments(rest)
    return body, _Ending(attachments, names, tokens[at], tokens[at + 1 :])


def _date_place(tokens: list[Token]) -> int | None:
    for at in range(1, len(tokens)):
        if not (tokens[at].starts_line and len(tokens[at].text) <= _DATE_LONGEST):
            continue
        ends = at + 1 == len(tokens) or (tokens[at + 1].starts_line and _AFTER_DATE.match(tokens[at + 1].text))
        if ends and _is_date_line(tokens[at].text):
            return at
    return None


def _attachments(tokens: list[Token]) -> tuple[list[Token], list[Token]]:
    """The tokens without the 附件说明 at their end, and its lines."""
    for at in range(max(1, len(tokens) - _ATTACHMENT_LINES), len(tokens)):
        if _ATTACHED.match(tokens[at].text) and tokens[at].starts_line and all(map(_is_list_line, tokens[at:])):
            return tokens[:at], tokens[at:]
    return tokens, []


def _is_list_line(token: Token) -> bool:
    return token.starts_line and len(token.text) <= _TITLE_LONGEST and not re.search("[。；！？]", token.text)


def _is_name_line(token: Token, *, last: bool) -> bool:
    plain = token.starts_line and token.ordinal is None and len(token.text) <= _SIGNATURE_LONGEST
    named = last or _UNIT_LINE.search(token.text) is not None
    return plain and named and not re.search(r"[。！？；，：:]", token.text)


def _is_date_line(line: str) -> bool:
    dates = find_dates(line)
    whole = len(dates) == 1 and dates[0].text.strip() == line.strip() and dates[0].month is not None
    blank = re.fullmatch(r"[\dXx×○〇【】：待补成文日期年月日\s]*[年月日][\dXx×○〇【】：待补成文日期年月日\s]*", line)
    return whole or (blank is not None and bool(find_placeholders(line) or find_residue(line)))


def _front_matter(report: Report, tokens: list[Token]) -> None:
    rest = list(tokens)
    title: list[Token] = []
    while rest and len(title) < _TITLE_LINES and _may_be_title(rest[0], sum(len(t.text) for t in title)):
        title.append(rest.pop(0))
    if title:
        report.title = _joined(title)
    if rest and re.fullmatch(r"[^。；！？]{2,60}[：:][\u200b-\u200f\u2060\ufeff]*", rest[0].text):
        report.recipient = rest.pop(0).sentence()
    report.opening = [token.sentence() for token in rest]


def _may_be_title(token: Token, so_far: int) -> bool:
    short = so_far + len(token.text) <= _TITLE_LONGEST
    return token.starts_line and short and not re.search(_ENDED, token.text)


def _joined(tokens: list[Token]) -> Sentence:
    """A title set on several lines is one sentence with its line breaks inside."""
    text = tokens[0].text + "".join(token.gap + token.text for token in tokens[1:])
    return Sentence(text=text, gap=tokens[0].gap, start=tokens[0].start, end=tokens[-1].end)


def _part(tokens: list[Token], kind: Kind) -> Part:
    head = tokens[0]
    ordinal = head.ordinal.text if head.ordinal else ""
    part = Part(
        key=kind.key_of(head.body),
        ordinal=ordinal,
        gap=head.gap if ordinal else None,
        heading=head.body_sentence(),
    )
    spec = kind.part(part.key)
    builder = ItemBuilder(run_in=spec is not None and spec.layout == "subsections")
    for position, token in enumerate(tokens[1:], start=1):
        builder.add(token, tokens[position + 1] if position + 1 < len(tokens) else None)
    part.lead, part.items = builder.lead, builder.items
    return part


@dataclass(frozen=True, slots=True)
class HeadingForm:
    """How a part's heading departs from the kind's own wording; for the reader of a check."""

    key: str
    written: str
    standard: str


def heading_forms(report: Report, kind: Kind) -> list[tuple[Part, HeadingForm]]:
    """The headings that a parse accepted by a variant rather than by the kind's own wording."""
    found: list[tuple[Part, HeadingForm]] = []
    for part in report.parts:
        spec = kind.part(part.key)
        if spec is not None and not part.heading.text.strip().endswith(spec.heading):
            found.append((part, HeadingForm(part.key, part.heading.text, spec.heading)))
    return found
