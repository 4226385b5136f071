"""The matrices by which files place what they draw: (a, b, c, d, e, f) puts a point (x, y) at (ax + cy + e, bx + dy + f)."""

from __future__ import annotations

__all__ = ["IDENTITY", "Matrix", "moved", "placed", "times"]

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def placed(m: Matrix, x: float, y: float) -> tuple[float, float]:
    """Where a matrix puts a point.

    >>> placed((2.0, 0.0, 0.0, 2.0, 10.0, 0.0), 1.0, 1.0)
    (12.0, 2.0)
    """
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def times(outer: Matrix, inner: Matrix) -> Matrix:
    """The matrix that applies the inner one, then the outer one."""
    a, b, c, d, _, _ = outer
    e, f = placed(outer, inner[4], inner[5])
    return (
        a * inner[0] + c * inner[1],
        b * inner[0] + d * inner[1],
        a * inner[2] + c * inner[3],
        b * inner[2] + d * inner[3],
        e,
        f,
    )


def moved(m: Matrix, x: float, y: float) -> Matrix:
    """A matrix whose origin lies at a point of its own space."""
    return (*m[:4], *placed(m, x, y))
