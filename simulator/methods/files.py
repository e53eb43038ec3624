"""Photos and documents, there and back.

https://core.telegram.org/bots/api#sending-files, https://core.telegram.org/bots/api#inputmedia,
https://core.telegram.org/bots/api#getfile. The limits for pictures are published; the words for breaking them are not,
and these are the likeliest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from simulator.addressing import chat_of
from simulator.arguments import Arguments, Upload
from simulator.errors import ApiError, bad_request, within
from simulator.fields import FieldError, required_text, text_field
from simulator.files import File
from simulator.images import dimensions
from simulator.keyboards import inline_keyboard
from simulator.methods.sending import post, replied_message
from simulator.texts import FormattedText, caption, check_caption, media_caption
from simulator.world import World

_LARGEST_DOWNLOAD: Final = 20 << 20
_LARGEST_PHOTO: Final = 10 << 20
_LONGEST_SIDES: Final = 10_000
_MOST_OBLONG: Final = 20
_ATTACHED: Final = "attach://"
_INPUT_MEDIA: Final = "Can't parse InputMedia"
_NOT_HERE: Final = ("animation", "audio", "live_photo", "video")
"""Kinds of media that Telegram has and the simulator doesn't."""


@dataclass(frozen=True)
class InputMedia:
    """What a message is to show from now on."""

    kind: str
    given: File | Upload
    caption: FormattedText

    def content(self, world: World) -> dict[str, Any]:
        """Its fields of a Message; only now a file that came along is looked at."""
        check_caption(self.caption)
        file = self.given if isinstance(self.given, File) else _upload(world, self.kind, self.given)
        return _content(file, self.kind, self.caption)


def input_media(world: World, arguments: Arguments) -> InputMedia:
    """The media that a message is to become. `content` is to follow once it is known that it can be changed at all."""
    if not arguments.text("media"):
        raise bad_request('Parameter "media" is required')
    fields = arguments.json("media", bad_request("Can't parse input media JSON object"))
    if not isinstance(fields, dict):
        raise bad_request(f"{_INPUT_MEDIA}: expected an Object")
    try:
        text = media_caption(fields)
        kind, media = required_text(fields, "type"), text_field(fields, "media")
    except FieldError as error:
        raise bad_request(f"{_INPUT_MEDIA}: {error}") from None
    except ApiError as error:
        raise within(_INPUT_MEDIA, error) from None
    if kind in _NOT_HERE:
        raise ApiError(501, f"Not Implemented: {kind} is shown by Telegram, but not by its simulator")
    given = _attached_or_known(world, arguments, media) if media else None
    if given is None:
        raise bad_request(f"{_INPUT_MEDIA}: media not found")
    if kind not in {"photo", "document"}:
        raise bad_request(f'{_INPUT_MEDIA}: type "{kind}" is unsupported')
    return InputMedia(kind, given, text)


def send_photo(world: World, arguments: Arguments) -> dict[str, Any]:
    """Sends a picture."""
    return _send(world, arguments, "photo")


def send_document(world: World, arguments: Arguments) -> dict[str, Any]:
    """Sends a file as it is."""
    return _send(world, arguments, "document")


def get_file(world: World, arguments: Arguments) -> dict[str, Any]:
    """Where a file can be downloaded."""
    file_id = arguments.text("file_id")
    if not file_id:
        raise bad_request("File_id not specified")
    file = world.files.find(file_id)
    if file is None:
        raise bad_request("Invalid file_id")
    if file.size > _LARGEST_DOWNLOAD:
        raise bad_request("File is too big")
    return {**_about(file), "file_path": file.path}


def _send(world: World, arguments: Arguments, kind: str) -> dict[str, Any]:
    given = _given(world, arguments, kind)
    text = caption(arguments)
    keyboard = inline_keyboard(arguments)
    chat = chat_of(world, arguments)
    reply = replied_message(chat, arguments)
    check_caption(text)
    file = given if isinstance(given, File) else _upload(world, kind, given)
    return post(world, chat, arguments, keyboard, {**_content(file, kind, text), **reply})


def _content(file: File, kind: str, text: FormattedText) -> dict[str, Any]:
    shown = [_photo(file)] if kind == "photo" else _document(file)
    return {kind: shown, **text.fields("caption", "caption_entities")}


def _given(world: World, arguments: Arguments, kind: str) -> File | Upload:
    """A file sent along under the argument's name or one it points to, or one that Telegram has."""
    given = _attached_or_known(world, arguments, arguments.text(kind) or f"{_ATTACHED}{kind}")
    if given is None:
        raise bad_request(f"There is no {kind} in the request")
    return given


def _attached_or_known(world: World, arguments: Arguments, named: str) -> File | Upload | None:
    """None if no file came along under this name."""
    if not named.startswith(_ATTACHED):
        return _known(world, named)
    return arguments.uploads.get(named.removeprefix(_ATTACHED))


def _known(world: World, file_id: str) -> File:
    file = world.files.find(file_id)
    if file is None:
        raise bad_request("Wrong file identifier/HTTP URL specified")
    return file


def _upload(world: World, kind: str, upload: Upload) -> File:
    if not upload.content:
        raise bad_request("File must be non-empty")
    if kind == "photo":
        _check_picture(upload.content)
    return world.files.keep(kind, upload.name, upload.mime, upload.content)


def _check_picture(content: bytes) -> None:
    if len(content) > _LARGEST_PHOTO:
        raise bad_request("File is too big for a photo")
    size = dimensions(content)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if sum(size) > _LONGEST_SIDES or max(size) > _MOST_OBLONG * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")


def _photo(file: File) -> dict[str, Any]:
    size = dimensions(file.content)
    if size is None:
        raise bad_request("Type of file mismatch")
    return {**_about(file), "width": size[0], "height": size[1]}


def _document(file: File) -> dict[str, Any]:
    return {**_about(file), "file_name": file.name, "mime_type": file.mime}


def _about(file: File) -> dict[str, Any]:
    return {"file_id": file.id, "file_unique_id": file.unique_id, "file_size": file.size}
