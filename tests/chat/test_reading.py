"""What clerks say becomes the command that they mean: a wide table of phrasings over one report."""

from __future__ import annotations

import datetime as dt

import pytest

from nigao.chat.commands import (
    AcceptCommand,
    AddCommand,
    ApproveCommand,
    AskCommand,
    CancelCommand,
    CheckCommand,
    Command,
    CompareCommand,
    ConfirmCommand,
    DeleteCommand,
    DraftCommand,
    ExportCommand,
    FixCommand,
    HelpCommand,
    LockCommand,
    MergeCommand,
    MoveCommand,
    PairCommand,
    RedoCommand,
    RejectCommand,
    ReplaceCommand,
    RestoreCommand,
    ReviseCommand,
    SetFactCommand,
    ShowCommand,
    SplitCommand,
    SubmitCommand,
    SwapCommand,
    UndoCommand,
    UnlockCommand,
    WaiveCommand,
    WhyCommand,
    WriteCommand,
)
from nigao.chat.reading import Reading, Scene, read
from nigao.chat.reading.scene import Pending
from nigao.report.brief import Brief
from nigao.report.kinds import load_kind
from nigao.report.model import Report
from nigao.report.parse import parse_report
from nigao.report.places import Place

KIND = load_kind("political-ecology")
TEXT = """云汀市档案服务中心关于2025年政治生态情况的报告

市委第二巡察组：
根据市委第二巡察组有关要求，现将云汀市档案服务中心（以下简称“市档案中心”）2025年政治生态建设情况报告如下。
一、基本情况
市档案中心为市委直属事业单位。核定编制28名，实有26人。内设综合科、查档科、技术科3个科室。党组织设置为机关党支部1个，共有党员19名。
二、政治生态主要特征
2025年，市档案中心围绕政治建设等方面开展工作，有关情况如下。
（一）突出政治引领，聚焦“第一议题”思想政治建设走深走实。
理论学习抓在经常。中心组全年开展集中学习11次，其中专题研讨5次。学习形成的任务逐项分解到科室。
坚持先学一步。班子会议题由综合科按月通报办理进度。年初确定的任务年内全部办结。
压实意识形态责任。全年开展分析研判4次，形成研判记录。对照清单逐级签订责任书。
（二）夯实组织根基，聚焦“三会一课”党的组织建设规范有序。
组织生活严格规范。全年召开党员大会4次，开展主题党日12次。支部每季度检查一次会议记录。
坚持集体研究决定。重大事项全部经班子会议讨论决定。会前三个工作日送阅材料。
加强年轻干部培养。为每名年轻干部确定业务导师，由科室负责人现场点评。全年轮岗交流3人，均按规定公示。
（三）从严正风肃纪，聚焦“一岗双责”廉政责任链条逐级压实。
廉政责任层层传导。依据年度责任清单，班子成员与科室负责人逐级签订责任书。落实谈话提醒制度，全年开展廉政谈话37人次。
分层开展纪律教育。组织警示教育3次，开展知识测试1次。节假日前印发廉洁提醒。
全面排查廉政风险。排查廉政风险点21个，制定防控措施26条。高风险点由班子成员直接负责。
（四）坚持求真务实，聚焦“好差评”机关作风持续改进。
持续纠治“四风”问题。全年精简会议6场，能合并的合并召开。对文风会风、公务接待等方面开展自查。
改进查档窗口服务。全年接待查档群众3120人次，好评率98.2%。对行动不便的群众实行上门服务。
深入基层调查研究。班子成员到基层调研9次。调研形成的建议逐条办理。
三、存在的问题
对照有关要求，市档案中心工作中还存在以下问题。
一是理论学习联系实际还不够。有的科室满足于完成学习次数，结合业务研究问题偏少。
二是组织生活的质量有待提高。少数支部会议以传达通知代替讨论。督查抽查记录18份，有5份过于简单。
三是干部攻坚能力有待加强。跨部门事项协调推进较慢。年轻干部处理复杂诉求的经验不足。
四是廉政责任传导有薄弱环节。科室负责人日常提醒偏少。
五是窗口服务与群众期盼有差距。节假日后等候时间偏长，增开窗口不够及时。
四、整改方向
针对上述问题，市档案中心将从以下方面整改。
一是强化学用结合。综合科每季度安排1次专题研讨。研讨后由牵头科室列出转化事项。
二是严肃组织生活。机关党支部每月审核会议题，通报抽查结果。
三是提升攻坚能力。综合科牵头建立会商机制，每月召开1次协调会。
四是压实廉政责任。班子每半年听取履责情况汇报，并与考核挂钩。
五是优化窗口服务。增设流动窗口2个，力争平均等候时间不超过15分钟。

云汀市档案服务中心
2025年12月26日
"""
BRIEF = Brief.model_validate(
    {
        "unit": {"full": "云汀市档案服务中心", "short": "市档案中心"},
        "recipient": "市委第二巡察组",
        "asked_by": "市委第二巡察组",
        "period": "2025年",
        "date": dt.date(2025, 12, 26),
        "facts": [
            {"name": "机构设置", "value": "为市委直属事业单位"},
            {"name": "编制数", "value": "28", "unit": "名"},
            {"name": "实有人数", "value": "26", "unit": "人"},
            {"name": "内设科室", "value": "综合科、查档科、技术科3个科室"},
            {"name": "党组织", "value": "机关党支部1个"},
            {"name": "党员人数", "value": "19", "unit": "名"},
        ],
    }
)
REPORT: Report = parse_report(TEXT, KIND)


