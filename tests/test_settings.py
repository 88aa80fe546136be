"""Finding a workspace, reading its settings, and making one."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from nigao.corpus.manifest import load_manifest
from nigao.errors import OutputError, WorkspaceError
from nigao.report.brief import Brief
from nigao.settings import CONFIG_NAME, WORKSPACE_VARIABLE, find_workspace, load_settings
from nigao.workspace import create_workspace


@pytest.fixture(autouse=True)
def _no_workspace_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(WORKSPACE_VARIABLE, raising=False)


def configured(folder: Path, text: str = "") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / CONFIG_NAME).write_text(text, encoding="utf-8")
    return folder


def test_the_nearest_folder_upward(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outer = configured(tmp_path / "outer")
    inner = configured(outer / "a" / "inner")
    (inner / "b" / "c").mkdir(parents=True)
    assert find_workspace(inner / "b" / "c") == inner
    assert find_workspace(outer / "a") == outer
    monkeypatch.chdir(inner / "b")
    assert find_workspace() == inner


def test_no_workspace(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="没有工作区") as caught:
        find_workspace(tmp_path)
    assert "nigao init" in caught.value.fix


def test_the_variable_names_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named, here = configured(tmp_path / "named"), configured(tmp_path / "here")
    monkeypatch.chdir(here)
    monkeypatch.setenv(WORKSPACE_VARIABLE, str(named))
    assert find_workspace() == named
    # What the caller asks for goes before what the environment says.
    assert find_workspace(here) == here
    monkeypatch.setenv(WORKSPACE_VARIABLE, str(tmp_path))
    with pytest.raises(WorkspaceError, match="不是工作区") as caught:
        find_workspace()
    assert caught.value.where == WORKSPACE_VARIABLE


def test_an_empty_file_means_the_defaults(tmp_path: Path) -> None:
    settings = load_settings(configured(tmp_path))
    assert (settings.kind, settings.embeddings, settings.ai_label) == ("political-ecology", "local", True)
    assert settings.manifest == tmp_path / "corpus" / "manifest.yaml"
    assert settings.kinds == tmp_path / "kinds"
    assert settings.data == tmp_path / ".nigao"
    assert settings.database.parent == settings.data


def test_every_setting(tmp_path: Path) -> None:
    text = 'manifest = "m.yaml"\nkinds = "k"\nkind = "work-summary"\nembeddings = "none"\nai_label = false\n'
    settings = load_settings(configured(tmp_path, text))
    assert (settings.manifest, settings.kinds) == (tmp_path / "m.yaml", tmp_path / "k")
    assert (settings.kind, settings.embeddings, settings.ai_label) == ("work-summary", "none", False)


def test_settings_are_frozen(tmp_path: Path) -> None:
    settings = load_settings(configured(tmp_path))
    with pytest.raises(ValidationError):
        settings.kind = "other"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("kind = ", "不是合法的 TOML"),
        ('kinde = "a"', "kinde：不认识的字段，是否想写 kind"),
        ("kind = 5", "kind：应为文字"),
        ('ai_label = "maybe"', "ai_label：应为 true 或 false"),
        ('embeddings = "remote"', "embeddings"),
    ],
)
def test_bad_settings_name_the_field(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(WorkspaceError) as caught:
        load_settings(configured(tmp_path, text))
    assert message in caught.value.message
    assert caught.value.where == str(tmp_path / CONFIG_NAME)


def test_settings_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="读不出来"):
        load_settings(tmp_path)
    (tmp_path / CONFIG_NAME).write_bytes("kind = '甲'".encode("gb18030"))
    with pytest.raises(WorkspaceError, match="UTF-8"):
        load_settings(tmp_path)


def test_a_new_workspace_can_be_used_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "ws"
    made = create_workspace(folder)
    assert set(made) == {folder / CONFIG_NAME, folder / "corpus" / "manifest.yaml"}
    assert find_workspace(folder) == folder
    settings = load_settings(folder)
    assert not load_manifest(settings.manifest).documents
    assert create_workspace(folder) == []


def test_a_sample_workspace_holds_corpus_and_brief(tmp_path: Path) -> None:
    create_workspace(tmp_path, sample=True)
    assert load_manifest(load_settings(tmp_path).manifest).documents
    assert Brief.load(tmp_path / "brief.yaml").unit.full


def test_what_is_there_is_left_alone(tmp_path: Path) -> None:
    configured(tmp_path, "ai_label = false\n")
    create_workspace(tmp_path)
    assert load_settings(tmp_path).ai_label is False


def test_a_workspace_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="工作区建不了"):
        create_workspace(tmp_path / "file" / "ws")


def test_the_model_and_the_embedding_of_the_file(tmp_path: Path) -> None:
    text = """
