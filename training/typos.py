"""Words that were meant otherwise than they are spelt."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from rapidfuzz.distance import OSA

_SHORTEST = 4
"""Letters of a word that may have a slip; so short a word must at least begin rightly."""

_SHORTEST_WITH_TWO = 8
"""Letters of a word that may have two."""


def may_be_misspelt(word: str) -> bool:
    """Whether the word is long enough to be taken for another one."""
    return _allowed(word) > 0


def distance(words: Sequence[str], name: Collection[str]) -> int | None:
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


def distance_of(word: str, other: str) -> int | None:
    """How many slips turn the one word into the other; None if too many."""
    allowed = _allowed(word)
    if abs(len(word) - len(other)) > allowed or not allowed:
        return None
    if len(word) == _SHORTEST and word[0] != other[0] and word[1::-1] != other[:2]:
        return None
    slips = OSA.distance(word, other, score_cutoff=allowed)
    return slips if slips <= allowed else None


def longest_gap(word: str) -> int:
    """By how many letters a word may be longer or shorter that is meant by this one."""
    return _allowed(word)


def left_right(word: str) -> tuple[str, ...]:
    """Parts, one of which is in every word that this one may be a misspelling of: slips leave it as it is.

    A space at the beginning stands where the other word begins. None for a word that may have no slip.
    """
    return tuple(_left_right(word))


def _left_right(word: str) -> Iterator[str]:
    # A slip is within one of the pieces that the word is cut into, one piece more than there may be slips, or it swaps
    # the two letters at a cut: then these are known.
    match _allowed(word):
        case 1:
            cut = len(word) // 2
            yield f" {word[:cut]}"
            yield word[cut:]
            yield f" {_swapped(word, cut)}"
        case 2:
            first, second = len(word) // 3, 2 * len(word) // 3
            yield f" {word[:first]}"
            yield word[first:second]
            yield word[second:]
            yield f" {_swapped(word, first)[:second]}"
            yield _swapped(word, second)[first + 1 :]  # the other slip may swap at the first cut


def _swapped(word: str, cut: int) -> str:
    return word[: cut - 1] + word[cut] + word[cut - 1] + word[cut + 1 :]


def _slips(word: str, other: str) -> int | None:
    return 0 if other.startswith(word) else distance_of(word, other)


def _allowed(word: str) -> int:
    """How many slips the word may have."""
    if len(word) < _SHORTEST or not word.isalpha():
        return 0
    return 1 if len(word) < _SHORTEST_WITH_TWO else 2
