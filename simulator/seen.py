"""Messages as a test looks at them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from simulator.entities import covered


@dataclass(frozen=True)
class Button:
    """A button and its place. `data` is what it tells the bot, None if nothing."""

    label: str
    message_id: int
    row: int
    column: int
    data: str | None
    style: str | None


@dataclass(frozen=True)
class SeenMessage:
    """A message as it stood when it was looked at. The text is the caption where there is a picture or a file."""

    id: int
    text: str
    from_bot: bool
    edited: bool
    entities: Sequence[tuple[str, str]]
    """What is formatted how: ("bold", "100 kg")."""
    buttons: Sequence[Button]
    reactions: Sequence[str]
    reply_to: int | None
    file_id: str | None
    """Of the photo, document or sticker."""
    photo: tuple[int, int] | None
    """Width and height of the photo, if there is one."""

    def buttons_with(self, label: str) -> Sequence[Button]:
        """The buttons whose label contains this; only the one that is exactly this, if there is one."""
        exact = [button for button in self.buttons if button.label == label]
        return exact or [button for button in self.buttons if label in button.label]


def as_seen(message: dict[str, Any]) -> SeenMessage:
    """Reads Telegram's Message with its `reactions`."""
    text = message.get("text") or message.get("caption") or ""
    entities = message.get("entities") or message.get("caption_entities") or ()
    return SeenMessage(
        id=message["message_id"],
        text=text,
        from_bot=message["from"]["is_bot"],
        edited="edit_date" in message,
        entities=[(entity["type"], covered(text, entity)) for entity in entities],
        buttons=_buttons(message),
        reactions=message["reactions"],
        reply_to=message.get("reply_to_message", {}).get("message_id"),
        file_id=_file_id(message),
        photo=next(((one["width"], one["height"]) for one in reversed(message.get("photo", []))), None),
    )


def printed(chat: Sequence[SeenMessage], toasts: Sequence[str]) -> str:
    """A chat, for a person to read."""
    lines = [line for message in chat for line in _lines(message)]
    return "\n".join(["The chat:", *(lines or ["(empty)"]), f"Answers to buttons: {list(toasts)}"])


def _buttons(message: dict[str, Any]) -> Sequence[Button]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [
        Button(one["text"], message["message_id"], row, column, one.get("callback_data"), one.get("style"))
        for row, buttons in enumerate(rows)
        for column, one in enumerate(buttons)
    ]


def _file_id(message: dict[str, Any]) -> str | None:
    file = next((message[kind] for kind in ("photo", "document", "sticker") if kind in message), None)
    largest = file[-1] if isinstance(file, list) else file
    return largest["file_id"] if largest else None


def _lines(message: SeenMessage) -> Sequence[str]:
    who = "bot" if message.from_bot else "person"
    attached = " [photo]" if message.photo else " [file]" if message.file_id else ""
    lines = [f"#{message.id} {who}{attached}: {message.text}{''.join(message.reactions)}"]
    rows = groupby(message.buttons, key=lambda button: button.row)
    return [*lines, *("    " + " ".join(f"[{button.label}]" for button in row) for _, row in rows)]
