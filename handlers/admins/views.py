"""What /admins says."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import InlineKeyboardButton

from handlers.admins.buttons import GrantAdmin, LeaveAdmin, RevokeAdmin, ShowAdmins, ShowRecord
from handlers.screen import Screen, button, shortened
from handlers.words import Html, count, joined, label, lines, say
from storage.values.audit import AdminAction
from storage.values.chat import NOBODY
from training.admins import Admin, Granted, Person, Recorded, RecordPage

_LONGEST_NAME = 40


def admins(found: Sequence[Admin]) -> Screen:
    """Who is an admin, with a button for each that can be revoked; the next message names another one."""
    listed = [
        say("{person} · by the host", person=person(one.person)) if one.is_hosts else person(one.person)
        for one in found
    ]
    text = lines(
        say("<b>Admins</b>"),
        *(say("• {one}", one=one) for one in listed),
        say("\nTo add one, send me their numeric id, share their contact, or forward a message of theirs."),
    )
    revoking = [[_revoke(one.person)] for one in found if not one.is_hosts]
    return Screen(text, [*revoking, [button(label("📜 What was done"), ShowRecord(0)), leave_button()]])


def granted(done: Granted) -> Screen:
    """Somebody is an admin."""
    if not done.is_news:
        return Screen(say("{person} is an admin already.", person=person(done.person)), [[_list()]])
    text = lines(
        say("✓ {person} is an admin now.", person=person(done.person)),
        say("The commands are in their menu. They can make and remove admins too."),
    )
    return Screen(text, [[button(label("↶ Take it back"), RevokeAdmin(done.person.id)), _list()]])


def revoked(done: Granted) -> Screen:
    """Somebody is no admin."""
    if not done.is_news:
        return Screen(say("{person} is no admin.", person=person(done.person)), [[_list()]])
    text = say("✓ {person} is no admin any more.", person=person(done.person))
    return Screen(text, [[button(label("↶ Take it back"), GrantAdmin(done.person.id)), _list()]])


def never_wrote(whom: int) -> Screen:
    """Who never wrote to the bot can't be an admin."""
    return Screen(
        say("I don't know <code>{id}</code>. They have to send me /start first.", id=whom), [[_list(), leave_button()]]
    )


def hidden() -> Screen:
    """Telegram doesn't say who was meant."""
    text = say("Telegram doesn't tell me who that is. Send me their numeric id instead.")
    return Screen(text, [[_list(), leave_button()]])


def hosts() -> Screen:
    """The host's admins stay admins."""
    return Screen(say("The host has made them an admin in the settings, so they stay one."), [[_list()]])


def unreadable() -> Screen:
    """What was sent names nobody."""
    text = lines(
        say("I can't read whom you mean. For example:"),
        say("<code>/admins add 123456789</code>"),
        say("<code>/admins remove 123456789</code>"),
        say("or /admins, and then a contact or a forwarded message."),
    )
    return Screen(text, [[_list(), leave_button()]])


def record(page: RecordPage, *, is_first: bool) -> Screen:
    """What admins did, newest first."""
    if not page.acts:
        text = say("Nothing was done yet.") if is_first else say("There is nothing older.")
    else:
        text = lines(say("<b>What admins did</b> (times in UTC)"), *(_line(act) for act in page.acts))
    older = [button(label("Older ›"), ShowRecord(page.acts[-1].id))] if page.more else []
    return Screen(text, [[*older, _list(), leave_button()]])


def person(one: Person) -> Html:
    """A name with the id, which says for sure who it is."""
    name = shortened(one.name, _LONGEST_NAME)
    return say("{name} (<code>{id}</code>)", name=name, id=one.id) if name else say("<code>{id}</code>", id=one.id)


def leave_button() -> InlineKeyboardButton:
    """Leaves what an admin's command has asked."""
    return button(label("✕ Close"), LeaveAdmin())


def _line(act: Recorded) -> Html:
    by = say("the host") if act.by is None else say("{name}", name=_short(act.by))
    return say("{time} · {by}: {what}", time=f"{act.done_at:%Y-%m-%d %H:%M}", by=by, what=act_words(act))


