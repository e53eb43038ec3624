"""What the history says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from telegram import InlineKeyboardButton
from telegram.constants import KeyboardButtonStyle

from handlers.amounts import set_line, set_lines, sets_and_volume
from handlers.dates import month_name, short_day, weekday
from handlers.guidance.views import which_exercise
from handlers.history.buttons import (
    AskDelete,
    AskName,
    AskNote,
    AskPast,
    AskReopen,
    AskRewrite,
    Back,
    ChooseDay,
    ClearName,
    ClearNote,
    DeleteEntry,
    FinishAndReopen,
    ListExercises,
    ListHistory,
    ListMonths,
    OpenEntry,
    PutBack,
    back_of,
)
from handlers.home.buttons import Repeat
from handlers.home.views import start_another_button
from handlers.paging import page_turning_while_more
from handlers.screen import LONGEST_TEXT, Row, Screen, button, in_rows, length_of, shortened
from handlers.summary.buttons import Reopen
from handlers.summary.views import facts
from handlers.words import Html, count, joined, label, lines, say
from handlers.workout.views import back_button
from training.card import Card
from training.days import Day
from training.detail import Execution
from training.history import PAGE_SIZE, Diary, Entry, Month, PerformedPage, WorkoutLine
from training.matches import Choice
from training.undo import LastChange

_LONGEST_TITLE = 100
_LONGEST_NOTE = 1000
_LONGEST_ECHO = 60
_LONGEST_SET = 500
_LONGEST_GROUP = 700
"""Characters of an exercise's sets that still read well in one line."""

_LONGEST_PART = 2600
"""Characters of exercises that one looks through at once."""

_LONGEST_NOTICE = 200
"""Characters of a word on what has just happened, with and without which a part is the same."""

_LONGEST_TEXT = 2500
_MONTHS_AT_ONCE = 12
_DAYS_OFFERED = 6


def month_code(month: Month | None) -> int:
    """The month as a button has it."""
    return 0 if month is None else month.year * 12 + month.month - 1


def month_of(code: int) -> Month | None:
    """The month that a button says; None for every month, and for one that no calendar has."""
    year, month = divmod(code, 12)
    return Month(year, month + 1) if date.min.year < year < date.max.year else None


def diary(shown: Diary, notice: Html | None = None, undo: InlineKeyboardButton | None = None) -> Screen:
    """A page of the finished workouts; with a word on what has just happened, and the button that takes it back."""
    page, exercise_id, month = shown.page.page, shown.exercise.id if shown.exercise else 0, month_code(shown.month)
    back = (page, exercise_id, month)
    workouts = [[_workout_button(line, shown, back)] for line in shown.page.lines]
    last = max(0, shown.total - 1) // PAGE_SIZE
    turning = _turning(
        page, last + 1, [ListHistory(other, exercise_id, month) for other in (page - 1, page + 1)], around=last
    )
    past = [button(label("➕ Enter a past workout"), AskPast())]
    rows: list[Row] = [*_alone(undo), *workouts, *turning]
    if shown.exercise or shown.month or shown.total:
        rows.append(_filters(shown, exercise_id, month))
    if not shown.page.lines and not shown.exercise and not shown.month and not shown.in_workout:
        rows.append([start_another_button()])
    leaving = [[back_button()]] if shown.in_workout else []
    return Screen(lines(notice, _diary_heading(shown)), [*rows, past, *leaving])


def _diary_heading(shown: Diary) -> Html:
    narrowed = [
        *([say("<b>{name}</b>", name=shortened(shown.exercise.name, _LONGEST_TITLE))] if shown.exercise else []),
        *([say("<b>{month}</b>", month=month_name(shown.month.year, shown.month.month))] if shown.month else []),
    ]
    total = count("{number} workout", "{number} workouts", shown.total)
    heading = say("📖 <b>History</b> · {total}", total=total)
    if not shown.total:
        none = say("No finished workout yet. What you finish stands here.")
        heading = lines(say("📖 <b>History</b>"), say("Nothing there.") if narrowed else none)
    return lines(heading, joined(" · ", narrowed) if narrowed else None)


def _workout_button(line: WorkoutLine, shown: Diary, back: tuple[int, int, int]) -> InlineKeyboardButton:
    day = short_day(line.started_at.astimezone(shown.zone).date())
    called = line.title or ", ".join(line.names) or label("Workout")
    return button(label("{day} · {title}", day=day, title=called), OpenEntry(line.id, 0, *back))


