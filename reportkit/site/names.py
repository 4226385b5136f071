"""The name of a folder from the name of a file: never a path, never one twice, and one that every system takes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

__all__ = ["folder_names"]

_LETTERS = 80  # of a folder's name, so that a page's path stays below the 260 characters that Windows allows
_BYTES = 200  # of it in UTF-8; file systems allow 255, and a number may follow
# What Windows takes for a device, whatever the folder.
_DEVICES = re.compile(r"con|prn|aux|nul|conin|conout|(com|lpt)[0-9]", re.IGNORECASE)


def folder_names(paths: Iterable[Path]) -> list[str]:
    """A folder's name for each file, in the same order: letters, digits, - and _ stay.

    Names that some file system takes for one (they differ only in case, in width or in how their accents are written) are told
    apart by a number.

    >>> folder_names([Path("报告 2023.txt"), Path("a/b.txt"), Path("c/B.pdf"), Path("..txt"), Path("con.txt"), Path("-rf.txt")])
    ['报告_2023', 'b', 'B-2', 'report', 'con_', 'rf']
    """
    return list(_unique(_plain(path.stem) for path in paths))


def _plain(stem: str) -> str:
    name = re.sub(r"[^\w-]+", "_", unicodedata.normalize("NFC", stem)).strip("_-")
    name = _cut(name).rstrip("_-") or "report"
    return f"{name}_" if _DEVICES.fullmatch(_folded(name)) else name


def _cut(name: str) -> str:
    return name[:_LETTERS].encode("utf-8")[:_BYTES].decode("utf-8", "ignore")


def _folded(name: str) -> str:
    """What two names have in common that some file system takes for one."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def _unique(names: Iterable[str]) -> Iterator[str]:
    taken: dict[str, int] = {}
    for name in names:
        unique = name
        while _folded(unique) in taken:
            taken[_folded(name)] += 1
            unique = f"{name}-{taken[_folded(name)]}"
        taken[_folded(unique)] = 1
        yield unique
