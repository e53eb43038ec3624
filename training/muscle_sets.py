"""How many sets each part of the body got.

A set counts 1 for every part that has one of the exercise's primary muscles, ½ for every other part that has one of
its secondary muscles; two muscles of one part count once. So a row is 1 for the back and ½ for the biceps, whatever
shelf of the library it stands on. An exercise that names no muscle, as those for the heart, counts 1 for the part
that it is listed under. Warm-ups don't count.

Half sets are how training volume is usually counted where one muscle helps another (Pelland et al., "The resistance
training dose-response", 2024, found that to fit best).
"""

from __future__ import annotations

from collections.abc import Iterable

from storage.progress import Trained
from storage.values.exercise import BodyPart, Muscle

PART_OF: dict[Muscle, BodyPart] = {
    Muscle.CHEST: BodyPart.CHEST,
    Muscle.LATS: BodyPart.BACK,
    Muscle.UPPER_BACK: BodyPart.BACK,
    Muscle.TRAPS: BodyPart.BACK,
    Muscle.LOWER_BACK: BodyPart.BACK,
    Muscle.NECK: BodyPart.BACK,
    Muscle.FRONT_DELTS: BodyPart.SHOULDERS,
    Muscle.SIDE_DELTS: BodyPart.SHOULDERS,
    Muscle.REAR_DELTS: BodyPart.SHOULDERS,
    Muscle.BICEPS: BodyPart.BICEPS,
    Muscle.TRICEPS: BodyPart.TRICEPS,
    Muscle.FOREARMS: BodyPart.FOREARMS,
    Muscle.ABS: BodyPart.CORE,
    Muscle.OBLIQUES: BodyPart.CORE,
    Muscle.QUADS: BodyPart.LEGS,
    Muscle.HAMSTRINGS: BodyPart.LEGS,
    Muscle.ADDUCTORS: BodyPart.LEGS,
    Muscle.HIP_FLEXORS: BodyPart.LEGS,
    Muscle.GLUTES: BodyPart.GLUTES,
    Muscle.ABDUCTORS: BodyPart.GLUTES,
    Muscle.CALVES: BodyPart.CALVES,
}
"""The part that a muscle belongs to, as the library shelves the exercises for it."""


def halves_by_part(trained: Iterable[Trained]) -> dict[BodyPart, int]:
    """For each part that got any, its sets, counted in halves."""
    halves: dict[BodyPart, int] = {}
    for one in trained:
        primary = {PART_OF[Muscle(muscle)] for muscle in one.primary}
        also = {PART_OF[Muscle(muscle)] for muscle in one.secondary} - primary
        for part in primary or (set() if also else {one.body_part}):
            halves[part] = halves.get(part, 0) + 2 * one.sets
        for part in also:
            halves[part] = halves.get(part, 0) + one.sets
    return halves
