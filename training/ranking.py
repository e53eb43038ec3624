"""Which of the exercises found is meant most likely."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from enum import IntEnum

from storage.finding import Named, Use
from storage.values.name_key import name_key
from training.basics import BASICS
from training.typos import distance, distance_of
from training.wording import folded, says_nothing

_POPULAR = {key: place for place, key in enumerate(BASICS)}

_SHORTEST_BEGINNING = 3
"""Letters of a word that may be the beginning of another."""

_SHORTEST_ALONE = 5
_SHORTEST_PART_ALONE = 7
_SHORTEST_WITH_TWO_ALONE = 9
"""Letters of a word that alone may have a slip, may be a slip for a part of a name, may have two slips: "time" means no
tire, "start" no star jump and "pressure" no press-ups. A shorter one may only have letters
swapped. None of this is asked of names that lifters give.
"""

_LEAST_BEARERS = 3
"""Exercises that have a word in what else they are called, and none in its name, before the word alone means them:
"water" is no rowing, though there is rowing on water.
"""

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


def likeness(query_key: str, key: str) -> Likeness | None:
    """How well a name with this key answers the query; None if not at all.

    Of words of less than three letters only the last of several may be the beginning of another. No word is looked for
    within another: what "chin" means is no machine.
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
    begun = all(_begins(part, written, is_growing=part == growing) for part in wanted)
    return Likeness.BEGUN if begun else None


def closest_first(query_key: str, found: Collection[Named], uses: Mapping[int, Use]) -> list[Named]:
    """Each exercise once, by the name that answers the query best, but for those that don't answer it.

    The better the answer the earlier, then what the lifter uses most, then what most people do, then the shorter name.
    """
    answers = _answers(query_key, found)
    return _in_order(answers, uses, {name: (like, *_length(query_key, name)) for name, like in answers.items()})


def certain(query_key: str, found: Collection[Named]) -> Named | None:
    """The exercise that alone is meant by the query: what the lifter themself calls so, else the only one with just
    this name, else the only one with a name that means the same; or the only one found, if the query says what it is.

    Words that don't say what it is are not certain if they say what another one is.
    """
    answers = _answers(query_key, found)
    for name, like in answers.items():
        if like is Likeness.EXACT and name.is_private:
            return name
    by_id = {name.id: name for name in answers}
    for asked in (Likeness.EXACT, Likeness.SAME):
        if bearers := {name.id for name, like in answers.items() if like is asked}:
            only = by_id[bearers.pop()]
            return None if bearers or _is_rather_another(query_key, only, by_id.values()) else only
    if len(by_id) != 1:
        return None
    (only,) = by_id.values()
    return only if _is_enough(query_key, only) else None


def guessed(query_key: str, names: Collection[Named], uses: Mapping[int, Use]) -> list[Named]:
    """The exercises with a name that the query may be a misspelling of: the fewest slips first, and among equals
    names that have no words beside.
    """
    words, joined = folded(query_key), query_key.replace(" ", "")
    found = {}
    for name in names:
        slips = _slips(words, joined, name)
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


def _answers(query_key: str, found: Collection[Named]) -> dict[Named, Likeness]:
    """How well the names answer the query that do; none if it is a word that only happens to be in some."""
    answers = {name: like for name in found if (like := likeness(query_key, name.key)) is not None}
    if says_nothing(query_key):
        return {name: like for name, like in answers.items() if like <= Likeness.SAME}
    if len(folded(query_key)) > 1 or len({name.id for name in answers}) >= _LEAST_BEARERS:
        return answers
    is_known = any(like <= Likeness.SAME or it.is_theirs or it.key == it.name_key for it, like in answers.items())
    return answers if is_known else {}


def _is_rather_another(query_key: str, it: Named, others: Iterable[Named]) -> bool:
    """Whether the query says what another exercise is, in words of its name, and not what this one is: a "tricep
    extension" may be called so and is a pushdown, but others are extensions.
    """
    wanted = folded(query_key)
    if len(wanted) == 1 or _essence(it)[-1] in wanted:
        return False
    return any(_essence(other)[-1] in wanted and set(wanted) <= set(folded(other.name_key)) for other in others)


def _is_enough(query_key: str, it: Named) -> bool:
    """Whether the query's words begin words of the exercise's own name, and are all of it but what it is done with, or
    several with what it is among them: "flag" is not enough for a dragon flag, nor is "dragon".
    """
    if likeness(query_key, it.name_key) is None:
        return False
    wanted, essence = folded(query_key), _essence(it)
    return set(essence) <= set(wanted) or (len(wanted) > 1 and any(essence[-1].startswith(word) for word in wanted))


def _essence(it: Named) -> Sequence[str]:
    """The words of the exercise's own name without what stands in brackets; the last is what it is."""
    return folded(name_key(it.name.partition("(")[0]) or it.name_key)


def _begins(part: str, words: Collection[str], *, is_growing: bool) -> bool:
    if len(part) < _SHORTEST_BEGINNING and not is_growing:
        return part in words
    return any(word.startswith(part) for word in words)


def _slips(words: Sequence[str], joined: str, name: Named) -> int | None:
    other, others = name.key.replace(" ", ""), {*folded(name.key), *name.key.split()}
    whole, parts = distance_of(joined, other), distance(words, others)
    most = None
    if len(words) == 1 and not name.is_theirs and not any(_is_swapped(words[0], it) for it in (other, *others)):
        may_be_part = len(words[0]) >= _SHORTEST_PART_ALONE or other == name.key
        parts = parts if parts == 1 and may_be_part else None
        most = (len(joined) >= _SHORTEST_ALONE) + (len(joined) >= _SHORTEST_WITH_TWO_ALONE)
    found = [slips for slips in (whole, parts) if slips is not None and (most is None or slips <= most)]
    return min(found, default=None)


def _is_swapped(word: str, other: str) -> bool:
    return word != other and sorted(word) == sorted(other)
