"""What is there for admins only. To everybody else it doesn't exist: they get the answer to what nobody knows."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from telegram import Update

from handlers.context import Handler, SpotterContext
from handlers.guidance.views import gone
from handlers.pressing import answer_press
from handlers.typed import on_command
from storage import at_hand
from training.errors import NotFoundError, StaleButtonError

_P = ParamSpec("_P")
_Callback = Callable[Concatenate[Update, SpotterContext, _P], Coroutine[Any, Any, None]]


def for_admins(callback: _Callback[_P]) -> _Callback[_P]:
    """The callback, which raises NotAllowedError for others before it does or shows anything.

    An admin's button for something that is gone or was done before says so, and leaves the message as it is.
    """

    @wraps(callback)
    async def guarded(update: Update, context: SpotterContext, /, *args: _P.args, **kwargs: _P.kwargs) -> None:
        await context.gym.admins.require(at_hand.required().user_id)
        try:
            await callback(update, context, *args, **kwargs)
        except (NotFoundError, StaleButtonError):
            if update.callback_query is None:
                raise
            answer_press(gone())

    return guarded


def admin_command(name: str, callback: _Callback[[]]) -> Handler:
    """The handler of an admin's command."""
    return on_command(name, for_admins(callback))
