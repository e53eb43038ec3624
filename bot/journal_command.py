"""`python -m bot journal`: what was set aside, and trying it again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.schema import opened
from bot.settings import Settings
from bot.start_error import StartError
from storage import set_aside
from storage.set_aside import SetAside

_REFERENCE = re.compile(r"(?:U-)?(\d{1,18})", re.IGNORECASE)


async def list_set_aside(settings: Settings) -> Sequence[str]:
    """A line for each update that was set aside. Raises StartError."""
    async with opened(settings.database_url) as database, database.reading() as session:
        rows = await set_aside.all_set_aside(session)
    return [_line(row) for row in rows] or ["Nothing was set aside."]


async def try_again(settings: Settings, references: Sequence[str]) -> Sequence[str]:
    """Puts the updates with these references, or all without any, at the end of their lanes; a line for each.

    A bot that runs takes them up within seconds. Raises StartError.
    """
    wanted = [_id_of(reference) for reference in references] or None
    async with opened(settings.database_url) as database, database.writing() as session:
        again = await set_aside.try_again(session, wanted)
    unknown = [f"U-{journal_id} is not set aside." for journal_id in wanted or () if journal_id not in again]
    return [*(f"U-{was} waits again, as U-{now}." for was, now in again.items()), *unknown] or [
        "Nothing was set aside."
    ]


def _line(row: SetAside) -> str:
    line = f"U-{row.id}  {row.received_at:%Y-%m-%d %H:%M} UTC  lifter {row.user_id}  {row.kind}"
    return f"{line}  (done, only not answered)" if row.has_effect else line


def _id_of(reference: str) -> int:
    read = _REFERENCE.fullmatch(reference)
    if read is None:
        raise StartError(f"journal: {reference} is no reference; they look like U-417")
    return int(read[1])
