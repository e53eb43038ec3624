"""What is said about what was taken back."""

from __future__ import annotations

from telegram import InlineKeyboardButton

from handlers.home.views import start_button
from handlers.screen import Screen
from handlers.words import Html, label, lines, say
from storage.values.change import ChangeKind


def taken_back(kind: ChangeKind) -> Html:
    """A line that names what is undone now."""
    return say("↶ Taken back: {what}.", what=label(_WORDS[kind]))


def taken_back_and_nothing_open(kind: ChangeKind, further: InlineKeyboardButton | None) -> Screen:
    """The same as a message of its own, where no workout is open afterwards, with the way further back if there is."""
    text = lines(taken_back(kind), say("No workout is open."))
    return Screen(text, [*([[further]] if further is not None else []), [start_button()]])


def nothing_to_take_back() -> str:
    """There is no change any more that could be taken back."""
    return label("There is nothing to take back.")


def another_open() -> str:
    """What would come back is an open workout, and there is one already."""
    return label("Finish the open workout first: then the other one can come back.")


_WORDS = {
    ChangeKind.STARTED: "the start of the workout",
    ChangeKind.LOGGED: "what you logged last",
    ChangeKind.SET_CHANGED: "the change of a set",
    ChangeKind.SET_REMOVED: "the removal of a set",
    ChangeKind.SET_MOVED: "the new order of the sets",
    ChangeKind.SETS_REPLACED: "the replaced sets",
    ChangeKind.EXERCISE_ADDED: "the added exercise",
    ChangeKind.EXERCISE_CHANGED: "the change of an exercise",
    ChangeKind.EXERCISE_REMOVED: "the removal of an exercise",
    ChangeKind.EXERCISE_MOVED: "the new order of the exercises",
    ChangeKind.EXERCISES_REPLACED: "the replaced exercises",
    ChangeKind.DESCRIBED: "the new name, note or times",
    ChangeKind.FINISHED: "the finish",
    ChangeKind.REOPENED: "the reopening",
    ChangeKind.DELETED: "the deletion of a workout",
    ChangeKind.ENTERED: "the past workout",
    ChangeKind.LIBRARY: "the change in the library",
    ChangeKind.IMPORTED: "the import",
}
