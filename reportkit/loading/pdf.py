"""PDF with a text layer → text: lines put in reading order, running headers and page numbers left out, tables kept apart.

Lines are joined into paragraphs the Chinese way, without a space between Han: where a line fills its column and the next
one is not indented, the paragraph goes on.  A PDF without text is a scan and said to be one.
"""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from reportkit.errors import LoadingError
from reportkit.loading.limits import Clock, Limits, check_streams
from reportkit.loading.loaded import Loaded, Page
from reportkit.report import Table

__all__ = ["text_of_pdf"]

_PAGE_NUMBER = re.compile(r"[-—–－―·\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／]?\s*(?:共\s*)?\d{1,4}\s*页?)?[-—–－―·\s]*")
_UNREADABLE = re.compile(r"\(cid:\d+\)|[\ufffd\ue000-\uf8ff]")
_EDGE = 0.09  # of the page height, above and below, where running headers and page numbers stand
_RULE = 3  # points that the width of a drawn rule has at most
_SLACK = 4  # points by which the edges of one table differ from page to page
_GAP = 1.9  # of a character's width, from which a gap parts two columns
_ENDS = "。！？；：”）"


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page: its text and its box in points from the top left."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float


def text_of_pdf(data: bytes, name: str, limits: Limits) -> Loaded:
    """The text and the tables of a PDF; raises :class:`LoadingError` for one that is damaged, encrypted, a scan or too long."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    check_streams(data, name, limits)
    clock = Clock(name, limits)
    log = logging.getLogger("pdfminer")
    level = log.level
    log.setLevel(logging.CRITICAL)  # its remarks on fonts are no news to the reader
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            if len(document.pages) > limits.n_pages:
                raise LoadingError(
                    f"{name}: the PDF has {len(document.pages):,} pages, more than the {limits.n_pages:,} that are read; "
                    "allow more with limits=Limits(n_pages=…), or take the report's own pages out of it."
                )
            sheets = [_sheet(sheet, clock) for sheet in document.pages]
    except (PdfminerException, PDFPasswordIncorrect) as error:
        if isinstance(error, PDFPasswordIncorrect) or any(isinstance(arg, PDFPasswordIncorrect) for arg in error.args):
            raise LoadingError(
                f"{name}: the PDF is encrypted and asks for a password; save a copy without one, then read that."
            ) from None
        raise LoadingError(f"{name}: the PDF is damaged ({_say(error)}); fetch it again, then read that.") from None
    except LoadingError:
        raise
    except RecursionError:
        raise LoadingError(f"{name}: the PDF nests too deeply to be read; print it to a new PDF, then read that.") from None
    except Exception as error:  # pdfminer raises whatever a broken file makes it stumble over
        raise LoadingError(f"{name}: the PDF is damaged ({_say(error)}); fetch it again, then read that.") from None
    finally:
        log.setLevel(level)
    if not any(sheet.lines or sheet.tables for sheet in sheets):
        raise LoadingError(
            f"{name}: the PDF has {len(sheets)} pages and no text: it is a scan. Run it through OCR (text recognition) "
            "that writes a text layer, then read that."
        )
    words = "".join(line.text for sheet in sheets for line, _, _ in sheet.lines)
    lost = len(_UNREADABLE.findall(words))
    if lost > 0.2 * max(1, len(_UNREADABLE.sub("#", words))):
        raise LoadingError(
            f"{name}: the PDF's text layer cannot be decoded (its fonts do not say which characters they draw). Run it through "
            "OCR (text recognition), then read that."
        )
    return _put_together(sheets)


def _say(error: Exception) -> str:
    return (str(error) or type(error).__name__).split("\n")[0][:120]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page: its lines in reading order, the place of each column, and its tables with the height that they begin at."""

    number: int
    height: float
    lines: tuple[tuple[_Line, float, float], ...]
    tables: tuple[tuple[float, Table], ...]


