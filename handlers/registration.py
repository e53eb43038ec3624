"""Every handler, in the order in which an update is offered to them."""

from __future__ import annotations

from telegram import Message, Update
from telegram.constants import ChatType
from telegram.error import Forbidden

from handlers.admins.flow import admins_conversation
from handlers.amending.flow import amending_handlers
from handlers.annotating.flow import annotating_handlers
from handlers.announcing.flow import announcing_conversation, delivering_handlers
from handlers.charts.pictures import Pictures
from handlers.context import SpotterApplication
from handlers.creating.flow import creating_handlers
from handlers.curating.flow import curating_conversation
from handlers.errors import answer_error
from handlers.exercises.conversation import library_conversation
from handlers.exercises.flow import chosen_handlers
from handlers.export.flow import export_handlers
from handlers.groups.flow import group_handlers
from handlers.guidance.flow import help_handlers, hint_handlers
from handlers.history.flow import history_conversation
from handlers.home.flow import home_handlers, unit_conversation
from handlers.idle.flow import idle_handlers
from handlers.last_shown import LastShown
from handlers.leaving.flow import leaving_handlers, stranger_handlers
from handlers.library.flow import library_handlers
from handlers.more.flow import more_conversation
from handlers.notebook.flow import notebook_handlers
from handlers.owed import owed_handler
from handlers.paste.flow import paste_handlers
from handlers.picking.flow import picking_conversation
from handlers.pressing import answered_in_time
from handlers.progress.flow import progress_conversation
from handlers.proposals.flow import proposal_handlers
from handlers.record_book.flow import records_conversation
from handlers.reminders.flow import reminder_handlers, reminders_conversation
from handlers.resting.flow import resting_handlers
from handlers.seeding.flow import seeding_handlers
from handlers.sets.flow import sets_conversation
from handlers.settings.flow import settings_handlers, zone_conversation
from handlers.stats.flow import stats_handlers
from handlers.summary.flow import summary_handlers
from handlers.timing.flow import timing_handlers
from handlers.undo.flow import undo_handlers
from handlers.waiting.flow import waiting_handlers
from handlers.workout.flow import workout_handlers
from storage import at_hand
from training.gym import Gym


def register(application: SpotterApplication, gym: Gym, pictures: Pictures) -> None:
    """Adds every handler; the first that wants an update gets it."""
    application.bot_data["gym"] = gym
    application.bot_data["pictures"] = pictures
    application.bot_data["last_shown"] = LastShown()
    application.add_handlers(
        [
            # What comes from a group goes no further.
            *group_handlers(),
            *stranger_handlers(),
            *amending_handlers(),
            *chosen_handlers(),
            # Conversations stand before typed lines, since a step that asks for text takes it first;
            # they leave commands and other features' buttons alone, so these work anywhere.
            unit_conversation(),
            more_conversation(),
            sets_conversation(),
            zone_conversation(),
            reminders_conversation(),
            history_conversation(),
            progress_conversation(),
            records_conversation(),
            admins_conversation(),
            announcing_conversation(),
            curating_conversation(),
            library_conversation(),
            # A whole workout is no exercise's name, so an open picker doesn't take it.
            *paste_handlers(),
            picking_conversation(),
            *creating_handlers(),
            *home_handlers(),
            *help_handlers(),
            *workout_handlers(),
            *resting_handlers(),
            *timing_handlers(),
            *summary_handlers(),
            *waiting_handlers(),
            *idle_handlers(),
            *undo_handlers(),
            *settings_handlers(),
            *reminder_handlers(),
            *export_handlers(),
            *leaving_handlers(),
            # /seed in reply to a document goes before /seed.
            *seeding_handlers(),
            *library_handlers(),
            *stats_handlers(),
            *delivering_handlers(),
            *proposal_handlers(),
            *annotating_handlers(),
            *notebook_handlers(),
            owed_handler(),
            # Hints take whatever is left.
            *hint_handlers(),
        ]
    )
    application.add_error_handler(answer_error)


async def handle(application: SpotterApplication, update: object) -> None:
    """Handles the update at hand. What can't be handled is left in its `failure`."""
    if isinstance(update, Update):
        hand = at_hand.required()
        hand.messages += _is_private(update.message)
        hand.is_written = _is_private(update.message) or _is_private(update.edited_message)
    async with answered_in_time(update):
        await application.process_update(update)


def _is_private(message: Message | None) -> bool:
    return message is not None and message.chat.type == ChatType.PRIVATE


async def show_card_left(application: SpotterApplication) -> None:
    """Shows the card that the handling of the update at hand has left. What fails is left in its `failure`."""
    hand = at_hand.required()
    assert hand.painting is not None
    try:
        await hand.painting()
    except Forbidden:
        await application.bot_data["gym"].lifters.mark_unreachable(hand.user_id)
    except Exception as error:  # noqa: BLE001 -- whatever it is, it is judged as if the handler had failed
        hand.failure = error
