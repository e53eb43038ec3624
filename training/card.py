"""What the screen of an open workout says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from storage import performing, records, rests, workouts
from storage.database import ReadSession
from storage.models import ExerciseExecution, ExercisePreference, RestHabit, Set, User, Workout
from storage.values.best import Bests
from storage.values.exercise import Measure
from storage.values.lifted import SetEntry, SetKind
from storage.values.quantity import Weight, WeightUnit
from training.dials import as_turned
from training.notation import LineContext
from training.preferring import rest_after, step_of, unit_of
from training.records import Record, broken_by
from training.rest_habits import offered
from training.suggestion import suggest, targets_left
from training.supersets import planned_kind
from training.volume import volume_mg


@dataclass(frozen=True, slots=True)
class LastTime:
    """How an exercise went in the last finished workout that had it."""

    on: datetime
    sets: tuple[SetEntry, ...]


@dataclass(frozen=True, slots=True)
class NextExercise:
    """What is to be done once all that is planned for the current exercise is done."""

    execution_id: int
    name: str
    measure: Measure
    suggestion: SetEntry


@dataclass(frozen=True, slots=True)
class CurrentExercise:
    """The exercise whose sets are being logged. `place` counts from 1, `step` is what − and + change a weight by.

    `rest_offer` is how many seconds of rest the lifter may want after it from now on, where they keep changing it.
    `unrated` is the set whose RPE the lifter wants to be asked for; in a superset it may be that of another exercise.

    `suggestion` is with all that − and + have changed. It goes on when the `plan` is done, which is what is left of
    the targets, None where there are none. `before` and `after` are the executions around this one.
    `following` is what is planned of the execution after it, once the plan of this one is done.
    `broke_record` says of each of today's sets whether it broke a record; `superset` names what is done in turn.
    """

    execution_id: int
    exercise_id: int
    name: str
    measure: Measure
    unit: WeightUnit
    step: Weight
    place: int
    today: tuple[SetEntry, ...]
    broke_record: tuple[bool, ...]
    last_time: LastTime | None
    suggestion: SetEntry | None
    plan: tuple[SetEntry, ...] | None
    note: str
    superset: tuple[str, ...]
    before: int | None
    after: int | None
    unrated: int | None = None
    rest_offer: int | None = None
    following: NextExercise | None = None

    @property
    def context(self) -> LineContext:
        """What a typed line is read against: today's last working set, before the first one that which is suggested."""
        if self.suggestion is not None and not has_begun(self.today):
            return LineContext(self.measure, self.unit, self.suggestion.weight, self.suggestion.clean_reps)
        before = () if self.last_time is None else self.last_time.sets
        return line_context(self.measure, self.unit, self.today, before)


@dataclass(frozen=True, slots=True)
class CardPlace:
    """Where the card stands in the chat: its message, if it was sent, and how many messages came below it."""

    message_id: int | None
    messages_below: int


@dataclass(frozen=True, slots=True)
class Card:
    """The open workout. `volume_mg` is in milligrams, `rest_until` is when the running rest is over.

    `zone` is the lifter's, and `cleans_messages` whether messages whose sets were logged leave the chat, and
    `warns_of_rest` whether a word comes before the rest is over.
    """

    workout_id: int
    revision: int
    title: str
    started_at: datetime
    unit: WeightUnit
    sets: int
    exercises: int
    volume_mg: int
    current: CurrentExercise | None
    rest_until: datetime | None
    place: CardPlace
    zone: ZoneInfo
    cleans_messages: bool
    warns_of_rest: bool


def line_context(
    measure: Measure, unit: WeightUnit, today: Sequence[SetEntry], last_time: Sequence[SetEntry]
) -> LineContext:
    """What a typed line is read against: the last working set of today, else of last time."""
    working = [entry for entry in (*last_time, *today) if entry.kind is not SetKind.WARM_UP]
    weight: Weight | None = working[-1].weight if working else None
    return LineContext(measure, unit, weight, working[-1].clean_reps if working else None)


