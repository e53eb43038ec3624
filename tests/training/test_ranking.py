from datetime import timedelta

import pytest

from storage.catalogue import built_in
from storage.finding import Named, Use
from storage.values.name_key import name_key
from tests.support.clock import MONDAY_EVENING
from training.ranking import Likeness, certain, closest_first, guessed, likeness, related, usual_first

EXACT, SAME, WHOLE, BEGUN = Likeness


@pytest.mark.parametrize(
    ("text", "key", "answers"),
    [
        ("bench", "bench", EXACT),
        ("press bench", "bench press", SAME),
        ("db bench", "dumbbell bench", SAME),
        ("barbell rows", "row barbell", SAME),
        ("benchpress", "bench press", SAME),
        ("ben chpress", "bench press", SAME),
        ("romanians", "romanian", SAME),
        ("lateral", "laterals", WHOLE),  # but not the other way round
        ("press", "bench press", WHOLE),
        ("press bench", "bench press machine", WHOLE),
        ("pull down", "lat pulldown", WHOLE),
        ("benc", "bench press", BEGUN),
        ("pre ben", "bench press", BEGUN),
        ("walkin", "walking lunge", BEGUN),
        ("bench p", "bench press", BEGUN),
        ("p bench", "bench press", None),
        ("sit-up", "l sit pull ups", None),
        ("low to high fly", "high to low fly", None),
        ("be", "bench press", None),
        ("bench", "workbench", None),
        ("chin", "row machine", None),
        ("chin", "neutral grip chin up", BEGUN),
        ("row", "narrow grip press", None),
        ("press xyzzy", "bench press", None),
        ("bench", "press", None),
    ],
)
def test_how_well_a_name_answers(text: str, key: str, answers: Likeness | None) -> None:
    assert likeness(text, key) == answers


def test_what_a_lifter_may_mean_by_a_name_is_better_the_surer_it_is() -> None:
    assert EXACT < SAME < WHOLE < BEGUN


def named(number: int, name: str, *aliases: str) -> list[Named]:
    return [Named(number, name, name, key) for key in (name, *aliases)]


LIBRARY = [
    *named(1, "benched walk"),
    *named(2, "incline bench"),
    *named(3, "bench press machine"),
    *named(4, "bench press", "bp"),
    *named(5, "bench dip", "dip"),
]
LAST_WEEK = MONDAY_EVENING - timedelta(days=7)


def ids(found: list[Named]) -> list[int]:
    return [name.id for name in found]


def test_use_decides_among_names_that_answer_equally_well() -> None:
    assert ids(closest_first("bench", LIBRARY, {})) == [5, 4, 3, 2, 1]
    used = {1: Use(9, MONDAY_EVENING), 2: Use(2, LAST_WEEK), 4: Use(1, MONDAY_EVENING)}
    assert ids(closest_first("bench", LIBRARY, used)) == [2, 4, 5, 3, 1]


def test_what_most_people_do_is_first_among_what_is_not_used() -> None:
    presses = [
        *named(1, "z press barbell"),
        *named(2, "bench press barbell", "bench press"),
        *named(3, "jm press barbell"),
    ]
    assert ids(closest_first("press", presses, {})) == [2, 1, 3]
    assert ids(closest_first("press", presses, {3: Use(1, LAST_WEEK)})) == [3, 2, 1]


def test_names_that_do_not_answer_are_left_out() -> None:
    assert ids(closest_first("bench", [*named(1, "bench"), *named(2, "press")], {})) == [1]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("bench press", 4),
        ("bp", 4),
        ("press bench", 4),
        ("machine bench presses", 3),
        ("dips", 5),
        ("incline bench", 2),
        ("ben walk", 1),  # found alone, and says that it is a walk
        ("walk", None),
        ("incline", None),  # found alone, but doesn't say what it is
        ("press", None),
        ("bench", None),
        ("xyzzy", None),
    ],
)
def test_one_is_certain_if_it_alone_has_the_name_or_is_found_by_its_own(text: str, meant: int | None) -> None:
    it = certain(text, LIBRARY)
    assert (it and it.id) == meant


def test_what_the_lifter_alone_calls_so_is_certain_whatever_else_has_the_name() -> None:
    theirs = Named(2, "Press", "press", "bench", is_private=True)
    everybodys = named(1, "bench")
    meant = certain("bench", [*everybodys, theirs])
    assert meant is theirs
    assert certain("bench", everybodys) in everybodys
    assert certain("benches", [*everybodys, theirs]) is None


def test_one_that_is_found_by_a_part_of_an_alias_is_not_certain() -> None:
    assert certain("hand wide bike", named(1, "arm bike", "wide hand bike old")) is None
    assert certain("wide arm bike", named(1, "wide arm bike old", "hand bike")) is None
    assert certain("wide bike", named(1, "wide arm bike", "hand bike")) is not None


def test_what_it_is_done_with_may_be_left_out_where_one_is_found_alone() -> None:
    (halo,) = (Named(1, name, name_key(name), name_key(name)) for name in ["Halo (Kettlebell)"])
    assert certain("halo", [halo]) is halo
    assert certain("kettlebell", [halo]) is None


def test_what_does_not_say_what_it_is_but_what_another_one_is_is_not_certain() -> None:
    pushdown, extension = named(1, "pushdown", "cable extension"), named(2, "overhead cable extension")
    assert certain("cable extension", pushdown) is not None
    assert certain("cable extension", [*pushdown, *extension]) is None
    assert certain("cable extension", [*pushdown, *named(2, "cable extension row")]) is not None
    assert certain("cable extension", [*named(1, "low extension", "cable extension"), *extension]) is not None


