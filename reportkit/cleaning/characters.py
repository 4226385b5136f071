"""One character for another: line ends, invisible characters, white space, full width, CJK radicals."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from reportkit.cleaning.edits import Edit, mend  # noqa: F401  (mend: for the doctests)
from reportkit.language.radicals import RADICALS, plain_character

__all__ = ["full_width", "invisible_characters", "newlines", "radicals", "white_space"]

_UNSEEN = (
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ue000-\uf8ff\ud800-\udfff]"
)
_COLOUR = "(?<=\x1b)\\[[0-9;]{0,8}[A-Za-z]"  # of a terminal
_INVISIBLE = re.compile(f"{_UNSEEN}(?:{_COLOUR}|{_UNSEEN})*")  # a set in front is searched for several times faster
_THIN_GROUPS = re.compile("(?<![\\d.,])\\d{1,3}(?:[\u2008-\u200a\u202f]\\d{3})+(?!\\d)")
_SPACES = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
# Full-width letters, digits and signs; the marks ，：；（）？！ and the dashes － ～ are Chinese as they are.
_WIDE_RUN = "[０-９Ａ-Ｚａ-ｚ％＋／＝＆＠＃＿]"
_WIDE = re.compile(f"[{_WIDE_RUN[1:-1]}\ufe10-\ufe19\ufe30-\ufe6b｡-･](?:(?<={_WIDE_RUN}){_WIDE_RUN}+)?")


def newlines(text: str) -> Iterator[Edit]:
    r"""Every newline is ``\n``, also a form feed, which begins a page.

    >>> mend(newlines, "甲\r\n乙\f丙")
    '甲\n乙\n丙'
    """
    for found in re.finditer("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", text):
        yield *found.span(), "\n"


def invisible_characters(text: str) -> Iterator[Edit]:
    r"""Zero-width, direction and control characters, byte order marks and icons of private fonts go.

    >>> mend(invisible_characters, "法\u200b治\ufeff")
    '法治'
    """
    for found in _INVISIBLE.finditer(text):
        yield *found.span(), ""


def radicals(text: str) -> Iterator[Edit]:
    r"""CJK radicals and compatibility ideographs, as PDF writers put them, become the ordinary characters.

    >>> mend(radicals, "⼀、增\u2ed3⼯作\uf90a")
    '一、增长工作金'
    """
    for found in RADICALS.finditer(text):
        plain = plain_character(found[0])
        if plain != found[0]:
            yield *found.span(), plain


def white_space(text: str) -> Iterator[Edit]:
    r"""Tabs, ideographic (U+3000), em (U+2003) and other spaces become plain ones; thin ones inside a number go.

    >>> mend(white_space, "区长\u3000\u2003某某 1\u2009234\u2009567元")
    '区长  某某 1234567元'
    """
    spaces = list(_SPACES.finditer(text))
    groups = _THIN_GROUPS.finditer(text) if spaces else ()
    thin = {at for group in groups for at in range(*group.span()) if not text[at].isdecimal()}
    for found in spaces:
        yield *found.span(), "" if found.start() in thin else " " * (found.end() - found.start())


def full_width(text: str) -> Iterator[Edit]:
    """Full-width digits, letters and signs become ordinary ones, half-width and small Chinese marks become full ones.

    The point (．) is seen to with the other marks in numbers, since elsewhere it may be a full stop.

    >>> mend(full_width, "４３８００亿元，增长６４％，１＋Ｎ｡")
    '43800亿元，增长64%，1+N。'
    """
    for found in _WIDE.finditer(text):
        plain = unicodedata.normalize("NFKC", found[0])
        if len(plain) == len(found[0]) and plain != found[0]:
            yield *found.span(), plain
