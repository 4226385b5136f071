"""Prepared models in the user's own cache: nothing is taken from it that is not what was put there.

A cache is named by the hash of what it was prepared from and holds the hash of its own contents.  The contents of models
that reportkit knows are checked against a hash that stands here, so that numbers altered with care are found as well.  It is
never unpickled, belongs to its user alone, and is written whole or not at all; what is wrong with it in any way is made anew.
"""

from __future__ import annotations

import hashlib
import io
import os
import stat
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportkit.errors import ExportError
from reportkit.writing import write_whole

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["keep", "kept"]

_FORMAT = 2
_LARGEST = 64_000_000  # bytes; SnowNLP's model takes under 10 million
_HASH = "sha256"  # the array that holds the hash of the others
# Of what is prepared from a known file (the hash of that file), the hash of the contents.
_KNOWN = {  # SnowNLP 0.12
    "ccdf2df719ca98f28f2194eb6d1df31f": "4a47e73c5ae3c7038277436a9514dbafefad3e61abb6ab11d33dc18d8f83b820",
}


def kept(name: str, origin: str, kinds: Mapping[str, str], folder: Path | None = None) -> dict[str, NDArray[Any]] | None:
    """The cached arrays of these names and kinds (as NumPy names them); ``None`` where they are not there as they were put.

    ``origin`` is the hash of what they were prepared from, ``folder`` another place than the user's cache.
    """
    try:
        data = _own_bytes(_path(name, origin, folder))
        arrays = _arrays(data, kinds) if data is not None else None
    except (OSError, ValueError, KeyError, EOFError, MemoryError, zipfile.BadZipFile):
        return None
    if arrays is None:
        return None
    said = bytes(arrays.pop(_HASH)).hex()
    return arrays if said == _KNOWN.get(origin, said) == _hash_of(arrays) else None


def keep(name: str, origin: str, arrays: Mapping[str, NDArray[Any]], folder: Path | None = None) -> None:
    """Write arrays to the cache; where that cannot be, they are prepared again the next time."""
    import numpy as np

    path = _path(name, origin, folder)
    packed = io.BytesIO()
    own = np.frombuffer(bytes.fromhex(_hash_of(arrays)), dtype=np.uint8)
    np.savez(packed, **{**arrays, _HASH: own})  # type: ignore[arg-type]  # numbers only, of which nothing is pickled
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if _is_own(path.parent.lstat(), stat.S_ISDIR):
            path.parent.chmod(0o700)
            write_whole(path, packed.getvalue())
    except (OSError, ExportError):
        return


def _path(name: str, origin: str, folder: Path | None) -> Path:
    if folder is None:
        from platformdirs import user_cache_path

        folder = user_cache_path("reportkit", appauthor=False)
    return folder / f"{name}-{origin}-{_FORMAT}.npz"


def _own_bytes(path: Path) -> bytes | None:
    """The bytes of a plain file that belongs to the user, in a folder that does so, too, and that nobody else may write."""
    about = path.parent.lstat(), path.lstat()
    if not (_is_own(about[0], stat.S_ISDIR) and _is_own(about[1], stat.S_ISREG)) or about[1].st_size > _LARGEST:
        return None
    if hasattr(os, "geteuid") and about[0].st_mode & 0o022:
        return None
    return path.read_bytes()


def _is_own(about: os.stat_result, kind: Any) -> bool:
    return bool(kind(about.st_mode)) and (not hasattr(os, "geteuid") or about.st_uid == os.geteuid())


def _arrays(data: bytes, kinds: Mapping[str, str]) -> dict[str, NDArray[Any]] | None:
    """The arrays of a file that holds just these and packs none (so that none unpacks to more than the file has)."""
    import numpy as np

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if any(entry.compress_type != zipfile.ZIP_STORED or entry.file_size > len(data) for entry in archive.infolist()):
            return None
    with np.load(io.BytesIO(data), allow_pickle=False) as stored:
        if set(stored.files) != {*kinds, _HASH}:
            return None
        arrays = {name: stored[name] for name in stored.files}
    expected = {**kinds, _HASH: "|u1"}
    return arrays if all(arrays[name].dtype == np.dtype(kind) for name, kind in expected.items()) else None


def _hash_of(arrays: Mapping[str, NDArray[Any]]) -> str:
    contents = hashlib.sha256()
    for name in sorted(arrays):
        contents.update(f"{name} {arrays[name].dtype.str} {arrays[name].shape} ".encode())
        contents.update(arrays[name].tobytes())
    return contents.hexdigest()
