"""What a group gets to read: nothing personal."""

from __future__ import annotations

from telegram import InlineKeyboardButton
from telegram.helpers import create_deep_linked_url

from handlers.screen import Screen
from handlers.words import label, say

_FROM_A_GROUP = "group"


def only_in_private(username: str) -> Screen:
    """Workouts are logged in the private chat."""
    link = create_deep_linked_url(username, _FROM_A_GROUP)
    text = say("I log workouts in private, where nobody else sees them: {link}", link=link)
    return Screen(text, [[InlineKeyboardButton(label("💬 Open Spotter"), url=link)]])