embeddings = "endpoint"
[model]
name = "m"
base_url = "http://127.0.0.1:8000/v1/"
timeout = 30
headers = {X-Office = "files"}
[embedding]
name = "e"
dimensions = 256
"""
    settings = load_settings(configured(tmp_path, text))
    assert (settings.model.name, settings.model.base_url) == ("m", "http://127.0.0.1:8000/v1")
    assert (settings.model.timeout, settings.model.headers) == (30.0, {"X-Office": "files"})
    assert (settings.embeddings, settings.embedding.name, settings.embedding.dimensions) == ("endpoint", "e", 256)


def test_the_environment_goes_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIGAO_MODEL_CONCURRENCY", "9")
    monkeypatch.setenv("NIGAO_BASE_URL", "http://127.0.0.1:1/v1")
    monkeypatch.setenv("NIGAO_MODEL_HEADERS", '{"Authorization": "Bearer x"}')
    monkeypatch.setenv("NIGAO_EMBEDDING_NAME", "e2")
    settings = load_settings(configured(tmp_path, '[model]\nname = "m"\nconcurrency = 2\n[embedding]\nname = "e"\n'))
    assert (settings.model.name, settings.model.concurrency) == ("m", 9)
    assert settings.model.base_url == "http://127.0.0.1:1/v1"
    assert settings.model.headers == {"Authorization": "Bearer x"}
    assert settings.embedding.name == "e2"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[model]\nnam = "m"', "nam：不认识的字段，是否想写 name"),
        ("[model]\ntimeout = 0", "timeout：数值太小"),
        ("[model]\nconcurrency = 1000", "concurrency：数值太大"),
        ('[model]\nstructured = "xml"', "structured"),
        ('[embedding]\nbase_url = "ftp://127.0.0.1"', "base_url"),
        ('[model]\napi_key = "sk-1"', "api_key 不能写在这里"),
        ('[embedding]\nheaders = {Authorization = "x"}', "authorization 不能写在这里"),
    ],
)
def test_a_bad_model_setting_names_the_field_and_shows_no_secret(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(WorkspaceError) as caught:
        load_settings(configured(tmp_path, text))
    assert message in caught.value.message
    assert CONFIG_NAME in caught.value.where
    assert "sk-1" not in str(caught.value)


def test_headers_of_the_environment_are_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIGAO_MODEL_HEADERS", "X: 1")
    with pytest.raises(WorkspaceError, match="JSON"):
        load_settings(configured(tmp_path))


def test_the_settings_that_a_new_workspace_suggests_are_valid(tmp_path: Path) -> None:
    create_workspace(tmp_path)
    text = (tmp_path / CONFIG_NAME).read_text(encoding="utf-8")
    lines = [line.removeprefix("# ") if "=" in line or "[" in line else line for line in text.splitlines()]
    (tmp_path / CONFIG_NAME).write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "模板.dotx").write_bytes(b"PK")
    settings = load_settings(tmp_path)
    assert settings.word.template
    assert settings.model.base_url
    assert settings.embedding.base_url


def test_a_template_is_found_from_the_workspace(tmp_path: Path) -> None:
    root = configured(tmp_path, '[word]\ntemplate = "styles/本单位.dotx"\n')
    with pytest.raises(WorkspaceError, match="找不到 Word 模板") as caught:
        load_settings(root)
    assert "[word] template" in caught.value.where
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles" / "本单位.dotx").write_bytes(b"PK")
    assert load_settings(root).word.template == tmp_path / "styles" / "本单位.dotx"
    assert load_settings(configured(tmp_path / "plain")).word.template is None
