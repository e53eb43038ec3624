from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import StatementError

from storage.database import Database
from storage.models import Set, User
from storage.values.lifted import SetEntry, SetKind
from storage.values.quantity import Distance, DistanceUnit, Weight, WeightUnit
from tests.support.rows import LIFTER, add_execution, add_lifter, set_row

IN_KOLKATA = datetime(2026, 3, 1, 2, 15, 30, 123456, tzinfo=timezone(timedelta(hours=5, minutes=30)))


async def stored_time(database: Database, moment: datetime) -> datetime:
    async with database.writing() as session:
        session.add(User(id=LIFTER, name="", created_at=moment))
    async with database.reading() as session:
        return (await session.get_one(User, LIFTER)).created_at


async def stored_entry(database: Database, entry: SetEntry) -> SetEntry:
    await add_lifter(database)
    row = set_row(0, entry, execution_id=await add_execution(database))
    async with database.writing() as session:
        session.add(row)
    async with database.reading() as session:
        return (await session.get_one(Set, row.id)).entry


async def test_a_time_is_read_back_aware_and_in_utc(database: Database) -> None:
    read = await stored_time(database, IN_KOLKATA)
    assert read == IN_KOLKATA
    assert read.tzinfo is UTC


async def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="without a time zone"):
        await stored_time(database, IN_KOLKATA.replace(tzinfo=None))


async def test_times_of_different_zones_are_compared_as_moments(database: Database) -> None:
    await stored_time(database, IN_KOLKATA)
    a_second_before = (IN_KOLKATA - timedelta(seconds=1)).astimezone(timezone(timedelta(hours=-8)))
    async with database.reading() as session:
        assert await session.scalar(select(User.id).where(User.created_at > a_second_before)) == LIFTER
        assert await session.scalar(select(User.id).where(User.created_at < a_second_before)) is None


@pytest.mark.parametrize("rpe", ["1", "7.5", "10"])
async def test_an_rpe_in_halves_is_read_back_exactly(database: Database, rpe: str) -> None:
    assert (await stored_entry(database, SetEntry(clean_reps=5, rpe=Decimal(rpe)))).rpe == Decimal(rpe)


async def test_an_rpe_between_the_halves_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="not in halves"):
        await stored_entry(database, SetEntry(clean_reps=5, rpe=Decimal("8.25")))


@pytest.mark.parametrize(
    "entry",
    [
        SetEntry(Weight.of("102.125", WeightUnit.KG), 5, 2, SetKind.AMRAP, Decimal("9.5"), note="paused 🔥"),
        SetEntry(Weight.of("-15", WeightUnit.LB), 6),
        SetEntry(Weight.of(0, WeightUnit.KG), 0, kind=SetKind.WARM_UP),
        SetEntry(duration=90, distance=Distance.of("5.001", DistanceUnit.MILE)),
        SetEntry(),
    ],
)
async def test_a_set_is_read_back_as_it_was_written(database: Database, entry: SetEntry) -> None:
    assert await stored_entry(database, entry) == entry


async def test_enums_are_stored_by_their_values(database: Database) -> None:
    await add_lifter(database, unit=WeightUnit.LB)
    async with database.reading() as session:
        assert await session.scalar(text("SELECT unit FROM users")) == "lb"
