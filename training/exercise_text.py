"""Reading what an admin writes about an exercise: `Zercher Squat; legs; barbell; rest: 3:00; how: …`.

Fields stand behind semicolons or on lines of their own, each with its key; body part, equipment and measure are known
without one. What follows `how:` is taken as it is, to the end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from storage.values.exercise import BodyPart, Measure, Modality, Muscle
from storage.values.name_key import name_key
from storage.values.quantity import Weight, WeightUnit
from training.errors import UnreadableFieldError
from training.exercise_detail import ExerciseChanges, NewExercise
from training.exercise_fields import ExerciseField
from training.making import usual_measure

NOTHING = "-"
"""What is written for a value that is to be none: each lifter's own rest and step hold, nothing is said."""

_SEPARATOR = re.compile(r"\s*[;\n]\s*")
_KEYED = re.compile(r"([^\W\d_]+(?: [^\W\d_]+)?)\s*:\s*(.*)", re.DOTALL)
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)")
_SECONDS = re.compile(r"(\d{1,5})\s*(?:s|secs?|seconds?)?")
_MINUTES = re.compile(r"(\d{1,3})\s*(?:m|mins?|minutes?)")
_STEP = re.compile(r"(\d{1,4}(?:[.,]\d{1,3})?)\s*(kg|lb)s?")

_KEYS = {field.value: field for field in ExerciseField} | {
    "body part": ExerciseField.PART,
    "body": ExerciseField.PART,
    "equipment": ExerciseField.MODALITY,
    "modality": ExerciseField.MODALITY,
    "logged by": ExerciseField.MEASURE,
    "weight step": ExerciseField.STEP,
    "primary": ExerciseField.PRIMARY,
    "muscle": ExerciseField.PRIMARY,
    "secondary": ExerciseField.SECONDARY,
    "alias": ExerciseField.ALIASES,
}

_Member = TypeVar("_Member", bound=StrEnum)


def _words(kind: type[_Member], **also: str) -> dict[str, _Member]:
    own = {member.value.replace("_", " "): member for member in kind}
    return own | {more.replace("_", " "): kind(member) for more, member in also.items()}


_PARTS = _words(BodyPart, delts="shoulders", abs="core", whole_body="full_body", fullbody="full_body")
_MODALITIES = _words(
    Modality,
    bb="barbell",
    ez_bar="barbell",
    trap_bar="barbell",
    db="dumbbell",
    dumbbells="dumbbell",
    cables="cable",
    smith_machine="machine",
    smith="machine",
    body_weight="bodyweight",
    suspension="bodyweight",
    kb="kettlebell",
    kettlebells="kettlebell",
    bands="band",
    plate="other",
    ball="other",
    sled="other",
)
_MEASURES = _words(
    Measure,
    weight_and_reps="weight_reps",
    bodyweight_and_reps="bodyweight_reps",
    reps_alone="reps",
    time="duration",
    weight_and_time="weight_duration",
    distance_and_time="distance_duration",
    weight_and_distance="weight_distance",
)
_MUSCLES = _words(Muscle, quadriceps="quads", abdominals="abs", hams="hamstrings", pecs="chest")


@dataclass(frozen=True, slots=True)
class Written:
    """What was written about an exercise: its name, if it was, other names that it gets and loses, and the rest."""

    name: str | None
    aliases: tuple[str, ...]
    changes: ExerciseChanges
    dropped: tuple[str, ...] = ()

    @property
    def says_nothing(self) -> bool:
        """Whether nothing was written that could be done."""
        return self.name is None and not (self.aliases or self.dropped or self.changes)

    @property
    def missing(self) -> ExerciseField | None:
        """What a new exercise can't be made without, and wasn't written."""
        if "body_part" not in self.changes:
            return ExerciseField.PART
        return None if "modality" in self.changes else ExerciseField.MODALITY

    def new(self) -> NewExercise:
        """The exercise to be made, where nothing is missing; it is logged as such are mostly, unless it says how."""
        about = self.changes
        part, modality = about["body_part"], about["modality"]
        return NewExercise(
            name=self.name or "",
            body_part=part,
            modality=modality,
            measure=about.get("measure") or usual_measure(part, modality),
            aliases=self.aliases,
            default_rest=about.get("default_rest"),
            weight_step=about.get("weight_step"),
            primary=tuple(about.get("primary", ())),
            secondary=tuple(about.get("secondary", ())),
            how=about.get("how", ""),
        )


def split_first(text: str, separators: str = ";\n") -> tuple[str, str]:
    """What stands before the first separator, which is mostly a name, and what stands behind it."""
    parts = re.split(f"[{re.escape(separators)}]", text.strip(), maxsplit=1)
    return parts[0].strip(), parts[1].strip() if len(parts) > 1 else ""