def at(part: str, *item: int, s: int | None = None) -> Place:
    return Place(part=part, item=item, sentence=s)


def problem(number: int, s: int | None = None) -> Place:
    return at("problems", number, s=s)


def measure(number: int, s: int | None = None) -> Place:
    return at("measures", number, s=s)


def heard(
    said: str, focus: Place | None = None, *, pending: Pending = "", options: tuple[Command, ...] = ()
) -> Reading:
    return read(said, Scene(REPORT, KIND, BRIEF, focus, pending=pending, options=options))


def shorter(place: Place, characters: int | None = None) -> ReviseCommand:
    return ReviseCommand(place=place, how="shorten", characters=characters)


def longer(place: Place, characters: int | None = None) -> ReviseCommand:
    return ReviseCommand(place=place, how="lengthen", characters=characters)


def told_to(place: Place, instruction: str) -> ReviseCommand:
    return ReviseCommand(place=place, how="rewrite", instruction=instruction)


def in_tone(place: Place, instruction: str) -> ReviseCommand:
    return ReviseCommand(place=place, how="tone", instruction=instruction)


def deleted(*places: Place) -> DeleteCommand:
    return DeleteCommand(places=places)


def merged(*places: Place) -> MergeCommand:
    return MergeCommand(places=places)


def moved(place: Place, where: str, to: Place) -> MoveCommand:
    return MoveCommand(place=place, where=where, to=to)


def fact(name: str, value: str, **more: str) -> SetFactCommand:
    return SetFactCommand(name=name, value=value, **more)


def item(place: Place, *, behind: bool = False, text: str = "", about: str = "") -> AddCommand:
    return AddCommand(what="item", place=place, behind=behind, text=text, about=about)


def sentence(place: Place, *, behind: bool = False, text: str = "", about: str = "") -> AddCommand:
    return AddCommand(what="sentence", place=place, behind=behind, text=text, about=about)


FOCUS = problem(2, 2)
POINT = at("features", 1, 2)

