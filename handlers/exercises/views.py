"""What the library says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from telegram import InlineKeyboardButton
from telegram.constants import KeyboardButtonStyle

from handlers.amounts import clock, day, load, set_line, set_lines, volume
from handlers.creating.buttons import mark_of
from handlers.describing import kind_line, muscles
from handlers.exercises.buttons import (
    BackToList,
    Filter,
    LeaveLibrary,
    OpenExercise,
    OpenLibrary,
    choose_filter,
    list_exercises,
)
from handlers.exercises.place import Place, Shelf
from handlers.owning.buttons import AskNewName, OpenEdit, StartOwn, TakeBackOut
from handlers.paging import page_turning
from handlers.picking.buttons import PickExercise
from handlers.picking.names import modality_name, part_name
from handlers.progress.buttons import OpenProgress
from handlers.proposals.buttons import AskToPropose, ListProposals, Withdraw
from handlers.record_book.buttons import OpenRecords
from handlers.screen import Row, Screen, button, in_rows, shortened
from handlers.wishes.buttons import Hide, OpenNames, OpenRestOf, OpenStepOf, TakeUnitOf
from handlers.words import Html, count, label, lines, say
from storage.values.exercise import BodyPart, Measure, Modality
from storage.values.proposal import ProposalState
from storage.values.quantity import WeightUnit
from training.browsing import Look, Shelves
from training.exercise_detail import ExerciseDetail
from training.library import SearchPage
from training.matches import Choice
from training.records import estimated_1rm

_LONGEST_ECHO = 60
_LONGEST_NAMES = 300
_LONGEST_SETS = 300
_LONGEST_NEW_NAME = 30
"""Characters, on a button that says what will happen as well."""

_LOADED = frozenset({Measure.WEIGHT_REPS, Measure.BODYWEIGHT_REPS, Measure.WEIGHT_DURATION, Measure.WEIGHT_DISTANCE})


def library(shelves: Shelves, *, in_workout: bool) -> Screen:
    """Where browsing begins."""
    text = lines(
        say("<b>Exercises</b>"),
        count("{number} in your lists.", "{number} in your lists.", shelves.listed),
        say("Type part of a name to search, like <code>bench</code> or <code>ohp</code>, or browse."),
    )
    parts = [button(part_name(part), list_exercises(Place(part=part))) for part in BodyPart]
    everything, by_modality = Place(), choose_filter(Filter.MODALITY, Place())
    rows = [
        *in_rows(parts, 3),
        [button(label("All"), list_exercises(everything)), button(label("By equipment ›"), by_modality)],
        *in_rows(_shelf_buttons(shelves), 2),
    ]
    return Screen(text, [*rows, [_leave(in_workout=in_workout)]])


def page(found: SearchPage, place: Place, name: str) -> Screen:
    """A page of a list, with what narrows it, or a new exercise of this name, if there is one given."""
    here = replace(place, page=found.page)
    text = lines(_heading(here, found), _hint(here, found))
    choices = [[button(choice.name, OpenExercise(choice.id))] for choice in found.choices]
    turning = page_turning(found.page, found.pages, lambda number: list_exercises(replace(here, page=number)))
    return Screen(text, [*choices, *turning, *_creating(name), *_narrowing(here), *_new(here), [_library_button()]])


def nothing_found(place: Place, elsewhere: Sequence[Choice], name: str) -> Screen:
    """Nothing here has that in its name; but what has or comes near it does elsewhere, or it can be made."""
    text = lines(
        say("I know no exercise with “{text}” in its name{where}.", text=_echo(place.text), where=_where(place)),
        say("Is it one of these?") if elsewhere else None,
        say("Try a shorter part of it, or make it yours.") if name and not elsewhere else None,
    )
    choices = [[button(choice.name, OpenExercise(choice.id))] for choice in elsewhere]
    return Screen(text, [*choices, *_creating(name), [_library_button()]])


def filter_choice(by: Filter, place: Place) -> Screen:
    """What a list can be narrowed to."""
    match by:
        case Filter.PART:
            text = say("<b>Which body part?</b>")
            named = [(part_name(part), replace(place, part=part)) for part in BodyPart]
            everything = replace(place, part=None)
        case Filter.MODALITY:
            text = say("<b>Done with what?</b>")
            named = [(modality_name(one), replace(place, modality=one)) for one in Modality]
            everything = replace(place, modality=None)
        case Filter.SHELF:
            text = say("<b>Whose?</b>")
            named = [(_shelf_name(shelf), replace(place, shelf=shelf)) for shelf in Shelf if shelf is not Shelf.ALL]
            everything = replace(place, shelf=Shelf.ALL)
    buttons = [button(words, list_exercises(replace(one, page=0))) for words, one in named]
    return Screen(text, [*in_rows(buttons, 3), [button(label("Any"), list_exercises(everything))], [_library_button()]])


def exercise(look: Look, notice: Html | None = None, *, in_workout: bool) -> Screen:
    """All about an exercise, with a word on what has just happened to it."""
    it = look.exercise
    worked = muscles(it.primary, it.secondary)
    text = lines(
        notice,
        say("<b>{name}</b>", name=it.name),
        kind_line(it.body_part, it.modality, it.measure),
        say("Muscles: {muscles}", muscles=worked) if worked else None,
        say("\n{how}", how=it.how) if it.how else None,
        *_names(it),
        *_done(look),
        _wishes(it),
        *_states(look),
    )
    done = [[button(label("🏆 Records"), OpenRecords(it.id)), button(label("📈 Progress"), OpenProgress(it.id))]]
    back = button(label("‹ Back"), BackToList())
    return Screen(text, [*_actions(look, in_workout=in_workout), *([] if look.best is None else done), [back]])


def chosen_elsewhere_unknown() -> Html:
    """What was found in this chat can't be found any more."""
    return say("That exercise isn't in the library any more.")


