"""Every refusal of a call, word for word.

Unless a case says otherwise, the words are those of tdlib/telegram-bot-api, Client.cpp, and tdlib/td for Bot API 10.0.
"""

from __future__ import annotations

from typing import Any

import pytest

from simulator.driver import Lifter
from simulator.server import Simulator
from tests.simulator.calling import Caller

ANN = 7
STRANGER = 8  # known, but never wrote
HER_OWN, TEXT, DOCUMENT = 1, 2, 3  # messages
MISSING = 99


def button(**fields: Any) -> dict[str, Any]:
    return {"reply_markup": {"inline_keyboard": [[{"text": "b", **fields}]]}}


def keyboard(rows: int, columns: int, label: str = "b", callback_data: str = "d") -> dict[str, Any]:
    row = [{"text": label, "callback_data": callback_data}] * columns
    return {"reply_markup": {"inline_keyboard": [row] * rows}}


def text(value: str = "t", **more: Any) -> dict[str, Any]:
    return {"chat_id": ANN, "text": value, **more}


def edit(message_id: int = TEXT, value: str = "new", **more: Any) -> dict[str, Any]:
    return {"chat_id": ANN, "message_id": message_id, "text": value, **more}


def command(name: str, description: str = "d") -> dict[str, Any]:
    return {"commands": [{"command": name, "description": description}]}


def entity(kind: str, *, offset: int = 0, length: int = 1, **more: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


PARSE_ENTITY = "can't parse MessageEntity: "
BUTTON = "can't parse inline keyboard button: "
LIMITS = "https://core.telegram.org/bots/api#inlinekeyboardbutton"
TOO_LONG = "https://github.com/tginfo/Telegram-Limits/issues/187"
REACTIONS = "error codes of Telegram's servers, https://core.telegram.org/method/messages.sendReaction"
EFFECTS = "error code of Telegram's servers, https://core.telegram.org/method/messages.sendMessage"
LIKELIEST = "the limit is published, its words are not"
SOURCE = "tdlib"
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup "
    "are exactly the same as a current content and reply markup of the message"
)