WITHOUT_FOCUS: list[tuple[str, Command]] = [
    # 删
    ("请把问题二删掉", deleted(problem(2))),
    ("麻烦把第三部分第二条删除一下", deleted(problem(2))),
    ("第三部分的第四条去掉吧", deleted(problem(4))),
    ("措施三不要了", deleted(measure(3))),
    ("把存在问题的最后一条拿掉", deleted(problem(5))),
    ("能不能帮我把第五个问题删了？", deleted(problem(5))),
    ("三（二）第一句删掉", deleted(problem(2, 1))),
    ("把第三部分第二条的最后一句划掉。", deleted(problem(2, -1))),
    ("删掉问题二和问题四", deleted(problem(2), problem(4))),
    ("删除第三部分第2、3条", deleted(problem(2), problem(3))),
    ("二（一）第3点删去", deleted(at("features", 1, 3))),
    ("“压实意识形态责任”那一段拿掉", deleted(at("features", 1, 3))),
    ("把理论学习抓在经常那一点删掉", deleted(at("features", 1, 1))),
    ("删掉讲廉政谈话的那句", deleted(at("features", 3, 1, s=3))),
    ("删掉 四 、 五是", deleted(measure(5))),
    ("把　第３部分　第２条　撤掉", deleted(problem(2))),
    ("前两条措施砍掉", deleted(measure(1), measure(2))),
    # 换、挪、并、拆
    ("把（二）和（三）换一下", SwapCommand(one=at("features", 2), other=at("features", 3))),
    ("问题一和问题三互换", SwapCommand(one=problem(1), other=problem(3))),
    ("第三部分第一条跟第二条换个位置", SwapCommand(one=problem(1), other=problem(2))),
    ("把第2个问题和第4个问题的顺序调换一下", SwapCommand(one=problem(2), other=problem(4))),
    ("措施2与措施3交换顺序", SwapCommand(one=measure(2), other=measure(3))),
    ("把第二条和第四条措施对调", SwapCommand(one=measure(2), other=measure(4))),
    ("把问题三移到问题一之前", moved(problem(3), "before", problem(1))),
    ("第三部分第四条放到第一条后面", moved(problem(4), "behind", problem(1))),
    ("把措施五挪到最前面", moved(measure(5), "before", measure(1))),
    ("问题一放到最后", moved(problem(1), "behind", problem(5))),
    ("将第三部分第五条提到第二条的前面", moved(problem(5), "before", problem(2))),
    ("把二（二）第3点移到二（三）里", moved(at("features", 2, 3), "into", at("features", 3))),
    ("把二（二）第3点放到二（三）最前面", moved(at("features", 2, 3), "before", at("features", 3, 1))),
    ("问题三上移一位", moved(problem(3), "before", problem(2))),
    ("把问题三拆成两条", SplitCommand(place=problem(3))),
    ("问题三分开写", SplitCommand(place=problem(3))),
    ("把问题三从第三句起拆成两条", SplitCommand(place=problem(3, 3))),
    ("问题二和三并成一条", merged(problem(2), problem(3))),
    ("第二、第三条措施合并", merged(measure(2), measure(3))),
    ("把措施1到3合并", merged(measure(1), measure(2), measure(3))),
    ("把问题五合到问题四里去", merged(problem(4), problem(5))),
    ("把讲廉政谈话的那句挪到问题一里", moved(at("features", 3, 1, s=3), "into", problem(1))),
    ("将第二个问题调整到第一个", moved(problem(2), "before", problem(1))),
    ("把问题三并入问题二", merged(problem(2), problem(3))),
    # 长短
    ("第三部分第二条压缩到80字", shorter(problem(2), 80)),
    ("三（二）精简到100字以内", shorter(problem(2), 100)),
    ("把第三部分第二条缩到六十字", shorter(problem(2), 60)),
    ("问题四压到８０字左右", shorter(problem(4), 80)),
    ("措施一控制在一百字左右", shorter(measure(1), 100)),
    ("问题一缩短一半", shorter(problem(1), 19)),
    ("问题一砍掉三分之一", shorter(problem(1), 25)),
    ("问题一压缩到原来的一半", shorter(problem(1), 19)),
    ("问题一减少10字", shorter(problem(1), 27)),
    ("问题二太啰嗦了，精简一下", shorter(problem(2))),
    ("把开头那段精简一下", shorter(at("opening"))),
    ("问题三改得简洁些", shorter(problem(3))),
    ("措施二扩写到200字", longer(measure(2), 200)),
    ("问题三补充到120字", longer(problem(3), 120)),
    ("问题五改成300字", longer(problem(5), 300)),
    ("问题一展开写写", longer(problem(1))),
    ("问题一增加20字", longer(problem(1), 57)),
    ("问题二太散了，压缩到60字", shorter(problem(2), 60)),
    ("问题四别超过50字", shorter(problem(4), 50)),
    ("开头第一句能改短一些吗", shorter(at("opening", s=1))),
    ("问题一补写到160字左右", longer(problem(1), 160)),
    # 语气、改写
    ("三（二）语气严肃一点", in_tone(problem(2), "语气严肃一点")),
    ("把问题二改得更书面一些", in_tone(problem(2), "改得更书面一些")),
    ("措施2口气缓和些", in_tone(measure(2), "口气缓和些")),
    ("开头改得正式些", in_tone(at("opening"), "改得正式些")),
    ("问题四口语化太重，改正式些", in_tone(problem(4), "口语化太重，改正式些")),
    ("润色一下第三部分", told_to(at("problems"), "润色一下")),
    ("把问题二改写得通顺些", told_to(problem(2), "改写得通顺些")),
    ("措施三写得更具体一点", told_to(measure(3), "写得更具体一点")),
    ("问题三突出成效", told_to(problem(3), "突出成效")),
    ("问题三换个说法", told_to(problem(3), "换个说法")),
    # 编者自己的话
    ("三（二）第一句改成“组织生活质量不高。”", WriteCommand(place=problem(2, 1), text="组织生活质量不高。")),
    ("问题二的标题改为：组织生活质量有待提升。", WriteCommand(place=problem(2, 1), text="组织生活质量有待提升。")),
    ("标题改成关于政治生态建设情况的报告", WriteCommand(place=at("title"), text="关于政治生态建设情况的报告")),
    ("措施五最后一句应为：力争不超过10分钟。", WriteCommand(place=measure(5, -1), text="力争不超过10分钟。")),
    ("把二（一）的标题写成“突出引领，聚焦学习”", WriteCommand(place=at("features", 1, s=0), text="突出引领，聚焦学习")),
    # 换词
    ("把支部都改成党支部", ReplaceCommand(old="支部", new="党支部")),
    ("全文的“好差评”改为“政务服务好差评”", ReplaceCommand(old="好差评", new="政务服务好差评")),
    ("把市档案中心改成档案中心", ReplaceCommand(old="市档案中心", new="档案中心")),
    ("“三会一课”全部换成“组织生活”", ReplaceCommand(old="三会一课", new="组织生活")),
    ("用“查档大厅”替换“窗口”", ReplaceCommand(old="窗口", new="查档大厅")),
    ("第二部分里的“综合科”改成“办公室”", ReplaceCommand(old="综合科", new="办公室", place=at("features"))),
    ("窗口统一称为服务窗口", ReplaceCommand(old="窗口", new="服务窗口")),
    ("群众一律写作办事群众", ReplaceCommand(old="群众", new="办事群众")),
    ("删掉“逐级”这个词", ReplaceCommand(old="逐级", new="")),
    ("廉政谈话37人次改成39人次", ReplaceCommand(old="廉政谈话37人次", new="廉政谈话39人次")),
    # 事实
    ("编制数改成46", fact("编制数", "46")),
    ("实有人数应为27人", fact("实有人数", "27")),
    (
        "党员人数更新为20名（来源：组织部统计表，截至2025年12月31日）",
        fact("党员人数", "20", source="组织部统计表", as_of="2025年12月31日"),
    ),
    ("编制是28名不是26名", fact("编制数", "28", old="26")),
    ("把编制数从28改为30", fact("编制数", "30", old="28")),
    ("党员19名改成20名", fact("党员人数", "20", old="19")),
    ("编制数不是28，是30", fact("编制数", "30", old="28")),
    ("编制数写错了，应该是三十名", fact("编制数", "30")),
    ("党员数是20名", fact("党员人数", "20")),
    ("根据组织部统计表，党员人数应为二十名", fact("党员人数", "20", source="组织部统计表")),
    ("内设科室改为综合科、查档科等4个科室", fact("内设科室", "综合科、查档科等4个科室")),
    ("主要职责改为负责全市档案保管和利用", fact("主要职责", "负责全市档案保管和利用")),
    ("内设科室更正为：综合科、查档科", fact("内设科室", "综合科、查档科")),
    ("主送机关改为市纪委", fact("主送机关", "市纪委")),
    ("成文日期改成2025年12月28日", fact("成文日期", "2025年12月28日")),
    ("新增事实：轮岗人数为5人", fact("轮岗人数", "5人")),
    ("补充事实 女职工人数=12人", fact("女职工人数", "12人")),
    ("编制数应是29，之前写的28有误", fact("编制数", "29", old="28")),
    # 补
    ("二（一）里再补一条警示教育的", item(at("features", 1), about="警示教育")),
    ("在问题二后面加一条：调查研究不够深入。", item(problem(2), behind=True, text="调查研究不够深入。")),
    ("第三部分再加一个问题：年轻干部培养不足", item(at("problems"), text="年轻干部培养不足")),
    ("措施里补一条关于窗口轮岗的", item(at("measures"), about="窗口轮岗")),
    ("再加一条措施：加强窗口培训。", item(at("measures"), text="加强窗口培训。")),
    ("在措施四末尾加一句：定期通报结果。", sentence(measure(4), text="定期通报结果。")),
    ("给问题一添一句话，讲学习成果转化", sentence(problem(1), about="学习成果转化")),
    ("二（三）增加一点警示教育的内容", item(at("features", 3), about="警示教育")),
    # 措施和问题
    ("第二条措施对应第三个问题", PairCommand(measure=2, problems=(3,))),
    ("措施2针对问题1和3", PairCommand(measure=2, problems=(1, 3))),
    ("问题3由措施2来解决", PairCommand(measure=2, problems=(3,))),
    ("把措施2和问题3对应起来", PairCommand(measure=2, problems=(3,))),
    ("四、二是对应三、三是", PairCommand(measure=2, problems=(3,))),
    # 锁
    ("锁定第二部分", LockCommand(place=at("features"))),
    ("问题一不要再动了", LockCommand(place=problem(1))),
    ("问题三保持不变", LockCommand(place=problem(3))),
    ("解锁问题二", UnlockCommand(place=problem(2))),
    ("把问题二的锁解了", UnlockCommand(place=problem(2))),
    ("解除锁定", UnlockCommand()),
    # 查、改
    ("检查一下", CheckCommand()),
    ("看看有没有错", CheckCommand()),
    ("审核意见有哪些错误", CheckCommand()),
    ("帮我把把关", CheckCommand()),
    ("核对一下第三部分", CheckCommand(place=at("problems"))),
    ("能改的都改了", FixCommand()),
    ("自动修正", FixCommand()),
    ("修正G301", FixCommand(code="G301")),
    ("忽略G209，理由：领导讲话原文", WaiveCommand(codes=("G209",), reason="领导讲话原文")),
    ("G209可以不管，因为是原文", WaiveCommand(codes=("G209",), reason="是原文")),
    ("忽略 G209 和 g210，原因：确为本单位提法", WaiveCommand(codes=("G209", "G210"), reason="确为本单位提法")),
    (
        "第三部分第二条的G209忽略，理由是讲话原话",
        WaiveCommand(codes=("G209",), reason="讲话原话", place=problem(2)),
    ),
    ("T501不用处理，单位习惯写法", WaiveCommand(codes=("T501",), reason="单位习惯写法")),
    # 历史
    ("撤销", UndoCommand()),
    ("撤销两步", UndoCommand(steps=2)),
    ("撤回刚才的修改", UndoCommand()),
    ("退回上一步", UndoCommand()),
    ("重做", RedoCommand()),
    ("恢复刚才撤销的修改", RedoCommand()),
    ("还原到第3稿", RestoreCommand(revision=3)),
    ("恢复到第二版", RestoreCommand(revision=2)),
    ("回滚到第4个版本", RestoreCommand(revision=4)),
    ("和上一稿比有什么变化", CompareCommand()),
    ("对比第2稿和第4稿", CompareCommand(old=2, new=4)),
    ("跟第2稿相比改了哪些", CompareCommand(old=2)),
    ("手误了，撤销上一步操作", UndoCommand()),
    ("最新一稿和第1稿有哪些不同", CompareCommand(old=1)),
    # 导出、送审、签发
    ("导出a.docx", ExportCommand(files=("a.docx",))),
    ("给我一份Word", ExportCommand(files=(".docx",))),
    ("生成docx", ExportCommand(files=(".docx",))),
    ("导出报告.docx 和 报告.md", ExportCommand(files=("报告.docx", "报告.md"))),
    ("导出", ExportCommand()),
    ("送审", SubmitCommand()),
    ("把稿子提交审核", SubmitCommand()),
    ("同意签发", ApproveCommand()),
    ("没问题，送审", SubmitCommand()),
    ("改完了，提交审核吧", SubmitCommand()),
    # 看
    ("看看第三部分", ShowCommand(place=at("problems"))),
    ("三（二）", ShowCommand(place=problem(2))),
    ("标题是什么", ShowCommand(place=at("title"))),
    ("列一下大纲", ShowCommand(what="outline")),
    ("修改历史", ShowCommand(what="history")),
    ("现在还有哪些待补", ShowCommand(what="placeholders")),
    ("看看事实清单", ShowCommand(what="facts")),
    ("现在是什么状态", ShowCommand(what="status")),
    # 依据
    ("第三部分第二条第一句依据是什么", WhyCommand(place=problem(2, 1))),
    ("讲廉政谈话的那句有依据吗", WhyCommand(place=at("features", 3, 1, s=3))),
    ("问题二的出处", WhyCommand(place=problem(2))),
    # 问语料
    ("全年开展了几次廉政谈话？", AskCommand(question="全年开展了几次廉政谈话？")),
    ("文件里对轮岗是怎么规定的", AskCommand(question="文件里对轮岗是怎么规定的")),
    ("请问谈话提醒制度是什么时候出台的", AskCommand(question="谈话提醒制度是什么时候出台的")),
    ("帮我查一下轮岗的规定", AskCommand(question="轮岗的规定")),
    ("删除机制还不完善怎么办", AskCommand(question="删除机制还不完善怎么办")),
    # 起草、帮助
    ("写一份报告", DraftCommand()),
    ("起草一份2025年政治生态报告", DraftCommand()),
    ("根据brief.yaml拟稿", DraftCommand(brief="brief.yaml")),
    ("重新起草第三部分", DraftCommand(place=at("problems"))),
    ("重写措施三", DraftCommand(place=measure(3))),
    ("怎么用", HelpCommand()),
    ("帮助", HelpCommand()),
    ("如何撤销", HelpCommand(about="撤销")),
]

