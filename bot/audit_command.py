"""`python -m bot audit`: what admins did."""

from __future__ import annotations

from collections.abc import Sequence

from bot.schema import opened
from bot.settings import Settings
from storage import audit
from storage.audit import AuditEntry
from storage.values.chat import NOBODY


async def list_acts(settings: Settings, number: int) -> Sequence[str]:
    """A line for each of so many latest acts, the latest last. Raises StartError."""
    async with opened(settings.database_url) as database, database.reading() as session:
        acts = await audit.latest(session, limit=number)
    return [_line(act) for act in reversed(acts)] or ["Admins have done nothing yet."]


def _line(act: AuditEntry) -> str:
    by = {None: "the host", NOBODY: "an admin who has left"}.get(act.admin_id, f"admin {act.admin_id}")
    about = [f"{key} {_written(value)}" for key, value in act.about.items()]
    return "  ".join([f"{act.done_at:%Y-%m-%d %H:%M} UTC", by, act.action, *about])


def _written(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
