"""What is said about a lifter's own data as a file."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from telegram.constants import KeyboardButtonStyle

from handlers.dates import short_day
from handlers.export.buttons import DropImport, LoadImport, SendExport
from handlers.screen import Screen, button, shortened
from handlers.words import Html, count, joined, label, lines, say
from training.accounts.format import ExportKind
from training.accounts.importing import Imported, ImportPreview

_LONGEST_NAME = 60
_MOST_NAMED = 5


def which() -> Screen:
    """As what the lifter's data is wanted."""
    text = lines(
        say("Everything that is yours, as a file."),
        say("\n<b>JSON</b> is complete: sent back to me, here or at another host, it restores your account."),
        say("<b>CSV</b> has one row per set, for spreadsheet programs."),
        say("<b>Strong's CSV</b> has the columns that Strong writes and Hevy imports."),
    )
    kinds = [
        button(label("JSON"), SendExport(ExportKind.JSON)),
        button(label("CSV"), SendExport(ExportKind.CSV)),
        button(label("Strong's CSV"), SendExport(ExportKind.STRONG)),
    ]
    return Screen(text, [kinds])


def untitled() -> str:
    """What a workout without a title is called where each must have one."""
    return label("Workout")


def exporting(done: int, total: int) -> Screen:
    """How far it has come."""
    return Screen(say("⏳ Writing your workouts down: {done} of {total} …", done=done, total=total))


def exported(kind: ExportKind, workouts: int) -> Html:
    """Beside the file."""
    held = count("{number} workout, and all that is yours.", "{number} workouts, and all that is yours.", workouts)
    match kind:
        case ExportKind.JSON:
            return lines(held, say("Keep it safe: whoever has it can read it. /import tells how it comes back."))
        case ExportKind.CSV:
            return count("The sets of {number} workout.", "The sets of {number} workouts.", workouts)
        case ExportKind.STRONG:
            return count(
                "The sets of {number} workout, in Strong's columns.",
                "The sets of {number} workouts, in Strong's columns.",
                workouts,
            )


def how_to_import() -> Screen:
    """What to send."""
    return Screen(
        lines(
            say("Send me the JSON file that /export gave you, here or at another host."),
            say("I show what it would bring before anything is changed. What is here already stays as it is."),
        )
    )


def reading(done: int, total: int) -> Screen:
    """How far it has come."""
    if total:
        return Screen(say("⏳ Importing: {done} of {total} workouts …", done=done, total=total))
    return Screen(count("⏳ Reading: {number} workout …", "⏳ Reading: {number} workouts …", done))


def preview(shown: ImportPreview, time_zone: str, *, anew: bool = False) -> Screen:
    """What importing the file would do, and the buttons that do it or leave it; `anew`: it was to be imported."""
    text = lines(
        say("Your account has changed meanwhile. Please look again.\n") if anew else None,
        say("<b>{file}</b>", file=shortened(shown.name, _LONGEST_NAME)),
        *_brings(shown, time_zone),
        *_stays(shown),
    )
    if shown.import_id is None:
        return Screen(
            lines(text, say("\nThere is nothing in it that isn't here already. /history shows your workouts."))
        )
    said = lines(
        say("\nNothing is changed yet. The file doesn't say whose it is: import it only if it is yours."),
        say("/undo takes the whole import back."),
    )
    load = LoadImport(shown.import_id, shown.revision)
    drop = DropImport(shown.import_id, shown.revision)
    return Screen(
        lines(text, said),
        [
            [button(label("✓ Import"), load, style=KeyboardButtonStyle.SUCCESS)],
            [button(label("✗ Leave it"), drop)],
        ],
    )


def imported(result: Imported) -> Screen:
    """It is imported."""
    come = [
        count("{number} workout", "{number} workouts", result.workouts),
        *([count("{number} exercise", "{number} exercises", result.exercises)] if result.exercises else []),
        *([say("your settings")] if result.settings else []),
    ]
    left = count(
        "{number} workout of the file was here already or stayed out.",
        "{number} workouts of the file were here already or stayed out.",
        result.left,
    )
    return Screen(
        lines(
            say("✓ <b>{file}</b> is imported: {come}.", file=_file(result), come=joined(", ", come)),
            left if result.left else None,
            say("/history shows your workouts, /undo takes the import back."),
        )
    )


def dropped() -> Screen:
    """Nothing is imported."""
    return Screen(say("Left as it was: nothing of that file is imported. Send it again whenever you like."))


def outdated() -> Screen:
    """The file waits no more: another one came, or it was dropped."""
    return Screen(say("That file waits no more. Send it again to see what importing it would do now."))


def _file(result: Imported) -> str:
    return shortened(result.name, _LONGEST_NAME)


def _brings(shown: ImportPreview, time_zone: str) -> list[Html | None]:
    comes: list[Html | None] = [say("\nWhat comes:")]
    if shown.workouts and shown.first is not None and shown.last is not None:
        workouts = count("{number} workout", "{number} workouts", shown.workouts)
        sets = count("{number} set", "{number} sets", shown.sets)
        days = _days(shown.first, shown.last, ZoneInfo(time_zone))
        comes.append(say("+ {workouts} with {sets}, {days}", workouts=workouts, sets=sets, days=days))
    if shown.has_open:
        comes.append(say("+ one of them is still open"))
    if shown.makes:
        own = count("+ {number} exercise of your own: ", "+ {number} exercises of your own: ", len(shown.makes))
        comes.append(say("{own}{names}", own=own, names=_some(shown.makes)))
    if shown.makes_of_library:
        lacking = count(
            "+ {number} exercise that the library here hasn't, or measures otherwise, becomes your own: ",
            "+ {number} exercises that the library here hasn't, or measures otherwise, become your own: ",
            len(shown.makes_of_library),
        )
        comes.append(say("{lacking}{names}", lacking=lacking, names=_some(shown.makes_of_library)))
    if shown.settings:
        comes.append(say("+ your settings and reminders become those of the file"))
    if shown.besides:
        one, many = "+ {number} wish for an exercise", "+ {number} wishes for exercises (names, units, rests)"
        comes.append(count(one, many, shown.besides))
    return comes if len(comes) > 1 else []


def _stays(shown: ImportPreview) -> list[Html | None]:
    stays: list[Html | None] = [say("\nWhat stays as it is here:")]
    if shown.same:
        stays.append(count("{number} workout, which is the same", "{number} workouts, which are the same", shown.same))
    if shown.differing:
        stays.append(
            count(
                "{number} workout that began at the same moment and is another here",
                "{number} workouts that began at the same moment and are others here",
                shown.differing,
            )
        )
    if shown.left_open:
        stays.append(say("your open workout: the one in the file comes once you have finished it"))
    if shown.keeps_settings:
        stays.append(say("your settings and reminders, as you have trained here"))
    return stays if len(stays) > 1 else []


def _days(first: datetime, last: datetime, zone: ZoneInfo) -> str:
    begins, ends = short_day(first.astimezone(zone).date()), short_day(last.astimezone(zone).date())
    return begins if begins == ends else label("{first} to {last}", first=begins, last=ends)


def _some(names: tuple[str, ...]) -> str:
    listed = ", ".join(shortened(name, _LONGEST_NAME) for name in names[:_MOST_NAMED])
    more = len(names) - _MOST_NAMED
    return label("{names} and {more} more", names=listed, more=more) if more > 0 else listed