WITH_FOCUS: list[tuple[str, Place, Command]] = [
    ("这句依据是什么", FOCUS, WhyCommand(place=FOCUS)),
    ("出处？", FOCUS, WhyCommand(place=FOCUS)),
    ("把这句话删了", FOCUS, deleted(FOCUS)),
    ("这一条不要了", FOCUS, deleted(problem(2))),
    ("上面那条删掉", problem(3), deleted(problem(3))),
    ("删掉倒数第二句", FOCUS, deleted(problem(2, 2))),
    ("第三条也删掉", FOCUS, deleted(problem(3))),
    ("二是删掉", measure(4), deleted(measure(2))),
    ("（二）删掉", at("features", 1), deleted(at("features", 2))),
    ("把第一句和第二句调换", FOCUS, SwapCommand(one=problem(2, 1), other=problem(2, 2))),
    ("这一条和上一条对调", FOCUS, SwapCommand(one=problem(2), other=problem(1))),
    ("这一条和下一条合并", FOCUS, merged(problem(2), problem(3))),
    ("这条往上移一位", FOCUS, moved(problem(2), "before", problem(1))),
    ("这句放到第一句后面", problem(2, 3), moved(problem(2, 3), "behind", problem(2, 1))),
    ("第二点删掉", POINT, deleted(at("features", 1, 2))),
    ("它压缩到20字", POINT, shorter(POINT, 20)),
    ("这条再短一点", FOCUS, shorter(problem(2))),
    ("再详细一点", FOCUS, longer(FOCUS)),
    ("语气再缓和一些", FOCUS, in_tone(FOCUS, "语气再缓和一些")),
    ("这句换个说法", FOCUS, told_to(FOCUS, "换个说法")),
    ("第二句改成：少数支部会议不深入。", FOCUS, WriteCommand(place=FOCUS, text="少数支部会议不深入。")),
    ("把这句话换成下面这句：会议不够深入。", FOCUS, WriteCommand(place=FOCUS, text="会议不够深入。")),
    ("这条后面补一句：目前正在整改。", FOCUS, sentence(problem(2), text="目前正在整改。")),
    ("再加一句关于主题党日的", FOCUS, sentence(FOCUS, behind=True, about="主题党日")),
    ("再补一条关于考勤的", problem(2), item(at("problems"), about="考勤")),
    ("锁定这一条", FOCUS, LockCommand(place=problem(2))),
    ("这部分锁住", FOCUS, LockCommand(place=at("problems"))),
    ("检查这一条", FOCUS, CheckCommand(place=problem(2))),
    ("重写这句", FOCUS, ReviseCommand(place=FOCUS, how="rewrite")),
]


