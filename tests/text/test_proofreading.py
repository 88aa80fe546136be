from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nigao.text.proofreading import ApprovedText, Likeness, Proofreader
from nigao.text.proofreading.confusables import confusable
from nigao.text.proofreading.pairs import familiarity, follows
from nigao.text.proofreading.wordlist import general_words

_PROSE = st.text(alphabet="建立健全制度渡部门分工负责责实的，。《》“”A1云汀落贯彻执行", max_size=60)


class Corpus:
    """Approved documents in memory."""

    def __init__(self, **documents: str) -> None:
        self.documents = documents

    def holds(self, words: str) -> bool:
        return any(words in text for text in self.documents.values())

    def near(self, sentence: str) -> Sequence[ApprovedText]:
        return [ApprovedText(title, text) for title, text in self.documents.items()]


@pytest.mark.parametrize(
    ("wrong", "right", "likeness"),
    [
        ("渡", "度", Likeness.SOUND),
        ("则", "责", Likeness.SOUND),
        ("成", "程", Likeness.SOUND),
        ("宗", "中", Likeness.NEAR_SOUND),
        ("林", "零", Likeness.NEAR_SOUND),
        ("冶", "治", Likeness.SHAPE),
        ("未", "末", Likeness.SHAPE),
        ("债", "责", Likeness.SHAPE),
    ],
)
def test_what_is_typed_for_what(wrong: str, right: str, likeness: Likeness) -> None:
    assert confusable(wrong)[right] is likeness
    assert right in confusable(wrong)
    assert wrong in confusable(right)
    assert wrong not in confusable(wrong)


def test_what_no_table_has_is_confusable_with_nothing() -> None:
    assert confusable("A") == {}
    assert confusable("𠮷") == {}


def test_pairs_that_go_together_are_familiar() -> None:
    assert familiarity("制", "度") > familiarity("制", "渡")
    assert follows("党", "委") < 0
    assert familiarity("A", "𠮷") <= 0


def test_a_run_is_cut_into_the_likeliest_words() -> None:
    lattice = general_words().cut("建立健全制度")
    assert [lattice.text[start:end] for start, end in lattice.words] == ["建立", "健全制度"]
    assert lattice.before[-1] == pytest.approx(lattice.after[0])
    assert general_words().cut("").words == []


@pytest.mark.parametrize(
    ("sentence", "wrong", "right"),
    [
        ("严格执行开放审核制渡和安全保密规定。", "渡", "度"),
        ("严格执行预蒜管理规定。", "蒜", "算"),
        ("加强基层党组织键设。", "键", "建"),
        ("确保各项任物按期完成。", "物", "务"),
        ("开展调查研纠，形成报告。", "纠", "究"),
    ],
)
def test_the_word_list_shows_a_slip(sentence: str, wrong: str, right: str) -> None:
    [slip] = Proofreader().slips(sentence)
    assert (slip.wrong, slip.right) == (wrong, right)
    assert sentence[slip.start : slip.end] == wrong
    assert right in slip.word
    assert slip.count > 0
    assert not slip.title


@pytest.mark.parametrize(
    "sentence",
    [
        "云汀市档案服务中心负责全市档案的接收、保管和利用工作。",
        "赵云汀、陈晓晖、李凤岭、欧阳倩雯等同志参加。",
        "会见了弗舍尔·马格坦、斯特拉勒维奇等来宾。",
        "印发《云汀市档案开放审核制渡》，坚持“一岗双债”。",
        "",
    ],
)
def test_names_titles_and_slogans_are_left_alone(sentence: str) -> None:
    assert Proofreader().slips(sentence) == []


def test_the_corpus_shows_what_the_word_list_does_not() -> None:
    corpus = Corpus(责任制规定="主要负责人负总责，分管负责人具体抓。")
    sentence = "形成主要领导负总则、分管领导具体抓的格局。"
    assert Proofreader().slips(sentence) == []
    [slip] = Proofreader(corpus).slips(sentence)
    assert (slip.wrong, slip.right, slip.phrase, slip.title) == ("则", "责", "负总责", "责任制规定")


def test_what_the_corpus_writes_is_no_slip() -> None:
    sentence = "严格执行开放审核制渡和安全保密规定。"
    assert Proofreader(Corpus(某文件="审核制渡和管理")).slips(sentence) == []
    assert Proofreader(Corpus(某文件="别的内容")).slips(sentence)


def test_several_slips_of_a_sentence_come_in_order() -> None:
    found = Proofreader().slips("严格执行预蒜管理规定，加强基层党组织键设，提高服务水评。")
    assert [(slip.wrong, slip.right) for slip in found] == [("蒜", "算"), ("键", "建"), ("评", "平")]


