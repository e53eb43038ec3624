"""/start, /cancel and the question for the unit."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Update
from telegram.ext import CommandHandler, MessageHandler, filters

from handlers.commands import set_admin_menu
from handlers.context import Handler, SpotterContext
from handlers.conversation import END, Step, StoredConversation, leads_to
from handlers.home import views
from handlers.home.buttons import ChooseUnit
from handlers.pressing import OnPress
from handlers.showing import show
from handlers.typed import TYPED_TEXT, typed_text
from handlers.workout.showing import show_workout_card
from storage import at_hand
from storage.values.quantity import WeightUnit
from training.lifters import Home
from training.open_workout import RestMessage


@leads_to(END)
async def come_home(update: Update, context: SpotterContext) -> None:
    """Shows where the lifter stands."""
    home = await context.gym.lifters.home(at_hand.required().user_id)
    await show_home(update, context, home)
    if home.is_admin:
        await set_admin_menu(context)


@leads_to(END)
async def cancel(update: Update, context: SpotterContext) -> None:
    """Leaves whatever step is under way."""
    home = await context.gym.lifters.home(at_hand.required().user_id)
    if home.card is None and home.unit is not None and at_hand.required().step is None:
        await show(update, context, views.nothing_to_cancel())
    else:
        await show_home(update, context, home)


@leads_to(END)
async def choose_unit(update: Update, context: SpotterContext, press: ChooseUnit) -> None:
    """Keeps the unit and goes on to what can be done now."""
    await show_home(update, context, await context.gym.lifters.choose_unit(at_hand.required().user_id, press.unit))


@leads_to(END)
async def type_unit(update: Update, context: SpotterContext) -> None:
    """Takes a typed kg or lb for the button."""
    pounds = typed_text(update).strip().lower().startswith(("lb", "pound"))
    unit = WeightUnit.LB if pounds else WeightUnit.KG
    await show_home(update, context, await context.gym.lifters.choose_unit(at_hand.required().user_id, unit))


async def show_home(
    update: Update | None, context: SpotterContext, home: Home, *, outdated: Sequence[RestMessage] = ()
) -> None:
    """The question that is open, the card of the open workout, or the way to start one."""
    if home.unit is None:
        at_hand.required().next_step = Step.CHOOSING_UNIT
        await show(update, context, views.unit_question(home.name))
    elif home.card is not None:
        await show_workout_card(context, home.card, outdated=outdated)
    else:
        await show(update, context, views.ready(home))


def unit_conversation() -> StoredConversation:
    """Asked once: kg or lb, by button or typed."""
    typed_unit = filters.Regex(r"(?i)^\s*(kgs?|kilos?|kilograms?|lbs?|pounds?)\s*$")
    return StoredConversation(
        entry_points=[OnPress(ChooseUnit, choose_unit)],
        states={Step.CHOOSING_UNIT: [MessageHandler(TYPED_TEXT & typed_unit, type_unit)]},
        fallbacks=[],
    )


def home_handlers() -> list[Handler]:
    """/start comes home; /cancel does too, from anywhere."""
    private = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
    return [
        CommandHandler("start", come_home, filters=private),
        CommandHandler("cancel", cancel, filters=private),
    ]
