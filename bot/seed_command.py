"""`python -m bot seed`: the built-in exercises, or a file's."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path

from bot.schema import opened
from bot.settings import Settings
from bot.start_error import StartError
from handlers.seeding import views
from handlers.seeding.refusing import why_unreadable
from training.clock import utc_now
from training.importing.documents import Documents, DryRun
from training.importing.faults import UnreadableDocumentError
from training.importing.reading import check_size
from training.library import Library


async def seed(settings: Settings, file: Path | None, *, yes: bool) -> AsyncIterator[str]:
    """Loads the built-in exercises, or shows what loading the file would do and loads it if that is wanted.

    Whoever is at the console is asked; `yes` answers beforehand. Also while a bot works. Raises StartError.
    """
    async with opened(settings.database_url) as database:
        if file is None:
            report = await Library(database, utc_now, ()).seed_for_host()
            yield f"Built-in exercises: {report.new} new, {report.changed} changed, {report.same} as they were."
            return
        documents = Documents(database, utc_now, ())
        run = await _dry_run(documents, file)
        yield views.report(file.name, run.document, run.plan).rstrip()
        if not run.plan.does_something:
            yield "There is nothing to load."
        elif not yes and not await _agreed():
            yield "Nothing is changed. With --yes it is loaded without asking."
        elif await documents.load_for_host(run):
            yield f"{file} is loaded."
        else:
            raise StartError(f"{file}: the library has changed meanwhile, so nothing is loaded; run this again")


async def _dry_run(documents: Documents, file: Path) -> DryRun:
    try:
        return await documents.dry_run(await asyncio.to_thread(_read, file))
    except UnreadableDocumentError as error:
        raise StartError(f"{file}: {why_unreadable(error)}") from None
    except OSError as error:
        raise StartError(f"{file}: can't be read ({error.strerror})") from None


def _read(file: Path) -> bytes:
    check_size(file.stat().st_size)
    return file.read_bytes()


async def _agreed() -> bool:
    if not sys.stdin.isatty():
        return False
    try:
        answer = await asyncio.to_thread(input, "Load this? [y/N] ")
    except EOFError:
        return False
    return answer.strip().lower() in {"y", "yes"}
