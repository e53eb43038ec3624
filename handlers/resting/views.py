"""What is said about rests, but for the card."""

from __future__ import annotations

from datetime import timedelta

from telegram import InlineKeyboardButton
from telegram.constants import KeyboardButtonStyle

from handlers.amounts import clock, relative, set_line
from handlers.home.views import start_button
from handlers.resting.buttons import ChangeNext, ProlongRest, SkipRest
from handlers.screen import Row, Screen, button, shortened
from handlers.settings.buttons import OpenRests, RestAfter
from handlers.words import Html, label, lines, say
from handlers.workout.buttons import GoTo, LogNext
from handlers.workout.views import back_button, count_down, log_button, next_button
from training.rest_lengths import LONGEST, MORE, SHORTEST
from training.resting import RestKept
from training.rests import RestEnding, RestOver

_LONGEST_ON_BUTTON = 24


def rest_over(over: RestOver) -> Screen:
    """A rest has ended: what comes next, the button that logs it, one to change it, and one to rest on."""
    card = over.card
    current = card.current
    is_over = say("⏰ <b>Rest is over.</b>")
    if over.is_late:
        is_over = say("⏰ <b>Rest is over</b>, {when}.", when=relative(over.ended_at))
    if current is None or current.suggestion is None:
        return Screen(is_over, [[back_button()], [_prolong_button(card.workout_id)]])
    done = current.plan == ()
    what = say("all planned sets are done") if done else set_line(current.suggestion, current.measure)
    text = lines(is_over, say("{name}: {next}", name=current.name, next=what))
    following, after = current.following, current.after
    rows: list[Row] = [[log_button(card, current), *count_down(card, current)]]
    last = [button(label("✎ Change"), ChangeNext(card.workout_id)), _prolong_button(card.workout_id)]
    if following is not None and after is not None:
        # Its dials are on the card of the next exercise.
        planned = set_line(following.suggestion, following.measure)
        text = lines(text, say("Next, {name}: {set}", name=following.name, set=planned))
        log = LogNext(card.workout_id, card.revision, following.execution_id)
        style = KeyboardButtonStyle.PRIMARY
        called = shortened(following.name, _LONGEST_ON_BUTTON)
        rows.insert(0, [button(label("✓ {name}: {set}", name=called, set=planned), log, style=style)])
        last[0] = button(label("Next ›"), GoTo(after))
    elif done and after is not None:
        rows.insert(0, [next_button(after, current)])
    return Screen(text, [*rows, last])


def rest_ending(ending: RestEnding) -> Screen:
    """A rest is about to end."""
    skip = button(label("⏭ Skip"), SkipRest(ending.workout_id))
    text = say("⏳ Rest is over {when}.", when=relative(ending.ends_at))
    return Screen(text, [[_prolong_button(ending.workout_id), skip]])


def kept(rest: RestKept) -> Html:
    """A line for the card: the rest after an exercise is the lifter's own from now on."""
    return say("✓ Rest after {name}: {rest} from now on.", name=rest.name, rest=clock(rest.seconds))


def time_left(left: timedelta) -> str:
    """How much longer a rest lasts."""
    return label("⏱ {left}", left=clock(round(left.total_seconds()))) if left else label("Rest is over.")


def unreadable_rest() -> Html:
    """What was asked for is no rest."""
    return say(
        "A rest lasts from {shortest} seconds to {longest} minutes: <code>/rest 90</code>, <code>/rest 2:30</code>, "
        "<code>/rest 2m</code>. <code>/rest off</code> ends it.",
        shortest=int(SHORTEST.total_seconds()),
        longest=int(LONGEST.total_seconds()) // 60,
    )


def no_workout() -> Screen:
    """There is nothing to rest from."""
    text = lines(
        say("You rest between the sets of a workout, and none is open."),
        say("/timer counts down without one."),
    )
    return Screen(text, [[start_button()]])


def nothing_to_end() -> Screen:
    """No rest runs; perhaps it is all of them that are meant."""
    text = lines(
        say("No rest is running."),
        say("After a set one starts by itself. You can turn that off, or make it longer or shorter, in the settings."),
    )
    settings = button(label("⏱ Rests in the settings"), OpenRests(RestAfter.WORKING))
    return Screen(text, [[settings], [back_button()]])


def _prolong_button(workout_id: int) -> InlineKeyboardButton:
    return button(label("⏱ +{seconds} s", seconds=int(MORE.total_seconds())), ProlongRest(workout_id))
