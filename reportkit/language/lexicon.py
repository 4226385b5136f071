"""Word lists: ours in ``lexicons/*.tsv``, or a user's own.

A list has header lines that start with ``#`` (source, licence, version, what its columns mean), a line with column names,
and one entry a line, columns separated by tabs.  Cues are written in the cue language of :mod:`reportkit.language.cues`.
Everything that can be wrong with a list is told when it is loaded, in one sentence with file and line.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

from reportkit.errors import LexiconError
from reportkit.language.cues import CueError, cue_source

__all__ = ["cues_of", "lexicon", "longest_first", "read_lexicon"]

Entry = dict[str, str]


def read_lexicon(
    path: str | os.PathLike[str],
    columns: Sequence[str] = (),
    *,
    cues: Sequence[str] = (),
    allowed: Mapping[str, Sequence[str]] | None = None,
    wrong: Callable[[Entry], str] | None = None,
) -> tuple[Entry, ...]:
    """The entries of a TSV word list, in order, each a dict by column name; the file is read anew at each call.

    Parameters
    ----------
    path
        A list of ours or of the user's.
    columns
        The columns that it must have; more do no harm.
    cues
        Those that hold a cue, which must be one that can be read (an empty cell is passed over).
    allowed
        For some columns, the values that an entry may have.
    wrong
        What is wrong with an entry beside all that, in half a sentence, ``""`` for nothing.

    Raises
    ------
    LexiconError
        Where the file is missing or empty, a column is, a line has another number of columns than the head, a cue cannot
        be read, a value is not among those allowed or ``wrong`` says so: which file and line, and what was expected.
    """
    try:
        lines = Path(path).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path}: cannot be read ({error}); a TSV word list in UTF-8 was expected.") from None
    numbered = [(n, line) for n, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    if not numbered:
        raise LexiconError(f"{path}: the list is empty; a line of column names and one entry a line were expected.")
    head = numbered[0][1].split("\t")
    missing = [name for name in columns if name not in head]
    if missing:
        raise LexiconError(
            f"{path}, line {numbered[0][0]}: no column {', '.join(missing)}; the columns {', '.join(columns)}, "
            f"separated by tabs, were expected, and there are {', '.join(head)}."
        )
    entries = []
    for n, line in numbered[1:]:
        cells = line.split("\t")
        if len(cells) != len(head):
            raise LexiconError(f"{path}, line {n}: {len(cells)} columns, but the head has {len(head)} ({', '.join(head)}).")
        entry = dict(zip(head, cells, strict=True))
        _check(f"{path}, line {n}", entry, cues, allowed or {})
        if wrong is not None and (fault := wrong(entry)):
            raise LexiconError(f"{path}, line {n}: {fault}.")
        entries.append(entry)
    return tuple(entries)


def _check(where: str, entry: Entry, cues: Sequence[str], allowed: Mapping[str, Sequence[str]]) -> None:
    for column in cues:
        try:
            if entry[column]:
                cue_source(entry[column])
        except CueError as error:
            raise LexiconError(f"{where}: {error}.") from None
    for column, values in allowed.items():
        if entry[column] not in values:
            raise LexiconError(f"{where}: {column} is {entry[column]!r}; one of {', '.join(map(repr, values))} was expected.")


@cache
def lexicon(name: str, columns: Sequence[str] = (), cues: Sequence[str] = ()) -> tuple[Entry, ...]:
    """A list that comes with reportkit, by its file name without ``.tsv``; it cannot change while a program runs.

    >>> lexicon("terms")[0]["term"]
    '一窗通办'
    """
    return read_lexicon(str(files("reportkit") / "lexicons" / f"{name}.tsv"), columns, cues=cues)


def cues_of(name: str, *classes: str) -> list[str]:
    """The cues of some classes of a list that comes with reportkit and has the columns ``cue`` and ``class``.

    >>> cues_of("mood", "will")[:3]
    ['力争', '确保', '争取']
    """
    return [entry["cue"] for entry in lexicon(name, ("cue", "class"), ("cue",)) if entry["class"] in classes]


def longest_first(words: Iterable[str]) -> str:
    """The pattern that matches any of the words, the longest where several begin alike.

    >>> longest_first(["法", "法治", "法"])
    '法治|法'
    """
    return "|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word))))
