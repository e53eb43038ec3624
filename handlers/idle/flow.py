"""Callbacks of workouts that were left idle."""

from __future__ import annotations

from telegram import Update
from telegram.ext import TypeHandler

from handlers.context import Handler, SpotterContext
from handlers.conversation import END, leads_to, owes_look
from handlers.idle import views
from handlers.idle.buttons import StillTraining
from handlers.incoming import WatchDue
from handlers.pressing import OnPress
from handlers.showing import far_up, show_card
from handlers.workout.showing import show_workout_card
from storage import at_hand
from training.idle import ClosedIdle, Idle


async def look(update: WatchDue, context: SpotterContext) -> None:
    """Asks about the workout, or closes it and says so, if nothing was done in it."""
    owes_look(update.watch_id)
    await tell(context, await context.gym.idle.look(update.lifter_id, update.watch_id))


async def tell(context: SpotterContext, found: Idle | None) -> None:
    """Says what was found, unless the lifter has blocked the bot. It stands where the card stood."""
    hand = at_hand.required()
    if found is None:
        return
    hand.next_step = END  # what was being asked stood where this stands now
    if (await context.gym.lifters.get(hand.user_id)).unreachable_since is not None:
        return
    if isinstance(found, ClosedIdle):
        finished = found.finished
        kept = None if finished.summary is None else found.workout_id
        await show_card(context, views.closed(found), kept, far_up(finished.place), outdated=finished.outdated)
    else:
        card = found.card
        await show_card(context, views.still_training(found), card.workout_id, far_up(card.place))


@leads_to(END)
async def still_at_it(_: Update, context: SpotterContext, press: StillTraining) -> None:
    """The workout goes on: the card takes the place of the question."""
    await show_workout_card(context, await context.gym.idle.stay(at_hand.required().user_id, press.workout_id))


def idle_handlers() -> list[Handler]:
    """What the watches find, and the button under the question."""
    return [
        OnPress(StillTraining, still_at_it),
        TypeHandler[WatchDue, SpotterContext, None](WatchDue, look),
    ]
