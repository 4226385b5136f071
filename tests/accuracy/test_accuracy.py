from __future__ import annotations

import pytest

from .measure import FLOORS, GOLD, measure


@pytest.mark.parametrize("folder", sorted(path for path in GOLD.iterdir() if path.is_dir()), ids=lambda path: path.name)
def test_no_score_falls_below_its_floor(folder) -> None:  # type: ignore[no-untyped-def]
    scores = measure(folder)
    assert {name: scores[name] for name in FLOORS if scores[name] < FLOORS[name]} == {}
