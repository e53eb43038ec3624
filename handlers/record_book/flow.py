"""Callbacks of the records."""

from __future__ import annotations

from telegram import Update
from telegram.ext import MessageHandler

from handlers.context import SpotterContext
from handlers.conversation import END, Step, StoredConversation, leads_to
from handlers.guidance.views import gone
from handlers.pressing import OnPress, answer_press
from handlers.record_book import views
from handlers.record_book.buttons import ListRecords, OpenRecords
from handlers.showing import show
from handlers.typed import NAMES_SOMETHING, TYPED_LINE, after_command, on_command, typed_text
from storage import at_hand
from training.errors import NotFoundError


@leads_to(Step.LOOKING_UP_RECORDS)
async def show_records(update: Update, context: SpotterContext) -> None:
    """The exercises that there may be records in; behind the command one may be named."""
    if named := " ".join(after_command(update).split()):
        await _show_named(update, context, named)
    else:
        await _show_list(update, context, 0)


@leads_to(Step.LOOKING_UP_RECORDS)
async def list_records(update: Update, context: SpotterContext, press: ListRecords) -> None:
    """Shows a page of the exercises."""
    await _show_list(update, context, press.page)


@leads_to(END)
async def open_records(update: Update, context: SpotterContext, press: OpenRecords) -> None:
    """Shows the records in the exercise; instead of one that is gone the list."""
    try:
        book = await context.gym.record_book.of(at_hand.required().user_id, press.exercise_id)
    except NotFoundError:
        answer_press(gone())
        at_hand.required().next_step = Step.LOOKING_UP_RECORDS
        await _show_list(update, context, 0)
    else:
        await show(update, context, views.records(book))


@leads_to(Step.LOOKING_UP_RECORDS)
async def show_typed(update: Update, context: SpotterContext) -> None:
    """Shows the records in the exercise of this name, or which may be meant."""
    await _show_named(update, context, typed_text(update).strip())


async def _show_named(update: Update, context: SpotterContext, text: str) -> None:
    lifter_id = at_hand.required().user_id
    found = await context.gym.progress.find(lifter_id, text)
    if found.exact is None:
        await show(update, context, views.found_exercises(text, found.choices))
    else:
        at_hand.required().next_step = END
        await show(update, context, views.records(await context.gym.record_book.of(lifter_id, found.exact.id)))


async def _show_list(update: Update, context: SpotterContext, page: int) -> None:
    await show(update, context, views.exercises(await context.gym.progress.performed(at_hand.required().user_id, page)))


def records_conversation() -> StoredConversation:
    """Any other button or command leaves the records; an exercise's name is taken from what is typed."""
    return StoredConversation(
        entry_points=[
            on_command("records", show_records),
            OnPress(ListRecords, list_records),
            OnPress(OpenRecords, open_records),
        ],
        states={Step.LOOKING_UP_RECORDS: [MessageHandler(TYPED_LINE & NAMES_SOMETHING, show_typed)]},
        fallbacks=[],
    )
