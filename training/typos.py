"""Words that were meant otherwise than they are spelt."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import OSA


def may_be_misspelt(text: str) -> bool:
    """Whether any of its words is long enough to be taken for another one."""
    return any(map(_allowed, text.split()))


def distance(words: Sequence[str], name: Sequence[str]) -> int | None:
    """How many slips turn each of the words into one of the name's, or into its beginning; None if too many.

    A slip is a letter too many, missing or wrong, or two neighbours swapped (optimal string alignment). A word may
    have one from four letters on, two from eight on; shorter words, and those with digits, none.
    """
    total = 0
    for word in words:
        nearest = min((slips for other in name if (slips := _slips(word, other)) is not None), default=None)
        if nearest is None:
            return None
        total += nearest
    return total


def _slips(word: str, other: str) -> int | None:
    if other.startswith(word):
        return 0
    allowed = _allowed(word)
    if abs(len(word) - len(other)) > allowed or not allowed:
        return None
    slips = OSA.distance(word, other, score_cutoff=allowed)
    return slips if slips <= allowed else None


def _allowed(word: str) -> int:
    """How many slips the word may have."""
    if len(word) < 4 or not word.isalpha():
        return 0
    return 1 if len(word) < 8 else 2
