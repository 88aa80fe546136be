"""Markings are found where a reader of the page sees them, and the same words in prose are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nigao.corpus.markings import find_marking

BODY = [
    "各科室：",
    "为做好年度工作，现将有关事项通知如下。",
    *["各科室应当按照分工抓好落实，每月报告进展情况。"] * 30,
    "市政务服务管理办公室",
    "2025年10月28日",
]

MARKED_LINES = [
    ("秘密★1年", "秘密"),
    ("机密 ★ 长期", "机密"),
    ("绝密★启用前", "绝密"),
    ("秘　密", "秘密"),
    ("绝  密 ★ 30 年", "绝密"),
    ("秘密☆１０年", "秘密"),
    ("秘密*1年", "秘密"),
    ("机密5年", "机密"),
    ("機密★5年", "机密"),
    ("密级：秘密", "秘密"),
    ("密级: 机密★10年", "机密"),
    ("密  级：秘 密", "秘密"),
    ("密级：内部", "内部"),
    ("000123　　秘密★1年", "秘密"),
    ("秘密★1年　　　　特急", "秘密"),
    ("（秘密）", "秘密"),
    ("【机密】", "机密"),
    ("工作秘密", "工作秘密"),
    ("工作秘密★5年", "工作秘密"),
    ("★工作秘密 妥善保管", "工作秘密"),
    ("内部资料", "内部"),
    ("内部文件 注意保存", "内部"),
    ("内部资料，严禁外传", "内部"),
    ("内部资料 请勿外传！", "内部"),
    ("仅供内部使用", "内部"),
    ("（仅限本单位内部传阅）", "内部"),
    ("供内部参考，阅后收回", "内部"),
    ("【内部】", "内部"),
    ("★内部", "内部"),
    ("内部★", "内部"),
    ("内 部 资 料", "内部"),
    ("内部情况 注意保密", "内部"),
    ("秘\u200b密★1年", "秘密"),
    ("秘密 | 000123 | 特急", "秘密"),
]

PLAIN_LINES = [
    "严格保守国家秘密和商业秘密",
    "凡含有国家秘密、商业秘密或者个人隐私内容的信息不予公开",
    "（三）加强内部控制",
    "二、健全内部管理制度",
    "内部审计",
    "内部控制",
    "第二章　工作秘密的管理",
    "关于加强内部审计工作的通知",
    "关于印发《内部资料管理办法》的通知",
    "中华人民共和国保守国家秘密法",
    "国家秘密的密级分为绝密、机密、秘密三级",
    "密级：公开",
    "密级标志由“秘密★1年”等组成",
    "定密权限包括：绝密、机密、秘密",
    "单位内部使用的管理系统应当通过测评",
    "内部职工、内部机构和内部刊物由综合科管理",
    "只在机关内部执行的管理规范和工作制度",
    "克服内部困难，顶住外部压力",
    "对在工作中知悉的秘密负有保密义务。",
    "该文件属于内部资料。",
    "秘密级事项由保密委员会确定",
    "机密载体的销毁",
    "主题词：秘密　载体　管理",
    "内部交流",
    "内部监督和外部监督",
    "内设机构（内部科室）",
    "秘密战线的故事",
    "商业秘密保护",
    "（一）内部",
    "工作秘密事项目录管理",
]


@pytest.mark.parametrize(("line", "word"), MARKED_LINES)
def test_a_marking_on_its_own_line_is_found(line: str, word: str) -> None:
    assert find_marking(lines=[line, *BODY]) == word
    assert find_marking(lines=[*BODY, line]) == word
    assert find_marking(lines=BODY, margins=[line]) == word
    assert find_marking(lines=["关于检修安排的通知", "", line, *BODY]) == word


@pytest.mark.parametrize("line", PLAIN_LINES)
def test_the_word_in_prose_is_no_marking(line: str) -> None:
    assert find_marking(lines=[line, *BODY]) == ""
    assert find_marking(lines=[*BODY, line]) == ""
    assert find_marking(lines=[*BODY[:16], line, *BODY[16:]]) == ""


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("关于检修安排的通知（秘密）", "秘密"),
        ("【内部】值班名单", "内部"),
        ("（机密）会议纪要", "机密"),
        ("值班名单（仅供内部使用）", "内部"),
        ("内部资料-值班名单", "内部"),
        ("值班名单_内部资料", "内部"),
        ("2025_秘密_会议纪要", "秘密"),
        ("秘密★1年 会议纪要", "秘密"),
        ("会议纪要 机密", "机密"),
        ("工作秘密—机房布局", "工作秘密"),
        ("机密", "机密"),
    ],
)
def test_a_marked_name_is_found(name: str, word: str) -> None:
    assert find_marking(names=[name]) == word


@pytest.mark.parametrize(
    "name",
    [
        "中华人民共和国保守国家秘密法",
        "商业秘密保护规定",
        "工作秘密管理暂行办法",
        "2025年内部审计报告",
        "内部控制手册（2025年版）",
        "关于加强内部管理的意见",
        "关于内部资料性出版物管理办法的说明",
        "内部　审计　制度",
        "保密工作总结-2025",
    ],
)
def test_a_name_about_the_subject_is_no_marking(name: str) -> None:
    assert find_marking(names=[name]) == ""


def test_an_attachment_marked_in_the_middle_is_found() -> None:
    assert find_marking(lines=[*BODY, "机密★5年", *BODY]) == "机密"


def test_a_bare_word_in_the_middle_is_a_heading_or_a_cell() -> None:
    assert find_marking(lines=[*BODY, "秘密", *BODY]) == ""


def test_nothing_to_look_at() -> None:
    assert find_marking() == ""
    assert find_marking(names=[""], margins=["\n"], lines=["", " "]) == ""


@given(st.sampled_from([line for line, _ in MARKED_LINES]), st.integers(0, 3), st.sampled_from([" ", "\u3000", "\t"]))
def test_spacing_hides_no_marking(line: str, width: int, space: str) -> None:
    spaced = (space * width).join(line)
    assert find_marking(lines=[spaced, *BODY]) != ""


@given(st.text(max_size=200))
def test_any_text_is_looked_at_without_failing(text: str) -> None:
    find_marking(names=[text], margins=[text], lines=text.splitlines())
