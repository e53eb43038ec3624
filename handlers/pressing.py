"""Button presses: which button it was, and answering it in time so that the phone stops waiting."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Generic, TypeVar

from telegram import CallbackQuery, Update
from telegram.error import TelegramError
from telegram.ext import BaseHandler

from handlers.callback_data import unpack
from handlers.context import SpotterApplication, SpotterContext
from handlers.telegram_errors import harmless
from storage import at_hand

_AT_THE_LATEST = 1.0
"""Seconds after which a press is answered even though its write isn't done."""

_LONGEST_TOAST = 200

_Press = TypeVar("_Press")


class OnPress(BaseHandler[Update, SpotterContext, object], Generic[_Press]):
    """Handles presses of the buttons made with one kind of callback data; the callback gets it typed."""

    def __init__(
        self, kind: type[_Press], callback: Callable[[Update, SpotterContext, _Press], Awaitable[None]]
    ) -> None:
        async def unused(_: Update, __: SpotterContext) -> None:
            raise AssertionError("handle_update calls the callback itself")

        super().__init__(unused)
        self._kind = kind
        self._on_press = callback

    def check_update(self, update: object) -> _Press | None:
        """The press, if it is of this kind."""
        if not isinstance(update, Update) or update.callback_query is None:
            return None
        pressed = unpack(update.callback_query.data or "")
        return pressed if isinstance(pressed, self._kind) else None

    async def handle_update(
        self, update: Update, _: SpotterApplication, check_result: object, context: SpotterContext
    ) -> None:
        """Calls the callback with the press."""
        assert isinstance(check_result, self._kind)
        await self._on_press(update, context, check_result)


class _Query:
    """A callback query that is answered once."""

    def __init__(self, query: CallbackQuery) -> None:
        self._query = query
        self._answer: asyncio.Task[None] | None = None

    def answer(self, toast: str | None = None) -> asyncio.Task[None]:
        if self._answer is None:
            self._answer = asyncio.create_task(self._send(toast))
        return self._answer

    async def answered(self) -> None:
        await self.answer()

    async def _send(self, toast: str | None) -> None:
        try:
            await harmless(self._query.answer(toast and toast[:_LONGEST_TOAST]))
        except TelegramError:
            return  # the phone stops waiting by itself


_query: ContextVar[_Query | None] = ContextVar("callback_query", default=None)


@asynccontextmanager
async def answered_in_time(update: object) -> AsyncIterator[None]:
    """A press handled in this block is answered when its write is done, at the latest after a second.

    That the answer has arrived is left to the update at hand's `answered`: the card needn't wait for it.
    """
    if not isinstance(update, Update) or update.callback_query is None:
        token = _query.set(None)
        try:
            yield
        finally:
            _query.reset(token)
        return
    query = _Query(update.callback_query)
    token = _query.set(query)
    reminder = asyncio.get_running_loop().call_later(_AT_THE_LATEST, query.answer)
    try:
        yield
    finally:
        reminder.cancel()
        _query.reset(token)
        query.answer()  # type: ignore[unused-awaitable] # whoever ends the update awaits it
        at_hand.required().answered = query.answered


def answer_press(toast: str | None = None) -> None:
    """Lets the phone stop waiting, with a few words if need be. Does nothing if no button was pressed."""
    if (query := _query.get()) is not None:
        query.answer(toast)  # type: ignore[unused-awaitable] # whoever ends the update awaits it
