from sqlalchemy import text

from bot.readiness import Missing, what_is_missing
from storage.database import Database


async def test_a_bot_that_can_work_lacks_nothing(database: Database) -> None:
    assert await what_is_missing(database, lambda: True) == []


async def test_a_bot_that_takes_no_updates_is_not_ready(database: Database) -> None:
    assert await what_is_missing(database, lambda: False) == [Missing.INTAKE]


async def test_a_schema_that_is_too_old_is_not_enough(database: Database) -> None:
    async with database.writing() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    assert await what_is_missing(database, lambda: True) == [Missing.SCHEMA]


async def test_a_database_that_does_not_answer_is_said(closed_port: int) -> None:
    database = Database(f"postgresql://spotter@127.0.0.1:{closed_port}/spotter?sslmode=disable")
    assert await what_is_missing(database, lambda: True) == [Missing.DATABASE]
    await database.close()
