"""Lifters in the middle of a workout: written straight into the database, with the cards in their chats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from handlers.callback_data import pack
from handlers.workout.buttons import LogSuggested
from simulator.server import Simulator
from storage.database import Database
from storage.models import Exercise, ExerciseExecution, User, Workout
from storage.values.exercise import Measure
from storage.values.quantity import WeightUnit
from tests.support.clock import ManualAlarm
from tests.support.rows import kg, set_row
from training.clock import utc_now
from training.gym import open_gym

_FIRST_LIFTER = 1001
_LAST_TIME = (kg(100, 5), kg(100, 5), kg(95, 6))


@dataclass(frozen=True)
class Training:
    """A lifter whose open workout suggests a set; the card's button carries `press`."""

    lifter_id: int
    press: str


async def prepare(url: str, number: int) -> Sequence[Training]:
    """So many lifters begin the same exercise as last week. The message of each one's card counts from 1."""
    database = Database(url)
    try:
        now = utc_now()
        await open_gym(database, utc_now, ManualAlarm(), ()).library.seed_built_in()
        async with database.writing() as session:
            measured = select(Exercise.id).where(Exercise.measure == Measure.WEIGHT_REPS)
            exercise_id = (await session.scalars(measured.order_by(Exercise.id).limit(1))).one()
            session.add_all(
                User(id=lifter_id, name=_name(lifter_id), unit=WeightUnit.KG, created_at=now)
                for lifter_id in _ids(number)
            )
            await session.flush()
            opened = []
            for message_id, lifter_id in enumerate(_ids(number), start=1):
                session.add(_workout(lifter_id, exercise_id, now - timedelta(days=7), finished=True))
                opened.append(_workout(lifter_id, exercise_id, now))
                opened[-1].card_message_id = message_id
            session.add_all(opened)
        return [Training(one.user_id, pack(LogSuggested(one.id, 0))) for one in opened]
    finally:
        await database.close()


def put_cards(telegram: Simulator, trainings: Sequence[Training]) -> None:
    """Puts the card into each chat of a Telegram that has no message yet."""
    for training in trainings:
        telegram.people.add(training.lifter_id, _name(training.lifter_id))
        chat = telegram.world.chats.private(training.lifter_id)
        assert chat is not None
        chat.started = True
        keyboard = [[{"text": "Log", "callback_data": training.press}]]
        card = {"text": "The card", "reply_markup": {"inline_keyboard": keyboard}}
        telegram.world.chats.post(chat, card)


def _ids(number: int) -> range:
    return range(_FIRST_LIFTER, _FIRST_LIFTER + number)


def _name(lifter_id: int) -> str:
    return f"Lifter {lifter_id}"


def _workout(lifter_id: int, exercise_id: int, at: datetime, *, finished: bool = False) -> Workout:
    return Workout(
        user_id=lifter_id,
        started_at=at,
        finished_at=at + timedelta(hours=1) if finished else None,
        executions=[
            ExerciseExecution(
                user_id=lifter_id,
                exercise_id=exercise_id,
                position=0,
                focused_at=at,
                sets=[set_row(place, entry) for place, entry in enumerate(_LAST_TIME)] if finished else [],
            )
        ],
    )
