"""What is asked about how a lifter wants an exercise."""

from __future__ import annotations

from decimal import Decimal

from telegram import InlineKeyboardButton

from handlers.amounts import clock, load
from handlers.creating.buttons import mark_of
from handlers.exercises.views import back_to_exercise
from handlers.paging import nearest_page, on_page, page_turning
from handlers.screen import Screen, button, in_rows, shortened
from handlers.settings.buttons import RestAfter
from handlers.settings.views import RESTS, STEPS
from handlers.wishes.buttons import DropName, NameAnyway, OpenNames, TakeRestOf, TakeStepOf
from handlers.words import Html, label, lines, say
from storage.values.quantity import Weight
from training.exercise_detail import ExerciseDetail
from training.matches import Choice
from training.naming import LONGEST_NAME, MOST_ALIASES

_LONGEST_ON_BUTTON = 40
_LONGEST_NAMES = 600


def rests(it: ExerciseDetail) -> Screen:
    """How long the timer runs after its sets."""
    text = lines(
        say("<b>{name}</b>", name=it.name), say("How long do you rest after a set? Now: {rest}.", rest=_rest(it.rest))
    )
    offered = [_choice(_rest(one), TakeRestOf(it.id, one), held=one == it.rest) for one in RESTS[RestAfter.WORKING]]
    usual = button(label("As usual"), TakeRestOf(it.id, -1))
    return Screen(text, [*in_rows(offered, 3), [usual], [back_to_exercise(it.id)]])


def steps(it: ExerciseDetail) -> Screen:
    """By how much − and + turn its weight."""
    text = lines(
        say("<b>{name}</b>", name=it.name),
        say("By how much should − and + change its weight? Now: {step}.", step=load(it.step)),
    )
    offered = [Weight.of(Decimal(step), it.unit) for step in STEPS[it.unit]]
    buttons = [_choice(load(one), TakeStepOf(it.id, one.thousandths, it.unit), held=one == it.step) for one in offered]
    usual = button(label("As usual"), TakeStepOf(it.id, 0, it.unit))
    return Screen(text, [*in_rows(buttons, 4), [usual], [back_to_exercise(it.id)]])


def names(it: ExerciseDetail, notice: Html | None = None, page: int = 0) -> Screen:
    """What else leads to it for this lifter; one more may be typed."""
    own, also = names_of(it), shortened(", ".join(it.aliases), _LONGEST_NAMES)
    text = lines(
        notice,
        say("<b>{name}</b>", name=it.name),
        say("Also called: {names}", names=also) if it.is_system and also else None,
        say("\nWhat do you call it? Type a name, and it will lead here. Only you see it."),
    )
    drop = [
        button(label("✕ {name}", name=shortened(name, _LONGEST_ON_BUTTON)), DropName(it.id, mark_of(name)))
        for name in own
    ]
    shown, pages = nearest_page(len(drop), page)
    turning = page_turning(shown, pages, lambda to: OpenNames(it.id, to))
    return Screen(text, [*on_page(drop, shown), *turning, [back_to_exercise(it.id)]])


def names_of(it: ExerciseDetail) -> tuple[str, ...]:
    """Its other names that are the lifter's to take away."""
    return it.private_aliases if it.is_system else it.aliases


def taken_by_others(it: ExerciseDetail, name: str, existing: Choice) -> Screen:
    """Everybody calls something else so; for this lifter it can mean this one."""
    text = say(
        "“{name}” leads to <b>{existing}</b>. Should it mean <b>{it}</b> for you from now on?",
        name=name,
        existing=existing.name,
        it=it.name,
    )
    yes = button(label("Yes, for me"), NameAnyway(it.id, mark_of(name)))
    return Screen(text, [[yes], [back_to_exercise(it.id)]])


def named(name: str) -> Html:
    """A name leads here now."""
    return say("✓ “{name}” leads here now.", name=name)


def name_dropped(name: str) -> Html:
    """A name leads here no more."""
    return say("✓ “{name}” leads here no more.", name=name)


def taken(name: str, existing: Choice) -> Html:
    """Something else is called so, which can't be helped."""
    return say("“{name}” leads to {existing} already.", name=name, existing=existing.name)


def unfit_name(*, too_many: bool) -> Html:
    """It can be no name, or one too many."""
    if too_many:
        return say("That is one too many: {most} names are enough.", most=MOST_ALIASES)
    return say("That can't be a name. It has at most {most} characters.", most=LONGEST_NAME)


def hidden() -> Html:
    """It is in no list any more."""
    return say("✓ It is in none of your lists any more. Its exact name still finds it.")


def shown_again() -> Html:
    """It is in the lists again."""
    return say("✓ It is in your lists again.")


def _choice(text: str, press: object, *, held: bool) -> InlineKeyboardButton:
    return button(f"• {text} •" if held else text, press)


def _rest(seconds: int) -> str:
    return clock(seconds) if seconds else label("none")
