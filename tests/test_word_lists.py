"""The word lists of figures, functions and mentions: every class is used, and every class that is asked for has words."""

from __future__ import annotations

import re

import pytest

from reportkit.coverage.genres import GENRES
from reportkit.functions.rules import FUNCTIONS
from reportkit.language.lexicon import lexicon, read_lexicon
from reportkit.mentions.words import family, heads, one_of

from .conftest import ROOT

LISTS = ROOT / "reportkit" / "lexicons"
# Each list: its columns, those that hold cues, and the values that some may have.
KINDS = tuple(entry["kind"] for entry in lexicon("mechanism_kinds"))
UNIT_CLASSES = ("percent", "point", "multiple", "money", "measure", "count", "place", "time", "medal", "none")
WORD_CLASSES = (
    "up", "down", "flat", "above", "below", "rate_up", "rate_down", "reach", "rung_verb", "rung", "from", "at_least", "at_most",
    "approx", "after_at_least", "after_at_most", "after_approx", "after_exact", "deal", "each", "each_number", "part", "aside",
    "adverb", "level", "standing", "relative", "noun",
)  # fmt: skip
CHECKED = {
    "functions": (("cue", "function", "kind", "note"), ("cue",), {"function": (*FUNCTIONS, "none")}),
    "mechanism_heads": (
        ("head", "kind", "where"),
        ("head",),
        {"kind": (*KINDS, ""), "where": ("yes", "made", "quoted", "self", "bare", "role", "no")},
    ),
    "mechanism_kinds": (("kind", "family", "note"), (), {"family": KINDS}),
    "mention_words": (("cue", "class", "before", "reason"), ("cue", "before"), {}),
    "generic_names": (("term", "note"), ("term",), {}),
    "quotation_reasons": (
        ("cue", "reason", "where"),
        ("cue",),
        {
            "reason": ("", "honour", "slogan", "day", "figure", "problem", "period", "office", "matter", "account"),
            "where": ("before", "after", "self", "ends"),
        },
    ),
    "known_titles": (("title", "type"), ("title",), {}),
    "citation_types": (("ending", "type", "inside", "note"), ("ending",), {"inside": ("", "internal rule")}),
    "genres": (("genre", "where", "cue"), ("cue",), {"genre": GENRES, "where": ("title", "headings", "text")}),
    "standard_tables": (("class", "name", "cue", "title", "reason"), ("cue",), {}),
    "commitment": (("term", "strength", "note"), ("term",), {"strength": ("1", "2", "3")}),
    "degree": (("term", "note"), ("term",), {}),
    "vague": (("term", "note"), ("term",), {}),
    "boilerplate": (("phrase", "note"), ("phrase",), {}),
    "tone_exceptions": (("cue", "list", "reason"), ("cue",), {"list": ("degree", "vague")}),
    "desired_direction": (
        ("indicator", "desired", "inference", "basis"),
        ("indicator",),
        {"desired": ("up", "down", "output")},
    ),
    "terms": (("term", "class", "note"), ("term",), {}),
    "units": (("unit", "class", "han"), (), {"class": UNIT_CLASSES, "han": ("", "concrete", "abstract")}),
    "figure_words": (("word", "class"), (), {"class": WORD_CLASSES}),
    "figure_phrases": (
        ("phrase", "class"),
        ("phrase",),
        {"class": ("base", "apart_up", "apart_down", "time", "place", "aside")},
    ),
    "openers": (("word",), (), {}),
    "status_cues": (
        ("cue", "class"),
        ("cue",),
        {"class": ("aims", "requires", "later", "done", "no_aim", "no_done", "plan", "term", "ranked")},
    ),
    "check_words": (("cue", "class"), ("cue",), {"class": ("single", "yearly")}),
    "mood": (("cue", "class"), ("cue",), {"class": ("will", "did", "none")}),
}


@pytest.mark.parametrize("name", CHECKED)
def test_a_list_has_its_columns_its_cues_can_be_read_and_its_values_are_known(name: str) -> None:
    columns, cues, allowed = CHECKED[name]
    entries = read_lexicon(LISTS / f"{name}.tsv", columns, cues=cues, allowed=allowed)
    assert all(entry[column] for entry in entries for column in cues if column != "before")
    assert "cue language" in (LISTS / f"{name}.tsv").read_text(encoding="utf-8") or not cues


def named_in(room: str) -> set[str]:
    """Every string in the code of a room."""
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "reportkit" / room).glob("*.py"))
    return set(re.findall("(?<=[\"'])[a-z ]+(?=[\"'])", code))


def test_every_class_of_words_is_used_somewhere() -> None:
    assert {entry["class"] for entry in lexicon("mention_words")} <= named_in("mentions")
    times = {f"time {part}" for part in ("before", "word", "after")}
    assert {entry["kind"] for entry in lexicon("functions")} - times <= named_in("functions")
    assert {entry["class"] for entry in lexicon("standard_tables")} <= named_in("coverage")


def test_a_class_without_words_matches_nothing() -> None:
    assert re.search(one_of("nothing of the kind"), "推行新机制") is None
    assert heads("nowhere").pattern.search("推行新机制") is None
    assert family("unheard of") == "unheard of"


def test_no_list_of_ours_holds_a_name_that_only_one_report_has() -> None:
    coined = {"2+4+N", "通研强督", "首侦制", "四项指数"}
    for name, (columns, cues, _) in CHECKED.items():
        assert not coined & {entry[cue] for entry in lexicon(name) for cue in cues or columns[:1]}, name
