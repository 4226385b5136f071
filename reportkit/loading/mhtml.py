"""MHTML → text: a web page in one file, as Word (often named ``.doc``) and browsers save it; its page is read as any other."""

from __future__ import annotations

import email
import email.policy
import re
from email.message import Message

from reportkit.errors import LoadingError
from reportkit.loading.html import text_of_html
from reportkit.loading.limits import Clock, Limits
from reportkit.loading.loaded import Loaded
from reportkit.loading.txt import text_of_txt

__all__ = ["text_of_mhtml"]

_MOST_PARTS = 2_000
_MOST_NESTED = 10  # messages and groups of parts inside each other
_PART = re.compile(rb"^content-(?:type|transfer-encoding)[ \t]*:[^\n]{0,200}", re.IGNORECASE | re.MULTILINE)
_ADVICE = "open it in Word or a browser and save it as .docx or .txt, then read that."


def text_of_mhtml(data: bytes, name: str, limits: Limits) -> Loaded:
    """The text and tables of the page that an MHTML file holds; raises :class:`LoadingError` where it holds none."""
    clock = Clock(name, limits)
    _check(data, name)
    try:
        message = email.message_from_bytes(data.lstrip(b"\xef\xbb\xbf \t\r\n"), policy=email.policy.compat32)
        parts = [part for part in message.walk() if not part.is_multipart()]
        clock.check()
        page = _main_part(message, parts)
        body = page.get_payload(decode=True) if page is not None else None
    except (ValueError, LookupError, RecursionError, TypeError, AssertionError, AttributeError) as error:
        say = str(error).split("\n")[0][:120]
        raise LoadingError(f"{name}: the MHTML file is damaged ({say}); {_ADVICE}") from None
    if page is None or not isinstance(body, bytes) or not body.strip():
        raise LoadingError(f"{name}: this is an MHTML file without a page of text; {_ADVICE}")
    if page.get_content_type() == "text/plain":
        return text_of_txt(body, name)
    return text_of_html(body, name, limits, _charset(page))


def _check(data: bytes, name: str) -> None:
    """Refuse a file of very many parts before it is taken apart."""
    n_nested = 0
    for n_parts, found in enumerate(_PART.finditer(data), 1):
        n_nested += b"multipart" in found[0].lower() or b"message/" in found[0].lower()
        if n_parts > 2 * _MOST_PARTS or n_nested > _MOST_NESTED:
            raise LoadingError(f"{name}: the MHTML file has more parts than are opened ({_MOST_PARTS:,}); {_ADVICE}")


def _main_part(message: Message, parts: list[Message]) -> Message | None:
    """The part that is the page: the one that is named as the start, else the first page, else the first text."""
    start = message.get_param("start") if message.is_multipart() else None
    pages = [part for part in parts if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    for part in pages:
        if isinstance(start, str) and part.get("Content-ID", "").strip() == start.strip():
            return part
    texts = [part for part in parts if part.get_content_type() == "text/plain" and part.get("Content-Type")]
    return next(iter([*pages, *texts]), None)


def _charset(part: Message) -> str:
    charset = part.get_param("charset")
    return charset if isinstance(charset, str) else ""
