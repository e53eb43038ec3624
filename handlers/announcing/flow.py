"""Callbacks of /announce, and passing announcements on."""

from __future__ import annotations

from telegram import Update
from telegram.error import BadRequest, Forbidden
from telegram.ext import MessageHandler, TypeHandler

from handlers.announcing import views
from handlers.announcing.buttons import (
    DiscardAnnouncement,
    LookAtAnnouncement,
    SendAnnouncement,
    StopAnnouncement,
    WriteAnew,
)
from handlers.context import Handler, SpotterContext
from handlers.conversation import END, Step, StoredConversation, leads_to, owes_delivery
from handlers.for_admins import admin_command, for_admins
from handlers.incoming import DeliveryDue, ProgressDue
from handlers.pressing import OnPress, answer_press
from handlers.showing import pressed_message_id, send, show, show_in
from handlers.typed import TYPED_TEXT, after_command, typed_text
from storage import at_hand
from storage.values.chat import AnnouncementState, ProgressShown
from training.announcing import Progress
from training.errors import StaleButtonError


@leads_to(END)
async def announce(update: Update, context: SpotterContext) -> None:
    """Shows how the text would look; without one, what is on its way, or asks for it."""
    if text := after_command(update):
        await _preview(update, context, text)
        return
    latest = await context.gym.announcements.latest(at_hand.required().user_id)
    if latest is not None and latest.state is AnnouncementState.SENDING:
        await _show_progress(context, latest, None)
    else:
        await write_anew(update, context)


@leads_to(Step.WRITING_ANNOUNCEMENT)
async def write_anew(update: Update, context: SpotterContext, _: WriteAnew | None = None) -> None:
    """Asks for the text."""
    await show(update, context, views.prompt())


@leads_to(END)
async def write(update: Update, context: SpotterContext) -> None:
    """Takes what was typed for the text."""
    await _preview(update, context, typed_text(update))


@leads_to(END)
async def send_announcement(update: Update, context: SpotterContext, press: SendAnnouncement) -> None:
    """Sets it off; pressed again it shows how far it has come."""
    lifter_id, pressed = at_hand.required().user_id, pressed_message_id(update)
    try:
        begun = await context.gym.announcements.send(lifter_id, press.announcement_id, pressed)
    except StaleButtonError:
        begun = await context.gym.announcements.look(lifter_id, press.announcement_id)
    await _show_progress(context, begun, pressed)


@leads_to(END)
async def discard(update: Update, context: SpotterContext, press: DiscardAnnouncement) -> None:
    """Throws the draft away."""
    await context.gym.announcements.discard(at_hand.required().user_id, press.announcement_id)
    await show(update, context, views.discarded())


async def look(update: Update, context: SpotterContext, press: LookAtAnnouncement) -> None:
    """Shows how far it has come."""
    found = await context.gym.announcements.look(at_hand.required().user_id, press.announcement_id)
    await _show_progress(context, found, pressed_message_id(update))


async def stop(update: Update, context: SpotterContext, press: StopAnnouncement) -> None:
    """Sends it to nobody else."""
    stopped = await context.gym.announcements.stop(at_hand.required().user_id, press.announcement_id)
    await _show_progress(context, stopped, pressed_message_id(update))


async def deliver(update: DeliveryDue, context: SpotterContext) -> None:
    """Passes an announcement on to the lifter."""
    owes_delivery(update.delivery_id)
    text = await context.gym.announcements.deliver(update.lifter_id, update.delivery_id)
    await pass_on(context, update.delivery_id, text)


async def pass_on(context: SpotterContext, delivery_id: int, text: str | None) -> None:
    """Sends the text, if there is one. What Telegram refuses concerns the admins, not the lifter."""
    if text is None:
        return
    try:
        await send(context, views.announcement(text))
    except (Forbidden, BadRequest) as refusal:
        blocked = isinstance(refusal, Forbidden)
        await context.gym.announcements.missed(at_hand.required().user_id, delivery_id, blocked=blocked)


async def show_progress(update: ProgressDue, context: SpotterContext) -> None:
    """Shows its admin how far an announcement has come, where they saw it last."""
    found = await context.gym.announcements.progress(update.lifter_id, update.announcement_id)
    if found is not None:
        await _show_progress(context, found, found.message_id)


def announcing_conversation() -> StoredConversation:
    """By command with the text, or asked for."""
    return StoredConversation(
        entry_points=[
            admin_command("announce", announce),
            OnPress(WriteAnew, for_admins(write_anew)),
            OnPress(SendAnnouncement, for_admins(send_announcement)),
            OnPress(DiscardAnnouncement, for_admins(discard)),
            OnPress(LookAtAnnouncement, for_admins(look)),
            OnPress(StopAnnouncement, for_admins(stop)),
        ],
        states={Step.WRITING_ANNOUNCEMENT: [MessageHandler(TYPED_TEXT, for_admins(write))]},
        fallbacks=[],
    )


def delivering_handlers() -> list[Handler]:
    """What the sweep has written into a lane."""
    return [
        TypeHandler[DeliveryDue, SpotterContext, None](DeliveryDue, deliver),
        TypeHandler[ProgressDue, SpotterContext, None](ProgressDue, show_progress),
    ]


async def _preview(update: Update, context: SpotterContext, text: str) -> None:
    await show(update, context, views.preview(await context.gym.announcements.draft(at_hand.required().user_id, text)))


async def _show_progress(context: SpotterContext, found: Progress, message_id: int | None) -> None:
    answer_press()
    shown = await show_in(context, views.progress(found), message_id)
    if shown != found.message_id:
        at_hand.required().shown.append(ProgressShown(found.id, shown))
