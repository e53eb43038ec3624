"""Callbacks of the open workout."""

from __future__ import annotations

from telegram import Update

from handlers.context import Handler, SpotterContext
from handlers.conversation import END, leads_to, owes_summary
from handlers.home.buttons import StartAnother, StartWorkout
from handlers.picking.flow import show_picker
from handlers.picking.purpose import ADDING, keep_open, pending
from handlers.pressing import OnPress
from handlers.showing import pressed_message_id, show_card
from handlers.summary.showing import show_finished, shown_again
from handlers.typed import on_command
from handlers.workout import views
from handlers.workout.buttons import AskToFinish, ChangeKind, Finish, GoTo, LogNext, LogSuggested, ShowCard, Turn
from handlers.workout.showing import show_workout_card, show_written
from storage import at_hand
from training.errors import StaleButtonError


@leads_to(END)
async def start_workout(update: Update, context: SpotterContext, _: StartWorkout | None = None) -> None:
    """Starts a workout, in place of the message that offered it; an open one is shown again."""
    await _start(context, instead_of=pressed_message_id(update))


@leads_to(END)
async def start_another(_: Update, context: SpotterContext, __: StartAnother) -> None:
    """Starts a workout below the summary of the last one, which stays."""
    await _start(context, instead_of=None)


async def _start(context: SpotterContext, *, instead_of: int | None) -> None:
    if pending().waiting is not None:
        keep_open(ADDING)  # with the start, so that it goes on waiting
    card = await context.gym.workouts.start(at_hand.required().user_id)
    at_hand.required().next_step = END
    if card.current is None:
        await show_picker(context, card, instead_of=instead_of)
    else:
        await show_workout_card(context, card, instead_of=instead_of)


@leads_to(END)
async def show_workout(_: Update, context: SpotterContext, __: ShowCard) -> None:
    """Shows the card."""
    await show_workout_card(context, await context.gym.workouts.card(at_hand.required().user_id))


@leads_to(END)
async def log_suggested(_: Update, context: SpotterContext, press: LogSuggested) -> None:
    """Logs the suggested set, once however often the button is pressed."""
    lifter_id = at_hand.required().user_id
    await show_written(context, await context.gym.workouts.log_suggested(lifter_id, press.workout_id, press.revision))


@leads_to(END)
async def log_next(_: Update, context: SpotterContext, press: LogNext) -> None:
    """Logs the first set of the next exercise, once however often the button is pressed."""
    log, lifter_id = context.gym.workouts.log_suggested, at_hand.required().user_id
    await show_written(context, await log(lifter_id, press.workout_id, press.revision, press.execution_id))


@leads_to(END)
async def turn(_: Update, context: SpotterContext, press: Turn) -> None:
    """Turns the suggested set up or down."""
    lifter_id = at_hand.required().user_id
    await show_workout_card(
        context, await context.gym.next_set.turn(lifter_id, press.execution_id, press.dial, press.steps)
    )


@leads_to(END)
async def change_kind(_: Update, context: SpotterContext, press: ChangeKind) -> None:
    """Makes the suggested set one of the next kind."""
    await show_workout_card(
        context, await context.gym.next_set.change_kind(at_hand.required().user_id, press.execution_id)
    )


@leads_to(END)
async def go_to(_: Update, context: SpotterContext, press: GoTo) -> None:
    """Goes on with another exercise of the workout."""
    await show_workout_card(context, await context.gym.next_set.go_to(at_hand.required().user_id, press.execution_id))


@leads_to(END)
async def ask_to_finish(_: Update, context: SpotterContext, __: AskToFinish | None = None) -> None:
    """Asks before finishing."""
    card = await context.gym.workouts.card(at_hand.required().user_id)
    await show_card(context, views.finish_question(card), card.workout_id, card.place)


@leads_to(END)
async def finish_workout(update: Update, context: SpotterContext, press: Finish) -> None:
    """Finishes the workout and shows what was done; pressed twice, it says once more that there was nothing."""
    owes_summary(press.workout_id)
    try:
        result = await context.gym.workouts.finish(at_hand.required().user_id, press.workout_id, press.revision)
    except StaleButtonError:
        if not await shown_again(update, context, press.workout_id):
            raise
        return
    await show_finished(context, press.workout_id, result)


def workout_handlers() -> list[Handler]:
    """Buttons and commands of the open workout."""
    return [
        OnPress(StartWorkout, start_workout),
        OnPress(StartAnother, start_another),
        OnPress(ShowCard, show_workout),
        OnPress(LogSuggested, log_suggested),
        OnPress(LogNext, log_next),
        OnPress(Turn, turn),
        OnPress(ChangeKind, change_kind),
        OnPress(GoTo, go_to),
        OnPress(AskToFinish, ask_to_finish),
        OnPress(Finish, finish_workout),
        on_command("finish", ask_to_finish),
    ]
