"""Callbacks of rests: /rest, the buttons, and what comes by itself when one ends."""

from __future__ import annotations

from datetime import timedelta

from telegram import Update
from telegram.ext import TypeHandler

from handlers.context import Handler, SpotterContext
from handlers.conversation import END, leads_to
from handlers.incoming import RestEnded, RestEndsSoon
from handlers.picking.flow import show_picker
from handlers.pressing import OnPress, answer_press
from handlers.resting import views
from handlers.resting.buttons import ChangeNext, KeepRest, ProlongRest, ShiftRest, SkipRest, StartRest
from handlers.showing import send, show_rest_message
from handlers.typed import after_command, on_command
from handlers.workout.showing import show_question, show_refusal, show_workout_card
from storage import at_hand
from training.errors import InvalidValueError, NoExerciseError, NoOpenWorkoutError, StaleButtonError
from training.notation import read_time
from training.rest_lengths import MORE, STEP
from training.resting import Rested

_OFF = "off"


@leads_to(END)
async def command_rest(update: Update, context: SpotterContext) -> None:
    """Starts a rest or shows the one that runs, starts one of the length that is given, or ends it."""
    wish = after_command(update).strip().lower()
    try:
        rested = await _wished(context, wish)
    except InvalidValueError:
        await show_refusal(context, views.unreadable_rest())
    except NoOpenWorkoutError:
        await send(context, views.no_workout())
    except NoExerciseError:
        # What was typed is no set that waits for its exercise.
        await show_picker(context, await context.gym.workouts.card(at_hand.required().user_id))
    else:
        await _show(context, rested)


async def _wished(context: SpotterContext, wish: str) -> Rested | None:
    lifter_id = at_hand.required().user_id
    if not wish:
        return await context.gym.resting.start(lifter_id)
    if wish == _OFF:
        return await context.gym.resting.off(lifter_id)
    seconds = read_time(wish)
    if seconds is None:
        raise InvalidValueError("rest")
    return await context.gym.resting.last(lifter_id, timedelta(seconds=seconds))


async def _show(context: SpotterContext, rested: Rested | None) -> None:
    if rested is None:
        await show_question(context, views.nothing_to_end())
    else:
        await show_workout_card(context, rested.card, outdated=rested.outdated)


@leads_to(END)
async def start_rest(_: Update, context: SpotterContext, press: StartRest) -> None:
    """Starts the rest of the current exercise."""
    await _show(context, await context.gym.resting.start(at_hand.required().user_id, press.workout_id))


@leads_to(END)
async def prolong_rest(_: Update, context: SpotterContext, press: ProlongRest) -> None:
    """Gives the rest a little more time, also where it has just run out."""
    await _show(context, await context.gym.resting.shift(at_hand.required().user_id, press.workout_id, MORE))


@leads_to(END)
async def shift_rest(_: Update, context: SpotterContext, press: ShiftRest) -> None:
    """Makes the rest a step longer or shorter."""
    if press.steps not in {-1, 1}:
        raise StaleButtonError
    rested = await context.gym.resting.shift(at_hand.required().user_id, press.workout_id, press.steps * STEP)
    answer_press(views.time_left(rested.left))  # the card counts in whole minutes, which may stay the same
    await _show(context, rested)


@leads_to(END)
async def skip_rest(_: Update, context: SpotterContext, press: SkipRest) -> None:
    """Goes on without the rest of the rest."""
    await _show(context, await context.gym.resting.skip(at_hand.required().user_id, press.workout_id))


@leads_to(END)
async def change_next(_: Update, context: SpotterContext, press: ChangeNext) -> None:
    """Takes what says that the rest is over from under the card, which has the dials."""
    await _show(context, await context.gym.resting.put_away(at_hand.required().user_id, press.workout_id))


@leads_to(END)
async def keep_rest(_: Update, context: SpotterContext, press: KeepRest) -> None:
    """Takes the length that was offered for good."""
    lifter_id = at_hand.required().user_id
    rest = await context.gym.resting.keep(lifter_id, press.workout_id, press.exercise_id, press.seconds)
    await show_workout_card(context, rest.card, notice=views.kept(rest))


async def tell_rest_is_over(update: RestEnded, context: SpotterContext) -> None:
    """Sends the message that makes the phone buzz."""
    over = await context.gym.rests.over(update.lifter_id, update.timer_id)
    if over is not None:
        await show_rest_message(context, views.rest_over(over), over.timer_id, over.card.place, over.warning)


async def tell_rest_ends_soon(update: RestEndsSoon, context: SpotterContext) -> None:
    """Says, to who wants that, that it will soon be time; the end takes the place of it."""
    ending = await context.gym.rests.ending(update.lifter_id, update.timer_id)
    if ending is not None:
        await show_rest_message(context, views.rest_ending(ending), ending.timer_id)


def resting_handlers() -> list[Handler]:
    """/rest works anywhere."""
    return [
        on_command("rest", command_rest),
        OnPress(StartRest, start_rest),
        OnPress(ProlongRest, prolong_rest),
        OnPress(ShiftRest, shift_rest),
        OnPress(SkipRest, skip_rest),
        OnPress(ChangeNext, change_next),
        OnPress(KeepRest, keep_rest),
        TypeHandler[RestEnded, SpotterContext, None](RestEnded, tell_rest_is_over),
        TypeHandler[RestEndsSoon, SpotterContext, None](RestEndsSoon, tell_rest_ends_soon),
    ]
