import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import NoResultFound

from storage import lifters
from storage.database import Database
from storage.models import User
from tests.support.clock import MONDAY_EVENING
from tests.support.rows import LIFTER, STRANGER, add_lifter

LATER = MONDAY_EVENING + timedelta(days=1)


async def ensure(database: Database, name: str | None = "Ada") -> User:
    async with database.writing() as session:
        return await lifters.ensure(session, LIFTER, name, LATER)


async def mark_unreachable(database: Database, lifter_id: int = LIFTER) -> None:
    async with database.writing() as session:
        await lifters.mark_unreachable(session, lifter_id, MONDAY_EVENING)


async def stored(database: Database) -> User:
    async with database.reading() as session:
        return await lifters.by_id(session, LIFTER)


async def test_a_lifter_gets_a_row_at_first_contact(database: Database) -> None:
    await ensure(database)
    user = await stored(database)
    assert (user.name, user.unit, user.step, user.created_at) == ("Ada", None, None, LATER)
    assert user.default_rest > 0


async def test_a_lifter_without_a_name_gets_a_row_too(database: Database) -> None:
    assert (await ensure(database, None)).name == ""


async def test_a_lifter_gets_one_row_however_many_replicas_meet_them_first(database: Database) -> None:
    await asyncio.gather(*(ensure(database) for _ in range(20)))
    async with database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(User)) == 1


async def test_a_new_name_is_taken_over_and_nothing_else_changes(database: Database) -> None:
    await add_lifter(database, rest=77)
    await ensure(database, "Ada Lovelace")
    user = await stored(database)
    assert (user.name, user.default_rest, user.created_at) == ("Ada Lovelace", 77, MONDAY_EVENING)


async def test_a_name_is_kept_where_the_update_says_none(database: Database) -> None:
    await ensure(database)
    await ensure(database, None)
    assert (await stored(database)).name == "Ada"


async def test_a_lifter_is_unreachable_since_the_first_refusal(database: Database) -> None:
    await ensure(database)
    await mark_unreachable(database)
    async with database.writing() as session:
        await lifters.mark_unreachable(session, LIFTER, LATER)
    assert (await stored(database)).unreachable_since == MONDAY_EVENING


async def test_a_lifter_who_writes_again_is_reachable_again(database: Database) -> None:
    await ensure(database)
    await mark_unreachable(database)
    await ensure(database)
    assert (await stored(database)).unreachable_since is None


async def test_what_does_not_come_from_the_lifter_leaves_them_unreachable(database: Database) -> None:
    await ensure(database)
    await mark_unreachable(database)
    await ensure(database, None)
    assert (await stored(database)).unreachable_since == MONDAY_EVENING


async def test_others_stay_reachable(database: Database) -> None:
    await ensure(database)
    await mark_unreachable(database, STRANGER)
    assert (await stored(database)).unreachable_since is None


async def test_a_lifter_who_never_wrote_has_no_row(database: Database) -> None:
    with pytest.raises(NoResultFound):
        await stored(database)
