"""Picking an exercise: what is offered first, and what is made where nothing fits."""

from __future__ import annotations

from dataclasses import dataclass

from storage import changes, exercises, lifters, listing, performing, workouts
from storage.database import Database, ReadSession, WriteSession
from storage.finding import Named
from storage.models import Exercise, User
from storage.values.change import ChangeKind
from storage.values.exercise import BodyPart, Modality
from storage.values.finding import SearchFilter
from training.basics import BASICS
from training.card import Card, OpenWorkout, card_of, read_open, rest_until
from training.clock import Clock
from training.errors import NotFoundError, UnitNotChosenError
from training.exercise_detail import ExerciseDetail, NewExercise, exercise_detail
from training.library import choices_of, page_of
from training.making import make, usual_measure
from training.matches import Choice
from training.open_workout import focus_on, open_or_start
from training.ranking import usual_first
from training.swapping import InsteadOf, swap

MOST_SUGGESTED = 5
"""How many exercises are offered before anything is chosen: with the body parts below them a phone shows them all."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """What is most likely meant, and whether there is more that the lifter uses."""

    choices: tuple[Choice, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class UsualPage:
    """A page of what the lifter uses. Pages count from 0."""

    choices: tuple[Choice, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class SwapOffer:
    """An exercise of the open workout that is to be swapped, and what is most likely to take its place."""

    card: Card
    instead_of: InsteadOf
    name: str
    part: BodyPart
    sets: int
    suggested: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Created:
    """A lifter's own exercise was made, and is in the workout now."""

    exercise: ExerciseDetail
    card: Card


class Picking:
    """What is offered to a lifter who looks for an exercise, and what becomes of the choice.

    With `instead_of`, what is picked takes the place of an exercise of the open workout: NotFoundError if it isn't
    there, StaleButtonError if the workout has changed since, MeasureMismatchError if its sets don't fit.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def suggested(self, lifter_id: int) -> Suggested:
        """What the lifter uses most and latest and hasn't in the open workout yet; what most people do fills it up."""
        async with self._database.reading() as session:
            usual = usual_first(await listing.used(session, lifter_id))
            there = await listing.in_open_workout(session, lifter_id)
            first = [name for name in usual if name.id not in there][:MOST_SUGGESTED]
            if len(first) < MOST_SUGGESTED:
                known = there.union(name.id for name in first)
                first += [name for name in await _basics(session, lifter_id) if name.id not in known]
        return Suggested(choices_of(first[:MOST_SUGGESTED]), len(usual) > MOST_SUGGESTED)

    async def usual(self, lifter_id: int, page: int) -> UsualPage:
        """A page of what the lifter uses, most and latest first; a page that doesn't exist gives the nearest one."""
        async with self._database.reading() as session:
            return UsualPage(*page_of(usual_first(await listing.used(session, lifter_id)), page))

    async def swap_offer(self, lifter_id: int, execution_id: int) -> SwapOffer:
        """What may take the place of this execution's exercise: others of its body part.

        Raises NotFoundError if the open workout doesn't have it.
        """
        async with self._database.reading() as session:
            user = await lifters.by_id(session, lifter_id)
            workout = await workouts.open_workout(session, lifter_id)
            if workout is None:
                raise NotFoundError
            opened = await read_open(session, user, workout)
            swapped = next((done for done in opened.executions if done.id == execution_id), None)
            if swapped is None:
                raise NotFoundError
            there = {done.exercise_id for done in opened.executions}
            filters = SearchFilter(body_part=swapped.exercise.body_part)
            found = await listing.page(session, lifter_id, filters, BASICS, range(MOST_SUGGESTED + len(there)))
            others = [name for name in found if name.id not in there]
            return SwapOffer(
                card=await _card(session, opened),
                instead_of=InsteadOf(execution_id, workout.revision),
                name=swapped.exercise.name,
                part=swapped.exercise.body_part,
                sets=len(swapped.sets),
                suggested=choices_of(others[:MOST_SUGGESTED]),
            )

    async def swap(self, lifter_id: int, instead_of: InsteadOf, exercise_id: int) -> Card:
        """Has this exercise take the place of the other one, whose sets count as its own from now on."""
        now = self._clock()
        async with self._database.writing() as session:
            user = await lifters.by_id(session, lifter_id)
            async with changes.recording(session, lifter_id, ChangeKind.EXERCISE_CHANGED, now):
                opened = await swap(session, user, instead_of, exercise_id, now)
            return await _card(session, opened)

    async def create(
        self, lifter_id: int, name: str, part: BodyPart, modality: Modality, instead_of: InsteadOf | None = None
    ) -> Created:
        """Makes an exercise of the lifter's own, logged as such ones usually are, and picks it.

        That is two changes, so that taking back the pick leaves the exercise in the library. Raises NameTakenError
        with the exercise that can be picked instead, InvalidValueError and UnitNotChosenError.
        """
        new = NewExercise(name, part, modality, usual_measure(part, modality))
        now = self._clock()
        async with self._database.writing() as session:
            user = await lifters.hold(session, lifter_id)
            if user.unit is None:
                raise UnitNotChosenError
            await exercises.await_catalogue(session)
            await performing.lifter_and_workout(session, lifter_id)  # workouts are held before exercises
            exercise = await make(session, lifter_id, new, anyway=False)
            async with changes.recording(session, lifter_id, ChangeKind.LIBRARY, now):
                session.add(exercise)
            detail = exercise_detail(user, exercise, None)
            opened = await self._pick(session, user, exercise, instead_of)
            return Created(detail, await _card(session, opened))

    async def _pick(
        self, session: WriteSession, user: User, exercise: Exercise, instead_of: InsteadOf | None
    ) -> OpenWorkout:
        now = self._clock()
        async with changes.recording(session, user.id, ChangeKind.EXERCISE_ADDED, now) as change:
            if instead_of is not None:
                change.kind = ChangeKind.EXERCISE_CHANGED
                return await swap(session, user, instead_of, exercise.id, now)
            opened = await open_or_start(session, user, now, change)
            await focus_on(session, opened, exercise, now)
            return opened


async def _basics(session: ReadSession, lifter_id: int) -> list[Named]:
    found = await listing.of_catalogue(session, lifter_id, BASICS)
    return [found[key] for key in BASICS if key in found]


async def _card(session: ReadSession, opened: OpenWorkout) -> Card:
    return await card_of(session, opened, await rest_until(session, opened.user.id))
