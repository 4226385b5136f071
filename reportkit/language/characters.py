"""Characters of written Chinese, named once.  Each is the inside of a ``[ ]`` or, where it says so, a whole expression."""

from __future__ import annotations

__all__ = ["CLAUSE_END", "CLOSERS", "DASH", "DASHES", "HAN", "HAN_DIGITS", "OPENERS", "PAIRS", "QUOTED", "SENTENCE_END", "YEAR"]

HAN = "〇㐀-鿿豈-﫿"
HAN_DIGITS = "零〇一二两三四五六七八九"
CLAUSE_END = "，；。：！？\n"  # the marks at which a clause ends
SENTENCE_END = "。！？!?"
PAIRS = {"“": "”", "‘": "’", "「": "」", "『": "』", "《": "》", "（": "）", "(": ")", "【": "】"}
OPENERS = "".join(PAIRS)
CLOSERS = "".join(PAIRS.values())
YEAR = r"(?:1[89]|20|21)\d{2}"  # a whole expression: a year in digits, without 年
DASHES = "-—–－~～∼〜⁓"
DASH = f"[{DASHES}至到]{{1,2}}"  # a whole expression: what stands between the ends of a range
QUOTED = "(?:“[^“”\n]{0,60}”|《[^《》\n]{0,160}》)"  # a whole expression: a quotation or a title
