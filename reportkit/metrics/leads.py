"""What a pattern may know of the value it reads: the words that lead up to it, those after it, and what was read before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest

from reportkit.metrics.figures import Figure, Value
from reportkit.metrics.predicates import Predicate, peel
from reportkit.metrics.subjects import has_noun, is_relative, label_of
from reportkit.metrics.tokens import Token, letters_of
from reportkit.metrics.words import opens

__all__ = ["Lead", "Statement", "clause_at"]

_ENDS = frozenset(",;(")  # letters after which a clause begins
_STOPS = frozenset(",;()VXRCBADEFP")  # letters at which the words after a value end
_LONGEST_NAME = 24  # characters


@dataclass(frozen=True, slots=True)
class Statement:
    """What a sentence says of one figure.

    ``how`` is the name of the pattern that read it; ``whole`` the index, among the sentence's statements, of the whole that
    其中 makes it a part of.
    """

    figure: Figure
    label: str
    kind: str
    direction: str
    base: str
    bound: str
    how: str
    whole: int | None


@dataclass(frozen=True)
class Lead:
    """A value ``tokens[at]`` and the tokens from ``first`` on that no value before it has used up."""

    tokens: Sequence[Token]
    first: int
    at: int
    said: Sequence[Statement]
    topic: str

    @property
    def value(self) -> Value:
        """The value itself."""
        value = self.tokens[self.at].value
        assert value is not None  # noqa: S101  leads are made for values only
        return value

    @cached_property
    def clause(self) -> int:
        """The index of the first token of its clause (or of what is left of it)."""
        return clause_at(self.tokens, self.first, self.at)

    @cached_property
    def end(self) -> int:
        """The index after the last token of its clause."""
        tokens = self.tokens
        return next((i for i in range(self.at + 1, len(tokens)) if tokens[i].letter in ",;()"), len(tokens))

    @cached_property
    def predicate(self) -> Predicate:
        """What stands between subject and number."""
        return peel(self.tokens, self.clause, self.at)

    @cached_property
    def core(self) -> Sequence[Token]:
        """The tokens of its clause before the predicate: subject, or deed and object; not 在外需不足的情况下."""
        words = self.tokens[self.clause : self.predicate.start]
        stands = next((i for i, token in enumerate(words) if token.kind == "standing" and i), len(words))
        words = words[:stands]  # 增速居全国第三位、高于…
        if words and words[-1].word == "下":  # 进出口总额在外需不足的情况下
            return words[: next((i for i in reversed(range(len(words))) if words[i].letter == "O"), 0)]
        return words[_condition(words, after_value=0 < self.clause == self.first) :]

    @cached_property
    def letters(self) -> str:
        """The letters from ``first`` up to and with the value, a blank, and those after it up to the end of its clause."""
        return f"{letters_of(self.tokens[self.first : self.at + 1])} {letters_of(self.tokens[self.at + 1 : self.end])}"

    @cached_property
    def own(self) -> str:
        """The label that its own clause gives, ``""`` where that names nothing by itself."""
        return label_of(self.core) if has_noun(self.core) and not is_relative(self.core) else ""

    @cached_property
    def after(self) -> Sequence[Token]:
        """The tokens of the noun phrase that follows the value: what was counted."""
        words: list[Token] = []
        rest = self._rest
        several = any(token.letter in "VX" for token in rest)
        for token, following in zip_longest(rest, rest[1:]):
            stops = token.letter in _STOPS and not _is_attribute(token, following)
            named = any(word.letter == "N" for word in words)
            if stops or _goes_on(token) or (token.letter == "L" and (not words or (several and named))):
                break
            if words or not (token.letter == "U" or (token.letter == "M" and token.kind)):
                words.append(token)
        return words if sum(len(token.word) for token in words) <= _LONGEST_NAME else words[:_FEW]

    @cached_property
    def _rest(self) -> Sequence[Token]:
        """The tokens of its clause after the value, or after the quotation of counts around it (“6大类、43小项”问题)."""
        tokens, end = self.tokens, self.end
        closing = next((i for i in range(self.at + 1, end) if tokens[i].word == "”"), end)
        quoted = closing < end and all(token.letter in "VLU" for token in tokens[self.at : closing])
        return tokens[closing + 1 if quoted else self.at + 1 : end]

    @cached_property
    def rung(self) -> Token | None:
        """The threshold that is named right after the value: 4个千亿|台阶."""
        return next((token for token in self._rest[:_SHORT] if token.kind == "rung"), None)

    def clauses_before(self) -> list[Sequence[Token]]:
        """The clauses between the value before this one (or the sentence's start) and this one's own, nearest first."""
        found = []
        end = self.clause
        while end > self.first:
            start = clause_at(self.tokens, self.first, end - 1)
            found.append(self.tokens[start:end])
            end = start
        return found


_FEW = 8  # tokens


def _condition(words: Sequence[Token], *, after_value: bool) -> int:
    """How many tokens in front only say under which conditions: 在…中, and what is left of it after a value (…亿元基础上)."""
    places = [i for i, token in enumerate(words, 1) if token.tag == "f"]
    if words and words[0].letter == "O":
        return max(places, default=0)
    return next((i for i in places if i <= _SHORT), 0) if after_value else 0


_SHORT = 3  # tokens


def _is_attribute(token: Token, following: Token | None) -> bool:
    """Whether a word of change is part of a name: 4家高星级酒店, 10条品质提升样板路."""
    return token.letter == "C" and following is not None and following.letter == "N"


def _goes_on(token: Token) -> bool:
    """Whether a sentence goes on with this token after what was counted; a word may also be a noun there (服务事项)."""
    return opens(token.word) and token.tag != "vn"


def clause_at(tokens: Sequence[Token], first: int, at: int) -> int:
    """The index of the first token of the clause of ``tokens[at]``; what closed brackets hold is passed over."""
    depth = 0
    for i in range(at - 1, first - 1, -1):
        letter = tokens[i].letter
        if letter == ")":
            depth += 1
        elif letter == "(" and depth:
            depth -= 1
        elif letter in _ENDS and not depth:
            return i + 1
    return first
