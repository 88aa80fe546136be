"""L6xx, the text: title, 主送机关, body, headings, 附件说明, 署名 and 成文日期, 附件, as a Word file sets them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from nigao.checks.context import CheckContext
from nigao.checks.finding import Severity
from nigao.checks.layout_places import grouped, mendable, place_of, quoted
from nigao.checks.registry import Authority, Example, Mark, rule
from nigao.report.departures import (
    coloured,
    missing_blank,
    wrong_closing,
    wrong_indent,
    wrong_looks,
    wrong_note,
    wrong_title,
)
from nigao.report.gbt9704 import LAYOUTS, size_name
from nigao.report.model import Report
from nigao.report.wordlayout import HEADINGS, LaidParagraph, Role, WordLayout
from nigao.text.titlelines import MAX_WIDTH, cut_words, display_width, has_shape, title_lines

_STANDARD = "GB/T 9704—2012 第"
_Found = list[tuple[LaidParagraph, str]]


def _looks(layout: WordLayout, *roles: Role) -> _Found:
    """The paragraphs of these roles with what each is set in, where that is not the role's font and size."""
    return [(p, f"为{looks[0]}") for p in layout.of(*roles) if (looks := wrong_looks(p))]


def _indents(layout: WordLayout, *roles: Role) -> _Found:
    return [(p, said) for p in layout.of(*roles) if (said := wrong_indent(p))]


def _attachment_heads(layout: WordLayout) -> _Found:
    found: _Found = []
    for paragraph in layout.of(Role.ATTACHMENT_HEAD):
        one = WordLayout(layout.sections, (paragraph,))
        parts = [said for _, said in (*_indents(one, paragraph.role), *_looks(one, paragraph.role))]
        parts += [] if paragraph.starts_page else ["未另面编排"]
        found += [(paragraph, "、".join(parts))] if parts else []
    return found


def _due(role: Role) -> str:
    layout = LAYOUTS[role]
    return f"{size_name(layout.size)}{layout.font}"


@rule(
    "L605",
    Severity.WARNING,
    "标题排法不合要求",
    why="标题一般用2号小标宋体字，居中排布；小标宋本身是粗体字形，不再加粗。",
    basis=_STANDARD + "7.3.1条",
    authority=Authority.STANDARD,
    bad=Example("标题用三号宋体加粗，居左"),
    good=Example("标题用二号小标宋体，居中，不加粗"),
)
def title(report: Report, context: CheckContext) -> Iterator[Mark]:
    """Font, size, place and weight of the title, told together."""
    titles = context.layout.of(Role.TITLE) if context.layout is not None else []
    said: list[str] = []
    for paragraph in titles:
        said += [f"为{look}" for look in wrong_looks(paragraph)[:1]] + wrong_title(paragraph)
    if said and context.layout is not None:
        words = "，".join(dict.fromkeys(said))
        place = place_of(titles[0], context.text(report), context.layout)
        advice = f"标题改为{_due(Role.TITLE)}，居中，不加粗"
        yield Mark(f"标题“{quoted(titles[0])}”{words}", at=place, suggestion=advice + mendable("L605"))


@rule(
    "L606",
    Severity.INFO,
    "标题回行不成梯形或菱形",
    why="标题回行时，要做到词意完整，排列对称，长短适宜，间距恰当，排成梯形或菱形；任由自动换行往往把词拆开，末行只剩一两个字。",
    basis=_STANDARD + "7.3.1条",
    authority=Authority.STANDARD,
    bad=Example("标题两行一样长，或在词中间断开"),
    good=Example("标题两行一长一短，词意完整"),
)
def title_shape(report: Report, context: CheckContext) -> Iterator[Mark]:
    """A title of several lines without the shape, cut inside a word, or too long and not broken at all."""
    titles = context.layout.of(Role.TITLE) if context.layout is not None else []
    if context.layout is None or not titles:
        return
    lines = [line for paragraph in titles for line in paragraph.lines]
    whole = "".join(lines)
    torn = cut_words(lines)
    if any(display_width(line) > MAX_WIDTH + 1 for line in lines):
        said = "标题超过一行而未分行" if len(lines) == 1 else "标题有一行排不下"
    elif torn:
        said = f"标题回行把“{torn[0]}”拆在两行"
    elif len(lines) > 1 and not has_shape([display_width(line) for line in lines]):
        said = "标题各行长短没有排成梯形或菱形"
    else:
        return
    advice = "建议分行：" + " / ".join(title_lines(whole))
    yield Mark(said, at=place_of(titles[0], context.text(report), context.layout), suggestion=advice)


def _each(
    code: str, found: Callable[[WordLayout], _Found], what: str, suggestion: str, counted: str = "段"
) -> Callable[[Report, CheckContext], Iterator[Mark]]:
    """A rule that tells all its paragraphs as one finding."""

    def check(report: Report, context: CheckContext) -> Iterator[Mark]:
        layout = context.layout
        said = found(layout) if layout is not None else []
        if said and layout is not None:
            mark = grouped(code, said, context.text(report), layout, what=what, suggestion=suggestion, counted=counted)
            if mark is not None:
                yield mark

    return check


rule(
    "L607",
    Severity.WARNING,
    "主送机关未顶格或字体不合",
    why="主送机关编排于标题下空一行位置，居左顶格，回行时仍顶格，用3号仿宋体字。",
    basis=_STANDARD + "7.3.2条",
    authority=Authority.STANDARD,
    bad=Example("主送机关首行缩进二字"),
    good=Example("主送机关居左顶格"),
)(
    _each(
        "L607",
        lambda layout: _indents(layout, Role.RECIPIENT) or _looks(layout, Role.RECIPIENT),
        "主送机关",
        f"主送机关居左顶格，用{_due(Role.RECIPIENT)}",
    )
)

