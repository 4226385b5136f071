"""What a number measures, in the report's own words: a label cut from the tokens before or after it, or shared out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from reportkit.language.lexicon import lexicon
from reportkit.language.words import dictionary
from reportkit.metrics.tokens import Token
from reportkit.metrics.words import ends_on_level

__all__ = ["has_noun", "is_relative", "label_of", "shared", "split_list"]

_FRONT = frozenset("TLPDEUA,;()RBF")  # letters that no label begins with; an adverb (M) only as listed: 依法查处, not 累计查处
_BACK = frozenset("MLDEUTO,;(RBF")  # and none ends with
_LONGEST = 40  # characters


def label_of(tokens: Sequence[Token]) -> str:
    """The label that tokens make: without connectives and times at its front, and particles at its end.

    Of a long one, the end.
    """
    first, last = 0, len(tokens)
    while first < last and _in_front(tokens[first]) and not _heads_noun(tokens, first, last):
        first += 1
    while last > first and tokens[last - 1].letter in _BACK:
        last -= 1
    while first < last and tokens[last - 1].end - tokens[first].start > _LONGEST:
        first += 1
    return _balanced("".join(token.word for token in tokens[first:last])).strip(" 、，—")


def _in_front(token: Token) -> bool:
    return token.letter in _FRONT or (token.letter == "M" and (bool(token.kind) or token.tag[:1] == "t"))


def _heads_noun(tokens: Sequence[Token], i: int, last: int) -> bool:
    """Whether a word around figures is the front of a longer noun: 实际利用外资, 有效发明专利."""
    return tokens[i].word in _keeps() and i + 1 < last and tokens[i + 1].letter in "NW"


@cache
def _keeps() -> frozenset[str]:
    return frozenset(entry["word"] for entry in lexicon("label_fronts", ("word",)))


def _balanced(words: str) -> str:
    """Words without a bracket or quotation mark that has no partner."""
    for opener, closer in ("“”", "（）", "《》"):
        if words.count(opener) != words.count(closer):
            words = words.replace(opener, "").replace(closer, "")
    return words


def has_noun(tokens: Sequence[Token]) -> bool:
    """Whether tokens name a thing, and are not just verbs, adverbs and places (已办结, 提出, 全省)."""
    nouns = [token for token in tokens if _is_noun(token)]
    content = [token for token in tokens if token.letter in "NW"]
    return bool(nouns) and not (len(content) == 1 and content[0].tag == "vn")


def _is_noun(token: Token) -> bool:
    if token.letter != "N" or token.tag[:1] in ("r", "m"):
        return False
    return len(token.word) > 1 or token.tag in ("eng", "x", "n", "zg") or token.kind == "level"


def is_relative(tokens: Sequence[Token]) -> bool:
    """Whether tokens make sense only beside the label before them: 总量, 占比, 占全省比重, 增速."""
    content = [token for token in tokens if token.letter in "NW"]
    if not content:
        return False
    return content[0].word == "占" or all(token.kind in ("relative", "rate_up", "rate_down") for token in content)


# --- several subjects --------------------------------------------------------------------------


def split_list(tokens: Sequence[Token], marks: Sequence[str] = ()) -> list[list[Token]]:
    """Tokens split at ``、`` and conjunctions, or only at the marks named."""
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token.letter == "L" and (not marks or token.word in marks):
            parts.append([])
        else:
            parts[-1].append(token)
    return [part for part in parts if label_of(part)]


def shared(tokens: Sequence[Token], n: int) -> list[str]:
    """The labels of the last ``n`` subjects of an enumeration, with the head that only the last spells out.

    ``[]`` where there are not so many.  城镇、农村居民收入 are 城镇居民收入 and 农村居民收入; 存贷款余额 are two by themselves.
    """
    for parts in _cuts(tokens):
        if len(parts) >= n:
            return _with_heads(parts[-n:])
    twins = _twins(tokens)
    return twins if len(twins) == n else []


def _cuts(tokens: Sequence[Token]) -> Iterator[list[list[Token]]]:
    """Ways to split an enumeration, the coarsest first: at ``、``, at any conjunction, after each 率."""
    yield split_list(tokens, ("、",))
    parts = split_list(tokens)
    yield parts
    yield [piece for part in parts for piece in _after_levels(part)]


def _after_levels(part: Sequence[Token]) -> Iterator[list[Token]]:
    """按时办结率|回访满意率, where a comma is missing."""
    piece: list[Token] = []
    for token in part:
        piece.append(token)
        if token.word.endswith("率") and len(label_of(piece)) > 2:
            yield piece
            piece = []
    if piece:
        yield piece


def _with_heads(parts: Sequence[Sequence[Token]]) -> list[str]:
    last = parts[-1]
    return [label_of(part) + _missing_head(part, last) for part in parts[:-1]] + [label_of(last)]


def _missing_head(part: Sequence[Token], last: Sequence[Token]) -> str:
    """The tail of the last subject that an earlier one leaves out: 居民收入 of 农村居民收入, 普及率 of 户厕普及率."""
    own = [token for token in part if token.letter in "NW"]
    tail = [token for token in last if token.letter in "NWG"]
    if not own or len(tail) < _FEW or ends_on_level(own[-1].word):
        return ""
    whole = label_of(last)
    word, first = own[-1].word, whole[: len(own[-1].word)]
    if len(own) == 1 and word != first and len(whole) > len(word) + _FEW and len(dictionary().cut(first)) == 1:
        return whole[len(word) :]
    return tail[-1].word if ends_on_level(tail[-1].word) and len(own) > 1 else ""


_FEW = 2


def _twins(tokens: Sequence[Token]) -> list[str]:
    """One word that stands for two subjects: 城乡居民收入（城镇）, 城乡居民收入（农村）."""
    label = label_of(tokens)
    for entry in lexicon("twins", ("word", "parts")):
        if entry["word"] in label:
            return [f"{label}（{part}）" for part in entry["parts"].split()]
    return []
