"""/export and /import."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from telegram import Document, Update
from telegram.ext import CommandHandler

from handlers.context import Handler, SpotterContext
from handlers.conversation import is_owed_import, owes_import
from handlers.export import views
from handlers.export.buttons import DropImport, LoadImport, OpenExport, SendExport
from handlers.export.progress import told
from handlers.export.refusing import unreadable
from handlers.files import AnswersFile, TooLargeToFetchError, document_of, fetched, name_of
from handlers.guidance.views import cant_fetch
from handlers.pressing import OnPress, answer_press
from handlers.showing import send, send_file, show
from handlers.typed import PRIVATE_MESSAGE, after_command, on_command
from storage import at_hand
from training.accounts.exporting import Exported
from training.accounts.faults import UnreadableAccountError
from training.accounts.format import LARGEST_FILE, ExportKind
from training.accounts.importing import Imported, ImportPreview
from training.accounts.reading import check_size
from training.errors import StaleButtonError

_EVERY = 2.0
"""Seconds after which it is told how far an export has come."""

_UNNAMED = "spotter.json"


async def ask_or_export(update: Update, context: SpotterContext) -> None:
    """Sends the lifter's data in the format that is named, or asks which one is wanted."""
    wanted = after_command(update).strip().lower()
    if wanted in list(ExportKind):
        await _export(context, ExportKind(wanted))
    else:
        await show(update, context, views.which())


async def open_export(_: Update, context: SpotterContext, __: OpenExport) -> None:
    """Asks which format is wanted: in a message of its own, since what asked for it may still be needed."""
    await send(context, views.which())


async def send_export(_: Update, context: SpotterContext, press: SendExport) -> None:
    """Sends the lifter's data."""
    answer_press()
    await _export(context, press.kind)


async def explain_import(_: Update, context: SpotterContext) -> None:
    """Says what to send."""
    await send(context, views.how_to_import())


async def offer_import(update: Update, context: SpotterContext) -> None:
    """Shows what importing the file would do: the message's own, or the one that it replies to."""
    document = document_of(update)
    name = name_of(document, _UNNAMED)
    try:
        check_size(document.file_size or 0)
        content = await _fetched(context, document)
    except UnreadableAccountError as error:
        await send(context, unreadable(name, error))
        return
    if content is None:
        await send(context, cant_fetch(name))
    else:
        await offer_content(context, name, content)


async def offer_content(context: SpotterContext, name: str, content: bytes) -> None:
    """Shows what importing this would do."""
    owes_import()
    try:
        async with told(context, views.reading) as tell:
            preview = await context.gym.imports.offer(at_hand.required().user_id, name, content, tell)
    except UnreadableAccountError as error:
        await send(context, unreadable(name, error))
    else:
        await _show(None, context, preview)


async def load_import(update: Update, context: SpotterContext, press: LoadImport) -> None:
    """Imports the file, once however often the button is pressed."""
    owes_import()
    lifter_id = at_hand.required().user_id
    try:
        async with told(context, views.reading) as tell:
            result = await context.gym.imports.load(lifter_id, press.import_id, press.revision, tell)
    except StaleButtonError:
        await show(update, context, views.outdated())
    else:
        await _show(update, context, result, anew=True)


async def drop_import(update: Update, context: SpotterContext, press: DropImport) -> None:
    """Imports nothing."""
    try:
        await context.gym.imports.drop(at_hand.required().user_id, press.import_id, press.revision)
    except StaleButtonError:
        await show(update, context, views.outdated())
    else:
        await show(update, context, views.dropped())


async def show_owed_import(answer: str | None, context: SpotterContext) -> bool:
    """How it stands with the lifter's file, if that was promised; an import that was cut short goes on first.

    Nothing is owed of an export: it has no effect, so it is done again.
    """
    if not is_owed_import(answer):
        return False
    async with told(context, views.reading) as tell:
        stands = await context.gym.imports.latest(at_hand.required().user_id, tell)
    if stands is None:
        return False
    await _show(None, context, stands)
    return True


def export_handlers() -> list[Handler]:
    """They work anywhere. /import in reply to a file goes before /import."""
    return [
        on_command("export", ask_or_export),
        CommandHandler("import", offer_import, filters=PRIVATE_MESSAGE & AnswersFile()),
        on_command("import", explain_import),
        OnPress(OpenExport, open_export),
        OnPress(SendExport, send_export),
        OnPress(LoadImport, load_import),
        OnPress(DropImport, drop_import),
    ]


async def _fetched(context: SpotterContext, document: Document) -> bytes | None:
    try:
        return await fetched(context, document)
    except TooLargeToFetchError:
        check_size(LARGEST_FILE + 1)
        raise


@dataclass(slots=True)
class _Progress:
    done: int = field(default=0)
    total: int = field(default=0)

    def take(self, done: int, total: int) -> None:
        self.done, self.total = done, total


async def _export(context: SpotterContext, kind: ExportKind) -> None:
    async with told(context, views.exporting) as tell:
        progress = _Progress()
        lifter_id = at_hand.required().user_id
        working = asyncio.create_task(context.gym.exports.export(lifter_id, kind, views.untitled(), progress.take))
        try:
            while not (await asyncio.wait({working}, timeout=_EVERY))[0]:
                await tell(progress.done, progress.total)
        finally:
            working.cancel()
        exported: Exported = await working
    await send_file(context, exported.name, exported.content, views.exported(kind, exported.workouts))


async def _show(
    update: Update | None, context: SpotterContext, stands: ImportPreview | Imported, *, anew: bool = False
) -> None:
    if isinstance(stands, Imported):
        await show(update, context, views.imported(stands))
        return
    zone = (await context.gym.lifters.get(at_hand.required().user_id)).time_zone
    await show(update, context, views.preview(stands, zone, anew=anew))
