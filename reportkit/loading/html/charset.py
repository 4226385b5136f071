"""The bytes of a page → its text, whatever the page says about its charset.

What a page declares is a hint: servers and templates declare iso-8859-1, gb2312 or utf-8 for pages of another charset, and
some names (``punycode``, ``undefined``, ``hex``) are no charsets of pages at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from reportkit.errors import LoadingError
from reportkit.loading.encoding import decode, misread_as, reads_as_chinese

__all__ = ["Text", "text_of_page"]

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w-]{2,20})""", re.IGNORECASE)
_HEAD = 8192  # bytes in which a page declares its charset
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_SAMPLE = 20_000
# The charsets of web pages that Chinese pages are declared in, by the names that the WHATWG list gives them.
_CODECS = {
    "utf-8": "utf-8", "utf8": "utf-8", "unicode-1-1-utf-8": "utf-8",
    "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "x-gbk": "gb18030", "gb_2312-80": "gb18030",
    "chinese": "gb18030", "csgb2312": "gb18030", "cp936": "gb18030", "ms936": "gb18030", "windows-936": "gb18030",
    "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "x-x-big5": "big5hkscs", "cn-big5": "big5hkscs", "csbig5": "big5hkscs",
    "utf-16": "utf-16-le", "utf-16le": "utf-16-le", "utf-16be": "utf-16-be",
}  # fmt: skip
_NOT_ASCII = re.compile("[^\x00-\x7f]+")


@dataclass(frozen=True, slots=True)
class Text:
    """A page as text, the codec that gave it, and notes."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def text_of_page(data: bytes, name: str, said: str = "") -> Text:
    """The text of a page; ``said`` is the charset that a message around it declares.

    Raises :class:`LoadingError` for bytes that are no text.
    """
    declared = _DECLARED.search(data[:_HEAD])
    names = (said, declared[1].decode("ascii", "replace") if declared else "")
    codec = next((_CODECS[one.lower()] for one in names if one.lower() in _CODECS), "")
    if not data.startswith(_MARKS):
        for one in dict.fromkeys(("utf-8", codec)):
            text = _strictly(data, one)
            if text is not None:
                return Text(text, one)
    found = decode(data)
    if found is None:
        raise LoadingError(
            f"{name}: this is no web page (its bytes are binary); save the page again, or its text as plain text."
        )
    said_so = _tolerantly(data, codec) if codec and not data.startswith(_MARKS) else None
    if said_so is not None and _score(said_so) >= _score(found.text) and codec != found.encoding:
        text, codec, lost = said_so, codec, said_so.count("\ufffd")
    else:
        text, codec, lost = found.text, found.encoding, found.n_lost
    return Text(text, codec, (f"{lost} characters could not be decoded as {codec} and read \ufffd",) if lost else ())


def _strictly(data: bytes, codec: str) -> str | None:
    """The text, if every byte is of the codec, there is more than ASCII, and it reads as text."""
    if not codec or (data.isascii() and codec != "utf-8"):
        return None
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        return None
    sample = "".join(_NOT_ASCII.findall(text[: 50 * _SAMPLE]))[:_SAMPLE]
    if "\x00" in text or (codec != "utf-8" and misread_as(sample) is not None):
        return None
    return text if codec == "utf-8" or reads_as_chinese(sample) >= 0.15 else None


def _tolerantly(data: bytes, codec: str) -> str | None:
    text = data.decode(codec, "replace")
    return text if text.count("\ufffd") <= 1 + len(text) / 200 else None


def _score(text: str) -> float:
    """How much what is not ASCII reads as Chinese; the head of a page is all ASCII."""
    return round(reads_as_chinese("".join(_NOT_ASCII.findall(text[: 50 * _SAMPLE]))[:_SAMPLE]), 2)
