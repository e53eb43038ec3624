"""What is said and asked while admins keep the library."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from telegram import InlineKeyboardButton
from telegram.constants import KeyboardButtonStyle

from handlers.admins.views import leave_button
from handlers.amounts import clock, load
from handlers.creating.buttons import mark_of
from handlers.curating.buttons import (
    AddAnother,
    Archive,
    AskField,
    BringBackToAll,
    ChooseExercise,
    MergeExercises,
    OpenEditor,
    OpenNames,
    RemoveName,
    SayOfNew,
    SetField,
    StartMerging,
)
from handlers.curating.errands import Errand, Verb
from handlers.curating.names import field_name
from handlers.paging import nearest_page, on_page, page_turning
from handlers.picking.names import measure_name, modality_name, muscle_name, part_name
from handlers.screen import Row, Screen, button, in_rows, shortened
from handlers.words import Html, count, label, lines, say
from storage.values.exercise import BodyPart, Measure, Modality, Muscle
from training.curating import Kept, MergePlan
from training.errors import (
    ArchivedError,
    InvalidValueError,
    MeasureMismatchError,
    NameTakenError,
    NotFoundError,
    StaleButtonError,
    TrainingError,
    UnreadableFieldError,
)
from training.exercise_detail import ExerciseDetail
from training.exercise_fields import ExerciseField
from training.exercise_text import NOTHING, Written
from training.matches import Matches

_LONGEST_ECHO = 60
_LONGEST_NAMES = 600
_RESTS = ("60", "90", "120", "180", "240")
_FIELDS = (
    (ExerciseField.NAME, ExerciseField.PART, ExerciseField.MODALITY),
    (ExerciseField.MEASURE, ExerciseField.REST, ExerciseField.STEP),
    (ExerciseField.PRIMARY, ExerciseField.SECONDARY, ExerciseField.HOW),
)


def name_question() -> Screen:
    """Asks for a new exercise."""
    text = lines(
        say("<b>What is the new exercise called?</b>"),
        say("Its name is enough; I ask for the rest. Or all at once:"),
        say("<code>Steinborn Squat; legs; barbell; rest: 3:00; muscles: quads; aliases: steinborn; how: …</code>"),
    )
    return Screen(text, [[leave_button()]])


def missing_question(so_far: str, written: Written) -> Screen:
    """Asks for what a new exercise can't be made without."""
    title = say("<b>New: {name}</b>", name=shortened(written.name or "", _LONGEST_ECHO))
    mark, missing = mark_of(so_far), written.missing
    if missing is ExerciseField.PART:
        text = lines(title, say("Which body part does it train most?"))
        answers = [button(part_name(one), SayOfNew(mark, f"{ExerciseField.PART}: {one}")) for one in BodyPart]
    else:
        text = lines(title, say("What is it done with?"))
        answers = [button(modality_name(one), SayOfNew(mark, f"{ExerciseField.MODALITY}: {one}")) for one in Modality]
    return Screen(text, [*in_rows(answers, 3), [leave_button()]])


def which(errand: Errand) -> Screen:
    """Asks for the exercise."""
    questions = {
        Verb.EDIT: say("<b>Which exercise is to be changed?</b>"),
        Verb.NAME: say("<b>Which exercise is to have other names?</b>"),
        Verb.ARCHIVE: say("<b>Which exercise is to leave the lists, or come back?</b>"),
        Verb.MERGE: say("<b>Which exercise is to be merged into another?</b>"),
        Verb.MERGE_INTO: say("<b>Which exercise is to take it over?</b>"),
    }
    return Screen(lines(questions[errand.verb], say("Type its name, or part of it.")), [[leave_button()]])


def matches(found: Matches, errand: Errand) -> Screen:
    """Several exercises may be meant, or none."""
    query = shortened(found.text, _LONGEST_ECHO)
    if not found.choices:
        text = say("Nothing in the library has “{text}” in its name. Try a shorter part of it.", text=query)
    elif found.guessed:
        text = say("Nothing is called “{text}”. Did you mean one of these?", text=query)
    else:
        text = say("Which one for “{text}”?", text=query)
    one, many = "{number} more has it too; type a little more.", "{number} more have it too; type a little more."
    more = count(one, many, found.more) if found.more else None
    choices = [[button(choice.name, ChooseExercise(errand.mark, choice.id))] for choice in found.choices]
    return Screen(lines(text, more), [*choices, [leave_button()]])


def editor(kept: Kept, notice: Html | None = None) -> Screen:
    """An exercise with everything that can be changed."""
    exercise_id = kept.about.id
    fields = [[button(field_name(field), AskField(exercise_id, field)) for field in row] for row in _FIELDS]
    names = button(field_name(ExerciseField.ALIASES), OpenNames(exercise_id))
    merging = button(label("Merge into…"), StartMerging(exercise_id))
    rows: list[Row] = [*fields, [names, _archiving(kept.about), merging], [leave_button()]]
    return Screen(lines(notice, _described(kept)), rows)


