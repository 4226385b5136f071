"""The model: what a report is once it has been read.

Everything here is frozen and holds plain values.  A :class:`Span` is a half-open range of characters in
``report.text``; ``report.source_span(span)`` gives the same place in the text as it was found.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

from reportkit.display import brief, outline_html, outline_repr, outline_text, readable, report_html, report_repr, table_html

if TYPE_CHECKING:
    import pandas as pd

T = TypeVar("T")

__all__ = [
    "CleanText",
    "Diagnostic",
    "Outline",
    "Paragraph",
    "Repair",
    "Report",
    "Section",
    "Sentence",
    "Source",
    "Span",
    "Table",
    "once",
]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of characters, ``start <= i < end``.

    >>> Span(0, 2).of("治安警情")
    '治安'
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of ``text`` in this range."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two have a character in common."""
        return self.start < other.end and other.start < self.end

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a file, kept apart from its text.

    ``rows`` holds the cells as text, row by row, all rows of one length (a merged cell's text stands in each place that it
    covers); ``caption`` is the line above it (``""`` for none), ``place`` where it stands in the file (``"page 3"``).
    """

    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    place: str = ""

    def frame(self) -> pd.DataFrame:
        """The cells as a DataFrame of text, columns numbered from 0; ``attrs`` holds caption and place."""
        import pandas as pd

        frame = readable(pd.DataFrame(list(self.rows)))
        frame.attrs.update(caption=self.caption, place=self.place)
        return frame

    def __repr__(self) -> str:
        return brief(self)

    def _repr_html_(self) -> str:
        return table_html(self)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a report came from, and its text before anything was mended.

    ``path`` is the name it was read under (``"<bytes>"`` and the like where there is no file), ``format`` is ``"txt"``,
    ``"docx"``, ``"rtf"``, ``"pdf"``, ``"ofd"``, ``"html"`` or ``"mhtml"``, ``encoding`` the codec that decoded it (``"str"``
    for text that came decoded), ``sha256`` the digest of its bytes in hex, ``notes`` what a reader should know (characters that
    could not be decoded, what was left out of the text), ``tables`` the tables that stand apart from the text, ``places`` pairs
    ``(start, label)``: from that character on, the text stands there in the file (``"paragraph 12"``,
    ``"page 3, 72-521 x 90-104"``), ``told`` triples of what the file says of itself beside its text (``"issuer"``, ``"date"``,
    ``"document number"`` …), the value, and where it says so.
    """

    path: str
    format: str
    encoding: str
    sha256: str
    text: str = field(repr=False)
    notes: tuple[str, ...] = ()
    tables: tuple[Table, ...] = field(default=(), repr=False)
    places: tuple[tuple[int, str], ...] = field(default=(), repr=False)
    told: tuple[tuple[str, str, str], ...] = field(default=(), repr=False)

    def place(self, start: int) -> str:
        """Where in the file a character of the text as found stands, ``""`` where the format knows no places."""
        at = bisect_right(self.places, start, key=lambda place: place[0]) - 1
        return self.places[at][1] if at >= 0 else ""


@dataclass(frozen=True, slots=True)
class Repair:
    """One thing that cleaning mended.

    ``start`` and ``end`` are places in the text **as found**; ``before`` is ``found[start:end]`` and ``after``
    is what the clean text has instead (empty where something was taken out).
    """

    kind: str
    start: int
    end: int
    before: str
    after: str

    def __repr__(self) -> str:
        return brief(self)


@dataclass(frozen=True, slots=True)
class CleanText:
    """Text after cleaning, what was mended, and the way back.

    ``runs`` holds pairs ``(clean, found)``: from clean character ``clean`` on, and up to the next pair, clean
    character ``clean + k`` is found character ``found + k``.
    """

    text: str
    repairs: tuple[Repair, ...]
    runs: tuple[tuple[int, int], ...] = field(repr=False)

    def __repr__(self) -> str:
        return brief(self)

    def found_index(self, index: int) -> int:
        """The place in the found text of one character of the clean text."""
        if not 0 <= index < len(self.text):
            raise IndexError(f"character {index} asked for, but the clean text has {len(self.text)}")
        clean, found = self.runs[bisect_right(self.runs, index, key=lambda run: run[0]) - 1]
        return found + index - clean

    def found_span(self, span: Span) -> Span:
        """The range of the found text from the first to the last character of ``span``.

        An empty span has no character of its own and stays empty, at the place of the one after it.
        """
        if not 0 <= span.start <= span.end <= len(self.text):
            raise IndexError(f"span {span.start}-{span.end} asked for, but the clean text has {len(self.text)} characters")
        if len(span) == 0:
            at = self.found_index(span.start) if span.start < len(self.text) else self._found_end()
            return Span(at, at)
        return Span(self.found_index(span.start), self.found_index(span.end - 1) + 1)

    def _found_end(self) -> int:
        return self.found_index(len(self.text) - 1) + 1 if self.text else 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph (or what a run-in heading leaves of one) and its place."""

    text: str
    span: Span

    def __repr__(self) -> str:
        return brief(self)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, its place, and the section it stands in: its path (``"三/（一）"``) and its id, ``""`` before and after all.

    Two sections of one report may have the same path, never the same id.
    """

    text: str
    span: Span
    section: str
    section_id: str = ""

    def __repr__(self) -> str:
        return brief(self)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """Something about the outline that a reader should look at: ``kind``, one sentence, and where.

    Kinds: ``no_heading``, ``skipped_number``, ``repeated_number``, ``misordered_number``, ``repeated_path``, ``repeated_text``.
    """

    kind: str
    message: str
    span: Span


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and all that stands under it.

    ``number`` is as printed (``"（一）"``, ``""`` for a heading without one), ``title`` has no closing mark,
    ``level`` is the depth in the tree from 1, ``path`` is what tables name it by (``"三/（一）"``), ``id`` tells it from every
    other section of the report (``"s7"``: the seventh in reading order), also from one with the same path; ``heading`` is
    the place of number, title and mark, ``span`` the place of the whole section with its subsections.
    """

    number: str
    title: str
    level: int
    path: str
    id: str
    heading: Span
    span: Span
    paragraphs: tuple[Paragraph, ...] = field(repr=False)
    children: tuple[Section, ...] = field(repr=False)

    def __repr__(self) -> str:
        return brief(self)

    def walk(self) -> Iterator[Section]:
        """The section itself and every one below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def as_dict(self) -> dict[str, Any]:
        """Plain data, as ``reportkit outline --format json`` prints it."""
        return {
            "number": self.number,
            "title": self.title,
            "level": self.level,
            "start": self.span.start,
            "end": self.span.end,
            "paragraphs": [paragraph.text for paragraph in self.paragraphs],
            "children": [child.as_dict() for child in self.children],
        }


