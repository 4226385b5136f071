"""What each sentence of a report does: context, measure, result, problem or plan, and the words that decided it.

Every rule of :data:`RULES` reads a sentence and casts votes, each with the words it goes by; the function with the most
weight is what the sentence mainly does, and the second is kept as the runner-up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from reportkit.functions.clauses import BLANK, Clause, blanked, clauses, promise, without_numbering
from reportkit.functions.words import function_cues
from reportkit.language.characters import CLAUSE_END
from reportkit.language.script import to_simplified
from reportkit.metrics import Metric, find_metrics
from reportkit.report import Report, Sentence, once
from reportkit.structure.roles import Role, section_roles

__all__ = ["FUNCTIONS", "RULES", "Judgement", "Vote", "judge_sentences", "metrics_by_sentence"]

FUNCTIONS = ("context", "measure", "result", "problem", "plan")

# How much each kind of evidence weighs.  A figure outweighs the deeds around it, a frame or an admission both.
_WEIGHTS = {
    "frame": 6.0, "definition": 7.0, "background": 4.0,
    "admission": 6.0, "shortfall": 2.0,
    "future": 5.0, "aim": 2.5,
    "award": 5.0, "change": 5.5, "share": 5.0, "level": 4.5, "scope": 1.0, "input": 1.0, "state": 4.0, "later state": 1.0,
    "launch": 3.0, "deed": 2.5, "later deed": 0.3, "preposition": 0.5, "orientation": 1.0,
    "plan section": 3.0, "problem section": 4.0, "annex section": 5.0, "after problems": 3.5, "after plans": 3.0,
    "subject": 1.5, "nothing else": 0.5,
}  # fmt: skip
_LOOK_BACK = 40  # characters before a shortfall in which a verb can solve it
_CLAUSE_END = re.compile(f"[{CLAUSE_END}]")


@dataclass(frozen=True, slots=True)
class Vote:
    """What one rule says of a sentence: a function, how strongly, and by which words."""

    function: str
    weight: float
    words: str
    rule: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a sentence does, what else it might be said to do (``""`` where nothing speaks for it), and all votes."""

    function: str
    runner_up: str
    votes: tuple[Vote, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence and what the rules may know of it: ``text`` without names and numbering, ``after`` what came before it."""

    sentence: Sentence
    text: str
    clauses: tuple[Clause, ...]
    role: Role
    metrics: tuple[Metric, ...]
    after: str

    @property
    def planned(self) -> bool:
        """Whether deeds told here are promises."""
        promised = self.after == "plan" and bool(self.clauses) and self.clauses[0].begins == "deed"
        return self.role.name == "plan" or promised


@once
def judge_sentences(report: Report) -> Sequence[Judgement]:
    """Judge every sentence of a report, in order."""
    roles = section_roles(report)
    judged: list[Judgement] = []
    after = section = ""
    for sentence, own in zip(report.sentences, metrics_by_sentence(report), strict=True):
        after = after if sentence.section_id == section else ""
        section = sentence.section_id
        words = sentence.span.of(report.simplified)
        text = without_numbering(blanked(words))
        place = Place(sentence, text, clauses(words), roles.get(section, Role()), tuple(own), after)
        judged.append(judge(place))
        after = _after(judged[-1], place)
    return judged


@once
def metrics_by_sentence(report: Report) -> Sequence[Sequence[Metric]]:
    """The figures of each sentence, in reading order."""
    metrics, _ = find_metrics(report)
    found: list[list[Metric]] = []
    at = 0
    for sentence in report.sentences:
        while at < len(metrics) and metrics[at].span.start < sentence.span.start:
            at += 1
        first = at
        while at < len(metrics) and metrics[at].span.start < sentence.span.end:
            at += 1
        found.append(list(metrics[first:at]))
    return found


def judge(place: Place) -> Judgement:
    """Add up the votes of all rules; of equal sums the function that comes first in :data:`FUNCTIONS` wins."""
    votes = tuple(vote for rule in RULES for vote in rule(place))
    sums = {name: sum(vote.weight for vote in votes if vote.function == name) for name in FUNCTIONS}
    first, second = sorted(FUNCTIONS, key=lambda name: -sums[name])[:2]
    return Judgement(first, second if sums[second] else "", votes)


def _after(judgement: Judgement, place: Place) -> str:
    """What a sentence makes of the ones after it in its section: problems are listed, plans are drawn up."""
    rules = {vote.rule for vote in judgement.votes if vote.function == judgement.function}
    if judgement.function == "problem":
        return "problem"
    if judgement.function == "plan" and (rules & {"future", "after plans"}) and place.role.name not in ("plan", "review"):
        return "plan"
    return ""


# --- the rules ---------------------------------------------------------------------------------


def by_section(place: Place) -> Iterator[Vote]:
    """The heading says what the section is for."""
    function = {"plan": "plan", "problem": "problem", "annex": "context"}.get(place.role.name)
    if function:
        yield Vote(function, _WEIGHTS[f"{place.role.name} section"], place.role.words, "section")


def by_what_stands_before(place: Place) -> Iterator[Vote]:
    """Problems come in lists, and so do plans."""
    if place.after == "problem" or (place.after == "plan" and place.planned):
        yield Vote(place.after, _WEIGHTS[f"after {place.after}s"], "(the sentence before)", f"after {place.after}s")


def by_frame(place: Place) -> Iterator[Vote]:
    """Greetings, thanks, and what opens or closes a report; guiding thought and background."""
    text = place.text.lstrip(BLANK)
    for kind in ("frame", "definition", "background"):
        if found := function_cues(kind).search(text):
            yield Vote("context", _WEIGHTS[kind], found[0], kind)


def by_admission(place: Place) -> Iterator[Vote]:
    """A shortfall that is admitted, not one that was solved."""
    for kind, most in (("admission", 1), ("shortfall", 3)):
        found = [m for m in function_cues(kind).finditer(place.text) if not _solved(place.text, m.start())]
        for match in found[:most]:
            yield Vote("problem", _WEIGHTS[kind], match[0], kind)


def by_future(place: Place) -> Iterator[Vote]:
    """将, 今后, 力争."""
    for kind in ("future",) if place.role.name == "review" else ("future", "aim"):
        if found := function_cues(kind).search(place.text):
            yield Vote("plan", _WEIGHTS[kind], found[0], kind)
    for clause in place.clauses:
        if words := promise(clause.text):
            yield Vote("plan", _WEIGHTS["future"], words, "future")
            return


def by_award(place: Place) -> Iterator[Vote]:
    """An award, a rank, a recognition by others."""
    if found := function_cues("award").search(place.text):
        yield Vote(_told(place, "result"), _WEIGHTS["award"], found[0], "award")


def by_figure(place: Place) -> Iterator[Vote]:
    """A figure that says what came out; not how many measures a plan has or what was paid for it."""
    told = [metric for metric in place.metrics if metric.status == "reported"]
    votes = [vote for metric in told or place.metrics if (vote := _figure_vote(metric, place))]
    if votes:
        yield max(votes, key=lambda vote: vote.weight)


def _figure_vote(metric: Metric, place: Place) -> Vote | None:
    kind = _kind(metric, place)
    if kind == "level" and function_cues("instrument").search(to_simplified(metric.label)):
        return None
    if metric.status != "target":
        return Vote("result", _WEIGHTS[kind], metric.text, "figure")
    # in a review, what was required, not what came of it
    return None if place.role.name == "review" else Vote("plan", _WEIGHTS[kind], metric.text, "figure")


def by_state(place: Place) -> Iterator[Vote]:
    """A clause whose subject comes first and that ends in what became of it; the leading one weighs most."""
    lead = next((i for i, clause in enumerate(place.clauses) if clause.begins in ("deed", "subject")), -1)
    later = 0
    for i, clause in enumerate(place.clauses):
        if clause.ends == "launch":
            yield Vote(_told(place, "measure"), _WEIGHTS["launch"], clause.became, "state")
        elif clause.ends and i == lead and not place.planned:
            yield Vote("result", _WEIGHTS["state"], clause.became, "state")
        elif clause.ends and later < 2:
            later += 1
            yield Vote(_told(place, "result"), _WEIGHTS["later state"], clause.became, "state")


def by_deed(place: Place) -> Iterator[Vote]:
    """A clause that begins with what somebody did; holding to a principle, or only naming the place of it, weighs less."""
    deeds = [
        clause
        for clause in place.clauses
        if clause.begins != "subject" and not (clause.begins == "preposition" and clause.ends)
    ]
    known: set[str] = set()
    for clause in deeds[:4]:
        kind = "later deed" if clause.begins in known else clause.begins
        known.add(clause.begins)
        yield Vote(_told(place, "measure"), _WEIGHTS[kind], clause.words, clause.begins)


def by_shape(place: Place) -> Iterator[Vote]:
    """Nothing else: a subject that no deed is told of became something; all else was done by somebody."""
    first = place.clauses[0] if place.clauses else None
    if first and first.begins == "subject" and not place.planned and not function_cues("action").search(first.text, 2):
        yield Vote(_told(place, "result"), _WEIGHTS["subject"], "", "shape")
    else:
        yield Vote(_told(place, "measure"), _WEIGHTS["nothing else"], "", "shape")


Rule = Callable[[Place], Iterator[Vote]]
RULES: Sequence[Rule] = (
    by_section, by_what_stands_before, by_frame, by_admission, by_future, by_award, by_figure, by_state, by_deed, by_shape,
)  # fmt: skip


def _told(place: Place, function: str) -> str:
    """What is told as done in a review is promised in a plan."""
    return "plan" if place.planned else function


def _solved(text: str, at: int) -> bool:
    """Whether a verb before it in the clause takes a shortfall as its object: 补齐短板, 针对薄弱环节."""
    clause = _CLAUSE_END.split(text[max(0, at - _LOOK_BACK) : at])[-1]
    return bool(function_cues("solving").search(clause))


def _kind(metric: Metric, place: Place) -> str:
    """What a figure measures here: a change, a share, a level reached; or only what was spent, or what a deed was done to."""
    if metric.kind != "level":
        return metric.kind
    at = metric.span.start - place.sentence.span.start
    clause = _CLAUSE_END.split(place.text[max(0, at - 3 * _LOOK_BACK) : at])[-1]
    if function_cues("scope").match(clause):
        return "scope"
    return "input" if function_cues("input").match(to_simplified(metric.label)) else "level"
