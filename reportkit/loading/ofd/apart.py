"""What a file has beside its text, said in notes: templates, stamps, remarks, signatures, attachments, what cannot be seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from reportkit.errors import LoadingError
from reportkit.loading.ofd.characters import words_of
from reportkit.loading.ofd.documents import Document, Parts, children, said
from reportkit.loading.ofd.pages import Reading
from reportkit.loading.package import local

__all__ = ["notes_of"]

_SHOWN, _LONG = 3, 40  # words quoted in a note, and how many characters of each


class _Aside:
    """Parts that hold nothing of the text: a damaged one is noted, and the file is read all the same."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.damaged: list[str] = []

    def xml(self, part: str | None) -> Any:
        """The root element of a part, ``None`` where there is none that can be read."""
        try:
            return self.parts.xml(part)
        except LoadingError:
            self.damaged.append(part or "")
            return None


def notes_of(parts: Parts, reading: Reading) -> Iterator[str]:
    """A note for each kind of thing that the text does not hold."""
    words = [words for words in reading.template_words.values() if words]
    if words:
        yield f"left out: the text of {_n(len(words), 'page template')} (letterhead, running header): {_quoted(words)}"
    if reading.unseen:
        n = _n(sum(map(len, reading.unseen)), "character")
        yield f"left out: {n} that are faint (a watermark), hidden or beside the page: {_quoted(reading.unseen)}"
    if reading.missing:
        yield f"left out: {_n(len(reading.missing), 'page')} that the file names and does not hold: {_quoted(reading.missing)}"
    if reading.pictured:
        yield f"left out: what stands in a picture that covers page {_listed(reading.pictured)}"
    if reading.crowded:
        yield f"page {_listed(reading.crowded)}: too many drawn lines to tell tables; what stands in them is in the text"
    if len(reading.documents) > 1:
        yield f"the file holds {len(reading.documents)} documents; all of them were read, one after the other"
    for document in reading.documents:
        yield from _of_document(parts, document)


def _of_document(parts: Parts, document: Document) -> Iterator[str]:
    kinds: Counter[str] = Counter()
    words: list[str] = []
    aside = _Aside(parts)
    for annotation in _annotations(aside, document):
        kind = annotation.get("Type", "")[:_LONG] or "no type"
        if kind != "Link":
            kinds[kind] += 1
            texts = (words_of(element) for element in annotation.iter() if local(element) == "TextObject")
            words.append("".join(texts).strip())
    if kinds:
        listed = ", ".join(f"{kind} {n}" for kind, n in kinds.most_common(5))
        seen = _quoted(word for word in words if word)
        yield f"left out: {_n(sum(kinds.values()), 'annotation')} ({listed})" + f": {seen}" * bool(seen)
    signatures = aside.xml(document.signatures)
    n = 0 if signatures is None else sum(1 for _ in children(signatures, "Signature"))
    if n:
        yield f"left out: {_n(n, 'signature or seal', 'signatures or seals')}, not checked"
    names = list(_attachments(aside, document))
    if names:
        yield f"left out: {_n(len(names), 'attachment')}: {_quoted(names)}"
    if aside.damaged:
        yield f"left out: what stands in {_n(len(aside.damaged), 'damaged part')}: {_quoted(aside.damaged)}"
    if document.n_versions:
        yield f"the file keeps {_n(document.n_versions, 'version')} of its document; the one that it opens with was read"


def _annotations(aside: _Aside, document: Document) -> Iterator[Any]:
    for element in children(document.root, "Annotations"):
        part = aside.parts.find(document.part, element.text)
        listed = aside.xml(part)
        seen: set[str] = set()
        for page in () if listed is None else children(listed, "Page"):
            own = aside.parts.find(part or "", said(page, "FileLoc")) or aside.parts.find(document.part, said(page, "FileLoc"))
            if own is not None and own not in seen:
                seen.add(own)
                page_annotations = aside.xml(own)
                yield from () if page_annotations is None else children(page_annotations, "Annot")


def _attachments(aside: _Aside, document: Document) -> Iterator[str]:
    for element in children(document.root, "Attachments"):
        listed = aside.xml(aside.parts.find(document.part, element.text))
        for attachment in () if listed is None else children(listed, "Attachment"):
            yield attachment.get("Name") or said(attachment, "FileLoc")


def _n(n: int, one: str, many: str = "") -> str:
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def _quoted(words: Iterable[str]) -> str:
    found = [" ".join(word.split()) for word in words]
    shown = ", ".join(f"“{word[:_LONG]}{'…' * (len(word) > _LONG)}”" for word in found[:_SHOWN])
    return shown + ", …" * (len(found) > _SHOWN)


def _listed(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers[:10])) + ", …" * (len(numbers) > 10)
