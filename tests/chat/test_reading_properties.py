"""Whatever is typed, over whatever report: reading never raises, and no command names a place that is not there."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from nigao.chat.commands import Command
from nigao.chat.labels import label
from nigao.chat.reading import Scene, read
from nigao.report.brief import Brief
from nigao.report.kinds import load_kind
from nigao.report.model import Item, Part, Report, Sentence
from nigao.report.places import OPENING, TITLE, Place, find_item, find_part, find_sentence

KIND = load_kind("political-ecology")
BRIEF = Brief.model_validate(
    {
        "unit": "云汀市档案服务中心",
        "facts": [{"name": "编制数", "value": "28", "unit": "名"}, {"name": "内设科室", "value": "3个科室"}],
    }
)
PIECES = st.sampled_from(
    [
        *(
            "第三部分",
            "第二部分",
            "三",
            "二",
            "（一）",
            "（二）",
            "(3)",
            "一是",
            "第二条",
            "第9条",
            "第1、3条",
            "问题二",
            "措施3",
        ),
        *(
            "最后一条",
            "倒数第二句",
            "第一句",
            "最后一句",
            "这一条",
            "这句",
            "它",
            "上一条",
            "标题",
            "开头",
            "全文",
            "存在问题",
            "特征部分",
        ),
        *(
            "“学习抓在经常”那一点",
            "讲学习的那句",
            "学习抓在经常",
            "前两条",
            "后三句",
            "小标题",
            "第二点",
            "基本情况",
            "整改方向里",
        ),
        *(
            "删掉",
            "不要了",
            "换一下",
            "对调",
            "挪到",
            "前面",
            "后面",
            "最前",
            "最后",
            "合并",
            "拆成两条",
            "压缩到",
            "80字",
            "一半",
            "扩写",
        ),
        *(
            "改成",
            "改得",
            "更正式",
            "：",
            "“新的话。”",
            "补一条",
            "加一句",
            "关于轮岗的",
            "锁定",
            "解锁",
            "检查",
            "自动修正",
            "撤销",
        ),
        *(
            "两步",
            "恢复",
            "还原到",
            "第3稿",
            "对比",
            "导出",
            "a.docx",
            "Word",
            "送审",
            "签发",
            "依据是什么",
            "看看",
            "大纲",
            "待补",
        ),
        *(
            "编制数",
            "46",
            "28名",
            "从28改为30",
            "不是",
            "忽略",
            "G209",
            "理由",
            "对应",
            "针对",
            "怎么",
            "多少",
            "？",
            "吗",
            "吧",
            "，",
        ),
        *(
            "请",
            "麻烦",
            "把",
            "和",
            "的",
            "里",
            "在",
            "别",
            "不要",
            "先",
            "再",
            "好的",
            "算了",
            "接受",
            "1",
            "第二个",
            "/",
            "/show ",
            " ",
            "\n",
            '"',
            "“",
        ),
    ]
)
TURNS = st.one_of(st.text(max_size=40), st.lists(PIECES, max_size=9).map("".join))
WORDS = st.sampled_from(
    [
        "学习抓在经常。",
        "理论学习还不够。",
        "开展廉政谈话37人次。",
        "编制28名。",
        "轮岗交流3人。",
        "加强轮岗。",
        "，",
        "x",
    ]
)
SENTENCES = st.lists(WORDS.map(lambda text: Sentence(text=text)), max_size=3)


def _items(ordinals: list[str], inner: st.SearchStrategy[list[Item]]) -> st.SearchStrategy[list[Item]]:
    headings = st.one_of(st.none(), WORDS.map(lambda text: Sentence(text=text)))
    one = st.builds(Item, heading=headings, sentences=SENTENCES, items=inner)
    listed = st.lists(one, max_size=len(ordinals))
    return listed.map(
        lambda items: [item.model_copy(update={"ordinal": o}) for item, o in zip(items, ordinals, strict=False)]
    )


POINTS = _items(["", "", ""], st.just([]))
PARTS = st.tuples(
    st.sampled_from(["basics", "features", "problems", "measures", "other"]),
    st.sampled_from(["一、", "二、", "三、", "四、", "", "第一部分"]),
    SENTENCES,
    st.one_of(_items(["（一）", "（二）", "（三）"], POINTS), _items(["一是", "二是", "三是", "四是"], st.just([]))),
).map(lambda p: Part(key=p[0], ordinal=p[1], heading=Sentence(text="存在的问题"), lead=p[2], items=p[3]))
REPORTS = st.builds(
    Report,
    kind=st.just(KIND.key),
    title=st.one_of(st.none(), st.just(Sentence(text="报告"))),
    opening=SENTENCES,
    parts=st.lists(PARTS, max_size=5),
)
FOCI = st.one_of(
    st.none(),
    st.builds(
        Place,
        part=st.sampled_from(["", "problems", "features", "opening", "title", "other", "gone"]),
        item=st.lists(st.integers(1, 4), max_size=2).map(tuple),
        sentence=st.one_of(st.none(), st.integers(-1, 4)),
    ),
)


def places(command: Command) -> list[Place]:
    found: list[Place] = []
    for name in type(command).model_fields:
        value = getattr(command, name)
        found += [one for one in (value if isinstance(value, tuple) else (value,)) if isinstance(one, Place)]
    return found


def stands(report: Report, place: Place) -> bool:
    """Whether a place is there: raises NotFoundError where it is not."""
    if place.part not in ("", OPENING, TITLE):
        find_part(report, place)
    if place.item:
        find_item(report, place)
    if place.sentence is not None:
        find_sentence(report, place)
    return True


@settings(max_examples=200, deadline=None)
@given(
    TURNS,
    st.one_of(st.none(), REPORTS),
    FOCI,
    st.sampled_from(["", "confirm", "proposal", "question"]),
)
def test_reading_never_raises_and_names_only_what_is_there(
    said: str, report: Report | None, focus: Place | None, pending: str
) -> None:
    options = (
        tuple(c for _, c in read("第二条删掉", Scene(report, KIND, BRIEF)).nearest) if pending == "question" else ()
    )
    scene = Scene(report, KIND, BRIEF, focus, None, pending, options)  # type: ignore[arg-type]
    reading = read(said, scene)
    assert (reading.command is None) == bool(reading.question)
    for command in [c for c in (reading.command, *(c for _, c in reading.nearest)) if c is not None]:
        assert label(command, report)
        for place in places(command):
            assert place == Place() or (report is not None and stands(report, place))


@settings(max_examples=100, deadline=None)
@given(TURNS, FOCI)
def test_the_same_words_are_always_read_the_same_way(said: str, focus: Place | None) -> None:
    scene = Scene(None, KIND, BRIEF, focus)
    assert read(said, scene) == read(said, scene)
