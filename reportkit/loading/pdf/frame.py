"""Where a PDF's page lies, and how its places become those of a sheet."""

from __future__ import annotations

import math
from dataclasses import dataclass

__all__ = ["Box", "Frame", "bounded"]

_FAR = 100_000.0  # points; what a file places beyond is on no page

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """The visible part of a page and how far its text is turned: from the file's places to those of a sheet."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int

    @property
    def width(self) -> float:
        """The width of the sheet."""
        return self.top - self.bottom if self.turn in (90, 270) else self.right - self.left

    @property
    def height(self) -> float:
        """The height of the sheet."""
        return self.right - self.left if self.turn in (90, 270) else self.top - self.bottom

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """Left, top, right, bottom on the sheet of a box given by two corners in the file."""
        xs, ys = zip(*(self._point(x, y) for x, y in ((x0, y0), (x1, y1))), strict=True)
        return min(xs), min(ys), max(xs), max(ys)

    def _point(self, x: float, y: float) -> tuple[float, float]:
        if self.turn == 90:
            return y - self.bottom, x - self.left
        if self.turn == 180:
            return self.right - x, y - self.bottom
        if self.turn == 270:
            return self.top - y, self.right - x
        return x - self.left, self.top - y


def bounded(value: float) -> float:
    """A place within bounds, whatever the file says."""
    return max(-_FAR, min(_FAR, value)) if math.isfinite(value) else 0.0
