"""What people do on their phones, and what they see there."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from typing import Any

from simulator.chats import Chat, Message, Person, PrivateChat
from simulator.feeds import Event
from simulator.groups import Group
from simulator.privacy import reaches
from simulator.texts import LONGEST_TEXT, plain_text
from simulator.world import World

__all__ = ["NotPossible", "People", "Person"]

_CHAT_INSTANCE_FACTOR = 1_000_003
"""Makes a chat's instance look unlike its id, as on Telegram: nobody should take the one for the other."""


_LONGEST_INLINE_QUERY = 256
"""Characters (`telegram.constants.InlineQueryLimit`)."""


class NotPossible(Exception):  # noqa: N818 -- reads as the answer to what a person tried
    """A phone wouldn't let the person do this; the message says why."""


class People:
    """The world seen from the phones. User ids are those given to `add`; a LookupError says that there is nobody.

    What is done in a chat is done in the person's private one with the bot, unless `where` is the id of a group.
    """

    def __init__(self, world: World) -> None:
        self._world = world

    def add(self, user_id: int, name: str, *, admin: bool = False) -> None:
        """Adds a person who can open the chat. The bot can't write to them before they did something there."""
        self._world.chats.add(Person(user_id, name, admin))

    def everyone(self) -> Sequence[Person]:
        """All people, in the order they were added."""
        return [chat.person for chat in self._world.chats]

    def chat(self, user_id: int, where: int | None = None) -> Sequence[dict[str, Any]]:
        """The messages as they stand, oldest first: Telegram's Message and `reactions`."""
        return [message.shown() for message in self._place(user_id, where).messages.values()]

    def commands(self, user_id: int) -> Sequence[dict[str, str]]:
        """The command menu of this person's chat."""
        person = self._chat(user_id).person
        return [dict(command) for command in self._world.menus.shown_to(user_id, person.user()["language_code"])]

    async def send_text(self, user_id: int, text: str, reply_to: int | None = None, *, where: int | None = None) -> int:
        """Sends a plain text, cleaned as on its way to every bot; returns the message's id."""
        content = _written(text)
        if reply_to is not None:
            replied = self._message(self._place(user_id, where), reply_to).content
            content["reply_to_message"] = {key: value for key, value in replied.items() if key != "reply_to_message"}
        return self._send(user_id, content, where)

    async def edit_text(self, user_id: int, message_id: int, text: str, *, where: int | None = None) -> None:
        """Changes a text that this person sent."""
        chat = self._active_place(user_id, where)
        message = self._message(chat, message_id)
        if message.content["from"]["id"] != user_id or "text" not in message.content:
            raise NotPossible("Only texts of one's own can be edited.")
        self._world.chats.edit(chat, message, _written(text), without=("entities",))
        self._tell_bot("edited_message", chat, message)

    async def send_sticker(self, user_id: int, *, where: int | None = None) -> int:
        """Sends a sticker; returns the message's id."""
        file = self._world.files.keep("sticker", "sticker.webp", "image/webp", b"RIFF")
        sticker = {"file_id": file.id, "file_unique_id": file.unique_id, "type": "regular", "width": 512, "height": 512}
        return self._send(
            user_id, {"sticker": {**sticker, "is_animated": False, "is_video": False, "emoji": "💪"}}, where
        )

    async def send_document(self, user_id: int, name: str, content: bytes, mime: str, caption: str = "") -> int:
        """Sends a file, with a few words if need be; returns the message's id."""
        file = self._world.files.keep("document", name, mime, content)
        document = {"file_id": file.id, "file_unique_id": file.unique_id, "file_size": file.size}
        words = plain_text(caption).fields("caption", "caption_entities") if caption else {}
        return self._send(user_id, {"document": {**document, "file_name": name, "mime_type": mime}, **words})

    async def press(self, user_id: int, message_id: int, row: int, column: int, *, where: int | None = None) -> str:
        """Presses a button as it stands; returns the callback query's id. The answer comes as an event."""
        message = self._message(self._place(user_id, where), message_id)
        keyboard = message.content.get("reply_markup", {}).get("inline_keyboard", [])
        if row not in range(len(keyboard)) or column not in range(len(keyboard[row])):
            raise NotPossible("There is no such button any more.")
        button = keyboard[row][column]
        if "callback_data" not in button:
            raise NotPossible(f"The button “{button['text']}” tells the bot nothing.")
        return await self.press_with(user_id, message_id, button["callback_data"], where=where)

    async def press_with(self, user_id: int, message_id: int, data: str, *, where: int | None = None) -> str:
        """Presses a button that may not be there: one that a slow phone still shows, or a forged one.

        The bot may even have deleted its message. The answer comes to the person alone, also in a group.
        """
        chat = self._active_place(user_id, where)
        pressed = self._pressed(chat, message_id)
        query_id = self._world.queries.ask(user_id)
        query = {"id": query_id, "from": self._chat(user_id).person.user(), "message": pressed, "data": data}
        query["chat_instance"] = str(chat.id * _CHAT_INSTANCE_FACTOR)
        if isinstance(chat, PrivateChat):
            chat.started = True
        self._world.updates.add("callback_query", query)
        return query_id

    async def ask_inline(self, user_id: int, text: str, offset: str = "") -> str:
        """Types the text behind the bot's name in some chat; returns the query's id. The answer comes as an event.

        The bot isn't asked what it has answered lately, if it has said that the answer may be kept.
        """
        if len(text) > _LONGEST_INLINE_QUERY:
            raise NotPossible(f"The bot can be asked at most {_LONGEST_INLINE_QUERY} characters.")
        chat, kept = self._active_chat(user_id), self._world.inline.kept(user_id, text, offset)
        query_id = self._world.inline.ask(user_id, text, offset)
        if kept is not None:
            self._world.feeds.tell(user_id, {"type": "found", "query_id": query_id, **kept.json()})
            return query_id
        query = {"id": query_id, "from": chat.person.user(), "query": text, "offset": offset, "chat_type": "sender"}
        self._world.updates.add("inline_query", query)
        return query_id

    async def choose(self, user_id: int, message: Mapping[str, Any]) -> int:
        """Sends the message of what the bot has found to the bot itself; returns the message's id."""
        return self._send(user_id, {**message, "via_bot": self._world.bot_user})

    def block(self, user_id: int) -> None:
        """Blocks the bot: it can't write any more."""
        self._set_blocked(user_id, blocked=True)

    def unblock(self, user_id: int) -> None:
        """Lets the bot write again."""
        self._set_blocked(user_id, blocked=False)

    def deactivate(self, user_id: int) -> None:
        """Deletes the person's account: nobody can write to them any more, nor they to anybody."""
        self._chat(user_id).deactivated = True

    def file(self, file_id: str) -> tuple[str, bytes]:
        """A file's type and content. LookupError if there is none of this id."""
        file = self._world.files.find(file_id)
        if file is None:
            raise LookupError("There is no such file.")
        return file.mime, file.content

    def subscribe(self, user_id: int) -> AsyncIterator[Event]:
        """What happens in the chat from this moment on; it ends with the simulator.

        `{"type": "message" | "edited", "message": …}`, `{"type": "deleted", "message_ids": […]}`,
        `{"type": "reaction", "message_id": …, "reactions": […]}`, `{"type": "commands", "commands": […]}`,
        `{"type": "answer", "query_id": …, "text": …, "show_alert": …}`,
        `{"type": "found", "query_id": …, "results": […], "next_offset": …, "button": …}`.
        """
        self._chat(user_id)
        return self._world.feeds.subscribe(user_id)

    def listen(self, chat_id: int, listener: Callable[[Event], None]) -> None:
        """Calls `listener` with the same events, the moment they happen. A group has no answers: they go to persons."""
        self._world.feeds.listen(chat_id, listener)

    def _send(self, user_id: int, content: dict[str, Any], where: int | None = None) -> int:
        chat = self._active_place(user_id, where)
        if isinstance(chat, PrivateChat):
            if chat.blocked:
                raise NotPossible("The bot is blocked.")
            chat.started = True
        message = self._world.chats.post(chat, content, by=self._chat(user_id).person)
        self._tell_bot("message", chat, message)
        return message.id

    def _tell_bot(self, kind: str, chat: Chat, message: Message) -> None:
        if reaches(self._world.bot, chat, message.content):
            self._world.updates.add(kind, message.content)

    def _set_blocked(self, user_id: int, *, blocked: bool) -> None:
        chat = self._chat(user_id)
        if chat.blocked == blocked:
            return
        chat.blocked = blocked
        bot = self._world.bot_user
        member, kicked = {"user": bot, "status": "member"}, {"user": bot, "status": "kicked", "until_date": 0}
        old, new = (member, kicked) if blocked else (kicked, member)
        change = {"chat": chat.header(), "from": chat.person.user(), "date": self._world.chats.now()}
        self._world.updates.add("my_chat_member", {**change, "old_chat_member": old, "new_chat_member": new})

    def _place(self, user_id: int, where: int | None) -> Chat:
        """The private chat, or the group."""
        if where is None:
            return self._chat(user_id)
        group = self._world.chats.find(where)
        if not isinstance(group, Group) or user_id not in group.people:
            raise NotPossible("That is no group of theirs.")
        return group

    def _active_place(self, user_id: int, where: int | None) -> Chat:
        chat = self._active_chat(user_id)
        return chat if where is None else self._place(user_id, where)

    def _chat(self, user_id: int) -> PrivateChat:
        chat = self._world.chats.private(user_id)
        if chat is None:
            raise LookupError(f"Nobody has the id {user_id}.")
        return chat

    def _active_chat(self, user_id: int) -> PrivateChat:
        chat = self._chat(user_id)
        if chat.deactivated:
            raise NotPossible("The account is deleted.")
        return chat

    def _pressed(self, chat: Chat, message_id: int) -> dict[str, Any]:
        """The message of a pressed button; InaccessibleMessage if it was deleted."""
        if message_id in chat.gone:
            return {"message_id": message_id, "chat": chat.header(), "date": 0}
        message = self._message(chat, message_id)
        if not message.from_bot:
            raise NotPossible("Only the bot's messages have buttons.")
        return message.content

    def _message(self, chat: Chat, message_id: int) -> Message:
        message = chat.messages.get(message_id)
        if message is None:
            raise NotPossible("The message is gone.")
        return message


def _written(text: str) -> dict[str, Any]:
    """The fields of a message with this text. A phone sends nothing that is empty or too long."""
    written = plain_text(text)
    if not written.text:
        raise NotPossible("There is nothing to send.")
    if len(written.text) > LONGEST_TEXT:
        raise NotPossible(f"A message has at most {LONGEST_TEXT} characters.")
    return written.fields("text", "entities")
