"""The wordings by which a text gives orders to a language model, and what tells them from orders to people.

They are read on a folded text without white space (see `instructions.py`). Official documents are full of 请, 要 and
指示, so a word alone never counts: a rule wants the order together with whom it is for, or with what it would undo.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

OVERRIDE = "要求忽略先前的指示"
ADDRESS = "对模型或智能助手说话"
LEAK = "要求透露或隐瞒提示词"
DICTATION = "替拟稿的模型指定写法或结论"

Guard = Callable[[str, Collection[int], re.Match[str]], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """A wording, why it counts, and what must hold around it: `guard(folded text, line starts, match)`."""

    why: str
    pattern: re.Pattern[str]
    guard: Guard | None = None


_OPENERS = frozenset("\n。,;:!?、.()[]【】“”\"'‘’《》<>「」—…/|{}")
_LOOK_BACK = 24
# No entry is made of others, so that there is one way to read a run of them.
_LEAD = re.compile(
    "(?:请|你|您|们|务必|必须|现在|立即|马上|首先|应当?|需|要|可以?|直接|完全|彻底|并且?|然后|接下来|从现在(?:起|开始)|从此刻起|麻烦|帮我"
    "|[一二三四五六七八九]是|注意|重要|警告|人工智能|大?语言模型|大模型|模型|助手|ai|please|you|must|should|now|just|then|and|[,:!])+\\Z"
)
_ADDRESSED = re.compile("[请你您]|模型|助手|人工智能|ai|please|you")
_NOT = re.compile("(?:not|never|n['’]t|不[要得可能会应]?|勿|禁|严禁|防止|避免)\\Z")
_CONDITION = re.compile("[如若凡]|的,")


def _lead(text: str, start: int) -> str:
    found = _LEAD.search(text[max(0, start - _LOOK_BACK) : start])
    return found.group() if found else ""


def _opens(text: str, lines: Collection[int], match: re.Match[str]) -> bool:
    """Whether the match begins a clause, save for 请, 现在 and the like before it."""
    start = match.start()
    begin = start - len(_lead(text, start))
    opened = begin == 0 or not _OPENERS.isdisjoint(text[begin - 1 : start])
    return opened or any(place in lines for place in range(begin, start + 1))


def _unasked(text: str, lines: Collection[int], match: re.Match[str]) -> bool:
    """Begins a clause, and no 如…, 若… or …的， before it makes it advice to a person in that case."""
    before = text[max(0, match.start() - 40) : match.start()]
    clause = re.split("[。!?\n]", before)[-1]
    return _opens(text, lines, match) and not _CONDITION.search(clause)


def _affirmed(text: str, lines: Collection[int], match: re.Match[str]) -> bool:
    return not _NOT.search(text[max(0, match.start() - 6) : match.start()])


def _asks(text: str, lines: Collection[int], match: re.Match[str]) -> bool:
    """请 is the word itself, not the end of 申请 or 邀请."""
    return text[max(0, match.start() - 1) : match.start()] not in set("申邀聘提报")


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.VERBOSE)


# What an override reaches back to, and whose it was; what it undoes, and what it undoes only when it undoes all of it.
_POSITION = """以上|上述|上面|上文|之前|先前|此前|前面|前文|前述|早前|原先|原有|原来
    |previous|prior|above|earlier|preceding|foregoing"""
_ALL = "所有|全部|一切|任何|各项|all|any|every"
_OWN = "你|您|系统|开发者|your|system|initial|original"
_LINKS = """其[他它]|收到|接到|被赋予|已有|出现|给出|提供|用户|到|给|说|过|的|与|和|及|、|other|existing|the(?:se)?
    |those|that|this|were|was|given|my|of|to|and|in|developer|user"""
_ORDERS = "指令|提示[词语]|系统提示|系统消息|设定|人设|prompts?|instructions?|directives?|guidelines?"
_LESSER = """要求|规则|规定|约束|限制|命令|提示|内容|对话|上下文|rules?|commands?|directions?|contexts?
    |messages?|texts?|contents?|conversations?"""
_UNDO = _words(
    rf"""(?P<verb>忽略掉?|忽视|无视|忘[记掉却]|抛[开弃]|丢弃|绕过|停止(?:遵[循守]|执行)
        |(?:不[要必用再]|无需|别)(?:再|去)?(?:理会|遵[守循照从]|听从|执行|管|理睬?)
        |ignor(?:e|ing)|disregard|forget|override|overlook|donotfollow|don['’]tfollow|stopfollowing|bypass)
    (?P<reach>(?:{_POSITION}|{_ALL}|{_OWN}|{_LINKS}){{1,12}}?)
    (?P<what>{_ORDERS}|指示|{_LESSER})"""
)
_HAS_POSITION, _HAS_ALL, _HAS_OWN = _words(_POSITION), _words(_ALL), _words(_OWN)
_IS_ORDER = _words(_ORDERS)


def _undoes(text: str, lines: Collection[int], match: re.Match[str]) -> bool:
    """忽略以上所有指示 spoken to a reader; not 无视交通指令, 不得忽略上述要求 or 如已缴费，请忽略以上提示."""
    verb, reach, what = match["verb"], match["reach"], match["what"]
    position, every = _HAS_POSITION.search(reach), _HAS_ALL.search(reach)
    if not (position or every or _HAS_OWN.search(reach)) or not _affirmed(text, lines, match):
        return False
    if verb.isascii() and what.isascii():
        return bool(_IS_ORDER.fullmatch(what) or position)
    addressed = bool(_ADDRESSED.search(_lead(text, match.start())))
    if not (addressed or _opens(text, lines, match)):
        return False
    plain = addressed or verb.startswith("忽略") or verb.isascii()
    if _IS_ORDER.fullmatch(what):
        # 无视所有交通指令 tells of a driver; 忘记之前的指令 and 无视你收到的指令 of nobody but the reader.
        return plain or position is not None or "你" in reach
    yours = "你的" in reach and what in ("规则", "限制", "约束", "上下文")
    wholly = plain and bool(position and every) and _unasked(text, lines, match)
    return yours or wholly or (plain and what == "指示")


# A gap stays within a clause and never crosses what was left out.
_GAP = r"[^,。;:!?\n〔]"
_END = r"""(?=$|[,。;:!?、…”"』」’'.)\n〔])"""
_AI = r"""(?:ai(?:语言模型)?|a\.i\.|人工智能(?:语言模型)?|大?语言模型|大模型|llm|chatgpt|gpt|deepseek|claude
    |聊天机器人|智能体)"""
_SORT = "(?:助手|助理|模型|系统|程序|机器人|写手|智能体|专家)"
_ENGLISH_AI = r"""
    (?:helpful|powerful|unrestricted|intelligent|writing|virtual|expert|ai|artificialintelligence|large|chat){0,4}
    (?:assistant|languagemodel|aimodel|llm|chatbot|chatgpt|gpt|claude|deepseek
    |ai(?=$|[^a-z]|that|who|which|and|with|now|trained|created))"""
_YOU_ARE = rf"""你(?:现在|只|就|将|都|的|身份|角色){{0,4}}是(?:一[个名位款]|[个名])?{_GAP}{{0,14}}?
    (?:{_AI}{_SORT}?|(?:智能|写作|公文|文稿|报告|材料|起草|拟稿|人工智能|ai)(?:写作)?(?:助手|助理|专家|大师|机器人))
    (?:{_END}|(?=请|你|并|且|不[能得会要]|必须|只|需|专门|负责|能够|可以))"""
_IN_REPORT = rf"""(?:请|务必|必须|一律)(?:你|务必|一律|直接|必须){{0,4}}在{_GAP}{{0,8}}?
    (?:报告|总结|回答|回复|输出|摘要|正文|稿件|文稿|答案|草稿|汇报|结论)(?:正文|全文)?
    (?:中|里|内|之中|的?(?:开头|结尾|末尾|最后)),?(?:都|均|一律|务必|必须|要|应|须|请|直接|明确|统一){{0,4}}
    (?:写[明上入成]?|注明|声明|强调|宣称|称|指出|说明?|表述为|填写|加[入上]|体现)"""
# 写明是否达到100% asks; 写明达到100% answers for the writer.
_VERDICT = rf"""[^,。;:!?\n〔否]{{1,18}}?(?:为|是|达到?|达成|等于|:)了?
    (?:100%|百分之百|百分百|\d{{1,3}}(?:\.\d+)?%|满分|零(?![\d一-鿿])|0(?![\d.])|第一|全[省市县区]第一|优秀)
    (?:{_END}|(?=的结论|字样|并|且|以及))
    |[^,。;:!?\n〔否]{{0,12}}?(?<!有)(?:没有|不存在|无|未发[现生])(?:任何|一切)?
    (?:问题|不足|违纪(?:违法)?|违规|风险|隐患|差距|短板)(?:问题|行为|情况|现象)?{_END}"""

RULES: tuple[Rule, ...] = (
    Rule(OVERRIDE, _UNDO, _undoes),
    Rule(
        OVERRIDE,
        _words(
            rf"""(?:以上|上述|前面|之前|先前|此前)的?(?:所有|全部|一切)?的?(?:指令|提示词|系统提示|设定)
            (?:均|都|全部|一律|已经?|现){{0,4}}(?:作废|无效|失效|不再有效|不算数?|(?:不[用必]|无需)遵[守循])
            |[把将](?:{_POSITION})(?:{_ALL}|{_LINKS}){{0,4}}(?:{_ORDERS}|指示)(?:都|全部?|统统){{0,4}}
            (?:忘[掉记]|抛[开弃]|丢[掉弃]|忽略)"""
        ),
        _affirmed,
    ),
    Rule(
        OVERRIDE,
        _words(
            r"""(?:forget|ignore|disregard)everything(?:above|before|you|that|said|else|in)|younolonger|newinstructions?:
            |(?:ignore|disregard|forget)(?:allof|all)?(?:the)?(?:above|previous)(?=$|[^a-z]|and)
            |(?:ignore|disregard)allother(?:documents?|sources?|materials?|evidence|passages?)|fromnowon,?you(?:are|will|must|should)|(?:your|here(?:are|is)(?:the|your))new(?:instructions?|tasks?|role)
            |新的?(?:系统)?(?:指令|提示词):|以下[是为](?:给你的|你的)?新?的?(?:系统提示词|系统指令|真正的?指令|新的?指令)"""
        ),
        _affirmed,
    ),
    Rule(ADDRESS, _words(_YOU_ARE)),
    Rule(
        ADDRESS,
        _words(
            rf"""作为(?:一[个名款位]|[个名])?(?:{_AI}{_SORT}?|(?:智能|写作|起草|拟稿|公文写作)助手),?
            (?:[你您]|我(?![国省市县区州旗局办厅委院校党们单部所中公系处镇乡街村社盟])|请|无法|不能|必须|只能)"""
        ),
    ),
    Rule(
        ADDRESS,
        _words(
            rf"""(?:{_AI}{_SORT}{{0,2}}|(?:智能|写作|拟稿|起草)助手)们?[,:!]?
            (?:请(?:你|您)?(?:在|务必|注意|忽略|[将把]|不要|勿|只|仅|直接|按|优先|输出|写)|[你您](?:必须|应当?|需|须|务必|只能?|不[得要能]|将)
            |务必(?:写|在|将|把|输出|忽略)|忽略)"""
        ),
        _opens,
    ),
    Rule(
        ADDRESS,
        _words(
            rf"""请{_AI}{_SORT}?(?:在(?:起草|撰写|生成|回答|总结|输出|写|引用)|忽略|不要|务必|必须|输出|写[明上入成]
            |直接(?:写|输出)|优先)"""
        ),
        _asks,
    ),
    Rule(
        ADDRESS,
        _words(
            rf"""(?:阅读|处理|读取|检索|分析|解析|总结|看到|收到|读到|引用)[到了过]?(?:本|此|这|该|以上|上述)[篇份段条些]?
            (?:文字|文档|文件|文本|文章|文|内容|材料|话|资料|报告|信息)?的(?:任何|所有)?{_AI}
            |(?:起草|撰写|生成|拟写)(?:本|此|这|该)?[篇份]?(?:报告|文件|文稿|稿件|材料|总结|公文)的{_AI}{_SORT}?,?(?:请|你|您|:|务必)
            |(?:读者|阅读者)[^,。;\n〔]{{0,4}}?[是为]{_GAP}{{0,3}}?{_AI}|请以{_GAP}{{0,3}}?{_AI}{_SORT}?的?(?:身份|角色|口吻)
            |(?:写|留|发)?给(?:{_AI}{_SORT}?|模型)的(?:隐藏|秘密|特别|附加|系统|重要|最新){{0,4}}
            (?:指令|指示|提示词?|留言|话|命令|说明)(?=[:。!)】\]\n])
            |[仅只专](?:供|给|限|对)(?:{_AI}|模型)(?:助手|系统)?(?:阅读|看|读取|可见|执行|查看)|致{_AI}{_SORT}?[,:\n]
            |你(?:现在|已经?|将){{0,4}}(?:处于|进入|切换[到为])(?:开发者|无限制|不受限制?|dan|越狱)模式"""
        ),
    ),
    Rule(
        ADDRESS,
        _words(
            rf"""(?:youarenow|you['’]renow|youare|you['’]re|actas|pretendtobe|pretendyouare)(?:an?|the)?(?:{_ENGLISH_AI}|dan(?![a-z]))
            |asan?(?:ai|artificialintelligence|large|language)(?:language)?(?:model|assistant)
            |(?:note|message|attention|instructions?)(?:to|for)(?:the|any|all)?(?:ai|llm|languagemodel|assistant|chatbot)
            (?:models?|assistants?|s)?[:,!.]"""
        ),
    ),
    Rule(
        LEAK,
        _words(
            r"""(?:输出|打印|显示|展示|透露|泄露|复述|重复|告诉我|说出|公开)出?[你您]的?
            (?:全部|完整|原始|初始|内部|隐藏|的){0,4}(?:系统提示词?|系统指令|提示词|指令|系统设定|设定)
            |[你您]的(?:系统提示词|系统指令|初始指令)|不要(?:告诉|让)用户(?:知道|发现|察觉|本段|这段|这条|有这)
            |(?:不要|请勿|别)(?:在[^,。;\n〔]{0,8})?(?:提[及到]|透露|说明|复述|暴露|显示)
            (?:本|此|这|该|以上|上述)[条段些]?(?:指令|提示词|系统提示)"""
        ),
    ),
    Rule(
        LEAK,
        _words(
            rf"""(?:输出|打印|显示|展示|透露|复述|重复|告诉我|说出|公开)出?(?:全部|完整|原始|所有|的){{0,4}}系统提示词
            |[把将]系统提示词{_GAP}{{0,6}}?(?:输出|打印|显示|说|写|告诉)"""
        ),
        _opens,
    ),
    Rule(
        LEAK,
        _words(
            r"""(?:reveal|show|print|repeat|leak|output|display)(?:me)?(?:your|the(?=system|hidden|initial))
            (?:full|system|hidden|initial|original){0,4}(?:prompt|instructions?)
            |(?:respond|reply|answer)(?:only|exactly)with|(?:respond|reply|answer)with(?:only|exactly)
            |(?:output|print|write|repeat)(?:thefollowing|this)(?:text|sentence|words)?(?:verbatim|exactly|wordforword)"""
        ),
    ),
    Rule(DICTATION, _words(f"{_IN_REPORT}(?:{_VERDICT})"), _unasked),
    Rule(
        DICTATION,
        _words(
            rf"""(?:请|务必|必须)(?:你|务必|一律|直接){{0,4}}[把将]{_GAP}{{1,16}}?(?:写[成为作]|说成|表述为|改写[为成]|报为)
            (?:100%|\d{{1,3}}%|百分之百|满分|没有|全部|均已|(?:零|优秀|第一){_END})"""
        ),
        _unasked,
    ),
    Rule(
        DICTATION,
        _words(
            r"""请你?(?:只|仅|直接|务必|原样|逐字|完整|严格){0,4}(?:输出|复述|生成)(?:以下|下列|如下|下面)的?
            (?:内容|文字|句子|语句|文本|话|一段话|结论|答案|段落)
            |请你?(?:只|仅|原样|严格){1,4}地?输出|请你?输出[“"‘:]"""
        ),
        _asks,
    ),
    Rule(
        DICTATION,
        _words(
            r"""(?:忽略|无视|停止(?:阅读|引用|参考))(?:所有|全部|一切|任何)?的?(?:其[他它余]|别的)(?:所有|全部|的){0,2}
            (?:文件|材料|资料|依据|文档|段落|来源|语料|文本)"""
        ),
        _unasked,
    ),
    Rule(
        DICTATION,
        _words(
            r"""生成(?:摘要|总结|回答|答案|回复|文稿|稿件)时,?(?:请|你|务必|不要)
            |(?:总结|概括|改写)(?:本|此|这份|该)(?:文件|文档|文|材料|段)(?:内容|文字)?时,?(?:请|你|务必|不要)
            |(?:检索|读取|解析)到(?:本|此|这)[段条份篇]?(?:文字|内容|文本|话|文档|材料|片段)?(?:的?时候?|后),?
            (?:请|你|务必|立即|不要|一律)"""
        ),
        _opens,
    ),
    Rule(
        DICTATION,
        _words(
            rf"""你(?:必须|应[当该]|需要?|要)?[只仅](?:能|需|可|要)?(?:输出|生成)|你的(?:任务|目标)是(?:生成|输出)
            |你(?:必须|只能|应[当该]|需要|要)(?:输出|生成|忽略)(?:以下|如下|以上|上述|之前|所有|[“"])
            |[把将](?:本|此|这)[段句](?:话|文字|内容|原文)?{_GAP}{{0,10}}?(?:写[入进]|抄[入进]|放[入进]|复制到|插入){_GAP}{{0,6}}?
            (?:报告|总结|正文|稿件|回答|输出|答案)|以本段(?:文字|内容|话)?为准
            |(?:请|务必|必须|一律|只|仅|优先|直接|需|能)(?:引用|采用|复述|按照?|依照|根据)本段
            |(?:这|此|本)[条段]?话?[是为]系统(?:指令|提示词|消息)|(?:本|此|这)[条段]?(?:指令|提示词)的?{_GAP}{{0,4}}?(?:优先|高于)
            |(?:不要|不得|请勿|禁止|切勿)在{_GAP}{{0,8}}?(?:报告|总结|汇报|正文|稿件|文稿|回答)[中里]?
            (?:提[及到]|写入?|出现|列出|反映|体现)(?:任何|一切|所有)(?:存在的)?(?:问题|不足|负面(?:内容|信息|情况)?|投诉|缺点|差距|短板){_END}"""
        ),
    ),
)
