"""The manifest is told apart from its mistakes: each names the file, the entry, the field and the fix."""

import datetime as dt
from pathlib import Path

import pytest

from nigao.corpus.admission import admit
from nigao.corpus.manifest import document_from_entry, load_manifest
from nigao.corpus.model import RefusalReason, Role
from nigao.errors import AdmissionError, ManifestError

GOOD = """\
version: 1
documents:
  - id: rules-2022
    path: basis/rules.txt
    title: 学习制度（试行）
    role: basis
    approved_by: 王立
    approved_on: 2022-03-01
    valid_to: 2024-12-31
  - id: rules-2025
    path: basis/rules-2025.txt
    title: 学习制度
    role: basis
    issuer: 市政务办
    number: 青政务党〔2025〕3号
    approved_by: 王立
    approved_on: "2025-01-08"
    valid_from: 2025-01-10
    supersedes: [rules-2022]
    sha256: {sha}
  - id: draft
    path: material/draft.md
""".format(sha="AB" * 32)


def written(folder: Path, text: str) -> Path:
    path = folder / "manifest.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def refusal(folder: Path, text: str) -> ManifestError:
    with pytest.raises(ManifestError) as caught:
        load_manifest(written(folder, text))
    return caught.value


def entries(*lines: str) -> str:
    """A manifest whose entries are given as flow mappings."""
    return "version: 1\ndocuments:\n" + "".join(f"  - {{{line}}}\n" for line in lines)


def test_a_good_manifest(tmp_path: Path) -> None:
    manifest = load_manifest(written(tmp_path, GOOD))
    old, new, draft = manifest.documents
    assert (old.id, old.role, old.approved_on, old.valid_to) == (
        "rules-2022",
        Role.BASIS,
        dt.date(2022, 3, 1),
        dt.date(2024, 12, 31),
    )
    assert new.approved_on == dt.date(2025, 1, 8)
    assert new.sha256 == "ab" * 32
    assert manifest.superseded_by() == {"rules-2022": "rules-2025"}
    assert manifest.file_of(new) == tmp_path / "basis/rules-2025.txt"
    # Nothing said of role or approval: the door's business, not the manifest's.
    assert (draft.role, draft.approved_by, draft.approved_on, draft.title) == (None, "", None, "")


def test_a_document_is_recorded_from_its_entry(tmp_path: Path) -> None:
    entry = load_manifest(written(tmp_path, GOOD)).documents[1]
    document = document_from_entry(entry, "f" * 64)
    assert (document.id, document.title, document.role, document.sha256) == (
        "rules-2025",
        "学习制度",
        Role.BASIS,
        "f" * 64,
    )
    assert document.supersedes == ("rules-2022",)
    assert document.number == "青政务党〔2025〕3号"


def test_an_entry_without_role_has_no_record(tmp_path: Path) -> None:
    entry = load_manifest(written(tmp_path, GOOD)).documents[2]
    with pytest.raises(ValueError, match="draft"):
        document_from_entry(entry, "0" * 64)


def test_no_documents_is_an_empty_corpus(tmp_path: Path) -> None:
    assert load_manifest(written(tmp_path, "version: 1\ndocuments: []\n")).documents == ()


def test_blank_fields_are_absent(tmp_path: Path) -> None:
    blank = "".join(f"    {field}:\n" for field in ("approved_by", "approved_on", "supersedes", "sha256"))
    text = f"version: 1\ndocuments:\n  - id: a\n    path: a.txt\n{blank}"
    entry = load_manifest(written(tmp_path, text)).documents[0]
    assert (entry.approved_by, entry.approved_on, entry.supersedes, entry.sha256) == ("", None, (), "")


def test_a_missing_manifest(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match="找不到语料清单") as caught:
        load_manifest(tmp_path / "manifest.yaml")
    assert caught.value.where.endswith("manifest.yaml")
    assert caught.value.fix


