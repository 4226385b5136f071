"""Made-up reports are read as a reader read them: whole tables, so that no field of any row changes unseen."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .made_up import FOLDER, differences, reading_of

TEXTS = sorted(FOLDER.glob("*.txt"))


@pytest.mark.parametrize("path", TEXTS, ids=[path.stem for path in TEXTS])
def test_a_made_up_report_is_read_as_a_reader_read_it(path: Path) -> None:
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    changed = differences(expected, reading_of(path.read_text(encoding="utf-8")))
    assert not changed, f"{path.stem}: run `python -m tests.made_up` and read the diff\n" + "\n".join(changed)
