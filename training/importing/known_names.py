"""Which exercise a name leads to, however it is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from storage.shelf import Shelved
from storage.values.exercise import Modality
from training.importing.spelling import equipment_of, name_key, names_equipment, spelling, two_names, with_equipment


@dataclass(slots=True, eq=False)
class Claim:
    """An exercise that has names: of the library, or new. None: what it is done with isn't said."""

    name: str
    modality: Modality | None
    known: Shelved | None


class KnownNames:
    """The names that are taken."""

    def __init__(self) -> None:
        self._named: dict[str, Claim] = {}
        self._by_alias: dict[str, Claim] = {}
        # By name, by alias, and with what it is done with added to either: the nearest counts.
        self._spelt = (_Spellings(), _Spellings(), _Spellings())
        self._reserved: dict[str, int] = {}

    def enter(self, claim: Claim, aliases: Sequence[str]) -> None:
        """These names lead to the exercise."""
        self._named[name_key(claim.name)] = claim
        for alias in aliases:
            self._by_alias.setdefault(name_key(alias), claim)
        by_name, by_alias, with_more = self._spelt
        for spellings, name in ((by_name, claim.name), *((by_alias, alias) for alias in aliases)):
            plain, full = _ways(claim, name)
            spellings.add(plain, claim)
            if full != plain:
                with_more.add(full, claim)

    def leave(self, claim: Claim, aliases: Sequence[str]) -> None:
        """However they are written, the names lead to the exercise no more, except as they stand."""
        for way in {way for name in (claim.name, *aliases) for way in _ways(claim, name)}:
            for spellings in self._spelt:
                spellings.remove(way, claim)

    def exactly(self, name: str) -> Claim | None:
        """The exercise that has just this name or alias."""
        key = name_key(name)
        return self._named.get(key) or self._by_alias.get(key)

    def is_name_of(self, claim: Claim, name: str) -> bool:
        """Whether it is the exercise's own name, and no other one's."""
        return self._named.get(name_key(name)) is claim

    def led_to(self, name: str, equipment: str = "") -> Iterator[Sequence[Claim]]:
        """What the name leads to, the nearest way first; several if they can't be told apart, but never none.

        `equipment` is what the exercise is done with, if the name may leave that out.
        """
        key, spelt = name_key(name), spelling(name)
        if key in self._named:
            yield [self._named[key]]
        if equipment and not names_equipment(spelt):
            yield from self.so_spelt(with_equipment(spelt, equipment))
        if key in self._by_alias:
            yield [self._by_alias[key]]
        yield from self.so_spelt(spelt)
        both = [list(self.so_spelt(spelling(one))) for one in two_names(name)]
        if len(both) == 2 and all(both) and both[0] == both[1]:
            yield from both[0]

    def so_spelt(self, way: str) -> Iterator[Sequence[Claim]]:
        """The exercises with a name that is spelt so, if there are any."""
        found = (spellings.get(way) for spellings in self._spelt)
        nearest = next(filter(None, found), ())
        if nearest:
            yield nearest

    def reserve(self, name: str, equipment: str, aliases: Sequence[str], place: int) -> None:
        """Keeps what an entry at this place would be recognised by for itself."""
        spelt = spelling(name)
        for way in (spelt, with_equipment(spelt, equipment), *map(spelling, (*two_names(name), *aliases))):
            self._reserved.setdefault(way, place)

    def reserved(self, claim: Claim, names: Sequence[str]) -> int | None:
        """Where an entry stands that would be recognised as the exercise if it had these names, and keeps them."""
        found = (self._reserved.get(way) for name in names for way in _ways(claim, name))
        return next((place for place in found if place is not None), None)


def _ways(claim: Claim, name: str) -> tuple[str, str]:
    """How an exercise's name is spelt, and how with what the exercise is done with, which a name may leave out."""
    spelt = spelling(name)
    return spelt, with_equipment(spelt, equipment_of(claim.name, claim.modality))


class _Spellings:
    """The exercises by the spelling of their names. Nearly always it is one, and then there is no list of it."""

    def __init__(self) -> None:
        self._first: dict[str, Claim] = {}
        self._others: dict[str, list[Claim]] = {}

    def add(self, way: str, claim: Claim) -> None:
        if claim not in self.get(way) and self._first.setdefault(way, claim) is not claim:
            self._others.setdefault(way, []).append(claim)

    def remove(self, way: str, claim: Claim) -> None:
        left = [other for other in self.get(way) if other is not claim]
        self._first.pop(way, None)
        self._others.pop(way, None)
        for other in left:
            self.add(way, other)

    def get(self, way: str) -> Sequence[Claim]:
        first = self._first.get(way)
        return () if first is None else (first, *self._others.get(way, ()))
