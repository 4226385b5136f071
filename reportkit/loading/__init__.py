"""File → text.  One module a format; this one finds the bytes, tells the format and hands over.

A new format is a function ``(bytes, name, limits) -> Loaded`` in a module of its own, a line in ``READERS`` and, if its
bytes have a signature, a line in :mod:`reportkit.loading.formats`.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any

from reportkit.errors import LoadingError
from reportkit.loading.docx import text_of_docx
from reportkit.loading.formats import format_of
from reportkit.loading.html import text_of_html
from reportkit.loading.limits import Limits
from reportkit.loading.loaded import Loaded
from reportkit.loading.mhtml import text_of_mhtml
from reportkit.loading.ofd import text_of_ofd
from reportkit.loading.pdf import text_of_pdf
from reportkit.loading.rtf import text_of_rtf
from reportkit.loading.txt import refuse_mojibake, text_of_txt
from reportkit.report import Source

__all__ = ["READERS", "Limits", "bytes_of", "read_source"]

Reader = Callable[[bytes, str, Limits], Loaded]
READERS: Mapping[str, Reader] = MappingProxyType(
    {
        "docx": text_of_docx,
        "html": text_of_html,
        "mhtml": text_of_mhtml,
        "ofd": text_of_ofd,
        "pdf": text_of_pdf,
        "rtf": text_of_rtf,
    }
)  # TXT takes an encoding


def read_source(
    source: str | os.PathLike[str] | bytes | bytearray | IO[Any],
    format: str | None = None,
    *,
    name: str | None = None,
    encoding: str | None = None,
    limits: Limits | None = None,
) -> Source:
    """Read a report's text from a path, bytes or an open file.

    Parameters
    ----------
    source
        A path (``str`` is always a path, never text), bytes, or an open file, binary or text.
    format
        ``"txt"``, ``"docx"``, ``"rtf"``, ``"pdf"``, ``"ofd"``, ``"html"`` or ``"mhtml"``; found from the content where it
        is not named.
    name
        What to call it in messages; the file's own name by default.
    encoding
        The codec of a TXT file, where you know better than its bytes tell.
    limits
        How large a file may be and how long it may take (:class:`Limits`).

    Raises
    ------
    LoadingError
        For a file that is missing, empty, a folder, binary, of a format that cannot be read, or mojibake.
    """
    limits = limits or Limits()
    if isinstance(source, (str, os.PathLike)):
        path = Path(source)
        name = name or str(path)
        data: bytes | str = bytes_of(path, name, limits)
    elif isinstance(source, (bytes, bytearray)):
        name, data = name or "<bytes>", bytes(source)
    elif hasattr(source, "read"):
        name = name or str(getattr(source, "name", "<file>"))
        data = source.read()
    else:
        raise LoadingError(
            f"a {type(source).__name__} was given; a path, bytes or an open file was expected. "
            "Text that you already have goes to reportkit.parse(text)."
        )
    if len(data) > limits.n_bytes:
        raise _too_large(name, len(data), limits)
    if not data.strip():
        raise LoadingError(f"{name}: the file is empty; a report was expected. Fetch it again and see that it has text.")
    if isinstance(data, str):
        refuse_mojibake(data, name)
        digest = hashlib.sha256(data.encode("utf-8", "surrogatepass")).hexdigest()
        return Source(name, "txt", "str", digest, data)
    kind = format or format_of(data, name)
    if kind != "txt" and kind not in READERS:
        known = ", ".join(sorted([*READERS, "txt"]))
        raise LoadingError(f"{name}: the format {kind!r} cannot be read, only {known}; save it as plain text (.txt).")
    loaded = READERS[kind](data, name, limits) if kind in READERS else text_of_txt(data, name, encoding)
    if not loaded.text.strip("\ufeff \n\r\t"):
        raise LoadingError(f"{name}: the file holds no text; a report was expected. Fetch it again and see that it has text.")
    digest = hashlib.sha256(data).hexdigest()
    return Source(name, kind, loaded.encoding, digest, loaded.text, loaded.notes, loaded.tables, loaded.places, loaded.told)


def _too_large(name: str, n_bytes: int, limits: Limits) -> LoadingError:
    return LoadingError(
        f"{name}: the file has {n_bytes:,} bytes, more than the {limits.n_bytes:,} that are read; a report has fewer. "
        "Look what it is, or allow more with limits=Limits(n_bytes=…)."
    )


def bytes_of(path: Path, name: str, limits: Limits) -> bytes:
    """The bytes of a file; raises :class:`LoadingError` where there is none, or too large a one."""
    try:
        if path.is_dir():
            raise LoadingError(f"{name}: this is a folder; one report file was expected. Name a file in it.")
        if path.exists() and not path.is_file():
            raise LoadingError(f"{name}: this is a device or a pipe; a report file was expected.")
        if path.exists() and path.stat().st_size > limits.n_bytes:
            raise _too_large(name, path.stat().st_size, limits)
        return path.read_bytes()
    except FileNotFoundError:
        raise LoadingError(
            f"{name}: there is no such file; a report file was expected. Check the name and the folder ({Path.cwd()})."
        ) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise LoadingError(f"{name}: the file cannot be read ({reason}); check its name and that you may open it.") from None
