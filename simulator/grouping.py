"""What people do with groups; talking there is among what `simulator.people.People` can."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Final

from simulator.chats import Json, Person
from simulator.groups import Group, Status
from simulator.world import World

_SUPERGROUPS_BELOW: Final = -1_000_000_000_000
"""Ids of supergroups are lower than those of basic groups."""


class Groups:
    """Makes groups, and changes who is in them. A LookupError says that there is no such group, person or member."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._numbers = itertools.count(1)

    def create(self, title: str, member_ids: Sequence[int], *, supergroup: bool = True) -> int:
        """A group of these people, without the bot. Returns its id."""
        number = next(self._numbers)
        group = Group(_SUPERGROUPS_BELOW - number if supergroup else -number, title, supergroup)
        if supergroup:
            group.numbers = itertools.count(1)
        self._world.chats.open(group)
        for member_id in member_ids:
            group.people[member_id] = self._person(member_id)
        return group.id

    def add_bot(self, group_id: int, by: int, *, status: Status = Status.MEMBER) -> None:
        """Brings the bot in, or makes it an administrator or a member again."""
        group = self._group(group_id)
        joins = not group.has_bot
        self._becomes(group, status, by)
        if joins:
            self._serve(group, {"new_chat_members": [self._world.bot_user]}, by)

    def remove_bot(self, group_id: int, by: int) -> None:
        """Throws the bot out. It hears of that, and of nothing more from there."""
        group = self._group(group_id)
        self._becomes(group, Status.KICKED, by)
        self._world.chats.post(group, {"left_chat_member": self._world.bot_user}, by=group.people[by])

    def silence_bot(self, group_id: int) -> None:
        """Members who aren't administrators may not write, the bot among them."""
        self._group(group_id).silent = True

    def join(self, group_id: int, user_id: int) -> None:
        """Somebody comes in by a link."""
        group = self._group(group_id)
        group.people[user_id] = person = self._person(user_id)
        self._serve(group, {"new_chat_members": [person.user()]}, user_id)

    def upgrade(self, group_id: int, by: int) -> int:
        """Makes a basic group a supergroup, whose id is returned."""
        old = self._group(group_id)
        new = self._group(self.create(old.title, list(old.people)))
        new.status, new.silent = old.status, old.silent
        self._serve(old, {"migrate_to_chat_id": new.id}, by)
        self._serve(new, {"migrate_from_chat_id": old.id}, by)
        old.moved_to = new.id
        return new.id

    def _becomes(self, group: Group, status: Status, by: int) -> None:
        old, group.status = group.status, status
        change = {"chat": group.header(), "from": group.people[by].user(), "date": self._world.chats.now()}
        before, now = self._member(old), self._member(status)
        self._world.updates.add("my_chat_member", {**change, "old_chat_member": before, "new_chat_member": now})

    def _member(self, status: Status) -> Json:
        """Telegram's ChatMember, of an administrator without its rights one by one."""
        until = {"until_date": 0} if status is Status.KICKED else {}
        return {"user": self._world.bot_user, "status": status.value, **until}

    def _serve(self, group: Group, content: Json, by: int) -> None:
        """Says in the group what has happened to it; every bot there hears that."""
        message = self._world.chats.post(group, content, by=group.people[by])
        if group.has_bot:
            self._world.updates.add("message", message.content)

    def _group(self, group_id: int) -> Group:
        group = self._world.chats.find(group_id)
        if isinstance(group, Group):
            return group
        raise LookupError(f"There is no group {group_id}.")

    def _person(self, user_id: int) -> Person:
        chat = self._world.chats.private(user_id)
        if chat is None:
            raise LookupError(f"Nobody has the id {user_id}.")
        return chat.person