def test_bad_yaml_names_the_line(tmp_path: Path) -> None:
    error = refusal(tmp_path, "version: 1\ndocuments:\n  - id: a\n   path: b\n")
    assert "第 4 行" in error.message


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("id: a, path: a.txt, aproved_by: 王立", "是否想写 approved_by"),
        ("id: a, path: a.txt, role: 依据", "role"),
        ("id: a, path: a.txt, approved_on: 20250301", "approved_on：应为日期"),
        ("id: a, path: a.txt, approved_on: 2025年3月1日", "approved_on：应为日期"),
        ("id: a, path: a.txt, approved_on: 2025-03-01 10:00:00", "approved_on：应为日期"),
        ("id: a, path: a.txt, number: 12", "number：应为文字"),
        ("id: a, path: a.txt, sha256: abc", "sha256"),
        ("id: a, path: a.txt, valid_from: 2025-02-01, valid_to: 2025-01-31", "早于 valid_from"),
        ("id: a, path: ''", "path：应为相对"),
        ("id: a, path: 'b\\c.txt'", "path：路径请用 /"),
        ("id: a", "path：缺少必填项"),
    ],
)
def test_a_wrong_entry_is_named(tmp_path: Path, line: str, said: str) -> None:
    error = refusal(tmp_path, entries("id: first, path: first.txt", line))
    assert said in error.message
    assert "第 2 份（a）" in error.where
    assert error.fix


@pytest.mark.parametrize("bad", ["''", "-a", "a/b", "../a", "a..b", "编号", "2025", "a b", "a" * 65])
def test_an_unsafe_id_is_refused(tmp_path: Path, bad: str) -> None:
    error = refusal(tmp_path, entries(f"id: {bad}, path: a.txt"))
    assert "id：编号只能用" in error.message
    assert "第 1 份" in error.where


@pytest.mark.parametrize(
    "text", ["documents: []\n", "version: 2\ndocuments: []\n", "version: 1\nfiles: []\n", "- a\n", ""]
)
def test_a_wrong_head_is_refused(tmp_path: Path, text: str) -> None:
    assert "manifest.yaml" in refusal(tmp_path, text).where


def test_two_mistakes_are_told_together(tmp_path: Path) -> None:
    error = refusal(tmp_path, entries("id: a, path: a.txt, role: x, nummber: 1"))
    assert "role" in error.message
    assert "是否想写 number" in error.message


@pytest.mark.parametrize("second", ["a", "A"])
def test_ids_are_unique(tmp_path: Path, second: str) -> None:
    error = refusal(tmp_path, entries("id: a, path: a.txt", f"id: {second}, path: b.txt"))
    assert "与第 1 份重复" in error.message
    assert "第 2 份" in error.where


@pytest.mark.parametrize("second", ["x/a.txt", "./x/a.txt", "x//a.txt"])
def test_paths_are_unique(tmp_path: Path, second: str) -> None:
    error = refusal(tmp_path, entries("id: a, path: x/a.txt", f"id: b, path: {second}"))
    assert "与第 1 份是同一个文件" in error.message


@pytest.mark.parametrize("path", ["../a.txt", "x/../../a.txt", "/etc/hosts", "x/../a.txt"])
def test_a_path_stays_in_the_folder(tmp_path: Path, path: str) -> None:
    error = refusal(tmp_path, entries(f"id: a, path: {path}"))
    assert "之外" in error.message
    assert "第 1 份（a）的 path" in error.where


def test_a_link_out_of_the_folder_is_refused_at_the_door_and_alone(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("外面的文件。", encoding="utf-8")
    inside = tmp_path / "corpus"
    inside.mkdir()
    (inside / "a.txt").symlink_to(outside)
    manifest = load_manifest(written(inside, entries("id: a, path: a.txt")))
    with pytest.raises(AdmissionError, match="之外") as caught:
        admit(manifest.documents[0], manifest.file_of(manifest.documents[0]))
    assert caught.value.reason == RefusalReason.UNREADABLE


def test_a_link_inside_the_folder_is_the_same_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("内容。", encoding="utf-8")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    error = refusal(tmp_path, entries("id: a, path: a.txt", "id: b, path: b.txt"))
    assert "同一个文件" in error.message


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("[a]", "[]", "不能取代自己"),
        ("[c]", "[]", "没有编号 c"),
        ("[b]", "[a]", "成环"),
    ],
)
def test_supersedes_makes_sense(tmp_path: Path, first: str, second: str, said: str) -> None:
    text = entries(f"id: a, path: a.txt, supersedes: {first}", f"id: b, path: b.txt, supersedes: {second}")
    error = refusal(tmp_path, text)
    assert said in error.message
    assert "supersedes" in error.where


def test_a_long_chain_is_no_cycle(tmp_path: Path) -> None:
    lines = ["id: d0, path: d0.txt"] + [f"id: d{i}, path: d{i}.txt, supersedes: [d{i - 1}]" for i in range(1, 30)]
    assert len(load_manifest(written(tmp_path, entries(*lines))).documents) == 30
