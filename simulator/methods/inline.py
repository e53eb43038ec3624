"""Answers to what is typed behind the bot's name (https://core.telegram.org/bots/api#answerinlinequery).

Reading follows tdlib/telegram-bot-api, Client.cpp, `process_answer_inline_query_query`, `get_inline_query_results` and
`get_inline_query_results_button`. The codes in capitals are those of Telegram's own servers:
https://core.telegram.org/method/messages.setInlineBotResults.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

from simulator.arguments import Arguments
from simulator.entities import shows_nothing
from simulator.errors import ApiError, bad_request
from simulator.fields import FieldError, object_field, required_text, text_field
from simulator.inline import Findings, Found
from simulator.keyboards import check_limits, inline_keyboard
from simulator.texts import LONGEST_TEXT, inline_text
from simulator.world import World

_MOST: Final = 50
_LONGEST_ID: Final = 64
_LONGEST_OFFSET: Final = 64
"""Both in bytes (`telegram.constants.InlineQueryResultLimit`, `InlineQueryLimit`)."""

_ELSEWHERE: Final = frozenset(
    {
        "audio",
        "contact",
        "document",
        "game",
        "gif",
        "location",
        "mpeg4_gif",
        "photo",
        "sticker",
        "venue",
        "video",
        "voice",
    }
)
_START: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_CACHE_TIME: Final = 300
_LONGEST_CACHE_TIME: Final = 86_400


def answer_inline_query(world: World, arguments: Arguments) -> bool:
    """Shows the person what was found."""
    cache_time = min(max(arguments.whole("cache_time", _CACHE_TIME), 0), _LONGEST_CACHE_TIME)
    button = _button(arguments)
    results = [_result(one) for one in _results(arguments)]
    _check(results, arguments.text("next_offset"))
    findings = Findings(results, arguments.text("next_offset"), button)
    query_id = arguments.text("inline_query_id")
    user_id = world.inline.answer(query_id, findings, cache_time, is_personal=arguments.flag("is_personal"))
    world.feeds.tell(user_id, {"type": "found", "query_id": query_id, **findings.json()})
    return True


def _results(arguments: Arguments) -> list[Any]:
    given = arguments.json("results", bad_request("Can't parse JSON encoded inline query results"))
    if given is None:
        return []
    if not isinstance(given, list):
        raise bad_request("Expected an Array of inline query results")
    if len(given) > _MOST:
        raise bad_request("Too many inline query results specified")
    return given


def _result(given: Any) -> Found:
    try:
        return _read(given)
    except FieldError as problem:
        raise _unreadable(str(problem)) from None


def _read(given: Any) -> Found:
    if not isinstance(given, dict):
        raise FieldError("Inline query result must be an object")
    kind, result_id = required_text(given, "type").lower(), required_text(given, "id")
    if kind in _ELSEWHERE:
        raise ApiError(501, f"Not Implemented: Telegram knows results of the type {kind}, but not its simulator")
    if kind != "article":
        raise FieldError(f'type "{kind}" is unsupported for the inline query result')
    content = object_field(given, "input_message_content") if "input_message_content" in given else given
    if "message_text" not in content:
        raise FieldError("Input message content is not specified")
    message = _message(content, given.get("reply_markup"))
    return Found(result_id, required_text(given, "title"), text_field(given, "description"), message)


def _message(content: dict[str, Any], markup: Any) -> dict[str, Any]:
    try:
        text = inline_text(content)
        keyboard = [] if markup is None else inline_keyboard(Arguments({"reply_markup": json.dumps(markup)}, {}))
    except ApiError as refusal:
        raise _unreadable(_in_its_own_words(refusal)) from None
    check_limits(keyboard)
    if shows_nothing(text.text):
        raise bad_request("MESSAGE_EMPTY")
    if len(text.text) > LONGEST_TEXT:
        raise bad_request("MESSAGE_TOO_LONG")
    return {**text.fields("text", "entities"), **({"reply_markup": {"inline_keyboard": keyboard}} if keyboard else {})}


def _in_its_own_words(refusal: ApiError) -> str:
    words = refusal.description.removeprefix("Bad Request: ")
    return words[:1].upper() + words[1:]


def _unreadable(why: str) -> ApiError:
    return bad_request(f"Can't parse inline query result: {why}")


def _check(results: list[Found], next_offset: str) -> None:
    for result in results:
        if not result.id:
            raise bad_request("RESULT_ID_EMPTY")
        if len(result.id.encode()) > _LONGEST_ID:
            raise bad_request("RESULT_ID_INVALID")
        if not result.title:
            raise bad_request("ARTICLE_TITLE_EMPTY")
    if len({result.id for result in results}) < len(results):
        raise bad_request("RESULT_ID_DUPLICATE")
    if len(next_offset.encode()) > _LONGEST_OFFSET:
        raise bad_request("NEXT_OFFSET_INVALID")


def _button(arguments: Arguments) -> str | None:
    """The words on the button above the results."""
    given = arguments.json_object("button", "inline query results button")
    if not given:
        return None
    try:
        text, parameter = _words_and_start(given)
    except FieldError as problem:
        raise bad_request(f"Can't parse inline query results button: {problem}") from None
    if not text:
        raise bad_request("SWITCH_PM_TEXT_EMPTY")
    if not _START.fullmatch(parameter):
        raise bad_request("START_PARAM_INVALID" if parameter else "START_PARAM_EMPTY")
    return text


def _words_and_start(button: dict[str, Any]) -> tuple[str, str]:
    text = required_text(button, "text")
    if "start_parameter" not in button:
        raise FieldError("InlineQueryResultsButton must have exactly one optional field")
    return text, required_text(button, "start_parameter")
