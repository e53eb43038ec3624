"""Numbers with commas between them, and where in a line they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import takewhile

from training.notation.tokens import Token
from training.notation.vocabulary import AT, JOINS, KINDS, KNOWN, RPE, SIGNS, UNITS, WITH

_KIND_WORDS = {word for words in KINDS for word in words}
_BEFORE_EFFORT = {"@", RPE, AT, WITH}
_SYMBOLS = set("x,@+-:!'\"")


class Place(Enum):
    """Where a number stands."""

    START = auto()
    """Where the line's first item may begin with a weight."""
    LATER = auto()
    """Where a further item may begin."""
    EFFORT = auto()
    """Behind @, or rpe, or a word for @."""
    INSIDE = auto()
    """Where reps or the like are expected."""


@dataclass(frozen=True, slots=True)
class Chain:
    """Numbers of a line with nothing but commas between them, from the first token's place to the last's."""

    tokens: Sequence[Token]
    first: int
    last: int

    @property
    def numbers(self) -> list[str]:
        """The numbers as they are written."""
        return [token.text for token in self.tokens[self.first : self.last + 1 : 2]]

    @property
    def commas(self) -> range:
        """The places of the commas."""
        return range(self.first + 1, self.last, 2)

    @property
    def preceding(self) -> Token | None:
        """The token before it; None at the start of the line."""
        return self.tokens[self.first - 1] if self.first else None

    def following(self, distance: int = 1) -> Token:
        """The token that many places behind it, or the end of the line."""
        return self.tokens[min(self.last + distance, len(self.tokens) - 1)]

    @property
    def is_measured(self) -> bool:
        """Whether it stands before a times sign or a unit."""
        return is_measure(self.following())

    @property
    def place(self) -> Place:
        """Where it stands, whatever sign belongs to its first number."""
        before = self.preceding
        if before is not None and before.text in SIGNS:
            before = self.tokens[self.first - 2] if self.first > 1 else None
        if before is None or before.text in _KIND_WORDS:
            return Place.START
        if before.is_symbol(",") or before.text in JOINS:
            return Place.LATER
        return Place.EFFORT if before.text in _BEFORE_EFFORT else Place.INSIDE


def is_measure(token: Token) -> bool:
    """Whether a number before this token is the first factor of a set, or has a unit."""
    return token.is_symbol("x") or token.text in UNITS


def chains(tokens: Sequence[Token]) -> Iterator[Chain]:
    """Every number before the note, with those that follow it after commas without spaces."""
    place = 0
    while _is_of_sets(tokens[place]):
        first = place
        while tokens[first].is_number and _continues(tokens, place):
            place += 2
        if tokens[first].is_number:
            yield Chain(tokens, first, place)
        place += 1


def has_mark(tokens: Sequence[Token]) -> bool:
    """Whether the lifter has marked the sets with `!`."""
    return any(token.is_symbol("!") for token in takewhile(_is_of_sets, tokens))


def _continues(tokens: Sequence[Token], place: int) -> bool:
    comma = tokens[place + 1]
    return comma.is_symbol(",") and not comma.spaced and tokens[place + 2].is_number and not tokens[place + 2].spaced


def _is_of_sets(token: Token) -> bool:
    return token.is_number or (token.text in KNOWN if token.is_word else token.text in _SYMBOLS)
