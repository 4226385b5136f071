"""CJK radicals and compatibility ideographs, as programs write them in place of the ordinary characters."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from reportkit.language.lexicon import lexicon

__all__ = ["RADICALS", "plain_character"]

RADICALS = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")


def plain_character(radical: str) -> str:
    """The ordinary character for a radical; itself where there is none.

    The Kangxi radicals (U+2F00) and the compatibility ideographs (U+F900) by NFKC, which leaves the supplement (U+2E80)
    alone: for that, ``lexicons/radicals.tsv``.

    >>> plain_character("\u2f00"), plain_character("\u2ed3"), plain_character("一")
    ('一', '长', '一')
    """
    plain = _supplement().get(radical) or unicodedata.normalize("NFKC", radical)
    return plain if len(plain) == 1 else radical


@cache
def _supplement() -> dict[str, str]:
    return {entry["radical"]: entry["ideograph"] for entry in lexicon("radicals", ("radical", "ideograph"))}