@dataclass(frozen=True, slots=True)
class Outline:
    """The section tree of a report.

    ``preamble`` holds the paragraphs before the first heading (title lines included), ``closing`` those after
    the last section: a closing paragraph, signature and date; annexes are sections after it.  ``issuer`` and ``title``
    are ``""`` and ``year`` is ``None`` where the text does not tell.  The spans ``preamble_span``, those of ``sections`` and
    ``closing_span`` leave no gap between them, do not overlap and cover the text.
    """

    issuer: str
    title: str
    year: int | None
    preamble: tuple[Paragraph, ...]
    sections: tuple[Section, ...]
    closing: tuple[Paragraph, ...]
    diagnostics: tuple[Diagnostic, ...]
    preamble_span: Span
    closing_span: Span

    def walk(self) -> Iterator[Section]:
        """Every section, in reading order."""
        for section in self.sections:
            yield from section.walk()

    def as_dict(self) -> dict[str, Any]:
        """Plain data, as ``reportkit outline --format json`` prints it."""
        return {
            "issuer": self.issuer,
            "title": self.title,
            "year": self.year,
            "preamble": [paragraph.text for paragraph in self.preamble],
            "sections": [section.as_dict() for section in self.sections],
            "closing": [paragraph.text for paragraph in self.closing],
            "diagnostics": [
                {"kind": d.kind, "message": d.message, "start": d.span.start, "end": d.span.end} for d in self.diagnostics
            ],
        }

    def __str__(self) -> str:
        return outline_text(self)

    def __repr__(self) -> str:
        return outline_repr(self)

    def _repr_html_(self) -> str:
        return outline_html(self)


@dataclass(frozen=True, slots=True)
class Report:
    """A report that has been read: its source, its clean text, and the structure found in it.

    Nothing in it changes after reading, and every table that reportkit makes from it has columns ``start`` and
    ``end`` for which ``report.text[start:end]`` is what the row is about.  ``simplified`` is the text with traditional
    characters written simplified, one for one: what rules read, while tables show what is printed.
    """

    source: Source
    clean: CleanText = field(repr=False)
    outline: Outline = field(repr=False)
    sentences: tuple[Sentence, ...] = field(repr=False)
    simplified: str = field(repr=False)
    readings: dict[str, object] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def text(self) -> str:
        """The clean text, one paragraph a line."""
        return self.clean.text

    @property
    def repairs(self) -> tuple[Repair, ...]:
        """What cleaning did, in order of place."""
        return self.clean.repairs

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables of the file, in reading order; ``table.frame()`` is a DataFrame."""
        return self.source.tables

    def place_of(self, span: Span) -> str:
        """Where in the file a span begins: page and box (PDF), paragraph (DOCX), element (HTML); ``""`` for plain text."""
        return self.source.place(self.source_span(span).start)

    def source_span(self, span: Span) -> Span:
        """The place in ``report.source.text`` of a span of ``report.text``."""
        return self.clean.found_span(span)

    def __repr__(self) -> str:
        return report_repr(self)

    def _repr_html_(self) -> str:
        return report_html(self)


def once(read: Callable[[Report], T]) -> Callable[[Report], T]:
    """Make a function of a report that is worked out once: what it gives is kept with the report, and gone with it.

    For readings that several tables rest on (figures, what sentences do).  What it gives must not be changed by anybody.
    """
    name = f"{read.__module__}.{read.__qualname__}"

    @wraps(read)
    def kept(report: Report) -> T:
        if name not in report.readings:
            report.readings[name] = read(report)
        return cast("T", report.readings[name])

    return kept
