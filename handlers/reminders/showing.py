"""What a lifter is reminded of, where they stand."""

from __future__ import annotations

from telegram import Update

from handlers.context import SpotterContext
from handlers.conversation import Step, details_of, step_with
from handlers.reminders import views
from handlers.screen import Screen
from handlers.settings.showing import show_setting
from handlers.settings.views import zone_times
from storage import at_hand
from training.errors import UnitNotChosenError
from training.reminders import Plan

_THEN_REMINDERS = "reminders"


async def show_reminders(update: Update, context: SpotterContext, plan: Plan | None = None) -> None:
    """All of it; who hasn't said yet where they are is asked that first.

    Raises UnitNotChosenError, which is asked even before.
    """
    hand = at_hand.required()
    plan = plan or await context.gym.reminders.plan(hand.user_id)
    home = await context.gym.lifters.home(hand.user_id)
    if home.unit is None:
        raise UnitNotChosenError
    if plan.zone_known:
        screen = views.reminders(plan, in_workout=home.card is not None)
    else:
        hand.next_step = step_with(Step.CHOOSING_ZONE, _THEN_REMINDERS)
        screen = zone_times(context.gym.zones.times())
    await show_setting(update, context, home.card, screen)


async def show_part(update: Update, context: SpotterContext, screen: Screen) -> None:
    """One screen of them."""
    home = await context.gym.lifters.home(at_hand.required().user_id)
    await show_setting(update, context, home.card, screen)


def leads_to_reminders(step: str | None) -> bool:
    """Whether the time zone was asked for on the way to the reminders."""
    return details_of(step) == _THEN_REMINDERS
