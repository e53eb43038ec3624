"""What an announcement says, and what is said about it."""

from __future__ import annotations

from telegram.constants import KeyboardButtonStyle

from handlers.admins.views import leave_button
from handlers.announcing.buttons import (
    DiscardAnnouncement,
    LookAtAnnouncement,
    SendAnnouncement,
    StopAnnouncement,
    WriteAnew,
)
from handlers.screen import Row, Screen, button
from handlers.words import Html, count, label, lines, say
from storage.values.chat import AnnouncementState
from training.announcing import Progress


def announcement(text: str) -> Screen:
    """The message that every lifter gets."""
    return Screen(_said(text))


def prompt() -> Screen:
    """Asks for the text."""
    text = lines(
        say("<b>What shall everybody read?</b>"),
        say("Type it. You see it first, and nothing is sent before you say so."),
    )
    return Screen(text, [[leave_button()]])


def preview(draft: Progress) -> Screen:
    """The announcement as it will look, and to how many it would go."""
    one = "It would go to {number} lifter, and looks like this:"
    to = count(one, "It would go to {number} lifters, and looks like this:", draft.lifters)
    send = button(
        label("📣 Send to {number}", number=draft.lifters),
        SendAnnouncement(draft.id),
        style=KeyboardButtonStyle.SUCCESS,
    )
    others = [button(label("✎ Write it anew"), WriteAnew()), button(label("✕ Discard"), DiscardAnnouncement(draft.id))]
    return Screen(lines(say("<b>Preview.</b> {to}", to=to), Html(), _said(draft.text)), [[send], others])


def discarded() -> Screen:
    """The draft is gone."""
    return Screen(
        say("Discarded. Nothing was sent."), [[button(label("✎ Write another"), WriteAnew()), leave_button()]]
    )


def progress(found: Progress) -> Screen:
    """How far it has come."""
    titles = {
        AnnouncementState.DRAFT: say("<b>Not sent yet.</b>"),
        AnnouncementState.SENDING: say("<b>Sending…</b>"),
        AnnouncementState.STOPPED: say("<b>Stopped.</b>"),
        AnnouncementState.SENT: say("<b>Sent.</b>"),
    }
    one, many = "{number} can't be reached any more.", "{number} can't be reached any more."
    text = lines(
        titles[found.state],
        say("{sent} of {lifters} have it.", sent=found.sent, lifters=found.lifters),
        count(one, many, found.unreachable) if found.unreachable else None,
        count("{number} failed.", "{number} failed.", found.failed) if found.failed else None,
    )
    if found.state is not AnnouncementState.SENDING:
        return Screen(text, [_another()])
    stop = button(label("⏹ Stop"), StopAnnouncement(found.id), style=KeyboardButtonStyle.DANGER)
    return Screen(text, [[stop, button(label("↻ How far?"), LookAtAnnouncement(found.id))]])


def too_long(limit: int) -> str:
    """The text doesn't fit into a message."""
    return label("That is too long: an announcement has room for {limit} characters.", limit=limit)


def _another() -> Row:
    return [button(label("✎ Write another"), WriteAnew()), leave_button()]


def _said(text: str) -> Html:
    return say("📣 {text}", text=text)
