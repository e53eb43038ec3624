"""Folding a line: the many ways to write a character become one, and where each came from is kept."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_FRACTIONS = {"½": "5", "¼": "25", "¾": "75"}

DASHES = (
    "\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{FIGURE DASH}\N{EN DASH}\N{EM DASH}\N{HORIZONTAL BAR}"
    "\N{MINUS SIGN}\N{SMALL HYPHEN-MINUS}"
)
_TIMES = "×✕✖*\N{CYRILLIC SMALL LETTER HA}\N{CYRILLIC CAPITAL LETTER HA}"
_MINUTE_MARKS = "\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}\N{ACUTE ACCENT}`\N{PRIME}"
_SECOND_MARKS = "\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}\N{DOUBLE PRIME}"

_ONE_FOR_MANY = {
    **dict.fromkeys(_TIMES, "x"),
    **dict.fromkeys(DASHES, "-"),
    **dict.fromkeys(_MINUTE_MARKS, "'"),
    **dict.fromkeys(_SECOND_MARKS, '"'),
    "\N{TROPHY}": " ",  # behind a record, where sets are shown
    ";": ", ",  # with a space, as it is no decimal comma
}

_BULLET = re.compile(rf"\s*(?:[-*•·‣◦▪{DASHES}]\s+|\d{{1,2}}(?:\)\s*|\.\s+))(?=\S)")
"""A dash or dot with a space after it, or a number as in "1) 100x5" and "1. 100x5"."""

_PARTING_DOT = re.compile(r"(?<=\s)[·•]|[·•](?=\s)")
"""A dot beside a space parts sets, as where they are shown: 100 kg × 5 · 90 kg × 8. Else it may be a times sign."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A line as it is read. `origins[i]` is where the line as written has what became `text[i]`."""

    text: str
    origins: tuple[int, ...]


@lru_cache(maxsize=8)  # whether it may be sets is asked of one measure after the other
def fold(line: str) -> Folded:
    """The line in small letters, ASCII digits, `x`, `-`, points for fractions, and without a bullet."""
    bullet = _BULLET.match(line)
    start = bullet.end() if bullet else 0
    line = _PARTING_DOT.sub(",", line)
    characters: list[str] = []
    origins: list[int] = []
    for origin in range(start, len(line)):
        character = line[origin]
        folded = _fraction(characters, origins, character) if character in _FRACTIONS else _folded(character)
        characters.extend(folded)
        origins.extend([origin] * len(folded))
    return Folded("".join(characters), (*origins, len(line)))


def _fraction(before: list[str], origins: list[int], character: str) -> str:
    """The decimals of a fraction that follows a whole number, even after a space: 22 ½."""
    whole = len(before)
    while whole and before[whole - 1] == " ":
        whole -= 1
    if not whole or not before[whole - 1].isdigit():
        return f"0.{_FRACTIONS[character]}"
    del before[whole:], origins[whole:]
    return f".{_FRACTIONS[character]}"


def _folded(character: str) -> str:
    if character in _ONE_FOR_MANY:
        return _ONE_FOR_MANY[character]
    if character.isascii():
        return " " if character.isspace() else character.lower()
    return _folded_beyond_ascii(character)


def _folded_beyond_ascii(character: str) -> str:
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    category = unicodedata.category(character)
    if category == "Cf" or "\N{VARIATION SELECTOR-1}" <= character <= "\N{VARIATION SELECTOR-16}":
        return ""
    if category == "No":
        return character  # ³ or ⅛ decomposed would run into the digits beside it
    folded = unicodedata.normalize("NFKC", character).casefold()
    return " " if folded.isspace() else _ONE_FOR_MANY.get(folded, folded)
