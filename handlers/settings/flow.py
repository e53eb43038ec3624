"""Callbacks of the settings."""

from __future__ import annotations

from telegram import Update
from telegram.ext import MessageHandler

from handlers.context import Handler, SpotterContext
from handlers.conversation import END, Step, StoredConversation, leads_to
from handlers.home.showing import go_home
from handlers.notebook.flow import write_line
from handlers.pressing import OnPress
from handlers.reminders.showing import leads_to_reminders, show_reminders
from handlers.screen import Screen
from handlers.settings import views
from handlers.settings.buttons import (
    Flip,
    LeaveSettings,
    OpenRests,
    OpenSettings,
    OpenSteps,
    OpenZones,
    OpenZonesAt,
    RestAfter,
    Switch,
    TakeRest,
    TakeStep,
    TakeUnit,
    TakeZone,
)
from handlers.settings.showing import show_setting
from handlers.typed import TYPED_TEXT, on_command, typed_text
from storage import at_hand
from storage.values.quantity import Weight
from training.errors import InvalidValueError, StaleButtonError, UnitNotChosenError
from training.notation import may_be_sets


@leads_to(END)
async def open_settings(update: Update, context: SpotterContext, _: OpenSettings | None = None) -> None:
    """Shows all settings."""
    await _show_settings(update, context)


@leads_to(END)
async def take_unit(update: Update, context: SpotterContext, press: TakeUnit) -> None:
    """Changes the unit."""
    await context.gym.lifters.change_settings(at_hand.required().user_id, unit=press.unit)
    await _show_settings(update, context)


@leads_to(END)
async def open_steps(update: Update, context: SpotterContext, press: OpenSteps) -> None:
    """Shows weight steps."""
    overview = await _overview(context)
    current = overview.current
    if press.exercise_id != views.ALL and (current is None or current.exercise_id != press.exercise_id):
        raise StaleButtonError
    await _show(update, context, overview, views.steps(overview, press.exercise_id))


@leads_to(END)
async def take_step(update: Update, context: SpotterContext, press: TakeStep) -> None:
    """Changes the weight step of one exercise, or of all that have none of their own."""
    lifter_id = at_hand.required().user_id
    step = Weight(press.thousandths, press.unit) if press.thousandths else None
    try:
        if press.exercise_id != views.ALL:
            await context.gym.exercises.prefer(lifter_id, press.exercise_id, weight_step=step)
        elif step is not None:
            await context.gym.lifters.change_settings(lifter_id, weight_step=step)
    except InvalidValueError:  # the unit has changed since
        raise StaleButtonError from None
    await _show_settings(update, context)


@leads_to(END)
async def open_rests(update: Update, context: SpotterContext, press: OpenRests) -> None:
    """Shows rests."""
    overview = await _overview(context)
    await _show(update, context, overview, views.rests(overview, press.after))


@leads_to(END)
async def take_rest(update: Update, context: SpotterContext, press: TakeRest) -> None:
    """Changes a rest."""
    change, lifter_id = context.gym.lifters.change_settings, at_hand.required().user_id
    try:
        if press.after is RestAfter.WARM_UP:
            await change(lifter_id, warm_up_rest=press.seconds)
        elif press.after is RestAfter.BEFORE_DROP:
            await change(lifter_id, drop_rest=press.seconds)
        elif press.seconds < 0:
            await change(lifter_id, rests_alike=False)
        else:
            await change(lifter_id, default_rest=press.seconds, rests_alike=True)
    except InvalidValueError:
        raise StaleButtonError from None
    await _show_settings(update, context)


@leads_to(Step.CHOOSING_ZONE)
async def open_zones(update: Update, context: SpotterContext, _: OpenZones) -> None:
    """Asks what time it is for the lifter."""
    _stay_on_the_way()
    await _show(update, context, await _overview(context), views.zone_times(context.gym.zones.times()))


@leads_to(Step.CHOOSING_ZONE)
async def open_zones_at(update: Update, context: SpotterContext, press: OpenZonesAt) -> None:
    """Shows the zones in which it is that late; a time that has changed meanwhile is asked for again."""
    _stay_on_the_way()
    found = context.gym.zones.at(press.offset)
    screen = views.zones(found) if found else views.zone_times(context.gym.zones.times())
    await _show(update, context, await _overview(context), screen)


