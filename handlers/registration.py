"""Every handler, in the order in which an update is offered to them."""

from __future__ import annotations

from telegram import Update
from telegram.constants import ChatType
from telegram.error import Forbidden

from handlers.amending.flow import amending_handlers
from handlers.annotating.flow import annotating_handlers
from handlers.context import SpotterApplication
from handlers.creating.flow import creating_handlers
from handlers.errors import answer_error
from handlers.groups.flow import group_handlers
from handlers.guidance.flow import help_handlers, hint_handlers
from handlers.home.flow import home_handlers, unit_conversation
from handlers.idle.flow import idle_handlers
from handlers.library.flow import library_handlers
from handlers.more.flow import more_conversation
from handlers.notebook.flow import notebook_handlers
from handlers.owed import owed_handler
from handlers.paste.flow import paste_handlers
from handlers.picking.flow import picking_conversation
from handlers.pressing import answered_in_time
from handlers.resting.flow import resting_handlers
from handlers.seeding.flow import seeding_handlers
from handlers.sets.flow import sets_conversation
from handlers.settings.flow import settings_handlers, zone_conversation
from handlers.summary.flow import summary_handlers
from handlers.undo.flow import undo_handlers
from handlers.workout.flow import workout_handlers
from storage import at_hand
from training.gym import Gym


def register(application: SpotterApplication, gym: Gym) -> None:
    """Adds every handler; the first that wants an update gets it."""
    application.bot_data["gym"] = gym
    application.add_handlers(
        [
            # What comes from a group goes no further.
            *group_handlers(),
            *amending_handlers(),
            # Conversations stand before typed lines, since a step that asks for text takes it first;
            # they leave commands and other features' buttons alone, so these work anywhere.
            unit_conversation(),
            more_conversation(),
            sets_conversation(),
            zone_conversation(),
            # A whole workout is no exercise's name, so an open picker doesn't take it.
            *paste_handlers(),
            picking_conversation(),
            *creating_handlers(),
            *home_handlers(),
            *help_handlers(),
            *workout_handlers(),
            *resting_handlers(),
            *summary_handlers(),
            *idle_handlers(),
            *undo_handlers(),
            *settings_handlers(),
            # /seed in reply to a document goes before /seed.
            *seeding_handlers(),
            *library_handlers(),
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
    if isinstance(update, Update) and update.message is not None and update.message.chat.type == ChatType.PRIVATE:
        at_hand.required().messages += 1
    async with answered_in_time(update):
        await application.process_update(update)


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
