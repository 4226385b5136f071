"""The words of ``lexicons/heading_words.tsv`` and ``lexicons/titlepage.tsv`` as patterns, each compiled once."""

from __future__ import annotations

import re
from functools import cache

from reportkit.language.cuelists import class_pattern
from reportkit.language.lines import line_words

__all__ = ["heading_words", "title_end", "titlepage_words"]


def heading_words(kind: str, *, at_end: bool = False) -> re.Pattern[str]:
    """The cues of a class of ``heading_words.tsv``; ``at_end``: only where what is searched ends with one.

    >>> bool(heading_words("topic", at_end=True).search("2023年工作回顾"))
    True
    """
    return class_pattern("heading_words", kind, at_end=at_end)


def titlepage_words(kind: str, *, at_end: bool = False) -> re.Pattern[str]:
    """The cues of a class of ``titlepage.tsv``.

    >>> titlepage_words("body", at_end=True).search("某某市人民政府办公室")[0]
    '人民政府办公室'
    """
    return class_pattern("titlepage", kind, at_end=at_end)


@cache
def title_end() -> re.Pattern[str]:
    """How the title of a report ends (``lexicons/line_words.tsv``).

    >>> bool(title_end().search("2023年工作报告")), bool(title_end().search("报告如下"))
    (True, False)
    """
    return re.compile(rf"(?:{line_words('title')})\Z")
