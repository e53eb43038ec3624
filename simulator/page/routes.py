"""The page's routes: its files, what a person does in their chat, and what happens there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from simulator.page.chats import ChatEndpoints
from simulator.page.files import PageFiles
from simulator.people import NotPossible, People

Endpoint = Callable[[Request], Awaitable[Response]]


def chat_page(people: People, *, bot_name: str) -> Sequence[BaseRoute]:
    """Routes that show the chats of `people` with the bot: the page at `/`, and below `/chat` what it asks for."""
    files, chats = PageFiles(), ChatEndpoints(people, bot_name)
    chat, message = "/chat/{user_id:int}", "/chat/{user_id:int}/messages/{message_id:int}"
    return [
        _route("GET", "/", files.index),
        _route("GET", "/page/{name}", files.asset),
        _route("GET", "/chat/people", chats.everyone),
        _route("POST", "/chat/people", chats.add),
        _route("GET", "/chat/files/{file_id}", chats.file),
        _route("GET", chat + "/events", chats.events),
        _route("POST", chat + "/messages", chats.send),
        _route("POST", chat + "/documents", chats.attach),
        _route("PUT", message, chats.edit),
        _route("POST", message + "/press", chats.press),
    ]


def _route(method: str, path: str, endpoint: Endpoint) -> Route:
    async def answer(request: Request) -> Response:
        """Says in plain words, which the page shows, why something can't be done."""
        try:
            return await endpoint(request)
        except NotPossible as refusal:
            return PlainTextResponse(str(refusal), 409)
        except LookupError as missing:
            return PlainTextResponse(str(missing), 404)

    return Route(path, answer, methods=[method])
