"""T: punctuation after GB/T 15834—2011. The patterns are in `text`; here is what each means and how binding it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from nigao.checks.context import CheckContext
from nigao.checks.finding import Fix, Severity
from nigao.checks.registry import Authority, Example, Mark, rule
from nigao.report.model import Report
from nigao.text import listing, ordinalmarks, pairs, punctuation, spacing
from nigao.text.faults import Fault

_LONGEST_SHOWN = 24
# GB/T standards are recommended ones; for official documents the regulation makes them binding.
_BINDING = "《党政机关公文处理工作条例》第十一条：公文的数字、标点符号等按照有关国家标准执行"


def punctuation_standard(clauses: str) -> str:
    """The basis of a rule that rests on these clauses of the standard on punctuation."""
    return f"GB/T 15834—2011 {clauses}；{_BINDING}"


def numeral_standard(clauses: str) -> str:
    """The basis of a rule that rests on these clauses of the standard on numerals."""
    return f"GB/T 15835—2011 {clauses}；{_BINDING}"


def marks(text: str, find: Callable[[str], Iterable[Fault]], advice: str = "") -> Iterator[Mark]:
    """What `find` finds in the text, as marks; `advice` is what to do where the fix does not say it."""
    for fault in find(text):
        words = text[fault.start : fault.end].replace("\n", "")
        shown = words if len(words) <= _LONGEST_SHOWN else f"{words[: _LONGEST_SHOWN - 6]}……{words[-4:]}"
        yield Mark(
            f"“{shown}”{fault.note}",
            at=(fault.start, fault.end),
            suggestion=advice or _advice(fault),
            fix=Fix(text=fault.fix, safe=fault.safe) if fault.fix is not None else None,
        )


def _advice(fault: Fault) -> str:
    if fault.fix is None:
        return "对照上下文更正"
    return f"改为“{fault.fix}”" if fault.fix else "删去"


@rule(
    "T501",
    Severity.WARNING,
    "中文里用了半角标点",
    why="中文语段中的逗号、句号、分号、冒号、问号、叹号和括号应当用中文（全角）形式，半角标点多为输入法切换留下的。",
    basis=punctuation_standard("4.1.2、4.4.2、4.6.2、4.7.2、4.9.2（各标点的形式），5.1"),
    authority=Authority.STANDARD,
    bad=Example("全年完成移交档案三批,其中(含电子档案)一批。"),
    good=Example("全年完成移交档案三批，其中（含电子档案）一批，比例为1:2，开放时间为8:30。"),
)
def half_width_marks(report: Report, context: CheckContext) -> Iterator[Mark]:
    yield from marks(context.text(report), punctuation.half_width)


@rule(
    "T502",
    Severity.WARNING,
    "中文里用了直引号",
    why="中文的引号应当是“”和‘’，不分左右的直引号是西文打字机的形式。",
    basis=punctuation_standard("4.8.2"),
    authority=Authority.STANDARD,
    bad=Example('认真落实"首问负责"制度。'),
    good=Example("认真落实“首问负责”制度。"),
)
def straight_quotation_marks(report: Report, context: CheckContext) -> Iterator[Mark]:
    yield from marks(context.text(report), punctuation.straight_quotes)


@rule(
    "T503",
    Severity.WARNING,
    "引号、括号或书名号不成对",
    why="引号、括号、书名号应当前后成对；缺了一半，读者分不清引文、注释或者文件名到哪里为止。",
    basis=punctuation_standard("4.8.2、4.9.2、4.15.2、5.1.3"),
    authority=Authority.STANDARD,
    bad=Example("修订印发《云汀市档案查阅办法，明确查阅程序。"),
    good=Example("修订印发《云汀市档案查阅办法》，明确1）登记、2）核验两个环节。"),
)
def unpaired_marks(report: Report, context: CheckContext) -> Iterator[Mark]:
    text = context.text(report)
    # A single line may be cut from a longer quotation.
    fragment = "\n" not in text.strip()
    for mark in marks(text, pairs.unpaired, "补上另一半，或删去多余的一半"):
        place = mark.at or (0, 0)
        if not (fragment and text[place[0]] in "“”『』「」" and mark.fix is None):
            yield mark


@rule(
    "T504",
    Severity.WARNING,
    "引号或书名号的内外层次不对",
    why="引号里再用引号，外面用双引号、里面用单引号；书名号里再用书名号，里面用单书名号。",
    basis=punctuation_standard("4.8.3.4、4.15.3.5"),
    authority=Authority.STANDARD,
    bad=Example("转发《关于印发《云汀市档案查阅办法》的通知》。"),
    good=Example("转发《关于印发〈云汀市档案查阅办法〉的通知》，提出“让‘死档案’活起来”。"),
)
def wrongly_nested(report: Report, context: CheckContext) -> Iterator[Mark]:
    yield from marks(context.text(report), pairs.nested)


@rule(
    "T505",
    Severity.WARNING,
    "标点连用",
    why="一处停顿只用一个点号；两个连在一起，多为删改文字时留下的。",
    basis=punctuation_standard("4.1—4.7（点号的用法），5.1.1"),
    authority=Authority.STANDARD,
    bad=Example("全年接待查档群众三百人次，、办理证明九十份。。"),
    good=Example("全年接待查档群众三百人次，办理证明九十份。"),
)
def doubled_marks(report: Report, context: CheckContext) -> Iterator[Mark]:
    yield from marks(context.text(report), punctuation.doubled, "只留一个")


@rule(
    "T506",
    Severity.WARNING,
    "标点的位置不对",
    why="点号和引号、括号、书名号的后一半不出现在一行之首；引号、括号内侧不多用点号，引号内已有句号的，外面不再用。",
    basis=punctuation_standard("5.1.1、5.1.3、B.2.1、B.2.2"),
    authority=Authority.STANDARD,
    bad=Example("修订查阅制度（含登记、核验、），做到“有登记。”。"),
    good=Example("修订查阅制度（含登记、核验），做到“有登记”。"),
)
def misplaced_marks(report: Report, context: CheckContext) -> Iterator[Mark]:
    text = context.text(report)
    for mark in marks(text, punctuation.misplaced):
        # A sentence broken off by a line break was so cut by a conversion: the mark is where its writer put it.
        broken = mark.at is not None and punctuation.is_broken_off(text, mark.at[0])
        yield replace(mark, severity=Severity.INFO) if broken else mark


@rule(
    "T507",
    Severity.WARNING,
    "省略号不规范",
    why="省略号的形式是“……”，占两个字的位置；用了省略号，一般不再用“等”。",
    basis=punctuation_standard("4.11.2、5.1.5"),
    authority=Authority.STANDARD,
    bad=Example("接收文书、会计、照片...等门类档案。"),
    good=Example("接收文书、会计、照片等门类档案。有群众问：“要是找不到……”"),
)
def ellipsis_form(report: Report, context: CheckContext) -> Iterator[Mark]:
    yield from marks(context.text(report), punctuation.ellipses)


@rule(
    "T508",
    Severity.WARNING,
    "破折号不规范",
    why="破折号的形式是“——”，占两个字的位置，不用连字符代替。",
    basis=punctuation_standard("4.10.2、5.1.4"),
    authority=Authority.STANDARD,
    bad=Example("建成全市第一个数字档案室--云汀数字档案室。"),
    good=Example("建成全市第一个数字档案室——云汀数字档案室。"),
)
def dash_form(report: Report, context: CheckContext) -> Iterator[Mark]:
    yield from marks(context.text(report), punctuation.dashes)


@rule(
    "T509",
    Severity.INFO,
    "并列的引号或书名号之间用了顿号",
    why="标有引号、书名号的并列成分之间通常不用顿号，引号和书名号已经把它们隔开。标准说的是“通常”，用了不算错；全文两种写法并用的才作提醒。",
    basis=punctuation_standard("4.5.3.5"),
    authority=Authority.STANDARD,
    bad=Example("开展“档案进社区”、“档案进校园”活动。"),
    good=Example("开展“档案进社区”“档案进校园”活动，学习《档案法》（2020年修订）、《档案法实施条例》。"),
)
def marks_between_closed(report: Report, context: CheckContext) -> Iterator[Mark]:
    text = context.text(report)
    mixed = listing.writes_closed_lists_bare(text)
    found = list(listing.between_closed(text))
    # A text that always writes them has its own style: one note will do.
    for fault in found if mixed else found[:1]:
        titles = text[fault.start - 1] == "》"
        note = "本文另有不用的" if mixed else f"本文共{len(found)}处"
        yield Mark(
            f"并列的{'书名号' if titles else '引号'}之间通常不用顿号，{note}",
            at=(fault.start, fault.end),
            suggestion="删去中间的顿号",
            severity=Severity.WARNING if mixed else None,
            fix=Fix(text=fault.fix or "", safe=mixed),
        )


@rule(
    "T510",
    Severity.WARNING,
    "顿号后面又用“和”",
    why="最后两个并列成分用“和”“及”“或”连接时，前面一般不再用顿号。",
    basis="GB/T 15834—2011 4.5.3.1 的通行解释",
    authority=Authority.PRACTICE,
    bad=Example("负责档案的接收、整理、和利用工作。"),
    good=Example("负责档案的接收、整理和利用，营造团结、奋进、和谐的氛围。"),
)
def mark_before_and(report: Report, context: CheckContext) -> Iterator[Mark]:
    yield from marks(context.text(report), listing.before_and)


@rule(
    "T511",
    Severity.WARNING,
    "“等”前面用了顿号",
    why="并列成分之间用顿号，末尾用“等”收住时，“等”前面不用顿号或其他点号。",
    basis=punctuation_standard("B.1.2"),
    authority=Authority.STANDARD,
    bad=Example("接收文书、会计、照片、等门类档案。"),
    good=Example("接收文书、会计、照片等门类档案，实行分级授权、等级评定。"),
)
def mark_before_etc(report: Report, context: CheckContext) -> Iterator[Mark]:
    yield from marks(context.text(report), listing.before_etc)


@rule(
    "T512",
    Severity.WARNING,
    "序号后面的标点不对",
    why="“一”后用顿号，“1”后用下脚点，加括号的序号后不用点号，“第一”“首先”后用逗号，“一是”后不用点号。",
    basis=punctuation_standard("B.2.5") + "；GB/T 9704—2012 7.3.3",
    authority=Authority.STANDARD,
    bad=Example("（一）、健全制度\n1、修订查阅办法。"),
    good=Example("（一）健全制度\n1.修订查阅办法。坚持质量第一、效益优先，3、4月份集中清点。"),
)
def marks_behind_ordinals(report: Report, context: CheckContext) -> Iterator[Mark]:
    text = context.text(report)
    lone = ordinalmarks.has_one_figure(text)
    for mark in marks(text, ordinalmarks.ordinal_marks):
        # A single 1、 is no list: it may be quoted from one.
        figure = mark.at is not None and text[mark.at[0] - 1].isdigit()
        yield replace(mark, severity=Severity.INFO) if lone and figure else mark


@rule(
    "T513",
    Severity.WARNING,
    "标题末尾用了标点",
    why="标题独立成行，末尾通常不用标点符号。",
    basis=punctuation_standard("B.2.6"),
    authority=Authority.STANDARD,
    bad=Example("一、基本情况。\n云汀市档案服务中心内设三个科室。"),
    good=Example("一、基本情况\n云汀市档案服务中心内设三个科室。"),
)
def heading_ends_in_mark(report: Report, context: CheckContext) -> Iterator[Mark]:
    text = context.text(report)
    seen = context.seen(report)
    for part in report.parts:
        end = seen.offset(part.heading) + len(part.heading.text)
        # Items that are whole sentences (other) keep their 。; a heading that its text follows keeps its ：.
        alone = text[end : end + 1] in ("", "\n")
        if part.key != "other" and alone and re.search(r"[。，；、：]$", part.heading.text):
            yield Mark(
                f"标题“{part.heading.text}”独立成行，末尾不用标点",
                at=(end - 1, end),
                suggestion="删去末尾的标点",
                fix=Fix(text="", safe=True),
            )


@rule(
    "T514",
    Severity.WARNING,
    "中文中间有空格",
    why="中文语句的字与字、字与标点之间不留空格；空格多为复制网页、扫描识别时带进来的。",
    basis="GB/T 15834—2011 5.1（各标点所占位置）与公文排版惯例",
    authority=Authority.PRACTICE,
    bad=Example("全年接待查档群众三百人次， 办理证 明九十份。"),
    good=Example("第三条　查阅档案应当登记，由张　三、李　四核验。"),
)
def spaces_in_text(report: Report, context: CheckContext) -> Iterator[Mark]:
    yield from marks(context.text(report), spacing.spaces, "删去空格")


@rule(
    "T515",
    Severity.INFO,
    "数字与汉字之间有空格",
    why="公文里的数字与汉字之间一般不留空格。",
    basis="公文排版惯例",
    authority=Authority.PRACTICE,
    bad=Example("截至 2025 年底，馆藏档案九万卷。"),
    good=Example("截至2025年底，馆藏档案九万卷。"),
)
def spaces_by_figures(report: Report, context: CheckContext) -> Iterator[Mark]:
    yield from marks(context.text(report), spacing.figure_spaces, "删去空格")
