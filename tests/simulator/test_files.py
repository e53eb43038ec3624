"""Files, there and back (https://core.telegram.org/bots/api#sending-files, https://core.telegram.org/bots/api#getfile).

The limits for pictures are published; the words for breaking them are not, and those here are the likeliest.
"""

from __future__ import annotations

import json

import pytest

from simulator.driver import Lifter
from simulator.images import dimensions
from simulator.server import Simulator
from tests.simulator.calling import Answer, Caller
from tests.simulator.pictures import jpeg, png

ANN = 7
MIB = 1 << 20


async def test_a_sent_document_can_be_downloaded(call: Caller, ann: Lifter, telegram: Simulator) -> None:
    content = bytes(range(256))
    sent = await call.upload(
        "sendDocument", "document", content, "my sets.csv", chat_id=ANN, caption="<b>all</b>", parse_mode="HTML"
    )

    document = sent.result["document"]
    assert (document["file_name"], document["file_size"]) == ("my sets.csv", 256)
    assert document["mime_type"] == "application/octet-stream"
    assert sent.result["caption"] == "all"
    assert sent.result["caption_entities"] == [{"type": "bold", "offset": 0, "length": 3}]
    assert telegram.people.file(document["file_id"]) == ("application/octet-stream", content)

    file = (await call("getFile", file_id=document["file_id"])).result
    assert file["file_unique_id"] == document["file_unique_id"]
    async with call.session.get(f"{call.file_address}/{file['file_path']}") as response:
        assert await response.read() == content


async def test_a_file_that_is_not_there_is_not_found(call: Caller) -> None:
    async with call.session.get(f"{call.file_address}/documents/file_9.csv") as response:
        assert (response.status, (await response.json())["description"]) == (404, "Not Found")


@pytest.mark.parametrize("picture", [png(640, 480), jpeg(640, 480)], ids=["png", "jpeg"])
async def test_a_sent_photo_has_its_size(call: Caller, ann: Lifter, picture: bytes) -> None:
    keyboard = json.dumps({"inline_keyboard": [[{"text": "b", "callback_data": "d"}]]})

    sent = await call.upload("sendPhoto", "photo", picture, "a.png", chat_id=ANN, reply_markup=keyboard)

    (photo,) = sent.result["photo"]
    assert (photo["width"], photo["height"], photo["file_size"]) == (640, 480, len(picture))
    assert ann.last.file_id == photo["file_id"]
    assert ann.buttons == ["b"]


async def test_a_file_can_be_attached_under_another_name(call: Caller, ann: Lifter) -> None:
    sent = await call.upload("sendPhoto", "chart", png(2, 2), chat_id=ANN, photo="attach://chart")

    assert sent.result["photo"][0]["width"] == 2


async def test_a_sent_file_can_be_sent_again_by_its_id(call: Caller, ann: Lifter) -> None:
    (photo,) = (await call.upload("sendPhoto", "photo", png(2, 2), chat_id=ANN)).result["photo"]

    again = await call("sendPhoto", chat_id=ANN, photo=photo["file_id"])

    assert again.result["photo"] == [photo]


async def edit_media(call: Caller, message_id: int, picture: bytes, caption: str, **texts: str) -> Answer:
    media = json.dumps({"type": "photo", "media": "attach://chart", "caption": caption, "parse_mode": "HTML"})
    return await call.upload(
        "editMessageMedia", "chart", picture, chat_id=ANN, message_id=message_id, media=media, **texts
    )


