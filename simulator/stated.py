"""Entities that a bot states itself (tdlib/telegram-bot-api, Client.cpp, `get_input_entities`, `get_text_entity`)."""

from __future__ import annotations

import json
from typing import Any, Final

from simulator.date_times import date_time
from simulator.errors import bad_request
from simulator.fields import FieldError, object_field, required_text, text_field, whole_field
from simulator.html_tags import link
from simulator.links import invalid_link
from simulator.nesting import QUOTES, STYLES, Entity

_FOUND: Final = ("mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bank_card_number")
"""Telegram finds these by itself, whatever the bot says."""

_FARTHEST: Final = 1_000_000


def stated_entities(given: str) -> list[Entity]:
    """The entities in an argument. One that is no array counts as none; an element that is no entity is refused."""
    try:
        elements = json.loads(given)
    except ValueError:
        return []
    if not isinstance(elements, list):
        return []
    try:
        entities = [entity for one in elements if (entity := _entity(one))]
    except FieldError as problem:
        raise bad_request(f"Can't parse MessageEntity: {problem}") from None
    return [checked for entity in entities if (checked := _checked(entity))]


def _entity(given: Any) -> Entity | None:
    if not isinstance(given, dict):
        raise FieldError("expected an Object")
    place = {"offset": whole_field(given, "offset"), "length": whole_field(given, "length")}
    kind = required_text(given, "type")
    if kind in _FOUND:
        return None
    return {**_about(kind, given), **place}


def _about(kind: str, given: dict[str, Any]) -> Entity:
    """The type, and what belongs to it."""
    about: Entity = {}
    match kind:
        case "pre" if language := text_field(given, "language"):
            about = {"language": language}
        case "text_link":
            about = {"url": required_text(given, "url")}
        case "text_mention":
            about = {"user": {"id": whole_field(object_field(given, "user"), "id"), "is_bot": False, "first_name": ""}}
        case "custom_emoji":
            about = {"custom_emoji_id": str(whole_field(given, "custom_emoji_id"))}
        case "date_time":
            layout = text_field(given, "date_time_format")
            about = {"unix_time": whole_field(given, "unix_time"), "date_time_format": layout}
        case _ if kind not in ("pre", "code", *STYLES, *QUOTES):
            raise FieldError("Unsupported type specified" if kind else "Type is not specified")
    return {"type": kind, **about}


def _checked(entity: Entity) -> Entity | None:
    """The entity as Telegram keeps it (tdlib/td, MessageEntity.cpp, `get_message_entities`, `fix_formatted_text`)."""
    for name in ("offset", "length"):
        if not 0 <= entity[name] <= _FARTHEST:
            raise bad_request(f"Receive an entity with incorrect {name} {entity[name]}")
    about = _resolved(entity)
    return about and {**about, "offset": entity["offset"], "length": entity["length"]}


def _resolved(entity: Entity) -> Entity | None:
    match entity["type"]:
        case "text_link":
            leads = link(entity["url"])
            if leads is None:
                raise bad_request(f"Entity {invalid_link(entity['url'])}")
            return leads
        case "custom_emoji" if entity["custom_emoji_id"] == "0":
            raise bad_request("Invalid custom emoji identifier specified")
        case "date_time":
            return date_time(entity["unix_time"], entity["date_time_format"])
    return entity
