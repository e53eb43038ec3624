"""It is decided what becomes of each exercise before anything is written, and a repeat changes nothing."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.shelf import Shelved, ToChange
from storage.values.exercise import BodyPart, Measure, Modality
from storage.values.name_key import name_key
from tests.support.foreign_library import foreign_library
from tests.support.shelves import after, built_in_shelf, shelved
from training.importing import free_exercise_db, own_format
from training.importing.comparing import Finding, Plan, Verdict, compared
from training.importing.entries import Entry, Reason, Unread, Why
from training.importing.reading import read_document
from training.importing.ticking import Ticker
from training.naming import MOST_ALIASES

CHEST = {"body_part": "chest", "modality": "barbell"}
BENCH = shelved(1, "Bench Press (Barbell)", aliases=["bench press", "bench"], rest=180, how="Press.", built_in=True)
DUMBBELLS = shelved(2, "Bench Press (Dumbbell)", aliases=["db bench"], modality=Modality.DUMBBELL, built_in=True)
OWN = shelved(3, "Floor Press", edited=True, rest=90)
SHELF = [BENCH, DUMBBELLS, OWN]


def ours(*said: dict[str, Any]) -> list[Entry | Unread]:
    return [own_format.entry_of(place, it) for place, it in enumerate(said, start=1)]


def theirs(*said: dict[str, Any]) -> list[Entry | Unread]:
    usual = {"primaryMuscles": ["chest"], "category": "strength"}
    return [free_exercise_db.entry_of(place, {**usual, **it}) for place, it in enumerate(said, start=1)]


def plan_of(
    entries: Sequence[Entry | Unread], shelf: Sequence[Shelved] = SHELF, performed: frozenset[int] = frozenset()
) -> Plan:
    return compared(entries, shelf, performed, Ticker())


def only(plan: Plan) -> Finding:
    (finding,) = plan.findings
    return finding


def verdicts(plan: Plan) -> list[Verdict]:
    return [finding.verdict for finding in plan.findings]


@pytest.mark.parametrize(
    ("name", "known_as"),
    [
        ("Bench Press (Barbell)", BENCH.name),
        ("bench-press  (BARBELL)", BENCH.name),
        ("BENCH", BENCH.name),
        ("Barbell Bench Press", BENCH.name),
        ("Barbell Bench Presses", BENCH.name),
        ("press, bench (BB)", BENCH.name),
        ("Barbell Bench Press - Medium Grip", BENCH.name),
        ("Dumbbell bench-press", DUMBBELLS.name),
        ("DB Bench Press", DUMBBELLS.name),
        ("Incline Bench Press", ""),
        ("Cable Bench Press", ""),
        ("Bench", BENCH.name),
    ],
)
def test_an_exercise_is_recognised_by_its_names_however_they_are_written(name: str, known_as: str) -> None:
    assert only(plan_of(ours({"name": name}))).known_as == known_as


def test_what_is_known_takes_what_the_document_says_and_keeps_what_it_does_not_say() -> None:
    plan = plan_of(ours({"name": "Barbell Bench Press", "rest": 240, "how": "Press.", "aliases": ["bp", "Bench"]}))
    assert plan.changed == [
        ToChange(
            1,
            {"default_rest": 240, "is_edited": True},  # the next start leaves it so
            {"barbell bench press": "Barbell Bench Press", "bp": "bp"},
        )
    ]
    finding = only(plan)
    assert (finding.fields, finding.names) == (("rest",), ("Barbell Bench Press", "bp"))


def test_a_muscle_that_is_said_to_be_trained_also_is_not_trained_most_any_more() -> None:
    own = replace(OWN, primary_muscles=("chest", "triceps"), is_edited=False)
    plan = plan_of(ours({"name": OWN.name, "secondary": ["chest"]}), [own])
    (changed,) = plan.changed
    assert changed.columns == {"secondary_muscles": ("chest",), "primary_muscles": ("triceps",)}
    assert only(plan).fields == ("secondary", "primary")
    (after_it,) = after([own], plan)
    assert only(plan_of([own_format.entry_of(1, own_format.fields_of(after_it))], [after_it])).verdict is Verdict.SAME


def test_names_alone_do_not_keep_a_built_in_exercise_from_being_brought_up_to_date() -> None:
    (change,) = plan_of(ours({"name": "Bench", "aliases": ["bp"], "archived": True})).changed
    assert change.columns == {"is_archived": True}


@pytest.mark.parametrize("said", [{"rest": 60}, {"aliases": ["fp"]}, {"archived": True}])
def test_what_an_admin_has_changed_stays_unless_the_document_says_to_replace_it(said: dict[str, Any]) -> None:
    kept = plan_of(ours({"name": "Floor Press", **said}))
    replaced = plan_of(ours({"name": "Floor Press", "replace": True, **said}))
    assert (only(kept).verdict, only(kept).reason, kept.does_something) == (
        *(Verdict.CONFLICT, Reason(Why.EDITED), False),
    )
    assert (only(replaced).verdict, len(replaced.changed)) == (Verdict.CHANGED, 1)


def test_what_an_admin_has_put_away_comes_back_only_on_purpose() -> None:
    shelf = [shelved(1, "Bench", archived=True, built_in=True)]
    assert verdicts(plan_of(ours({"name": "Bench", "archived": False}), shelf)) == [Verdict.CONFLICT]
    assert verdicts(plan_of(ours({"name": "Bench", "archived": False, "replace": True}), shelf)) == [Verdict.CHANGED]
    assert verdicts(plan_of(ours({"name": "Bench", "rest": 9}), shelf)) == [Verdict.CHANGED]
    assert verdicts(plan_of(theirs({"name": "Bench", "equipment": "barbell"}), shelf)) == [Verdict.SAME]


def test_a_measure_stays_under_sets() -> None:
    entries = ours({"name": "Bench", "measure": "reps"})
    assert only(plan_of(entries, performed=frozenset({1}))).reason == Reason(Why.PERFORMED)
    assert plan_of(entries, performed=frozenset({2})).remeasured == [1]


def test_a_new_exercise_needs_a_body_part_and_what_it_is_done_with() -> None:
    plan = plan_of(ours({"name": "Zercher squat"}, {"name": "Yoke", "body_part": "legs", "modality": "other"}))
    assert plan.findings[0].reason == Reason(Why.NEEDED, values=("body_part", "modality"))
    (made,) = plan.made
    assert (made.columns["body_part"], made.columns["measure"]) == (BodyPart.LEGS, Measure.WEIGHT_REPS)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"name": "bench press", "modality": "cable"}, Reason(Why.ELSEWHERE, values=(BENCH.name,))),
        ({"name": "Pressing", "aliases": ["bench", "floor press"]}, Reason(Why.SEVERAL, values=(BENCH.name, OWN.name))),
        ({"name": "Floor Press", "aliases": ["bench"]}, Reason(Why.TAKEN, values=("bench", BENCH.name))),
        ({"name": "Pressing", "aliases": ["db bench"], **CHEST}, Reason(Why.ELSEWHERE, values=(DUMBBELLS.name,))),
        (
            {"name": "Bench", "aliases": [f"b{number}" for number in range(MOST_ALIASES)]},
            Reason(Why.UNFIT, "aliases", limit=MOST_ALIASES),
        ),
    ],
)
def test_names_that_lead_elsewhere_are_a_conflict_and_change_nothing(said: dict[str, Any], reason: Reason) -> None:
    plan = plan_of(ours(said))
    assert (only(plan).verdict, only(plan).reason, plan.does_something) == (Verdict.CONFLICT, reason, False)


def test_a_name_that_means_two_exercises_by_its_spelling_is_a_conflict() -> None:
    shelf = [shelved(1, "Press Press (Barbell)", aliases=["z curl"]), shelved(2, "Other", aliases=["curls z"])]
    assert only(plan_of(ours({"name": "Curl, Z"}), shelf)).reason == Reason(
        Why.SEVERAL, values=("Press Press (Barbell)", "Other")
    )


def test_the_modality_of_what_is_exactly_named_can_be_put_right() -> None:
    (change,) = plan_of(ours({"name": "Bench Press (Barbell)", "modality": "machine"})).changed
    assert change.columns["modality"] is Modality.MACHINE


def test_what_a_document_says_twice_is_refused_with_the_place_where_it_stands() -> None:
    entries = ours({"name": "Bench"}, {"name": "Yoke", **CHEST}, {"name": "Barbell bench press"}, {"name": "yokes"})
    assert [finding.reason for finding in plan_of(entries).findings] == [
        *(None, None, Reason(Why.REPEATS, place=1), Reason(Why.REPEATS, place=2)),
    ]


def test_a_document_from_elsewhere_tells_a_built_in_exercise_its_names_and_nothing_else() -> None:
    said = {"name": "Barbell Bench Press", "equipment": "barbell", "instructions": ["Push."]}
    assert plan_of(theirs(said)).changed == [ToChange(1, {}, {"barbell bench press": "Barbell Bench Press"})]


def test_a_document_from_elsewhere_leaves_alone_what_an_admin_has_made() -> None:
    plan = plan_of(theirs({"name": "Floor Presses", "equipment": "barbell", "instructions": ["Push."]}))
    assert (only(plan).verdict, only(plan).known_as) == (Verdict.SAME, "Floor Press")


def test_what_was_imported_is_brought_up_to_date_by_the_next_document() -> None:
    first, second = ({"name": "Yoke Hold", "equipment": "other", "instructions": [text]} for text in ("a", "b"))
    shelf = after(SHELF, plan_of(theirs(first)))
    assert verdicts(plan_of(theirs(first), shelf)) == [Verdict.SAME]
    (change,) = plan_of(theirs(second), shelf).changed
    assert change.columns == {"how": "b"}


def test_equipment_that_the_name_leaves_out_decides_which_one_is_meant() -> None:
    plan = plan_of(theirs({"name": "Bench Press", "equipment": "dumbbell"}, {"name": "bench press"}))
    assert [finding.known_as for finding in plan.findings] == [DUMBBELLS.name, BENCH.name]
    assert not plan.does_something  # "bench press" goes on leading to the barbell alone


def test_two_names_in_one_are_known_if_both_are_of_the_same_exercise() -> None:
    shelf = [
        shelved(1, "Back Extension", aliases=["hyperextension"]),
        shelved(2, "Calf Press"),
        shelved(3, "Leg Press"),
    ]
    plan = plan_of(ours({"name": "Hyperextensions (Back Extensions)"}, {"name": "Calf Press (Leg Press)"}), shelf)
    assert [finding.known_as for finding in plan.findings] == ["Back Extension", ""]


def test_the_built_in_exercises_are_told_apart_by_every_name_they_have() -> None:
    shelf = built_in_shelf()
    entries = ours(*({"name": name} for it in shelf for name in (it.name, *it.aliases)))
    known_as = [it.name for it in shelf for _ in (it.name, *it.aliases)]
    assert [finding.known_as for finding in plan_of(entries, shelf).findings] == known_as


def test_a_foreign_library_gets_the_figures_that_it_should_and_a_repeat_changes_nothing() -> None:
    library, shelf = foreign_library(), built_in_shelf()
    entries = read_document(library.content, Ticker()).entries
    first = plan_of(entries, shelf)
    assert Counter(it.value for it in verdicts(first)) == library.expected
    assert [it.name for it in first.findings if it.verdict is Verdict.NEW] == library.novel
    for finding in first.findings:
        if finding.verdict in {Verdict.CHANGED, Verdict.SAME}:
            assert finding.known_as == library.meaning[finding.name]
    second = plan_of(entries, after(shelf, first))
    assert not second.does_something
    expected = library.expected
    assert second.figures() == {
        Verdict.NEW: 0,
        Verdict.CHANGED: 0,
        Verdict.SAME: expected["new"] + expected["changed"] + expected["same"],
        Verdict.CONFLICT: expected["conflict"],
        Verdict.REFUSED: expected["refused"],
    }


NAMES = st.sampled_from(
    ["Press", "press", "Presses", "Barbell Press", "Press (Barbell)", "Press (Dumbbell)", "Press (Row)", "Row", "Curl"]
)
MUSCLES = st.lists(st.sampled_from(["chest", "triceps"]), max_size=2, unique=True)
OURS = st.fixed_dictionaries(
    {"name": NAMES},
    optional={
        "aliases": st.lists(NAMES, max_size=2),
        "body_part": st.sampled_from(["chest", "back"]),
        "modality": st.sampled_from(["barbell", "dumbbell"]),
        "measure": st.sampled_from(["reps", "weight_reps"]),
        "rest": st.sampled_from([None, 60, -1]),
        "primary": MUSCLES,
        "secondary": MUSCLES,
        "archived": st.booleans(),
        "replace": st.booleans(),
    },
)
THEIRS = st.fixed_dictionaries(
    {
        "name": NAMES,
        "equipment": st.sampled_from(["barbell", "dumbbell", "other", None]),
        "primaryMuscles": st.sampled_from([[], ["chest"], ["lats"]]),
        "category": st.sampled_from(["strength", "stretching", "cardio"]),
    }
)
STANDING = st.lists(
    st.builds(
        lambda name, built_in, edited, archived, modality: shelved(
            0, name, built_in=built_in, edited=edited, archived=archived, modality=modality
        ),
        NAMES,
        *[st.booleans()] * 3,
        st.sampled_from([Modality.BARBELL, Modality.DUMBBELL]),
    ),
    max_size=3,
    unique_by=lambda it: it.name_key,
)


@given(st.one_of(st.lists(OURS, max_size=6), st.lists(THEIRS, max_size=6)), STANDING)
def test_whatever_is_loaded_a_repeat_changes_nothing_and_no_name_is_doubled(
    said: list[dict[str, Any]], standing: list[Shelved]
) -> None:
    entries = read_document(json.dumps(said).encode(), Ticker()).entries if said else []
    shelf = [replace(it, id=number) for number, it in enumerate(standing, start=1)]
    first = plan_of(entries, shelf)
    left = after(shelf, first)
    assert not plan_of(entries, left).does_something
    keys = [name_key(name) for it in left for name in (it.name, *it.aliases)]
    assert len(keys) == len(set(keys))