def _filters(shown: Diary, exercise_id: int, month: int) -> Row:
    if shown.exercise:
        first = button(label("✗ {name}", name=shortened(shown.exercise.name, 24)), ListHistory(0, 0, month))
    else:
        first = button(label("🏋 By exercise"), ListExercises(0, month))
    if shown.month:
        name = month_name(shown.month.year, shown.month.month)
        return [first, button(label("✗ {month}", month=name), ListHistory(0, exercise_id, 0))]
    return [first, button(label("📅 By month"), ListMonths(0, exercise_id))]


def _turning(page: int, pages: int, ways: Sequence[object], *, around: int) -> list[Row]:
    """The row that turns pages; none if there is nothing to turn."""
    if pages <= 1:
        return []
    before = [button("‹", ways[0])] if page else []
    here = button(label("Page {page} of {pages}", page=page + 1, pages=pages), ways[page < around])
    return [[*before, here, *([button("›", ways[1])] if page < around else [])]]


def exercises(page: PerformedPage, month: int) -> Screen:
    """Which exercise the history is narrowed to."""
    rows: list[Row] = [[button(choice.name, ListHistory(0, choice.id, month))] for choice in page.choices]
    turning = page_turning_while_more(page.page, lambda other: ListExercises(other, month), more=page.more)
    text = say("📖 <b>Which exercise?</b>\nTap it, or type its name.")
    return Screen(text, [*rows, *turning, [_to_list(0, month)]])


def found_exercises(text: str, choices: Sequence[Choice], month: int) -> Screen:
    """Which of several exercises was meant, or that there is none."""
    asked = which_exercise("📖", text, found=bool(choices))
    rows: list[Row] = [[button(choice.name, ListHistory(0, choice.id, month))] for choice in choices]
    return Screen(asked, [*rows, [button(label("‹ All exercises"), ListExercises(0, month))]])


