r"""RTF → text and tables, as Word and WPS write it: Chinese as ``\'xx`` bytes of the font's code page or as ``\uN?``.

Hidden and deleted text, headers, footers, pictures and fields' codes are left out; what numbers a list is in the file as text
(``\listtext``) and is read; footnotes become notes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from reportkit.errors import LoadingError
from reportkit.loading.limits import Clock, Limits
from reportkit.loading.loaded import Loaded, Page
from reportkit.loading.package import bounded
from reportkit.loading.txt import refuse_mojibake
from reportkit.report import Table

__all__ = ["text_of_rtf"]

_TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\", re.DOTALL
)
_SKIPPED = frozenset((
    "fonttbl", "colortbl", "stylesheet", "info", "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr",
    "footerf", "pict", "object", "fldinst", "themedata", "colorschememapping", "datastore", "latentstyles", "listtable",
    "listoverridetable", "revtbl", "rsidtbl", "generator", "xmlnstbl", "mmathPr", "shpinst", "nonesttables", "atnid",
    "atnauthor", "annotation", "bkmkstart", "bkmkend", "upr", "xe", "tc", "txe", "rxe", "nonshppict", "do", "template",
    "private", "passwordhash",
))  # fmt: skip
_CHARS = {
    "tab": "\t", "emdash": "—", "endash": "–", "emspace": "\u2003", "enspace": "\u2002", "bullet": "•", "lquote": "‘",
    "rquote": "’", "ldblquote": "“", "rdblquote": "”",
}  # fmt: skip
_SIGNS = {"~": "\xa0", "-": "", "_": "-", "{": "{", "}": "}", "\\": "\\", "\n": "", "\r": ""}
_CODECS = {134: "gb18030", 136: "big5hkscs", 128: "cp932", 129: "cp949"}  # by the charset of a font
_PAGES = {936: "gb18030", 54936: "gb18030", 950: "big5hkscs", 932: "cp932", 949: "cp949", 65001: "utf-8", 1252: "cp1252"}
_DEEPEST = 1_000
_MOST_PLACES = 200_000  # of a table
_WIDEST = 200  # cells in a row
_LONGEST_CELL = 600  # characters, beyond which a table lays out the page
_TOLERANCE = 40  # twentieths of a point that two edges of cells may lie apart and be one
_CAPTION = re.compile("表|附件|单位[：:]")


@dataclass(frozen=True, slots=True)
class _State:
    """What holds within a group."""

    skip: bool = False
    hidden: bool = False
    listed: bool = False
    uc: int = 1
    font: int = -1
    flow: str = "main"


@dataclass(slots=True)
class _Row:
    """A row of a table: the right edge of each cell, which cells go on with the one above or beside, and their lines."""

    edges: list[int] = field(default_factory=list)
    joined: list[str] = field(default_factory=list)
    cells: list[list[str]] = field(default_factory=list)


class _Reader:
    """An RTF file as it is read token by token."""

    def __init__(self, text: str, name: str, clock: Clock) -> None:
        self.text, self.name, self.clock = text, name, clock
        self.page = Page()
        self.notes: list[str] = []
        self.fonts: dict[int, int] = {}
        self.codec = "cp1252"
        self.state = _State()
        self.stack: list[_State] = []
        self.bytes = bytearray()
        self.flows: dict[str, list[str]] = {"main": [], "aside": [], "note": []}
        self.in_table = False
        self.row = _Row()
        self.join = ""
        self.cell: list[str] = []
        self.rows: list[_Row] = []
        self.n = 0
        self.default_font = -1
        self.in_fonts = 0

    def read(self) -> None:
        """Take the tokens one after the other."""
        at = unread = 0
        while found := _TOKEN.match(self.text, at):
            at = found.end()
            word, number, byte, sign, brace, words = found.groups()
            if words and not unread:
                words = self._taken_up(words)
            if byte is None or unread:
                self._decode()
            if unread and (byte or words):
                taken = len(words) if words else 1
                words = words[min(unread, taken) :] if words else None
                byte = None
                unread -= min(unread, taken)
            elif unread and (brace or word):
                unread = 0
            if byte:
                self.bytes.append(int(byte, 16))
            elif brace:
                self._brace(brace)
            elif word == "u":
                self._put(chr(bounded(number, -32768, 65535, 0xFFFD) % 65536))
                unread = self.state.uc
            elif word == "bin":
                at += bounded(number, 0, len(self.text), 0)
            elif word:
                self._word(word, number)
            elif sign:
                self._sign(sign)
            elif words:
                self._put(words)
            if at % 4096 < 8:
                self.clock.check()
        self._decode()
        self._paragraph()
        self._end_table()

    # --- groups and words ---------------------------------------------------------------------------------------------

    def _brace(self, brace: str) -> None:
        if brace == "{":
            if len(self.stack) >= _DEEPEST:
                raise LoadingError(f"{self.name}: the RTF file nests more than {_DEEPEST:,} groups; save it as .docx in Word.")
            self.stack.append(self.state)
            return
        if self.state.flow != "main" and self.stack and self.stack[-1].flow == "main":
            self._end_of_flow(self.state.flow)
        if self.stack:
            self.state = self.stack.pop()
        if len(self.stack) < self.in_fonts:
            self.in_fonts = 0

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self.state = replace(self.state, skip=True)
        elif sign in "\r\n":
            self._paragraph()
        else:
            self._put(_SIGNS.get(sign, ""))

    def _word(self, word: str, number: str | None) -> None:
        value = bounded(number, -100_000, 100_000, 1)
        on = number != "0"
        if word in ("v", "deleted"):
            self.state = replace(self.state, hidden=on)
        elif word == "plain":
            self.state = replace(self.state, hidden=False, font=self.default_font)
        elif word in ("f", "uc"):
            self.state = replace(self.state, font=value) if word == "f" else replace(self.state, uc=max(0, min(value, 100)))
        elif word in ("ud", "shptxt", "footnote", "listtext", "pntext"):
            self._destination(word)
        elif word in ("ansicpg", "deff", "fonttbl", "fcharset"):
            self._font(word, value)
        elif word in _SKIPPED:
            self.state = replace(self.state, skip=True)
        elif word in _CHARS:
            self._put("" if word == "tab" and self.state.listed else _CHARS[word])
        elif not self.state.skip:
            self._layout(word, value)

    def _destination(self, word: str) -> None:
        """A group whose text is read, though it stands in one that is not, or goes elsewhere."""
        if word == "ud":
            self.state = replace(self.state, skip=False)
        elif word == "shptxt":
            self.state = replace(self.state, skip=False, flow="aside")
        elif word == "footnote":
            self.state = replace(self.state, flow="note")
        else:
            self.state = replace(self.state, listed=True)

    def _font(self, word: str, value: int) -> None:
        if word == "ansicpg":
            self.codec = _PAGES.get(value, self.codec)
        elif word == "deff":
            self.default_font = value
            self.state = replace(self.state, font=value)
        elif word == "fonttbl":
            self.in_fonts = len(self.stack)
            self.state = replace(self.state, skip=True)
        elif self.in_fonts and len(self.fonts) < 10_000:
            self.fonts[self.state.font] = value

    def _layout(self, word: str, value: int) -> None:
        """What ends lines, cells and rows."""
        if word in ("par", "line", "sect", "page", "nestrow"):
            self._paragraph(ends=word != "line")
        elif word == "pard":
            self.in_table = False
        elif word == "intbl":
            self.in_table = True
        elif word == "trowd":
            self.row = _Row(cells=self.row.cells)
        elif word in ("clmrg", "clvmrg"):
            self.join = word
        elif word == "cellx" and len(self.row.edges) < _WIDEST:
            self.row.edges.append(value)
            self.row.joined.append(self.join)
            self.join = ""
        elif word == "nestcell":
            self._put(" ")
        elif word == "cell":
            self._end_cell()
        elif word == "row":
            self.rows.append(_Row(self.row.edges[:], self.row.joined[:], self.row.cells))
            self.row.cells = []

    # --- text ---------------------------------------------------------------------------------------------------------

    def _put(self, words: str) -> None:
        if words and not self.state.skip and not self.state.hidden:
            self.flows[self.state.flow].append(words)

    def _decode(self) -> None:
        """What was gathered as bytes, in the code page of its font."""
        if self.bytes:
            codec = _CODECS.get(self.fonts.get(self.state.font, 0), self.codec)
            self._put(self.bytes.decode(codec, "replace"))
            self.bytes.clear()

    def _taken_up(self, words: str) -> str:
        r"""What is left of words of which the first character is the second byte of one that ``\'xx`` began."""
        at = 0
        while at < len(self.bytes):
            at += 2 if self.bytes[at] >= 0x81 and self.codec != "cp1252" else 1
        if at > len(self.bytes) or not words.isascii():
            taken = words if not words.isascii() else words[:1]
            self.bytes += taken.encode("latin-1")
            return words[len(taken) :]
        return words

    def _taken(self, flow: str) -> str:
        words = "".join(self.flows[flow]).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        self.flows[flow].clear()
        return words.replace("\x00", "").strip()

    def _paragraph(self, ends: bool = True) -> None:
        if self.state.flow != "main":
            self.flows[self.state.flow].append("\n")
            return
        line = self._taken("main")
        if self.in_table:
            if line:
                self.cell.append(line)
            return
        if line or self.row.cells:
            self._end_table()
        self.n += ends
        if line:
            self.page.add(line, f"paragraph {self.n}")
        self._add_aside()

    def _add_aside(self) -> None:
        for line in self._taken("aside").split("\n"):
            if line.strip():
                self.page.add(line.strip(), f"text box at paragraph {self.n}")

    def _end_of_flow(self, flow: str) -> None:
        if flow == "note" and len(self.notes) < 1000:
            words = " ".join(self._taken("note").split())
            if words:
                self.notes.append(f"footnote: {words}")

    # --- tables -------------------------------------------------------------------------------------------------------

    def _end_cell(self) -> None:
        line = self._taken("main")
        if line:
            self.cell.append(line)
        if len(self.row.cells) < _WIDEST:
            self.row.cells.append(self.cell)
        self.cell = []

    def _end_table(self) -> None:
        """Put the rows that were gathered into a table, or open them as lines where they only lay out the page."""
        loose = [*self.row.cells, self.cell] if self.row.cells or self.cell else []
        rows, self.rows = self.rows, []
        self.row.cells, self.cell = [], []
        grid = _grid(rows)
        longest = max((len("".join(cell)) for row in rows for cell in row.cells), default=0)
        if len(grid) >= 2 and len(grid[0]) >= 2 and longest <= _LONGEST_CELL:
            above = self.page.last_line
            caption = above if len(above) < 40 and _CAPTION.search(above) else ""
            self.page.tables.append(Table(grid, caption, f"after paragraph {self.n}"))
        else:
            loose = [*(cell for row in rows for cell in row.cells), *loose]
        for cell in loose:
            for line in cell:
                self.page.add(line, f"table after paragraph {self.n}")


