"""OFD (GB/T 33190), the national format of documents of fixed layout → text: a package of XML with each character's place.

``OFD.xml`` names the documents, a document its pages, a page draws texts, paths and pictures (:mod:`drawn`).  Texts become
characters, paths become rules; lines, paragraphs and tables are made of them as of a PDF's (:mod:`reportkit.loading.layout`).
Text of templates, stamps and remarks is no text of the report; a note says what there was.
"""

from __future__ import annotations

from dataclasses import replace

from reportkit.errors import LoadingError
from reportkit.loading.layout import laid_out
from reportkit.loading.limits import Clock, Limits
from reportkit.loading.loaded import Loaded
from reportkit.loading.ofd.apart import notes_of
from reportkit.loading.ofd.documents import Parts
from reportkit.loading.ofd.pages import Reading, read_pages
from reportkit.loading.package import Package

__all__ = ["reading_of", "text_of_ofd"]

_UNKNOWN = 0.2  # of the letters and digits of a text, above which it cannot be read


def text_of_ofd(data: bytes, name: str, limits: Limits) -> Loaded:
    """The text and the tables of an OFD file; raises :class:`LoadingError` for one that is damaged, a scan or too long."""
    clock = Clock(name, limits)
    reading, notes = reading_of(data, name, limits, clock)
    loaded = laid_out(reading.sheets, name, "ofd", clock)
    return replace(loaded, notes=(*loaded.notes, *notes))


def reading_of(data: bytes, name: str, limits: Limits, clock: Clock) -> tuple[Reading, tuple[str, ...]]:
    """The sheets of an OFD file and the notes on what they do not hold."""
    with Package(data, name, limits) as package:
        parts = Parts(package, clock)
        reading = read_pages(parts, limits, clock)
        if any(reading.template_words.values()) and not any(sheet.chars for sheet in reading.sheets):
            reading = read_pages(parts, limits, clock, with_templates=True)
        notes = tuple(notes_of(parts, reading))
    _refuse_unreadable(name, reading)
    return reading, notes


def _refuse_unreadable(name: str, reading: Reading) -> None:
    """A file without a page, without text, or whose characters only its own fonts know."""
    n = len(reading.sheets)
    if not n:
        raise LoadingError(f"{name}: the OFD has no page that can be read; open it in an OFD reader and save it anew.")
    words = [char.text for sheet in reading.sheets for char in sheet.chars]
    if not words:
        kind = "it is a scan" if reading.n_images else "its words are drawn as pictures"
        raise LoadingError(
            f"{name}: the OFD has {n:,} page{'s' * (n > 1)} and no text: {kind}. Run it through OCR (text recognition) "
            "that writes a text layer, then read that."
        )
    unknown = sum(word == "\ufffd" or "\ue000" <= word <= "\uf8ff" for word in words)
    if unknown > _UNKNOWN * (unknown + sum(word.isalnum() for word in words)):
        raise LoadingError(
            f"{name}: the OFD's text cannot be decoded (its fonts do not say which characters they draw). Run it through "
            "OCR (text recognition), then read that."
        )
