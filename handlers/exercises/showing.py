"""Showing the library: whatever changes something about an exercise ends here."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from contextlib import suppress
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from telegram import Update

from handlers.context import SpotterContext
from handlers.conversation import Step
from handlers.exercises import views
from handlers.exercises.place import Place, stand, standing, stay
from handlers.guidance.views import gone, outdated_button
from handlers.pressing import answer_press
from handlers.screen import Screen
from handlers.showing import pressed_message_id, show
from handlers.words import Html
from handlers.workout.showing import show_question
from storage import at_hand
from training.errors import NotFoundError, StaleButtonError, UnitNotChosenError
from training.library import SearchPage
from training.naming import nameable

_P = ParamSpec("_P")
_Callback = Callable[Concatenate[Update, SpotterContext, _P], Coroutine[Any, Any, None]]


def finds_back(callback: _Callback[_P]) -> _Callback[_P]:
    """What is gone or has changed leads back to what the lifter was looking at, or to where browsing begins."""

    @wraps(callback)
    async def finding(update: Update, context: SpotterContext, /, *args: _P.args, **kwargs: _P.kwargs) -> None:
        try:
            await callback(update, context, *args, **kwargs)
        except (NotFoundError, StaleButtonError) as error:
            answer_press(gone() if isinstance(error, NotFoundError) else outdated_button())
            await _show_standing(update, context)

    return finding


async def show_here(update: Update, context: SpotterContext, screen: Screen) -> None:
    """Shows the screen where the button was pressed; typed text is answered at the card's place if there is one."""
    if pressed_message_id(update) is None:
        await show_question(context, screen)
    else:
        await show(update, context, screen)


async def show_library(update: Update, context: SpotterContext) -> None:
    """Where browsing begins."""
    lifter_id = at_hand.required().user_id
    home = await context.gym.lifters.home(lifter_id)
    if home.unit is None:
        raise UnitNotChosenError
    stand(Step.BROWSING_LIBRARY, Place())
    shelves = await context.gym.browsing.shelves(lifter_id)
    await show_here(update, context, views.library(shelves, in_workout=home.card is not None))


async def show_exercise(update: Update, context: SpotterContext, exercise_id: int, notice: Html | None = None) -> None:
    """All about the exercise; the list that it was opened from stays the way back."""
    lifter_id = at_hand.required().user_id
    look = await context.gym.browsing.look(lifter_id, exercise_id)
    in_workout = (await context.gym.lifters.home(lifter_id)).card is not None
    stay(exercise_id)
    await show_here(update, context, views.exercise(look, notice, in_workout=in_workout))


async def show_list(update: Update, context: SpotterContext, place: Place) -> None:
    """A page of a list; if nothing is there, what there is elsewhere."""
    lifter_id = at_hand.required().user_id
    found = await context.gym.library.search(lifter_id, place.text, place.filters, place.page)
    if place.text and not found.total:
        await _show_nothing(update, context, place)
    else:
        name = "" if found.is_named else nameable(place.text)
        stand(Step.BROWSING_LIBRARY, place, name=name)
        await show_here(update, context, views.page(found, place, name))


async def _show_standing(update: Update, context: SpotterContext) -> None:
    exercise_id = standing().exercise_id
    if exercise_id:
        with suppress(NotFoundError):
            await show_exercise(update, context, exercise_id)
            return
    await show_library(update, context)


async def _show_nothing(update: Update, context: SpotterContext, place: Place) -> None:
    lifter_id, gym = at_hand.required().user_id, context.gym
    everywhere: SearchPage | None = await gym.library.search(lifter_id, place.text) if place.is_narrow else None
    elsewhere = everywhere.choices if everywhere is not None else ()
    choices = elsewhere or await gym.library.nearest(lifter_id, place.text)
    name = nameable(place.text)
    stand(Step.BROWSING_LIBRARY, place, name=name)
    await show_here(update, context, views.nothing_found(place, choices, name))


def list_left() -> Place | None:
    """The list that the exercise was opened from; None if browsing began with the exercise."""
    place = standing().place
    return None if place == Place() else place
