"""`python -m bot audit`: what admins did."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.exc import SQLAlchemyError

from bot.schema import cant_open, schema_brought_up
from bot.settings import Settings
from storage import audit
from storage.audit import AuditEntry
from storage.database import Database


async def list_acts(settings: Settings, number: int) -> Sequence[str]:
    """A line for each of so many latest acts, the latest last. Raises StartError."""
    await schema_brought_up(settings.database_url)
    database = Database(settings.database_url)
    try:
        async with database.reading() as session:
            acts = await audit.latest(session, limit=number)
    except SQLAlchemyError as error:
        raise cant_open(error) from None
    finally:
        await database.close()
    return [_line(act) for act in reversed(acts)] or ["Admins have done nothing yet."]


def _line(act: AuditEntry) -> str:
    by = "the host" if act.admin_id is None else f"admin {act.admin_id}"
    about = [f"{key} {_written(value)}" for key, value in act.about.items()]
    return "  ".join([f"{act.done_at:%Y-%m-%d %H:%M} UTC", by, act.action, *about])


def _written(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
