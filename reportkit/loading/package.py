"""A ZIP archive of XML parts, as DOCX and OFD are, opened so that nothing in it can do harm.

Nothing outside the archive is fetched, no entity is expanded, and every number that a part gives is data: it is read within
bounds (:func:`bounded`), whatever it says.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from types import TracebackType
from typing import Any

from reportkit.errors import LoadingError
from reportkit.loading.limits import Limits, check_archive

__all__ = ["Package", "bounded", "local", "xml_of"]

_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_WHOLE = re.compile(r"\s*([+-]?[0-9]{1,12})(?:\.0{0,12})?\s*")


class Package:
    """The parts of an archive by name, without a leading ``/``; to be used in a ``with`` block."""

    def __init__(self, data: bytes, name: str, limits: Limits) -> None:
        check_archive(data, name, limits)
        self.name = name
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        self._entries = {entry.filename.replace("\\", "/").lstrip("/"): entry for entry in self._archive.infolist()}
        self._by_lower = {part.lower(): part for part in self._entries}

    def __enter__(self) -> Package:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._archive.close()

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of all parts."""
        return tuple(self._entries)

    def read(self, part: str) -> bytes | None:
        """The bytes of a part, ``None`` where there is none of that name (in any case of letters)."""
        known = self._by_lower.get(part.lstrip("/").lower())
        if known is None:
            return None
        try:
            return self._archive.read(self._entries[known])
        except (zipfile.BadZipFile, zlib.error, ValueError, OSError, NotImplementedError, RuntimeError, EOFError) as error:
            raise LoadingError(f"{self.name}: the part {known} is damaged ({error}); open and save the file anew.") from None

    def xml(self, part: str) -> Any:
        """The root element of a part, ``None`` where there is no such part."""
        data = self.read(part)
        return None if data is None else xml_of(data, f"{self.name}: the part {part}")


def xml_of(data: bytes, what: str) -> Any:
    """The root element of XML without comments; ``what`` is what a message calls it.

    Raises :class:`LoadingError` for XML that is damaged, nests more than 256 elements or declares entities.
    """
    from lxml import etree

    if _ENTITIES.search(data) or _ENTITIES.search(data.replace(b"\x00", b"")):
        raise LoadingError(f"{what} declares XML entities, which no office program does; it is not opened.")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, RecursionError, LookupError) as error:
        say = str(error).split("\n")[0][:120]
        raise LoadingError(f"{what} is damaged ({say}); open and save the file anew, then read that.") from None
    if root is None:
        raise LoadingError(f"{what} is empty; open and save the file anew, then read that.")
    return root


def local(element: Any) -> str:
    """The name of an element without its namespace, of which programs use several (Strict, transitional; two of OFD).

    >>> from lxml import etree
    >>> local(etree.fromstring('<w:p xmlns:w="any"/>'))
    'p'
    """
    return str(element.tag).rpartition("}")[2]


def bounded(value: str | None, low: int, high: int, default: int) -> int:
    """A whole number within bounds; the default for what is none, or lies beyond them.

    >>> bounded("12", 0, 100, 1), bounded("2.0", 0, 100, 1), bounded("²", 0, 100, 1), bounded("9" * 5000, 0, 100, 1)
    (12, 2, 1, 1)
    """
    found = _WHOLE.fullmatch(value) if value else None
    number = int(found[1]) if found else default
    return number if low <= number <= high else default
