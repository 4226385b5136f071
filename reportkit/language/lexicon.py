"""Word lists: ours in ``lexicons/*.tsv``, or a user's.

A list has header lines that start with ``#`` (source, licence, version), a line with column names, and one entry a
line, columns separated by tabs.  A user's own list of the same columns can be read with :func:`read_lexicon`, too.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path

from reportkit.errors import LexiconError

__all__ = ["lexicon", "longest_first", "read_lexicon"]


def read_lexicon(path: str | os.PathLike[str]) -> tuple[dict[str, str], ...]:
    """The entries of a TSV word list, in order, each a dict by column name.

    Raises :class:`LexiconError` where the file is missing or a line has another number of columns than the head.
    """
    try:
        lines = Path(path).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path}: cannot be read ({error}); a TSV word list in UTF-8 was expected.") from None
    numbered = [(n, line) for n, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    if not numbered:
        raise LexiconError(f"{path}: the list is empty; a line of column names and one entry a line were expected.")
    columns = numbered[0][1].split("\t")
    entries = []
    for n, line in numbered[1:]:
        cells = line.split("\t")
        if len(cells) != len(columns):
            raise LexiconError(
                f"{path}, line {n}: {len(cells)} columns, but the head has {len(columns)} ({', '.join(columns)})."
            )
        entries.append(dict(zip(columns, cells, strict=True)))
    return tuple(entries)


@cache
def lexicon(name: str) -> tuple[dict[str, str], ...]:
    """A list that comes with reportkit, by its file name without ``.tsv``.

    >>> lexicon("terms")[0]["term"]
    '2+4+N'
    """
    return read_lexicon(str(files("reportkit") / "lexicons" / f"{name}.tsv"))


def longest_first(words: Iterable[str]) -> str:
    """The pattern that matches any of the words, the longest where several begin alike.

    >>> longest_first(["法", "法治", "法"])
    '法治|法'
    """
    return "|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word))))