async def test_a_text_becomes_a_picture_and_the_picture_another_one_in_the_same_message(
    call: Caller, ann: Lifter
) -> None:
    sent = (await call("sendMessage", chat_id=ANN, text="<b>words</b>", parse_mode="HTML")).result["message_id"]
    keyboard = json.dumps({"inline_keyboard": [[{"text": "Year", "callback_data": "y"}]]})

    first = (await edit_media(call, sent, png(20, 10), "<b>one</b> month", reply_markup=keyboard)).result
    assert first["photo"][0]["width"] == 20
    assert (first["caption"], first["caption_entities"]) == ("one month", [{"type": "bold", "offset": 0, "length": 3}])
    assert "text" not in first
    assert "entities" not in first
    assert (ann.last.photo, ann.file(ann.last), ann.buttons) == ((20, 10), png(20, 10), ["Year"])

    await edit_media(call, sent, png(30, 10), "a year")
    message = ann.last
    assert (message.id, message.text, message.photo, message.buttons) == (sent, "a year", (30, 10), [])

    await call("editMessageCaption", chat_id=ANN, message_id=sent, caption="all")
    assert (ann.last.text, ann.file(ann.last)) == ("all", png(30, 10))
    nothing_new = {"type": "photo", "media": ann.last.file_id, "caption": "all"}
    refused = await call("editMessageMedia", chat_id=ANN, message_id=sent, media=nothing_new)
    assert refused.refusal[1].startswith("Bad Request: message is not modified")


async def test_what_is_no_picture_or_has_too_long_a_caption_leaves_the_message_as_it_was(
    call: Caller, ann: Lifter
) -> None:
    sent = (await call("sendMessage", chat_id=ANN, text="words")).result["message_id"]
    refused = [
        (await edit_media(call, sent, b"no picture", "")).refusal[1],
        (await edit_media(call, sent, png(2100, 100), "")).refusal[1],
        (await edit_media(call, sent, png(2, 2), "é" * 1025)).refusal[1],
    ]
    said = [words.removeprefix("Bad Request: ") for words in refused]
    assert said == ["IMAGE_PROCESS_FAILED", "PHOTO_INVALID_DIMENSIONS", "message caption is too long"]
    assert (ann.last.text, ann.last.photo) == ("words", None)


async def test_a_document_is_no_photo(call: Caller, ann: Lifter) -> None:
    document = (await call.upload("sendDocument", "document", b"text", chat_id=ANN)).result["document"]

    answer = await call("sendPhoto", chat_id=ANN, photo=document["file_id"])

    assert answer.refusal == (400, "Bad Request: type of file mismatch")


@pytest.mark.parametrize(
    ("kind", "content", "words"),
    [
        ("photo", b"no picture", "IMAGE_PROCESS_FAILED"),
        ("photo", png(1, 1)[:18], "IMAGE_PROCESS_FAILED"),
        ("photo", b"\xff\xd8\xff", "IMAGE_PROCESS_FAILED"),
        ("photo", png(5001, 5000), "PHOTO_INVALID_DIMENSIONS"),
        ("photo", png(2100, 100), "PHOTO_INVALID_DIMENSIONS"),
        ("photo", png(2, 2) + bytes(10 * MIB), "file is too big for a photo"),
        ("document", b"", "file must be non-empty"),
    ],
    ids=["no picture", "cut png", "cut jpeg", "large", "oblong", "heavy", "empty"],
)
async def test_a_wrong_file_is_refused(call: Caller, ann: Lifter, kind: str, content: bytes, words: str) -> None:
    answer = await call.upload(f"send{kind.title()}", kind, content, chat_id=ANN)

    assert answer.refusal == (400, f"Bad Request: {words}")


async def test_a_long_caption_is_refused(call: Caller, ann: Lifter) -> None:
    answer = await call.upload("sendDocument", "document", b"x", chat_id=ANN, caption="c" * 1025)

    assert answer.refusal == (400, "Bad Request: message caption is too long")


async def test_a_large_file_can_be_received_but_not_fetched(call: Caller, ann: Lifter) -> None:
    await ann.sends_document("backup.zip", bytes(20 * MIB + 1), "application/zip")
    document = (await call.updates())[-1]["message"]["document"]
    assert document["mime_type"] == "application/zip"

    answer = await call("getFile", file_id=document["file_id"])

    assert answer.refusal == (400, "Bad Request: file is too big")


def test_what_is_no_picture_has_no_dimensions() -> None:
    assert dimensions(b"GIF89a") is None
