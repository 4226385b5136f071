"""Texts with some of their characters, lines and bytes changed, as no editor makes them."""

from __future__ import annotations

import random

_PIECES = (
    "\x00", "\ufeff", "\u202e", "\ud800", "\u3000" * 300, "“", "《", "（", "【", "一、", "（一）", "1.",
    "12:34:56:", "9" * 4000,
    "同比增长1%，" * 100, "其中1件，" * 100, "\n" * 500, "\r", "\x0b",
    "\u2028", "\U0001f600", "⼀", "⻓", "e\u0301" * 200, "。", "-2-\n",
    "首页 > 正文\n", "责任编辑：\n", "=" * 500 + "\n", "| 甲 | 1 |\n" * 50, "2023年" * 200,
)  # fmt: skip


def mutated(data: bytes, seed: int) -> bytes:
    """The text with one to twenty mutations, in one of the codecs that texts come in; the same for a seed."""
    chance = random.Random(seed)
    text = data.decode("utf-8")
    for _ in range(chance.randrange(1, 21)):
        text = _changed(text, chance)[:300_000] or "报"
    coded = text.encode(chance.choice(["utf-8", "utf-8", "gb18030", "utf-16", "utf-16-le"]), "replace")
    if chance.random() < 0.3:
        at = chance.randrange(len(coded))
        coded = coded[:at] + chance.randbytes(chance.choice([1, 3, 200])) + coded[at:]
    return coded


def _changed(text: str, chance: random.Random) -> str:
    at, end = sorted(chance.randrange(len(text) + 1) for _ in range(2))
    end = min(end, at + chance.choice([1, 20, 400]))
    way = chance.randrange(6)
    if way == 0:
        return text[:at] + text[end:]
    if way == 1:
        return text[:end] + text[at:end] * chance.choice([1, 5, 40]) + text[end:]
    if way == 2:
        return text[end:] + text[:at]
    if way == 3:
        return text[:at] + "".join(chance.sample(text[at:end], end - at)) + text[end:]
    if way == 4:
        lines = text.split("\n")
        chance.shuffle(lines)
        return "\n".join(lines)
    return text[:at] + chance.choice(_PIECES) + text[at:]
