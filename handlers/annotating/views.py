"""What is said about remarks."""

from __future__ import annotations

from telegram import InlineKeyboardButton

from handlers.amounts import set_line
from handlers.annotating.buttons import Rate
from handlers.history.buttons import AskReopen, OpenEntry
from handlers.screen import Screen, button, shortened
from handlers.summary.buttons import Reopen
from handlers.words import Html, label, lines, say
from training.annotating import Annotated, OfFinished

_LONGEST_SET = 300
_ASKED = range(6, 11)


def annotated(result: Annotated) -> Html:
    """A line for the card: the set as it is now."""
    said = shortened(set_line(result.entry, result.measure), _LONGEST_SET)
    return say("✎ {name}: {set}", name=result.name, set=said)


def rpe_buttons(set_id: int, revision: int) -> list[InlineKeyboardButton]:
    """One row that asks for the RPE of the set just logged."""
    labels = [label("RPE {rpe}", rpe=rpe) if rpe == _ASKED[0] else str(rpe) for rpe in _ASKED]
    return [button(text, Rate(set_id, revision, rpe)) for text, rpe in zip(labels, _ASKED, strict=True)]


def frozen(about: OfFinished) -> Screen:
    """The set is in a finished workout."""
    text = lines(
        say("That workout is finished, so its sets stay as they are."),
        say("Reopen it and reply once more. A note on the whole of it you can write in the history."),
    )
    asks = AskReopen(about.workout_id) if about.another_open else Reopen(about.workout_id, about.revision)
    reopen, see = button(label("↶ Reopen it"), asks), button(label("📖 See it"), OpenEntry(about.workout_id))
    return Screen(text, [[reopen, see]])
