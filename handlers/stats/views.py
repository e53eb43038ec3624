"""What /stats says."""

from __future__ import annotations

from handlers.admins.views import leave_button
from handlers.screen import Screen, button
from handlers.stats.buttons import CountAgain
from handlers.words import label, lines, say
from training.stats import Figures


def figures(found: Figures) -> Screen:
    """What there is now."""
    text = lines(
        say("<b>Figures</b>"),
        say("Lifters: {number}", number=_grouped(found.lifters)),
        say(
            "  active in the last 7 days: {week}, in the last 30: {month}",
            week=_grouped(found.active_week),
            month=_grouped(found.active_month),
        ),
        say("Workouts: {number}", number=_grouped(found.workouts)),
        say("Sets: {number}", number=_grouped(found.sets)),
        say(
            "Exercises: {number}, and {own} of lifters' own",
            number=_grouped(found.exercises),
            own=_grouped(found.own_exercises),
        ),
        say("Updates set aside: {number}", number=_grouped(found.set_aside)),
        say("Replicas: {number}", number=_grouped(found.replicas)),
    )
    return Screen(text, [[button(label("↻ Again"), CountAgain()), leave_button()]])


def _grouped(number: int) -> str:
    return f"{number:,}"