def act_words(act: Recorded) -> Html:
    """What was done, in a few words."""
    number, whom = act.about.get, "" if act.whom is None else _short(act.whom)
    about = _named(act)
    words = {
        AdminAction.SEEDED: say("loaded the built-in exercises{figures}", figures=_figures(act)),
        AdminAction.IMPORTED: say("applied a document{figures}", figures=_figures(act)),
        AdminAction.EXPORTED: say("exported the library"),
        AdminAction.EXERCISE_ADDED: say("added {about}", about=about),
        AdminAction.EXERCISE_EDITED: say("edited {about}{fields}", about=about, fields=_fields(act)),
        AdminAction.ALIAS_ADDED: say("gave {about} another name{figures}", about=about, figures=_names(act)),
        AdminAction.ALIAS_REMOVED: say("took a name from {about}{figures}", about=about, figures=_names(act)),
        AdminAction.EXERCISE_ARCHIVED: say("archived {about}", about=about),
        AdminAction.EXERCISE_UNARCHIVED: say("brought {about} back", about=about),
        AdminAction.EXERCISE_DELETED: say("deleted {about}", about=about),
        AdminAction.EXERCISE_MERGED: say("merged {about}", about=about),
        AdminAction.PROPOSAL_ACCEPTED: say("accepted {about}, which a lifter had proposed", about=about),
        AdminAction.PROPOSAL_MERGED: say("found what a lifter had proposed to be {about}", about=about),
        AdminAction.PROPOSAL_DECLINED: say("declined what a lifter had proposed"),
        AdminAction.LIBRARY_UNDONE: say("took back a change of {about}", about=about),
        AdminAction.ADMIN_GRANTED: say("made {whom} an admin", whom=whom),
        AdminAction.ADMIN_REVOKED: say("removed {whom} as an admin", whom=whom),
        AdminAction.ADMINS_READ: say("looked at the admins"),
        AdminAction.STATS_READ: say("looked at the figures"),
        AdminAction.ANNOUNCED: say("sent an announcement to {number} lifters", number=number("lifters", 0)),
        AdminAction.ANNOUNCEMENT_STOPPED: say("stopped an announcement"),
    }
    known = {action.value: said for action, said in words.items()}
    return known.get(act.action, say("{action}", action=act.action))  # a newer release may know more


def _named(act: Recorded) -> Html:
    """The exercises that it was about, in their order: what is gone by its number."""
    several = act.about.get("exercises")
    ids = [act.about[key] for key in ("exercise", "into") if key in act.about]
    ids += several if isinstance(several, list) else []
    names = [say("{name}", name=act.exercises.get(one, f"#{one}")) for one in ids]
    return joined(" → " if "into" in act.about else ", ", names)


def _names(act: Recorded) -> Html:
    """How many names came and went, if more than the one that is said."""
    added, removed = act.about.get("added", 0), act.about.get("removed", 0)
    if added + removed <= 1:
        return Html()
    return say(" ({added} added, {removed} removed)", added=added, removed=removed)


def _figures(act: Recorded) -> Html:
    new, changed = act.about.get("new", 0), act.about.get("changed", 0)
    parts = [*([count("{number} new", "{number} new", new)] if new else [])]
    parts += [count("{number} changed", "{number} changed", changed)] if changed else []
    return say(": {parts}", parts=joined(", ", parts)) if parts else Html()


def _fields(act: Recorded) -> Html:
    fields = act.about.get("fields", [])
    return say(": {fields}", fields=", ".join(str(field).replace("_", " ") for field in fields)) if fields else Html()


def _short(one: Person) -> str:
    if one.id == NOBODY:
        return label("somebody who has left")
    return shortened(one.name, _LONGEST_NAME) or str(one.id)


def _revoke(one: Person) -> InlineKeyboardButton:
    return button(label("✕ Remove {name}", name=_short(one)), RevokeAdmin(one.id))


def _list() -> InlineKeyboardButton:
    return button(label("👥 Admins"), ShowAdmins())
