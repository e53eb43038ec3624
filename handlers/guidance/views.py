"""What help and hints say, and what several features say alike."""

from __future__ import annotations

from handlers.screen import Screen, shortened
from handlers.words import Html, count, label, lines, say

_LONGEST_ECHO = 40
_LONGEST_NAME = 60


def help_screen(*, is_admin: bool) -> Screen:
    """The commands, and how sets are written."""
    text = lines(
        say("<b>Log a set</b>: tap the button, or type it as in a notebook."),
        _examples(),
        say("\nType an exercise's name to switch to it: <code>bench</code>. A whole workout can be pasted as text."),
        say("Edit your message to correct its sets; reply to it with <code>@8</code> or a note to add that."),
        say(
            "\n/workout shows or starts your workout"
            "\n/exercises shows every exercise: how it is done, your best, and your own ones"
            "\n/set logs sets, with the exercise in front if you like"
            "\n/rest starts a rest, <code>/rest 90</code> one of that length; <code>/rest off</code> ends it"
            "\n/timer counts down: <code>/timer 60</code>, <code>/timer emom 10</code>, <code>/timer 8x20/10</code>"
            "\n/finish ends the workout"
            "\n/history shows what you did, and puts it right"
            "\n/progress shows in pictures how you get on; <code>/progress bench</code> with one exercise"
            "\n/records shows your best in an exercise: <code>/records bench press</code>"
            "\n/past enters a workout of another day"
            "\n/undo takes back the last thing, several times if you like"
            "\n/reminders: the days on which you train, and a weekly summary"
            "\n/settings: unit, steps, rests, time zone and more"
            "\n/export gives you all that is yours as a file, /import takes such a file in"
            "\n/privacy: what I keep of you; /delete_me deletes all of it"
            "\n/cancel leaves whatever is open"
        ),
        _for_admins() if is_admin else None,
    )
    return Screen(text)


def _for_admins() -> Html:
    return say(
        "\n<b>Admin</b>"
        "\n/exercise_add, /exercise_edit, /exercise_alias, /exercise_archive, /exercise_merge keep the library"
        "\n/exercise_export gives you all of it as a file. Send me one, CSV or JSON: I show what it would change"
        "\n/seed loads the built-in exercises again"
        "\n/admins: who is one, and what was done"
        "\n/stats: the figures"
        "\n/announce writes to every lifter"
    )


def _examples() -> Html:
    return say(
        "<code>100x5</code>  5 reps with 100"
        "\n<code>100x5x3</code>  three such sets"
        "\n<code>100x5,5,4</code>  5, 5 and 4 reps"
        "\n<code>8</code>  8 reps, same weight as before"
        "\n<code>w 60x8</code>  a warm-up"
        "\n<code>100x5 @8.5</code>  RPE 8.5"
        "\n<code>1:30</code>  a timed set"
    )


def unknown_command(command: str) -> Html:
    """There is no such command."""
    return say("I don't know {command}. /help shows what I can do.", command=shortened(command, _LONGEST_ECHO))


def not_text() -> Html:
    """A sticker, a photo, a voice message, a file of another kind: nothing that can be logged or imported."""
    return say(
        "I only read text, like <code>100x5</code> or an exercise's name, and the JSON file of /export."
        " /help shows more."
    )


def apology(reference: str, *, done: bool) -> Screen:
    """Something failed for good: the wish itself, or only showing what came of it."""
    if done:
        said = say(
            "Sorry, something went wrong on my side. What you did is saved, but I couldn't show it. Try /workout."
        )
    else:
        said = say(
            "Sorry, something went wrong on my side and I couldn't do that. What you logged before is safe. "
            "/workout shows where you are."
        )
    return Screen(lines(said, say("Reference: <code>{code}</code>", code=reference)))


def one_moment() -> str:
    """What was sent or tapped waits until the database is back."""
    return label("One moment, please: I can't reach my notes just now. I'll get to it by myself, no need to repeat it.")


def updates_refused(number: int) -> Screen:
    """More came at once than is kept: from here on nothing was done, and the lifter can send it again."""
    said = count(
        "That was a lot at once: I did everything up to here, but not the last thing you sent or tapped. "
        "Please do it again.",
        "That was a lot at once: I did everything up to here, but not the last {number} things you sent or tapped. "
        "Please do them again.",
        number,
    )
    return Screen(lines(said, say("/workout shows where you are.")))


def set_aside(reference: str) -> Screen:
    """For admins: something failed for good."""
    return Screen(say("⚠️ An update was set aside. The log explains <code>{code}</code>.", code=reference))


def too_many_exercises(limit: int) -> str:
    """What to say to an exercise that the workout has no place for."""
    return label("A workout has room for {limit} exercises. Finish this one and start another.", limit=limit)


def too_many_sets(limit: int) -> str:
    """What to say to sets that the exercise has no place for."""
    return label("An exercise has room for {limit} sets in a workout.", limit=limit)


def too_many_lines(limit: int) -> str:
    """What to say to a text that is longer than any workout."""
    return label("That is more than I can read at once: {limit} lines at most.", limit=limit)


def unfit_set() -> str:
    """What to say to a set that can't be kept."""
    return label("That set can't be kept as it is written. /help shows how to write one.")


def unfit_text() -> str:
    """What to say to a name or note that can't be kept."""
    return label("I can't keep that text as it is. Please write it without special characters.")


def outdated_button() -> str:
    """The toast for a button that no longer fits."""
    return label("That has changed meanwhile. Here is how it stands.")


def no_open_workout() -> str:
    """The toast for a button that needs an open workout."""
    return label("No workout is open. /workout starts one.")


def gone() -> str:
    """The toast for something that isn't there."""
    return label("That isn't there any more.")


def nothing_to_log() -> str:
    """The toast for a suggestion that can't be made."""
    return label("There is nothing to repeat yet. Type the first set.")


def which_exercise(mark: str, text: str, *, found: bool) -> Html:
    """Several exercises may be meant by the text, or there is none."""
    echo = shortened(text, _LONGEST_NAME)
    if found:
        return say("{mark} <b>Which one is “{text}”?</b>", mark=mark, text=echo)
    return say("No exercise is “{text}”. Type another name, or look through the list.", text=echo)


def cant_fetch(name: str) -> Screen:
    """Telegram doesn't hand the file out that was sent."""
    return Screen(say("I couldn't get <b>{file}</b>. Please send it again.", file=shortened(name, _LONGEST_NAME)))
