import traceback

from storage.values.exercise import Measure
from training.errors import ChoiceNeededError, UnknownExerciseError, UnreadableSetError
from training.matches import Matches
from training.notation import Unreadable, UnreadableReason

UNREADABLE = Unreadable(UnreadableReason.NOT_A_SET, "", "secret", "")


def test_a_traceback_never_quotes_what_a_lifter_typed() -> None:
    errors = [
        UnreadableSetError("secret", UNREADABLE, Measure.REPS, ("8", "12")),
        UnknownExerciseError("secret"),
        ChoiceNeededError(Matches("secret", (), 0, None)),
    ]
    for error in errors:
        assert "secret" not in "".join(traceback.format_exception(error))