@pytest.mark.parametrize(("said", "command"), WITHOUT_FOCUS, ids=[said for said, _ in WITHOUT_FOCUS])
def test_what_is_said_is_the_command_that_is_meant(said: str, command: Command) -> None:
    assert heard(said) == Reading(command)


@pytest.mark.parametrize(("said", "focus", "command"), WITH_FOCUS, ids=[said for said, _, _ in WITH_FOCUS])
def test_words_that_lean_on_what_was_spoken_of(said: str, focus: Place, command: Command) -> None:
    assert heard(said, focus) == Reading(command)


@pytest.mark.parametrize(
    "said",
    [
        *("先别删", "先别删第三部分第二条", "不要动第二条", "别把问题二删掉", "问题二不压缩到80字", "先不删问题二"),
        *("问题二不应改成：没有问题。", "先别把支部改成党支部", "编制数不改成46", "暂时不要送审", "不同意签发问题二"),
        *("要不要删掉问题二", "问题二可以删吗", "问题二删掉怎么样", "是不是该把问题二删了", "如果问题二删掉会怎样？"),
        *("昨天我把问题二删了", "问题二已经删掉了", "我把问题二删了", "领导说问题二删除机制不完善"),
        *(
            "第三部分第九条删掉",
            "第七部分删掉",
            "问题二第八句删掉",
            "把“并不存在的词”改成“别的词”",
            "二（五）压缩到80字",
        ),
        *(
            "删掉问题二，再把问题三压缩到80字",
            "把问题二和删掉",
            "删掉",
            "删",
            "压缩",
            "换一下",
            "嗯那个",
            "今天天气不错",
        ),
        *(
            "第二条删掉",
            "第二条压缩到80字",
            "二是删掉",
            "这一条删掉",
            "这句依据是什么",
            "第一句删掉",
            "删掉关于综合科的那句",
        ),
        *(
            "28改成30",
            "轮岗人数改成6",
            "编制数30",
            "把党支部改成机关党支部",
            "把“半个引号改成别的",
            "整改方向改成整改措施",
        ),
        *(
            "把第三部分删掉",
            "标题删掉",
            "把问题二挪一下",
            "把问题二合并",
            "删掉“强化学用结合”",
            "回到以前的稿",
            "好的",
            "算了",
        ),
        *(
            "接受第1、3句",
            "导出为ppt",
            "把问题二压缩到0字",
            "把问题二移到问题二前面",
            "/不存在",
            "/",
            "",
            "？",
            "。。。",
        ),
        *("问题三措施二问题一", "把第三部分第二条改", "第二句改成：", "补一条", "再补一条警示教育的", "修改问题二"),
    ],
)
def test_what_is_not_understood_is_asked(said: str) -> None:
    reading = heard(said)
    assert reading.command is None
    assert reading.question


