import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.values.name_key import name_key

PRINTABLE = st.text().filter(str.isprintable)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Bench Press (Barbell)", "bench press barbell"),
        ("  bench   PRESS\t[barbell]\n", "bench press barbell"),
        ("Pull-up", "pull up"),
        ("Pull\N{EN DASH}up", "pull up"),
        ("Clean & Jerk", "clean jerk"),
        ("Straße", "strasse"),
        ("STRASSE", "strasse"),
        ("Élévation latérale", "elevation laterale"),
        ("E\N{COMBINING ACUTE ACCENT}le\N{COMBINING ACUTE ACCENT}vation latérale", "elevation laterale"),
        ("Løft", "loft"),
        ("Wyciskanie żołnierskie", "wyciskanie zolnierskie"),
        ("Đẩy ngực", "day nguc"),
        ("İTİŞ", "itis"),
        ("kırmızı", "kirmizi"),
        ("Ｂｅｎｃｈ", "bench"),
    ],
)
def test_case_accents_and_punctuation_make_no_difference(text: str, key: str) -> None:
    assert name_key(text) == key


@pytest.mark.parametrize("text", ["Farmer's Walk", "Farmer’s Walk", "Farmer´s Walk", "farmers walk"])
def test_apostrophes_part_no_words(text: str) -> None:
    assert name_key(text) == "farmers walk"


@pytest.mark.parametrize(
    "text", ["be\N{SOFT HYPHEN}nch", "\N{LEFT-TO-RIGHT MARK}bench", "bench\N{VARIATION SELECTOR-16}"]
)
def test_what_cannot_be_seen_makes_no_difference(text: str) -> None:
    assert name_key(text) == "bench"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("5/3/1", "5/3/1"),
        ("5-3-1", "5 3 1"),
        ("531", "531"),
        ("5×5", "5x5"),
        ("3/4 sit-up", "3/4 sit up"),
        ("¾ Sit-up", "3/4 sit up"),
        ("34 sit-up", "34 sit up"),
        ("1½ squat", "1 1/2 squat"),
        ("1 1/2 squat", "1 1/2 squat"),
        ("11/2 squat", "11/2 squat"),
        ("1.5 squat", "1.5 squat"),
        ("1,5 squat", "1.5 squat"),
        ("15 squat", "15 squat"),
        ("45° back extension", "45 back extension"),
        ("45º back extension", "45 back extension"),
        ("back extension", "back extension"),
        ("21s", "21s"),
        ("21's", "21s"),
        ("21", "21"),
        ("12-3-30", "12 3 30"),
        ("Push/Pull", "push pull"),
        ("Day 1. Squat", "day 1 squat"),
    ],
)
def test_numbers_keep_their_meaning(text: str, key: str) -> None:
    assert name_key(text) == key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Жим лёжа", "жим лежа"),
        ("ΚΆΘΙΣΜΑ", "καθισμα"),
        ("卧推（杠铃）", "卧推 杠铃"),
        ("ベンチプレス", "ベンチプレス"),
        ("ﾍﾞﾝﾁﾌﾟﾚｽ", "ベンチプレス"),
        ("벤치 프레스", "벤치 프레스"),
        ("ضغط الصدر", "ضغط الصدر"),
        ("बेंच प्रेस", "बेंच प्रेस"),
        ("สควอท", "สควอท"),
    ],
)
def test_names_in_any_script_stay_themselves(text: str, key: str) -> None:
    assert name_key(text) == unicodedata.normalize("NFC", key)


@pytest.mark.parametrize(
    ("one", "other"),
    [("カ", "ガ"), ("क", "क्"), ("คิ", "คี"), ("คุ", "คู"), ("か", "が")],
)
def test_marks_that_make_another_letter_are_no_accents(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize(
    ("text", "key"),
    [("💪", "💪"), (" 🏋️ ", "🏋️"), ("+++", "+++"), ("💪 Curl", "curl"), ("(½)", "1/2"), ("", ""), (" \n\t", "")],
)
def test_nothing_but_symbols_is_its_own_key(text: str, key: str) -> None:
    assert name_key(text) == key


@given(st.text())
def test_a_key_is_its_own_key(text: str) -> None:
    assert name_key(name_key(text)) == name_key(text)


@given(PRINTABLE)
def test_only_a_blank_text_has_an_empty_key(text: str) -> None:
    assert bool(name_key(text)) is bool(text.strip())


@given(st.text())
def test_a_key_is_trimmed(text: str) -> None:
    assert name_key(text) == name_key(text).strip()


@given(st.text(), st.sampled_from(["NFC", "NFD"]))
def test_composed_or_decomposed_is_the_same_name(text: str, form: str) -> None:
    words = f"a {text}"
    assert name_key(unicodedata.normalize(form, words)) == name_key(words)  # type: ignore[arg-type]


@given(st.text(st.characters(max_codepoint=0x24F)))
def test_case_is_the_same_name(text: str) -> None:
    words = f"a {text}"
    assert name_key(words.lower()) == name_key(words)
