"""Old office formats through LibreOffice, as docx or xlsx."""

from __future__ import annotations

from nigao.corpus.limits import AdmissionLimits
from nigao.corpus.model import RefusalReason
from nigao.errors import AdmissionError
from nigao.office import Failure, Job, program
from nigao.office import convert as run_job

# What each kind becomes. WPS Office's .wps and .et are Word's and Excel's own binary format under another name.
CONVERTED = {
    ".doc": ".docx",
    ".wps": ".docx",
    ".rtf": ".docx",
    ".odt": ".docx",
    ".xls": ".xlsx",
    ".et": ".xlsx",
    ".ods": ".xlsx",
}
_FILTERS = {".docx": "docx:MS Word 2007 XML", ".xlsx": "xlsx:Calc MS Excel 2007 XML"}


def convert(data: bytes, suffix: str, name: str, limits: AdmissionLimits) -> tuple[bytes, str]:
    """The file as docx or xlsx, and that suffix. `suffix` is one of CONVERTED; `name` is for messages.

    Raises AdmissionError: `converter` where LibreOffice is missing or makes nothing of the file, `resources` where it
    takes longer than `limits.office_seconds` or writes more than `limits.archive_bytes`.
    """
    office = program()
    if office is None:
        raise AdmissionError(
            f"读取 {suffix} 需要 LibreOffice，本机没有找到",
            reason=RefusalReason.CONVERTER,
            where=name,
            fix=f"安装 LibreOffice 后再试，或用 Word、WPS 另存为 {CONVERTED[suffix].removeprefix('.')}",
        )
    target = CONVERTED[suffix]
    job = Job(suffix, target, _FILTERS[target], limits.office_seconds, limits.archive_bytes)
    made = run_job(office, job, [data])
    if isinstance(made, Failure):
        raise _refusal(made, suffix, name, limits)
    return made[0], target


def _refusal(failure: Failure, suffix: str, name: str, limits: AdmissionLimits) -> AdmissionError:
    save_as = f"另存为 {CONVERTED[suffix].removeprefix('.')}"
    reason = RefusalReason.RESOURCES if failure in (Failure.TIMEOUT, Failure.TOO_BIG) else RefusalReason.CONVERTER
    match failure:
        case Failure.NO_START:
            message, fix = "LibreOffice 启动不了", f"核对 LibreOffice 的安装，或用 Word、WPS {save_as}"
        case Failure.TIMEOUT:
            message = f"LibreOffice 转换超过 {limits.office_seconds:g} 秒，已中止"
            fix = "用 Word 或 WPS 另存为 docx，或拆分文件后再试"
        case Failure.TOO_BIG:
            message, fix = "转换结果过大", "拆分文件，或去掉图片后再试"
        case _:
            message = f"LibreOffice 转换不了这个 {suffix} 文件，可能已损坏、加了密码，或缺相应组件"
            fix = f"用 Word 或 WPS 打开核对，{save_as}"
    return AdmissionError(message, reason=reason, where=name, fix=fix)