def has_begun(today: Iterable[SetEntry]) -> bool:
    """Whether there is a set that isn't a warm-up."""
    return any(entry.kind is not SetKind.WARM_UP for entry in today)


@dataclass
class OpenWorkout:
    """The open workout as its transaction has read it: the card and logging are made of it, and nothing is read twice.

    What stands in it doesn't leave the transaction. Executions are whole and in their order.
    """

    user: User
    workout: Workout
    executions: list[ExerciseExecution]
    preferences: dict[int, ExercisePreference | None]
    """By exercise."""
    habits: dict[int, RestHabit | None]
    """By exercise: how the lifter rests after it lately."""
    last_times: dict[int, LastTime | None] = field(default_factory=dict)
    """By exercise, as far as they have been read."""
    earlier_bests: dict[int, Bests] = field(default_factory=dict)
    """By exercise, as far as they have been read: what was done before this workout."""
    broken: dict[int, tuple[list[SetEntry], Sequence[tuple[Record, ...]]]] = field(default_factory=dict)
    """By exercise: the sets for which it was reckoned last which records they broke, and those."""

    @property
    def current(self) -> ExerciseExecution | None:
        """The execution that was focused last."""
        return max(self.executions, key=lambda done: (done.focused_at, done.position), default=None)

    def execution(self, execution_id: int) -> ExerciseExecution | None:
        """The one with this id, if the workout has it."""
        return next((done for done in self.executions if done.id == execution_id), None)

    async def last_time(self, session: ReadSession, exercise_id: int) -> LastTime | None:
        """How the exercise went last time; None if it never did."""
        if exercise_id not in self.last_times:
            last = await workouts.last_performance(session, self.user.id, exercise_id)
            known = None if last is None else LastTime(last[0], tuple(row.entry for row in last[1]))
            self.last_times[exercise_id] = known
        return self.last_times[exercise_id]

    async def records(self, session: ReadSession, exercise_id: int) -> dict[Set, tuple[Record, ...]]:
        """The records that each of the workout's sets of this exercise broke when it was done."""
        performed = [done for done in self.executions if done.exercise_id == exercise_id]
        rows = sorted((row for done in performed for row in done.sets), key=lambda row: row.logged_at)
        if not rows:
            return {}
        if exercise_id not in self.earlier_bests:
            found = await records.bests(session, self.user.id, [exercise_id], without_workout=self.workout.id)
            self.earlier_bests[exercise_id] = found.get(exercise_id, {})
        entries = [row.entry for row in rows]
        known = self.broken.get(exercise_id)
        if known is None or known[0] != entries:
            known = entries, broken_by(entries, performed[0].exercise.measure, self.earlier_bests[exercise_id])
            self.broken[exercise_id] = known
        return dict(zip(rows, known[1], strict=True))


async def read_open(session: ReadSession, user: User, workout: Workout) -> OpenWorkout:
    """Reads this open workout of this lifter."""
    found = await performing.executions(session, workout.id)
    return OpenWorkout(
        user,
        workout,
        executions=[done.execution for done in found],
        preferences={done.execution.exercise_id: done.preference for done in found},
        habits={done.execution.exercise_id: done.habit for done in found},
    )


async def read_card(session: ReadSession, user: User) -> Card | None:
    """The lifter's card; None if no workout is open."""
    workout = await workouts.open_workout(session, user.id)
    if workout is None:
        return None
    opened = await read_open(session, user, workout)
    return await card_of(session, opened, await rest_until(session, user.id))


async def rest_until(session: ReadSession, lifter_id: int) -> datetime | None:
    """When the running rest is over."""
    rest = await rests.running(session, lifter_id)
    return None if rest is None else rest.due_at


