"""Which of the exercises found is meant most likely."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta

from storage.finding import Named, Use
from training.typos import distance

_NO_USE = (0, 0.0)

_HALVED_AFTER = timedelta(days=14)


def closest_first(query_key: str, found: Collection[Named], uses: Mapping[int, Use]) -> list[Named]:
    """Each exercise once: the exacter its name the earlier, then what the lifter uses most, then the shorter name."""
    return _in_order(found, uses, {name: closeness(query_key, [name.key]) for name in found})


def guessed(query_key: str, names: Collection[Named], uses: Mapping[int, Use]) -> list[Named]:
    """The exercises with a name that the query may be a misspelling of, the fewest slips first."""
    words = query_key.split()
    slips = {name: distance(words, name.key.split()) for name in names}
    found = {name: (count, len(name.key)) for name, count in slips.items() if count is not None}
    return _in_order(found, uses, found)


def usual_first(used: Iterable[tuple[Named, Use]]) -> list[Named]:
    """What is used most and latest: how often counts, halved for every two weeks behind the latest workout."""
    found = list(used)
    latest = max((use.last for _, use in found), default=None)

    def place(it: tuple[Named, Use]) -> tuple[float, str, int]:
        name, use = it
        assert latest is not None
        return -use.times * 0.5 ** ((latest - use.last) / _HALVED_AFTER), name.name_key, name.id

    return [name for name, _ in sorted(found, key=place)]


def related(parts: Collection[str], names: Collection[Named], uses: Mapping[int, Use]) -> list[Named]:
    """The exercises with a name that contains most of the parts of a text first."""
    return _in_order(names, uses, {it: (-sum(part in it.key for part in parts), len(it.key)) for it in names})


def closeness(query_key: str, name_keys: Iterable[str]) -> tuple[int, int]:
    """A sort key for how well any of an exercise's names answers the query; smaller is closer.

    Exact names come first, then names that begin with the query, then names in which its words begin
    words, then names that merely contain them; among equals the shorter name.
    """
    return min((_rank(query_key, key), len(key)) for key in name_keys)


def _in_order(
    found: Collection[Named], uses: Mapping[int, Use], closeness_of: Mapping[Named, tuple[int, int]]
) -> list[Named]:
    def place(name: Named) -> tuple[object, ...]:
        rank, length = closeness_of[name]
        use = uses.get(name.id)
        times, last = _NO_USE if use is None else (use.times, use.last.timestamp())
        return rank, -times, -last, length, name.name_key, name.id

    by_id: dict[int, Named] = {}
    for name in sorted(found, key=place):
        by_id.setdefault(name.id, name)
    return list(by_id.values())


def _rank(query_key: str, key: str) -> int:
    if key == query_key:
        return 0
    if key.startswith(query_key):
        return 1
    return 2 if _begins_words(query_key.split(), key.split()) else 3


def _begins_words(wanted: Sequence[str], words: Sequence[str]) -> bool:
    return all(any(word.startswith(part) for word in words) for part in wanted)
