"""Getting a screen into the chat: one place decides whether to edit or to send."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import partial

from telegram import InputFile, Message, Update
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from handlers.context import SpotterContext
from handlers.pressing import answer_press
from handlers.screen import Screen
from handlers.telegram_errors import harmless, is_gone, is_not_modified, is_of_another_kind, is_removed
from handlers.words import Html
from storage import at_hand
from storage.at_hand import UpdateAtHand
from storage.values.chat import CardShown, RestMessageRemoved, RestMessageShown
from training.card import CardPlace
from training.errors import NotFoundError
from training.open_workout import RestMessage

_MOST_BELOW = 2
"""How many messages may stand below the card before it is sent anew."""


@dataclass(frozen=True, slots=True)
class TypedMessage:
    """The lifter's message that the card answers: with this reaction beside it, or by taking it from the chat."""

    message_id: int
    reaction: str
    leaves: bool


class _Edit(Enum):
    """What has come of an edit."""

    DONE = auto()
    NOTHING_NEW = auto()
    """The message shows this already."""
    GONE = auto()
    """There is no such message any more."""
    OTHER_KIND = auto()
    """It is there, and is a picture where a text was to be, or the other way round: another one takes its place."""

    @property
    def shows(self) -> bool:
        """Whether the message shows now what it was to show."""
        return self in {_Edit.DONE, _Edit.NOTHING_NEW}


async def show(update: Update | None, context: SpotterContext, screen: Screen) -> int:
    """Shows the screen where the lifter is: in the message whose button was pressed, else in a new one; in which.

    A picture can't become a text: a new message takes its place.
    """
    pressed = pressed_message_id(update)
    answer_press()
    if pressed is None or not _is_picture(update):
        return await show_in(context, screen, pressed)
    sent = await send(context, screen)
    await _delete(context, [pressed])
    return sent.message_id


async def send(context: SpotterContext, screen: Screen) -> Message:
    """Sends the screen as a new message to the lifter whose update is at hand."""
    answer_press()
    await at_hand.required().painted()
    return await _send(context, screen)


async def show_card(  # noqa: PLR0913 -- what the card says, where it stands, and what leaves the chat with it
    context: SpotterContext,
    screen: Screen,
    workout_id: int | None,
    place: CardPlace,
    *,
    outdated: Sequence[RestMessage] = (),
    instead_of: int | None = None,
    typed: TypedMessage | None = None,
) -> None:
    """Shows the screen at the card's place, which stays at the bottom of the chat.

    The card is edited while it is among the last messages; else it is sent anew and the old one removed, together
    with `instead_of`, a message whose button led here and which has no further use. It is sent anew too where something
    was written that changes nothing in it: else there would be nothing to be seen. Outdated rest-over messages
    leave the chat either way. Without a workout, where it is gone, nothing remembers the place. A typed message is
    answered with two calls at most; see `reacts_to`.
    """
    answer_press()
    hand = at_hand.required()
    reacting = None if typed is None or not reacts_to(typed, place, outdated) else typed
    below = _below(place, outdated, typed)
    hand.messages = below - place.messages_below
    leaving = [rest.message_id for rest in outdated]
    if typed is not None and typed.leaves:
        leaving.append(typed.message_id)
    if place.message_id is None or below > _MOST_BELOW:
        await hand.painted()
        await _send_card(context, screen, workout_id, [*leaving, place.message_id, instead_of])
    elif workout_id is not None and _is_all(hand, leaving, instead_of):
        hand.painting = partial(_paint, context, screen, workout_id, place.message_id)
    else:
        await hand.painted()
        edit = await _edit_and_react(context, place.message_id, screen, reacting)
        if edit is _Edit.DONE or (edit is _Edit.NOTHING_NEW and (reacting or not hand.is_written)):
            await _delete(context, leaving)
        else:
            await _send_card(context, screen, workout_id, [*leaving, place.message_id, instead_of])
    hand.shown.extend(RestMessageRemoved(rest.timer_id) for rest in outdated)


def far_up(place: CardPlace) -> CardPlace:
    """The card as if too much stood below it, so that it is sent anew: that is seen, and makes the phone buzz."""
    return replace(place, messages_below=_MOST_BELOW + 1)