def _sheet(page: Any, clock: Clock) -> _Sheet:
    clock.check()
    found = _tables(page)
    boxes = [table.bbox for table in found]
    chars = [char for char in page.chars if char["text"].strip() and not _inside(char, boxes)]
    lines = list(_in_columns(_lines(chars), float(page.width)))
    tables = []
    for table in found:
        above = [line for line, _, _ in lines if line.bottom <= table.bbox[1] + 2]
        near = max(above, key=lambda line: line.bottom, default=None)
        rows = tuple(tuple(_cell(cell) for cell in row) for row in table.extract())
        x0, top, x1, bottom = table.bbox
        place = f"page {page.page_number}, {x0:.0f}-{x1:.0f} x {top:.0f}-{bottom:.0f}"
        tables.append((top, Table(rows, near.text if near and len(near.text) < 40 else "", place)))
    clock.check()
    page.close()  # or every page stays in memory
    return _Sheet(page.page_number, float(page.height), tuple(lines), tuple(tables))


def _tables(page: Any) -> list[Any]:
    """The ruled tables of a page; where the shading of lines makes all of it one, only what is ruled counts."""
    found = page.find_tables()
    if all(_is_table(table) for table in found):
        return list(found)
    ruled = page.filter(
        lambda item: item["object_type"] != "rect" or item["stroke"] or min(item["width"], item["height"]) < _RULE
    )
    return [table for table in ruled.find_tables() if _is_table(table)]