@leads_to(END)
async def take_zone(update: Update, context: SpotterContext, press: TakeZone) -> None:
    """Changes the time zone."""
    then_reminders = leads_to_reminders(at_hand.required().step)
    try:
        await context.gym.lifters.change_settings(at_hand.required().user_id, time_zone=press.zone)
    except InvalidValueError:
        raise StaleButtonError from None
    await _show_where_it_led(update, context, then_reminders=then_reminders)


async def type_zone(update: Update, context: SpotterContext) -> None:
    """Takes a city, or the time there; sets are logged all the same: the question was left open."""
    hand, text = at_hand.required(), typed_text(update)
    found = context.gym.zones.find(text)
    if not found and may_be_sets(text):
        await write_line(update, context)
    elif len(found) == 1:
        hand.next_step, then_reminders = END, leads_to_reminders(hand.step)
        await context.gym.lifters.change_settings(hand.user_id, time_zone=found[0])
        await _show_where_it_led(update, context, then_reminders=then_reminders)
    else:
        screen = views.zones(found) if found else views.zone_times(context.gym.zones.times(), unknown=text)
        await _show(update, context, await _overview(context), screen)


@leads_to(END)
async def flip(update: Update, context: SpotterContext, press: Flip) -> None:
    """Turns something on or off."""
    lifter_id, on = at_hand.required().user_id, bool(press.on)
    if press.switch is Switch.RPE:
        await context.gym.lifters.change_settings(lifter_id, asks_rpe=on)
    elif press.switch is Switch.WARNING:
        await context.gym.lifters.change_settings(lifter_id, warns_of_rest=on)
    else:
        await context.gym.lifters.change_settings(lifter_id, cleans_messages=on)
    await _show_settings(update, context)


@leads_to(END)
async def leave_settings(update: Update, context: SpotterContext, _: LeaveSettings) -> None:
    """Goes back to where the lifter stands."""
    await go_home(update, context)


def zone_conversation() -> StoredConversation:
    """A city may be typed while the time zone is asked for; any button or command leaves it."""
    return StoredConversation(
        entry_points=[OnPress(OpenZones, open_zones), OnPress(OpenZonesAt, open_zones_at)],
        states={Step.CHOOSING_ZONE: [MessageHandler(TYPED_TEXT, type_zone)]},
        fallbacks=[],
    )


def settings_handlers() -> list[Handler]:
    """/settings works anywhere."""
    return [
        on_command("settings", open_settings),
        OnPress(OpenSettings, open_settings),
        OnPress(TakeUnit, take_unit),
        OnPress(OpenSteps, open_steps),
        OnPress(TakeStep, take_step),
        OnPress(OpenRests, open_rests),
        OnPress(TakeRest, take_rest),
        OnPress(TakeZone, take_zone),
        OnPress(Flip, flip),
        OnPress(LeaveSettings, leave_settings),
    ]


async def _overview(context: SpotterContext) -> views.Overview:
    """Raises UnitNotChosenError: that is asked first."""
    lifter_id = at_hand.required().user_id
    profile = await context.gym.lifters.get(lifter_id)
    if profile.unit is None:
        raise UnitNotChosenError
    home = await context.gym.lifters.home(lifter_id)
    return views.Overview(profile, home.card, context.gym.zones.local(profile.time_zone))


async def _show_settings(update: Update, context: SpotterContext) -> None:
    overview = await _overview(context)
    await _show(update, context, overview, views.settings(overview))


async def _show(update: Update, context: SpotterContext, overview: views.Overview, screen: Screen) -> None:
    await show_setting(update, context, overview.card, screen)


def _stay_on_the_way() -> None:
    hand = at_hand.required()
    if leads_to_reminders(hand.step):
        hand.next_step = hand.step


async def _show_where_it_led(update: Update, context: SpotterContext, *, then_reminders: bool) -> None:
    """The zone may have been asked for on the way to the reminders."""
    if then_reminders:
        await show_reminders(update, context)
    else:
        await _show_settings(update, context)
