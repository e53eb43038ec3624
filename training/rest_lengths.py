"""How long rests last, by how much they are changed, and when a word comes before they end."""

from __future__ import annotations

from datetime import timedelta

from training.exercise_detail import LONGEST_REST

MORE = timedelta(seconds=30)
"""What one press gives to a rest that is over."""

STEP = timedelta(seconds=15)
"""What one press gives to a rest that runs, or takes from it."""

SHORTEST = timedelta(seconds=5)
"""That can be asked for: who types less has something else in mind, minutes perhaps."""

LONGEST = timedelta(seconds=LONGEST_REST)
"""From now on; whoever rests longer has left."""

WHEN_ASKED_FOR = timedelta(seconds=120)
"""For who wants no rest by itself, and asks for one."""

WARNING = timedelta(seconds=10)
"""How long before the end of a rest a word about it comes, for who wants one."""

WARNED_FROM = timedelta(seconds=30)
"""Before the end of a shorter rest there is none."""
