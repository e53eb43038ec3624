"""What the start screen says."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import InlineKeyboardButton
from telegram.constants import KeyboardButtonStyle

from handlers.amounts import sets_and_volume
from handlers.history.buttons import ListHistory
from handlers.home.buttons import ChooseUnit, OfferAgain, Repeat, ShowEarlier, ShowStart, StartAnother, StartWorkout
from handlers.paging import page_turning_while_more
from handlers.picking.buttons import PickExercise
from handlers.picking.views import in_short
from handlers.progress.buttons import ShowProgress
from handlers.screen import Screen, button, in_rows, shortened
from handlers.words import Html, label, lines, say
from storage.values.quantity import WeightUnit
from training.starting import Earlier, EarlierPage, Last, Start
from training.typed_line import Waiting

_LONGEST_NAME = 64
_LONGEST_TITLE = 100
_LONGEST_NAMES = 300
_LONGEST_ON_BUTTON = 30

_AWAY = 14
"""Days after which coming back is a return."""

_WEEKS_FROM, _MONTHS_FROM = 14, 60
"""Days from which on weeks, and months, say enough."""


def unit_question(name: str, waiting: Waiting | None = None) -> Screen:
    """The greeting at first contact, with the one question that is asked; sets may wait for the answer."""
    greeting = say("Hi {name}!", name=shortened(name, _LONGEST_NAME)) if name else say("Hi!")
    text = lines(
        greeting,
        say("I'm <b>Spotter</b>: I log your sets, time your rests and remember everything."),
        None if waiting is None else say("\nI keep <b>{sets}</b> until I know in which unit.", sets=in_short(waiting)),
        say("\nDo you lift in kilograms or pounds?"),
    )
    kilograms = button(label("Kilograms (kg)"), ChooseUnit(WeightUnit.KG))
    pounds = button(label("Pounds (lb)"), ChooseUnit(WeightUnit.LB))
    return Screen(text, [[kilograms, pounds]])


def ready(start: Start) -> Screen:
    """Nothing is under way: a workout can start."""
    if start.last is None:
        return _first_workout(start)
    again = [[_repeat_button(earlier)] for earlier in start.again]
    earlier = [button(label("🗂 From an earlier one"), ShowEarlier(0))]
    looking = [button(label("📖 History"), ListHistory()), button(label("📈 Progress"), ShowProgress())]
    text = lines(_greeting(start, start.last), _last_workout(start.last, start.unit), _go_on())
    return Screen(text, [*again, earlier, looking, [start_button()]])


def earlier_workouts(page: EarlierPage) -> Screen:
    """One page of the workouts that can be started again."""
    text = say("<b>Start from which one?</b>") if page.workouts else say("There are no more.")
    turning = page_turning_while_more(page.page, ShowEarlier, more=page.more)
    rows = [[_repeat_button(earlier)] for earlier in page.workouts]
    return Screen(text, [*rows, *turning, [button(label("‹ Back"), ShowStart())]])


def left_out(names: Sequence[str]) -> Html | None:
    """Which exercises of the earlier workout the new one goes without."""
    if not names:
        return None
    return say("Without {names}: no longer in the library.", names=shortened(", ".join(names), _LONGEST_NAMES))


def _first_workout(start: Start) -> Screen:
    name = shortened(start.name, _LONGEST_NAME)
    text = lines(
        say("<b>Ready when you are, {name}.</b>", name=name) if name else say("<b>Ready when you are.</b>"),
        say("Weights without a unit count as {unit}.", unit=start.unit),
        say("Tap what you do first, or type its name.") if start.popular else None,
    )
    popular = in_rows([button(choice.name, PickExercise(choice.id)) for choice in start.popular], 2)
    return Screen(text, [*popular, [start_button()]])


def _greeting(start: Start, last: Last) -> Html:
    name = shortened(start.name, _LONGEST_NAME)
    if last.workout.days_ago >= _AWAY:
        return say("<b>Good to see you, {name}.</b>", name=name) if name else say("<b>Good to see you.</b>")
    return say("<b>Ready when you are, {name}.</b>", name=name) if name else say("<b>Ready when you are.</b>")


def _last_workout(last: Last, unit: WeightUnit) -> Html:
    what = say(
        "Last workout: <b>{title}</b>, {ago} · {work}",
        title=_called(last.workout, _LONGEST_TITLE),
        ago=ago(last.workout.days_ago),
        work=sets_and_volume(last.sets, last.volume_mg, unit),
    )
    if not last.workout.title:  # it was called by its exercises
        return what
    return lines(what, say("{names}", names=shortened(", ".join(last.workout.exercises), _LONGEST_NAMES)))


def _go_on() -> Html:
    return say("\nOne tap starts it again, with its sets to go by.")


def ago(days: int) -> str:
    """How long ago a day was."""
    if days == 0:
        return label("today")
    if days == 1:
        return label("yesterday")
    if days < _WEEKS_FROM:
        return label("{days} days ago", days=days)
    if days < _MONTHS_FROM:
        return label("{weeks} weeks ago", weeks=days // 7)
    return label("{months} months ago", months=days // 30)


def _repeat_button(earlier: Earlier) -> InlineKeyboardButton:
    called = _called(earlier, _LONGEST_ON_BUTTON)
    return button(label("↻ {title} · {ago}", title=called, ago=ago(earlier.days_ago)), Repeat(earlier.workout_id))


def _called(earlier: Earlier, length: int) -> str:
    """Its title, else what was done in it."""
    return shortened(earlier.title or ", ".join(earlier.exercises), length) or label("Workout")


def open_already() -> str:
    """The toast where a workout is to be started and another one is open."""
    return label("A workout is open already. Finish it first.")


def nothing_to_cancel() -> Screen:
    """There was nothing to leave."""
    return Screen(say("Nothing to cancel. Ready when you are."), [[start_button()]])


def start_button() -> InlineKeyboardButton:
    """Starts a workout, or comes back to the open one."""
    return button(label("💪 Start workout"), StartWorkout(), style=KeyboardButtonStyle.SUCCESS)


def start_another_button() -> InlineKeyboardButton:
    """Starts a workout below the message that carries the button."""
    return button(label("💪 Start workout"), StartAnother(), style=KeyboardButtonStyle.SUCCESS)


def next_workout_buttons() -> list[InlineKeyboardButton]:
    """An empty workout, or one like an earlier one, below the summary that carries the buttons."""
    return [start_another_button(), button(label("↻ Repeat a workout"), OfferAgain())]


def no_open_workout() -> Screen:
    """What was wanted needs an open workout."""
    return Screen(say("No workout is open. Start one, and log away."), [[start_button()]])