rule(
    "L608",
    Severity.WARNING,
    "正文不是三号仿宋",
    why="正文一般用3号仿宋体字，特定情况可以适当调整；混用字体字号多是粘贴留下的痕迹。",
    basis=_STANDARD + "7.3.3条、第5.2.2条",
    authority=Authority.STANDARD,
    bad=Example("正文用四号宋体"),
    good=Example("正文用三号仿宋"),
)(
    _each(
        "L608",
        lambda layout: _looks(layout, Role.BODY, Role.ATTACHMENT_NOTE, Role.SIGNATURE, Role.DATE),
        "正文",
        f"改为{_due(Role.BODY)}",
    )
)

rule(
    "L609",
    Severity.WARNING,
    "自然段没有左空二字",
    why="每个自然段左空二字，回行顶格；标题序数所在的段也是一段。",
    basis=_STANDARD + "7.3.3条",
    authority=Authority.STANDARD,
    bad=Example("正文顶格"),
    good=Example("正文首行缩进2字符"),
)(_each("L609", lambda layout: _indents(layout, Role.BODY, *HEADINGS.values()), "正文", "首行缩进2字符"))

rule(
    "L610",
    Severity.WARNING,
    "层次标题字体不合",
    why="结构层次一般第一层（一、）用黑体字，第二层（（一））用楷体字，第三层（1.）和第四层（（1））用仿宋体字，都是3号。",
    basis=_STANDARD + "7.3.3条",
    authority=Authority.STANDARD,
    bad=Example("“一、”级标题用仿宋加粗"),
    good=Example("“一、”级标题用黑体，“（一）”级用楷体"),
)(
    _each(
        "L610",
        lambda layout: [
            (p, f"{LAYOUTS[p.role].name}{said}，不是{_due(p.role)}") for p, said in _looks(layout, *HEADINGS.values())
        ],
        "层次标题",
        "第一层用黑体，第二层用楷体，第三、四层用仿宋，均为三号",
        "处",
    )
)

rule(
    "L612",
    Severity.WARNING,
    "附件说明排法不合要求",
    why="附件说明在正文下空一行、左空二字编排“附件”二字，多个附件用阿拉伯数字标顺序号。",
    basis=_STANDARD + "7.3.4条",
    authority=Authority.STANDARD,
    bad=Example("“附件：”顶格"),
    good=Example("“附件：”左空二字"),
)(_each("L612", lambda layout: _indents(layout, Role.ATTACHMENT_NOTE), "附件说明", "“附件：”左空二字", "行"))

rule(
    "L613",
    Severity.WARNING,
    "附件说明写法不合要求",
    why="“附件”后标全角冒号和附件名称，多个附件用阿拉伯数字标注顺序号，附件名称后不加标点符号。",
    basis=_STANDARD + "7.3.4条",
    authority=Authority.STANDARD,
    bad=Example("附件：一、整改台账。"),
    good=Example("附件：1. 整改台账"),
)(
    _each(
        "L613",
        lambda layout: [(p, said) for p in layout.of(Role.ATTACHMENT_NOTE) if (said := wrong_note(p))],
        "附件说明",
        "写成“附件：1. ××××”，名称后不加标点",
        "行",
    )
)

rule(
    "L614",
    Severity.WARNING,
    "署名或成文日期位置不合",
    why="不加盖印章的，署名右空二字，成文日期首字比署名首字右移二字；加盖印章的，成文日期右空四字，署名以成文日期为准居中。",
    basis=_STANDARD + "7.3.5条",
    authority=Authority.STANDARD,
    bad=Example("署名和成文日期靠右顶边"),
    good=Example("署名右空二字，成文日期比署名右移二字"),
)(_each("L614", wrong_closing, "署名和成文日期", "署名右空二字，成文日期首字比署名首字右移二字", "行"))

rule(
    "L617",
    Severity.WARNING,
    "“附件”字样排法不合要求",
    why="附件另面编排；“附件”二字及顺序号用3号黑体字，顶格编排在版心左上角第一行。",
    basis=_STANDARD + "7.3.7条",
    authority=Authority.STANDARD,
    bad=Example("“附件1”接排在正文页上，用仿宋"),
    good=Example("“附件1”另起一页，三号黑体顶格"),
)(
    _each(
        "L617",
        _attachment_heads,
        "“附件”字样",
        f"附件另起一页，“附件”及顺序号用{_due(Role.ATTACHMENT_HEAD)}顶格",
        "处",
    )
)

rule(
    "L618",
    Severity.WARNING,
    "该空一行的地方没有空",
    why="主送机关编排于标题下空一行位置；附件说明在正文下空一行，署名在正文（或附件说明）下空一行。",
    basis=_STANDARD + "7.3.2、7.3.4、7.3.5条",
    authority=Authority.STANDARD,
    bad=Example("标题下一行就是主送机关"),
    good=Example("标题与主送机关之间空一行"),
)(
    _each(
        "L618",
        lambda layout: [(p, f"{where}没有空行") for p, where in missing_blank(layout)],
        "",
        "在此处之上空一行",
        "处",
    )
)

rule(
    "L619",
    Severity.INFO,
    "文字不是黑色",
    why="如无特殊说明，公文中文字的颜色均为黑色；彩色文字多是修改时留下的标记或从网页粘贴来的。",
    basis=_STANDARD + "5.2.4条",
    authority=Authority.STANDARD,
    bad=Example("正文有红字"),
    good=Example("正文全为黑色"),
)(
    _each(
        "L619",
        lambda layout: [(p, f"“{words[:12]}”") for p in layout.paragraphs if (words := coloured(p))],
        "彩色文字",
        "核实后改为黑色（自动）",
        "处",
    )
)