def _shelf_buttons(shelves: Shelves) -> list[InlineKeyboardButton]:
    own = label("Your own ({number})", number=shelves.own) if shelves.own else label("➕ Make your own")
    own_press: object = list_exercises(Place(Shelf.OWN)) if shelves.own else AskNewName()
    buttons = [button(own, own_press)]
    for shelf, number in ((Shelf.HIDDEN, shelves.hidden), (Shelf.ARCHIVED, shelves.archived)):
        if number:
            words = label("{shelf} ({number})", shelf=_shelf_name(shelf), number=number)
            buttons.append(button(words, list_exercises(Place(shelf))))
    if shelves.proposals:
        buttons.append(button(label("📥 Proposals ({number})", number=shelves.proposals), ListProposals(0)))
    return buttons


def _shelf_name(shelf: Shelf) -> str:
    names = {
        Shelf.ALL: label("Everybody's and yours"),
        Shelf.SYSTEM: label("Everybody's"),
        Shelf.OWN: label("Your own"),
        Shelf.HIDDEN: label("Hidden"),
        Shelf.ARCHIVED: label("Archived"),
    }
    return names[shelf]


def _heading(place: Place, found: SearchPage) -> Html:
    what = [
        label("“{text}”", text=_echo(place.text)) if place.text else "",
        part_name(place.part) if place.part else "",
        modality_name(place.modality) if place.modality else "",
        _shelf_name(place.shelf) if place.shelf is not Shelf.ALL else "",
    ]
    named = " · ".join(part for part in what if part) or label("All exercises")
    return say("<b>{what}</b> ({number})", what=named, number=found.total)


def _hint(place: Place, found: SearchPage) -> Html:
    if found.guessed:
        return say("Nothing is called so. Did you mean one of these?")
    if not found.total:
        return say("Nothing here.")
    if place.shelf is Shelf.HIDDEN:
        return say("They are in none of your lists. Tap one to show it again.")
    return say("Tap one to see how it is done, or type to search.")


def _narrowing(place: Place) -> list[Row]:
    if place.shelf in {Shelf.HIDDEN, Shelf.ARCHIVED}:
        return []
    part = part_name(place.part) if place.part else label("Body part")
    modality = modality_name(place.modality) if place.modality else label("Equipment")
    shelf = _shelf_name(place.shelf) if place.shelf is not Shelf.ALL else label("Whose")
    named = ((part, Filter.PART), (modality, Filter.MODALITY), (shelf, Filter.SHELF))
    return [[button(label("{filter} ▾", filter=words), choose_filter(by, place)) for words, by in named]]


def _creating(name: str) -> list[Row]:
    if not name:
        return []
    words = label("➕ Create “{name}”", name=shortened(name, _LONGEST_NEW_NAME))
    return [[button(words, StartOwn(mark_of(name)))]]


def _new(place: Place) -> list[Row]:
    return [[button(label("➕ New exercise"), AskNewName())]] if place.shelf is Shelf.OWN else []


