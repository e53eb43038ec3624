"""What is said about documents with exercises."""

from __future__ import annotations

from collections.abc import Iterator

from telegram.constants import KeyboardButtonStyle

from handlers.admins.views import leave_button
from handlers.screen import Row, Screen, button, shortened
from handlers.seeding.buttons import DropDocument, ExportAs, LoadDocument
from handlers.seeding.findings import line_of
from handlers.words import Html, count, joined, label, lines, say
from training.importing.comparing import Plan, Verdict
from training.importing.decoding import Encoding
from training.importing.documents import Loaded, Preview, Stage
from training.importing.reading import Document, Format

_MOST_LINES = 12
"""How many lines about single exercises a message has. Of more there is a file."""

_FEW_LINES = 5

_LONGEST_NAME = 60
_LONGEST_LINE = 250

_TELLING = (Verdict.REFUSED, Verdict.CONFLICT, Verdict.CHANGED, Verdict.NEW)
"""What is worth a line, and in which order where there is room for a few only."""


def preview(shown: Preview, *, anew: bool = False) -> Screen:
    """What loading the document would do, and the buttons that do it or leave it; `anew`: it was to be loaded."""
    file = shortened(shown.name, _LONGEST_NAME)
    exercises = count("{number} exercise", "{number} exercises", len(shown.document.entries))
    told = list(_lines(shown.document, shown.plan, few=needs_file(shown.plan)))
    text = lines(
        say("The library has changed meanwhile. Please look again.\n") if anew else None,
        say("<b>{file}</b>: {exercises}", file=file, exercises=exercises),
        _read_as(shown.document),
        say("{figures}.", figures=_figures(shown.plan)),
        *(say("\n{line}" if number == 0 else "{line}", line=line) for number, line in enumerate(told)),
        say("… The file above has all lines.") if needs_file(shown.plan) else None,
    )
    if shown.document_id is None:
        return Screen(lines(text, say("\nThere is nothing to load.")))
    return Screen(lines(text, say("\nNothing is changed yet.")), _choice(shown.document_id, shown))


def needs_file(plan: Plan) -> bool:
    """Whether there is more to say about single exercises than fits into a message."""
    figures = plan.figures()
    return sum(figures[verdict] for verdict in _TELLING) > _MOST_LINES


def report(name: str, document: Document, plan: Plan) -> str:
    """What becomes of each exercise that doesn't stay as it is, in the order of the document."""
    head = label("{file}: {figures}.", file=name, figures=summary(plan))
    told = [line_of(finding, document.format) for finding in plan.findings if finding.verdict is not Verdict.SAME]
    return "\n".join([head, "", *told, ""])


def report_name(name: str) -> str:
    """What the file with all lines is called."""
    return label("{file} - dry run.txt", file=shortened(name, _LONGEST_NAME))


def summary(plan: Plan) -> str:
    """The figures, as plain text."""
    figures = plan.figures()
    return ", ".join(_figure_text(verdict, figures[verdict]) for verdict in Verdict)


def progress(stage: Stage, done: int, total: int) -> Screen:
    """How far it has come."""
    match stage:
        case Stage.READING:
            return Screen(count("⏳ Reading: {number} exercise …", "⏳ Reading: {number} exercises …", done))
        case Stage.COMPARING:
            return Screen(say("⏳ Comparing with the library: {done} of {total} …", done=done, total=total))
        case Stage.LOADING:
            return Screen(count("⏳ Loading {number} exercise …", "⏳ Loading {number} exercises …", total))


def loaded(result: Loaded) -> Screen:
    """The document is loaded."""
    figures = result.figures
    done = joined(", ", [_figure(verdict, figures[verdict]) for verdict in (Verdict.NEW, Verdict.CHANGED)])
    left = joined(", ", [_figure(it, figures[it]) for it in (Verdict.SAME, Verdict.CONFLICT, Verdict.REFUSED)])
    return Screen(
        lines(
            say("✓ <b>{file}</b> is loaded: {done}.", file=shortened(result.name, _LONGEST_NAME), done=done),
            say("Left as it was: {left}.", left=left),
            say("/exercise_export shows the library as it is now."),
        )
    )


def dropped() -> Screen:
    """Nothing is loaded."""
    return Screen(say("Left as it was: nothing of that file is loaded. Send another one whenever you like."))


def outdated() -> Screen:
    """The document waits no more: another one came, or it was dropped."""
    return Screen(say("That file waits no more. Send it again to see what loading it would do now."))


def which_format() -> Screen:
    """As what the library is wanted."""
    text = say("The whole library as a file. CSV is for spreadsheet programs, JSON for others.")
    kinds = [button(label("CSV"), ExportAs(Format.CSV)), button(label("JSON"), ExportAs(Format.JSON))]
    return Screen(text, [kinds, [leave_button()]])


def exported() -> Html:
    """Beside the file with the library."""
    return say("The exercises that everybody sees. Change what you like and send the file back to me.")


def _read_as(document: Document) -> Html | None:
    if document.encoding is Encoding.UTF_8:
        return None
    return say("It is no UTF-8; I read it as {encoding}.", encoding=document.encoding)


def _lines(document: Document, plan: Plan, *, few: bool) -> Iterator[str]:
    by_verdict = sorted(plan.findings, key=lambda it: _TELLING.index(it.verdict) if it.verdict in _TELLING else 9)
    told = [finding for finding in by_verdict if finding.verdict in _TELLING]
    shown = told[: _FEW_LINES if few else _MOST_LINES]
    return (shortened(line_of(finding, document.format), _LONGEST_LINE) for finding in shown)


def _choice(document_id: int, shown: Preview) -> list[Row]:
    figures = shown.plan.figures()
    what = ", ".join(
        _figure_text(verdict, figures[verdict]) for verdict in (Verdict.NEW, Verdict.CHANGED) if figures[verdict]
    )
    load = LoadDocument(document_id, shown.revision)
    drop = DropDocument(document_id, shown.revision)
    return [
        [button(label("✓ Apply: {what}", what=what), load, style=KeyboardButtonStyle.SUCCESS)],
        [button(label("✗ Cancel"), drop)],
    ]


def _figures(plan: Plan) -> Html:
    figures = plan.figures()
    return joined(", ", [_figure(verdict, figures[verdict]) for verdict in Verdict])


def _figure(verdict: Verdict, number: int) -> Html:
    return say("{figure}", figure=_figure_text(verdict, number))


def _figure_text(verdict: Verdict, number: int) -> str:
    match verdict:
        case Verdict.NEW:
            return label("{number} new", number=number)
        case Verdict.CHANGED:
            return label("{number} changed", number=number)
        case Verdict.SAME:
            return label("{number} the same", number=number)
        case Verdict.CONFLICT:
            return label("{number} in conflict", number=number)
        case Verdict.REFUSED:
            return label("{number} refused", number=number)
