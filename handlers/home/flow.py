"""/start, /workout, /cancel, the question for the unit, and what can be started again."""

from __future__ import annotations

from telegram import Update
from telegram.ext import MessageHandler, filters

from handlers.commands import give_admin_menu
from handlers.context import Handler, SpotterContext
from handlers.conversation import END, Step, StoredConversation, leads_to
from handlers.guidance.views import gone
from handlers.home import views
from handlers.home.buttons import ChooseUnit, OfferAgain, Repeat, ShowEarlier, ShowStart
from handlers.home.showing import ask_for_unit, show_home
from handlers.picking.flow import show_picker
from handlers.picking.purpose import ADDING, keep_open, pending, unit_asked_in, waiting_for_unit
from handlers.pressing import OnPress, answer_press
from handlers.showing import drop_buttons_of, pressed_message_id, show
from handlers.typed import TYPED_TEXT, on_command, typed_text
from handlers.waiting.flow import offer_places
from handlers.workout.flow import start_workout
from handlers.workout.showing import show_workout_card
from storage import at_hand
from storage.values.quantity import WeightUnit
from training.errors import AnotherOpenError, NotFoundError


@leads_to(END)
async def come_home(update: Update, context: SpotterContext) -> None:
    """Shows where the lifter stands."""
    home = await context.gym.lifters.home(at_hand.required().user_id)
    await show_home(update, context, home)
    if home.is_admin:
        await give_admin_menu(context, at_hand.required().user_id)


@leads_to(END)
async def cancel(update: Update, context: SpotterContext) -> None:
    """Leaves whatever step is under way."""
    home = await context.gym.lifters.home(at_hand.required().user_id)
    if home.card is None and home.unit is not None and at_hand.required().step is None:
        await show(update, context, views.nothing_to_cancel())
    elif home.unit is None:
        await ask_for_unit(update, context, home)  # what waited for it is given up
    else:
        await show_home(update, context, home)


@leads_to(END)
async def choose_unit(update: Update, context: SpotterContext, press: ChooseUnit) -> None:
    """Keeps the unit and goes on to what can be done now."""
    await _take_unit(update, context, press.unit)


@leads_to(END)
async def type_unit(update: Update, context: SpotterContext) -> None:
    """Takes a typed kg or lb for the button."""
    pounds = typed_text(update).strip().lower().startswith(("lb", "pound"))
    await _take_unit(update, context, WeightUnit.LB if pounds else WeightUnit.KG)


async def _take_unit(update: Update, context: SpotterContext, unit: WeightUnit) -> None:
    waiting, asked_in = waiting_for_unit(), unit_asked_in()
    if waiting is not None:
        keep_open(ADDING, waiting=waiting)  # with the unit, so that it goes on waiting
    home = await context.gym.lifters.choose_unit(at_hand.required().user_id, unit)
    if waiting is not None and home.card is None:
        await offer_places(update, context, waiting)
    else:
        at_hand.required().next_step = END
        await show_home(update, context, home)
    if asked_in not in {None, pressed_message_id(update)}:
        await drop_buttons_of(context, asked_in)


@leads_to(END)
async def open_workout(update: Update, context: SpotterContext) -> None:
    """Shows the open workout, or what can be started; without anything to start again it starts at once."""
    lifter_id, waiting = at_hand.required().user_id, pending().waiting
    home = await context.gym.lifters.home(lifter_id)
    if home.card is None and home.unit is not None:
        if waiting is not None:
            await offer_places(update, context, waiting)
            return
        start = await context.gym.starting.offers(lifter_id)
        if start.last is not None:
            await show(update, context, views.ready(start))
            return
    await start_workout(update, context)


@leads_to(END)
async def show_start(update: Update, context: SpotterContext, _: ShowStart) -> None:
    """Back to where the lifter stands."""
    await show_home(update, context, await context.gym.lifters.home(at_hand.required().user_id))


@leads_to(END)
async def offer_again(_: Update, context: SpotterContext, __: OfferAgain) -> None:
    """Shows where the lifter stands, below the message whose button was pressed."""
    await show_home(None, context, await context.gym.lifters.home(at_hand.required().user_id))


@leads_to(END)
async def show_earlier(update: Update, context: SpotterContext, press: ShowEarlier) -> None:
    """Shows a page of the workouts that can be started again."""
    page = await context.gym.starting.earlier(at_hand.required().user_id, press.page)
    await show(update, context, views.earlier_workouts(page))


@leads_to(END)
async def repeat(update: Update, context: SpotterContext, press: Repeat) -> None:
    """Starts a workout from an earlier one; an open one is shown instead."""
    lifter_id = at_hand.required().user_id
    try:
        repeated = await context.gym.history.start_from(lifter_id, press.workout_id)
    except AnotherOpenError:
        answer_press(views.open_already())
        await show_home(update, context, await context.gym.lifters.home(lifter_id))
        return
    except NotFoundError:
        answer_press(gone())
        await show_home(update, context, await context.gym.lifters.home(lifter_id))
        return
    card, pressed = await context.gym.workouts.card(lifter_id), pressed_message_id(update)
    if card.current is None:
        await show_picker(context, card, instead_of=pressed)
    else:
        await show_workout_card(context, card, notice=views.left_out(repeated.skipped), instead_of=pressed)


def unit_conversation() -> StoredConversation:
    """Asked once: kg or lb, by button or typed."""
    typed_unit = filters.Regex(r"(?i)^\s*(kgs?|kilos?|kilograms?|lbs?|pounds?)\s*$")
    return StoredConversation(
        entry_points=[OnPress(ChooseUnit, choose_unit)],
        states={Step.CHOOSING_UNIT: [MessageHandler(TYPED_TEXT & typed_unit, type_unit)]},
        fallbacks=[],
    )


def home_handlers() -> list[Handler]:
    """/start comes home, /workout too, or starts; /cancel does from anywhere."""
    return [
        OnPress(OfferAgain, offer_again),
        OnPress(Repeat, repeat),
        OnPress(ShowEarlier, show_earlier),
        OnPress(ShowStart, show_start),
        on_command("start", come_home),
        on_command("workout", open_workout),
        on_command("cancel", cancel),
    ]
