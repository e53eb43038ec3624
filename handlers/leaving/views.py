"""What /privacy and /delete_me say."""

from __future__ import annotations

from telegram import InlineKeyboardButton
from telegram.constants import KeyboardButtonStyle

from handlers.export.buttons import OpenExport
from handlers.leaving.buttons import AskAgain, AskToLeave, DeleteMe, Stay
from handlers.screen import Screen, button
from handlers.words import Html, count, joined, label, lines, say
from training.leaving import Holdings


def privacy() -> Screen:
    """What is kept of whoever asks, where, who sees it and how long."""
    text = lines(
        say("<b>What I keep of you</b>"),
        say("• your Telegram id and first name"),
        say("• what you log: workouts, sets, notes, exercises and names of your own, with dates and times"),
        say("• your settings, time zone, reminders and timers, and what /undo needs"),
        say("• a file or a list that you send me to import, until you have answered what to do with it"),
        say(
            "• what you send and tap, as Telegram passes it on with your names there, for three days, so that nothing "
            "is lost if I fail. What I have failed on stays until the host has looked into it"
        ),
        say("I never ask for a phone number or for where you are: of that I know the time zone that you choose."),
        say("\n<b>Where</b>"),
        say(
            "In the database of the host, who runs this bot and can read it. The host's log names your id where "
            "something has failed, and the host may keep backups."
        ),
        say("\n<b>Who sees it</b>"),
        say(
            "You. Admins see how many lifters, workouts and sets there are, and nobody's history; of you, what you "
            "propose for the library, with your name. What admins do is put on record, with their id."
        ),
        say("Nothing goes to anybody else but Telegram, which carries our messages and has rules of its own."),
        say("\n<b>How long</b>"),
        say(
            "Until you delete it: /export gives you what you log and choose, /delete_me deletes all of it. Backups the "
            "host deletes."
        ),
    )
    return Screen(text, [[_export()], [button(label("🗑 Delete everything…"), AskToLeave())]])


def question(held: Holdings) -> Screen:
    """What will go and what will stay. The button that goes on stands in the middle."""
    text = lines(
        say("<b>Delete everything that is yours?</b>"),
        say("\nThis goes, for good:"),
        say("• {lifted}", lifted=_lifted(held)),
        _own(held),
        say("• settings, reminders, timers, notes, and your name"),
        say("\nThis stays:"),
        _given(held),
        say("• this chat, until you delete it in Telegram, and the host's backups, until the host does"),
        _as_admin(held),
        say("\nI can't undo it. Take your data with you first?"),
    )
    go_on = button(label("🗑 Delete everything…"), AskAgain(held.mark))
    return Screen(text, [[_export()], [go_on], [_stay()]])


def question_again(held: Holdings) -> Screen:
    """The last question. The button that deletes stands where the other screen's let everything be."""
    text = lines(
        say("<b>Really delete it all?</b>"),
        say("\n{lifted}, and everything else that is yours.", lifted=_lifted(held)),
        say("Nobody can bring it back: neither I, nor an admin, nor /undo."),
    )
    delete = button(
        label("🗑 Yes, delete it for good"), DeleteMe(held.asked_at, held.mark), style=KeyboardButtonStyle.DANGER
    )
    return Screen(text, [[_stay()], [_export()], [delete]])


def deleting(left: int) -> Screen:
    """So much is left to be done."""
    return Screen(count("🗑 Deleting… {number} workout is left.", "🗑 Deleting… {number} workouts are left.", left))


def farewell() -> Screen:
    """Everything is gone."""
    text = lines(
        say("✓ <b>Everything of yours is deleted.</b>"),
        say("What is left in this chat you can delete in Telegram; its buttons do nothing any more."),
        say("\nThank you for training with me. Should you come back, /start begins anew."),
    )
    return Screen(text)


def unknown() -> str:
    """The toast for a button of who isn't there any more."""
    return label("I know nothing of you any more. Send /start to begin anew.")


def unknown_line() -> Screen:
    """The same for who has changed a message."""
    return Screen(say("I know nothing of you any more. /start begins anew."))


def _lifted(held: Holdings) -> Html:
    return joined(
        ", ",
        [
            count("{number} workout", "{number} workouts", held.workouts),
            count("{number} set", "{number} sets", held.sets),
        ],
    )


def _own(held: Holdings) -> Html | None:
    if not held.own_exercises:
        return None
    return count("• {number} exercise of your own", "• {number} exercises of your own", held.own_exercises)


def _given(held: Holdings) -> Html | None:
    if not held.given:
        return None
    return count(
        "• {number} exercise that you gave to everybody, without your name",
        "• {number} exercises that you gave to everybody, without your name",
        held.given,
    )


def _as_admin(held: Holdings) -> Html | None:
    if not held.is_admin:
        return None
    did = say("• what you did to the library as an admin, on record as somebody's who has left")
    if held.is_hosts_admin:
        return lines(did, say("• your id in the host's settings: should you come back, you are an admin"))
    return did


def _export() -> InlineKeyboardButton:
    return button(label("📤 Take my data with me"), OpenExport())


def _stay() -> InlineKeyboardButton:
    return button(label("✕ Keep everything"), Stay())
