"""Word lists of the grammar are written as text, one pattern a word, with names for what many of them share."""

from __future__ import annotations

# Patterns that many words are made with.
_PARTS = {
    "<CHANGING>": "(?:改|换|写|替换|替|更正|更改|修改|调整|规范|变|变更|改写|重写|更新|转|统一)",
    "<THAT>": "(?:内容|写得|字数|篇幅|表述|说得|文字|意思|这样|刚才的?|这个)?(?:的)?",
    "<ONE>": "一[条项点段个句]",
    "<TWO>": "(?:两|二|2)[条项点段个句]",
    "<CHANGE>": "(?:修改|改动|操作|变更|更改|编辑)",
    "<ERROR>": "(?:错误|错别字|差错|毛病|问题|错处|硬伤|错的|错)",
}


def listed(words: str) -> tuple[str, ...]:
    """The patterns of a list."""
    for name, pattern in _PARTS.items():
        words = words.replace(name, pattern)
    return tuple(words.split())


def any_of(words: str) -> str:
    """One pattern for any word of a list."""
    return f"(?:{'|'.join(listed(words))})"
