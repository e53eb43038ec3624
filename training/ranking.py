"""Which of the exercises found is meant most likely."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def closeness(query_key: str, name_keys: Iterable[str]) -> tuple[int, int]:
    """A sort key for how well any of an exercise's names answers the query; smaller is closer.

    Exact names come first, then names that begin with the query, then names in which its words begin
    words, then names that merely contain them; among equals the shorter name.
    """
    return min((_rank(query_key, key), len(key)) for key in name_keys)


def _rank(query_key: str, key: str) -> int:
    if key == query_key:
        return 0
    if key.startswith(query_key):
        return 1
    return 2 if _begins_words(query_key.split(), key.split()) else 3


def _begins_words(wanted: Sequence[str], words: Sequence[str]) -> bool:
    return all(any(word.startswith(part) for word in words) for part in wanted)
