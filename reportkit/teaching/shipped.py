"""The reports and notebooks that come with reportkit: in an installed package, or beside it in a checkout."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

__all__ = ["notebook_paths", "sample_paths", "seed_paths"]


def seed_paths() -> list[Path]:
    """The seed reports, by name."""
    return sorted(_folder("seeds").glob("*.txt"))


def sample_paths() -> list[Path]:
    """One short invented report as DOCX, HTML, OFD, PDF and TXT, by name."""
    return sorted((_folder("seeds") / "formats").glob("sample.*"))


def notebook_paths() -> list[Path]:
    """The notebook series, in order."""
    return sorted(_folder("notebooks").glob("[0-9][0-9]_*.ipynb"))


def _folder(name: str) -> Path:
    package = Path(str(files("reportkit")))
    installed = package / "_shipped" / name
    return installed if installed.is_dir() else package.parent / name
