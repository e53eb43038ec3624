"""The text or caption of a message that the bot sends."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Final

from simulator.arguments import Arguments
from simulator.entities import cleaned, shows_nothing
from simulator.errors import ApiError, bad_request
from simulator.fields import text_field
from simulator.found import with_found
from simulator.html import parse_html
from simulator.nesting import Entity
from simulator.stated import stated_entities

_LONGEST_RAW: Final = 1 << 15
"""In bytes, before any markup is read."""

LONGEST_TEXT: Final = 4096
_LONGEST_CAPTION: Final = 1024
"""In Unicode code points, after markup is read (`telegram.constants.MessageLimit`)."""


@dataclass(frozen=True)
class FormattedText:
    """A text and its entities, as a message keeps them."""

    text: str
    entities: list[Entity] = field(default_factory=list)

    def fields(self, text: str, entities: str) -> dict[str, Any]:
        """The two as fields of a Message; what is empty is left out."""
        both = {text: self.text, entities: self.entities}
        return {name: value for name, value in both.items() if value}


def message_text(arguments: Arguments) -> FormattedText:
    """The text of a message. `check_text` is to follow once it is known that the message can be sent at all."""
    if not arguments.text("text"):
        raise bad_request("Message text is empty")
    return _formatted(arguments, "text", "entities")


def inline_text(content: dict[str, Any]) -> FormattedText:
    """The text of a message that is sent by choosing what the bot has found. Limits are to be checked afterwards."""
    if not text_field(content, "message_text"):
        raise bad_request("Message text is empty")
    entities = json.dumps(content.get("entities", []))
    given = {"parse_mode": text_field(content, "parse_mode"), "entities": entities}
    return _formatted(Arguments({"text": text_field(content, "message_text"), **given}, {}), "text", "entities")


def plain_text(text: str) -> FormattedText:
    """A text without markup, as a person writes it; empty if there is nothing to see."""
    kept, _ = cleaned(text, [])
    return FormattedText("") if shows_nothing(kept) else FormattedText(kept, with_found(kept, []))


def caption(arguments: Arguments) -> FormattedText:
    """The caption of a photo or document, which may be empty."""
    return _formatted(arguments, "caption", "caption_entities")


def media_caption(media: dict[str, Any]) -> FormattedText:
    """The caption of an InputMedia. Raises FieldError where a field is of a wrong kind."""
    given = {name: text_field(media, name) for name in ("caption", "parse_mode")}
    entities = json.dumps(media.get("caption_entities", []))
    return caption(Arguments({**given, "caption_entities": entities}, {}))


def check_text(formatted: FormattedText) -> None:
    """Refuses a text that shows nothing, or too much."""
    if shows_nothing(formatted.text):
        raise bad_request("Text must be non-empty")
    if len(formatted.text) > LONGEST_TEXT:
        raise bad_request("Message is too long")


def check_caption(formatted: FormattedText) -> None:
    """Refuses a caption that is too long."""
    if len(formatted.text) > _LONGEST_CAPTION:
        raise bad_request("Message caption is too long")


def _formatted(arguments: Arguments, name: str, entities_name: str) -> FormattedText:
    raw = arguments.text(name)
    if len(raw.encode()) > _LONGEST_RAW:
        raise bad_request("Text is too long")
    mode = arguments.text("parse_mode").lower() if raw else ""
    if mode == "html":
        text, entities = parse_html(raw)
    elif mode in ("", "none"):
        text, entities = raw, stated_entities(arguments.text(entities_name))
    elif mode in ("markdown", "markdownv2"):
        raise ApiError(501, "Not Implemented: Markdown is read by Telegram, but not by its simulator")
    else:
        raise bad_request("Unsupported parse_mode")
    text, entities = cleaned(text, entities)
    return FormattedText(text, with_found(text, entities))
