"""Answering what has had its effect, but whose answer was lost when the process died."""

from __future__ import annotations

from typing import Any

from telegram.ext import TypeHandler

from handlers.announcing.flow import pass_on
from handlers.context import SpotterContext
from handlers.conversation import is_owed_farewell, owed_delivery, owed_look, owed_summary
from handlers.home.showing import show_home
from handlers.idle.flow import tell
from handlers.incoming import AnswerOwed
from handlers.leaving.showing import go_on_leaving
from handlers.seeding.flow import show_owed_document
from handlers.summary.showing import show_finished


async def answer_owed(update: AnswerOwed, context: SpotterContext) -> None:
    """Shows what was promised, else where the lifter stands."""
    workout_id, watch_id = owed_summary(update.answer), owed_look(update.answer)
    delivery_id = owed_delivery(update.answer)
    if is_owed_farewell(update.answer):
        await go_on_leaving(context)
    elif delivery_id is not None:
        await pass_on(context, delivery_id, await context.gym.announcements.delivered(update.lifter_id, delivery_id))
    elif watch_id is not None:
        await tell(context, await context.gym.idle.looked(update.lifter_id, watch_id))
    elif await show_owed_document(update.answer, context):
        return
    elif workout_id is None:
        outdated = await context.gym.rests.outdated(update.lifter_id)
        await show_home(None, context, await context.gym.lifters.home(update.lifter_id), outdated=outdated)
    else:
        result = await context.gym.workouts.finished(update.lifter_id, workout_id)
        await show_finished(context, workout_id, result)


def owed_handler() -> TypeHandler[AnswerOwed, SpotterContext, Any]:
    """Takes what the dispatcher finds applied but unanswered."""
    return TypeHandler(AnswerOwed, answer_owed)
