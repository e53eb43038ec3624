"""Charts as pictures: what is drawn where, and that whatever a lifter's history is makes a picture that reads."""

from __future__ import annotations

import io
import itertools
import struct
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_rgb, to_rgba
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from PIL import Image, ImageColor

from handlers.charts.chart import Bar, Bars, Calendar, Chart, Point, Scale, Tick, Trend
from handlers.charts.drawing import drawn, on_paper
from handlers.charts.numbers import axis
from handlers.charts.paper import ACCENT_INK, BACKGROUND, INK, MAIN, MUTED, SHADES, WIDTH, drawable

FIRST = date(2026, 1, 1)
LONG = "Single-Arm Half-Kneeling Landmine Press with a Very Long Name"


def on(day: int) -> date:
    return FIRST + timedelta(days=day)


def trend(*points: Point, days: int = 364, scale: Scale = Scale.NUMBER, ticks: tuple[Tick, ...] = ()) -> Trend:
    return Trend("Bench Press", "kg", FIRST, on(days), ticks, points, scale, "record")


def months(days: int = 364) -> tuple[Tick, ...]:
    return tuple(Tick(on(day), f"{on(day):%b}") for day in range(days + 1) if on(day).day == 1)


def year(level: int = 0) -> Calendar:
    levels = tuple((on(day), level) for day in range(0, 365, 3) if level)
    return Calendar("2026", FIRST, on(364), levels, months(), ("Mon", "", "Wed", "", "Fri", "", ""), "less", "more")


CHARTS: dict[str, Chart] = {
    "no points": trend(),
    "one point": trend(Point(on(9), 100.0, "100 kg", is_record=True), ticks=months()),
    "one day": trend(Point(FIRST, 100.0, "100 kg"), days=0),
    "equal values": trend(*(Point(on(7 * week), 60.0, "60 kg") for week in range(52)), ticks=months()),
    "two on a day": trend(Point(on(3), 60.0, "60 kg"), Point(on(3), 62.5, "62.5 kg")),
    "records": trend(*(Point(on(5 * n), 60 + n / 2, f"{60 + n / 2} kg", is_record=True) for n in range(70))),
    "ten years": trend(*(Point(on(n), 100 + n % 9.0) for n in range(0, 3650, 2)), days=3650, ticks=months(3650)),
    "huge": trend(Point(on(1), 1.5e9, "1,500,000,000 kg"), Point(on(2), 2.5e9, "2,500,000,000 kg")),
    "tiny": trend(Point(on(1), 0.001), Point(on(2), 0.0025)),
    "zero": trend(Point(on(1), 0.0, "0"), Point(on(2), 0.0, "0")),
    "time": trend(Point(on(1), 59.0, "0:59"), Point(on(90), 3601.0, "1:00:01"), scale=Scale.DURATION),
    "long words": Trend(LONG, LONG, FIRST, on(9), (Tick(on(8), LONG),), (Point(on(8), 1.0, LONG),), record_word=LONG),
    "no bars": Bars("Sets", ()),
    "bars": Bars("Sets", tuple(Bar(name, 9.5, "9.5", 12.0) for name in ("Chest", "Back")), "usual"),
    "no amounts": Bars("Sets", (Bar("Chest", 0.0, "0", 0.0), Bar("Back", 0.0, "0")), "usual"),
    "many bars": Bars("Sets", tuple(Bar(f"{LONG} {n}", float(n), f"{n} sets", 20.0) for n in range(40)), LONG),
    "huge bar": Bars("Volume", (Bar("Back", 1e12, "1,000,000,000,000 kg", 1.0), Bar("Chest", 1.0, "1 kg", 1e12)), "-"),
    "a year": year(4),
    "an empty year": year(),
    "one day of a year": Calendar("-", FIRST, FIRST, ((FIRST, 9),), (Tick(FIRST, "Jan"),), (), "less", "more"),
    "five years": Calendar("-", FIRST, on(1825), (), months(1825), ("M", "T", "W", "T", "F", "S", "S"), LONG, LONG),
    "other letters": Bars("🏋️ 卧推 $x_1^2$", (Bar("🏋️", 1.0, "✓"), Bar("卧推\n推", 1.0, "жим"), Bar("", 1.0, "")), "🏋️"),
}


