"""What the exercise picker says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import ceil

from telegram import InlineKeyboardButton

from handlers.callback_data import fits
from handlers.creating.buttons import StartCreating, mark_of
from handlers.picking.buttons import (
    BrowseFound,
    BrowseModality,
    BrowsePart,
    BrowseUsual,
    ClosePicker,
    ListModalities,
    OpenPicker,
    OpenSwapPicker,
    PickExercise,
    SwapFor,
)
from handlers.picking.names import measure_name, modality_name, part_name
from handlers.picking.purpose import ADDING, Purpose
from handlers.screen import Row, Screen, button, in_rows, shortened
from handlers.words import Html, count, label, lines, say
from handlers.workout.buttons import AskToFinish, ShowCard
from storage.values.exercise import BodyPart, Measure, Modality
from training.card import Card
from training.library import PAGE_SIZE, ExercisePage, SearchPage
from training.matches import Choice, Matches
from training.picking import Suggested, SwapOffer, UsualPage
from training.typed_line import Waiting

_LONGEST_QUERY = 60

_LONGEST_NEW_NAME = 30
"""Characters, on a button that says what will happen as well."""


def picker(card: Card | None, suggested: Suggested, waiting: Waiting | None = None) -> Screen:
    """Where picking begins, in the open workout if there is one, for the sets that wait for their exercise."""
    text = lines(
        say("<b>Which exercise?</b>") if waiting is None else waiting_for(waiting),
        say("Type part of its name, like <code>bench</code> or <code>ohp</code>, or choose."),
    )
    more = [button(label("Your exercises ›"), BrowseUsual(0, *ADDING))] if suggested.more else []
    return Screen(text, [*_choices(suggested.choices, ADDING), *_ways(ADDING, more), [_way_out(card)]])


def waiting_for(waiting: Waiting) -> Html:
    """Sets are kept until it is known what they are of."""
    return say("Which exercise is <b>{sets}</b> for? It is logged once you choose.", sets=in_short(waiting))


def keeping(asked: Screen, waiting: Waiting | None) -> Screen:
    """The question, with what was typed behind the name."""
    if waiting is None:
        return asked
    kept = say("<b>{sets}</b> is logged once you choose.", sets=in_short(waiting))
    return replace(asked, text=lines(asked.text, kept))


def given_up(waiting: Waiting) -> str:
    """The lifter has chosen no exercise for the sets that waited."""
    return label("{sets} is not logged.", sets=in_short(waiting))


def in_short(waiting: Waiting) -> str:
    """The sets that wait, on one line."""
    return shortened(" · ".join(waiting.text.splitlines()), _LONGEST_QUERY)


def swap_picker(offer: SwapOffer) -> Screen:
    """Where picking begins for what takes an exercise's place."""
    purpose = Purpose(offer.instead_of.execution_id, offer.instead_of.revision)
    one, many = "Its set stays and counts for the new one.", "Its {number} sets stay and count for the new one."
    text = lines(
        say("<b>Swap {name} for which exercise?</b>", name=offer.name),
        count(one, many, offer.sets) if offer.sets else None,
        say("Type part of its name, or choose."),
    )
    more = [button(label("Your exercises ›"), BrowseUsual(0, *purpose))]
    return Screen(text, [*_choices(offer.suggested, purpose), *_ways(purpose, more), [_back_to_card()]])


def usual_page(page: UsualPage, purpose: Purpose) -> Screen:
    """One page of what the lifter uses."""
    if not page.choices:
        return Screen(say("You haven't done any exercise yet. Choose one from the lists."), [[_back(purpose)]])
    text = say("<b>Your exercises</b>, what you do most and latest first.\nChoose one, or type part of a name.")
    return _page(text, page, purpose, lambda number: BrowseUsual(number, *purpose), [[_back(purpose)]])


def part_page(page: ExercisePage, purpose: Purpose) -> Screen:
    """One page of a body part's exercises."""
    text = say("<b>{part}</b>\nChoose an exercise, or type part of its name.", part=part_name(page.part))
    return _page(text, page, purpose, lambda number: BrowsePart(page.part, number, *purpose), [[_back(purpose)]])


def modalities(purpose: Purpose) -> Screen:
    """The modalities to choose from."""
    text = say("<b>What do you lift?</b>\nChoose, or type part of the exercise's name.")
    buttons = [button(modality_name(one), BrowseModality(one, 0, *purpose)) for one in Modality]
    return Screen(text, [*in_rows(buttons, 3), [_back(purpose)]])


def modality_page(modality: Modality, page: SearchPage, purpose: Purpose) -> Screen:
    """One page of a modality's exercises."""
    text = say("<b>{modality}</b>\nChoose an exercise, or type part of its name.", modality=modality_name(modality))
    back = button(label("‹ Equipment"), ListModalities(*purpose))
    return _page(text, page, purpose, lambda number: BrowseModality(modality, number, *purpose), [[back]])


def found_page(page: SearchPage, name: str, purpose: Purpose) -> Screen:
    """One page of what a text finds, or a new one of this name, if there is one given."""
    if not page.choices:
        return unknown_exercise(page.text, (), name, purpose)
    text = _which(page.text, guessed=page.guessed)
    last = [*_creating(name), [_back(purpose)]]
    return _page(text, page, purpose, lambda number: BrowseFound(number, *purpose, page.text), last)


