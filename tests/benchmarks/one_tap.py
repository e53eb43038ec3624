"""The database work of one logged set, as the bot does it, for bots that have nothing else of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from handlers.callback_data import unpack
from handlers.workout.buttons import LogSuggested
from storage import flooding, journal, lanes, lifters, replicas
from storage.at_hand import UpdateAtHand, holding
from storage.database import Database
from storage.values.chat import JournalStatus, Source
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
    """Runs the statements of the journal, the lane and the set, through the same functions and transactions."""

    def __init__(self, database_url: str, bot_id: int) -> None:
        self._database = Database(database_url)
        self._bot_id = bot_id
        self._gym: Gym = open_gym(self._database, utc_now, ManualAlarm(), ())

    async def open(self) -> None:
        """Owns the lanes from now on."""
        async with self._database.writing() as session:
            await replicas.live_alone(session, self._bot_id, _REPLICA)

    async def written_down(self, updates: list[dict[str, Any]]) -> None:
        """The updates are in the journal when this returns."""
        rows = [
            flooding.Incoming(Source.TELEGRAM, update["update_id"], _query(update)["from"]["id"], update)
            for update in updates
        ]
        if rows:
            async with self._database.writing() as session:
                await journal.write_down(session, self._bot_id, rows, utc_now())

    async def log(self, update: dict[str, Any]) -> Begun:
        """Claims the update, which must be the lifter's only one, and logs the set."""
        sender = _query(update)["from"]
        async with self._database.writing() as session:
            lane = await lanes.claim(session, self._bot_id, sender["id"], _REPLICA)
            row = await journal.claim_next(session, self._bot_id, sender["id"])
            await lifters.ensure(session, sender["id"], sender["first_name"], utc_now())
        assert row is not None
        press = unpack(_query(update)["data"])
        assert isinstance(press, LogSuggested)
        hand = UpdateAtHand(row.id, sender["id"], None, None, lane=lane)
        with holding(hand):
            logged = await self._gym.workouts.log_suggested(sender["id"], press.workout_id, press.revision)
        return Begun(hand, logged)

    async def close(self, begun: Begun) -> None:
        """The update is done."""
        assert begun.hand.lane is not None
        ids = [begun.hand.journal_id]
        async with self._database.writing() as session:
            await lanes.leave(session, begun.hand.lane, ids)
            await journal.record_shown(session, begun.hand)
            await journal.close(session, ids, JournalStatus.DONE, utc_now())


def _query(update: dict[str, Any]) -> dict[str, Any]:
    query: dict[str, Any] = update["callback_query"]
    return query
