"""What the settings say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from telegram import InlineKeyboardButton

from handlers.amounts import clock, load
from handlers.reminders.buttons import OpenReminders
from handlers.screen import Row, Screen, button, in_rows, shortened
from handlers.settings.buttons import (
    Flip,
    LeaveSettings,
    OpenRests,
    OpenSettings,
    OpenSteps,
    OpenZones,
    OpenZonesAt,
    RestAfter,
    Switch,
    TakeRest,
    TakeStep,
    TakeUnit,
    TakeZone,
)
from handlers.words import Html, label, lines, say
from storage.values.exercise import Measure
from storage.values.quantity import Weight, WeightUnit
from training.card import Card, CurrentExercise
from training.lifters import LifterProfile
from training.preferring import USUAL_STEP
from training.rest_lengths import WARNING
from training.zones import LocalTime, city_of

ALL = 0
"""In place of an exercise's id: every exercise."""

STEPS = {
    WeightUnit.KG: ("0.5", "1", "1.25", "2", "2.5", "4", "5", "10"),
    WeightUnit.LB: ("1", "2", "2.5", "5", "8", "10", "15", "20"),
}
RESTS = {
    RestAfter.WORKING: (0, 45, 60, 90, 120, 150, 180, 240, 300),
    RestAfter.WARM_UP: (0, 30, 45, 60, 90, 120),
    RestAfter.BEFORE_DROP: (0, 10, 15, 20, 30, 60),
}
_LOADED = frozenset({Measure.WEIGHT_REPS, Measure.BODYWEIGHT_REPS, Measure.WEIGHT_DURATION, Measure.WEIGHT_DISTANCE})
_LONGEST_NAME = 40
_LONGEST_ECHO = 60


@dataclass(frozen=True, slots=True)
class Overview:
    """A lifter's settings, the card of their open workout, if one is open, and what time it is for them."""

    profile: LifterProfile
    card: Card | None
    now: datetime

    @property
    def unit(self) -> WeightUnit:
        """In which weights without a unit are."""
        return self.profile.unit or WeightUnit.KG

    @property
    def current(self) -> CurrentExercise | None:
        """The exercise that is being logged, if it has a weight to step."""
        current = None if self.card is None else self.card.current
        return current if current is not None and current.measure in _LOADED else None


def settings(overview: Overview) -> Screen:
    """Everything that can be set, as it is."""
    profile, current = overview.profile, overview.current
    text = lines(
        say("<b>Settings</b>"),
        say("Unit: {unit}", unit=overview.unit),
        say("− and + turn by: {step}", step=load(profile.weight_step or USUAL_STEP[overview.unit])),
        say("  {name}: {step}", name=_short(current.name), step=load(current.step)) if current else None,
        say("Rest between sets: {rest}", rest=_working_rest(profile)),
        say("Rest after a warm-up: {rest}", rest=_rest(profile.warm_up_rest)),
        say("Rest before a drop set: {rest}", rest=_rest(profile.drop_rest)),
        say("A word before a rest ends: {state}", state=_seconds_before(profile)),
        say("Time zone: {zone}, {time} now", zone=profile.time_zone, time=f"{overview.now:%H:%M}"),
        say("Ask for the RPE: {state}", state=label("yes") if profile.asks_rpe else label("no")),
        say("Sets you type: {state}", state=_messages(profile)),
    )
    return Screen(text, _rows(overview))


def steps(overview: Overview, exercise_id: int) -> Screen:
    """By how much − and + turn a weight: everywhere, or with the current exercise."""
    current = overview.current
    if exercise_id == ALL or current is None:
        held, unit, text = (
            overview.profile.weight_step or USUAL_STEP[overview.unit],
            overview.unit,
            say("<b>By how much should − and + change a weight?</b>\nWhere an exercise has no step of its own."),
        )
    else:
        held, unit = current.step, current.unit
        text = say("<b>{name}</b>\nBy how much should − and + change its weight?", name=_short(current.name))
    offered = [Weight.of(Decimal(step), unit) for step in STEPS[unit]]
    rows = in_rows(
        [_choice(load(step), TakeStep(exercise_id, step.thousandths, unit), held=step == held) for step in offered], 4
    )
    if exercise_id != ALL:
        rows.append([button(label("As everywhere else"), TakeStep(exercise_id, 0, unit))])
    return Screen(text, [*rows, [_back()]])


