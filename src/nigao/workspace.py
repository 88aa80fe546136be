"""Making a workspace: a folder with nigao.toml, a corpus folder with its manifest, and a brief to start from."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from nigao.errors import OutputError
from nigao.resources import sample_brief, sample_corpus
from nigao.settings import CONFIG_NAME

_CONFIG = """\
# 拟稿工作区设置。删去的项取默认值。
manifest = "corpus/manifest.yaml"   # 语料清单
kind = "political-ecology"          # 默认文种
embeddings = "local"                # local：本地向量模型；endpoint：[embedding] 的模型；none：只按字词检索
ai_label = true                     # 导出文件带人工智能生成合成内容标识
# unit = "某某单位"                 # 本单位：检索和核对时可以看到只对本单位开放的文件

# [check]                           # 核对：不用的规则、只看哪一级及以上、改变级别；按文种另设见 docs/checking.md
# ignore = ["S109"]
# severity = "warning"
# levels = {{ G220 = "warning" }}

# [word]                            # 导出 Word：用本单位的样稿或模板（.docx、.dotx）的版式，正文不取；不设则按国家标准
# template = "模板.dotx"            # 路径相对于工作区

{signoff}
# [service]                         # nigao serve，说明见 docs/serving.md
# host = "127.0.0.1"                # 监听的地址；本机以外的地址要先用 nigao keys create 发密钥
# port = 8710
# drafts = 2                        # 同时起草几份
# upload_mb = 50                    # 上传的文件最大多少 MB
# body_mb = 4                       # 其他请求最大多少 MB
# requests_per_minute = 1200        # 每个调用方每分钟最多几次，0 为不限
# grace = 20                        # 停止时，正在办的最多再办几秒
# framed_by = ["https://office.example.gov.cn"]   # 哪些网站可以把网页嵌在框里，如 Word 加载项

# [model]                           # 兼容 OpenAI 接口的模型，用来润色文字；不设则离线拟稿
# name = "模型名称"                 # 或环境变量 NIGAO_MODEL
# base_url = "http://127.0.0.1:8000/v1"   # 或 NIGAO_BASE_URL；密钥只放在环境变量 NIGAO_API_KEY 里
# timeout = 120                     # 一次调用（含重试）最长秒数
# concurrency = 4                   # 同时进行的调用数
# tokens_per_report = 200000        # 一份报告的用量上限

# [embedding]                       # embeddings = "endpoint" 时使用；密钥放在 NIGAO_EMBEDDING_API_KEY 里
# name = "向量模型名称"
# base_url = "http://127.0.0.1:8000/v1"
"""
_SIGNOFF = """\
# [signoff]                         # 签发：谁可以签发送审稿
# approvers = ["姓名"]
# drafter_may_approve = false       # 拟稿人、送审人可否签发自己的稿
"""
# In the sample corpus he approves the documents too.
_SAMPLE_SIGNOFF = """\
[signoff]                           # 签发：谁可以签发送审稿
approvers = ["周文清"]
drafter_may_approve = false         # 拟稿人、送审人可否签发自己的稿
"""
_MANIFEST = """\
# 语料清单：列出经批准的文件，路径相对于本文件。每份文件都要写明批准人和批准日期，否则不予收录。
version: 1
documents: []
# documents:
#   - id: work-rules                 # 编号：字母、数字、连字符
#     path: documents/工作规则.docx
#     title: 某某单位工作规则
#     role: basis                    # basis 依据 / material 材料 / exemplar 范文
#     issuer: 某某单位
#     number: 某办〔2025〕1号
#     approved_by: 批准人
#     approved_on: 2025-01-10
#     valid_from: 2025-01-15         # 可省略
#     valid_to: 2027-12-31           # 可省略
#     supersedes: []                 # 取代的文件编号
#     visible_to: [某某单位]         # 只对这些单位开放，可省略
"""


def create_workspace(folder: Path, *, sample: bool = False) -> list[Path]:
    """Make a workspace; files that are already there are left alone. Returns what was made.

    With `sample` the sample corpus and its brief are copied in. Raises OutputError when the folder cannot be written.
    """
    made: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        signoff = _SAMPLE_SIGNOFF if sample else _SIGNOFF
        _write(folder / CONFIG_NAME, _CONFIG.format(signoff=signoff), made)
        if sample:
            _copy(sample_corpus(), folder / "corpus", made)
            _write(folder / "brief.yaml", sample_brief().read_text(encoding="utf-8"), made)
        else:
            (folder / "corpus" / "documents").mkdir(parents=True, exist_ok=True)
            _write(folder / "corpus" / "manifest.yaml", _MANIFEST, made)
    except OSError as exc:
        raise OutputError(f"工作区建不了（{exc.strerror}）", where=str(folder), fix="核对路径和权限") from None
    return made


def _write(path: Path, text: str, made: list[Path]) -> None:
    if not path.exists():
        path.write_text(text, encoding="utf-8")
        made.append(path)


def _copy(source: Path, target: Path, made: list[Path]) -> None:
    for folder, _, names in os.walk(source):
        for name in sorted(names):
            origin = Path(folder) / name
            place = target / origin.relative_to(source)
            if not place.exists():
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(origin, place)
                made.append(place)