def test_a_word_that_only_happens_to_be_in_what_else_few_are_called_means_none_of_them() -> None:
    rows = [*named(1, "outdoor row", "water row"), *named(2, "canoe", "water boat"), *named(3, "swim", "water walk")]
    assert closest_first("water", rows[:4], {}) == []
    assert ids(closest_first("water row", rows[:4], {})) == [1]
    assert len(closest_first("water", rows, {})) == 3
    assert ids(closest_first("water", [*rows[:2], *named(4, "water jug")], {})) == [1, 4]
    theirs = Named(5, "Swim", "swim", "water things", is_theirs=True)
    assert closest_first("water", [theirs], {}) == [theirs]


def test_a_name_that_two_have_is_certain_for_none_though_a_third_has_its_words() -> None:
    assert certain("press", [*named(1, "press"), *named(2, "press"), *named(3, "presses")]) is None
    assert certain("dips", [*named(1, "dip"), *named(2, "dip"), *named(3, "dipping")]) is None


def test_what_was_used_as_often_is_first_if_it_was_used_later() -> None:
    used = {2: Use(2, LAST_WEEK), 3: Use(2, MONDAY_EVENING), 4: Use(1, MONDAY_EVENING)}
    assert ids(closest_first("bench", LIBRARY[:3], used)) == [3, 2, 1]


def test_among_equals_the_name_decides_and_then_the_id() -> None:
    twins = [*named(8, "press"), *named(7, "press")]
    assert ids(closest_first("press", twins, {})) == [7, 8]


def test_what_is_used_often_gives_way_to_what_is_used_lately() -> None:
    def used(number: int, times: int, weeks_ago: int) -> tuple[Named, Use]:
        return Named(number, "-", "-", "-"), Use(times, MONDAY_EVENING - timedelta(weeks=weeks_ago))

    assert ids(usual_first([used(1, 30, 26), used(2, 3, 0), used(3, 8, 1), used(4, 3, 1)])) == [3, 2, 4, 1]
    assert usual_first([]) == []


def test_names_that_share_more_with_a_text_are_nearer() -> None:
    names = [*named(1, "zercher squat", "zs"), *named(2, "squat"), *named(3, "zercher squat to box")]
    assert ids(related({"zerc", "squa", "box"}, names, {})) == [3, 1, 2]
    assert ids(related({"squa"}, names, {3: Use(1, MONDAY_EVENING)})) == [3, 2, 1]


def test_every_exercise_is_listed_once_by_the_name_that_answers_best() -> None:
    found = closest_first("dip", named(5, "bench dip", "dip", "dips"), {})
    assert found == [Named(5, "bench dip", "bench dip", "dip")]


def test_guesses_are_ordered_by_slips_then_by_use() -> None:
    names = [*named(1, "benhc"), *named(2, "bench press", "bench lift"), *named(3, "bench dip"), *named(4, "squat")]
    assert ids(guessed("benhc", names, {})) == [1, 3, 2]
    assert ids(guessed("benhc", names, {2: Use(1, LAST_WEEK)})) == [1, 2, 3]
    assert guessed("xyzzy", names, {}) == []


def test_a_guess_that_has_all_its_words_in_the_text_is_first_among_equals() -> None:
    names = [*named(1, "hip thruster"), *named(2, "thruster")]
    assert ids(guessed("thrsuter", names, {1: Use(9, MONDAY_EVENING)})) == [2, 1]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("start", "star jump"),
        ("table", "cable row"),
        ("time", "tire"),
        ("stop", "step up"),
        ("pressure", "press ups"),
        ("material", "lateral raise"),
    ],
)
def test_a_word_alone_is_no_slip_for_a_short_one_or_for_a_part_of_a_name(text: str, name: str) -> None:
    assert guessed(text, named(1, name), {}) == []


def test_a_word_alone_may_be_a_slip_for_a_part_of_a_name_that_the_lifter_gave() -> None:
    theirs = Named(1, "Swim", "swim", "the classic", is_theirs=True)
    assert guessed("clasic", [theirs], {}) == [theirs]


@pytest.mark.parametrize(
    ("text", "name"),
    [("sqaut", "squat"), ("yoag", "yoga"), ("bulgaran", "bulgarian split squat"), ("cabel row", "cable row")],
)
def test_a_word_alone_may_be_a_slip_for_a_whole_name_or_if_it_is_long_for_a_part(text: str, name: str) -> None:
    assert ids(guessed(text, named(1, name), {})) == [1]


def test_a_text_without_its_spaces_is_guessed_too() -> None:
    names = [*named(1, "lat pulldown"), *named(2, "pec dec")]
    assert ids(guessed("lat pull dwn", names, {})) == [1]
    assert ids(guessed("pec dek", names, {})) == [2]


BUILT_IN = [
    Named(number, entry.name, name_key(entry.name), name_key(name))
    for number, entry in enumerate(built_in())
    for name in (entry.name, *entry.aliases)
]


def test_every_built_in_exercise_is_guessed_with_neighbours_swapped_in_the_longest_word_of_its_name() -> None:
    for name in BUILT_IN:
        if name.key != name.name_key:
            continue
        longest = max(name.name_key.split(), key=len)
        if len(longest) < 4:
            continue
        swapped = name.name_key.replace(longest, longest[0] + longest[2] + longest[1] + longest[3:], 1)
        assert likeness(swapped, name.key) is not None or guessed(swapped, [name], {}) == [name], swapped


@pytest.mark.parametrize(
    "text", ["hello", "thanks", "how are you", "good morning to you", "what now", "100x5", "xyzzy"]
)
def test_what_is_no_exercise_is_not_guessed_to_be_one(text: str) -> None:
    assert guessed(text, BUILT_IN, {}) == []
