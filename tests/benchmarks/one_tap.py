"""The database work of one logged set, as the bot does it, for bots that have nothing else of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.intake import incoming
from bot.together import Together
from handlers.callback_data import unpack
from handlers.workout.buttons import LogSuggested
from storage import journal, lanes, lifters, replicas
from storage.at_hand import UpdateAtHand, holding
from storage.database import Database
from storage.values.chat import JournalStatus
from tests.support.clock import ManualAlarm
from training.clock import utc_now
from training.gym import Gym, open_gym
from training.open_workout import Logged

_REPLICA = "0" * 32


@dataclass(frozen=True)
class Begun:
    """A set that is logged; its update is still to be closed."""

    hand: UpdateAtHand
    logged: Logged


class OneTap:
    """Runs the statements of the journal, the lane and the set, through the same functions and transactions.

    Where the bot claims and closes what belongs to several lifters in one transaction, so does this.
    """

    def __init__(self, database_url: str, bot_id: int) -> None:
        self._database = Database(database_url)
        self._bot_id = bot_id
        self._claims = Together(self._claim, lambda _: True)
        self._closings = Together(self._close, lambda _: True)
        self._gym: Gym = open_gym(self._database, utc_now, ManualAlarm(), ())

    async def open(self) -> None:
        """Owns the lanes from now on."""
        async with self._database.writing() as session:
            await replicas.live_alone(session, self._bot_id, _REPLICA)

    async def written_down(self, updates: list[dict[str, Any]]) -> None:
        """The updates are in the journal when this returns."""
        rows = [incoming(update) for update in updates]
        if rows:
            async with self._database.writing() as session:
                await journal.write_down(session, self._bot_id, rows, utc_now())

    async def log(self, update: dict[str, Any]) -> Begun:
        """Claims the update, which must be the lifter's only one, and logs the set."""
        sender = _query(update)["from"]
        hand = await self._claims.ask((sender["id"], sender["first_name"]))
        press = unpack(_query(update)["data"])
        assert isinstance(press, LogSuggested)
        with holding(hand):
            logged = await self._gym.workouts.log_suggested(sender["id"], press.workout_id, press.revision)
        return Begun(hand, logged)

    async def close(self, begun: Begun) -> None:
        """The update is done."""
        await self._closings.ask(begun.hand)

    async def _claim(self, senders: Sequence[tuple[int, str]]) -> Sequence[UpdateAtHand]:
        ids = [lifter_id for lifter_id, _ in senders]
        async with self._database.writing() as session:
            owned = await lanes.claim(session, self._bot_id, ids, _REPLICA)
            rows = await journal.claim_next(session, self._bot_id, owned)
            users = await lifters.find_all(session, ids)
        assert all(users[lifter_id].name == name for lifter_id, name in senders)
        claimed = {lifter_id: row.id for lifter_id, row in rows.items() if row is not None}
        return [UpdateAtHand(claimed[lifter_id], lifter_id, None, None, lane=owned[lifter_id]) for lifter_id in ids]

    async def _close(self, hands: Sequence[UpdateAtHand]) -> Sequence[bool]:
        ids = [hand.journal_id for hand in hands]
        holds = [hand.lane for hand in hands if hand.lane is not None]
        async with self._database.writing() as session:
            left = await lanes.leave(session, holds, ids)
            for hand in hands:
                await journal.record_shown(session, hand)
            await journal.close(session, ids, JournalStatus.DONE, utc_now())
        return [left[hold] for hold in holds]


def _query(update: dict[str, Any]) -> dict[str, Any]:
    query: dict[str, Any] = update["callback_query"]
    return query