def _is_table(table: Any) -> bool:
    """Whether lines on a page make a table: two rows and two columns at least, and most of its cells drawn."""
    rows = table.rows
    if len(rows) < 2:
        return False
    widths = [sum(cell is not None for cell in row.cells) for row in rows]
    return sum(width >= 2 for width in widths) >= max(2, len(rows) // 2)


def _inside(char: dict[str, Any], boxes: Sequence[tuple[float, float, float, float]]) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return any(x0 <= x <= x1 and top <= y <= bottom for x0, top, x1, bottom in boxes)


def _cell(words: str | None) -> str:
    return re.sub(r"\s*\n\s*", "", words or "").strip()


def _lines(chars: Sequence[dict[str, Any]]) -> Iterator[_Line]:
    """Characters of one height, from left to right, cut where a gap parts columns; a mark drawn twice counts once."""
    rows: list[list[dict[str, Any]]] = []
    for char in sorted(chars, key=lambda char: ((char["top"] + char["bottom"]) / 2, char["x0"])):
        middle = (char["top"] + char["bottom"]) / 2
        last = rows[-1][0] if rows else None
        if last is not None and abs(middle - (last["top"] + last["bottom"]) / 2) < 0.45 * max(1.0, float(last["size"])):
            rows[-1].append(char)
        else:
            rows.append([char])
    for row in rows:
        piece: list[dict[str, Any]] = []
        for char in sorted(row, key=lambda char: char["x0"]):
            if piece and char["text"] == piece[-1]["text"] and abs(char["x0"] - piece[-1]["x0"]) < 0.2 * char["size"]:
                continue  # bold by printing twice
            if piece and char["x0"] - piece[-1]["x1"] > _GAP * char["size"]:
                yield _line(piece)
                piece = []
            piece.append(char)
        yield _line(piece)


def _line(piece: Sequence[dict[str, Any]]) -> _Line:
    words = piece[0]["text"]
    for before, char in pairwise(piece):
        latin = before["text"].isascii() and char["text"].isascii()
        words += (" " if latin and char["x0"] - before["x1"] > 0.25 * char["size"] else "") + char["text"]
    return _Line(
        words,
        piece[0]["x0"],
        min(char["top"] for char in piece),
        piece[-1]["x1"],
        max(char["bottom"] for char in piece),
        Counter(round(char["size"], 1) for char in piece).most_common(1)[0][0],
    )


def _in_columns(lines: Iterator[_Line], width: float) -> Iterator[tuple[_Line, float, float]]:
    """Lines in reading order with the left and right edge of their column: on a page of two, the left one first."""
    found = list(lines)
    middle = width / 2
    left = [line for line in found if line.x1 <= middle + 2]
    right = [line for line in found if line.x0 >= middle - 2]
    across = [line for line in found if line.x1 > middle + 2 and line.x0 < middle - 2]
    beside = sum(any(abs(a.top - b.top) < a.size for b in right) for a in left)
    if beside >= 5 and len(across) <= 0.3 * len(found):
        columns = [sorted(left, key=lambda line: line.top), sorted(right, key=lambda line: line.top)]
        first = min(line.top for line in left + right)
        heads = [line for line in across if line.top < first]
        feet = [line for line in across if line.top >= first]
        ordered = [sorted(heads, key=lambda line: line.top), *columns, sorted(feet, key=lambda line: line.top)]
    else:
        ordered = [sorted(found, key=lambda line: (round(line.top), line.x0))]
    for column in ordered:
        if column:
            edges = min(line.x0 for line in column), max(line.x1 for line in column)
            yield from ((line, *edges) for line in column)


def _put_together(sheets: Sequence[_Sheet]) -> Loaded:
    running = _running(sheets)
    page = Page()
    words, place = "", ""
    open_line = False  # whether the paragraph may go on in the next line
    page.tables.extend(_joined(sheets))
    for sheet in sheets:
        tops = [top for top, _ in sheet.tables]
        before: _Line | None = None
        for line, left, right in sheet.lines:
            shape = _shape(line.text)
            if _at_edge(line, sheet) and (_PAGE_NUMBER.fullmatch(line.text) or shape in running or _is_head(line, sheet)):
                continue
            parted = before is not None and any(before.top < top < line.top for top in tops)
            indented = line.x0 - left > 1.2 * line.size
            goes_on = open_line and not indented and not parted and words and _like(before, line)
            if words and not goes_on:
                page.add(words, place)
                words = ""
            if not words:
                place = f"page {sheet.number}, {line.x0:.0f}-{line.x1:.0f} x {line.top:.0f}-{line.bottom:.0f}"
            glue = " " if words[-1:].isascii() and line.text[:1].isascii() and words[-1:].isalpha() else ""
            words += glue + line.text
            open_line = line.x1 > right - 1.6 * line.size and not (
                line.text.endswith(tuple(_ENDS)) and line.x1 < right - 0.6 * line.size
            )
            before = line
    if words:
        page.add(words, place)
    return page.loaded("pdf")


def _joined(sheets: Sequence[_Sheet]) -> Iterator[Table]:
    """Tables in order; one that opens a page under no line of text goes on from the page before, if it is as wide."""
    last: Table | None = None
    at_end = False  # whether no line of text follows the last table on its page
    for sheet in sheets:
        heights = [line.top for line, _, _ in sheet.lines if not _at_edge(line, sheet)]
        for top, table in sheet.tables:
            above = any(height < top for height in heights)
            if last is not None and at_end and not above and _as_wide(last.place, table.place):
                n = max(len(row) for row in (*last.rows, *table.rows))
                rows = tuple(row + ("",) * (n - len(row)) for row in (*last.rows, *table.rows))
                last = Table(rows, last.caption, f"{last.place}; {table.place}")
            else:
                if last is not None:
                    yield last
                last = table
            at_end = not any(height > top for height in heights)
    if last is not None:
        yield last


def _as_wide(place: str, other: str) -> bool:
    """Whether two tables, by their places, begin and end at one height of the line."""
    edges = [list(map(int, re.findall(r"(-?\d+)-(-?\d+) x", words)[-1])) for words in (place, other)]
    return all(abs(a - b) <= _SLACK for a, b in zip(*edges, strict=True))


def _like(before: _Line | None, line: _Line) -> bool:
    """Whether two lines may be of one paragraph: of one size, and not further apart than lines are."""
    if before is None:
        return True  # over a page break
    near = line.top - before.bottom < 1.6 * line.size or line.top < before.top
    return abs(before.size - line.size) < 0.15 * line.size + 0.5 and near


def _at_edge(line: _Line, sheet: _Sheet) -> bool:
    return line.bottom < _EDGE * sheet.height or line.top > (1 - _EDGE) * sheet.height


def _is_head(line: _Line, sheet: _Sheet) -> bool:
    """Whether a line above all others is set smaller than they are and apart from them: a running header of one page."""
    others = [other for other, _, _ in sheet.lines if other is not line]
    if not others or any(other.top <= line.top for other in others):
        return False
    usual = sorted(other.size for other in others)[len(others) // 2]
    return line.size < 0.85 * usual and min(other.top for other in others) - line.bottom > usual


def _running(sheets: Sequence[_Sheet]) -> frozenset[str]:
    """Lines at the edge of pages that come again on three pages and a third of all, numbers aside."""
    seen = Counter(
        shape for sheet in sheets for shape in {_shape(line.text) for line, _, _ in sheet.lines if _at_edge(line, sheet)}
    )
    return frozenset(shape for shape, n in seen.items() if n >= max(3, len(sheets) / 3))


def _shape(words: str) -> str:
    return re.sub(r"\d+", "#", re.sub(r"\s", "", words))
