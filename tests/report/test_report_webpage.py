"""A report as a web page: its words and nothing else in the text, its evidence behind links, and nothing that runs."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report_samples import KIND, WHOLE, drafted_reports, said

from nigao.report.model import Annex, Citation, Item, Origin, Part, Report, Sentence, Table
from nigao.report.parse import parse_report
from nigao.report.render import render_text
from nigao.report.webpage import Highlight, PageOptions, render_webpage

NOTE = "本文稿由人工智能辅助生成。"
LABEL = json.dumps({"Label": "1", "ContentProducer": "nigao"}, ensure_ascii=False)
RECORD = Citation(passage_id="p", document_id="d", title="学习记录", locator="二（一）", quote="按月学习。")
VOID = {"meta", "br", "wbr"}


class Page(HTMLParser):
    """What a browser would make of a page: elements with attributes, text by where it stands."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.article = ""
        self.marked: list[str] = []
        self.style = ""
        self.comments: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "mark":
            self.marked.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "article" in self.open:
            self.article += data
        if "mark" in self.open:
            self.marked[-1] += data
        if self.open[-1:] == ["style"]:
            self.style += data

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def named(self, name: str) -> dict[str, str | None]:
        return next(a for _, a in self.elements if a.get("id") == name)


def squeezed(text: str) -> str:
    return "".join(text.split())


def cited(text: str, *citations: Citation) -> Sentence:
    return Sentence(text=text, origin=Origin.SOURCE, citations=list(citations))


def small() -> Report:
    point = Item(heading=said("学习抓实。"), sentences=[cited("全年学习12次。", RECORD), said("【待补：人数】。")])
    section = Item(ordinal="（一）", heading=said("建设有力"), items=[point])
    table = Table(rows=[["序号", "事项"], ["1", "甲  乙"], ["2", "丙"]])
    return Report(
        kind=KIND.key,
        title=said("云岭市政务服务局关于2025年度政治生态建设情况的报告"),
        opening=[cited("报告如下。", RECORD, RECORD)],
        parts=[Part(key="features", ordinal="一、", heading=said("主要成效"), items=[section])],
        signature=said("市档案中心"),
        date=said("2025年12月26日"),
        annexes=[Annex(title=said("清单"), table=table)],
    )


def highlight(report: Report, words: str, level: str = "error") -> Highlight:
    start = render_text(report).index(words)
    return Highlight(start, start + len(words), level, (f"G203 说{words}", "建议：改"))


def test_the_page_says_the_report_and_nothing_more() -> None:
    page = Page(render_webpage(small(), PageOptions(NOTE, LABEL)))
    assert squeezed(page.article) == squeezed(render_text(small()))
    assert [tag for tag, _ in page.elements if tag in ("h1", "h2", "h3", "th", "td")] == [
        *("h1", "h2", "h3", "h2", "h3"),
        *("th", "th", "td", "td", "td", "td"),
        "h2",
    ]
    assert page.of("html") == [{"lang": "zh-CN"}]


@settings(max_examples=40)
@given(drafted_reports())
def test_no_report_gains_or_loses_a_word(report: Report) -> None:
    for number, sentence in enumerate(report.sentences()):
        sentence.citations = [RECORD] * (number % 2)
    page = Page(render_webpage(report, PageOptions()))
    assert squeezed(page.article) == squeezed(render_text(report))


def test_a_parsed_report_is_shown_too() -> None:
    report = parse_report(WHOLE, KIND)
    page = Page(render_webpage(report, PageOptions(), [highlight(report, "12次")]))
    assert squeezed(page.article) == squeezed(WHOLE)
    assert page.marked == ["12次"]


def test_each_evidence_can_be_reached_and_left_by_keyboard() -> None:
    html = render_webpage(small(), PageOptions())
    page = Page(html)
    links = [a for a in page.of("a") if a.get("class") == "ref"]
    assert [(a["id"], a["href"], a["aria-label"]) for a in links] == [("r1", "#s1", "出处1"), ("r2", "#s2", "出处2")]
    for link in page.of("a"):
        assert page.named(str(link["href"])[1:])
    assert "依据1：《学习记录》二（一）：“按月学习。”<br>依据2：" in html
    assert Page(render_webpage(small(), PageOptions(citations=False))).of("a") == []


def test_findings_lie_on_their_words() -> None:
    report = small()
    found = [highlight(report, "12次", "warning"), highlight(report, "学习12"), highlight(report, "丙", "info")]
    lost = Highlight(10**6, 10**6, "error", ("S101 缺少部分",))
    page = Page(render_webpage(report, PageOptions(citations=False), [*found, lost]))
    assert page.marked == ["学习", "12", "次", "丙"]
    assert [a["class"] for a in page.of("mark")] == ["error", "error", "warning", "info"]
    assert squeezed(page.article) == squeezed(render_text(report))
    listed = page.of("li")
    assert [(a["id"], a["class"]) for a in listed] == [
        ("f1", "warning"),
        ("f2", "error"),
        ("f3", "info"),
        ("f4", "error"),
    ]
    assert [a["href"] for a in page.of("a") if a.get("class") == "back"] == ["#m1", "#m2", "#m3"]
    for link in page.of("a"):
        assert page.named(str(link["href"])[1:])


