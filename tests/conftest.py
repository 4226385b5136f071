"""What tests share: the seed, real reports where there are some, Chromium where it is installed."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

import reportkit as rk
from reportkit.report import Report

ROOT = Path(__file__).parent.parent
SEED = ROOT / "seeds" / "jining_psb_2023.txt"
# Real reports that may not be published with the project; tests that want them skip where the folder is missing.
REAL_REPORTS = Path(os.environ.get("REPORTKIT_REPORTS", ROOT.parent / "shared" / "reports"))


@pytest.fixture(scope="session")
def seed() -> Report:
    return rk.read(SEED)


@pytest.fixture(scope="session")
def real_texts() -> list[Path]:
    paths = sorted(REAL_REPORTS.glob("*.txt"))
    if not paths:
        pytest.skip(f"no real reports in {REAL_REPORTS} (set REPORTKIT_REPORTS to a folder of them)")
    return paths


@pytest.fixture(scope="session")
def real_reports(real_texts: list[Path]) -> list[Report]:
    return [rk.read(path) for path in real_texts]


@pytest.fixture(scope="session")
def chromium() -> str:
    path = os.environ.get("REPORTKIT_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("Chromium is not installed: on Debian, apt-get install chromium (or set REPORTKIT_CHROMIUM to a browser)")
    return path
