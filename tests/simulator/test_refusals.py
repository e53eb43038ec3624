"""Every refusal of a call, word for word.

Each case names the function or the page that its words are from: Client.cpp stands in tdlib/telegram-bot-api, the other
files in tdlib/td, both for Bot API 10.0.
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


def media(**changes: Any) -> dict[str, Any]:
    fields = {"type": "photo", "media": "attach://chart", **changes}
    given = {name: value for name, value in fields.items() if value is not None}
    return {"chat_id": ANN, "message_id": TEXT, "media": given}


def edit(message_id: int = TEXT, value: str = "new", **more: Any) -> dict[str, Any]:
    return {"chat_id": ANN, "message_id": message_id, "text": value, **more}


def command(name: str, description: str = "d") -> dict[str, Any]:
    return {"commands": [{"command": name, "description": description}]}


def entity(kind: str, *, offset: int = 0, length: int = 1, **more: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


def article(text: str = "t", parse_mode: str = "", **more: Any) -> dict[str, Any]:
    content = {"message_text": text, "parse_mode": parse_mode}
    return {"type": "article", "id": "1", "title": "t", "input_message_content": content, **more}


def found(*results: Any, **more: Any) -> dict[str, Any]:
    return {"inline_query_id": "5", "results": list(results), **more}


PARSE_ENTITY = "can't parse MessageEntity: "
BUTTON = "can't parse inline keyboard button: "
LIMITS = "https://core.telegram.org/bots/api#inlinekeyboardbutton"
TOO_LONG = "https://github.com/tginfo/Telegram-Limits/issues/187"
REACTIONS = "error codes of Telegram's servers, https://core.telegram.org/method/messages.sendReaction"
EFFECTS = "error code of Telegram's servers, https://core.telegram.org/method/messages.sendMessage"
RESULT = "can't parse inline query result: "
RESULTS = "Client.cpp get_inline_query_results"
INLINE = "error codes of Telegram's servers, https://core.telegram.org/method/messages.setInlineBotResults"
OLD_QUERY = "query is too old and response timeout expired or query ID is invalid"
LIKELIEST = "the limit is published, its words are not"
INPUT_TEXT = "Client.cpp get_input_message_text"
FORMATTED = "Client.cpp get_formatted_text"
FIXED = "MessageEntity.cpp fix_formatted_text"
HTML = "MessageEntity.cpp parse_html"
STATED = "Client.cpp get_text_entity"
CHECKED = "MessageEntity.cpp get_message_entities"
PLACED = "MessageEntity.cpp clean_input_string_with_entities"
CHAT = "Client.cpp check_chat"
MESSAGE = "Client.cpp check_message"
REPLY = "Client.cpp get_reply_parameters"
REPLIED = "Client.cpp check_reply_parameters"
MARKUP = "Client.cpp get_reply_markup"
KEY = "Client.cpp get_inline_keyboard_button"
KEY_LINK = "ReplyMarkup.cpp get_inline_keyboard_button"
INLINE_ID = "Client.cpp get_inline_message_id"
ERRORS = "Client.cpp fail_query_with_error"
EDITED = "MessagesManager.cpp edit_message_text"
DELETE = "Client.cpp process_delete_message_query"
IDS = "Client.cpp get_message_ids"
DELETE_MANY = "Client.cpp process_delete_messages_query"
REACTION = "Client.cpp get_reaction_types"
ACTION = "Client.cpp process_send_chat_action_query"
COMMANDS = "Client.cpp get_bot_commands"
SET_COMMANDS = "BotCommand.cpp set_commands"
SCOPE = "Client.cpp get_bot_command_scope"
LANGUAGE = "misc.cpp validate_bot_language_code"
SEND_PHOTO = "Client.cpp process_send_photo_query"
INPUT_MEDIA = "Client.cpp get_input_media"
SEND_DOCUMENT = "Client.cpp process_send_document_query"
INPUT_FILE = "Client.cpp get_input_file"
FILE = "Client.cpp check_remote_file_id"
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup "
    "are exactly the same as a current content and reply markup of the message"
)

REFUSED: list[tuple[str, dict[str, Any], str, str]] = [
    # texts
    ("sendMessage", {"chat_id": ANN}, "message text is empty", INPUT_TEXT),
    ("sendMessage", text(""), "message text is empty", INPUT_TEXT),
    ("sendMessage", text("  \n "), "text must be non-empty", FIXED),
    ("sendMessage", text("<b></b>", parse_mode="HTML"), "text must be non-empty", FIXED),
    ("sendMessage", text("é" * 4097), "message is too long", ERRORS),
    ("sendMessage", text("é" * 16385), "text is too long", FORMATTED),
    ("sendMessage", text("<b>", parse_mode="HTML"),
     'can\'t parse entities: Can\'t find end tag corresponding to start tag "b"', HTML),
    ("sendMessage", text(parse_mode="rtf"), "unsupported parse_mode", FORMATTED),
    ("sendMessage", text("\u200b\u2800\xa0\u3000"), "text must be non-empty", FIXED),
    # entities that the bot states itself
    ("sendMessage", text(entities=[5]), PARSE_ENTITY + "expected an Object", STATED),
    ("sendMessage", text(entities=[{"length": 1, "type": "bold"}]),
     PARSE_ENTITY + 'Can\'t find field "offset"', STATED),
    ("sendMessage", text(entities=[{"offset": [], "length": 1, "type": "bold"}]),
     PARSE_ENTITY + 'Field "offset" must be a Number', STATED),
    ("sendMessage", text(entities=[{"offset": 0, "length": 1.5, "type": "bold"}]),
     PARSE_ENTITY + 'Field "length" must be a valid Number', STATED),
    ("sendMessage", text(entities=[{"offset": 0, "length": 1}]), PARSE_ENTITY + 'Can\'t find field "type"', STATED),
    ("sendMessage", text(entities=[entity("")]), PARSE_ENTITY + "Type is not specified", STATED),
    ("sendMessage", text(entities=[entity("loud")]), PARSE_ENTITY + "Unsupported type specified", STATED),
    ("sendMessage", text(entities=[entity("text_link")]), PARSE_ENTITY + 'Can\'t find field "url"', STATED),
    ("sendMessage", text(entities=[entity("text_link", url="javascript:alert(1)")]),
     "entity URL 'javascript:alert(1)' is invalid: Wrong HTTP URL", CHECKED),
    ("sendMessage", text(entities=[entity("custom_emoji", custom_emoji_id="0")]),
     "invalid custom emoji identifier specified", CHECKED),
    ("sendMessage", text(entities=[entity("bold", offset=-1)]), "receive an entity with incorrect offset -1", FIXED),
    ("sendMessage", text("💪", entities=[entity("bold", offset=1)]),
     "entity begins in a middle of a UTF-16 symbol at byte offset 4", PLACED),
    ("sendMessage", text("💪", entities=[entity("bold")]),
     "entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol at byte offset 4", PLACED),
    ("sendMessage", text(entities=[entity("bold", offset=2)]),
     "entity begins after the end of the text at UTF-16 offset 2", PLACED),
    ("sendMessage", text(entities=[entity("bold", length=2)]),
     "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 2", PLACED),
    # chats
    ("sendMessage", {"text": "t"}, "chat_id is empty", CHAT),
    ("sendMessage", text(chat_id=MISSING), "chat not found", CHAT),
    ("sendMessage", text(chat_id=-1001234567890), "chat not found", CHAT),
    ("sendMessage", text(chat_id="@somebody"), "chat not found", CHAT),
    ("sendMessage", text(reply_parameters={"message_id": MISSING}), "message to be replied not found", REPLIED),
    ("sendMessage", text(reply_to_message_id=MISSING), "message to be replied not found", REPLIED),
    ("sendMessage", text(reply_parameters="["), "can't parse reply parameters JSON object", REPLY),
    ("sendMessage", text(reply_parameters=[]), "object expected as reply parameters", REPLY),
    ("sendMessage", text(reply_parameters={"message_id": []}), 'field "message_id" must be a Number', REPLY),
    ("sendMessage", text(reply_parameters={"chat_id": ANN}), "can't find field \"message_id\"", REPLY),
    ("sendMessage", text(message_effect_id="1"), "EFFECT_ID_INVALID", EFFECTS),
    # keyboards
    ("sendMessage", text(reply_markup="{"), "can't parse reply keyboard markup JSON object", MARKUP),
    ("sendMessage", text(reply_markup=[]), "object expected as reply markup", MARKUP),
    ("sendMessage", text(reply_markup="null"), "object expected as reply markup", MARKUP),
    ("sendMessage", text(reply_markup={"inline_keyboard": "b"}),
     'field "inline_keyboard" must be of type Array', MARKUP),
    ("sendMessage", text(reply_markup={"inline_keyboard": [{}]}),
     'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays', MARKUP),
    ("sendMessage", text(reply_markup={"inline_keyboard": [["b"]]}),
     BUTTON + "InlineKeyboardButton must be an Object", KEY),
    ("sendMessage", text(reply_markup={"inline_keyboard": [[{"callback_data": "d"}]]}),
     BUTTON + 'Can\'t find field "text"', KEY),
    ("sendMessage", text(**button(text=[], callback_data="d")), BUTTON + 'Field "text" must be of type String', KEY),
    ("sendMessage", text(**button(callback_data=True)),
     BUTTON + 'Field "callback_data" must be of type String', KEY),
    ("sendMessage", text(**button(web_app="x")), BUTTON + 'Field "web_app" must be of type Object', KEY),
    ("sendMessage", text(**button()), BUTTON + "Text buttons are unallowed in the inline keyboard", KEY),
    ("sendMessage", text(**button(callback_data="")),
     BUTTON + "Text buttons are unallowed in the inline keyboard", KEY),
    ("sendMessage", text(**button(callback_data="d", style="warning")),
     BUTTON + "Invalid button style specified", KEY),
    ("sendMessage", text(**button(url="ftp://example.com")),
     "inline keyboard button URL 'ftp://example.com' is invalid: Unsupported URL protocol", KEY_LINK),
    ("sendMessage", text(**button(web_app={"url": "http://example.com"})),
     "inline keyboard button Web App URL 'http://example.com' is invalid: Only HTTPS links are allowed", KEY_LINK),
    ("sendMessage", text(**button(copy_text={"text": "c" * 257})), "BUTTON_COPY_TEXT_INVALID", LIKELIEST),
    ("sendMessage", text(**button(copy_text={"text": ""})), "BUTTON_COPY_TEXT_INVALID", LIKELIEST),
    ("sendMessage", text(**button(callback_data="é" * 33)), "BUTTON_DATA_INVALID", LIMITS),
    ("sendMessage", text(**keyboard(1, 9)), "reply markup is too long", TOO_LONG),
    ("sendMessage", text(**keyboard(101, 1)), "reply markup is too long", TOO_LONG),
    ("sendMessage", text(**keyboard(20, 5, "l" * 40, "d" * 61)), "reply markup is too long", TOO_LONG),
    # edits
    ("editMessageText", {"text": "t"}, "message identifier is not specified", INLINE_ID),
    ("editMessageText", edit(MISSING), "message to edit not found", MESSAGE),
    ("editMessageText", edit(HER_OWN), "message can't be edited", EDITED),
    ("editMessageText", edit(DOCUMENT), "there is no text in the message to edit", EDITED),
    ("editMessageText", edit(value=""), "message text is empty", INPUT_TEXT),
    ("editMessageText", edit(value="é" * 4097), "message is too long", ERRORS),
    ("editMessageText", edit(reply_markup={"keyboard": [["a"]]}), "inline keyboard expected", MARKUP),
    ("editMessageText", edit(**button(callback_data="d" * 65)), "BUTTON_DATA_INVALID", LIMITS),
    ("editMessageText", edit(value="as it was"),
     NOT_MODIFIED, ERRORS),
    ("editMessageCaption", {"chat_id": ANN, "message_id": TEXT, "caption": "c"},
     "there is no caption in the message to edit", EDITED),
    ("editMessageCaption", {"chat_id": ANN, "message_id": DOCUMENT, "caption": "é" * 1025},
     "message caption is too long", ERRORS),
    ("editMessageCaption", {"chat_id": ANN, "message_id": DOCUMENT}, NOT_MODIFIED, ERRORS),
    ("editMessageMedia", {"chat_id": ANN, "message_id": TEXT}, 'parameter "media" is required', INPUT_MEDIA),
    ("editMessageMedia", {"chat_id": ANN, "message_id": TEXT, "media": "photo"},
     "can't parse input media JSON object", INPUT_MEDIA),
    ("editMessageMedia", media(caption="<b>", parse_mode="HTML", type="sticker"),
     "can't parse InputMedia: Can't parse entities: Can't find end tag corresponding to start tag \"b\"", INPUT_MEDIA),
    ("editMessageMedia", media(type=None), "can't parse InputMedia: Can't find field \"type\"", INPUT_MEDIA),
    ("editMessageMedia", media(media=["a"]),
     "can't parse InputMedia: Field \"media\" must be of type String", INPUT_MEDIA),
    ("editMessageMedia", media(media="attach://nothing"), "can't parse InputMedia: media not found", INPUT_MEDIA),
    ("editMessageMedia", media(media="nothing"), "wrong file identifier/HTTP URL specified", INPUT_FILE),
    ("editMessageReplyMarkup", {"chat_id": ANN, "message_id": TEXT},
     NOT_MODIFIED, ERRORS),
    ("editMessageReplyMarkup", {"chat_id": ANN, "message_id": MISSING}, "message to edit not found", MESSAGE),
    # deletions
    ("deleteMessage", {"message_id": TEXT}, "chat identifier is not specified", DELETE),
    ("deleteMessage", {"chat_id": ANN}, "message identifier is not specified", DELETE),
    ("deleteMessage", {"chat_id": ANN, "message_id": 0}, "message identifier is not specified", DELETE),
    ("deleteMessage", {"chat_id": ANN, "message_id": MISSING}, "message to delete not found", MESSAGE),
    ("deleteMessages", {"chat_id": ANN}, "message identifiers are not specified", IDS),
    ("deleteMessages", {"chat_id": ANN, "message_ids": []}, "message identifiers are not specified", DELETE_MANY),
    ("deleteMessages", {"chat_id": ANN, "message_ids": "["}, "can't parse message_ids JSON object", IDS),
    ("deleteMessages", {"chat_id": ANN, "message_ids": 5}, "expected an Array of message identifiers", IDS),
    ("deleteMessages", {"chat_id": ANN, "message_ids": [*range(1, 102)]},
     "too many message identifiers specified", IDS),
    ("deleteMessages", {"chat_id": ANN, "message_ids": [None]}, "message identifier must be a Number", IDS),
    ("deleteMessages", {"chat_id": ANN, "message_ids": ["one"]}, "can't parse message identifier as Number", IDS),
    ("deleteMessages", {"chat_id": ANN, "message_ids": [0]}, "invalid message identifier specified", IDS),
    # buttons
    ("answerCallbackQuery", {}, "query is too old and response timeout expired or query ID is invalid", ERRORS),
    ("answerCallbackQuery", {"callback_query_id": "1"},
     "query is too old and response timeout expired or query ID is invalid", ERRORS),
    ("answerCallbackQuery", {"callback_query_id": "1", "text": "t" * 201}, "MESSAGE_TOO_LONG",
     "https://github.com/eternnoir/pyTelegramBotAPI/issues/500"),
    # reactions and actions
    ("setMessageReaction", {"chat_id": ANN, "message_id": MISSING}, "message to react not found", MESSAGE),
    ("setMessageReaction", {"chat_id": ANN, "message_id": HER_OWN, "reaction": [{"type": "emoji", "emoji": "💪"}]},
     "REACTION_INVALID", REACTIONS),
    ("setMessageReaction", {"chat_id": ANN, "message_id": HER_OWN, "reaction": [{"type": "paid"}]},
     "REACTION_INVALID", REACTIONS),
    ("setMessageReaction", {"chat_id": ANN, "message_id": HER_OWN, "reaction": [{"type": "loud"}]},
     "can't parse ReactionType: invalid reaction type specified", REACTION),
    ("setMessageReaction", {"chat_id": ANN, "message_id": HER_OWN, "reaction": ["👍"]},
     "can't parse ReactionType: expected an Object", REACTION),
    ("setMessageReaction", {"chat_id": ANN, "message_id": HER_OWN, "reaction": {"type": "emoji"}},
     "expected an Array of ReactionType", REACTION),
    ("setMessageReaction", {"chat_id": ANN, "message_id": HER_OWN, "reaction": "["},
     "can't parse reaction types JSON object", REACTION),
    ("setMessageReaction", {"chat_id": ANN, "message_id": HER_OWN, "reaction": [{"type": "emoji", "emoji": "👍"}] * 2},
     "REACTIONS_TOO_MANY", REACTIONS),
    ("sendChatAction", {"chat_id": ANN, "action": "lifting"}, "wrong parameter action in request", ACTION),
    # commands
    ("setMyCommands", command("Start"), "BOT_COMMAND_INVALID",
     "https://github.com/tdlib/telegram-bot-api/issues/98"),
    ("setMyCommands", command("/"), "command must be non-empty", SET_COMMANDS),
    ("setMyCommands", command("c" * 33), "command length must not exceed 32", SET_COMMANDS),
    ("setMyCommands", command("c", "d" * 257), "command description length must not exceed 256", SET_COMMANDS),
    ("setMyCommands", command("c", " "), "command description must be non-empty", SET_COMMANDS),
    ("setMyCommands", {"commands": "["}, "can't parse commands JSON object", COMMANDS),
    ("setMyCommands", {"commands": {"command": "c"}}, "expected an Array of BotCommand", COMMANDS),
    ("setMyCommands", {"commands": ["c"]}, "can't parse BotCommand: expected an Object", COMMANDS),
    ("setMyCommands", {"commands": [{"command": "c"}]},
     'can\'t parse BotCommand: Can\'t find field "description"', COMMANDS),
    ("setMyCommands", {"scope": "["}, "can't parse BotCommandScope JSON object", SCOPE),
    ("setMyCommands", {"scope": "5"}, "can't parse BotCommandScope: BotCommandScope must be an Object", SCOPE),
    ("setMyCommands", {"scope": {}}, 'can\'t parse BotCommandScope: Can\'t find field "type"', SCOPE),
    ("setMyCommands", {"scope": {"type": "chat"}}, 'can\'t parse BotCommandScope: Can\'t find field "chat_id"', SCOPE),
    ("setMyCommands", {"scope": {"type": "chat", "chat_id": ""}},
     "can't parse BotCommandScope: Empty chat_id specified", SCOPE),
    ("setMyCommands", {"scope": {"type": "chat_member", "chat_id": ANN}},
     'can\'t parse BotCommandScope: Can\'t find field "user_id"', SCOPE),
    ("setMyCommands", {"scope": {"type": "chat_member", "chat_id": ANN, "user_id": 0}},
     "can't parse BotCommandScope: Invalid user_id specified", SCOPE),
    ("setMyCommands", {"scope": {"type": "chat_member", "chat_id": ANN, "user_id": "1" * 5000}},
     "can't parse BotCommandScope: Invalid user_id specified", SCOPE),
    ("setMyCommands", {"commands": [{"command": "c", "description": "d"}] * 101}, "BOT_COMMANDS_TOO_MUCH",
     "https://core.telegram.org/bots/api#setmycommands"),
    ("setMyCommands", {"scope": {"type": "chat", "chat_id": MISSING}}, "chat not found", CHAT),
    ("setMyCommands", {"scope": {"type": "gym"}}, "can't parse BotCommandScope: Unsupported type specified", SCOPE),
    ("setMyCommands", {"language_code": "english"}, "invalid language code specified", LANGUAGE),
    ("setMyCommands", {**command("/"), "language_code": "english"}, "invalid language code specified", LANGUAGE),
    ("setMyCommands", {**command("/"), "scope": {"type": "gym"}},
     "can't parse BotCommandScope: Unsupported type specified", SCOPE),
    ("setMyCommands", {"commands": ["c"], "scope": {"type": "gym"}}, "can't parse BotCommand: expected an Object",
     COMMANDS),
    # inline mode
    ("answerInlineQuery", {"inline_query_id": "5", "results": []}, OLD_QUERY, "Client.cpp fail_query_with_error"),
    ("answerInlineQuery", {"results": {}}, "expected an Array of inline query results", RESULTS),
    ("answerInlineQuery", found(*[article(id=str(number)) for number in range(51)]),
     "too many inline query results specified", RESULTS),
    ("answerInlineQuery", found("x"), f"{RESULT}Inline query result must be an object", RESULTS),
    ("answerInlineQuery", found({"id": "1"}), f'{RESULT}Can\'t find field "type"', RESULTS),
    ("answerInlineQuery", found({"type": "article"}), f'{RESULT}Can\'t find field "id"', RESULTS),
    ("answerInlineQuery", found(article(type="essay")),
     f'{RESULT}type "essay" is unsupported for the inline query result', RESULTS),
    ("answerInlineQuery", found({"type": "article", "id": "1", "title": "t"}),
     f"{RESULT}Input message content is not specified", RESULTS),
    ("answerInlineQuery", found(article("")), f"{RESULT}Message text is empty", INPUT_TEXT),
    ("answerInlineQuery", found(article("<b>x", parse_mode="HTML")),
     f'{RESULT}Can\'t parse entities: Can\'t find end tag corresponding to start tag "b"', HTML),
    ("answerInlineQuery", found(article(" ")), "MESSAGE_EMPTY", INLINE),
    ("answerInlineQuery", found(article("x" * 4097)), "MESSAGE_TOO_LONG", INLINE),
    ("answerInlineQuery", found(article(title="")), "ARTICLE_TITLE_EMPTY", INLINE),
    ("answerInlineQuery", found(article(id="")), "RESULT_ID_EMPTY", INLINE),
    ("answerInlineQuery", found(article(id="é" * 33)), "RESULT_ID_INVALID", INLINE),
    ("answerInlineQuery", found(article(), article()), "RESULT_ID_DUPLICATE", INLINE),
    ("answerInlineQuery", found(article(), next_offset="o" * 65), "NEXT_OFFSET_INVALID", INLINE),
    ("answerInlineQuery", found(article(**button(callback_data="d" * 65))), "BUTTON_DATA_INVALID", INLINE),
    ("answerInlineQuery", found(button={"text": "t"}),
     "can't parse inline query results button: InlineQueryResultsButton must have exactly one optional field",
     "Client.cpp get_inline_query_results_button"),
    ("answerInlineQuery", found(button={"text": "", "start_parameter": "s"}), "SWITCH_PM_TEXT_EMPTY", INLINE),
    ("answerInlineQuery", found(button={"text": "t", "start_parameter": "a b"}), "START_PARAM_INVALID", INLINE),
    # files
    ("sendPhoto", {"chat_id": ANN}, "there is no photo in the request", SEND_PHOTO),
    ("sendDocument", {"chat_id": ANN}, "there is no document in the request", SEND_DOCUMENT),
    ("sendPhoto", {"chat_id": ANN, "photo": "attach://nothing"}, "there is no photo in the request", SEND_PHOTO),
    ("sendDocument", {"chat_id": ANN, "document": "nothing"}, "wrong file identifier/HTTP URL specified", INPUT_FILE),
    ("getFile", {}, "file_id not specified", FILE),
    ("getFile", {"file_id": "nothing"}, "invalid file_id", FILE),
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


@pytest.mark.parametrize("method", ["sendMessage", "sendChatAction", "setMessageReaction", "editMessageText"])
async def test_a_person_who_is_gone_is_not_written_to(call: Caller, ann: Lifter, method: str) -> None:
    await call("sendMessage", chat_id=ANN, text="as it was")
    ann.deletes_account()

    answer = await call(method, chat_id=ANN, message_id=TEXT, text="more", action="typing")

    assert answer.refusal == (403, "Forbidden: user is deactivated")


async def test_a_person_who_never_wrote_is_not_written_to(call: Caller, telegram: Simulator) -> None:
    telegram.people.add(STRANGER, "Stranger")

    answer = await call("sendMessage", chat_id=STRANGER, text="hello")

    assert answer.refusal == (403, "Forbidden: bot can't initiate conversation with a user")