@pytest.mark.parametrize(
    ("said", "labels"),
    [
        ("第二条删掉", ["删除二（二）", "删除三、二是", "删除四、二是"]),
        ("二是删掉", ["删除三、二是", "删除四、二是"]),
        ("28改成30", ["事实“编制数”改为30", "全文的“28”替换为“30”"]),
        ("删掉“强化学用结合”", ["删除四、一是", "全文的“强化学用结合”去掉"]),
        ("别动问题二", ["锁定三、二是"]),
        ("编制数30", ["事实“编制数”改为30"]),
    ],
)
def test_a_question_offers_the_nearest_readings(said: str, labels: list[str]) -> None:
    assert [label for label, _ in heard(said).nearest][: len(labels)] == labels


def test_a_question_says_what_there_is() -> None:
    assert "共5条" in heard("第三部分第九条删掉").question
    assert "共4个部分" in heard("第七部分删掉").question
    assert "并不存在的词" in heard("把“并不存在的词”改成“别的词”").question


def test_yes_and_no_answer_only_what_is_pending() -> None:
    for said in ("好的", "可以", "就这样", "确认", "行吧", "没问题", "同意"):
        assert heard(said, pending="confirm") == Reading(ConfirmCommand())
        assert heard(said, pending="proposal") == Reading(AcceptCommand())
        assert heard(said).command is None
    for said in ("算了", "取消", "不用了", "先不改了", "不要", "还是算了吧"):
        assert heard(said, pending="confirm") == Reading(CancelCommand())
        assert heard(said, pending="question") == Reading(CancelCommand())
        assert heard(said).command is None


