"""How far two codings of the same things agree: annotator against annotator, or annotator against program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from math import nan
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Agreement", "agreement"]

_ONE_CLASS = 0.7  # from here on, chance agreement is so high that kappa falls however well two coders agree


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two codings agree.

    ``n`` things were coded by both (``n_left_out`` by one only); ``percent`` of them alike (0–100); ``kappa`` is Cohen's κ
    and ``alpha`` Krippendorff's α for nominal codes (1 perfect, 0 chance, below 0 worse; ``nan`` where both used one code
    only); ``confusion`` counts pairs (rows: ``a``, columns: ``b``); ``prevalence`` has a row a code: ``n_a``, ``n_b``,
    ``share`` (0–1, of all codes given); ``note`` says when prevalence makes κ hard to read.
    """

    n: int
    n_left_out: int
    percent: float
    kappa: float
    alpha: float
    confusion: pd.DataFrame = field(repr=False)
    prevalence: pd.DataFrame = field(repr=False)
    note: str = ""

    def __str__(self) -> str:
        left_out = f" ({self.n_left_out} coded by one only, left out)" if self.n_left_out else ""
        line = f"{self.percent:.1f}% of {self.n} alike{left_out}, Cohen's κ {self.kappa:.2f}, Krippendorff's α {self.alpha:.2f}"
        return f"{line}. {self.note}" if self.note else f"{line}."

    def _repr_html_(self) -> str:
        return f"<p>{escape(str(self))}</p>{self.confusion.to_html()}{self.prevalence.to_html(float_format='{:.2f}'.format)}"


def agreement(a: Sequence[object], b: Sequence[object]) -> Agreement:
    """How far two codings of the same things agree.

    Parameters
    ----------
    a, b
        One code a thing, in the same order: lists, or columns of a table (rows are paired by position).  ``None``, ``nan`` and
        ``""`` mean: not coded.

    Returns
    -------
    Agreement
        Percent agreement, Cohen's κ, Krippendorff's α, the confusion table and the prevalence of each code.

    Raises
    ------
    ValueError
        If the two differ in length, or nothing was coded by both.

    Notes
    -----
    κ and α fall when one code holds most of the things, however careful the coders were: read the prevalence beside them.
    Below some 30 things all three move by chance.
    Source: Cohen 1960; Krippendorff 1980; computed by NLTK (``nltk.metrics.agreement``).

    >>> print(agreement(["result", "plan", "plan", "measure"], ["result", "plan", "measure", "measure"]))
    75.0% of 4 alike, Cohen's κ 0.64, Krippendorff's α 0.67.
    """
    import pandas as pd

    if len(a) != len(b):
        raise ValueError(f"{len(a)} codes in a and {len(b)} in b: both must code the same things, in the same order")
    pairs = [(str(x), str(y)) for x, y in zip(list(a), list(b), strict=True) if _coded(x) and _coded(y)]
    if not pairs:
        raise ValueError("nothing was coded by both: there is no agreement to measure")
    codes = sorted({code for pair in pairs for code in pair})
    first, second = (pd.Series([pair[i] for pair in pairs], dtype="object") for i in (0, 1))
    confusion = pd.crosstab(first, second).reindex(index=codes, columns=codes, fill_value=0)
    confusion.index.name, confusion.columns.name = "a", "b"
    n_a, n_b = (side.value_counts().reindex(codes, fill_value=0) for side in (first, second))
    prevalence = pd.DataFrame({"n_a": n_a, "n_b": n_b, "share": (n_a + n_b) / (2 * len(pairs))})
    prevalence.index.name = "code"
    percent, kappa, alpha = _coefficients(pairs, codes)
    top = prevalence["share"].idxmax()
    share = float(prevalence["share"].max())
    note = f"{top} holds {share:.0%} of all codes: κ and α are low there by their nature" if share > _ONE_CLASS else ""
    return Agreement(len(pairs), len(a) - len(pairs), percent, kappa, alpha, confusion, prevalence, note)


def _coefficients(pairs: Sequence[tuple[str, str]], codes: Sequence[str]) -> tuple[float, float, float]:
    from nltk.metrics.agreement import AnnotationTask

    task = AnnotationTask([(coder, i, code) for i, pair in enumerate(pairs) for coder, code in zip("ab", pair, strict=True)])
    percent = 100 * float(task.avg_Ao())
    if len(codes) == 1:
        return percent, nan, nan  # where only one code was used, chance alone would agree
    return percent, float(task.kappa()), float(task.alpha())


def _coded(code: object) -> bool:
    return code is not None and code == code and code != ""
