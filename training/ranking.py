"""Which of the exercises found is meant most likely."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from enum import IntEnum

from storage.finding import Named, Use
from training.basics import BASICS
from training.typos import distance, distance_of
from training.wording import folded

_POPULAR = {key: place for place, key in enumerate(BASICS)}

_SHORTEST_BEGINNING = 3
_SHORTEST_WITHIN = 4
"""Letters of a word that may be the beginning of another, or stand within it."""

_NO_USE = (0, 0.0)

_HALVED_AFTER = timedelta(days=14)


class Likeness(IntEnum):
    """How well a name answers a text; the smaller the better."""

    EXACT = 0
    """It is the text."""
    SAME = 1
    """Its words mean the same, in whatever order, or it is only spaced otherwise."""
    WHOLE = 2
    """It has all the words of the text."""
    BEGUN = 3
    """All words of the text begin words of it."""
    WITHIN = 4
    """It merely contains them."""


def likeness(query_key: str, key: str) -> Likeness | None:
    """How well a name with this key answers the query; None if not at all.

    Of words of less than three letters only the last of several may be the beginning of another, and of those of
    three none may stand within another.
    """
    if key == query_key:
        return Likeness.EXACT
    wanted, words = folded(query_key), folded(key)
    if sorted(wanted) == sorted(words) or "".join(wanted) == "".join(words):
        # "Laterals" are lateral raises, but what is lateral may be a lunge.
        is_bent = len(wanted) == len(words) == 1 and len(key) > len(query_key)
        return Likeness.WHOLE if is_bent else Likeness.SAME
    if set(wanted) <= set(words):
        return Likeness.WHOLE
    written = {*words, *key.split()}
    growing = wanted[-1] if len(wanted) > 1 else None
    for answer in (Likeness.BEGUN, Likeness.WITHIN):
        if all(_finds(part, written, answer, is_growing=part == growing) for part in wanted):
            return answer
    return None


def closest_first(query_key: str, found: Collection[Named], uses: Mapping[int, Use]) -> list[Named]:
    """Each exercise once, by the name that answers the query best, but for those that don't answer it.

    The better the answer the earlier, then what the lifter uses most, then what most people do, then the shorter name.
    """
    answers = {name: like for name in found if (like := likeness(query_key, name.key)) is not None}
    return _in_order(answers, uses, {name: (like, *_length(query_key, name)) for name, like in answers.items()})


def certain(query_key: str, found: Collection[Named]) -> Named | None:
    """The exercise that alone is meant by the query: what the lifter themself calls so, else the only one with just
    this name, else the only one with a name that means the same; or the only one found, if all words of the query
    begin words of its own name.
    """
    answers = [(like, name) for name in found if (like := likeness(query_key, name.key)) is not None]
    for like, name in answers:
        if like is Likeness.EXACT and name.is_private:
            return name
    for asked in (Likeness.EXACT, Likeness.SAME):
        if bearers := {name.id: name for like, name in answers if like is asked}:
            return next(iter(bearers.values())) if len(bearers) == 1 else None
    by_id = {name.id: name for _, name in answers}
    if len(by_id) != 1:
        return None
    (only,) = by_id.values()
    of_its_name = likeness(query_key, only.name_key)
    return only if of_its_name is not None and of_its_name <= Likeness.BEGUN else None


def guessed(query_key: str, names: Collection[Named], uses: Mapping[int, Use]) -> list[Named]:
    """The exercises with a name that the query may be a misspelling of: the fewest slips first, and among equals
    names that have no words beside.
    """
    words, joined = folded(query_key), query_key.replace(" ", "")
    found = {}
    for name in names:
        slips = _slips(words, joined, name.key)
        if slips is not None:
            has_more = len(folded(name.key)) > len(words)
            found[name] = (2 * slips + has_more, *_length(query_key, name))
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
    return _in_order(names, uses, {it: (-sum(part in it.key for part in parts), False, len(it.key)) for it in names})


def _length(query_key: str, name: Named) -> tuple[bool, int]:
    return not name.key.startswith(query_key), len(name.key)


def _in_order(
    found: Collection[Named], uses: Mapping[int, Use], answers: Mapping[Named, tuple[int, bool, int]]
) -> list[Named]:
    def place(name: Named) -> tuple[object, ...]:
        rank, *length = answers[name]
        use = uses.get(name.id)
        times, last = _NO_USE if use is None else (use.times, use.last.timestamp())
        popular = _POPULAR.get(name.name_key, len(_POPULAR))
        return rank, -times, -last, popular, *length, name.name_key, name.id

    by_id: dict[int, Named] = {}
    for name in sorted(found, key=place):
        by_id.setdefault(name.id, name)
    return list(by_id.values())


def _finds(part: str, words: Collection[str], answer: Likeness, *, is_growing: bool) -> bool:
    if len(part) < _SHORTEST_BEGINNING and not is_growing:
        return part in words
    if len(part) >= _SHORTEST_WITHIN and answer is Likeness.WITHIN:
        return any(part in word for word in words)
    return any(word.startswith(part) for word in words)


def _slips(words: Sequence[str], joined: str, key: str) -> int | None:
    ways = (distance(words, {*folded(key), *key.split()}), distance_of(joined, key.replace(" ", "")))
    return min((slips for slips in ways if slips is not None), default=None)
