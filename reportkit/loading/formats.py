"""Bytes → the format they are of: a wrong extension is common, a wrong signature is not."""

from __future__ import annotations

import io
import re
import zipfile

from reportkit.errors import LoadingError

__all__ = ["format_of"]

_LIKE_HTML = re.compile(rb"<(?:head|body|meta|div|table|p)[\s>]")  # a page that begins with a comment or a fragment
_FLAT_WORD = re.compile(  # one XML file: flat OPC, or Word 2003
    rb"<(?:\w+:)?(?:package[^>]{0,500}schemas\.microsoft\.com/office/2006/xmlPackage"
    rb"|wordDocument[^>]{0,2000}schemas\.microsoft\.com/office/word/2003/wordml)"
)
_MIME = re.compile(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:mime-version|content-type):", re.IGNORECASE)
_SIGNATURES = (
    (b"%pdf-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"<!doctype html", "html"),
    (b"<html", "html"),
    (b"<?xml", "html"),
)
# What is no report's text, by its first bytes, and what to do about it.
_REFUSED = (
    (b"\x89png", "a picture (PNG)", "Run it through OCR (text recognition), then read the text that this writes."),
    (b"\xff\xd8\xff", "a picture (JPEG)", "Run it through OCR (text recognition), then read the text that this writes."),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"pk\x03\x04"


def format_of(data: bytes, name: str) -> str:
    """``"txt"``, ``"html"``, ``"mhtml"``, ``"rtf"``, ``"pdf"``, ``"docx"`` or ``"ofd"``, by what the bytes say.

    Raises :class:`LoadingError` for a format that is known and cannot be read: old Word, encrypted Office, pictures, archives.
    """
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"<\x00" in head or b"\x00<" in head:
        head = head.replace(b"\x00", b"").lstrip(b"\xff\xfe \t\r\n")  # a page or RTF in UTF-16 shows its ASCII
    for signature, words, advice in _REFUSED:
        if head.startswith(signature):
            raise LoadingError(f"{name}: this is {words}; a report's text was expected. {advice}")
    if data.startswith(_OLE):
        raise LoadingError(f"{name}: this is {_ole(data)}")
    if head.startswith(_ZIP):
        return _zipped(data, name)
    if _FLAT_WORD.search(data[:4096]):
        return "docx"
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    if _MIME.match(head) and (b"multipart/related" in data[:4096].lower() or b"text/html" in data[:4096].lower()):
        return "mhtml"
    return "html" if head.startswith(b"<") and _LIKE_HTML.search(head) else "txt"


def _ole(data: bytes) -> str:
    """What a compound file of old Office is, and what to do."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "an encrypted Office file; open it with its password and save a copy without one, then read that."
    word = "WordDocument".encode("utf-16-le") in data
    kind = "a document of old Word (.doc)" if word else "a file of old Word (.doc) or of another old Office program"
    return f"{kind}; open it in Word or WPS and save it as .docx, then read that."


def _zipped(data: bytes, name: str) -> str:
    """What kind of document a ZIP file holds."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {entry.filename.lower().lstrip("/") for entry in archive.infolist()}
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise LoadingError(f"{name}: the file is damaged ({error}); fetch it again, or open and save it in Word.") from None
    if "ofd.xml" in parts:
        return "ofd"
    if "[content_types].xml" not in parts and not any(part.startswith("word/") for part in parts):
        raise LoadingError(
            f"{name}: this is a ZIP archive and no document; one report file was expected. Unpack it and read what is in it."
        )
    for folder, kind in (("xl/", "a workbook (.xlsx)"), ("ppt/", "a presentation (.pptx)")):
        if any(part.startswith(folder) for part in parts) and not any(part.startswith("word/") for part in parts):
            raise LoadingError(f"{name}: this is {kind}; a report as DOCX, PDF, OFD, HTML or TXT was expected.")
    return "docx"
