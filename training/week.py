"""What a lifter's week has come to, beside the four weeks before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from storage import records, workouts
from storage.database import ReadSession
from storage.models import User, Workout
from storage.values.best import Bests
from storage.values.exercise import Measure
from storage.values.quantity import WeightUnit
from training.occurrences import day_of, weeks_before
from training.preferring import unit_of
from training.records import RecordKind, broken_by, with_also
from training.streak import weeks_in_a_row
from training.summary import BrokenRecord
from training.weeks import WEEK, monday_of

WEEKS_BEFORE = 4
"""How many weeks a week is compared with."""

WEEKS_SEEN = 8
"""How many weeks are seen beside each other, the last one included."""

TOLD_WHEN_EMPTY = 3
"""How many weeks without a workout are told one after the other; then it is silent."""


@dataclass(frozen=True, slots=True)
class Amount:
    """How much was done. `volume_mg` is in milligrams."""

    workouts: int
    sets: int
    volume_mg: int


@dataclass(frozen=True, slots=True)
class SetsInWeek:
    """How many sets were done in seven days, of which this is the first."""

    since: date
    sets: int


@dataclass(frozen=True, slots=True)
class BrokenInWeek:
    """An exercise and the records that fell, as the week leaves them: one of each kind at most."""

    name: str
    measure: Measure
    records: tuple[BrokenRecord, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """The last seven days, what `before` has in all its `weeks`, and the records of the seven days.

    `weeks` are counted from the first with a workout; 0 if there was none in the four weeks before. `in_a_row` is the
    number of calendar weeks, as everywhere. `seen` are the last weeks, oldest first, from the first with a workout on.
    """

    unit: WeightUnit
    done: Amount
    before: Amount
    weeks: int
    records: tuple[BrokenInWeek, ...]
    in_a_row: int = 0
    seen: tuple[SetsInWeek, ...] = ()


async def week_of(session: ReadSession, user: User, until: datetime) -> Week | None:
    """The week that ends then; None if nothing was done for so long that nobody wants to hear of it any more."""
    zone = ZoneInfo(user.time_zone)
    since = weeks_before(zone, until, 1)
    earlier = weeks_before(zone, until, 1 + WEEKS_BEFORE)
    seen_from, today = weeks_before(zone, until, WEEKS_SEEN), day_of(zone, until)
    begun = await workouts.finished_between(session, user.id, seen_from, until)
    this_week = [workout_id for workout_id, started_at in begun if started_at >= since]
    before = [(workout_id, started_at) for workout_id, started_at in begun if earlier <= started_at < since]
    if not this_week and not any(at >= weeks_before(zone, until, 1 + TOLD_WHEN_EMPTY) for _, at in before):
        return None
    totals = await workouts.totals_of(session, [workout_id for workout_id, _ in begun])
    whole = await workouts.finished_whole(session, user.id, this_week)
    return Week(
        unit=unit_of(user),
        done=_amount(this_week, totals),
        before=_amount([workout_id for workout_id, _ in before], totals),
        weeks=0 if not before else min(WEEKS_BEFORE, 1 + (since - before[0][1]) // timedelta(weeks=1)),
        records=await _broken(session, user, whole, since),
        in_a_row=await weeks_in_a_row(
            session,
            user,
            today,
            days=[day_of(zone, at) for _, at in begun],
            since=monday_of(day_of(zone, seen_from)) + WEEK,
        ),
        seen=tuple(_seen(begun, totals, zone, until)),
    )


def _seen(
    begun: Sequence[tuple[int, datetime]], totals: Mapping[int, workouts.Totals], zone: ZoneInfo, until: datetime
) -> Iterator[SetsInWeek]:
    has_begun = False
    for weeks in reversed(range(WEEKS_SEEN)):
        since, ends = weeks_before(zone, until, weeks + 1), weeks_before(zone, until, weeks)
        here = [totals[workout_id].sets for workout_id, at in begun if since <= at < ends and workout_id in totals]
        has_begun |= bool(here)
        if has_begun:
            # It ended on the day of the summary, in the evening mostly, so the next one begins a day later.
            yield SetsInWeek(day_of(zone, since) + timedelta(days=1), sum(here))


def _amount(workout_ids: Sequence[int], totals: dict[int, workouts.Totals]) -> Amount:
    found = [totals[workout_id] for workout_id in workout_ids if workout_id in totals]
    return Amount(len(workout_ids), sum(one.sets for one in found), sum(one.volume_mg for one in found))


async def _broken(
    session: ReadSession, user: User, whole: Sequence[Workout], since: datetime
) -> tuple[BrokenInWeek, ...]:
    """Workout by workout, as each summary has said; of what several broke one after the other the last."""
    done = {execution.exercise_id: execution.exercise for workout in whole for execution in workout.executions}
    bests: dict[int, Bests] = dict(await records.bests(session, user.id, done.keys(), before=since))
    held: dict[int, dict[RecordKind, BrokenRecord]] = {}
    for workout in whole:
        known = dict(bests)
        for execution in workout.executions:
            exercise_id, entries = execution.exercise_id, [row.entry for row in execution.sets]
            before = bests.get(exercise_id, {}) if exercise_id in known else {}
            for entry, broken in zip(entries, broken_by(entries, execution.exercise.measure, before), strict=True):
                held.setdefault(exercise_id, {}).update({one.kind: BrokenRecord(entry, one) for one in broken})
            bests[exercise_id] = with_also(bests.get(exercise_id, {}), entries)
    return tuple(
        BrokenInWeek(
            done[exercise_id].name,
            done[exercise_id].measure,
            tuple(kinds[kind] for kind in RecordKind if kind in kinds),
        )
        for exercise_id, kinds in held.items()
        if kinds
    )
