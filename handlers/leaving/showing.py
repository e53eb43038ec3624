"""The last word to a lifter who has left, however they come to hear it."""

from __future__ import annotations

from handlers.commands import take_admin_menu
from handlers.context import SpotterContext
from handlers.home.showing import show_home
from handlers.leaving import views
from handlers.showing import show_in
from storage import at_hand


async def say_farewell(context: SpotterContext, message_id: int | None) -> None:
    """Says, in this message if there is one, that everything is gone; then nothing remembers whom it was said to."""
    hand = at_hand.required()
    hand.stranger = True
    await show_in(context, views.farewell(), message_id)
    await take_admin_menu(context, hand.user_id)
    context.last_shown.forget_chat(hand)


async def go_on_leaving(context: SpotterContext) -> None:
    """Ends a deletion that was cut short, and says so."""
    lifter_id = at_hand.required().user_id
    if await context.gym.leaving.go_on(lifter_id):
        await say_farewell(context, None)
    else:
        await show_home(None, context, await context.gym.lifters.home(lifter_id))
