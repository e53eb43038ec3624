"""The text or caption of a message that the bot sends."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from simulator.arguments import Arguments
from simulator.entities import Entity, cleaned, units, with_commands
from simulator.errors import bad_request
from simulator.html import parse_html

_LONGEST_RAW: Final = 1 << 15
"""In bytes, before any markup is read."""

_LONGEST_TEXT: Final = 4096
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


def caption(arguments: Arguments) -> FormattedText:
    """The caption of a photo or document, which may be empty."""
    return _formatted(arguments, "caption", "caption_entities")


def check_text(formatted: FormattedText) -> None:
    """Refuses a text that shows nothing, or too much."""
    if not formatted.text:
        raise bad_request("Text must be non-empty")
    if len(formatted.text) > _LONGEST_TEXT:
        raise bad_request("Message is too long")


def check_caption(formatted: FormattedText) -> None:
    """Refuses a caption that is too long."""
    if len(formatted.text) > _LONGEST_CAPTION:
        raise bad_request("Message caption is too long")


def _formatted(arguments: Arguments, name: str, entities_name: str) -> FormattedText:
    raw = arguments.text(name)
    if len(raw.encode()) > _LONGEST_RAW:
        raise bad_request("Text is too long")
    mode = arguments.text("parse_mode").lower()
    if mode == "html":
        text, entities = parse_html(raw)
    elif mode in ("", "none"):
        text, entities = raw, _given(arguments, entities_name, units(raw))
    else:
        raise bad_request("Unsupported parse_mode")
    text, entities = cleaned(text, entities)
    return FormattedText(text, with_commands(text, entities))


def _given(arguments: Arguments, name: str, length: int) -> list[Entity]:
    """Entities that the bot states itself; those that cover no part of the text are left out."""
    entities = arguments.json_array(name, bad_request("Can't parse entities JSON object"))
    return [one for one in entities if _is_entity(one) and one["offset"] >= 0 < one["length"] <= length - one["offset"]]


def _is_entity(given: Any) -> bool:
    kinds = {"type": str, "offset": int, "length": int}
    return isinstance(given, dict) and all(isinstance(given.get(name), kind) for name, kind in kinds.items())