def months(found: Sequence[tuple[Month, int]], page: int, exercise_id: int) -> Screen:
    """Which month the history is narrowed to."""
    pages = max(1, -(-len(found) // _MONTHS_AT_ONCE))
    shown = min(max(0, page), pages - 1)
    here = found[shown * _MONTHS_AT_ONCE : (shown + 1) * _MONTHS_AT_ONCE]
    buttons = [
        button(
            label("{month} ({number})", month=month_name(month.year, month.month), number=number),
            ListHistory(0, exercise_id, month_code(month)),
        )
        for month, number in here
    ]
    ways = [ListMonths(other, exercise_id) for other in (shown - 1, shown + 1)]
    turning = _turning(shown, pages, ways, around=pages - 1)
    return Screen(say("📖 <b>Which month?</b>"), [*in_rows(buttons, 3), *turning, [_to_list(exercise_id, 0)]])


def _to_list(exercise_id: int, month: int) -> InlineKeyboardButton:
    return button(label("‹ Back"), ListHistory(0, exercise_id, month))


def put_back_button(workout_id: int, change: LastChange, back: Back) -> InlineKeyboardButton:
    """Takes back what was done to the workout."""
    return button(label("↶ Undo"), PutBack(workout_id, change.id, *back))


def _alone(undo: InlineKeyboardButton | None) -> list[Row]:
    return [] if undo is None else [[undo]]


def entry(shown: Entry, at: OpenEntry, notice: Html | None = None, undo: InlineKeyboardButton | None = None) -> Screen:
    """A finished workout: what it came to and, part by part, every set of it; what has just happened as in `diary`."""
    workout, back = shown.workout, back_of(at)
    note = say("📝 {note}", note=shortened(workout.note, _LONGEST_NOTE)) if workout.note else None
    what_it_was = lines(facts(shown.summary), note)
    parts = _parts(shown, LONGEST_TEXT - _LONGEST_NOTICE - length_of(lines(heading(shown), what_it_was)))
    part = min(max(0, at.part), len(parts) - 1)
    others = [OpenEntry(at.workout_id, other, *back) for other in ((part - 1) % len(parts), (part + 1) % len(parts))]
    turning = _turning(part, len(parts), others, around=len(parts) - 1)
    text = lines(notice, heading(shown), what_it_was if part == 0 else None, Html(""), *parts[part])
    rows: list[Row] = [
        *_alone(undo),
        *turning,
        [button(label("↻ Do it again"), Repeat(workout.id))],
        [button(label("🏷 Name"), AskName(workout.id, *back)), button(label("📝 Note"), AskNote(workout.id, *back))],
        [
            button(label("⌨ As text"), AskRewrite(workout.id, *back)),
            button(label("↶ Reopen"), AskReopen(workout.id, *back)),
        ],
        [button(label("🗑 Delete"), AskDelete(workout.id, *back))],
        [button(label("‹ History"), ListHistory(*back))],
    ]
    return Screen(text, rows)


def heading(shown: Entry) -> Html:
    """What the workout is called, and when it was."""
    title = shortened(shown.workout.title, _LONGEST_TITLE) or label("Workout")
    return say("📖 <b>{title}</b> · {day}", title=title, day=day_of(shown))


def day_of(shown: Entry) -> str:
    """The day of the workout by its lifter's calendar."""
    return short_day(shown.workout.started_at.astimezone(shown.zone).date())


def _parts(shown: Entry, room_of_first: int) -> list[list[Html]]:
    """Everything that was done, in as many parts as it takes messages; the first has what room the facts leave it."""
    parts: list[list[Html]] = [[]]
    room = min(_LONGEST_PART, room_of_first)
    for line in _done(shown.workout.executions):
        length = length_of(line) + len("\n")
        if length > room and (parts[-1] or len(parts) == 1):
            parts.append([])
            room = _LONGEST_PART
        room -= length
        parts[-1].append(line)
    return parts


def _done(executions: Sequence[Execution]) -> Iterator[Html]:
    for execution in executions:
        linked = "⛓ " if execution.superset is not None else ""
        yield say("{linked}<b>{name}</b>", linked=linked, name=shortened(execution.name, _LONGEST_TITLE))
        if execution.note:
            yield say("<i>{note}</i>", note=shortened(execution.note, _LONGEST_NOTE))
        entries = [done.entry for done in execution.sets]
        together = set_lines(entries, execution.measure)
        if not entries:
            yield say("no sets")
        elif len(together) <= _LONGEST_GROUP:
            yield say("{sets}", sets=together)
        else:
            for place, one in enumerate(entries, 1):
                yield say("{place}. {set}", place=place, set=shortened(set_line(one, execution.measure), _LONGEST_SET))


def name_prompt(shown: Entry, back: Back, problem: Html | None = None) -> Screen:
    """Asks what the workout is called."""
    title = shown.workout.title
    now = say("Now: {title}", title=title) if title else None
    clear = [button(label("🗑 No name"), ClearName(shown.workout.id, shown.workout.revision, *back))]
    asked = say("🏷 <b>What do you call this workout?</b> ({day})\nType its name.", day=day_of(shown))
    return Screen(lines(problem, asked, now), [*([clear] if title else []), _back(shown, back)])


def note_prompt(shown: Entry, back: Back, problem: Html | None = None) -> Screen:
    """Asks for the note of the workout."""
    note = shown.workout.note
    now = say("Now: {note}", note=shortened(note, _LONGEST_NOTE)) if note else None
    clear = [button(label("🗑 No note"), ClearNote(shown.workout.id, shown.workout.revision, *back))]
    asked = say("📝 <b>Note for this workout</b> ({day})\nType it.", day=day_of(shown))
    return Screen(lines(problem, asked, now), [*([clear] if note else []), _back(shown, back)])


def too_long(limit: int | None) -> Html:
    """A name or a note that can't be kept."""
    if limit is None:
        return say("I can't keep that text as it is: it has characters that no database takes.")
    return say("That is too long: {limit} characters at most.", limit=limit)


def rewrite_prompt(shown: Entry, back: Back, problem: Html | None = None) -> Screen:
    """Asks for the workout as text, and shows it as it is to be copied."""
    asked = say("⌨ <b>Write it anew</b> · {day}", day=day_of(shown))
    how = say("What you send takes the place of all exercises and sets. You'll see it before anything changes.")
    if len(shown.text) > _LONGEST_TEXT:
        present = say("It is too long to be shown here as text.")
    else:
        present = say("Tap to copy, change it, send it:\n<pre>{text}</pre>", text=shown.text)
    return Screen(lines(problem, asked, how, present), [_back(shown, back)])


def names_nothing() -> Html:
    """A text that is to be a whole workout has no exercise with sets."""
    return say("I found no exercise with sets in that. Write each exercise's name, and its sets below it.")


def reopen_question(shown: Entry, another: Card | None, back: Back) -> Screen:
    """Asks before a workout is opened again; another one that is open has to be finished first."""
    workout = shown.workout
    asked = say(
        "↶ <b>Reopen the workout of {day}?</b>\nIt becomes your open workout: add sets, or change them. "
        "Finish it again when you're done.",
        day=day_of(shown),
    )
    if another is None:
        yes = button(label("↶ Reopen it"), Reopen(workout.id, workout.revision), style=KeyboardButtonStyle.PRIMARY)
        return Screen(asked, [[yes], _back(shown, back)])
    called = shortened(another.title, _LONGEST_ECHO) or label("your workout")
    first = say("\nOnly one can be open, and <b>{title}</b> still is.", title=called)
    both = FinishAndReopen(workout.id, workout.revision, another.workout_id, another.revision)
    finish = button(label("🏁 Finish that, then reopen this"), both, style=KeyboardButtonStyle.PRIMARY)
    return Screen(lines(asked, first), [[finish], _back(shown, back)])


def delete_question(shown: Entry, back: Back) -> Screen:
    """Asks before a workout is deleted, and says what goes with it."""
    workout, done = shown.workout, shown.summary
    exercises_ = count("{number} exercise", "{number} exercises", len(workout.executions))
    asked = say(
        "🗑 <b>Delete the workout of {day}?</b>\n{exercises}, {work} go with it, and the records in it. "
        "/undo brings it back for 30 days.",
        day=day_of(shown),
        exercises=exercises_,
        work=sets_and_volume(done.sets, done.volume_mg, done.unit),
    )
    yes = DeleteEntry(workout.id, workout.revision, *back)
    return Screen(asked, [[button(label("🗑 Delete it"), yes, style=KeyboardButtonStyle.DANGER)], _back(shown, back)])


def deleted() -> Html:
    """A workout is gone."""
    return say("🗑 Deleted. /undo brings it back.")


def changed() -> Html:
    """A name or a note is as it was wanted."""
    return say("✓ Changed.")


def kept(day: Day | None, exercises_: int, sets: int) -> Html:
    """A past workout was entered, or one was written anew where no day is given."""
    what = joined(
        ", ",
        [
            count("{number} exercise", "{number} exercises", exercises_),
            count("{number} set", "{number} sets", sets),
        ],
    )
    if day is None:
        return say("✓ Written anew: {what}. /history has it.", what=what)
    return say("✓ Entered for {day}: {what}. /history has it.", day=short_day(day.date), what=what)


def past_prompt(today: date, problem: Html | None = None, meant: Sequence[Day] = ()) -> Screen:
    """Asks for a workout of the past: for its day first, of which these may be `meant`."""
    asked = lines(
        say("➕ <b>A past workout</b>"),
        say("Which day was it? Tap it, or send all of it with the date on top:"),
        _example(short_day(today - timedelta(days=_DAYS_OFFERED + 1))),
    )
    days = [today - timedelta(days=ago) for ago in range(1, _DAYS_OFFERED + 1)]
    buttons = [
        button(label("Yesterday") if ago == 1 else weekday(day), ChooseDay(day.toordinal()))
        for ago, day in enumerate(days, 1)
    ]
    if meant:
        buttons = [button(short_day(day.date), ChooseDay(day.date.toordinal())) for day in meant]
    return Screen(lines(problem, asked), [*in_rows(buttons, 3), [button(label("‹ History"), ListHistory())]])


def past_text_prompt(day: Day, problem: Html | None = None) -> Screen:
    """Asks for what was done on a day of the past."""
    asked = lines(
        say("➕ <b>{day}</b>", day=short_day(day.date)),
        say("Now send what you did: each exercise, and its sets below it."),
        _example(),
    )
    return Screen(lines(problem, asked), [[button(label("‹ Another day"), AskPast())]])


def no_day() -> Html:
    """A text of the past doesn't say its day."""
    return say("I don't see which day that was.")


def unclear_day(text: str) -> Html:
    """A date may be two days, or is none that has been."""
    return say("“{text}” may be more than one day, or none that has been.", text=shortened(text, _LONGEST_ECHO))


def _example(day: str = "") -> Html:
    top = f"{day}\n" if day else ""
    return say("<pre>{top}Bench press\n80x8,8,7\nPull up\n10,8</pre>", top=top)


def _back(shown: Entry, back: Back) -> Row:
    return [button(label("‹ Back"), OpenEntry(shown.workout.id, 0, *back))]