def words(chart: Chart) -> list[Text]:
    return on_paper(chart).figure.findobj(Text)


def said(chart: Chart) -> list[str]:
    return [text.get_text() for text in words(chart)]


def extents(chart: Chart) -> dict[str, Bbox]:
    return {text.get_text(): text.get_window_extent() for text in words(chart) if text.get_text()}


def along(line: Line2D) -> list[tuple[float, float]]:
    """The places that the line goes through or marks."""
    xs, ys = np.asarray(line.get_xdata(), float), np.asarray(line.get_ydata(), float)
    return list(zip(xs.tolist(), ys.tolist(), strict=True))


def lines(chart: Chart, style: str) -> list[Line2D]:
    return [one for one in on_paper(chart).figure.findobj(Line2D) if one.get_linestyle() == style]


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_whatever_the_history_is_there_is_a_picture_for_a_phone(chart: Chart) -> None:
    picture = drawn(chart)
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack_from(">II", picture, 16)
    assert width == WIDTH
    assert 500 <= height <= 2100
    assert len(picture) < 100_000
    assert drawn(chart) == picture


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_nothing_that_is_written_leaves_the_picture_or_meets_something_else(chart: Chart) -> None:
    height = on_paper(chart).height
    written = [text.get_window_extent() for text in words(chart) if text.get_text()]
    for box in written:
        assert box.x0 >= 0
        assert box.x1 <= WIDTH
        assert box.y0 >= 0
        assert box.y1 <= height
    for one, other in itertools.combinations(written, 2):
        # Letters keep a little room around them.
        assert not one.padded(-4).overlaps(other.padded(-4))


def test_signs_in_a_name_are_drawn_as_they_are_and_what_the_font_lacks_is_left_out() -> None:
    assert said(CHARTS["other letters"])[0] == "□□ $x_1^2$"
    assert drawable("🏋️ Bench 卧推 жим ✓ <b>") == "Bench □□ жим ✓ <b>"
    assert not any(text.get_parse_math() for text in words(CHARTS["other letters"]))
    assert drawable("a\u202eb\x00c\u200bd") == "ab cd"


def test_a_value_stands_at_its_number_and_its_day() -> None:
    chart = trend(Point(on(0), 100.0), Point(on(91), 110.0), Point(on(364), 120.0), ticks=(Tick(on(91), "April"),))
    (dots,) = [one for one in lines(chart, "None") if one.get_marker() == "o"]
    places, at = along(dots), extents(chart)
    for number, (_, y) in zip(("100", "110", "120"), places, strict=True):
        assert at[number].y0 < y < at[number].y1
    first, april, last = (x for x, _ in places)
    assert at["April"].x0 < april < at["April"].x1
    assert (april - first) / (last - first) == pytest.approx(91 / 364)


def test_a_pause_of_months_is_no_line_of_progress() -> None:
    before, after = [Point(on(7 * n), 80.0 + n) for n in range(8)], [Point(on(300 + 7 * n), 90.0) for n in range(8)]
    chart = trend(*before, *after)
    first, second = (along(line) for line in lines(chart, "-") if len(along(line)) == 8)
    (pause,) = lines(chart, "--")
    assert along(pause) == [first[-1], second[0]]


def test_who_trains_once_a_month_has_a_line() -> None:
    chart = trend(*(Point(on(50 * n), 80.0 + n) for n in range(7)))
    assert [len(along(line)) for line in lines(chart, "-") if len(along(line)) > 2] == [7]


def test_records_are_marked_by_a_shape_that_is_named() -> None:
    chart = trend(Point(on(1), 80.0), Point(on(9), 90.0, "90 kg", is_record=True))
    stars = [one for one in lines(chart, "None") if one.get_marker() == "*"]
    assert [len(along(one)) for one in stars] == [1, 1]  # one at its place, one at the word
    assert {"record", "90 kg"} <= set(said(chart))
    assert "record" not in said(trend(Point(on(1), 80.0)))


