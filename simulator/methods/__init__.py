"""The methods of the Bot API that the simulator has."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from simulator.arguments import Arguments
from simulator.methods import (
    answering,
    commands,
    deleting,
    editing,
    fetching,
    files,
    inline,
    reacting,
    sending,
    webhook,
)
from simulator.world import World

Method = Callable[[World, Arguments], Any]
LongMethod = Callable[[World, Arguments], Awaitable[Any]]

METHODS: Final[Mapping[str, Method]] = {
    "answerCallbackQuery": answering.answer_callback_query,
    "answerInlineQuery": inline.answer_inline_query,
    "deleteMessage": deleting.delete_message,
    "deleteMessages": deleting.delete_messages,
    "deleteMyCommands": commands.delete_my_commands,
    "deleteWebhook": webhook.delete_webhook,
    "editMessageCaption": editing.edit_message_caption,
    "editMessageMedia": editing.edit_message_media,
    "editMessageReplyMarkup": editing.edit_message_reply_markup,
    "editMessageText": editing.edit_message_text,
    "getFile": files.get_file,
    "getMe": fetching.get_me,
    "getMyCommands": commands.get_my_commands,
    "getWebhookInfo": webhook.get_webhook_info,
    "sendChatAction": reacting.send_chat_action,
    "sendDocument": files.send_document,
    "sendMessage": sending.send_message,
    "sendPhoto": files.send_photo,
    "setMessageReaction": reacting.set_message_reaction,
    "setMyCommands": commands.set_my_commands,
    "setWebhook": webhook.set_webhook,
}
"""Each is done at once and returns the `result` of the answer, with a description if Telegram gives one."""

LONG_METHODS: Final[Mapping[str, LongMethod]] = {"getUpdates": fetching.get_updates}
"""Each may wait for something to happen."""
