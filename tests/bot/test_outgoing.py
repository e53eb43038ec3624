from __future__ import annotations

import pytest

from bot.outgoing import Outgoing, is_group


@pytest.mark.parametrize(
    ("method", "fields", "messages"),
    [
        ("sendMessage", {}, 1),
        ("sendPhoto", {}, 1),
        ("sendDocument", {}, 1),
        ("sendMediaGroup", {"media": '[{"type": "photo"}, {"type": "photo"}, {"type": "photo"}]'}, 3),
        ("sendMediaGroup", {"media": "nonsense"}, 1),
        ("sendMediaGroup", {}, 1),
        ("forwardMessage", {"message_id": "5"}, 1),
        ("forwardMessages", {"message_ids": "[5, 6]"}, 2),
        ("copyMessage", {"message_id": "5"}, 1),
        ("copyMessages", {"message_ids": "[5, 6, 7, 8]"}, 4),
    ],
)
def test_new_messages_are_counted(method: str, fields: dict[str, str], messages: int) -> None:
    assert Outgoing.of(method, {"chat_id": "7", **fields}) == Outgoing("7", messages)


@pytest.mark.parametrize(
    "method",
    [
        "answerCallbackQuery",
        "editMessageText",
        "editMessageReplyMarkup",
        "deleteMessage",
        "deleteMessages",
        "setMessageReaction",
        "sendChatAction",
        "sendMessageDraft",
        "getMe",
        "getFile",
        "setMyCommands",
    ],
)
def test_what_makes_no_new_message_counts_as_none(method: str) -> None:
    assert Outgoing.of(method, {"chat_id": "7"}).messages == 0


def test_a_call_that_names_no_chat_has_none() -> None:
    assert Outgoing.of("answerCallbackQuery", {"callback_query_id": "1"}).chat is None


@pytest.mark.parametrize(("chat", "group"), [("7", False), ("-5", True), ("-1001234567890", True), ("@news", True)])
def test_groups_are_told_from_private_chats(chat: str, group: bool) -> None:
    assert is_group(chat) is group
