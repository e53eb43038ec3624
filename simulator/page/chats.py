"""What the page asks for: one endpoint for each thing that can be seen or done in a chat."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from typing import Any, Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from simulator.people import NotPossible, People, Person

_FIRST_ID: Final = 1001
"""The id of a person added on the page when nobody is there yet."""


class ChatEndpoints:
    """JSON in and out; `events` is a stream of server-sent events."""

    def __init__(self, people: People, bot_name: str) -> None:
        self._people = people
        self._bot_name = bot_name

    async def everyone(self, _request: Request) -> Response:
        """The bot's name and all people."""
        return JSONResponse({"bot": self._bot_name, "people": [_shown(person) for person in self._people.everyone()]})

    async def add(self, request: Request) -> Response:
        """Adds a person by `name`."""
        name = str((await request.json())["name"]).strip()
        if not name:
            raise NotPossible("A person needs a name.")
        person = Person(max((one.id + 1 for one in self._people.everyone()), default=_FIRST_ID), name)
        self._people.add(person.id, person.name)
        return JSONResponse(_shown(person), status_code=201)

    async def events(self, request: Request) -> Response:
        """The chat as it stands, then everything that happens in it, until the simulator closes."""
        user_id = request.path_params["user_id"]
        happenings = self._people.subscribe(user_id)
        chat = {"messages": list(self._people.chat(user_id)), "commands": list(self._people.commands(user_id))}
        stream = _server_sent({"type": "chat", **chat}, happenings)
        return StreamingResponse(stream, media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    async def send(self, request: Request) -> Response:
        """Sends `text`, as a reply if `reply_to` is a message's id."""
        body = await request.json()
        message_id = await self._people.send_text(request.path_params["user_id"], body["text"], body["reply_to"])
        return JSONResponse({"message_id": message_id}, status_code=201)

    async def edit(self, request: Request) -> Response:
        """Changes a sent message to `text`."""
        body = await request.json()
        await self._people.edit_text(request.path_params["user_id"], request.path_params["message_id"], body["text"])
        return Response(status_code=204)

    async def press(self, request: Request) -> Response:
        """Presses the button at `row` and `column`; the answer to the `query_id` comes as an event."""
        body = await request.json()
        user_id, message_id = request.path_params["user_id"], request.path_params["message_id"]
        query_id = await self._people.press(user_id, message_id, body["row"], body["column"])
        return JSONResponse({"query_id": query_id})

    async def attach(self, request: Request) -> Response:
        """Sends the body as a document called `name`."""
        mime = request.headers.get("content-type", "application/octet-stream")
        name, content = request.query_params["name"], await request.body()
        message_id = await self._people.send_document(request.path_params["user_id"], name, content, mime)
        return JSONResponse({"message_id": message_id}, status_code=201)

    async def file(self, request: Request) -> Response:
        """A photo or document, called `name`; always a download, so that a sent HTML file never runs as the page."""
        mime, content = self._people.file(request.path_params["file_id"])
        headers = {
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(request.query_params['name'])}",
            "Content-Security-Policy": "sandbox",
            "X-Content-Type-Options": "nosniff",
        }
        return Response(content, media_type=mime, headers=headers)


def _shown(person: Person) -> dict[str, Any]:
    return {"id": person.id, "name": person.name, "admin": person.admin}


async def _server_sent(first: Mapping[str, Any], others: AsyncIterator[Mapping[str, Any]]) -> AsyncIterator[str]:
    yield _event(first)
    async for other in others:
        yield _event(other)


def _event(content: Mapping[str, Any]) -> str:
    return f"data: {json.dumps(content)}\n\n"
