"""Callbacks of the exercise picker."""

from __future__ import annotations

from telegram import Update
from telegram.ext import MessageHandler

from handlers.context import SpotterContext
from handlers.conversation import END, Step, StoredConversation, leads_to
from handlers.home.showing import show_home
from handlers.picking import views
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
from handlers.picking.purpose import ADDING, Purpose, keep_open, pending
from handlers.pressing import OnPress, answer_press
from handlers.screen import Screen
from handlers.showing import pressed_message_id, remove, show, show_card
from handlers.typed import TYPED_LINE, message_id_of, typed_text
from handlers.words import lines
from handlers.workout.records import records_line
from handlers.workout.showing import ask_at, show_workout_card, show_written
from handlers.workout.views import logged_line
from storage import at_hand
from storage.values.finding import SearchFilter
from training.card import Card
from training.errors import UnitNotChosenError
from training.matches import Matches
from training.naming import nameable
from training.open_workout import Logged
from training.swapping import InsteadOf
from training.typed_line import Picked, Waiting, Written


async def show_picker(
    context: SpotterContext, card: Card, *, instead_of: int | None = None, waiting: Waiting | None = None
) -> None:
    """Where picking begins, at the card's place."""
    waiting = waiting or pending().waiting
    keep_open(ADDING, waiting=waiting, asked_in=pending().asked_in)
    suggested = await context.gym.picking.suggested(at_hand.required().user_id)
    screen = views.picker(card, suggested, waiting)
    await show_card(context, screen, card.workout_id, card.place, instead_of=instead_of)


async def show_first_picker(update: Update, context: SpotterContext, waiting: Waiting | None) -> None:
    """Where picking begins while no workout is open: what is picked starts one."""
    suggested = await context.gym.picking.suggested(at_hand.required().user_id)
    await ask_where(update, context, views.picker(None, suggested, waiting), waiting)


async def ask_where(update: Update, context: SpotterContext, screen: Screen, waiting: Waiting | None) -> None:
    """Asks where the sets go, which wait on. The question before leaves the chat, if this one is about its sets too."""
    before = pending()
    asked_in = await show(update, context, screen)
    keep_open(ADDING, waiting=waiting, asked_in=asked_in)
    if before.asked_in not in {None, asked_in} and _said_in(before.waiting) <= _said_in(waiting):
        await remove(context, before.asked_in)


def _said_in(waiting: Waiting | None) -> set[int | None]:
    return set() if waiting is None else {part.message_id for part in waiting.each}


async def open_picker(update: Update, context: SpotterContext, _: OpenPicker) -> None:
    """Shows where picking begins; without an open workout, what is picked starts one."""
    lifter_id = at_hand.required().user_id
    home = await context.gym.lifters.home(lifter_id)
    if home.unit is None:
        raise UnitNotChosenError
    if home.card is None:
        await show_first_picker(update, context, pending().waiting)
    else:
        await show_picker(context, home.card)


async def open_swap_picker(_: Update, context: SpotterContext, press: OpenSwapPicker) -> None:
    """Shows where picking begins for what takes the place of an exercise of the open workout."""
    offer = await context.gym.picking.swap_offer(at_hand.required().user_id, press.execution_id)
    keep_open(Purpose(offer.instead_of.execution_id, offer.instead_of.revision))
    await show_card(context, views.swap_picker(offer), offer.card.workout_id, offer.card.place)


@leads_to(END)
async def close_picker(update: Update, context: SpotterContext, _: ClosePicker) -> None:
    """Shows where the lifter stands, and says so where sets waited for an exercise."""
    if (waiting := pending().waiting) is not None:
        answer_press(views.given_up(waiting))
    await show_home(update, context, await context.gym.lifters.home(at_hand.required().user_id))


async def browse_usual(update: Update, context: SpotterContext, press: BrowseUsual) -> None:
    """Shows a page of what the lifter uses."""
    page = await context.gym.picking.usual(at_hand.required().user_id, press.page)
    purpose = _stay_for(press)
    await show(update, context, views.usual_page(page, purpose))


async def browse_part(update: Update, context: SpotterContext, press: BrowsePart) -> None:
    """Shows a page of a body part's exercises."""
    page = await context.gym.library.browse(at_hand.required().user_id, press.part, press.page)
    await show(update, context, views.part_page(page, _stay_for(press)))


async def list_modalities(update: Update, context: SpotterContext, press: ListModalities) -> None:
    """Shows the modalities."""
    await show(update, context, views.modalities(_stay_for(press)))


async def browse_modality(update: Update, context: SpotterContext, press: BrowseModality) -> None:
    """Shows a page of a modality's exercises."""
    filters_ = SearchFilter(modality=press.modality)
    page = await context.gym.library.search(at_hand.required().user_id, "", filters_, press.page)
    await show(update, context, views.modality_page(press.modality, page, _stay_for(press)))


async def browse_found(update: Update, context: SpotterContext, press: BrowseFound) -> None:
    """Shows a page of what a text finds."""
    page = await context.gym.library.search(at_hand.required().user_id, press.text, page=press.page)
    name = "" if page.is_named else nameable(press.text)
    await show(update, context, views.found_page(page, name, _stay_for(press, name)))


