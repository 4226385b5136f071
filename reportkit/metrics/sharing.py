"""Subjects that share a predicate: A、B分别下降7.1%、14.1%, and A、B均达到100%."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reportkit.metrics.figures import Figure
from reportkit.metrics.labels import has_noun, shared_subjects, tidy
from reportkit.metrics.predicates import Predicate, base_in, peel
from reportkit.report import Sentence

__all__ = ["dealt", "dealt_in_silence", "earlier_subject", "subjects_of_jun", "values_after"]


def earlier_subject(text: str, sentence: Sentence, position: int) -> str:
    """The subject of an earlier clause of the sentence."""
    clauses = [tidy(clause) for clause in re.split("[，；：]", text[sentence.span.start : position])]
    return next((clause for clause in reversed(clauses) if clause and has_noun(clause)), "")[:30]


def values_after(text: str, figures: Sequence[Figure], i: int) -> int:
    """How many values follow 分别 one after the other, each with its own predicate or without."""
    n = 1
    for a, b in zip(figures[i:], figures[i + 1 :], strict=False):
        between = text[a.end : b.start]
        between = re.sub(r"^(?:以上|左右|以下)", "", between)
        if not re.match("、|和|及|以及|与|，", between):
            break
        inner = re.sub("^(?:、|和|以及|及|与|，)", "", between)
        if inner and (peel(inner).core or ("，" in between and not peel(inner).cue)):
            break
        if "，" in between and inner and "分别" not in between and peel(inner).reach:
            break
        n += 1
    return n


def dealt(text: str, sentence: Sentence, clause: int, before: str, n: int, named_before: Sequence[str]) -> list[str]:
    """The label of each of ``n`` values after 分别."""
    head, _, tail = before.rpartition("分别")
    said = peel(tail)
    noun = tidy(said.core) if has_noun(said.core) else ""
    subjects = shared_subjects(_without_base(head), n)
    if not subjects and n <= len(named_before):
        return [f"{subject}{noun}" for subject in named_before[-n:]]  # 立案30起，破案20起，同比分别下降3%、上升5%
    if len(subjects) < n:
        for earlier in reversed(re.split("[，；：（）]", text[sentence.span.start : clause])):
            listed = shared_subjects(_without_base(earlier), n)
            if len(listed) == n and n > 1:
                last = re.sub(
                    "(?:再次|进一步|均|都|持续)?(?:再次|进一步|提高|增长|下降|上升|增加|减少|提升|改善|显著|明显)+$",
                    "",
                    listed[-1],
                )
                shared = tidy(head) if head and has_noun(head) and len(tidy(head)) <= 6 else ""
                subjects = [f"{item}{shared}" for item in [*listed[:-1], last]]
                break
    if not subjects:
        subjects = [earlier_subject(text, sentence, clause)]
    if len(subjects) < n:
        subjects = [subjects[0]] * n
    return [f"{subject}{noun}" for subject in subjects]


def dealt_in_silence(text: str, figures: Sequence[Figure], i: int, predicate: Predicate) -> list[str]:
    """The subjects of A、B下降16%、33%, where 分别 is left out: as many as there are bare values, or none."""
    n = 1
    while i + n < len(figures) and re.fullmatch("、|和|及", text[figures[i + n - 1].end : figures[i + n].start]):
        n += 1
    subjects = shared_subjects(_without_base(predicate.core), n) if n > 1 else []
    exact = n > 1 and len(shared_subjects(_without_base(predicate.core), n + 1)) != n + 1
    return subjects if exact and len(subjects) == n else []


def _without_base(words: str) -> str:
    base = base_in(words)
    words = words.replace(base, "") if base else words
    return peel(words).core if peel(words).cue else words


def subjects_of_jun(before: str, core: str) -> list[str]:
    """The subjects of 均 or 都, which all reach the one value that follows; ``[]`` where there are not several."""
    found = re.search("均|都", before)
    if not found or re.search("[人户平亩年]均$", before[: found.end()]) or _n_subjects(before[: found.start()]) < 2:
        return []
    core = re.sub("均$|都$", "", core)
    return shared_subjects(core, _n_subjects(core)) or [""]


def _n_subjects(core: str) -> int:
    core = tidy(re.sub("[均都].*$", "", core))
    parts = [part for part in re.split("、", core) if part]
    rates = [part for part in re.split("(?<=率)(?=[^率]{2,}率$)", core) if part]
    if len(parts) > 1:
        last = shared_subjects(core, len(parts) + 1)
        return len(parts) + 1 if len(last) == len(parts) + 1 else len(parts)
    return max(len(rates), 1)
