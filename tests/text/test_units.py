"""Whose is a text: the unit, bodies within it, and others."""

from __future__ import annotations

import pytest

from nigao.text.units import UnitNames, stated_issuer

UNIT = UnitNames("岚溪县水务局", "县水务局")
LONG = UnitNames("青澜市政务服务管理办公室", "市政务办")


@pytest.mark.parametrize(
    "issuer",
    [
        "",
        "岚溪县水务局",
        "水务局",
        "县水务局党组",
        "中共岚溪县水务局党组",
        "局机关党支部",
        "机关党委",
        "办公室",
        "规划建设股",
        "党组",
    ],
)
def test_the_units_own_and_its_inner_bodies(issuer: str) -> None:
    assert UNIT.owns(issuer)


@pytest.mark.parametrize(
    "issuer", ["县农业农村局", "岚溪县农业农村局党组", "县委巡察办", "县委第一巡察组", "县水利工程公司"]
)
def test_other_units(issuer: str) -> None:
    assert not UNIT.owns(issuer)


def test_abbreviations_are_recognised_by_their_characters() -> None:
    assert UnitNames("青澜市政务服务管理办公室").owns("市政务办")
    assert not LONG.owns("青澜市公共资源交易中心")


@pytest.mark.parametrize(
    ("sentence", "another"),
    [
        ("县农业农村局开展主题党日72次。", True),
        ("市公共资源交易中心受理项目35个。", True),
        ("局机关党支部开展主题党日12次。", False),
        ("县水务局党组召开专题会议。", False),
        ("党组会议研究部署重点工作。", False),
        ("4个帮办代办窗口全年办理事项2.1万件。", False),
    ],
)
def test_whose_doing_a_sentence_tells(sentence: str, another: bool) -> None:
    assert UNIT.about_another(sentence, frozenset({"县农业农村局"})) is another


@pytest.mark.parametrize(
    ("title", "text", "issuer"),
    [
        ("2025年工作总结", "2025年工作总结\n正文如下。\n云汀市图书馆\n2025年12月1日\n", "云汀市图书馆"),
        ("交流材料", "交流材料\n岚溪县农业农村局党组\n正文。\n", "岚溪县农业农村局党组"),
        ("云汀市图书馆工作简报", "云汀市图书馆工作简报\n正文。\n", "云汀市图书馆"),
        ("关于做好有关工作的通知", "关于做好有关工作的通知\n各单位：\n请认真落实。\n", ""),
        ("2025年工作总结", "2025年工作总结\n正文如下。\n党支部\n", ""),
    ],
)
def test_issuer_by_the_documents_own_words(title: str, text: str, issuer: str) -> None:
    assert stated_issuer(title, text) == issuer
