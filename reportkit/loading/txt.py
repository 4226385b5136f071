"""TXT → text: decoding, and saying so when a file had been decoded wrongly before it was saved."""

from __future__ import annotations

from reportkit.errors import LoadingError
from reportkit.loading.encoding import decode, misread_as
from reportkit.loading.loaded import Loaded

__all__ = ["refuse_mojibake", "text_of_txt"]


def text_of_txt(data: bytes, name: str, encoding: str | None = None) -> Loaded:
    """The text of a TXT file, the codec that decoded it, and notes.

    ``encoding`` names the codec where the user knows it; else it is found out.  Raises :class:`LoadingError` for
    bytes that are no text and for text that is mojibake.
    """
    if encoding is not None:
        try:
            text, codec, lost = data.decode(encoding), encoding, 0
        except (UnicodeDecodeError, LookupError) as error:
            raise LoadingError(
                f"{name}: cannot be decoded as {encoding} ({error}); leave the encoding out and it is found out, "
                "or name the one that the file was saved in."
            ) from None
    else:
        decoded = decode(data)
        if decoded is None:
            raise LoadingError(
                f"{name}: this is no text file (its bytes are binary); a report as TXT in UTF-8, UTF-16 or GB18030 was "
                "expected. Open it in the program that made it and save it as plain text."
            )
        text, codec, lost = decoded.text, decoded.encoding, decoded.n_lost
    refuse_mojibake(text, name)
    notes = (f"{lost} characters could not be decoded as {codec} and read \ufffd",) if lost else ()
    return Loaded(text, codec, notes)


def refuse_mojibake(text: str, name: str) -> None:
    """Raise :class:`LoadingError` if the text was decoded with the wrong codec."""
    misread = misread_as(text)
    if misread is not None:
        wrong, right, mended = misread
        start = text.strip()[:12].split("\n")[0]
        raise LoadingError(
            f"{name}: mojibake: the text begins {start!r}, which is {right.upper()} that was read as {wrong.upper()} and "
            f"should read {mended!r}; fetch the file again, or mend it with "
            f"text.encode({wrong!r}).decode({right!r}) and save it as UTF-8."
        )