def test_a_calendar_shades_each_day_by_what_was_done() -> None:
    levels = ((on(0), 1), (on(1), 2), (on(9), 4))
    chart = Calendar("-", FIRST, on(13), levels, (), (), "less", "more")
    blocks = on_paper(chart).figure.findobj(FancyBboxPatch)
    days, legend = blocks[:14], blocks[14:]
    shades = [to_rgba(one) for one in SHADES]
    assert [shades.index(to_rgba(block.get_facecolor())) for block in days] == [
        1,
        2,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        4,
        0,
        0,
        0,
        0,
    ]
    assert len(legend) == len(shades)
    # Weeks stand side by side, Monday on top: a Thursday comes first, and the next column with the Monday after it.
    thursday, sunday, monday, next_thursday = (days[number] for number in (0, 3, 4, 7))
    assert thursday.get_x() == sunday.get_x() < monday.get_x() == next_thursday.get_x()
    assert thursday.get_y() == next_thursday.get_y()
    assert monday.get_y() > thursday.get_y() > sunday.get_y()


def test_few_bytes_change_no_colour() -> None:
    picture = Image.open(io.BytesIO(drawn(CHARTS["an empty year"]))).convert("RGB")
    pixels = np.asarray(picture, int).reshape(-1, 3)
    for wanted in map(ImageColor.getrgb, (BACKGROUND, *SHADES)):
        # No eye sees four steps of 256.
        assert np.abs(pixels - np.asarray(wanted)).max(axis=1).min() <= 4


def _light(colour: str) -> float:
    parts = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in to_rgb(colour)]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def _contrast(one: str, other: str) -> float:
    lights = sorted([_light(one), _light(other)])
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def test_colours_read_without_being_told_apart_by_hue() -> None:
    for ink in (INK, MUTED, ACCENT_INK):
        assert _contrast(ink, BACKGROUND) >= 4.5  # as the Web Content Accessibility Guidelines ask of words
    assert _contrast(MAIN, BACKGROUND) >= 3
    for lighter, darker in itertools.pairwise((BACKGROUND, *SHADES)):
        assert _light(lighter) > _light(darker)
    assert all(_contrast(*pair) >= 1.35 for pair in itertools.pairwise(SHADES))


@given(
    st.lists(
        st.floats(-1e7, 1e7) | st.integers(0, 500).map(float) | st.integers(0, 2000).map(lambda n: n / 4), max_size=9
    ),
    st.sampled_from(Scale),
)
def test_an_axis_has_room_for_all_values_and_few_numbers_that_differ(values: list[float], scale: Scale) -> None:
    numbers = axis(values, scale)
    assert 2 <= len(numbers.ticks) <= 9
    assert all(before < after for before, after in itertools.pairwise(numbers.ticks))
    assert len(set(numbers.texts)) == len(numbers.texts)
    assert numbers.ticks[0] >= 0 or min(values) < 0
    assert all(-1e-9 <= numbers.place(value) <= 1 + 1e-9 for value in values)


@pytest.mark.parametrize(
    ("values", "scale", "texts"),
    [
        ([100, 120], Scale.NUMBER, ["90", "100", "110", "120", "130"]),
        ([8, 8, 8], Scale.NUMBER, ["7", "8", "9"]),
        ([40, 170], Scale.DURATION, ["0:00", "1:00", "2:00", "3:00", "4:00"]),
        ([12345, 15000], Scale.NUMBER, ["12,000", "13,000", "14,000", "15,000", "16,000"]),
        ([74.5], Scale.NUMBER, ["70", "75", "80"]),
        ([0.5, 0.75], Scale.NUMBER, ["0.4", "0.5", "0.6", "0.7", "0.8"]),
    ],
)
def test_numbers_are_written_as_one_would(values: list[float], scale: Scale, texts: list[str]) -> None:
    assert axis([float(value) for value in values], scale).texts == texts
