"""Where updates come in: written down in one transaction, then handed out."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable, Collection, Sequence
from typing import Any, Final, TypeGuard

from sqlalchemy.exc import SQLAlchemyError

from bot.metrics import Metrics
from bot.together import Together
from storage import flooding, journal
from storage.database import Database
from storage.values.chat import NOBODY, JournalStatus, Source
from training.clock import Clock

Take = Callable[[Sequence[dict[str, Any]]], Awaitable[Collection[int]]]
"""Writes updates down; returns the lifters for whom so many wait that the next had better come slowly."""

_KINDS = ("message", "callback_query", "edited_message")

_GROUPS = ("group", "supergroup", "channel")

_TALK = ("message", "edited_message")

_OF_PRESSED: Final = ("message_id", "date", "chat")

_LARGEST_ID: Final = (1 << 63) - 1


class Intake:
    """The one function that every way of receiving updates calls."""

    def __init__(
        self, database: Database, bot_id: int, clock: Clock, wake: Callable[[int], None], metrics: Metrics
    ) -> None:
        self._database = database
        self._bot_id = bot_id
        self._clock = clock
        self._wake = wake
        self._metrics = metrics
        self._writing: Together[Sequence[flooding.Incoming], Collection[int]] = Together(
            self._write_down, lambda error: isinstance(error, OSError | SQLAlchemyError)
        )

    async def take(self, updates: Sequence[dict[str, Any]]) -> Collection[int]:
        """Writes the updates down and wakes their lifters' lanes. When it returns they may be acknowledged.

        What is said in a group and is no command is nobody's business here, and not written down.

        Returns the lifters for whom so many wait that the next had better come slowly. Raises what the database
        raises; then nothing has been written.
        """
        rows = [incoming(update) for update in updates if not is_overheard(update)]
        if not rows:
            return ()
        crowded = await asyncio.shield(self._writing.ask(rows))
        for lifter_id in dict.fromkeys(row.user_id for row in rows):
            self._wake(lifter_id)
        return crowded

    async def stop(self) -> None:
        """Returns when nothing is being written down any more."""
        await self._writing.stop()

    async def _write_down(self, posts: Sequence[Sequence[flooding.Incoming]]) -> Sequence[Collection[int]]:
        rows = [row for post in posts for row in post]
        async with self._database.writing() as session:
            admitted = await journal.write_down(session, self._bot_id, rows, self._clock())
        for row, status in admitted.rows:
            if status is JournalStatus.REFUSED:
                self._metrics.ended(row.source, row.payload, status)
        return [{row.user_id for row in post}.intersection(admitted.crowded) for post in posts]


def incoming(update: dict[str, Any]) -> flooding.Incoming:
    """What is written down of an update: all of it, but of a message whose button was pressed only which one it is.

    That is the bot's own, with all its text and buttons, and the larger part of most updates.
    """
    try:
        payload = _storable(_brief(update))
    except RecursionError:  # nested too deeply: kept as what can't be read, or its batch would come for ever
        payload = {"update_id": update["update_id"]}
    return flooding.Incoming(Source.TELEGRAM, update["update_id"], sender_id(update), payload)


def _brief(update: dict[str, Any]) -> dict[str, Any]:
    query = update.get("callback_query")
    pressed = query.get("message") if isinstance(query, dict) else None
    if not isinstance(query, dict) or not isinstance(pressed, dict):
        return update
    kept = {key: pressed[key] for key in _OF_PRESSED if key in pressed}
    if isinstance(sizes := pressed.get("photo"), list):
        kept["photo"] = sizes[:1]  # that it is a picture says how it can be changed
    return update | {"callback_query": query | {"message": kept}}


def _storable(value: Any) -> Any:
    """The value without what no database keeps: NUL and lone surrogates in a text, numbers that are none."""
    if isinstance(value, str):
        return value.encode(errors="replace").decode().replace("\0", "")
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dict):
        return {key: _storable(part) for key, part in value.items()}
    return [_storable(part) for part in value] if isinstance(value, list) else value


def is_overheard(update: dict[str, Any]) -> bool:
    """Whether it was said in a group, and not to a bot: what is changed afterwards, or begins with no slash."""
    if not in_group(update) or "callback_query" in update:
        return False
    text = _part(update, "message").get("text")
    return not (isinstance(text, str) and text.startswith("/"))


def in_group(update: dict[str, Any]) -> bool:
    """Whether it comes from a group, or a channel."""
    where = [_part(update, kind) for kind in _TALK] + [_part(_part(update, "callback_query"), "message")]
    return any(_part(one, "chat").get("type") in _GROUPS for one in where)


def _part(whole: dict[str, Any], name: str) -> dict[str, Any]:
    """A part that should be an object; an empty one where it isn't."""
    part = whole.get(name)
    return part if isinstance(part, dict) else {}


def is_id(value: object) -> TypeGuard[int]:
    """Whether it is a whole number that a database keeps."""
    return type(value) is int and abs(value) <= _LARGEST_ID


def sender_id(update: dict[str, Any]) -> int:
    """Whoever sent the update; NOBODY if that can't be told."""
    given = _sender(update).get("id")
    return given if is_id(given) else NOBODY


def sender_name(update: dict[str, Any]) -> str | None:
    """The first name of whoever sent the update."""
    name = _sender(update).get("first_name")
    return name if isinstance(name, str) else None


def _sender(update: dict[str, Any]) -> dict[str, Any]:
    return next((sender for kind in _KINDS if (sender := _part(_part(update, kind), "from"))), {})
