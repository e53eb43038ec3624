from bot.audit_command import list_acts
from bot.settings import Settings
from storage import audit
from storage.database import Database
from storage.values.audit import AdminAction
from storage.values.chat import NOBODY
from tests.conftest import ADMIN
from tests.support.clock import MONDAY_EVENING


async def test_each_act_has_a_line_and_the_latest_comes_last(database: Database, database_url: str) -> None:
    settings = Settings(database_url=database_url)
    assert await list_acts(settings, 100) == ["Admins have done nothing yet."]
    async with database.writing() as session:
        await audit.note(session, ADMIN, AdminAction.STATS_READ, MONDAY_EVENING)
        fields = ["name", "how"]
        await audit.note(session, ADMIN, AdminAction.EXERCISE_EDITED, MONDAY_EVENING, exercise=21, fields=fields)
        await audit.note(session, NOBODY, AdminAction.EXPORTED, MONDAY_EVENING, exercises=2)
        await audit.note(session, None, AdminAction.IMPORTED, MONDAY_EVENING, new=3, changed=0)
    lines = [
        "2026-01-05 18:00 UTC  admin 900  stats",
        "2026-01-05 18:00 UTC  admin 900  exercise_edit  exercise 21  fields name, how",
        "2026-01-05 18:00 UTC  an admin who has left  export  exercises 2",
        "2026-01-05 18:00 UTC  the host  import  new 3  changed 0",
    ]
    assert await list_acts(settings, 100) == lines
    assert await list_acts(settings, 2) == lines[2:]
