"""Showing what a finished workout comes to."""

from __future__ import annotations

from functools import partial

from telegram import Update

from handlers.charts.showing import send_picture
from handlers.context import SpotterContext
from handlers.screen import Screen
from handlers.showing import show, show_card
from handlers.summary import growth, views
from handlers.undo.showing import latest_change, undo_button, went_with
from storage import at_hand
from storage.values.change import ChangeKind
from training.records import RecordKind
from training.summary import Performed, Summary
from training.workouts import Finished


async def show_finished(
    context: SpotterContext, workout_id: int, result: Finished, *, with_picture: bool = True
) -> None:
    """The summary, or that there was nothing to keep, in the card's place. A picture may follow it."""
    done = result.summary
    screen = await _nothing_kept(context) if done is None else views.summary(done)
    await show_card(context, screen, workout_id, result.place, outdated=result.outdated)
    if done is not None and done.grown is not None and with_picture:
        at_hand.required().afterwards = partial(_send_growth, context, done, *done.grown)


async def shown_again(update: Update, context: SpotterContext, workout_id: int) -> bool:
    """Whether this workout was finished just now without anything to keep: then the message says so once more."""
    change = await went_with(context, ChangeKind.FINISHED, workout_id)
    if change is not None:
        await show(update, context, views.nothing_kept(undo_button(change)))
    return change is not None


async def _send_growth(context: SpotterContext, done: Summary, exercise: Performed, kind: RecordKind) -> None:
    """Nobody waits for it, so that there is none where it can't be drawn now: the summary says what matters."""
    grown = await context.gym.record_book.growth(
        at_hand.required().user_id, exercise.exercise_id, kind, workout_id=done.workout_id, revision=done.revision
    )
    if grown is not None:
        await send_picture(context, growth.chart(grown), growth.caption(grown))


async def _nothing_kept(context: SpotterContext) -> Screen:
    change = await latest_change(context)
    undo = undo_button(change) if change is not None and change.kind is ChangeKind.FINISHED else None
    return views.nothing_kept(undo)