def rests(overview: Overview, after: RestAfter) -> Screen:
    """How long the timer runs."""
    profile = overview.profile
    if after is RestAfter.WARM_UP:
        text, held = say("<b>How long do you rest after a warm-up?</b>"), profile.warm_up_rest
    elif after is RestAfter.BEFORE_DROP:
        text, held = say("<b>How long do you rest before a planned drop set?</b>"), profile.drop_rest
    else:
        text = lines(
            say("<b>How long do you rest between sets?</b>"),
            say("Built-in exercises bring a rest of their own, heavy ones a longer one."),
        )
        held = profile.default_rest if profile.rests_alike else -1
    rows = in_rows(
        [_choice(_rest(seconds), TakeRest(after, seconds), held=seconds == held) for seconds in RESTS[after]], 3
    )
    if after is RestAfter.WORKING:
        rows.append([_choice(label("As each exercise says"), TakeRest(after, -1), held=held == -1)])
    return Screen(text, [*rows, [_back()]])


def zone_times(times: Sequence[LocalTime], unknown: str | None = None) -> Screen:
    """What time is it for the lifter? They may also type a city."""
    text = lines(
        None if unknown is None else say("I don't know “{text}”.", text=shortened(unknown, _LONGEST_ECHO)),
        say("<b>What time is it for you?</b>"),
        say("Tap it, or type the nearest big city, like <code>Berlin</code>."),
    )
    buttons = [button(f"{each.now:%H:%M}", OpenZonesAt(each.offset)) for each in times]
    return Screen(text, [*in_rows(buttons, 4), [_back()]])


def zones(found: Sequence[str]) -> Screen:
    """Which of these zones is it?"""
    text = lines(say("<b>Which is nearest to you?</b>"), say("Or type the nearest big city."))
    buttons = [button(city_of(zone), TakeZone(zone)) for zone in found]
    return Screen(text, [*in_rows(buttons, 2), [button(label("‹ Other times"), OpenZones())]])


def _rows(overview: Overview) -> list[Row]:
    profile, current = overview.profile, overview.current
    other = WeightUnit.LB if overview.unit is WeightUnit.KG else WeightUnit.KG
    step_buttons = [button(label("− / + step"), OpenSteps(ALL))]
    if current is not None:
        step_buttons.append(button(label("Step: {name}", name=current.name), OpenSteps(current.exercise_id)))
    rpe = label("Don't ask for the RPE") if profile.asks_rpe else label("Ask for the RPE")
    warning = label("No word before a rest ends") if profile.warns_of_rest else label("A word before a rest ends")
    cleaning = label("Keep the sets I type") if profile.cleans_messages else label("Clean up the sets I type")
    leave = label("‹ Back to the workout") if overview.card is not None else label("Done")
    return [
        [button(label("Switch to {unit}", unit=other), TakeUnit(other)), button(label("Time zone"), OpenZones())],
        step_buttons,
        [
            button(label("Rest"), OpenRests(RestAfter.WORKING)),
            button(label("Rest after warm-ups"), OpenRests(RestAfter.WARM_UP)),
            button(label("Before drops"), OpenRests(RestAfter.BEFORE_DROP)),
        ],
        [button(warning, Flip(Switch.WARNING, int(not profile.warns_of_rest)))],
        [button(rpe, Flip(Switch.RPE, int(not profile.asks_rpe)))],
        [button(cleaning, Flip(Switch.CLEANING, int(not profile.cleans_messages)))],
        [button(label("⏰ Reminders"), OpenReminders())],
        [button(leave, LeaveSettings())],
    ]


def _choice(text: str, press: object, *, held: bool) -> InlineKeyboardButton:
    return button(f"• {text} •" if held else text, press)


def _back() -> InlineKeyboardButton:
    return button(label("‹ Settings"), OpenSettings())


def _short(name: str) -> str:
    return shortened(name, _LONGEST_NAME)


def _working_rest(profile: LifterProfile) -> str:
    return _rest(profile.default_rest) if profile.rests_alike else label("as each exercise says")


def _rest(seconds: int) -> str:
    return clock(seconds) if seconds else label("none")


def _seconds_before(profile: LifterProfile) -> str:
    if not profile.warns_of_rest:
        return label("no")
    return label("{seconds} s before", seconds=int(WARNING.total_seconds()))


def _messages(profile: LifterProfile) -> Html:
    return say("leave the chat once logged") if profile.cleans_messages else say("stay in the chat")