def reacts_to(typed: TypedMessage, place: CardPlace, outdated: Sequence[RestMessage]) -> bool:
    """Whether a reaction answers the message: it stays, and editing the card is all else that is to be done."""
    edits = place.message_id is not None and _below(place, outdated, typed) <= _MOST_BELOW
    return edits and not outdated and not typed.leaves


def _below(place: CardPlace, outdated: Sequence[RestMessage], typed: TypedMessage | None) -> int:
    """How many messages will stand below the card when those that leave have left."""
    rests = sum(place.message_id is not None and rest.message_id > place.message_id for rest in outdated)
    return place.messages_below + at_hand.required().messages - rests - (typed is not None and typed.leaves)


def _is_all(hand: UpdateAtHand, leaving: Sequence[int], instead_of: int | None) -> bool:
    """Whether editing the card is all that is left to do in the chat, and another update's card would do as well."""
    return hand.applied and hand.owed is None and not (hand.messages or hand.shown or leaving or instead_of)


async def _paint(context: SpotterContext, screen: Screen, workout_id: int, message_id: int) -> None:
    hand = at_hand.required()
    edit = await _edit(context, message_id, screen)
    if edit is _Edit.NOTHING_NEW and hand.is_written:
        await _send_card(context, screen, workout_id, [message_id])
    if edit.shows:
        return
    # The update before this one may have found that too.
    try:
        place = await context.gym.workouts.place(hand.user_id, workout_id)
    except NotFoundError:
        return  # a later update has deleted the workout, and shows what there is now
    moved_to = place.message_id
    if moved_to in {None, message_id} or not (await _edit(context, moved_to, screen)).shows:
        await _send_card(context, screen, workout_id, [message_id, moved_to])


async def _edit_and_react(
    context: SpotterContext, message_id: int, screen: Screen, reacting: TypedMessage | None
) -> _Edit:
    """Edits the message. The reaction goes beside it, and may be refused: a chat can forbid them."""
    if reacting is None:
        return await _edit(context, message_id, screen)
    reaction = asyncio.create_task(_react(context, reacting))
    try:
        return await _edit(context, message_id, screen)
    finally:
        await reaction


async def _react(context: SpotterContext, typed: TypedMessage) -> None:
    try:
        await context.bot.set_message_reaction(at_hand.required().user_id, typed.message_id, typed.reaction)
    except TelegramError:
        return  # the card says the same


async def _send_card(
    context: SpotterContext, screen: Screen, workout_id: int | None, instead_of: Sequence[int | None]
) -> None:
    """Sends the card anew; the messages in whose place it stands leave the chat."""
    hand = at_hand.required()
    sent = await _send(context, screen)
    hand.messages = 0
    if workout_id is not None:
        hand.shown.append(CardShown(workout_id, sent.message_id))
    await _delete(context, [message_id for message_id in instead_of if message_id is not None])


async def _delete(context: SpotterContext, message_ids: Sequence[int]) -> None:
    hand, leaving = at_hand.required(), list(dict.fromkeys(message_ids))
    there = [message_id for message_id in leaving if not context.last_shown.is_gone(hand, message_id)]
    if not there:
        return
    deleted = await harmless(context.bot.delete_messages(hand.user_id, there))
    if deleted:
        context.last_shown.removed(hand, there)


async def _send(context: SpotterContext, screen: Screen) -> Message:
    hand = at_hand.required()
    sent = await context.bot.send_message(
        hand.user_id, screen.text, parse_mode=ParseMode.HTML, reply_markup=screen.keyboard
    )
    hand.messages += 1
    context.last_shown.showed(hand, sent.message_id, screen)
    return sent


async def remove(context: SpotterContext, message_id: int) -> None:
    """Takes the message out of the chat."""
    await _delete(context, [message_id])


async def send_file(context: SpotterContext, name: str, content: bytes, caption: Html | None = None) -> None:
    """Sends a file of this name to the lifter whose update is at hand."""
    answer_press()
    hand = at_hand.required()
    await hand.painted()
    await context.bot.send_document(
        hand.user_id, InputFile(content, filename=name), caption=caption, parse_mode=ParseMode.HTML
    )
    hand.messages += 1