def _grid(rows: list[_Row]) -> tuple[tuple[str, ...], ...]:
    """The cells by the edges that they have in common, a merged cell's text in every place that it covers."""
    columns: list[int] = []
    for edge in sorted({edge for row in rows for edge in row.edges}):
        if not columns or edge - columns[-1] > _TOLERANCE:
            columns.append(edge)
    if len(columns) * len(rows) > _MOST_PLACES:
        return ()
    grid: list[tuple[str, ...]] = []
    for row in rows:
        texts: list[str] = []
        for n, edge in enumerate(row.edges[: len(row.cells)]):
            end = sum(column <= edge + _TOLERANCE for column in columns)
            text = " ".join(" ".join(row.cells[n]).split())
            if row.joined[n] == "clmrg" and texts:
                text = texts[-1]
            elif row.joined[n] == "clvmrg" and grid:
                text = grid[-1][min(len(texts), len(grid[-1]) - 1)]
            texts += [text] * max(0, end - len(texts))
        grid.append(tuple(texts + [""] * (len(columns) - len(texts)))[: len(columns)])
    return tuple(grid)


def text_of_rtf(data: bytes, name: str, limits: Limits) -> Loaded:
    """The text and tables of an RTF file; raises :class:`LoadingError` where it holds none or is mojibake."""
    reader = _Reader(data.decode("latin-1"), name, Clock(name, limits))
    reader.read()
    if not reader.page.lines and not reader.page.tables:
        raise LoadingError(
            f"{name}: this is an RTF file without text; open it in Word or WPS and save it as .docx, then read that."
        )
    loaded = reader.page.loaded(reader.codec, tuple(reader.notes))
    refuse_mojibake(loaded.text, name)
    return loaded
