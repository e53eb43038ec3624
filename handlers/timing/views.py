"""What timers say."""

from __future__ import annotations

from telegram import InlineKeyboardButton
from telegram.constants import KeyboardButtonStyle

from handlers.amounts import clock, relative, set_line
from handlers.screen import Row, Screen, button, shortened
from handlers.timing.buttons import BeginTimer, LogTimed, StopTimer, TimeAgain
from handlers.words import Html, count, label, lines, say
from storage.values.timer import TimerKind
from training.timer_plan import LONGEST, MOST_ROUNDS, SHORTEST, Stage, TimerPlan
from training.timers import TimedSet, Timing

_LONGEST_NAME = 100
_LONGEST_ECHO = 40

_MINUTE = TimerPlan.countdown(60)
_EMOM = TimerPlan(TimerKind.EMOM, 10, 60, 0)
_TABATA = TimerPlan(TimerKind.INTERVALS, 8, 20, 10)


def timer_help(running: Timing | None) -> Screen:
    """What can be started; if a timer runs, that it does, and how to stop it."""
    begin = say("<b>⏱ Timer</b>\nTap one, or type your own:")
    runs = None if running is None else say("⏱ {what} is running.\n", what=_what(running))
    stop = [] if running is None else [[_stop_button(running)]]
    usual = [
        button(label("⏱ {time}", time=clock(_MINUTE.work)), _begin(_MINUTE)),
        button(label("EMOM {rounds}", rounds=_EMOM.rounds), _begin(_EMOM)),
    ]
    tabata = label("Tabata {intervals}", intervals=_intervals(_TABATA))
    return Screen(lines(runs, begin, _examples()), [*stop, usual, [button(tabata, _begin(_TABATA))]])


def unreadable(text: str) -> Html:
    """What was typed is no timer."""
    return lines(say("I can't read “{text}” as a timer.", text=shortened(text, _LONGEST_ECHO)), _examples())


def out_of_bounds() -> Html:
    """The timer is too long or too short, or has too many rounds."""
    return lines(
        say(
            "A timer takes {shortest} seconds to {longest} in all, in at most {rounds} rounds; each part of it takes "
            "{shortest} seconds or more.",
            shortest=SHORTEST,
            longest=clock(LONGEST),
            rounds=MOST_ROUNDS,
        ),
        _examples(),
    )


def none_runs() -> Html:
    """There is nothing to stop."""
    return lines(say("No timer is running."), _examples())


def goes_on() -> str:
    """The toast for a button that has started the timer already."""
    return label("It starts in a moment.")


def not_there() -> str:
    """The toast for a button of a timer that is no more."""
    return label("That timer isn't there any more.")


def timer(timing: Timing) -> Screen:
    """The timer as it stands."""
    match timing.stage:
        case Stage.DONE | Stage.STOPPED:
            return Screen(_over(timing), _rows_after(timing))
        case Stage.READY:
            text = lines(
                say("⏱ <b>Get ready: {what}</b>", what=_what(timing)),
                say("Go {when}", when=relative(timing.until)),
            )
        case _:
            text = lines(say("<b>{now}</b>", now=_now(timing)), _next(timing))
    return Screen(text, [[_stop_button(timing)]])


def _now(timing: Timing) -> Html:
    plan = timing.plan
    place = {"round": timing.round, "all": plan.rounds}
    match timing.stage, plan.kind:
        case Stage.HALF, _:
            return say("⏳ Half done: {what}", what=_what(timing))
        case Stage.REST, _:
            return say("😮‍💨 Rest {time} · {round} of {all} done", time=clock(plan.rest), **place)
        case _, TimerKind.COUNTDOWN:
            return say("▶️ Go! {what}", what=_what(timing))
        case _, TimerKind.EMOM:
            return say("🔔 Round {round} of {all}", **place)
        case _:
            return say("🔥 Work {time} · {round} of {all}", time=clock(plan.work), **place)


def _next(timing: Timing) -> Html:
    plan, when = timing.plan, relative(timing.until)
    if timing.stage is Stage.REST:
        return say("Work {when}", when=when)
    if timing.round == plan.rounds:
        return say("Done {when}", when=when)
    return say("Rest {when}", when=when) if plan.rest else say("Next round {when}", when=when)


def _over(timing: Timing) -> Html:
    if timing.stage is Stage.STOPPED:
        after = say("⏹ <b>Stopped after {time}.</b>", time=clock(timing.held))
        stopped = after if timing.held else say("⏹ <b>Stopped.</b>")
        return stopped if timing.timed is None else lines(stopped, say("{name}", name=_name(timing.timed)))
    done = say("✅ <b>Done: {what}</b>", what=_what(timing))
    late = timing.late_since
    return (
        done if late is None else lines(done, say("It was over {when}; I couldn't tell you then.", when=relative(late)))
    )


def _rows_after(timing: Timing) -> list[Row]:
    again = button(label("↻ Again"), TimeAgain(timing.timer_id))
    if timing.timed is None or not timing.held:
        return [[again]]
    held = set_line(timing.timed.entry, timing.timed.measure)
    log = button(label("✓ Log {set}", set=held), LogTimed(timing.timer_id), style=KeyboardButtonStyle.PRIMARY)
    return [[log], [again]]


def _what(timing: Timing) -> Html:
    """What is timed: Plank 1:00, EMOM 10, 8 × 0:20/0:10."""
    plan = timing.plan
    if timing.timed is not None:
        set_ = set_line(timing.timed.entry, timing.timed.measure)
        return say("{name} {set}", name=_name(timing.timed), set=set_)
    match plan.kind:
        case TimerKind.COUNTDOWN:
            return say("{time}", time=clock(plan.work))
        case TimerKind.EMOM if plan.work == _EMOM.work:
            return say("EMOM {rounds}", rounds=plan.rounds)
        case TimerKind.EMOM:
            return count(
                "{number} round of {time}", "{number} rounds, one every {time}", plan.rounds, time=clock(plan.work)
            )
        case TimerKind.INTERVALS:
            return say("{intervals}", intervals=_intervals(plan))


def _intervals(plan: TimerPlan) -> str:
    if not plan.rest:
        return label("{rounds} × {work}", rounds=plan.rounds, work=clock(plan.work))
    return label("{rounds} × {work}/{rest}", rounds=plan.rounds, work=clock(plan.work), rest=clock(plan.rest))


def _name(timed: TimedSet) -> str:
    return shortened(timed.name, _LONGEST_NAME)


def _begin(plan: TimerPlan) -> BeginTimer:
    return BeginTimer(plan.rounds, plan.work, plan.rest, plan.kind)


def _stop_button(timing: Timing) -> InlineKeyboardButton:
    return button(label("⏹ Stop"), StopTimer(timing.timer_id))


def _examples() -> Html:
    return say(
        "<code>/timer 60</code> or <code>/timer 1:30</code> counts down"
        "\n<code>/timer emom 10</code> has ten rounds, one a minute; <code>/timer emom 10x90</code> one every 1:30"
        "\n<code>/timer 8x20/10</code> has eight rounds of 20 s work and 10 s rest"
        "\n<code>/timer off</code> stops it"
    )
