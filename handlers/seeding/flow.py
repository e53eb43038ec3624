"""Callbacks of documents with exercises."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from telegram import Document, Update
from telegram.error import TelegramError
from telegram.ext import CommandHandler, MessageHandler

from handlers.context import Handler, SpotterContext
from handlers.conversation import is_owed_document, owed_export, owes_document, owes_export
from handlers.export.flow import offer_content, offer_import
from handlers.files import AnswersFile, IsFile, TooLargeToFetchError, document_of, fetched, name_of
from handlers.for_admins import admin_command, for_admins
from handlers.guidance.flow import hint_at_text
from handlers.guidance.views import cant_fetch
from handlers.pressing import OnPress
from handlers.seeding import views
from handlers.seeding.buttons import DropDocument, ExportAs, LoadDocument
from handlers.seeding.refusing import unreadable
from handlers.showing import drop_buttons, remove, send, send_file, show, show_in
from handlers.typed import PRIVATE_MESSAGE, after_command
from storage import at_hand
from training.accounts.reading import looks_like_export
from training.errors import NotAllowedError, StaleButtonError
from training.importing.documents import Loaded, Preview, Stage, Tell
from training.importing.faults import UnreadableDocumentError
from training.importing.reading import LARGEST, Format, check_size

_UNNAMED = "library"
_EXPORTED = "spotter-"
_COMPRESSED = ".gz"
_OF_EXPORTS = (".json", _COMPRESSED)


async def take_document(update: Update, context: SpotterContext) -> None:
    """Shows what loading the document would do: of an admin's into the library, of an export into the lifter's account.

    To who is no admin any other file is nothing that can be read.
    """
    name, message = document_of(update).file_name or "", update.message
    if message is not None and (message.caption or "").lower().startswith("/import"):
        await offer_import(update, context)
    elif not (await context.gym.lifters.get(at_hand.required().user_id)).is_admin:
        if name.lower().endswith(_OF_EXPORTS):
            await offer_import(update, context)
        else:
            await hint_at_text(update, context)
    elif name.lower().startswith(_EXPORTED) or name.lower().endswith(_COMPRESSED):
        await offer_import(update, context)
    else:
        await offer_document(update, context)


async def offer_document(update: Update, context: SpotterContext) -> None:
    """Shows what loading the document would do: the message's own, or the one that it replies to."""
    document = document_of(update)
    name = name_of(document, _UNNAMED)
    try:
        check_size(document.file_size or 0)
        content = await _fetched(context, document)
        if content is None:
            await send(context, cant_fetch(name))
            return
        if looks_like_export(content):
            await offer_content(context, name, content)
            return
        owes_document()
        async with _progress(context) as tell:
            preview = await context.gym.documents.offer(at_hand.required().user_id, name, content, tell)
    except UnreadableDocumentError as error:
        await send(context, unreadable(name, error))
    else:
        await _show_preview(None, context, preview)


async def load_document(update: Update, context: SpotterContext, press: LoadDocument) -> None:
    """Loads the document, once however often the button is pressed."""

    async def tell(stage: Stage, done: int, total: int) -> None:
        with suppress(TelegramError):  # what comes of it is said at the end
            await show(update, context, views.progress(stage, done, total))

    owes_document()
    lifter_id = at_hand.required().user_id
    try:
        result = await context.gym.documents.load(lifter_id, press.document_id, press.revision, tell)
    except StaleButtonError:
        await show(update, context, views.outdated())
        return
    if isinstance(result, Loaded):
        await show(update, context, views.loaded(result))
    else:
        await _show_preview(update, context, result, anew=True)


async def drop_document(update: Update, context: SpotterContext, press: DropDocument) -> None:
    """Loads nothing."""
    try:
        await context.gym.documents.drop(at_hand.required().user_id, press.document_id, press.revision)
    except StaleButtonError:
        await show(update, context, views.outdated())
    else:
        await show(update, context, views.dropped())


async def ask_or_export(update: Update, context: SpotterContext) -> None:
    """Sends the library in the format that is named, or asks which one is wanted."""
    wanted = after_command(update).strip().lower()
    if wanted in list(Format):
        await _send_library(context, Format(wanted))
    else:
        await show(update, context, views.which_format())


async def export_as(_: Update, context: SpotterContext, press: ExportAs) -> None:
    """Sends the library."""
    await _send_library(context, press.kind)


async def show_owed_document(answer: str | None, context: SpotterContext) -> bool:
    """What was promised about a document, or as one; whether there is that, and the lifter is an admin still."""
    kind = owed_export(answer)
    try:
        if kind is not None:
            content = await context.gym.documents.exported(at_hand.required().user_id, Format(kind))
            await _send(context, Format(kind), content)
            return True
        return is_owed_document(answer) and await _show_latest(context)
    except NotAllowedError:
        return False


def seeding_handlers() -> list[Handler]:
    """What is for admins only is answered to others as if it weren't there."""
    return [
        MessageHandler(PRIVATE_MESSAGE & IsFile(), take_document),
        CommandHandler("seed", for_admins(offer_document), filters=PRIVATE_MESSAGE & AnswersFile()),
        admin_command("exercise_export", ask_or_export),
        OnPress(LoadDocument, for_admins(load_document)),
        OnPress(DropDocument, for_admins(drop_document)),
        OnPress(ExportAs, for_admins(export_as)),
    ]


@asynccontextmanager
async def _progress(context: SpotterContext) -> AsyncIterator[Tell]:
    """What is told within the block stands in a message that leaves with it, if it takes long enough for that."""
    message_id: int | None = None

    async def tell(stage: Stage, done: int, total: int) -> None:
        nonlocal message_id
        with suppress(TelegramError):  # what comes of it is said at the end
            message_id = await show_in(context, views.progress(stage, done, total), message_id)

    try:
        yield tell
    finally:
        if message_id is not None:
            await remove(context, message_id)


async def _fetched(context: SpotterContext, document: Document) -> bytes | None:
    """What is in it; None if Telegram doesn't hand it out. Raises UnreadableDocumentError if it is too large."""
    try:
        return await fetched(context, document)
    except TooLargeToFetchError:
        check_size(LARGEST + 1)
        raise


async def _show_preview(
    update: Update | None, context: SpotterContext, preview: Preview, *, anew: bool = False
) -> None:
    """What it would do: where it takes many lines these come first, as a file."""
    if views.needs_file(preview.plan):
        report = await asyncio.to_thread(views.report, preview.name, preview.document, preview.plan)
        await send_file(context, views.report_name(preview.name), report.encode())
        await drop_buttons(update, context)
        update = None  # it goes below the file
    await show(update, context, views.preview(preview, anew=anew))


async def _show_latest(context: SpotterContext) -> bool:
    """How it stands with the lifter's latest document; whether there is one."""
    stands = await context.gym.documents.latest(at_hand.required().user_id)
    if isinstance(stands, Loaded):
        await send(context, views.loaded(stands))
    elif stands is not None:
        await _show_preview(None, context, stands)
    return stands is not None


async def _send_library(context: SpotterContext, kind: Format) -> None:
    owes_export(kind)
    await _send(context, kind, await context.gym.documents.export(at_hand.required().user_id, kind))


async def _send(context: SpotterContext, kind: Format, content: bytes) -> None:
    await send_file(context, f"exercises.{kind}", content, views.exported())