async def show_in(context: SpotterContext, screen: Screen, message_id: int | None) -> int:
    """Shows the screen in this message of the bot's, or in a new one where there is none or it is gone; in which."""
    await at_hand.required().painted()
    edit = _Edit.GONE if message_id is None else await _edit(context, message_id, screen)
    if message_id is not None and edit.shows:
        return message_id
    sent = await send(context, screen)
    if message_id is not None and edit is _Edit.OTHER_KIND:
        await _delete(context, [message_id])
    return sent.message_id


async def show_rest_message(
    context: SpotterContext,
    screen: Screen,
    timer_id: int,
    place: CardPlace | None = None,
    instead_of: int | None = None,
) -> None:
    """Sends the message that a rest is over, or soon will be, and remembers it until it is removed.

    With the card's place, what said before that it soon would be leaves the chat: first, since a call that fails is
    made again, and then it would be taken for the message that has just been sent.
    """
    hand = at_hand.required()
    if instead_of is not None:
        await hand.painted()
        await _delete(context, [instead_of])
    sent = await send(context, screen)
    hand.shown.append(RestMessageShown(timer_id, sent.message_id))
    if instead_of is not None and place is not None and (place.message_id or instead_of) < instead_of:
        hand.messages -= 1


async def show_anew(context: SpotterContext, screen: Screen, instead_of: int | None, *, below_card: bool) -> int:
    """Sends the screen so that the phone buzzes; the message in whose place it stands leaves the chat. In which it is.

    `below_card` says whether the one that leaves is counted among those below the card.
    """
    sent = await send(context, screen)
    if instead_of is not None:
        await take_away(context, instead_of, below_card=below_card)
    return sent.message_id


async def take_away(context: SpotterContext, message_id: int, *, below_card: bool) -> None:
    """Takes the message out of the chat, and out of the number of those below the card if it is one of them."""
    await _delete(context, [message_id])
    at_hand.required().messages -= below_card


async def drop_buttons(update: Update | None, context: SpotterContext) -> None:
    """Takes the buttons off the message whose button was pressed: they lead nowhere any more."""
    pressed = pressed_message_id(update)
    if pressed is not None:
        await drop_buttons_of(context, pressed)


async def drop_buttons_of(context: SpotterContext, message_id: int) -> None:
    """Takes the buttons off this message of the bot's."""
    hand = at_hand.required()
    await hand.painted()
    if context.last_shown.is_without_buttons(hand, message_id):
        return
    try:
        await harmless(context.bot.edit_message_reply_markup(hand.user_id, message_id))
    except BadRequest as error:
        if not is_gone(error):
            raise
        if is_removed(error):
            context.last_shown.removed(hand, [message_id])
            return
    context.last_shown.bared(hand, message_id)


def pressed_message_id(update: Update | None) -> int | None:
    """The message whose button was pressed; None if none was, or if it is too old for Telegram to say."""
    query = None if update is None else update.callback_query
    return query.message.message_id if query is not None and isinstance(query.message, Message) else None


def _is_picture(update: Update | None) -> bool:
    query = None if update is None else update.callback_query
    return query is not None and isinstance(query.message, Message) and bool(query.message.photo)


async def _edit(context: SpotterContext, message_id: int, screen: Screen) -> _Edit:
    hand, last_shown = at_hand.required(), context.last_shown
    if last_shown.is_gone(hand, message_id):
        return _Edit.GONE
    if last_shown.is_picture(hand, message_id):
        return _Edit.OTHER_KIND
    if last_shown.shows(hand, message_id, screen):
        return _Edit.NOTHING_NEW
    last_shown.forget(hand, message_id)  # a call that is lost may have been heard
    edit = _Edit.DONE
    try:
        await context.bot.edit_message_text(
            screen.text,
            chat_id=hand.user_id,
            message_id=message_id,
            parse_mode=ParseMode.HTML,
            reply_markup=screen.keyboard,
        )
    except BadRequest as error:
        if is_of_another_kind(error):
            return _Edit.OTHER_KIND
        if is_gone(error):
            return _Edit.GONE  # or it is too old to be changed, and still there
        if not is_not_modified(error):
            raise
        edit = _Edit.NOTHING_NEW
    last_shown.showed(hand, message_id, screen)
    return edit