def _where(place: Place) -> str:
    what = [part_name(place.part) if place.part else "", modality_name(place.modality) if place.modality else ""]
    named = " · ".join(
        [*(part for part in what if part), *([] if place.shelf is Shelf.ALL else [_shelf_name(place.shelf)])]
    )
    return label(" among {what}", what=named) if named else ""


def _names(it: ExerciseDetail) -> list[Html | None]:
    also, private = ", ".join(it.aliases), ", ".join(it.private_aliases)
    return [
        say("\nAlso called: {names}", names=shortened(also, _LONGEST_NAMES)) if also else None,
        say("You call it: {names}", names=shortened(private, _LONGEST_NAMES)) if private else None,
    ]


def _done(look: Look) -> list[Html | None]:
    it, best, last = look.exercise, look.best, look.last
    if best is None:
        return [say("\nYou haven't done it yet.")]
    one_rep = estimated_1rm(best.entry) if it.measure is Measure.WEIGHT_REPS else None
    estimated = say(", estimated 1RM {weight}", weight=volume(one_rep, it.unit)) if one_rep else Html("")
    said = say(
        "\nYour best ({on}): {set}{estimated}",
        on=day(best.on),
        set=set_line(best.entry, it.measure),
        estimated=estimated,
    )
    if last is None:
        return [said]
    sets = shortened(set_lines(last.sets, it.measure), _LONGEST_SETS)
    return [said, say("Last time ({on}): {sets}", on=day(last.on), sets=sets)]


def _wishes(it: ExerciseDetail) -> Html:
    rest = clock(it.rest) if it.rest else label("none")
    if it.measure not in _LOADED:
        return say("\nRest: {rest}", rest=rest)
    return say("\nRest: {rest} · − and + turn by {step} · in {unit}", rest=rest, step=load(it.step), unit=it.unit)


def _states(look: Look) -> list[Html | None]:
    it = look.exercise
    waits, declined = look.proposal is ProposalState.WAITING, look.proposal is ProposalState.DECLINED
    word = say(": “{word}”", word=look.word) if look.word else Html("")
    return [
        say("🙈 Hidden: it is in none of your lists.") if it.is_hidden else None,
        say("🗄 Archived: it can't be picked.") if it.is_archived else None,
        say("📨 Proposed for the library; the admins haven't answered yet.") if waits else None,
        say("The admins would rather not have it in the library{word}", word=word) if declined else None,
    ]


def _actions(look: Look, *, in_workout: bool) -> list[Row]:
    it = look.exercise
    if it.is_archived:
        return [] if it.is_system else [[button(label("↺ Bring it back"), TakeBackOut(it.id))]]
    pick = label("➕ Add to the workout") if in_workout else label("💪 Start a workout with it")
    rest = [button(label("⏱ Rest"), OpenRestOf(it.id))]
    if it.measure in _LOADED:
        other = WeightUnit.LB if it.unit is WeightUnit.KG else WeightUnit.KG
        rest += [
            button(label("− / + step"), OpenStepOf(it.id)),
            button(label("In {unit}", unit=other), TakeUnitOf(it.id, other)),
        ]
    hide = button(label("👁 Show again"), Hide(it.id, 0)) if it.is_hidden else button(label("🙈 Hide"), Hide(it.id, 1))
    return [
        [button(pick, PickExercise(it.id), style=KeyboardButtonStyle.SUCCESS)],
        rest,
        [button(label("🏷 Names"), OpenNames(it.id)), hide],
        *([] if it.is_system else [_own_actions(look)]),
    ]


def _own_actions(look: Look) -> Row:
    it = look.exercise
    edit = button(label("✎ Edit"), OpenEdit(it.id))
    if look.proposal is ProposalState.WAITING:
        return [edit, button(label("✕ Withdraw the proposal"), Withdraw(it.id))]
    return [edit, button(label("📨 Propose to everybody"), AskToPropose(it.id))]


def back_to_exercise(exercise_id: int) -> InlineKeyboardButton:
    """Back to the exercise that something was to be changed about."""
    return button(label("‹ Back"), OpenExercise(exercise_id))


def _library_button() -> InlineKeyboardButton:
    return button(label("‹ Library"), OpenLibrary())


def _leave(*, in_workout: bool) -> InlineKeyboardButton:
    return button(label("‹ Back to the workout") if in_workout else label("✕ Close"), LeaveLibrary())


def _echo(text: str) -> str:
    return shortened(text, _LONGEST_ECHO)
