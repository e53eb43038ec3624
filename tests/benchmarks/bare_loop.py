"""The floor: the statements and the calls of a logged set, and nothing else that makes a bot."""

from __future__ import annotations

import asyncio
import json
import os
from typing import Any

import aiohttp

from bot.event_loop import new_event_loop
from tests.benchmarks.one_tap import OneTap

_CARD = """\
<b>Workout</b> · started <tg-time unix="1767636000" format="r">18:00 UTC</tg-time>
{sets} sets · 500 kg

<b>Bench Press (Barbell)</b>
Last time (29 Dec): 100 kg × 5, 5 · 95 kg × 6
Today: 100 kg × 5, 5, 5

Type what you did, like <code>100x5</code> or <code>102.5x5</code>."""
_KEYBOARD = json.dumps(
    {
        "inline_keyboard": [
            [{"text": "✓ Log 100 kg × 5", "callback_data": "1l:{workout}:{revision}", "style": "primary"}],
            [{"text": "➕ Exercise", "callback_data": "1p"}, {"text": "🏁 Finish", "callback_data": "1f"}],
        ]
    }
)


class BareLoop:
    """Fetches, and handles every update at once."""

    def __init__(self, session: aiohttp.ClientSession, token: str) -> None:
        self._session = session
        self._path = f"/bot{token}/"
        self._work = OneTap(os.environ["DATABASE_URL"], int(token.partition(":")[0]))
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Until the process is ended."""
        await self._work.open()
        offset = 0
        while True:
            updates = await self._call("getUpdates", offset=str(offset), timeout="10")
            await self._work.written_down(updates)
            for update in updates:
                offset = update["update_id"] + 1
                task = asyncio.create_task(self._handle(update))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)

    async def _handle(self, update: dict[str, Any]) -> None:
        query = update["callback_query"]
        begun = await self._work.log(update)
        card = begun.logged.card
        keyboard = _KEYBOARD.replace("{workout}", str(card.workout_id)).replace("{revision}", str(card.revision))
        await asyncio.gather(
            self._call("answerCallbackQuery", callback_query_id=query["id"]),
            self._call(
                "editMessageText",
                chat_id=str(query["from"]["id"]),
                message_id=str(query["message"]["message_id"]),
                text=_CARD.replace("{sets}", str(card.sets)),
                parse_mode="HTML",
                reply_markup=keyboard,
            ),
        )
        await self._work.close(begun)

    async def _call(self, method: str, **fields: str) -> Any:
        async with self._session.post(self._path + method, data=fields) as response:
            answer = await response.json()
        assert answer["ok"], answer
        return answer["result"]


async def main() -> None:
    """Runs until the process is ended."""
    connector = aiohttp.TCPConnector(limit=256)
    async with aiohttp.ClientSession(os.environ["BOT_API_URL"], connector=connector) as session:
        await BareLoop(session, os.environ["BOT_TOKEN"]).run()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        runner.run(main())
