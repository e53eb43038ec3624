"""Telegram's side of an Application in tests without any socket: calls are recorded and answered from memory."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from telegram.request import BaseRequest, RequestData

BOT = {"id": 4242, "is_bot": True, "first_name": "Spotter", "username": "spotter_bot"}

_GONE = json.dumps({"ok": False, "error_code": 404, "description": "Not Found"}).encode()

Answer = tuple[int, dict[str, Any]]


@dataclass(frozen=True)
class Call:
    """A method that was called, with its parameters as Telegram would read them."""

    method: str
    parameters: dict[str, Any]

    @property
    def text(self) -> str:
        """What the lifter reads, also below a picture."""
        media = json.loads(self.parameters.get("media", "{}"))
        said = (*(self.parameters.get(name) for name in ("text", "caption")), media.get("caption"))
        return next((str(one) for one in said if one), "")

    @property
    def buttons(self) -> list[dict[str, str]]:
        rows = json.loads(self.parameters.get("reply_markup", "{}")).get("inline_keyboard", [])
        return [button for row in rows for button in row]


@dataclass
class RecordingRequest(BaseRequest):
    """Says yes to everything at once. `refuse` makes the next call of a method fail as Telegram would, `hold` keeps the
    answers of one back until its event is set.
    """

    calls: list[Call] = field(default_factory=list)
    next_message_id: int = 500
    downloads: dict[str, bytes] = field(default_factory=dict)
    """What can be fetched, by file id; anything else is gone."""
    files: list[tuple[str, bytes]] = field(default_factory=list)
    """What was sent: names and contents."""
    _refusals: dict[str, list[Answer]] = field(default_factory=dict)
    _held: dict[str, asyncio.Event] = field(default_factory=dict)

    @property
    def read_timeout(self) -> float:
        return 1.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    def refuse(self, method: str, code: int, description: str, **parameters: Any) -> None:
        answer = {"ok": False, "error_code": code, "description": description, "parameters": parameters}
        self._refusals.setdefault(method, []).append((code, answer))

    def hold(self, method: str) -> asyncio.Event:
        return self._held.setdefault(method, asyncio.Event())

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        if method == "GET":
            there = self.downloads.get(urlsplit(url).path.rpartition("/")[2])
            return (HTTPStatus.NOT_FOUND, _GONE) if there is None else (HTTPStatus.OK, there)
        if request_data is not None:
            for file in request_data.multipart_data.values():
                name, content = str(file[0]), file[1]
                self.files.append((name, content if isinstance(content, bytes) else content.read()))
        call = Call(urlsplit(url).path.rpartition("/")[2], dict(request_data.json_parameters) if request_data else {})
        self.calls.append(call)
        if (held := self._held.get(call.method)) is not None:
            await held.wait()
        code, answer = self._answer(call)
        return code, json.dumps(answer).encode()

    def _answer(self, call: Call) -> Answer:
        if refusals := self._refusals.get(call.method):
            return refusals.pop(0)
        return HTTPStatus.OK, {"ok": True, "result": self._result(call)}

    def _result(self, call: Call) -> Any:
        match call.method:
            case "getMe":
                return BOT
            case "sendMessage" | "sendDocument" | "sendPhoto":
                self.next_message_id += 1
                return _message(self.next_message_id, call)
            case "getFile":
                file_id = call.parameters["file_id"]
                return {"file_id": file_id, "file_unique_id": "-", "file_path": f"documents/{file_id}"}
            case "editMessageText" | "editMessageReplyMarkup" | "editMessageMedia" | "editMessageCaption":
                return _message(int(call.parameters["message_id"]), call)
            case _:
                return True


def _message(message_id: int, call: Call) -> dict[str, Any]:
    chat_id = int(call.parameters["chat_id"])
    return {"message_id": message_id, "date": 0, "chat": {"id": chat_id, "type": "private"}, "text": call.text or "-"}
