"""Cutting a folded line into numbers, words and symbols."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from training.notation.reading import UnreadableReason
from training.notation.stopping import StoppedError
from training.notation.vocabulary import BODYWEIGHT, UNITS

# Each alternative begins with another character, so there is nothing to go back and try again.
_PIECE = re.compile(r"(?P<space>\s+)|(?P<number>[0-9]+(?:\.[0-9]+)*)|(?P<word>[^\W\d_]+)|(?P<symbol>.)")

_FIRST_PICTURE = "\N{LEFTWARDS ARROW}"
"""Before it stand signs such as °."""


class TokenKind(Enum):
    """What a token is. The times sign `x` is a symbol."""

    NUMBER = auto()
    WORD = auto()
    SYMBOL = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a folded line, which has it from `start` to `end`. `spaced`: a space stands before it."""

    kind: TokenKind
    text: str
    start: int
    end: int
    spaced: bool

    @property
    def is_number(self) -> bool:
        """Whether it is digits, perhaps with a point."""
        return self.kind is TokenKind.NUMBER

    @property
    def is_word(self) -> bool:
        """Whether it is letters, other than the times sign."""
        return self.kind is TokenKind.WORD

    @property
    def is_end(self) -> bool:
        """Whether the line ends here."""
        return self.kind is TokenKind.END

    @property
    def is_emoji(self) -> bool:
        """Whether it is a picture, which says no more than words do."""
        return self.kind is TokenKind.SYMBOL and self.text >= _FIRST_PICTURE and unicodedata.category(self.text) == "So"

    def is_symbol(self, text: str) -> bool:
        """Whether it is this symbol."""
        return self.kind is TokenKind.SYMBOL and self.text == text

    def stop(self, reason: UnreadableReason) -> StoppedError:
        """The error that says that reading ended here."""
        return StoppedError(reason, self.start, self.end)


@lru_cache(maxsize=8)  # as `fold`
def tokenize(text: str) -> Sequence[Token]:
    """The tokens of a folded line, without a full stop at its end; the last one is its end."""
    tokens: list[Token] = []
    text = text.rstrip().removesuffix(".")
    spaced = False
    for match in _PIECE.finditer(text):
        if match["space"]:
            spaced = True
            continue
        tokens.extend(_tokens(match, spaced=spaced))
        spaced = False
    tokens.append(Token(TokenKind.END, "", len(text), len(text), spaced))
    return tuple(tokens)


class Cursor:
    """A place in a line's tokens, which ends with its END token however far one goes."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._place = 0

    @property
    def here(self) -> Token:
        """The token that is read next."""
        return self.ahead(0)

    def ahead(self, distance: int) -> Token:
        """The token that many places further."""
        return self._tokens[min(self._place + distance, len(self._tokens) - 1)]

    def take(self, many: int = 1) -> Token:
        """Steps over that many tokens; returns the first of them."""
        first = self.here
        self._place += many
        return first

    @property
    def place(self) -> int:
        """Where this is, for coming back."""
        return self._place

    def back_to(self, place: int) -> None:
        """Goes back to a place."""
        self._place = place

    def remaining(self) -> Iterator[Token]:
        """The tokens from here to the end."""
        return iter(self._tokens[self._place :])


def _tokens(match: re.Match[str], *, spaced: bool) -> Iterator[Token]:
    start, end = match.span()
    text = match[0]
    if match["number"]:
        yield Token(TokenKind.NUMBER, text, start, end, spaced)
    elif not match["word"] or text == "x":
        yield Token(TokenKind.SYMBOL, text, start, end, spaced)
    elif text.endswith("x") and text[:-1] in UNITS | BODYWEIGHT:
        yield Token(TokenKind.WORD, text[:-1], start, end - 1, spaced)
        yield Token(TokenKind.SYMBOL, "x", end - 1, end, spaced=False)
    else:
        yield Token(TokenKind.WORD, text, start, end, spaced)
