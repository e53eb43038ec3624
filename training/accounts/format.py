"""The lifter's own file as it stands in docs/export-format.md: its version, its fields, and how large it may be."""

from __future__ import annotations

from enum import StrEnum

FORMAT = "spotter"
VERSION = 1

LARGEST_FILE = 20 << 20
"""Bytes: a bot can't fetch larger ones from Telegram."""

LARGEST_TEXT = 32 << 20
"""Bytes of a file that came compressed: five times the training of ten years."""

COMPRESSED_FROM = 10 << 20
"""Bytes from which on an export is compressed, so that it can be sent back."""

MOST_WORKOUTS = 50_000
MOST_EXERCISES = 2_000
MOST_NAMES = 500
"""Of one exercise: merging may have given it more than a lifter may."""

MOST_NAMES_IN_ALL = 5_000


class ExportKind(StrEnum):
    """As what a lifter can take their data away."""

    JSON = "json"
    """Complete; it can be imported."""
    CSV = "csv"
    """One row per set."""
    STRONG = "strong"
    """One row per set, in the layout that Strong writes and Hevy imports."""


SETTINGS = (
    "unit",
    "weight_step",
    "time_zone",
    "default_rest",
    "warm_up_rest",
    "drop_rest",
    "rests_alike",
    "warns_of_rest",
    "asks_rpe",
    "cleans_messages",
)
REMINDERS = ("training_at", "summary_at", "quiet_from", "quiet_until", "days")
DAY = ("kind", "weekday", "title")
EXERCISE = (
    "name",
    "own",
    "catalogue_key",
    "body_part",
    "modality",
    "measure",
    "primary",
    "secondary",
    "rest",
    "weight_step",
    "weight_step_unit",
    "how",
    "archived_at",
    "aliases",
    "names",
    "preference",
    "habit",
)
PREFERENCE = ("unit", "weight_step", "rest", "hidden")
HABIT = ("length", "times", "offered")
WORKOUT = ("started_at", "finished_at", "ends_at", "finished_before", "title", "note", "exercises")
PERFORMED = ("exercise", "superset", "note", "focused_at", "sets", "targets")
TARGET = (
    "kind",
    "weight",
    "unit",
    "reps",
    "forced_reps",
    "rpe",
    "duration",
    "distance",
    "distance_unit",
    "note",
)
SET = (*TARGET, "logged_at")
"""Every field of each part, in the order in which it is written."""
