"""The shape of the public free-exercise-db: what its fields mean in Spotter's words.

It knows fewer muscles and no way to log: what it leaves open is read from the name, and else as is usual for the
equipment. Fields that say nothing here, such as level and images, are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from storage.values.exercise import BodyPart, Measure, Modality, Muscle
from training.errors import InvalidValueError
from training.exercise_detail import LONGEST_HOW, ExerciseChanges, columns_of
from training.importing.entries import Entry, Reason, Unread, Why
from training.importing.own_format import WrongError, checked_name
from training.making import usual_measure

_KNOWN_BY = frozenset(
    {"force", "level", "mechanic", "equipment", "primaryMuscles", "secondaryMuscles", "instructions", "category"}
)

_EQUIPMENT: Mapping[str, tuple[Modality | None, str]] = {
    "barbell": (Modality.BARBELL, "Barbell"),
    "dumbbell": (Modality.DUMBBELL, "Dumbbell"),
    "other": (None, ""),
    "body only": (Modality.BODYWEIGHT, "Bodyweight"),
    "cable": (Modality.CABLE, "Cable"),
    "machine": (Modality.MACHINE, "Machine"),
    "kettlebells": (Modality.KETTLEBELL, "Kettlebell"),
    "bands": (Modality.BAND, "Band"),
    "medicine ball": (Modality.OTHER, "Medicine Ball"),
    "exercise ball": (Modality.OTHER, "Exercise Ball"),
    "foam roll": (Modality.OTHER, "Foam Roll"),
    "e-z curl bar": (Modality.BARBELL, "EZ Bar"),
}
"""What is moved, None where that is anybody's guess, and the words for it that a name may lack."""

_IN_NAMES = (
    (re.compile(r"\b(barbell|ez|e-z|trap bar|t-bar)\b"), Modality.BARBELL),
    (re.compile(r"\bdumbbells?\b"), Modality.DUMBBELL),
    (re.compile(r"\b(cables?|pulley)\b"), Modality.CABLE),
    (re.compile(r"\b(machine|smith|leverage|lever|sled leg)\b"), Modality.MACHINE),
    (re.compile(r"\bkettlebells?\b"), Modality.KETTLEBELL),
    (re.compile(r"\bbands?\b"), Modality.BAND),
    (
        re.compile(r"\b(dips?|(pull|chin|push|sit)[- ]?ups?|rings?|suspended|suspension|hanging|muscle[- ]?ups?)\b"),
        Modality.BODYWEIGHT,
    ),
)
"""What a name says where the equipment is missing or "other", as it often is with dips and rings."""

_MUSCLES: Mapping[str, tuple[BodyPart, Muscle]] = {
    "abdominals": (BodyPart.CORE, Muscle.ABS),
    "abductors": (BodyPart.GLUTES, Muscle.ABDUCTORS),
    "adductors": (BodyPart.LEGS, Muscle.ADDUCTORS),
    "biceps": (BodyPart.BICEPS, Muscle.BICEPS),
    "calves": (BodyPart.CALVES, Muscle.CALVES),
    "chest": (BodyPart.CHEST, Muscle.CHEST),
    "forearms": (BodyPart.FOREARMS, Muscle.FOREARMS),
    "glutes": (BodyPart.GLUTES, Muscle.GLUTES),
    "hamstrings": (BodyPart.LEGS, Muscle.HAMSTRINGS),
    "lats": (BodyPart.BACK, Muscle.LATS),
    "lower back": (BodyPart.BACK, Muscle.LOWER_BACK),
    "middle back": (BodyPart.BACK, Muscle.UPPER_BACK),
    "neck": (BodyPart.SHOULDERS, Muscle.NECK),
    "quadriceps": (BodyPart.LEGS, Muscle.QUADS),
    "shoulders": (BodyPart.SHOULDERS, Muscle.FRONT_DELTS),
    "traps": (BodyPart.BACK, Muscle.TRAPS),
    "triceps": (BodyPart.TRICEPS, Muscle.TRICEPS),
}
_REAR = re.compile(r"\b(rear|reverse|face pull|bent[- ]over)\b")
_SIDE = re.compile(r"\b(side|lateral|upright)\b")

_CATEGORIES = frozenset(
    {"strength", "stretching", "plyometrics", "strongman", "powerlifting", "cardio", "olympic weightlifting"}
)

_HELD = re.compile(r"\b(plank|hold|hang|wall sit|bridge hold|isometric)\b")
_CARRIED = re.compile(r"\b(walk|carry|carries|yoke|sled|drag|prowler|farmer'?s?)\b")


def is_free_exercise_db(said: Mapping[str, object]) -> bool:
    """Whether an exercise is described so."""
    return not _KNOWN_BY.isdisjoint(said)


