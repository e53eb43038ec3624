"""What the start screen says."""

from __future__ import annotations

from telegram import InlineKeyboardButton
from telegram.constants import KeyboardButtonStyle

from handlers.home.buttons import ChooseUnit, StartAnother, StartWorkout
from handlers.screen import Screen, button, shortened
from handlers.words import label, lines, say
from storage.values.quantity import WeightUnit
from training.lifters import Home

_LONGEST_NAME = 64


def unit_question(name: str) -> Screen:
    """The greeting at first contact, with the one question that is asked."""
    greeting = say("Hi {name}!", name=shortened(name, _LONGEST_NAME)) if name else say("Hi!")
    text = lines(
        greeting,
        say("I'm <b>Spotter</b>: I log your sets, time your rests and remember everything."),
        say("\nDo you lift in kilograms or pounds?"),
    )
    kilograms = button(label("Kilograms (kg)"), ChooseUnit(WeightUnit.KG))
    pounds = button(label("Pounds (lb)"), ChooseUnit(WeightUnit.LB))
    return Screen(text, [[kilograms, pounds]])


def ready(home: Home) -> Screen:
    """Nothing is under way: a workout can start."""
    name = shortened(home.name, _LONGEST_NAME)
    ready_line = say("<b>Ready when you are, {name}.</b>", name=name) if name else say("<b>Ready when you are.</b>")
    text = lines(ready_line, say("Weights without a unit count as {unit}.", unit=home.unit or WeightUnit.KG))
    return Screen(text, [[start_button()]])


def nothing_to_cancel() -> Screen:
    """There was nothing to leave."""
    return Screen(say("Nothing to cancel. Ready when you are."), [[start_button()]])


def start_button() -> InlineKeyboardButton:
    """Starts a workout, or comes back to the open one."""
    return button(label("💪 Start workout"), StartWorkout(), style=KeyboardButtonStyle.SUCCESS)


def start_another_button() -> InlineKeyboardButton:
    """Starts a workout below the message that carries the button."""
    return button(label("💪 Start workout"), StartAnother(), style=KeyboardButtonStyle.SUCCESS)


def no_open_workout() -> Screen:
    """What was wanted needs an open workout."""
    return Screen(say("No workout is open. Start one, and log away."), [[start_button()]])
