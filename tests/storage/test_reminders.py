"""However many reminders there are, a sweep reads those that are due, through an index, and skips what others hold."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError

from storage import reminders
from storage.database import Database
from storage.models import Reminder, ReminderPlan, User
from storage.values.reminder import ReminderKind
from tests.support.clock import MONDAY_EVENING
from tests.support.plans import read_as_a_whole
from tests.support.rows import LIFTER, STRANGER, add_lifter
from tests.support.statements import counted

OTHERS = 3000
TRAINING = ReminderKind.TRAINING


async def many(database: Database) -> None:
    """Thousands of reminders of thousands of lifters, of which two are due."""
    async with database.writing() as session:
        ids = [1000 + number for number in range(OTHERS)]
        users = [{"id": one, "name": "", "created_at": MONDAY_EVENING} for one in ids]
        await session.execute(insert(User), users)
        plans = [{"user_id": one, "training_at": 1080, "summary_at": 1140} for one in ids]
        await session.execute(insert(ReminderPlan), plans)
        rows = [
            {"user_id": one, "kind": TRAINING, "weekday": 0, "due_at": MONDAY_EVENING + timedelta(minutes=number)}
            for number, one in enumerate(ids)
        ]
        await session.execute(insert(Reminder), rows)
        await session.execute(text("ANALYZE"))


async def test_what_is_due_is_found_without_reading_all(database: Database) -> None:
    await many(database)
    with counted(database) as statements:
        async with database.writing() as session:
            due = await reminders.claim_due(session, MONDAY_EVENING + timedelta(minutes=1), limit=10)
            assert [(reminder.user_id, user.id, plan.user_id) for reminder, user, plan in due] == [
                (1000, 1000, 1000),
                (1001, 1001, 1001),
            ]
            assert await reminders.reminder_of(session, 1001, due[0][0].id) is None
            assert await reminders.reminder_of(session, 1000, due[0][0].id) is due[0][0]
            assert len(await reminders.of_lifter(session, 1000)) == 1
            await reminders.remove(session, 1000)
            assert await reminders.of_lifter(session, 1000) == []
    assert len(statements) >= 6
    for statement in statements:
        assert not await read_as_a_whole(database, statement, ["reminders", "reminder_plans", "users"]), statement.text


async def test_a_lifter_has_one_reminder_of_a_kind_on_a_day(database: Database) -> None:
    await add_lifter(database, LIFTER)
    await add_lifter(database, STRANGER)

    async def remember(user_id: int, kind: ReminderKind, weekday: int) -> None:
        async with database.writing() as session:
            session.add(Reminder(user_id=user_id, kind=kind, weekday=weekday, due_at=MONDAY_EVENING))

    await remember(LIFTER, TRAINING, 1)
    await remember(LIFTER, ReminderKind.SUMMARY, 1)
    await remember(STRANGER, TRAINING, 1)
    for user_id, weekday in ((LIFTER, 1), (LIFTER, 7), (404, 1)):
        with pytest.raises(IntegrityError):
            await remember(user_id, TRAINING, weekday)


@pytest.mark.parametrize(
    "wrong",
    [{"training_at": 1440}, {"summary_at": -1}, {"quiet_from": 60}, {"quiet_from": 60, "quiet_until": 60}],
)
async def test_a_plan_has_times_of_a_day(database: Database, wrong: dict[str, int]) -> None:
    await add_lifter(database)
    right = {"user_id": LIFTER, "training_at": 0, "summary_at": 1439}
    with pytest.raises(IntegrityError):
        async with database.writing() as session:
            await session.execute(insert(ReminderPlan).values(right | wrong))
    async with database.writing() as session:
        await session.execute(insert(ReminderPlan).values({**right, "quiet_from": 1320, "quiet_until": 420}))
    async with database.reading() as session:
        assert (await session.scalars(select(ReminderPlan.quiet_until))).one() == 420