def added(kept: Kept) -> Screen:
    """A new exercise is there."""
    made = editor(kept, say("✓ Added. /undo takes it back."))
    return Screen(made.text, [*made.rows[:-1], [button(label("➕ Add another"), AddAnother()), leave_button()]])


def changed() -> Html:
    """What was wanted is done."""
    return say("✓ Changed. /undo takes it back.")


def so_already() -> Html:
    """What was wanted is so as it is."""
    return say("It is so already: nothing is changed.")


def nothing_given() -> Html:
    """Nothing was written that could be done."""
    return say("Nothing was given that I could change.")


def field_question(kept: Kept, field: ExerciseField) -> Screen:
    """Asks for another value of a field."""
    exercise_id = kept.about.id
    text = lines(say("<b>{name}</b>", name=kept.about.name), _wanted(field))
    answers = [button(words, SetField(exercise_id, field, value)) for words, value in _answers(field)]
    return Screen(text, [*in_rows(answers, 3), [_back(exercise_id), leave_button()]])


def names(kept: Kept, notice: Html | None = None, page: int = 0) -> Screen:
    """An exercise's other names, each with a button that takes it away; more can be typed."""
    about = kept.about
    known = _other_names(about) or say("No other names yet.")
    text = lines(
        notice,
        say("<b>{name}</b>", name=about.name),
        known,
        say("Type names to add, parted by commas; with a minus in front, <code>-like this</code>, they go."),
    )
    removing = [button(label("✕ {name}", name=one), RemoveName(about.id, mark_of(one))) for one in about.aliases]
    shown, pages = nearest_page(len(removing), page)
    turning = page_turning(shown, pages, lambda to: OpenNames(about.id, to))
    return Screen(text, [*on_page(removing, shown), *turning, [_back(about.id), leave_button()]])


def archived(about: ExerciseDetail) -> Screen:
    """The exercise has left the lists, or is back."""
    if about.is_archived:
        text = say("✓ <b>{name}</b> is in no list any more. Histories go on showing it.", name=about.name)
    else:
        text = say("✓ <b>{name}</b> is back in the lists.", name=about.name)
    return Screen(text, [[_archiving(about), _back(about.id), leave_button()]])


def already_archived(about: ExerciseDetail) -> Screen:
    """The exercise is in no list as it is."""
    text = say("<b>{name}</b> is archived already.", name=about.name)
    return Screen(text, [[_archiving(about), _back(about.id), leave_button()]])


def merge_question(plan: MergePlan) -> Screen:
    """Asks before two exercises become one."""
    merged, into = plan.merged, plan.into
    one = "It stands in a workout once, which then shows {into}."
    many = "It stands in workouts {number} times, which then show {into}."
    text = lines(
        say("<b>Merge {merged} into {into}?</b>", merged=merged.name, into=into.name),
        count(one, many, plan.executions, into=into.name) if plan.executions else None,
        say("Its names lead to {into} from then on. This can't be taken back.", into=into.name),
    )
    merge = button(label("Merge"), MergeExercises(merged.id, into.id), style=KeyboardButtonStyle.DANGER)
    return Screen(text, [[merge, leave_button()]])


def merged(into: Kept) -> Screen:
    """Two exercises are one."""
    return editor(into, say("✓ Merged."))


def refused(error: TrainingError) -> Screen:
    """What was wanted can't be."""
    return Screen(_why(error), [[leave_button()]])


def _why(error: TrainingError) -> Html:  # noqa: PLR0911 -- a table
    match error:
        case UnreadableFieldError(None, text):
            return lines(
                say("I can't read “{text}”.", text=shortened(text, _LONGEST_ECHO)),
                say("Fields look like <code>rest: 90</code>. There are: {fields}.", fields=", ".join(ExerciseField)),
            )
        case UnreadableFieldError(ExerciseField() as field, text):
            return lines(say("I can't read “{text}”.", text=shortened(text, _LONGEST_ECHO)), _wanted(field))
        case NameTakenError(name, existing):
            return say(
                "“{name}” leads to <b>{existing}</b> already (<code>#{id}</code>).",
                name=name,
                existing=existing.name,
                id=existing.id,
            )
        case MeasureMismatchError(have, wanted):
            return say(
                "There are sets that are logged by {have}: {wanted} doesn't fit them.",
                have=measure_name(have),
                wanted=measure_name(wanted),
            )
        case ArchivedError(name):
            return say("<b>{name}</b> is archived: bring it back before anything is merged into it.", name=name)
        case InvalidValueError("into_id"):
            return say("An exercise can't be merged into itself.")
        case InvalidValueError(field, int(limit)) if limit:
            return say("{field}: at most {limit}.", field=field.replace("_", " "), limit=limit)
        case InvalidValueError(field):
            return say("{field}: that can't be.", field=field.replace("_", " "))
        case _:
            return say("That isn't there any more.")


