"""What a name must have in it to answer a text: asked of the database, so that it brings few of the names here."""

from __future__ import annotations

from storage.finding import Sought
from training.typos import left_right, longest_gap
from training.wording import folded, otherwise_written, written


def in_these_words(key: str) -> Sought:
    """The names that have the words of the text, or words that mean the same."""
    words = folded(key)
    parts = [written(word) for word in words]
    if len(words) > 1:
        # The last word may still be growing, however short it is.
        parts[-1] = (f" {words[-1]}", *parts[-1])
    return Sought(parts)


def nearly_so(key: str) -> Sought:
    """The names whose words the text may be a misspelling of, taken one by one or as they are without spaces."""
    joined = key.replace(" ", "")
    gap = longest_gap(joined)
    return Sought(
        [(*(left_right(word) or (f" {word}",)), *otherwise_written(word)) for word in folded(key)],
        left_right(joined),
        range(len(joined) - gap, len(joined) + gap + 1),
    )
