from storage import flooding, journal
from storage.database import Database
from storage.depth import Depth, depth
from storage.values.chat import JournalStatus, Source
from tests.support import one_lane
from tests.support.clock import MONDAY_EVENING


async def test_what_waits_is_counted_with_its_lanes(database: Database) -> None:
    rows = [flooding.Incoming(Source.TELEGRAM, number, user_id, {}) for number, user_id in enumerate((7, 7, 8, 9))]
    async with database.writing() as session:
        await journal.write_down(session, 4242, rows, MONDAY_EVENING)
        await journal.write_down(session, 4343, rows, MONDAY_EVENING)
        done = await one_lane.claim_next(session, 4242, 9)
        assert done is not None
        await journal.close(session, [done.id], JournalStatus.DONE, MONDAY_EVENING)
    async with database.reading() as session:
        assert await depth(session, 4242) == Depth(updates=3, lanes=2)
        assert await depth(session, 1) == Depth(updates=0, lanes=0)