async def card_of(session: ReadSession, opened: OpenWorkout, rest_until: datetime | None) -> Card:
    """The card of the open workout."""
    workout, current = opened.workout, opened.current
    done = [row.entry for execution in opened.executions for row in execution.sets]
    return Card(
        workout_id=workout.id,
        revision=workout.revision,
        title=workout.title,
        started_at=workout.started_at,
        unit=unit_of(opened.user),
        sets=len(done),
        exercises=len(opened.executions),
        volume_mg=volume_mg(done),
        current=None if current is None else await current_exercise(session, opened, current),
        rest_until=rest_until,
        place=CardPlace(workout.card_message_id, workout.messages_below),
        zone=ZoneInfo(opened.user.time_zone),
        cleans_messages=opened.user.cleans_messages,
        warns_of_rest=opened.user.warns_of_rest,
    )


async def current_exercise(session: ReadSession, opened: OpenWorkout, execution: ExerciseExecution) -> CurrentExercise:
    """The exercise that is being logged, as the card shows it."""
    exercise, preference = execution.exercise, opened.preferences[execution.exercise_id]
    last = await opened.last_time(session, exercise.id)
    step = step_of(opened.user, exercise, preference)
    suggestion = await suggested(session, opened, execution)
    place = opened.executions.index(execution)
    after = opened.executions[place + 1] if place + 1 < len(opened.executions) else None
    broken = await opened.records(session, exercise.id)
    today = tuple(row.entry for row in execution.sets)
    targets = [row.entry for row in execution.targets]
    plan = targets_left(today, targets) if targets else None
    return CurrentExercise(
        execution_id=execution.id,
        exercise_id=exercise.id,
        name=exercise.name,
        measure=exercise.measure,
        unit=unit_of(opened.user, preference),
        step=step,
        place=execution.position + 1,
        today=today,
        broke_record=tuple(bool(broken[row]) for row in execution.sets),
        last_time=last,
        suggestion=suggestion,
        plan=plan,
        note=execution.note,
        superset=_partners(opened, execution),
        before=opened.executions[place - 1].id if place else None,
        after=None if after is None else after.id,
        unrated=_unrated(opened, execution) if opened.user.asks_rpe else None,
        following=None if plan != () or after is None else await _following(session, opened, after),
        rest_offer=offered(opened.habits[exercise.id], rest_after(opened.user, exercise, preference, SetKind.WORKING)),
    )


async def _following(session: ReadSession, opened: OpenWorkout, execution: ExerciseExecution) -> NextExercise | None:
    exercise, suggestion = execution.exercise, await suggested(session, opened, execution)
    if suggestion is None or planned_kind(execution) is None:
        return None
    return NextExercise(execution.id, exercise.name, exercise.measure, suggestion)


def _partners(opened: OpenWorkout, execution: ExerciseExecution) -> tuple[str, ...]:
    if execution.superset is None:
        return ()
    others = (done for done in opened.executions if done is not execution)
    return tuple(done.exercise.name for done in others if done.superset == execution.superset)


def _unrated(opened: OpenWorkout, execution: ExerciseExecution) -> int | None:
    """The last set, if it is a working set that nobody has said the RPE of. In a superset it may be another one's."""
    others = [] if execution.superset is None else opened.executions
    together = [execution, *(done for done in others if done.superset == execution.superset)]
    lasts = [done.sets[-1] for done in together if done.sets]
    last = max(lasts, key=lambda row: (row.logged_at, row.id), default=None)
    return last.id if last is not None and last.kind is SetKind.WORKING and last.rpe is None else None


async def suggested(session: ReadSession, opened: OpenWorkout, execution: ExerciseExecution) -> SetEntry | None:
    """The next set of the execution as the card suggests it."""
    suggestion = await suggestion_of(session, opened, execution)
    if suggestion is None:
        return None
    exercise = execution.exercise
    step = step_of(opened.user, exercise, opened.preferences[exercise.id])
    return as_turned(suggestion, exercise.measure, execution.turned, step)


async def suggestion_of(session: ReadSession, opened: OpenWorkout, execution: ExerciseExecution) -> SetEntry | None:
    """The next set of the execution before anything is turned."""
    last = await opened.last_time(session, execution.exercise_id)
    today = [row.entry for row in execution.sets]
    return suggest(today, () if last is None else last.sets, [row.entry for row in execution.targets])
