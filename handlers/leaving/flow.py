"""Callbacks of /privacy and /delete_me, and of whoever is no lifter any more."""

from __future__ import annotations

from contextlib import suppress

from telegram import Update
from telegram.error import TelegramError
from telegram.ext import TypeHandler

from handlers.context import Handler, SpotterContext
from handlers.conversation import END, is_owed_farewell, leads_to, owes_farewell, owes_nothing
from handlers.guidance.views import outdated_button
from handlers.home.showing import go_home
from handlers.incoming import AnswerOwed
from handlers.leaving import views
from handlers.leaving.buttons import AskAgain, AskToLeave, DeleteMe, Stay
from handlers.leaving.showing import say_farewell
from handlers.pressing import OnPress, answer_press
from handlers.showing import pressed_message_id, send, show, show_in
from handlers.typed import on_command
from storage import at_hand
from training.errors import StaleButtonError


@leads_to(END)
async def show_privacy(update: Update, context: SpotterContext) -> None:
    """What is kept of the lifter."""
    await show(update, context, views.privacy())


@leads_to(END)
async def ask(update: Update, context: SpotterContext, _: AskToLeave | None = None) -> None:
    """Shows what would go, and asks."""
    await show(update, context, views.question(await context.gym.leaving.holdings(at_hand.required().user_id)))


@leads_to(END)
async def ask_again(update: Update, context: SpotterContext, press: AskAgain) -> None:
    """Asks once more; anew if something has come or gone since."""
    held = await context.gym.leaving.holdings(at_hand.required().user_id)
    if held.mark == press.mark:
        await show(update, context, views.question_again(held))
    else:
        answer_press(outdated_button())
        await show(update, context, views.question(held))


@leads_to(END)
async def leave(update: Update, context: SpotterContext, press: DeleteMe) -> None:
    """Deletes everything, and says so."""
    hand, pressed = at_hand.required(), pressed_message_id(update)
    await hand.painted()  # or the update before this one would end after it, and remember the lifter

    async def tell(left: int) -> None:
        with suppress(TelegramError):  # whether or not this is heard, the deletion goes on
            await show_in(context, views.deleting(left), pressed)

    owes_farewell()
    try:
        await context.gym.leaving.leave(hand.user_id, press.asked_at, press.mark, tell)
    except StaleButtonError:
        owes_nothing()
        answer_press(outdated_button())
        await ask(update, context)
    else:
        await say_farewell(context, pressed)


@leads_to(END)
async def stay(update: Update, context: SpotterContext, _: Stay) -> None:
    """Leaves everything as it is."""
    await go_home(update, context)


class _FromStranger(TypeHandler[object, SpotterContext, None]):
    """Takes whatever comes from, or for, somebody who is no lifter and doesn't become one by it."""

    def check_update(self, update: object) -> bool:
        """Whether that is so. What is owed to who has just left is theirs still."""
        is_farewell = isinstance(update, AnswerOwed) and is_owed_farewell(update.answer)
        hand = at_hand.current()
        return hand is not None and hand.stranger and not is_farewell


async def answer_stranger(update: object, context: SpotterContext) -> None:
    """Says that nothing is known any more; what the bot itself has written down is of no use."""
    if isinstance(update, Update):
        if update.callback_query is not None:
            answer_press(views.unknown())
        else:
            await send(context, views.unknown_line())
            context.last_shown.forget_chat(at_hand.required())


def stranger_handlers() -> list[Handler]:
    """They stand before all that speaks to lifters."""
    return [_FromStranger(object, answer_stranger)]


def leaving_handlers() -> list[Handler]:
    """Both commands work anywhere."""
    return [
        on_command("privacy", show_privacy),
        on_command("delete_me", ask),
        OnPress(AskToLeave, ask),
        OnPress(AskAgain, ask_again),
        OnPress(DeleteMe, leave),
        OnPress(Stay, stay),
    ]
