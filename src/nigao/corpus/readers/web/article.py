"""Find the article in a web page: by the marks that official sites put on it, else by where the sentences are."""

from __future__ import annotations

import re
from typing import Any

from nigao.corpus.readers.web.tables import BLOCKS, data_rows

_NEVER = frozenset(
    {"script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas", "audio", "video"}
    | {"button", "select", "input", "textarea", "label", "nav", "footer", "aside", "map", "dialog", "menu"}
)
_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "search", "complementary", "menu", "dialog", "alert", "tablist"}
)
# The names under which the usual content systems of Chinese official sites keep the article, surest first.
_MARKS = (
    "ucap-content",
    "trs_editor",
    "trs_uedit",
    "pages_content",
    "zoom",
    "article-content",
    "article_content",
    "artibody",
)
_AROUND = re.compile(
    r"(?:^|[-_\s])(?:nav(?:bar|igation|list)?|menu|bread(?:crumb)?s?|crumbs?|location|position|share|bdshare\w*|social|"
    r"related|relate|relation|recommend|side(?:bar)?|foot(?:er)?|copyright|top-?bar|toolbar|tools?|pagination|pager|"
    r"comments?|login|search|banner|ads?|qr-?code|ewm|erweima|print|friend-?links?|site-?map|popup|modal)(?:$|[-_\s])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])", re.IGNORECASE)
_TOOL = re.compile(
    r"(?:【|\[|（|\()?\s*(?:打印(?:本页|此页|文章)?|关闭(?:窗口|本页)?|收藏|返回(?:顶部|列表|首页)?|我要纠错|纠错|分享(?:到|至)?|字体|字号"
    r"|扫一扫\S*|上一[篇页条]|下一[篇页条]|责任编辑|责编|浏览(?:次数|量)|点击(?:次数|量)|访问(?:次数|量)|阅读(?:次数|量)"
    r"|相关(?:链接|新闻|阅读|文章|稿件|推荐)|(?:您)?(?:当前|现在|所在)的?位置)(?=$|[\s:：】\])）|｜/、·大中小])"
)
# When and by whom the page was put on the site, in one line.
_PUBLISHED = re.compile(
    r"(?:发布|更新|时间|日期|来源|信息来源|作者|编辑|点击|浏览)[^：:，。]{0,6}[：:][^，。；]*\d{4}\s*[-/.年]\s*\d{1,2}[^，。；]*\Z"
)
_TOOL_CHARS = 60
_FOOT = re.compile("版权所有|(?i:copyright)|.{0,40}(?:ICP备|公网安备|网站标识码)")
_SENTENCE = re.compile("[，。；：、！？]")
# An element holds the article if it holds this much of the page's sentences and of all words that are no links.
_HOLDS, _HOLDS_WORDS = 0.8, 0.75
_TITLE_CUT = re.compile(r"\s*[_|｜]\s*|\s+[-–—]+\s+|[-–—]{2,}")
_TITLE_CHARS = 120

# lxml elements come without types; they are read here and go no further.
_Element = Any


def article(root: _Element) -> tuple[_Element, str]:
    """The element that holds the article, cleared of what is not shown or not of it; and the page's title."""
    body = root.body
    for element in [element for element in body.iter() if _is_around(element)]:
        if element.getparent() is not None and element is not body:
            element.drop_tree()
    found = _marked(body)
    if found is None:
        found = _densest(body)
    title = _title(root, found)
    _drop_link_lists(found)
    return found, title


def is_tool_line(text: str) -> bool:
    """Whether a line is a button, a counter or a crumb of the site: 【打印】, 浏览次数：3, 上一篇：…"""
    short = len(text) <= _TOOL_CHARS and "。" not in text
    return short and any(pattern.match(text) for pattern in (_TOOL, _PUBLISHED, _FOOT))


def _names(element: _Element) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _is_around(element: _Element) -> bool:
    if not isinstance(element.tag, str) or element.tag in _NEVER or element.get("role", "").lower() in _ROLES:
        return True
    if (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or _HIDDEN.search(element.get("style") or "")
    ):
        return True
    if element.tag == "header":
        return element.find(".//h1") is None
    # A name alone does not condemn what carries the sentences: class="content position".
    return element.tag in BLOCKS and _AROUND.search(_names(element)) is not None and _prose(element) < 200


def _marked(body: _Element) -> _Element | None:
    """The element that bears one of the known marks and holds text; the outermost of each."""
    enough = _HOLDS / 2 * _prose(body)
    for mark in _MARKS:
        for element in body.iter():
            names = _names(element).lower()
            named = mark in names.split() or (mark.startswith("trs") and mark in names)
            if named and _prose(element) >= enough:
                return element
    for element in body.iter("article", "main"):
        if _prose(element) >= enough:
            return element
    return None


def _prose(element: _Element) -> int:
    """Characters of the pieces of text outside links that read as sentences."""
    total = 0
    for node in element.iter():
        if isinstance(node.tag, str) and node.tag != "a":
            total += _sentence_chars(node.text)
        if node is not element:
            total += _sentence_chars(node.tail)
    return total


def _sentence_chars(text: str | None) -> int:
    squeezed = "".join((text or "").split())
    if is_tool_line(squeezed):
        return 0
    return len(squeezed) if _SENTENCE.search(squeezed) or len(squeezed) > 30 else 0


def _densest(body: _Element) -> _Element:
    """The deepest block that holds most of the page: of its sentences, and of its words, since a list has none."""
    found, total = body, _prose(body)
    while total:
        inner = [child for child in found if child.tag in BLOCKS and child.tag not in ("p", "li")]
        best = max(inner, key=_prose, default=None)
        if best is None or _prose(best) < _HOLDS * total or (best.tag == "table" and data_rows(best)):
            break
        if _words(best) < _HOLDS_WORDS * _words(found):
            break
        found = best
    return found


def _words(element: _Element) -> int:
    """Characters outside links."""
    linked = sum(len("".join(link.text_content().split())) for link in element.iter("a"))
    return len("".join(element.text_content().split())) - linked


def _title(root: _Element, found: _Element) -> str:
    """What the page calls itself: by its metadata, its one main heading, or the first part of its window's title."""
    for meta in root.iter("meta"):
        if (meta.get("name") or "").lower() == "articletitle" and (meta.get("content") or "").strip():
            return " ".join(meta.get("content").split())
    headings = [" ".join(h.text_content().split()) for h in root.body.iter("h1") if h.text_content().strip()]
    if len(headings) == 1:
        return headings[0][:_TITLE_CHARS]
    # The window's title counts only where the page says it as well.
    said = "".join(root.body.text_content().split())
    windows = [_TITLE_CUT.split(title.text_content().strip())[0].strip() for title in root.iter("title")]
    return windows[0][:_TITLE_CHARS] if windows and "".join(windows[0].split()) in said else ""


def _drop_link_lists(found: _Element) -> None:
    """Lists of links to other pages; a link or two to an attachment, or one within a sentence, stay."""
    for element in list(found.iter("ul", "ol", "div", "dl", "p", "table")):
        if element is found or element.getparent() is None:
            continue
        text = "".join(element.text_content().split())
        links = [link for link in element.iter("a") if link.text_content().strip()]
        linked = sum(len("".join(link.text_content().split())) for link in links)
        if len(links) >= 2 and linked > 0.6 * len(text) and "附件" not in text and not text.endswith(("。", "；")):
            element.drop_tree()
