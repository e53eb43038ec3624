import pytest

from storage import audit
from storage.audit import AuditEntry
from storage.database import Database
from storage.values.audit import READING, AdminAction
from tests.conftest import ADMIN
from tests.support.clock import MONDAY_EVENING


async def entries(database: Database) -> list[AuditEntry]:
    async with database.reading() as session:
        return list(await audit.latest(session, limit=100))


async def test_an_act_is_on_record_with_who_when_and_what(database: Database) -> None:
    async with database.writing() as session:
        await audit.note(
            session, ADMIN, AdminAction.EXERCISE_EDITED, MONDAY_EVENING, exercise=21, fields=["rest", "how"]
        )
        await audit.note(session, None, AdminAction.SEEDED, MONDAY_EVENING, new=3, changed=0)
    by_the_host, by_an_admin = await entries(database)
    assert by_the_host == AuditEntry(by_the_host.id, None, MONDAY_EVENING, "seed", {"new": 3, "changed": 0})
    assert by_an_admin.admin_id == ADMIN
    assert (by_an_admin.action, by_an_admin.about) == ("exercise_edit", {"exercise": 21, "fields": ["rest", "how"]})


async def test_what_is_rolled_back_leaves_no_record(database: Database) -> None:
    async def fails() -> None:
        async with database.writing() as session:
            await audit.note(session, ADMIN, AdminAction.STATS_READ, MONDAY_EVENING)
            raise ConnectionError

    with pytest.raises(ConnectionError):
        await fails()
    assert await entries(database) == []


async def test_it_is_read_from_the_newest_to_the_oldest_and_without_what_changed_nothing(database: Database) -> None:
    async with database.writing() as session:
        for number in range(3):
            await audit.note(session, ADMIN, AdminAction.ADMIN_GRANTED, MONDAY_EVENING, lifter=number)
            await audit.note(session, ADMIN, AdminAction.STATS_READ, MONDAY_EVENING)
    async with database.reading() as session:
        first = await audit.latest(session, limit=2, but=READING)
        rest = await audit.latest(session, limit=2, before=first[-1].id, but=READING)
    assert [entry.about["lifter"] for entry in (*first, *rest)] == [2, 1, 0]