def test_a_finding_across_sentences_is_marked_in_each_and_led_to_once() -> None:
    report = Report(kind=KIND.key, opening=[said("甲说。"), said("乙说。")])
    page = Page(render_webpage(report, PageOptions(), [Highlight(1, 4, "error", ("C1 不一致",))]))
    assert page.marked == ["说。", "乙"]
    assert [a["id"] for a in page.of("a") if "finding" in str(a.get("class"))] == ["m1"]


def test_blanks_are_shown_as_blanks() -> None:
    html = render_webpage(small(), PageOptions())
    assert '<span class="blank">【待补：人数】</span>' in html


def test_the_label_is_visible_and_machine_readable() -> None:
    html = render_webpage(small(), PageOptions(NOTE, LABEL))
    assert f'<p class="label" role="note">{NOTE}</p>' in html
    (label,) = [a["content"] for a in Page(html).of("meta") if a.get("name") == "AIGC"]
    assert json.loads(str(label)) == json.loads(LABEL)
    without = render_webpage(small(), PageOptions())
    assert "AIGC" not in without
    assert 'class="label"' not in without


def test_nothing_is_fetched_and_only_our_own_style_is_allowed() -> None:
    page = Page(render_webpage(small(), PageOptions(NOTE, LABEL), [highlight(small(), "12次")]))
    (policy,) = [a["content"] for a in page.of("meta") if a.get("http-equiv") == "Content-Security-Policy"]
    digest = base64.b64encode(hashlib.sha256(page.style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert {tag for tag, _ in page.elements} <= {
        *("html", "head", "meta", "title", "style", "body", "main", "p", "article", "h1", "h2", "h3", "span", "a"),
        *("mark", "wbr", "br", "section", "ol", "li", "div", "table", "thead", "tbody", "tr", "th", "td"),
    }
    names = {name for _, attributes in page.elements for name in attributes}
    assert not {name for name in names if name.startswith("on")} | (names & {"src", "srcset", "style", "action"})
    assert "url(" not in page.style
    assert "@import" not in page.style
    assert "@media print" in page.style
    assert "prefers-color-scheme: dark" in page.style


ATTACKS = (
    "<script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "<a href=javascript:alert(1)>x</a>",
    "<!--><script>alert(1)</script>-->",
    "]]><script>x</script>",
    "&lt;script&gt;&#x3c;script&#x3e;",
    "<iframe srcdoc='<script>1</script>'>",
    "<base href=//evil.example>",
    '<meta http-equiv="refresh" content="0;url=//evil.example">',
    "\x00<scr\x00ipt>\x1b[31m\u202e\ufffe",
    "{{7*7}}${7*7}<%= 7 %>",
)


def hostile(text: str) -> Report:
    """A report with the same words in every field that holds any."""
    citation = Citation(passage_id=text, document_id=text, title=text, locator=text, quote=text)

    def one() -> Sentence:
        return Sentence(text=text, citations=[citation], facts=[text], worded_by=text, gap=None)

    item = Item(ordinal=text, heading=one(), sentences=[one()], items=[Item(ordinal="1.", heading=one())])
    return Report(
        kind=text,
        title=one(),
        recipient=one(),
        opening=[one()],
        parts=[Part(key=text, ordinal=text, heading=one(), lead=[one()], items=[item])],
        attachments=[one()],
        signature=one(),
        date=one(),
        after=[one()],
        trailing=text,
        unit=text,
        as_of=dt.date(2026, 1, 8),
        annexes=[Annex(title=one(), paragraphs=[one()], table=Table(rows=[[text, text], [text, text]]))],
    )


@pytest.mark.parametrize("text", ATTACKS)
def test_no_text_becomes_markup(text: str) -> None:
    report = hostile(text)
    marks = [Highlight(0, 10**6, text, (text, text)), Highlight(3, 9, "error", (text,))]
    calm = Page(render_webpage(hostile("甲" * len(text)), PageOptions(NOTE, LABEL), marks))
    page = Page(render_webpage(report, PageOptions(text, text), marks))
    allowed = {tag for tag, _ in calm.elements}
    assert {tag for tag, _ in page.elements} <= allowed | {"span"}
    assert {name for _, a in page.elements for name in a} <= {name for _, a in calm.elements for name in a}
    assert page.comments == []
    assert all(str(a["href"]).startswith("#") for a in page.of("a"))
    assert len(page.of("meta")) == len(calm.of("meta"))
    seen = "".join(c for c in text if c.isprintable() and c != "\ufffe")
    assert squeezed(seen.replace("\u202e", "")) in squeezed(page.article.replace("\u202e", ""))


@settings(max_examples=100)
@given(st.text(max_size=40).filter(str.strip))
def test_any_text_stays_text(text: str) -> None:
    plain = Page(render_webpage(Report(kind=KIND.key, opening=[said("甲")]), PageOptions()))
    page = Page(render_webpage(Report(kind=KIND.key, opening=[said(text)]), PageOptions()))
    assert {tag for tag, _ in page.elements} <= {tag for tag, _ in plain.elements} | {"span"}