REFUSED: list[tuple[str, dict[str, Any], str, str]] = [
    # texts
    ("sendMessage", {"chat_id": ANN}, "message text is empty", SOURCE),
    ("sendMessage", text(""), "message text is empty", SOURCE),
    ("sendMessage", text("  \n "), "text must be non-empty", SOURCE),
    ("sendMessage", text("<b></b>", parse_mode="HTML"), "text must be non-empty", SOURCE),
    ("sendMessage", text("é" * 4097), "message is too long", SOURCE),
    ("sendMessage", text("é" * 16385), "text is too long", SOURCE),
    ("sendMessage", text("<b>", parse_mode="HTML"),
     'can\'t parse entities: Can\'t find end tag corresponding to start tag "b"', SOURCE),
    ("sendMessage", text(parse_mode="rtf"), "unsupported parse_mode", SOURCE),
    ("sendMessage", text("\u200b\u2800\xa0\u3000"), "text must be non-empty", SOURCE),
    # entities that the bot states itself
    ("sendMessage", text(entities=[5]), PARSE_ENTITY + "expected an Object", SOURCE),
    ("sendMessage", text(entities=[{"length": 1, "type": "bold"}]),
     PARSE_ENTITY + 'Can\'t find field "offset"', SOURCE),
    ("sendMessage", text(entities=[{"offset": [], "length": 1, "type": "bold"}]),
     PARSE_ENTITY + 'Field "offset" must be a Number', SOURCE),
    ("sendMessage", text(entities=[{"offset": 0, "length": 1.5, "type": "bold"}]),
     PARSE_ENTITY + 'Field "length" must be a valid Number', SOURCE),
    ("sendMessage", text(entities=[{"offset": 0, "length": 1}]), PARSE_ENTITY + 'Can\'t find field "type"', SOURCE),
    ("sendMessage", text(entities=[entity("")]), PARSE_ENTITY + "Type is not specified", SOURCE),
    ("sendMessage", text(entities=[entity("loud")]), PARSE_ENTITY + "Unsupported type specified", SOURCE),
    ("sendMessage", text(entities=[entity("text_link")]), PARSE_ENTITY + 'Can\'t find field "url"', SOURCE),
    ("sendMessage", text(entities=[entity("text_link", url="javascript:alert(1)")]),
     "entity URL 'javascript:alert(1)' is invalid: Wrong HTTP URL", SOURCE),
    ("sendMessage", text(entities=[entity("custom_emoji", custom_emoji_id="0")]),
     "invalid custom emoji identifier specified", SOURCE),
    ("sendMessage", text(entities=[entity("bold", offset=-1)]), "receive an entity with incorrect offset -1", SOURCE),
    ("sendMessage", text("💪", entities=[entity("bold", offset=1)]),
     "entity begins in a middle of a UTF-16 symbol at byte offset 4", SOURCE),
    ("sendMessage", text("💪", entities=[entity("bold")]),
     "entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol at byte offset 4", SOURCE),
    ("sendMessage", text(entities=[entity("bold", offset=2)]),
     "entity begins after the end of the text at UTF-16 offset 2", SOURCE),
    ("sendMessage", text(entities=[entity("bold", length=2)]),
     "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 2", SOURCE),
    # chats
    ("sendMessage", {"text": "t"}, "chat_id is empty", SOURCE),
    ("sendMessage", text(chat_id=MISSING), "chat not found", SOURCE),
    ("sendMessage", text(chat_id=-1001234567890), "chat not found", SOURCE),
    ("sendMessage", text(chat_id="@somebody"), "chat not found", SOURCE),
    ("sendMessage", text(reply_parameters={"message_id": MISSING}), "message to be replied not found", SOURCE),
    ("sendMessage", text(reply_to_message_id=MISSING), "message to be replied not found", SOURCE),
    ("sendMessage", text(reply_parameters="["), "can't parse reply parameters JSON object", SOURCE),
    ("sendMessage", text(reply_parameters=[]), "object expected as reply parameters", SOURCE),
    ("sendMessage", text(message_effect_id="1"), "EFFECT_ID_INVALID", EFFECTS),
    # keyboards
    ("sendMessage", text(reply_markup="{"), "can't parse reply keyboard markup JSON object", SOURCE),
    ("sendMessage", text(reply_markup=[]), "object expected as reply markup", SOURCE),
    ("sendMessage", text(reply_markup="null"), "object expected as reply markup", SOURCE),
    ("sendMessage", text(reply_markup={"inline_keyboard": "b"}),
     'field "inline_keyboard" must be of type Array', SOURCE),
    ("sendMessage", text(reply_markup={"inline_keyboard": [{}]}),
     'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays', SOURCE),
    ("sendMessage", text(reply_markup={"inline_keyboard": [["b"]]}),
     BUTTON + "InlineKeyboardButton must be an Object", SOURCE),
    ("sendMessage", text(reply_markup={"inline_keyboard": [[{"callback_data": "d"}]]}),
     BUTTON + 'Can\'t find field "text"', SOURCE),
    ("sendMessage", text(**button(text=[], callback_data="d")), BUTTON + 'Field "text" must be of type String', SOURCE),
    ("sendMessage", text(**button(callback_data=True)),
     BUTTON + 'Field "callback_data" must be of type String', SOURCE),
    ("sendMessage", text(**button(web_app="x")), BUTTON + 'Field "web_app" must be of type Object', SOURCE),
    ("sendMessage", text(**button()), BUTTON + "Text buttons are unallowed in the inline keyboard", SOURCE),
    ("sendMessage", text(**button(callback_data="")),
     BUTTON + "Text buttons are unallowed in the inline keyboard", SOURCE),
    ("sendMessage", text(**button(callback_data="d", style="warning")),
     BUTTON + "Invalid button style specified", SOURCE),
    ("sendMessage", text(**button(url="ftp://example.com")),
     "inline keyboard button URL 'ftp://example.com' is invalid: Unsupported URL protocol", SOURCE),
    ("sendMessage", text(**button(web_app={"url": "http://example.com"})),
     "inline keyboard button Web App URL 'http://example.com' is invalid: Only HTTPS links are allowed", SOURCE),
    ("sendMessage", text(**button(copy_text={"text": "c" * 257})), "BUTTON_COPY_TEXT_INVALID", LIKELIEST),
    ("sendMessage", text(**button(callback_data="é" * 33)), "BUTTON_DATA_INVALID", LIMITS),
    ("sendMessage", text(**keyboard(1, 9)), "reply markup is too long", TOO_LONG),
    ("sendMessage", text(**keyboard(101, 1)), "reply markup is too long", TOO_LONG),
    ("sendMessage", text(**keyboard(20, 5, "l" * 40, "d" * 61)), "reply markup is too long", TOO_LONG),
    # edits
    ("editMessageText", {"text": "t"}, "message identifier is not specified", SOURCE),
    ("editMessageText", edit(MISSING), "message to edit not found", SOURCE),
    ("editMessageText", edit(HER_OWN), "message can't be edited", SOURCE),
    ("editMessageText", edit(DOCUMENT), "there is no text in the message to edit", SOURCE),
    ("editMessageText", edit(value=""), "message text is empty", SOURCE),
    ("editMessageText", edit(value="é" * 4097), "message is too long", SOURCE),
    ("editMessageText", edit(reply_markup={"keyboard": [["a"]]}), "inline keyboard expected", SOURCE),
    ("editMessageText", edit(**button(callback_data="d" * 65)), "BUTTON_DATA_INVALID", LIMITS),
    ("editMessageText", edit(value="as it was"),
     NOT_MODIFIED, SOURCE),
    ("editMessageReplyMarkup", {"chat_id": ANN, "message_id": TEXT},
     NOT_MODIFIED, SOURCE),
    ("editMessageReplyMarkup", {"chat_id": ANN, "message_id": MISSING}, "message to edit not found", SOURCE),
    # deletions
    ("deleteMessage", {"message_id": TEXT}, "chat identifier is not specified", SOURCE),
    ("deleteMessage", {"chat_id": ANN}, "message identifier is not specified", SOURCE),
    ("deleteMessage", {"chat_id": ANN, "message_id": 0}, "message identifier is not specified", SOURCE),
    ("deleteMessage", {"chat_id": ANN, "message_id": MISSING}, "message to delete not found", SOURCE),
    ("deleteMessages", {"chat_id": ANN}, "message identifiers are not specified", SOURCE),
    ("deleteMessages", {"chat_id": ANN, "message_ids": []}, "message identifiers are not specified", SOURCE),
    ("deleteMessages", {"chat_id": ANN, "message_ids": "["}, "can't parse message_ids JSON object", SOURCE),
    ("deleteMessages", {"chat_id": ANN, "message_ids": 5}, "expected an Array of message identifiers", SOURCE),
    ("deleteMessages", {"chat_id": ANN, "message_ids": [*range(1, 102)]},
     "too many message identifiers specified", SOURCE),
    ("deleteMessages", {"chat_id": ANN, "message_ids": [None]}, "message identifier must be a Number", SOURCE),
    ("deleteMessages", {"chat_id": ANN, "message_ids": ["one"]}, "can't parse message identifier as Number", SOURCE),
    ("deleteMessages", {"chat_id": ANN, "message_ids": [0]}, "invalid message identifier specified", SOURCE),
    # buttons
    ("answerCallbackQuery", {}, "query is too old and response timeout expired or query ID is invalid", SOURCE),
    ("answerCallbackQuery", {"callback_query_id": "1"},
     "query is too old and response timeout expired or query ID is invalid", SOURCE),
    ("answerCallbackQuery", {"callback_query_id": "1", "text": "t" * 201}, "MESSAGE_TOO_LONG",
     "https://github.com/eternnoir/pyTelegramBotAPI/issues/500"),
    # reactions and actions
    ("setMessageReaction", {"chat_id": ANN, "message_id": MISSING}, "message to react not found", SOURCE),
    ("setMessageReaction", {"chat_id": ANN, "message_id": HER_OWN, "reaction": [{"type": "emoji", "emoji": "💪"}]},
     "REACTION_INVALID", REACTIONS),
    ("setMessageReaction", {"chat_id": ANN, "message_id": HER_OWN, "reaction": [{"type": "paid"}]},
     "REACTION_INVALID", REACTIONS),
    ("setMessageReaction", {"chat_id": ANN, "message_id": HER_OWN, "reaction": [{"type": "loud"}]},
     "can't parse ReactionType: invalid reaction type specified", SOURCE),
    ("setMessageReaction", {"chat_id": ANN, "message_id": HER_OWN, "reaction": ["👍"]},
     "can't parse ReactionType: expected an Object", SOURCE),
    ("setMessageReaction", {"chat_id": ANN, "message_id": HER_OWN, "reaction": {"type": "emoji"}},
     "expected an Array of ReactionType", SOURCE),
    ("setMessageReaction", {"chat_id": ANN, "message_id": HER_OWN, "reaction": "["},
     "can't parse reaction types JSON object", SOURCE),
    ("setMessageReaction", {"chat_id": ANN, "message_id": HER_OWN, "reaction": [{"type": "emoji", "emoji": "👍"}] * 2},
     "REACTIONS_TOO_MANY", REACTIONS),
    ("sendChatAction", {"chat_id": ANN, "action": "lifting"}, "wrong parameter action in request", SOURCE),
    # commands
    ("setMyCommands", command("Start"), "BOT_COMMAND_INVALID",
     "https://github.com/tdlib/telegram-bot-api/issues/98"),
    ("setMyCommands", command("/"), "command must be non-empty", SOURCE),
    ("setMyCommands", command("c" * 33), "command length must not exceed 32", SOURCE),
    ("setMyCommands", command("c", "d" * 257), "command description length must not exceed 256", SOURCE),
    ("setMyCommands", command("c", " "), "command description must be non-empty", SOURCE),
    ("setMyCommands", {"commands": "["}, "can't parse commands JSON object", SOURCE),
    ("setMyCommands", {"commands": {"command": "c"}}, "expected an Array of BotCommand", SOURCE),
    ("setMyCommands", {"commands": ["c"]}, "can't parse BotCommand: expected an Object", SOURCE),
    ("setMyCommands", {"commands": [{"command": "c"}]},
     'can\'t parse BotCommand: Can\'t find field "description"', SOURCE),
    ("setMyCommands", {"scope": "["}, "can't parse BotCommandScope JSON object", SOURCE),
    ("setMyCommands", {"scope": "5"}, "can't parse BotCommandScope: BotCommandScope must be an Object", SOURCE),
    ("setMyCommands", {"scope": {}}, 'can\'t parse BotCommandScope: Can\'t find field "type"', SOURCE),
    ("setMyCommands", {"scope": {"type": "chat"}}, 'can\'t parse BotCommandScope: Can\'t find field "chat_id"', SOURCE),
    ("setMyCommands", {"scope": {"type": "chat", "chat_id": ""}},
     "can't parse BotCommandScope: Empty chat_id specified", SOURCE),
    ("setMyCommands", {"scope": {"type": "chat_member", "chat_id": ANN}},
     'can\'t parse BotCommandScope: Can\'t find field "user_id"', SOURCE),
    ("setMyCommands", {"scope": {"type": "chat_member", "chat_id": ANN, "user_id": 0}},
     "can't parse BotCommandScope: Invalid user_id specified", SOURCE),
    ("setMyCommands", {"commands": [{"command": "c", "description": "d"}] * 101}, "BOT_COMMANDS_TOO_MUCH",
     "https://core.telegram.org/bots/api#setmycommands"),
    ("setMyCommands", {"scope": {"type": "chat", "chat_id": MISSING}}, "chat not found", SOURCE),
    ("setMyCommands", {"scope": {"type": "gym"}}, "can't parse BotCommandScope: Unsupported type specified", SOURCE),
    ("setMyCommands", {"language_code": "english"}, "invalid language code specified", SOURCE),
    # files
    ("sendPhoto", {"chat_id": ANN}, "there is no photo in the request", SOURCE),
    ("sendDocument", {"chat_id": ANN}, "there is no document in the request", SOURCE),
    ("sendPhoto", {"chat_id": ANN, "photo": "attach://nothing"}, "there is no photo in the request", SOURCE),
    ("sendDocument", {"chat_id": ANN, "document": "nothing"}, "wrong file identifier/HTTP URL specified", SOURCE),
    ("getFile", {}, "file_id not specified", SOURCE),
    ("getFile", {"file_id": "nothing"}, "invalid file_id", SOURCE),
]  # fmt: skip


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: f"{case[0]}: {case[2]} ({case[3]})")
async def test_a_wrong_call_is_refused_in_telegrams_words(
    call: Caller, ann: Lifter, telegram: Simulator, case: tuple[str, dict[str, Any], str, str]
) -> None:
    method, arguments, words, _source = case
    assert (await call("sendMessage", chat_id=ANN, text="as it was")).result["message_id"] == TEXT
    assert (await call.upload("sendDocument", "document", b"x", chat_id=ANN)).result["message_id"] == DOCUMENT
    before = ann.chat

    answer = await call(method, **arguments)

    assert answer.refusal == (400, f"Bad Request: {words}")
    assert [one.description for one in telegram.refusals] == [f"Bad Request: {words}"]
    assert ann.chat == before


@pytest.mark.parametrize("method", ["sendMessage", "sendChatAction", "setMessageReaction", "editMessageText"])
async def test_a_person_who_blocked_the_bot_is_left_alone(call: Caller, ann: Lifter, method: str) -> None:
    await call("sendMessage", chat_id=ANN, text="as it was")
    ann.blocks_bot()

    answer = await call(method, chat_id=ANN, message_id=TEXT, text="more", action="typing")

    assert answer.refusal == (403, "Forbidden: bot was blocked by the user")


async def test_a_person_who_never_wrote_is_not_written_to(call: Caller, telegram: Simulator) -> None:
    telegram.people.add(STRANGER, "Stranger")

    answer = await call("sendMessage", chat_id=STRANGER, text="hello")

    assert answer.refusal == (403, "Forbidden: bot can't initiate conversation with a user")