def matches(found: Matches, name: str, purpose: Purpose, *, in_workout: bool) -> Screen:
    """Several exercises may be meant, or a new one of this name, if there is one given; or neither, `in_workout`."""
    text = _which(found.text, guessed=found.guessed)
    pages = ceil((len(found.choices) + found.more) / PAGE_SIZE)
    turning: list[Row] = []
    if found.more and fits(BrowseFound(pages, *purpose, found.text)):
        text = _numbered(text, 0, pages)
        turning = [_turning(lambda number: BrowseFound(number, *purpose, found.text), 0, pages)]
    elif found.more:
        one, many = "{number} more has it too; type a little more.", "{number} more have it too; type a little more."
        text = lines(text, count(one, many, found.more))
    last = [*_creating(name), _ways_back(purpose, in_workout=in_workout)]
    return Screen(text, [*_choices(found.choices, purpose), *turning, *last])


def unknown_exercise(
    text: str, nearest: Sequence[Choice], name: str, purpose: Purpose, *, in_workout: bool = False
) -> Screen:
    """Nothing has that in its name: what comes nearest, and making it, if its name can be one.

    The lifter who is `in_workout` may have meant none: that it is done, say.
    """
    answer = say("I know no exercise with “{text}” in its name.", text=shortened(text, _LONGEST_QUERY))
    if nearest:
        hint = say("Is it one of these?")
    elif name:
        hint = say("Try a shorter part of it, browse, or make it yours.")
    else:
        hint = say("Try a shorter part of it, or browse.")
    finish = [[button(label("🏁 Finish"), AskToFinish())]] if in_workout and _is_the_end(text) else []
    last = [*_creating(name), _ways_back(purpose, in_workout=in_workout)]
    more = say("/help says what I understand.") if _asks_how(text) else None
    return Screen(lines(answer, hint, more), [*finish, *_choices(nearest, purpose), *last])


def taken(existing: Choice, purpose: Purpose) -> Screen:
    """There is an exercise of the name that a new one was to have."""
    text = say("<b>{name}</b> is there already. Take it?", name=existing.name)
    return Screen(text, [*_choices([existing], purpose), [_back(purpose)]])


def brought_back(exercise: Choice, purpose: Purpose) -> Screen:
    """An archived exercise can be picked again."""
    text = say("<b>{name}</b> is back in your lists.", name=exercise.name)
    return Screen(text, [*_choices([exercise], purpose), [_back(purpose)]])


def measures_differ(have: Measure, wanted: Measure) -> str:
    """Sets are there, and what was wanted is logged otherwise."""
    return label(
        "The sets that are there are logged by {have}: {wanted} doesn't fit them.",
        have=measure_name(have),
        wanted=measure_name(wanted),
    )


def _which(text: str, *, guessed: bool) -> Html:
    query = shortened(text, _LONGEST_QUERY)
    if guessed:
        return say("Nothing is called “{text}”. Did you mean one of these?", text=query)
    return say("Which one for “{text}”?", text=query)


def _page(
    text: Html,
    page: UsualPage | ExercisePage | SearchPage,
    purpose: Purpose,
    turn_to: Callable[[int], object],
    last: Sequence[Row],
) -> Screen:
    turning = [_turning(turn_to, page.page, page.pages)] if page.pages > 1 else []
    return Screen(
        _numbered(text, page.page, page.pages) if turning else text,
        [*_choices(page.choices, purpose), *turning, *last],
    )


def _numbered(text: Html, page: int, pages: int) -> Html:
    return say("{text} Page {page} of {pages}.", text=text, page=page + 1, pages=pages)


def _turning(turn_to: Callable[[int], object], page: int, pages: int) -> Row:
    return [button("‹", turn_to((page - 1) % pages)), button("›", turn_to((page + 1) % pages))]


def _choices(choices: Sequence[Choice], purpose: Purpose) -> list[Row]:
    return [[button(choice.name, _pick(choice, purpose))] for choice in choices]


def _pick(choice: Choice, purpose: Purpose) -> object:
    return SwapFor(choice.id, *purpose) if purpose.instead_of else PickExercise(choice.id)


def _ways(purpose: Purpose, more: Sequence[InlineKeyboardButton]) -> list[Row]:
    """The ways to an exercise that isn't offered yet."""
    parts = in_rows([button(part_name(part), BrowsePart(part, 0, *purpose)) for part in BodyPart], 3)
    return [*parts, [*more, button(label("By equipment ›"), ListModalities(*purpose))]]


def _creating(name: str) -> list[Row]:
    if not name:
        return []
    words = label("➕ Create “{name}”", name=shortened(name, _LONGEST_NEW_NAME))
    return [[button(words, StartCreating(mark_of(name)))]]


def _way_out(card: Card | None) -> InlineKeyboardButton:
    if card is None:
        return button(label("✕ Close"), ClosePicker())
    if card.current is None:
        return button(label("🏁 Finish"), AskToFinish())
    return _back_to_card()


def _back_to_card() -> InlineKeyboardButton:
    return button(label("‹ Back to the workout"), ShowCard())


def _back(purpose: Purpose) -> InlineKeyboardButton:
    to = OpenSwapPicker(purpose.execution_id) if purpose.instead_of else OpenPicker()
    return button(label("‹ All lists"), to)


def _ways_back(purpose: Purpose, *, in_workout: bool) -> Row:
    return [_back(purpose), *([_back_to_card()] if in_workout else [])]


def _is_the_end(text: str) -> bool:
    """Whether the word says that the workout is over."""
    return text.strip(" .!").casefold() in label("done finish finished end stop").split()


def _asks_how(text: str) -> bool:
    """Whether it is a question, or a greeting that hopes for one."""
    said = text.strip(" .!").casefold()
    return said.endswith("?") or said in label("help hello hi hey thanks").split()