REFUSALS = (
    UnreadableFieldError,
    NameTakenError,
    MeasureMismatchError,
    InvalidValueError,
    NotFoundError,
    StaleButtonError,
)
"""What `refused` has words for."""


def _described(kept: Kept) -> Html:
    about = kept.about
    state = say(" · <i>archived</i>") if about.is_archived else Html()
    also = say("; also {muscles}", muscles=_muscles(about.secondary)) if about.secondary else Html()
    return lines(
        say("<b>{name}</b> <code>#{id}</code>{state}", name=about.name, id=about.id, state=state),
        say(
            "{part} · {modality} · logged by {measure}",
            part=part_name(about.body_part),
            modality=modality_name(about.modality),
            measure=measure_name(about.measure),
        ),
        say("Muscles: {muscles}{also}", muscles=_muscles(about.primary), also=also) if about.primary else None,
        say("Rest: {rest} · step: {step}", rest=_rest(kept), step=_step(kept)),
        _other_names(about),
        say("{how}", how=about.how) if about.how else None,
    )


def _other_names(about: ExerciseDetail) -> Html | None:
    if not about.aliases:
        return None
    return say("Other names: {names}", names=shortened(", ".join(about.aliases), _LONGEST_NAMES))


def _rest(kept: Kept) -> str:
    return label("each lifter's own") if kept.default_rest is None else clock(kept.default_rest)


def _step(kept: Kept) -> str:
    return label("each lifter's own") if kept.weight_step is None else load(kept.weight_step)


def _muscles(muscles: Iterable[Muscle]) -> str:
    return ", ".join(map(muscle_name, muscles))


def _wanted(field: ExerciseField) -> Html:
    """What a field takes."""
    wanted = {
        ExerciseField.NAME: say("Type its new name. The old one leads nowhere then, unless it is another name."),
        ExerciseField.PART: say("Which body part does it train most? {all}.", all=_all(map(part_name, BodyPart))),
        ExerciseField.MODALITY: say("What is it done with? {all}.", all=_all(map(modality_name, Modality))),
        ExerciseField.MEASURE: say("How is it logged? By {all}.", all=_all(map(measure_name, Measure))),
        ExerciseField.REST: say(
            "How long is the rest? Type it as <code>90</code>, <code>1:30</code> or <code>2 min</code>."
        ),
        ExerciseField.STEP: say("By how much do − and + change its weight? As <code>2.5 kg</code>."),
        ExerciseField.PRIMARY: say(
            "Which muscles does it train? Of these, parted by commas: {all}.", all=_muscles(Muscle)
        ),
        ExerciseField.SECONDARY: say(
            "Which does it train too? Of these, parted by commas: {all}.", all=_muscles(Muscle)
        ),
        ExerciseField.HOW: say("How is it done? Type a sentence or two."),
        ExerciseField.ALIASES: say("Which other names does it have? Parted by commas."),
    }
    return wanted[field]


def _all(names_: Iterable[str]) -> str:
    return ", ".join(name[:1].lower() + name[1:] for name in names_)


def _answers(field: ExerciseField) -> Sequence[tuple[str, str]]:
    """What can be tapped for an answer: what the button says, and the value."""
    nothing = [(label("✕ Nothing"), NOTHING)]
    lifters_own = (label("Each lifter's own"), NOTHING)
    answers: dict[ExerciseField, Sequence[tuple[str, str]]] = {
        ExerciseField.PART: [(part_name(one), one.value) for one in BodyPart],
        ExerciseField.MODALITY: [(modality_name(one), one.value) for one in Modality],
        ExerciseField.MEASURE: [(measure_name(one), one.value) for one in Measure],
        ExerciseField.REST: [*((clock(int(one)), one) for one in _RESTS), lifters_own],
        ExerciseField.STEP: [lifters_own],
        ExerciseField.PRIMARY: nothing,
        ExerciseField.SECONDARY: nothing,
        ExerciseField.HOW: nothing,
    }
    return answers.get(field, ())


def _archiving(about: ExerciseDetail) -> InlineKeyboardButton:
    if about.is_archived:
        return button(label("↺ Bring it back"), BringBackToAll(about.id))
    return button(label("🗄 Archive"), Archive(about.id))


def _back(exercise_id: int) -> InlineKeyboardButton:
    return button(label("‹ The exercise"), OpenEditor(exercise_id))
