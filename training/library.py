"""The exercise library: finding an exercise, and keeping the built-in ones."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import ceil

from storage import audit, finding, listing
from storage.catalogue import built_in
from storage.database import Database, ReadSession, WriteSession
from storage.finding import Named
from storage.models import Exercise
from storage.values.audit import AdminAction
from storage.values.exercise import BodyPart
from storage.values.finding import SearchFilter
from storage.values.name_key import name_key
from training.basics import BASICS
from training.clock import Clock
from training.errors import NotAllowedError
from training.matches import Choice, Matches
from training.permissions import may_administer
from training.ranking import certain, closest_first, guessed, related
from training.seeding import SeedReport, seed
from training.seeking import in_these_words, nearly_so
from training.typos import may_be_misspelt
from training.wording import without_details

PAGE_SIZE = 8
"""How many exercises a page of a list shows."""

_LONGEST_NAME = 128
"""Characters; a longer text is no name, and a query for all its words would be more than a database takes."""

_LONGEST_PART = 4
"""Letters at the beginning of a word that two names may have in common where it was misspelt or bent."""

_SHORTEST_WORD = 3
"""Letters; shorter words say nothing."""

_MOST_NEAREST = 4

_EVERYTHING = SearchFilter()


@dataclass(frozen=True, slots=True)
class ExercisePage:
    """One page of a body part's exercises. Pages count from 0."""

    part: BodyPart
    choices: tuple[Choice, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of what a search found, `total` in all. Pages count from 0."""

    text: str
    filters: SearchFilter
    choices: tuple[Choice, ...]
    page: int
    pages: int
    total: int
    guessed: bool
    """Whether nothing has the words of the text, and these are what they may be a misspelling of."""
    is_named: bool = False
    """Whether the text is the name of one of them, or without doubt means one."""


class Library:
    """The exercises that a lifter can pick."""

    def __init__(self, database: Database, clock: Clock, admin_ids: Collection[int]) -> None:
        """`admin_ids` may change what all lifters see."""
        self._database = database
        self._clock = clock
        self._admin_ids = admin_ids

    async def browse(self, lifter_id: int, part: BodyPart, page: int) -> ExercisePage:
        """A page of a body part's exercises; a page that doesn't exist gives the nearest one.

        What the lifter uses most comes first, then what most people do, then the rest by name.
        """
        async with self._database.reading() as session:
            choices, shown, pages, _ = await _listed(session, lifter_id, SearchFilter(body_part=part), page)
        return ExercisePage(part, choices, shown, pages)

    async def search(self, lifter_id: int, text: str, filters: SearchFilter = _EVERYTHING, page: int = 0) -> SearchPage:
        """A page of what the text finds among the exercises that pass the filters; if it is blank, of all of them as
        `browse` has them.

        The exacter a name the earlier, then what the lifter uses most. Slips of the finger are forgiven if nothing is
        spelt as the text is. A page that doesn't exist gives the nearest one.
        """
        async with self._database.reading() as session:
            if not text.strip():
                return SearchPage(text, filters, *await _listed(session, lifter_id, filters, page), guessed=False)
            found = await find(session, lifter_id, text, filters)
        is_named = found.certain is not None or any(it.name_key == name_key(text) for it in found.ranked)
        return SearchPage(text, filters, *page_of(found.ranked, page), len(found.ranked), found.guessed, is_named)

    async def find(self, lifter_id: int, text: str) -> Matches:
        """The exercises that may be meant by this text, and the one that is if there is no doubt."""
        async with self._database.reading() as session:
            return await search(session, lifter_id, text)

    async def nearest(self, lifter_id: int, text: str) -> tuple[Choice, ...]:
        """The few exercises that share most with a text that finds none, in their names; none if nothing does."""
        async with self._database.reading() as session:
            return choices_of((await nearest(session, lifter_id, text))[:_MOST_NEAREST])

    async def seed(self, lifter_id: int) -> SeedReport:
        """Loads the built-in catalogue; a repeat changes nothing. Raises NotAllowedError for who is no admin."""
        async with self._database.writing() as session:
            if not await may_administer(session, lifter_id, self._admin_ids):
                raise NotAllowedError
            return await self._seed_on_record(session, lifter_id)

    async def seed_for_host(self) -> SeedReport:
        """As `seed`, from the command line."""
        async with self._database.writing() as session:
            return await self._seed_on_record(session, None)

    async def seed_built_in(self) -> SeedReport:
        """Loads the built-in catalogue, as every start does."""
        async with self._database.writing() as session:
            return await seed(session, built_in())

    async def _seed_on_record(self, session: WriteSession, admin_id: int | None) -> SeedReport:
        report = await seed(session, built_in())
        done = {"new": report.new, "changed": report.changed}
        await audit.note(session, admin_id, AdminAction.SEEDED, self._clock(), **done)
        return report


async def search(session: ReadSession, lifter_id: int, text: str) -> Matches:
    """The exercises that have every word of the text in their name or in one of their aliases.

    If there are none, those that have its words but for details of how it is done, else those that it may be a
    misspelling of.
    """
    found = await find(session, lifter_id, text, _EVERYTHING)
    return Matches(
        text,
        choices_of(found.ranked[:PAGE_SIZE]),
        max(0, len(found.ranked) - PAGE_SIZE),
        None if found.certain is None else Choice(found.certain.id, found.certain.name),
        found.guessed,
    )


@dataclass(frozen=True, slots=True)
class Found:
    """What a text finds, the likeliest first, and which one of it is meant without doubt."""

    ranked: Sequence[Named] = ()
    certain: Named | None = None
    guessed: bool = False


async def find(session: ReadSession, lifter_id: int, text: str, filters: SearchFilter) -> Found:
    """What the text finds among the exercises that pass the filters."""
    key = name_key(text)
    # Texts with such characters name nothing, and not every database takes them.
    if not key or len(key) > _LONGEST_NAME or not key.isprintable():
        return Found()
    uses = await finding.uses(session, lifter_id)
    found = await finding.named(session, lifter_id, in_these_words(key), filters, exactly=key)
    if ranked := closest_first(key, found, uses):
        return Found(ranked, certain(key, found))
    if essence := without_details(key):
        found = await finding.named(session, lifter_id, in_these_words(essence), filters)
        if ranked := closest_first(essence, found, uses):
            return Found(ranked, guessed=True)
    if not may_be_misspelt(key.replace(" ", "")):
        return Found()
    found = await finding.named(session, lifter_id, nearly_so(key), filters)
    if ranked := closest_first(key, found, uses):
        return Found(ranked, certain(key, found))
    ranked = guessed(key, found, uses)
    return Found(ranked, guessed=bool(ranked))


async def nearest(session: ReadSession, lifter_id: int, text: str) -> Sequence[Named]:
    """The exercises that share something with the text in their names, those that share most first."""
    parts = {word[:_LONGEST_PART] for word in name_key(text)[:_LONGEST_NAME].split() if len(word) >= _SHORTEST_WORD}
    if not parts or not all(map(str.isprintable, parts)):
        return ()
    found = await finding.with_a_part(session, lifter_id, parts)
    return related(parts, found, await finding.uses(session, lifter_id))


async def _listed(
    session: ReadSession, lifter_id: int, filters: SearchFilter, page: int
) -> tuple[tuple[Choice, ...], int, int, int]:
    """A page of all that passes the filters: its choices, its number, how many there are and of how many choices."""
    total = await listing.count(session, lifter_id, filters)
    shown, pages = place_of(page, total)
    places = range(shown * PAGE_SIZE, (shown + 1) * PAGE_SIZE)
    found = await listing.page(session, lifter_id, filters, BASICS, places)
    return choices_of(found), shown, pages, total


def page_of(ranked: Sequence[Named], page: int) -> tuple[tuple[Choice, ...], int, int]:
    """The choices of the page, or of the nearest one there is; its number, and how many there are."""
    shown, pages = place_of(page, len(ranked))
    return choices_of(ranked[shown * PAGE_SIZE : (shown + 1) * PAGE_SIZE]), shown, pages


def place_of(page: int, total: int) -> tuple[int, int]:
    """The page that is nearest to this one, counted from 0, and how many pages there are for so many choices."""
    pages = max(1, ceil(total / PAGE_SIZE))
    return min(max(page, 0), pages - 1), pages


def choices_of(found: Sequence[Exercise | Named]) -> tuple[Choice, ...]:
    """The exercises as choices."""
    return tuple(Choice(exercise.id, exercise.name) for exercise in found)
