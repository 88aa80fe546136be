"""Web pages: the article with its headings, lists, tables and attachments, and nothing of the site around it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nigao.corpus.model import RefusalReason
from nigao.corpus.readers import SourceText, parse_document
from nigao.errors import AdmissionError

PARAGRAPHS = (
    "各科室、各单位：",
    "一、总体要求",
    "坚持以群众满意为标准，把政务服务质量摆在突出位置，全年办理事项12.6万件，按期办结率99.8%，群众评价好的占98.5%。",
    "二、主要任务",
    "推进一窗受理、跨省通办和数据共享，平均等候时间由42分钟缩短到15分钟，窗口人员由96名精简到61名，全部实行轮岗。",
)
AROUND_ABOVE = """
<div class="top"><ul class="nav"><li><a href="/">首页</a></li><li><a href="/zw">政务公开</a></li></ul>
<form><input value="搜索词"><button>搜索</button></form></div>
<div class="crumbs">当前位置：<a>首页</a> &gt; <a>政务公开</a> &gt; 正文</div>
<h1>关于优化窗口服务的通知</h1>
<div class="info">发布时间：2024-05-06　来源：市政务办　浏览次数：12</div>
<p>【字体：<a>大</a> <a>中</a> <a>小</a>】【<a>打印</a>】</p>
"""
AROUND_BELOW = """
<div class="bdsharebuttonbox">分享到：<a>微信</a><a>微博</a></div>
<p>上一篇：<a>另一个通知</a></p>
<div class="related"><h3>相关链接</h3><ul>
<li><a>解读：如何理解一窗受理，群众怎样办事。</a></li><li><a>图解：一图读懂，三分钟了解。</a></li></ul></div>
<div class="sidebar"><h3>热点</h3><p>今天气温下降，请注意保暖。</p></div>
<footer><p>版权所有：某某市人民政府，未经许可不得转载。</p><p>备案号：京ICP备00000000号</p></footer>
"""


def page(content: str, *, head: str = "", around: bool = True) -> bytes:
    above, below = (AROUND_ABOVE, AROUND_BELOW) if around else ("", "")
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><title>关于优化窗口服务的通知_某某市</title>{head}'
        "<script>var words = '脚本里的话，不是正文。';</script><style>p{content:'样式'}</style></head>"
        f"<body>{above}{content}{below}</body></html>"
    ).encode()


def read(data: bytes) -> SourceText:
    return parse_document(data, "a.html")


def lines(content: str) -> list[str]:
    return [block.text for block in read(page(content, around=False)).blocks]


BODY = "".join(f"<p>{words}</p>" for words in PARAGRAPHS)


@pytest.mark.parametrize(
    "container",
    [
        '<div class="content">{}</div>',
        '<div id="UCAP-CONTENT">{}</div>',
        '<div class="TRS_Editor"><div>{}</div></div>',
        "<article><section>{}</section></article>",
        "<table><tr><td>{}</td></tr></table>",
        '<div class="wrap"><div class="left"><div id="zoom">{}</div></div></div>',
    ],
)
def test_the_article_without_its_surroundings(container: str) -> None:
    source = read(page(container.format(BODY)))
    assert [block.text for block in source.blocks] == ["关于优化窗口服务的通知", *PARAGRAPHS]
    assert [block.level for block in source.blocks] == [1, 0, 1, 0, 1, 0]
    assert any("某某市" in margin for margin in source.margins)


def test_the_title_is_not_said_twice() -> None:
    split = "<p>关于优化窗口<br>服务的通知</p>"
    texts = [block.text for block in read(page(f"<div>{split}{BODY}</div>")).blocks]
    assert texts[:3] == ["关于优化窗口", "服务的通知", PARAGRAPHS[0]]


def test_attachments_and_links_within_sentences_stay() -> None:
    extra = '<p>依据<a href="x">《办事指南》</a>和<a href="y">《服务规范》</a>办理。</p>'
    extra += '<p>附件：1.<a href="1.doc">窗口事项清单</a></p><p>2.<a href="2.doc">办理流程图</a></p>'
    texts = [block.text for block in read(page(f"<div>{BODY}{extra}</div>")).blocks]
    assert texts[-3:] == ["依据《办事指南》和《服务规范》办理。", "附件：1.窗口事项清单", "2.办理流程图"]


def test_headings_lists_and_line_breaks() -> None:
    content = (
        "<h1>优化窗口服务的做法</h1><h2>一窗受理</h2><ol start=3><li>整合窗口。</li><li>精简人员。</li></ol>"
        "<h2>跨省通办</h2><ul><li>签订协议。</li></ul><p>第一行。<br>　　第二行<b>加粗</b>。</p>尾巴文字。"
    )
    source = read(page(content, around=False))
    assert [block.text for block in source.blocks] == [
        "优化窗口服务的做法",
        "一窗受理",
        "3. 整合窗口。",
        "4. 精简人员。",
        "跨省通办",
        "签订协议。",
        "第一行。",
        "第二行加粗。",
        "尾巴文字。",
    ]
    assert [block.level for block in source.blocks][:5] == [1, 1, 0, 0, 1]


def test_tables_of_data_with_merged_cells() -> None:
    rows = (
        "<tr><td>科室</td><td>事项</td><td>件数</td></tr>"
        "<tr><td rowspan=2>综合科</td><td><p>登记</p><p>（含变更）</p></td><td>12</td></tr>"
        "<tr><td>企业开办</td><td>8</td></tr><tr><td colspan=2>合计</td><td>20</td></tr>"
    )
    assert lines(f"{BODY}<table>{rows}</table>")[-3:] == [
        "科室：综合科；事项：登记 （含变更）；件数：12",
        "科室：综合科；事项：企业开办；件数：8",
        "科室：合计；件数：20",
    ]


def test_a_header_of_two_lines_and_a_row_across() -> None:
    rows = (
        "<tr><td rowspan=2>科　室</td><td colspan=2>2024年办件</td></tr><tr><td>受理</td><td>办结</td></tr>"
        "<tr><td colspan=3>一、窗口单位</td></tr><tr><td>综合科</td><td>12</td><td>11</td></tr>"
    )
    texts = lines(f"<table>{rows}</table>")
    assert texts == ["一、窗口单位", "科室：综合科；2024年办件受理：12；2024年办件办结：11"]


def test_a_line_broken_in_the_source_is_no_space() -> None:
    assert lines("<p>市政务办坚持\n      以群众满意为标准，plan\n 12 办结。</p>") == [
        "市政务办坚持以群众满意为标准，plan 12 办结。"
    ]


def test_hidden_words_are_no_evidence() -> None:
    hidden = (
        '<p style="display: none">隐藏一。</p><p hidden>隐藏二。</p><div aria-hidden="true">隐藏三。</div>'
        "<p style='font-size:0'>隐藏四。</p><template><p>隐藏五。</p></template><!-- 隐藏六。 -->"
        "<noscript>隐藏七。</noscript>"
    )
    assert "隐藏" not in read(page(f"<div>{BODY}{hidden}</div>")).text


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("gb2312", "gb18030"),
        ("gbk", "gb18030"),
        ("gb2312", "utf-8"),
        ("", "gb18030"),
        ("", "utf-8"),
    ],
)
def test_encodings_as_declared_or_as_they_are(declared: str, encoding: str) -> None:
    """A page saved again keeps its old declaration, so that one that does not read strictly is not believed."""
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    text = f"<html><head>{meta}</head><body><p>{PARAGRAPHS[2]}</p><p>朱镕基、㐂</p></body></html>"
    assert read(text.encode(encoding)).text == f"{PARAGRAPHS[2]}\n朱镕基、㐂"


def test_utf16_and_fragments() -> None:
    assert read(f"<p>{PARAGRAPHS[2]}</p>".encode("utf-16")).text == PARAGRAPHS[2]
    assert read(PARAGRAPHS[2].encode()).text == PARAGRAPHS[2]


def test_what_is_no_page() -> None:
    with pytest.raises(AdmissionError) as caught:
        read(b"\x89PNG\r\n\x1a\n\x00\x00")
    assert caught.value.reason == RefusalReason.UNREADABLE
    assert read(b"<html></html>").text == ""


def test_deep_nesting_is_read_or_refused_but_never_cut() -> None:
    assert read(b"<div>" * 200 + "办结。".encode()).text == "办结。"
    with pytest.raises(AdmissionError) as caught:
        read(b"<div>" * 5_000 + "办结。".encode())
    assert caught.value.reason == RefusalReason.UNREADABLE


def test_a_list_without_sentences_beside_a_paragraph_is_not_lost() -> None:
    names = "".join(f"<p>{name}（市政务办）</p>" for name in ("张三", "李四", "王五", "赵六", "孙七", "周八"))
    content = f"<div><div><p>{PARAGRAPHS[2]}</p></div><div>{names}</div></div>"
    assert lines(content)[-1] == "周八（市政务办）"


@settings(max_examples=40)
@given(
    st.lists(
        st.sampled_from(["<p>", "</p>", "<td>", "<table>", "</div>", "<ol>", "<li>", "<h2>", "办结。", "&lt;", "<"])
    )
)
def test_any_tag_soup_is_read(tags: list[str]) -> None:
    source = read("".join(tags).encode())
    # Every visible word is told at least once; a table's header again in each row.
    assert source.text.count("办结。") >= tags.count("办结。") or "table" in "".join(tags) or "<h2>" in tags