@leads_to(END)
async def pick_exercise(update: Update, context: SpotterContext, press: PickExercise) -> None:
    """Makes the exercise the current one, and logs what waited for it."""
    waiting, asked_in = pending().waiting, pending().asked_in
    if waiting is not None:
        written = await context.gym.notebook.write_for(at_hand.required().user_id, press.exercise_id, waiting)
        await show_waited(update, context, written, waiting, asked_in)
        return
    card = await context.gym.workouts.add_exercise(at_hand.required().user_id, press.exercise_id)
    pressed = pressed_message_id(update)
    instead_of = None if pressed == card.place.message_id else pressed
    await show_workout_card(context, card, instead_of=instead_of)


async def show_waited(
    update: Update, context: SpotterContext, written: Written, waiting: Waiting, asked_in: int | None
) -> None:
    """The card after an exercise was picked for what waited: with that, or with the question that it leaves open.

    The message `asked_in`, which had asked about it, leaves the chat.
    """
    if isinstance(written, Picked):  # the same text is read once more for what is to be said about it
        written = await context.gym.notebook.write(at_hand.required().user_id, waiting.text, waiting.message_id)
    card, pressed = written.card, pressed_message_id(update)
    instead_of = None if pressed == card.place.message_id else pressed
    notice = lines(records_line(written), logged_line(written)) if isinstance(written, Logged) else None
    await show_workout_card(context, card, notice=notice, instead_of=instead_of)
    if asked_in not in {None, pressed, card.place.message_id}:
        await remove(context, asked_in)


@leads_to(END)
async def swap_exercise(_: Update, context: SpotterContext, press: SwapFor) -> None:
    """Puts the exercise in the place of the other one."""
    place = InsteadOf(press.execution_id, press.revision)
    await show_workout_card(
        context, await context.gym.picking.swap(at_hand.required().user_id, place, press.exercise_id)
    )


@leads_to(END)
async def type_exercise(update: Update, context: SpotterContext) -> None:
    """Takes what was typed for the exercise's name; the picker stays open if that can't decide it."""
    lifter_id, stands_for, message_id = at_hand.required().user_id, pending(), message_id_of(update)
    instead_of, waiting = stands_for.purpose.instead_of, stands_for.waiting
    written = await context.gym.notebook.pick(lifter_id, typed_text(update), message_id, instead_of, waiting)
    if waiting is None:
        await show_written(context, written, message_id)
    else:
        await show_waited(update, context, written, waiting, stands_for.asked_in)


async def ask_which(update: Update, context: SpotterContext, found: Matches, sets: str = "") -> None:
    """Asks which exercise was meant by what was typed, or whether it is a new one; `sets` wait until that is known."""
    purpose, waiting = _stands_for(sets)
    name = "" if found.exact or found.choices_named_so else nameable(found.text)
    keep_open(purpose, name, waiting)
    card = await _card(context)
    screen = views.matches(found, name, purpose, in_workout=_in_workout(card))
    await ask_at(context, card, views.keeping(screen, waiting), update)


async def offer_to_create(update: Update, context: SpotterContext, text: str, sets: str = "") -> None:
    """Says that there is no exercise of that name, and offers the nearest ones or to make it; `sets` wait for it."""
    (purpose, waiting), name = _stands_for(sets), nameable(text)
    nearest = await context.gym.library.nearest(at_hand.required().user_id, text)
    keep_open(purpose, name, waiting)
    card = await _card(context)
    screen = views.unknown_exercise(text, nearest, name, purpose, in_workout=_in_workout(card))
    await ask_at(context, card, views.keeping(screen, waiting), update)


def _stands_for(sets: str) -> tuple[Purpose, Waiting | None]:
    """What an exercise is asked for, and the sets that were typed behind its name, with those that waited for any.

    They wait without their message, which says more than them; so those that had a name of their own are known, too.
    """
    if not sets:
        return pending().purpose, None
    before, named = pending().waiting, Waiting(sets)
    is_for_any = before is not None and all(part.message_id for part in before.each)
    return ADDING, before.joined_by(named) if before is not None and is_for_any else named


async def _card(context: SpotterContext) -> Card | None:
    return (await context.gym.lifters.home(at_hand.required().user_id)).card


def _in_workout(card: Card | None) -> bool:
    """Whether there is a card to go back to, with an exercise that may go on."""
    return card is not None and card.current is not None


_Browsing = BrowseUsual | BrowsePart | ListModalities | BrowseModality | BrowseFound


def _stay_for(press: _Browsing, name: str = "") -> Purpose:
    """What the button's picker stands open for, and goes on standing open for: also to make one of this name."""
    purpose = Purpose(press.execution_id, press.revision)
    keep_open(purpose, name)
    return purpose


def picking_conversation() -> StoredConversation:
    """Every list can be left by any other button or command; text names the exercise while one is open."""
    return StoredConversation(
        entry_points=[
            OnPress(OpenPicker, open_picker),
            OnPress(OpenSwapPicker, open_swap_picker),
            OnPress(ClosePicker, close_picker),
            OnPress(BrowseUsual, browse_usual),
            OnPress(BrowsePart, browse_part),
            OnPress(ListModalities, list_modalities),
            OnPress(BrowseModality, browse_modality),
            OnPress(BrowseFound, browse_found),
            OnPress(PickExercise, pick_exercise),
            OnPress(SwapFor, swap_exercise),
        ],
        states={Step.PICKING_EXERCISE: [MessageHandler(TYPED_LINE, type_exercise)]},
        fallbacks=[],
    )