def entry_of(place: int, said: Mapping[str, object]) -> Entry | Unread:
    """The exercise in Spotter's words."""
    name = said.get("name")
    shown = name if isinstance(name, str) else ""
    try:
        return _entry(place, said)
    except InvalidValueError as error:
        return Unread(place, shown, Reason(Why.UNFIT, error.field, limit=error.limit))
    except WrongError as error:
        return Unread(place, shown, error.reason)


def _entry(place: int, said: Mapping[str, object]) -> Entry:
    name = checked_name(said.get("name"))
    category = _one_of("category", said.get("category"), _CATEGORIES) or "strength"
    equipment = _one_of("equipment", said.get("equipment"), _EQUIPMENT) or "other"
    certain, word = (Modality.CARDIO, "") if category == "cardio" else _EQUIPMENT[equipment]
    primary = [_MUSCLES[muscle] for muscle in _muscles("primaryMuscles", said.get("primaryMuscles"))]
    secondary = [_MUSCLES[muscle][1] for muscle in _muscles("secondaryMuscles", said.get("secondaryMuscles"))]
    part = _body_part(category, primary)
    modality = certain or _likely(name, category, is_missing=said.get("equipment") is None)
    about = ExerciseChanges(
        modality=modality,
        measure=_measure(name.lower(), category, said.get("force"), part, modality),
        how=_how(said.get("instructions")),
    )
    if part is not None:
        about["body_part"] = part
    if primary and part is not BodyPart.CARDIO:  # a run is no set for the quads
        trained = [_head_of_shoulder(muscle, name.lower()) for _, muscle in primary]
        helping = [_head_of_shoulder(muscle, name.lower()) for muscle in secondary]
        about["primary"] = list(dict.fromkeys(trained))
        about["secondary"] = [muscle for muscle in dict.fromkeys(helping) if muscle not in trained]
    columns = {column: tuple(it) if isinstance(it, list) else it for column, it in columns_of(about).items()}
    return Entry(place, name, columns, modality=certain, equipment=word, is_ours=False)


def _body_part(category: str, primary: list[tuple[BodyPart, Muscle]]) -> BodyPart | None:
    """None where nothing says."""
    if category == "cardio":
        return BodyPart.CARDIO
    if category == "olympic weightlifting":
        return BodyPart.FULL_BODY
    return primary[0][0] if primary else None


def _likely(name: str, category: str, *, is_missing: bool) -> Modality:
    for words, modality in _IN_NAMES:
        if words.search(name.lower()):
            return modality
    moves_nothing = category in {"stretching", "plyometrics"} or (is_missing and category == "strength")
    return Modality.BODYWEIGHT if moves_nothing else Modality.OTHER


def _measure(name: str, category: str, force: object, part: BodyPart | None, modality: Modality) -> Measure:
    if category == "stretching":
        return Measure.DURATION
    if category == "plyometrics":
        return Measure.REPS
    if category == "strongman" and _CARRIED.search(name):
        return Measure.WEIGHT_DISTANCE
    usual = usual_measure(part or BodyPart.FULL_BODY, modality)
    if usual is not Measure.DISTANCE_DURATION and force == "static" and _HELD.search(name):
        return Measure.WEIGHT_DURATION if usual is Measure.WEIGHT_REPS else Measure.DURATION
    return usual


def _head_of_shoulder(muscle: Muscle, name: str) -> Muscle:
    """Which of the three is meant: the data set knows only the shoulder."""
    if muscle is not Muscle.FRONT_DELTS:
        return muscle
    if _REAR.search(name):
        return Muscle.REAR_DELTS
    return Muscle.SIDE_DELTS if _SIDE.search(name) else muscle


def _how(said: object) -> str:
    """The instructions, as many of their sentences as there is room for."""
    if said is None:
        return ""
    steps = [said] if isinstance(said, str) else said
    if not isinstance(steps, list) or not all(isinstance(step, str) for step in steps):
        raise WrongError(Reason(Why.UNKNOWN, "instructions", (repr(said),)))
    whole = " ".join(" ".join(steps).split())
    if len(whole) <= LONGEST_HOW:
        return whole
    cut = whole[:LONGEST_HOW]
    end = max(cut.rfind(mark) for mark in (". ", "! ", "? "))
    return cut[: end + 1] if end > 0 else cut[: LONGEST_HOW - 1].rstrip() + "…"


def _muscles(field: str, said: object) -> list[str]:
    if said is None:
        return []
    if not isinstance(said, list):
        raise WrongError(Reason(Why.UNKNOWN, field, (repr(said),)))
    return [known for muscle in said if (known := _one_of(field, muscle, _MUSCLES)) is not None]


def _one_of(field: str, said: object, known: Any) -> str | None:
    if said is None or said == "":
        return None
    if not isinstance(said, str) or said.strip().lower() not in known:
        raise WrongError(Reason(Why.UNKNOWN, field, (said if isinstance(said, str) else repr(said),)))
    return said.strip().lower()
