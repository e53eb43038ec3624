"""What is said about workouts in which nothing is done."""

from __future__ import annotations

from telegram.constants import KeyboardButtonStyle

from handlers.amounts import duration, relative, sets_and_volume
from handlers.home.views import next_workout_buttons, start_another_button
from handlers.idle.buttons import StillTraining
from handlers.screen import Screen, button, shortened
from handlers.summary import views as summaries
from handlers.summary.buttons import Reopen
from handlers.words import label, lines, say
from handlers.workout.buttons import Finish
from training import idle
from training.summary import Summary

_LONGEST_TITLE = 100


def still_training(asked: idle.StillTraining) -> Screen:
    """Asks whether the workout goes on."""
    card = asked.card
    title = shortened(card.title, _LONGEST_TITLE) or label("Your workout")
    so_far = sets_and_volume(card.sets, card.volume_mg, card.unit) if card.sets else say("nothing logged yet")
    text = lines(
        say("⏸ <b>Still training?</b>"),
        say(
            "{title} is still open: {so_far}. You last did something {when}.",
            title=title,
            so_far=so_far,
            when=relative(asked.quiet_since),
        ),
        say("Left alone, I'll close it after {time}.", time=duration(idle.CLOSED_AFTER)),
    )
    go_on = button(label("💪 Still at it"), StillTraining(card.workout_id), style=KeyboardButtonStyle.PRIMARY)
    finish = button(label("🏁 Finish"), Finish(card.workout_id, card.revision))
    return Screen(text, [[go_on], [finish]])


def closed(what: idle.ClosedIdle) -> Screen:
    """Nothing was done for hours, and what has become of the workout."""
    if what.finished.summary is None:
        text = say("💤 I've closed your workout: nothing happened in it for hours. It had no sets, so nothing is lost.")
        return Screen(text, [[start_another_button()]])
    return _closed(what.finished.summary)


def _closed(done: Summary) -> Screen:
    said = say(
        "💤 I've closed <b>{title}</b>: nothing happened for hours, so it ended with its last set, {when}.",
        title=summaries.title(done),
        when=relative(done.finished_at),
    )
    reopen = button(label("↶ Open it again"), Reopen(done.workout_id, done.revision))
    return Screen(summaries.with_work_done(said, done), [[reopen], next_workout_buttons()])
