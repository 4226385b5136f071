"""What a reader gives back: text, tables, and where each line stands in the file."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportkit.report import Table

__all__ = ["Loaded", "Page"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """The text of a file, its codec, notes, tables, places and what it tells (see :class:`reportkit.report.Source`)."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    places: tuple[tuple[int, str], ...] = ()
    told: tuple[tuple[str, str, str], ...] = ()


@dataclass(slots=True)
class Page:
    """Lines as they are gathered from a file, each with its place."""

    lines: list[str] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    _places: list[tuple[int, str]] = field(default_factory=list)
    _length: int = 0

    @property
    def last_line(self) -> str:
        """The line added last, ``""`` before the first."""
        return self.lines[-1].strip() if self.lines else ""

    def add(self, line: str, place: str) -> None:
        """Add a line (without its end) and where it stands in the file."""
        self._places.append((self._length, place))
        self.lines.append(line)
        self._length += len(line) + 1

    def loaded(self, encoding: str, notes: tuple[str, ...] = ()) -> Loaded:
        """Everything that was gathered."""
        return Loaded("\n".join(self.lines) + "\n" * bool(self.lines), encoding, notes, tuple(self.tables), tuple(self._places))
