"""What can be refused, each with the fields that a message to the lifter needs."""

from __future__ import annotations

from dataclasses import dataclass

from storage.values.exercise import Measure
from training.exercise_fields import ExerciseField
from training.matches import Choice, Matches
from training.measuring import SetFault
from training.notation import Question, Unreadable


class TrainingError(Exception):
    """A wish that can't be granted; no bug. Nothing has been changed."""

    def __str__(self) -> str:
        """Nothing: the fields may hold a lifter's words, and a traceback that quotes this goes to the log."""
        return ""


class NotFoundError(TrainingError):
    """There is no such thing, or it is somebody else's: the answer is the same."""


@dataclass(eq=False)
class ArchivedError(NotFoundError):
    """The exercise of that name is archived: nothing is merged into it unless it is brought back."""

    name: str


class NotAllowedError(TrainingError):
    """Only admins may do this."""


class HostsAdminError(TrainingError):
    """Who is to be revoked is one of the host's admins, who stay what they are."""


class UnitNotChosenError(TrainingError):
    """The lifter hasn't said yet whether they lift in kg or lb."""


class NoOpenWorkoutError(TrainingError):
    """There is no open workout, which the wish needs."""


class NoExerciseError(TrainingError):
    """No exercise has been picked yet, which the wish needs."""


class NothingToLogError(TrainingError):
    """There is no suggestion to log: this exercise has no history yet."""


class FrozenError(TrainingError):
    """The workout is finished: what was lifted in it is frozen until it is reopened."""


@dataclass(eq=False)
class AnotherOpenError(TrainingError):
    """Another workout is open, and only one can be: it has to be finished first."""

    workout_id: int


class NothingToUndoError(TrainingError):
    """There is no change to take back, or what it left is not so any more: then it was dropped."""


@dataclass(eq=False)
class InvalidSetError(TrainingError):
    """The set doesn't fit the exercise's measure, or says what no set can say."""

    reason: SetFault
    measure: Measure


@dataclass(eq=False)
class InvalidValueError(TrainingError):
    """A name, note, setting or time that can't be: `field` says which, `limit` the bound that it breaks, if any."""

    field: str
    limit: int | None = None


@dataclass(eq=False)
class UnreadableFieldError(TrainingError):
    """The text is no value of that field of an exercise; without a field, it names none."""

    field: ExerciseField | None
    text: str


@dataclass(eq=False)
class NameTakenError(TrainingError):
    """An exercise that this lifter can see has that name already: it is offered instead."""

    name: str
    existing: Choice


@dataclass(eq=False)
class InUseError(TrainingError):
    """History refers to the exercise, or others were merged into it, so it can't be deleted; archiving is possible."""

    executions: int
    merged: int = 0


class BuiltInError(TrainingError):
    """The exercise is built in, so it can't be deleted: the next start would bring it back. Archiving is possible."""


@dataclass(eq=False)
class MeasureMismatchError(TrainingError):
    """The sets that are there are of another measure."""

    have: Measure
    wanted: Measure


class StaleButtonError(TrainingError):
    """The button was made for an older state; what it shows is no longer so."""


@dataclass(frozen=True, slots=True)
class Asked:
    """When a question was asked: in which workout at which revision (0 and 0: in none), and for which exercise, if the
    line named one. `message_id` is the lifter's message with the line.
    """

    workout_id: int
    revision: int
    exercise_id: int | None = None
    message_id: int | None = None


@dataclass(eq=False)
class UnreadableSetError(TrainingError):
    """The text is no set; `examples` fit the exercise that it was read for."""

    text: str
    reading: Unreadable
    measure: Measure
    examples: tuple[str, str]


@dataclass(eq=False)
class UndecidedSetError(TrainingError):
    """The text can be read in several ways, or looks like a slip: the lifter decides.

    `asked` is what the buttons that answer refer to.
    """

    text: str
    question: Question
    measure: Measure
    asked: Asked


@dataclass(eq=False)
class ChoiceNeededError(TrainingError):
    """Several exercises may be meant, or one was found that nothing may be done with unasked.

    `sets` were typed behind the name.
    """

    matches: Matches
    sets: str = ""


@dataclass(eq=False)
class UnknownExerciseError(TrainingError):
    """No exercise has this in its name. `sets` were typed behind it."""

    text: str
    sets: str = ""