def test_what_the_text_writes_elsewhere_is_evidence() -> None:
    sentence = "各科室按职债分工抓好落实。"
    assert Proofreader(text=sentence).slips(sentence) == []
    [slip] = Proofreader(text="按职责分工负责。各支部按职责分工推进。" + sentence).slips(sentence)
    assert (slip.wrong, slip.right) == ("债", "责")
    assert "职责" in slip.own
    assert slip.own_count >= 1


def test_what_the_text_writes_again_is_meant() -> None:
    sentence = "加强基层党组织键设。"
    assert Proofreader().slips(sentence)
    assert Proofreader(text=sentence + "做好键设工作。").slips(sentence) == []


@pytest.mark.parametrize(
    "text",
    [
        "局党组抓实实民主集中制。",
        "执行民主集中制制，重要事项集体研究。",
        "该项工作涉涉及三个科室。",
        "在窗窗口公开办事流程。",
        "政政策解读不及时。",
        "全年召召开会议六次。",
        "不合规现象时有有发生。",
    ],
)
def test_a_doubled_character_is_found(text: str) -> None:
    [(start, end)] = Proofreader().doubled(text)
    assert text[start:end] == text[start - 1]


@pytest.mark.parametrize(
    "text",
    [
        "层层落实实施细则，人人参与，常常研究研究问题。",
        "把账目弄得清清楚楚，事事有回音。",
        "镇镇长和村村民代表参加。",
        "看了一幕幕演出，听了一声声汽笛。",
        "达成合同目的的，可以以书面形式通知。",
        "云汀市市长、综合科科长、法务司司长到会。",
        "落实粮食出库库点，提升耕地地力。",
        "由市市场监管局牵头，申请权权属有争议的除外。",
        "在在建项目中推行，对对方的意见逐条答复。",
        "有3项项目，5家家庭参加，一届届班子接力干。",
        "王琳琳、赵丰丰同志参加。",
    ],
)
def test_what_is_rightly_doubled_is_left_alone(text: str) -> None:
    assert list(Proofreader().doubled(text)) == []


@pytest.mark.parametrize(("sentence", "start"), [("省厅作出部部署。", 5), ("窗口服务水平平明显提高。", 6)])
def test_a_doubled_character_is_told_by_what_the_text_writes_elsewhere(sentence: str, start: int) -> None:
    right = sentence[:start] + sentence[start + 1 :]
    assert list(Proofreader().doubled(sentence)) == []
    assert list(Proofreader(text=sentence + right).doubled(sentence)) == []
    assert list(Proofreader(text=sentence + right * 2).doubled(sentence)) == [(start, start + 1)]
    assert list(Proofreader(Corpus(某文件=sentence), sentence + right * 2).doubled(sentence)) == []


def test_a_missing_character_is_told_by_what_the_text_writes_elsewhere() -> None:
    sentence = "收集科按月核对整改措，报馆领导审阅。"
    text = f"办公室列出整改措施，业务科细化整改措施，{sentence}"
    [missing] = Proofreader(text=text).missing(sentence)
    assert (missing.right, missing.word, missing.phrase, missing.count) == ("施", "措施", "改措施，", 2)
    assert sentence[missing.start : missing.end] == "措"
    assert missing.place == missing.end
    assert list(Proofreader().missing(sentence)) == []
    assert list(Proofreader(text=text + "另有整改措，").missing(sentence)) == []
    assert list(Proofreader(Corpus(某文件="列出整改措，"), text).missing(sentence)) == []


@pytest.mark.parametrize("text", ["增加2人次，减少5人次，共接待8人，", "列出措施，细化措施，列出清单，细化清单，"])
def test_what_is_only_shorter_misses_nothing(text: str) -> None:
    assert list(Proofreader(text=text).missing(text)) == []


def test_a_second_opinion_needs_the_same_evidence() -> None:
    reader = Proofreader()
    sentence = "各科室按职债分工抓好落实。"
    assert reader.slips(sentence) == []
    slip = reader.second(sentence, 5, "责")
    assert slip is not None
    assert slip.count > 0
    assert reader.second(sentence, 5, "山") is None
    assert reader.second(sentence, 0, "格") is None


@given(_PROSE)
def test_slips_stand_in_the_text_and_are_other_characters(text: str) -> None:
    reader = Proofreader(Corpus(制度="建立健全制度，部门分工负责，贯彻落实执行。"), text * 2)
    for slip in reader.slips(text):
        assert text[slip.start : slip.end] == slip.wrong != slip.right
        assert slip.right in confusable(slip.wrong)
        assert slip.listed or slip.title
        assert not slip.own or slip.right in slip.own
    for missing in reader.missing(text):
        assert missing.start <= missing.place <= missing.end == missing.start + 1
        assert missing.written in text
    for start, end in reader.doubled(text):
        assert text[start:end] == text[start - 1]
        assert end == start + 1
