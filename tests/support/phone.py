"""A lifter whose mocked updates go through the journal and the real Application, with no socket."""

from __future__ import annotations

import itertools
from typing import Any

from bot.intake import Intake
from bot.lanes import Held, Showing, Turn
from bot.metrics import Metrics
from bot.turns import Turns
from handlers.callback_data import pack
from handlers.last_shown import LastShown
from storage import flooding, journal
from storage.models import User
from storage.values.chat import Source
from tests.support.recording_request import BOT, Call, RecordingRequest

BOT_ID = int(str(BOT["id"]))


class Phone:
    """What one lifter does in the private chat, and what the bot calls in return."""

    def __init__(self, turns: Turns, telegram: RecordingRequest, lifter_id: int = 7, name: str = "Ann") -> None:
        self._turns = turns
        self._telegram = telegram
        self._person = {"id": lifter_id, "is_bot": False, "first_name": name}
        self._chat = {"id": lifter_id, "type": "private"}
        self._ids = itertools.count(1 + 1000 * lifter_id)
        self._intake = Intake(turns.database, BOT_ID, turns.clock, lambda _: None, Metrics())
        self.lifter_id = lifter_id
        self.last_sent = 0

    async def sends(self, text: str, **more: Any) -> list[Call]:
        entities = (
            [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}] if text[:1] == "/" else []
        )
        return await self.sends_message(text=text, entities=entities, **more)

    async def edits(self, message_id: int, text: str, *, seconds_later: int = 1) -> list[Call]:
        """The lifter's message says this from now on."""
        edited = self._message({"text": text, "edit_date": seconds_later}, message_id)
        return await self.gets({"update_id": edited["update_id"], "edited_message": edited["message"]})

    async def replies(self, text: str, message_id: int, *, own: bool = False) -> list[Call]:
        """As `sends`, in reply to the message, which is the bot's unless it is their `own`."""
        author = self._person if own else BOT
        replied = {"message_id": message_id, "date": 1, "chat": self._chat, "from": author, "text": "-"}
        return await self.sends(text, reply_to_message=replied)

    async def sends_message(self, **content: Any) -> list[Call]:
        return await self.gets(self._message(content))

    async def has_sent(self, text: str) -> None:
        """The line, which is no command, waits in the lane; no turn is taken."""
        await self._intake.take([self._message({"text": text})])

    def _message(self, content: dict[str, Any], message_id: int | None = None) -> dict[str, Any]:
        number = next(self._ids)
        self.last_sent = number if message_id is None else message_id
        message = {"message_id": self.last_sent, "date": 0, "chat": self._chat, "from": self._person, **content}
        return {"update_id": number, "message": message}

    async def presses(self, press: object, message_id: int = 501) -> list[Call]:
        return await self.presses_raw(pack(press), message_id)

    async def presses_raw(self, data: str, message_id: int = 501) -> list[Call]:
        return await self.gets(self._pressing(data, message_id))

    async def presses_at_once(self, *presses: object, message_id: int = 501) -> None:
        """The presses wait in the lane; no turn is taken."""
        await self._intake.take([self._pressing(pack(press), message_id) for press in presses])

    def _pressing(self, data: str, message_id: int) -> dict[str, Any]:
        number = next(self._ids)
        message = {"message_id": message_id, "date": 1, "chat": self._chat, "from": BOT, "text": "-"}
        query = {"id": str(number), "from": self._person, "chat_instance": "1", "data": data, "message": message}
        return {"update_id": number, "callback_query": query}

    async def gets(self, update: dict[str, Any]) -> list[Call]:
        """The calls that the bot makes for the update."""
        await self._intake.take([update])
        return await self.takes_turns()

    def meets_a_new_process(self) -> None:
        """Of what the chat shows nothing is known any more."""
        self._turns.application.bot_data["last_shown"] = LastShown()

    async def step(self) -> str | None:
        """Where the lifter's conversation stands."""
        async with self._turns.database.reading() as session:
            return (await session.get_one(User, self.lifter_id)).step

    async def rests(self, timer_id: int) -> list[Call]:
        async with self._turns.database.writing() as session:
            row = flooding.Incoming(Source.REST, timer_id, self.lifter_id, {})
            await journal.write_down(session, BOT_ID, [row], self._turns.clock())
        return await self.takes_turns()

    async def takes_turns(self) -> list[Call]:
        """The calls of this lifter's lane until nothing is left or it is held."""
        before = len(self._telegram.calls)
        self.turn: Turn | Held = Turn.HANDLED
        while self.turn is Turn.HANDLED:
            turn = await self._turns.take(self.lifter_id)
            self.turn = await turn.shown if isinstance(turn, Showing) else turn
        for what in (self._turns.reports, self._turns.afterwards):
            await what.stop(60)  # so that they are among the calls
        return self._telegram.calls[before:]


def only(calls: list[Call], method: str) -> Call:
    """The one call of this method; fails if there are none or several."""
    found = [call for call in calls if call.method == method]
    assert len(found) == 1, calls
    return found[0]


def shown(calls: list[Call]) -> Call:
    """The one screen that the calls show, wherever it stands now."""
    found = [call for call in calls if call.method in {"editMessageText", "sendMessage"}]
    assert len(found) == 1, calls
    return found[0]


def labels(call: Call) -> list[str]:
    """What its buttons say."""
    return [button["text"] for button in call.buttons]


def data_of(call: Call, words: str) -> str:
    """The data of its one button that says this, and maybe more."""
    (data,) = [button["callback_data"] for button in call.buttons if words in button["text"]]
    return data


async def tap(phone: Phone, screen: Call, text: str) -> Call:
    """The one screen that comes of pressing the button with this text."""
    return shown(await phone.presses_raw(data_of(screen, text)))