@pytest.mark.parametrize(
    ("said", "command"),
    [
        ("接受第1、3句", AcceptCommand(numbers=(1, 3))),
        ("采用第一句和第三句", AcceptCommand(numbers=(1, 3))),
        ("全部采用", AcceptCommand()),
        ("都要", AcceptCommand()),
        ("第1到3句可以", AcceptCommand(numbers=(1, 2, 3))),
        ("第一句可以，采用", AcceptCommand(numbers=(1,))),
        ("第二句不要", RejectCommand(numbers=(2,))),
        ("不采用第2句", RejectCommand(numbers=(2,))),
        ("全都不要", RejectCommand()),
        ("维持原文", RejectCommand()),
    ],
)
def test_a_proposal_is_taken_or_refused_by_its_sentences(said: str, command: Command) -> None:
    assert heard(said, pending="proposal") == Reading(command)


def test_a_question_is_answered_by_number_or_by_place_or_left_for_a_new_command() -> None:
    options = tuple(command for _, command in heard("第二条删掉").nearest)

    def answered(said: str) -> Reading:
        return heard(said, pending="question", options=options)

    assert answered("1") == Reading(options[0])
    assert answered("第二个") == Reading(deleted(problem(2)))
    assert answered("选3") == Reading(deleted(measure(2)))
    assert answered("最后一个") == Reading(deleted(measure(2)))
    assert answered("第三部分的") == Reading(deleted(problem(2)))
    assert answered("问题二") == Reading(deleted(problem(2)))
    assert answered("第四个").command is None
    assert answered("好的").command is None
    assert answered("撤销") == Reading(UndoCommand())


