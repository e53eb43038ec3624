"""Callbacks of timers."""

from __future__ import annotations

from dataclasses import replace

from telegram import Update
from telegram.ext import TypeHandler

from handlers.context import Handler, SpotterContext
from handlers.conversation import END, asks_at_card, leads_to
from handlers.guidance.views import no_open_workout
from handlers.incoming import TimerBeat
from handlers.pressing import OnPress, answer_press
from handlers.showing import drop_buttons, pressed_message_id, send, show_anew, show_in, take_away
from handlers.timing import views
from handlers.timing.buttons import BeginTimer, CountDownSet, LogTimed, StopTimer, TimeAgain
from handlers.typed import after_command, on_command
from handlers.workout.showing import show_refusal, show_workout_card, show_written
from storage import at_hand
from storage.values.chat import RestMessageRemoved, TimerMessageRemoved, TimerMessageShown
from training.errors import InvalidValueError, NoOpenWorkoutError, NotFoundError, StaleButtonError
from training.timer_plan import Stage, TimerPlan
from training.timer_text import is_off, read_timer
from training.timers import Begun, Leaving, Timing

_OVER = (Stage.DONE, Stage.STOPPED)


async def type_timer(update: Update, context: SpotterContext) -> None:
    """Starts the timer that was typed, or stops the one that runs; alone, it shows what there is."""
    text, lifter_id = after_command(update).strip(), at_hand.required().user_id
    if not text:
        now = await context.gym.timers.current(lifter_id)
        await send(context, views.timer_help(None if now is None or now.stage in _OVER else now))
        return
    if is_off(text):
        try:
            await _show(context, await context.gym.timers.stop(lifter_id))
        except NotFoundError:
            await show_refusal(context, views.none_runs())
        return
    plan = read_timer(text)
    if plan is None:
        await show_refusal(context, views.unreadable(text))
        return
    try:
        await _show_begun(context, await context.gym.timers.begin(lifter_id, plan), None)
    except InvalidValueError:
        await show_refusal(context, views.out_of_bounds())


async def begin_timer(update: Update, context: SpotterContext, press: BeginTimer) -> None:
    """Starts one of the usual timers, in place of the message that offered it."""
    plan = TimerPlan(press.kind, press.rounds, press.work, press.rest)
    try:
        begun = await context.gym.timers.begin(at_hand.required().user_id, plan)
    except InvalidValueError:  # no release makes such a button
        raise StaleButtonError from None
    await _show_begun(context, begun, pressed_message_id(update))


async def count_down_set(_: Update, context: SpotterContext, press: CountDownSet) -> None:
    """Starts the countdown for the suggested set."""
    begun = await context.gym.timers.begin_set(at_hand.required().user_id, press.workout_id, press.revision)
    await _show_begun(context, begun, None)


async def time_again(update: Update, context: SpotterContext, press: TimeAgain) -> None:
    """Starts a timer that is over anew."""
    try:
        begun = await context.gym.timers.again(at_hand.required().user_id, press.timer_id)
    except StaleButtonError:
        await _leave_as_it_is(update, context)
    else:
        await _show_begun(context, begun, pressed_message_id(update))


async def stop_timer(update: Update, context: SpotterContext, press: StopTimer) -> None:
    """Stops the timer, and offers what was held of the set."""
    try:
        stopped = await context.gym.timers.stop(at_hand.required().user_id, press.timer_id)
    except StaleButtonError:
        await _leave_as_it_is(update, context)
    else:
        await _show(context, stopped, in_message=pressed_message_id(update))


@leads_to(END)
async def log_timed(update: Update, context: SpotterContext, press: LogTimed) -> None:
    """Logs what was timed, once however often the button is pressed."""
    try:
        done = await context.gym.timers.log(at_hand.required().user_id, press.timer_id)
    except NoOpenWorkoutError:  # and the message, which may be about to leave, isn't to become another screen
        hand = at_hand.required()
        hand.next_step = hand.step
        answer_press(no_open_workout())
        await drop_buttons(update, context)
        return
    await _take_away(context, done.leaving)
    await show_written(context, done.logged)


async def tell_beat(update: TimerBeat, context: SpotterContext) -> None:
    """Says what the timer has to say. The phone buzzes, but at half: that could be taken for the end."""
    said = await context.gym.timers.beat(update.lifter_id, update.timer_id, update.beat)
    if isinstance(said, Leaving):
        await _take_away(context, said)
    elif said is not None:
        await _show(context, said, in_message=said.message_id if said.stage is Stage.HALF else None)


def timing_handlers() -> list[Handler]:
    """/timer works anywhere, and leaves what is open open."""
    return [
        on_command("timer", type_timer),
        OnPress(BeginTimer, begin_timer),
        OnPress(CountDownSet, count_down_set),
        OnPress(TimeAgain, time_again),
        OnPress(StopTimer, stop_timer),
        OnPress(LogTimed, log_timed),
        TypeHandler[TimerBeat, SpotterContext, None](TimerBeat, tell_beat),
    ]


async def _show_begun(context: SpotterContext, begun: Begun, pressed: int | None) -> None:
    """The timer that gets ready; the rest that has ended with it leaves the card."""
    if begun.goes_on:
        answer_press(views.goes_on())
        return
    hand = at_hand.required()
    before = hand.messages
    await _show(context, begun.timing, in_message=pressed)
    if (card := begun.card) is None:
        return
    if asks_at_card(hand.next_step):
        # A question stands in the card's place, and goes on.
        for rest in begun.outdated:
            below = card.place.message_id is not None and rest.message_id > card.place.message_id
            await take_away(context, rest.message_id, below_card=below)
            hand.shown.append(RestMessageRemoved(rest.timer_id))
    else:
        # The timer stands at the bottom: its message doesn't have the card sent anew below it.
        place = replace(card.place, messages_below=card.place.messages_below - (hand.messages - before))
        await show_workout_card(context, replace(card, place=place), outdated=begun.outdated)


async def _show(context: SpotterContext, timing: Timing, *, in_message: int | None = None) -> None:
    """Shows the timer in this message, or in a new one, which makes the phone buzz. Where it stood before leaves."""
    answer_press()
    screen, before = views.timer(timing), timing.message_id
    if in_message is None:
        shown = await show_anew(context, screen, before, below_card=timing.is_below_card)
    else:
        shown = await show_in(context, screen, in_message)
        if before not in {None, shown, in_message}:
            await take_away(context, before, below_card=timing.is_below_card)
    if shown != before:
        at_hand.required().shown.append(TimerMessageShown(timing.timer_id, shown))


async def _take_away(context: SpotterContext, leaving: Leaving) -> None:
    answer_press()
    if leaving.message_id is not None:
        await take_away(context, leaving.message_id, below_card=leaving.is_below_card)
    at_hand.required().shown.append(TimerMessageRemoved(leaving.timer_id))


async def _leave_as_it_is(update: Update, context: SpotterContext) -> None:
    """Says that the button is an old one, and takes the buttons away, but from the message of the timer that is now."""
    answer_press(views.not_there())
    now = await context.gym.timers.current(at_hand.required().user_id)
    if now is None or now.message_id != pressed_message_id(update):
        await drop_buttons(update, context)
