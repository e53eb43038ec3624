"""What the library's commands answer."""

from __future__ import annotations

from handlers.screen import Screen
from handlers.words import Html, count, joined, lines, say
from training.seeding import SeedReport


def seeded(report: SeedReport) -> Screen:
    """What loading the built-in catalogue did."""
    if not report.new and not report.changed:
        total = count("{number} exercise", "{number} exercises", report.same)
        return Screen(lines(say("The library is up to date: {total}, nothing to change.", total=total), _others()))
    parts = [
        count("{number} new", "{number} new", report.new),
        count("{number} changed", "{number} changed", report.changed),
        count("{number} as it was", "{number} as they were", report.same),
    ]
    said = say("<b>Library loaded.</b> Exercises: {parts}.", parts=joined(", ", parts))
    return Screen(lines(said, _others()))


def _others() -> Html:
    return say("Send a CSV or JSON file to load others; /exercise_export shows what it looks like.")