@pytest.mark.parametrize(
    ("said", "command"),
    [
        ("/undo", UndoCommand()),
        ("/撤销", UndoCommand()),
        ("/undo 3", UndoCommand(steps=3)),
        ("／重做", RedoCommand()),
        ("/show 三（一）", ShowCommand(place=problem(1))),
        ("/show", ShowCommand()),
        ("/export a.docx", ExportCommand(files=("a.docx",))),
        ("/export a.docx b.md", ExportCommand(files=("a.docx", "b.md"))),
        ("导出为pdf", ExportCommand(files=(".pdf",))),
        ("导出稿件.html", ExportCommand(files=("稿件.html",))),
        ("存成网页", ExportCommand(files=(".html",))),
        ("/help", HelpCommand()),
        ("/帮助 删除", HelpCommand(about="删除")),
        ("/delete 三（一）", deleted(problem(1))),
        ("/删除 问题一", deleted(problem(1))),
        ("/swap 问题一 问题二", SwapCommand(one=problem(1), other=problem(2))),
        ("/shorten 问题一 80", shorter(problem(1), 80)),
        ("/compare 2 4", CompareCommand(old=2, new=4)),
        ("/restore 3", RestoreCommand(revision=3)),
        ("/check", CheckCommand()),
        ("/why 问题二", WhyCommand(place=problem(2))),
        ("/history", ShowCommand(what="history")),
        ("/ask 轮岗有什么规定", AskCommand(question="轮岗有什么规定")),
        ("/fact 编制数改成30", fact("编制数", "30")),
    ],
)
def test_slash_commands_say_the_same(said: str, command: Command) -> None:
    assert heard(said) == Reading(command)


def test_without_a_report_places_are_asked_and_the_rest_is_understood() -> None:
    scene = Scene(None, KIND)
    assert read("写一份报告", scene) == Reading(DraftCommand())
    assert read("删掉问题二", scene).command is None
    assert "还没有报告" in read("删掉问题二", scene).question
    assert read("全年开展了几次廉政谈话？", scene).command == AskCommand(question="全年开展了几次廉政谈话？")


def test_a_fact_that_the_kind_expects_may_be_set_before_the_brief_has_it() -> None:
    scene = Scene(REPORT, KIND, Brief.model_validate({"unit": "云汀市档案服务中心"}))
    assert read("在职人数改成30人", scene) == Reading(fact("实有人数", "30人"))
    assert read("编制数是46", scene) == Reading(fact("编制数", "46"))
