"""What is said about remarks."""

from __future__ import annotations

from telegram import InlineKeyboardButton

from handlers.amounts import set_line
from handlers.annotating.buttons import Rate
from handlers.home.views import start_button
from handlers.screen import Screen, button, shortened
from handlers.words import Html, label, say
from training.annotating import Annotated

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


def frozen() -> Screen:
    """The set is in a finished workout."""
    return Screen(say("That set belongs to a finished workout, so it stays as it is."), [[start_button()]])