def read_new(text: str) -> Written:
    """A new exercise, of which the name comes first. Raises UnreadableFieldError."""
    name, more = split_first(text)
    fields: dict[str, Any] = {ExerciseField.NAME: name}
    return _written(fields | _read(more))


def read_changes(text: str) -> Written:
    """Fields of an exercise. Raises UnreadableFieldError."""
    return _written(_read(text))


def read_field(field: ExerciseField, text: str) -> Written:
    """One field, whose value alone was written. Raises UnreadableFieldError."""
    return _written({field: _value(field, text)})


def read_names(text: str) -> tuple[list[str], list[str]]:
    """Names to be added, and those to be taken away, which stand behind a minus; commas and lines part them."""
    names = [name.strip() for name in re.split(r"[,;\n]", text) if name.strip(" -")]
    added = [name for name in names if not name.startswith(NOTHING)]
    return added, [name.removeprefix(NOTHING).strip() for name in names if name.startswith(NOTHING)]


def _read(text: str) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    while text:
        if (how := _KEYED.fullmatch(text)) is not None and _field(how[1]) is ExerciseField.HOW:
            return fields | {ExerciseField.HOW: _value(ExerciseField.HOW, how[2])}
        part, *rest = _SEPARATOR.split(text, maxsplit=1)
        text = rest[0] if rest else ""
        keyed = _KEYED.fullmatch(part)
        if keyed is not None:
            field = _field(keyed[1])
            if field is None:
                raise UnreadableFieldError(None, keyed[1])
            fields[field] = _value(field, keyed[2])
        else:
            for word in filter(None, map(str.strip, part.split(","))):
                fields |= _bare(word, fields)
    return fields


def _field(key: str) -> ExerciseField | None:
    return _KEYS.get(" ".join(key.lower().split()))


def _bare(word: str, known: Mapping[str, Any]) -> dict[str, Any]:
    key = name_key(word)
    for field, words in _CLOSED.items():
        if key in words and field not in known:  # "cardio" is a body part and what it is done with
            return {field: words[key]}
    raise UnreadableFieldError(None, word)


def _value(field: ExerciseField, text: str) -> object:
    value = text.strip()
    if (words := _CLOSED.get(field)) is not None:
        return _known(field, words, value)
    if field in {ExerciseField.PRIMARY, ExerciseField.SECONDARY}:
        named = () if value == NOTHING else filter(None, map(str.strip, value.split(",")))
        return tuple(dict.fromkeys(_known(field, _MUSCLES, name) for name in named))
    reader = _READERS.get(field)
    return value if reader is None else reader(value)


_CLOSED: Mapping[ExerciseField, Mapping[str, StrEnum]] = {
    ExerciseField.PART: _PARTS,
    ExerciseField.MODALITY: _MODALITIES,
    ExerciseField.MEASURE: _MEASURES,
}


def _known(field: ExerciseField, words: Mapping[str, StrEnum], text: str) -> StrEnum:
    try:
        return words[name_key(text.replace("_", " "))]
    except KeyError:
        raise UnreadableFieldError(field, text) from None


def _seconds(text: str) -> int | None:
    written = text.lower()
    if written in {"", NOTHING}:
        return None
    if (clock := _CLOCK.fullmatch(written)) is not None:
        return 60 * int(clock[1]) + int(clock[2])
    if (minutes := _MINUTES.fullmatch(written)) is not None:
        return 60 * int(minutes[1])
    if (seconds := _SECONDS.fullmatch(written)) is not None:
        return int(seconds[1])
    raise UnreadableFieldError(ExerciseField.REST, text)


def _step(text: str) -> Weight | None:
    if text in {"", NOTHING}:
        return None
    written = _STEP.fullmatch(text.lower())
    if written is None:
        raise UnreadableFieldError(ExerciseField.STEP, text)
    return Weight.of(Decimal(written[1].replace(",", ".")), WeightUnit(written[2]))


def _how(text: str) -> str:
    return "" if text == NOTHING else text


_READERS: Mapping[ExerciseField, Callable[[str], object]] = {
    ExerciseField.REST: _seconds,
    ExerciseField.STEP: _step,
    ExerciseField.HOW: _how,
    ExerciseField.ALIASES: read_names,
}

_COLUMNS = {
    ExerciseField.PART: "body_part",
    ExerciseField.MODALITY: "modality",
    ExerciseField.MEASURE: "measure",
    ExerciseField.REST: "default_rest",
    ExerciseField.STEP: "weight_step",
    ExerciseField.PRIMARY: "primary",
    ExerciseField.SECONDARY: "secondary",
    ExerciseField.HOW: "how",
}


def _written(fields: Mapping[str, Any]) -> Written:
    added, dropped = fields.get(ExerciseField.ALIASES, ((), ()))
    changes: Any = {_COLUMNS[ExerciseField(key)]: value for key, value in fields.items() if key in _COLUMNS}
    return Written(fields.get(ExerciseField.NAME), tuple(added), changes, tuple(dropped))
