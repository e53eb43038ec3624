"""Callbacks of the library."""

from __future__ import annotations

from telegram import Message, Update
from telegram.ext import MessageHandler, filters

from handlers.context import Handler, SpotterContext
from handlers.conversation import END, Step, leads_to
from handlers.exercises import views
from handlers.exercises.buttons import (
    BackToList,
    ChooseFilter,
    LeaveLibrary,
    ListExercises,
    OpenExercise,
    OpenLibrary,
)
from handlers.exercises.place import Place, stand, standing
from handlers.exercises.showing import finds_back, list_left, show_exercise, show_here, show_library, show_list
from handlers.home.showing import go_home
from handlers.notebook.flow import write_line
from handlers.pressing import OnPress
from handlers.screen import Screen
from handlers.typed import PRIVATE_MESSAGE, TYPED_LINE, on_command, typed_text
from handlers.workout.showing import show_question
from storage import at_hand
from training.notation import may_be_sets


async def open_library(update: Update, context: SpotterContext, _: OpenLibrary | None = None) -> None:
    """Shows where browsing begins."""
    await show_library(update, context)


@leads_to(END)
async def leave_library(update: Update, context: SpotterContext, _: LeaveLibrary) -> None:
    """Goes back to where the lifter stands."""
    await go_home(update, context)


async def list_exercises(update: Update, context: SpotterContext, press: ListExercises) -> None:
    """Shows a page of a list."""
    await show_list(update, context, press.place)


async def choose_filter(update: Update, context: SpotterContext, press: ChooseFilter) -> None:
    """Shows what the list can be narrowed to."""
    stand(Step.BROWSING_LIBRARY, press.place)
    await show_here(update, context, views.filter_choice(press.by, press.place))


@finds_back
async def open_exercise(update: Update, context: SpotterContext, press: OpenExercise) -> None:
    """Shows the exercise."""
    await show_exercise(update, context, press.exercise_id)


async def back_to_list(update: Update, context: SpotterContext, _: BackToList) -> None:
    """Shows the list that the exercise was opened from."""
    place = list_left()
    if place is None:
        await show_library(update, context)
    else:
        await show_list(update, context, place)


async def type_search(update: Update, context: SpotterContext) -> None:
    """Takes what was typed for a name to look for; sets are logged all the same: the library was left open."""
    text = typed_text(update)
    found = await context.gym.library.find(at_hand.required().user_id, text)
    if found.exact is not None:
        await show_exercise(update, context, found.exact.id)
    elif may_be_sets(text):
        await write_line(update, context)
    else:
        await show_list(update, context, standing().place.looking_for(text))


class _ViaThisBot(filters.MessageFilter):
    """What somebody has found behind this bot's name, and sent to the bot itself."""

    def filter(self, message: Message) -> bool:
        """Whether it was found so."""
        return message.via_bot is not None and message.via_bot.id == message.get_bot().id


async def show_chosen(update: Update, context: SpotterContext) -> None:
    """Shows the exercise that was found behind the bot's name: its name stands in the first line."""
    name = typed_text(update).partition("\n")[0]
    found = await context.gym.library.find(at_hand.required().user_id, name)
    if found.exact is not None:
        stand(Step.BROWSING_LIBRARY, Place(), found.exact.id)
        await show_exercise(update, context, found.exact.id)
    elif found.choices:
        await show_list(update, context, Place().looking_for(name))
    else:
        await show_question(context, Screen(views.chosen_elsewhere_unknown()))


def chosen_handlers() -> list[Handler]:
    """They stand before whatever reads text, which this is not."""
    return [MessageHandler(_ViaThisBot() & PRIVATE_MESSAGE, show_chosen)]


def browsing_entries() -> list[Handler]:
    """What leads into the library, from anywhere."""
    return [
        on_command("exercises", open_library),
        OnPress(OpenLibrary, open_library),
        OnPress(LeaveLibrary, leave_library),
        OnPress(ListExercises, list_exercises),
        OnPress(ChooseFilter, choose_filter),
        OnPress(OpenExercise, open_exercise),
        OnPress(BackToList, back_to_list),
    ]


def browsing_states() -> dict[object, list[Handler]]:
    """What is typed while the library is open."""
    return {Step.BROWSING_LIBRARY: [MessageHandler(TYPED_LINE, type_search)]}
