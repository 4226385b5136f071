"""Files written whole or not at all: beside their place under another name first, then put there in one step."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from pathlib import Path

from reportkit.errors import ExportError

__all__ = ["DISK_FULL", "sentence_of", "write_whole"]

DISK_FULL = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG})
_ADVICE = {
    **dict.fromkeys(DISK_FULL, "make room on the disk and run it again; what was finished before is whole"),
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), "name a folder that you may write into"),
    errno.EISDIR: "this is a folder; name a file",
    errno.ENOTDIR: "a file stands where a folder should; name another folder",
    errno.EEXIST: "a file stands where a folder should; take it away, or name another folder",
    errno.ENAMETOOLONG: "the name is too long; name a shorter one",
}


def write_whole(path: Path, content: str | bytes) -> None:
    r"""Write a file so that nobody ever sees half of it, and what stood there before stays until the new one is whole.

    Text is written as UTF-8, a character that UTF-8 has not (from a file's odd name) as ``\udc..``.  A link is replaced, not
    followed; into a device or a pipe it is written straight.  Raises :class:`ExportError`: where, why, what to do.
    """
    data = content.encode("utf-8", "backslashreplace") if isinstance(content, str) else content
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            path.write_bytes(data)
        else:
            _put_aside_and_rename(path, data)
    except (OSError, ValueError) as error:
        raise ExportError(sentence_of(str(path), error)) from error


def _put_aside_and_rename(path: Path, data: bytes) -> None:
    aside = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with aside.open("xb") as stream:
            stream.write(data)
        if path.exists():
            with contextlib.suppress(OSError):  # a file system without modes
                aside.chmod(path.stat().st_mode & 0o777)
        os.replace(aside, path)  # noqa: PTH105  of the pair, the one whose name says that it replaces
    except BaseException:  # Ctrl-C, too, leaves nothing behind
        with contextlib.suppress(OSError):
            aside.unlink()
        raise


def sentence_of(place: str, error: OSError | ValueError) -> str:
    """What is said where something cannot be written: the place, the reason, what to do."""
    number = error.errno if isinstance(error, OSError) else None
    reason = getattr(error, "strerror", None) or str(error)
    advice = _ADVICE.get(number or 0, "name a file in a folder that is there")
    return f"{place}: cannot be written ({reason}); {advice}."
