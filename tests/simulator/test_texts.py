"""How a text is read: Telegram's HTML, cleaning, entities.

Sources: tdlib/td, MessageEntity.cpp (`parse_html`, `match_bot_commands`, `fix_entities`, `fix_formatted_text`) and
misc.cpp (`clean_input_string`, `is_empty_string`); tdlib/telegram-bot-api, Client.cpp (`get_formatted_text`); https://core.telegram.org/bots/api#html-style.
"""

from __future__ import annotations

import json
from contextlib import suppress
from html import escape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.arguments import Arguments
from simulator.entities import covered
from simulator.errors import ApiError
from simulator.html import parse_html
from simulator.places import units
from simulator.texts import FormattedText, caption, check_caption, check_text, message_text


def sent(text: str, **more: str) -> FormattedText:
    return message_text(Arguments({"text": text, **more}, {}))


def html(text: str) -> FormattedText:
    return sent(text, parse_mode="HTML")


HALF_A_PAIR = (
    "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units"
)

REFUSED = [
    ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
    ("x</b>", "Unexpected end tag at byte offset 1"),
    ("é</b>", "Unexpected end tag at byte offset 2"),
    ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
    ("<b>x</b", "Unclosed end tag at byte offset 4"),
    ("a < b>", 'Unsupported start tag "" at byte offset 2'),
    ("<3", "Unclosed start tag at byte offset 0"),
    ("<b", "Unclosed start tag at byte offset 0"),
    ("<b class", 'Unclosed start tag "b" at byte offset 0'),
    ("<b class= ", 'Unclosed start tag "b" at byte offset 0'),
    ("<b class=x", "Unclosed start tag at byte offset 0"),
    ("<b ", 'Empty attribute name in the tag "b" at byte offset 0'),
    ("<b />", 'Empty attribute name in the tag "b" at byte offset 0'),
    ("<a x\" href='a.io'>", 'Empty attribute name in the tag "a" at byte offset 0'),
    ("<b/>", 'Unsupported start tag "b/" at byte offset 0'),
    ("<b\0>x</b>", "Unclosed start tag at byte offset 0"),
    ("<a href='x", "Unclosed start tag at byte offset 0"),
    ("x <br> y", 'Unsupported start tag "br" at byte offset 2'),
    ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
    ("<ul>", 'Unsupported start tag "ul" at byte offset 0'),
    ("<table>", 'Unsupported start tag "table" at byte offset 0'),
    ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ("<a href=x/y>z</a>", "Unexpected end of name token at byte offset 8"),
    ("<a =x>z</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
    ("<tg-emoji emoji-id='x'>z</tg-emoji>", "Invalid custom emoji identifier specified"),
    ("<tg-time unix='17' format='q'>z</tg-time>", "Invalid date format used"),
    ("<tg-time unix='0' format='rt'>z</tg-time>", "Invalid date format used"),
    ("&#xd83d;", HALF_A_PAIR),
]  # fmt: skip


@pytest.mark.parametrize(("text", "detail"), REFUSED)
def test_wrong_markup_is_refused_with_the_byte_where_it_is_wrong(text: str, detail: str) -> None:
    with pytest.raises(ApiError) as refused:
        html(text)

    assert refused.value.description == f"Bad Request: can't parse entities: {detail}"


ENTITIES: list[tuple[str, str, list[dict[str, Any]]]] = [
    ("<b>x</b>", "x", [{"type": "bold", "offset": 0, "length": 1}]),
    ("<STRONG>x</Strong>", "x", [{"type": "bold", "offset": 0, "length": 1}]),
    ("<i>x</>", "x", [{"type": "italic", "offset": 0, "length": 1}]),
    ("<em>x</em>", "x", [{"type": "italic", "offset": 0, "length": 1}]),
    ("<u>x</u><ins>y</ins>", "xy", [{"type": "underline", "offset": 0, "length": 2}]),
    ("<s>x</s><strike>y</strike><del>z</del>", "xyz", [{"type": "strikethrough", "offset": 0, "length": 3}]),
    ("<tg-spoiler>x</tg-spoiler>", "x", [{"type": "spoiler", "offset": 0, "length": 1}]),
    ('<span class="tg-spoiler">x</span>', "x", [{"type": "spoiler", "offset": 0, "length": 1}]),
    ("<blockquote>x</blockquote>", "x", [{"type": "blockquote", "offset": 0, "length": 1}]),
    ("<blockquote expandable>x</blockquote>", "x", [{"type": "expandable_blockquote", "offset": 0, "length": 1}]),
    ("<pre>x</pre>", "x", [{"type": "pre", "offset": 0, "length": 1}]),
    ('<pre><code class="language-py">x</code></pre>', "x",
     [{"type": "pre", "offset": 0, "length": 1, "language": "py"}]),
    ('<code class="language-py">x</code>', "x", [{"type": "code", "offset": 0, "length": 1}]),
    ('<a href="https://a.io/?a=1&amp;b=2">x</a>', "x",
     [{"type": "text_link", "offset": 0, "length": 1, "url": "https://a.io/?a=1&b=2"}]),
    ("<a href='a.io'>x</a>", "x", [{"type": "text_link", "offset": 0, "length": 1, "url": "http://a.io/"}]),
    ("<a>a.io</a>", "a.io", [{"type": "text_link", "offset": 0, "length": 4, "url": "http://a.io/"}]),
    ("<a href='javascript:x'>x</a>", "x", []),
    ("<a href='nowhere'>x</a>", "x", []),
    ("<a href='tg://user?id=5'>x</a>", "x", [
        {"type": "text_mention", "offset": 0, "length": 1, "user": {"id": 5, "is_bot": False, "first_name": ""}}]),
    ("<a href='tg://user?id=" + "1" * 5000 + "'>x</a>", "x", [
        {"type": "text_link", "offset": 0, "length": 1, "url": "tg://user?id=" + "1" * 5000}]),
    ('<tg-time unix="1700000000" format="wDT">x</tg-time>', "x",
     [{"type": "date_time", "offset": 0, "length": 1, "unix_time": 1700000000, "date_time_format": "wDT"}]),
    ('<tg-emoji emoji-id="5">x</tg-emoji>', "x",
     [{"type": "custom_emoji", "offset": 0, "length": 1, "custom_emoji_id": "5"}]),
    ("<b id=x>y</b>", "y", [{"type": "bold", "offset": 0, "length": 1}]),
    ("💪<b>🏋️ x</b>", "💪🏋️ x", [{"type": "bold", "offset": 2, "length": 5}]),
    ("<b></b>x", "x", []),
    ("5 & 6 &nbsp;", "5 & 6 &nbsp;", []),
    ("&lt;&gt;&amp;&quot;&apos;", '<>&"&apos;', []),
    ("&lt5 &#65;&#x42; &#0; &#", "<5 AB &#0; &#", []),
    ("&#" + "1" * 5000, "&#" + "1" * 5000, []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "plain", "entities"), ENTITIES)
def test_markup_becomes_entities(text: str, plain: str, entities: list[dict[str, Any]]) -> None:
    assert html(text) == FormattedText(plain, entities)


TIMES = [
    ("unix='17' format='r'", 17, "r"),
    ("unix='17' format='R'", 17, "r"),
    ("unix='17' format='TDw'", 17, "wDT"),
    ("unix='17' format='Wdt'", 17, "wdt"),
    ("unix='17' format='DdTt'", 17, "dt"),
    ("unix='17'", 17, ""),
    ("unix='17.5' format='t'", 17, "t"),
    ("unix='2147483647'", 2147483647, ""),
    ("unix='4294967313'", 17, ""),
]


@pytest.mark.parametrize(("attributes", "unix", "layout"), TIMES)
def test_a_time_is_given_back_in_telegrams_own_order(attributes: str, unix: int, layout: str) -> None:
    (entity,) = html(f"<tg-time {attributes}>x</tg-time>").entities

    assert (entity["unix_time"], entity["date_time_format"]) == (unix, layout)


@pytest.mark.parametrize("unix", ["unix='0'", "unix='-5'", "unix='soon'", "unix=''", "unix='2147483648'", ""])
def test_a_time_that_is_none_is_only_text(unix: str) -> None:
    assert html(f"<tg-time {unix} format='r'>x</tg-time>") == FormattedText("x")


NESTED = [
    ("<b>x<i>y</i></b>", [("bold", "x"), ("bold", "y"), ("italic", "y")]),
    ("<b>x<b>y</b></b><b>z</b>", [("bold", "xyz")]),
    ("<b><code>x</code></b>", [("code", "x")]),
    ("<code>x<i>y</i></code>", [("code", "xy")]),
    ("<pre><code>x</code></pre>", [("pre", "x")]),
    ("<b>a<code>x</code>c</b>", [("bold", "a"), ("code", "x"), ("bold", "c")]),
    ("<a href='a.io'><code>x</code></a>", [("code", "x")]),
    ("<a href='a.io'>x<a href='b.io'>y</a></a>", [("text_link", "xy")]),
    ("<a href='a.io'>x<b>y</b></a>", [("text_link", "xy"), ("bold", "y")]),
    ("<b>a<tg-time unix='17'>x</tg-time>c</b>", [("bold", "a"), ("date_time", "x"), ("bold", "c")]),
    ("<blockquote>x<blockquote expandable>y</blockquote></blockquote>", [("blockquote", "xy")]),
    ("<blockquote>x<code>y</code></blockquote>", [("blockquote", "xy"), ("code", "y")]),
    ("<code>x<blockquote>y</blockquote></code>", [("blockquote", "y")]),
    ("<b>/start now</b>", [("bot_command", "/start"), ("bold", "/start"), ("bold", " now")]),
    ("<a href='a.io'>/start</a>", [("text_link", "/start")]),
]


@pytest.mark.parametrize(("text", "entities"), NESTED)
def test_entities_stand_together_as_telegram_lets_them(text: str, entities: list[tuple[str, str]]) -> None:
    formatted = html(text)

    assert [(one["type"], covered(formatted.text, one)) for one in formatted.entities] == entities


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r")))
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    assert parse_html(f"<b>{escape(text)}</b>")[0] == text


@given(st.text(st.sampled_from("<>/&;=\"' abq#x6é💪"), max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(ApiError):
        plain, entities = parse_html(text)
        assert all(covered(plain, entity) for entity in entities)


def test_a_text_is_trimmed_and_its_entities_move_along() -> None:
    text = html("\n  \t<b>a</b>\r\n\x07<i>b  </i> ")

    assert text.text == "a\n b"
    assert [one["offset"] for one in text.entities] == [0, 3]
    assert [(one["type"], covered(text.text, one)) for one in text.entities] == [("bold", "a"), ("italic", "b")]


def test_the_first_entity_keeps_its_spaces() -> None:
    assert html(" \n<b> x</b>") == FormattedText(" x", [{"type": "bold", "offset": 0, "length": 2}])


def test_what_telegram_drops_is_gone() -> None:
    dropped = "".join(map(chr, range(0x2028, 0x202F))) + "\r\u030a\u0333\u033f"

    assert sent(f"a{dropped}b") == FormattedText("ab")
    assert sent("a\u200e\u200f\u200eb").text == "a\u200c\u200c\u200eb"
    assert html(f"a{dropped}<b>b</b>").entities == [{"type": "bold", "offset": 1, "length": 1}]


UNSEEN = [" ", "\n", "\u200b", "\u200f", "\u2800", "\u00a0", "\u3000", "\ufeff", "\ufffc", "\u2003", "\U000e0020"]


@pytest.mark.parametrize("unseen", [*UNSEEN, "".join(UNSEEN)])
def test_a_text_that_shows_nothing_is_empty(unseen: str) -> None:
    with pytest.raises(ApiError, match="text must be non-empty"):
        check_text(html(f"<b>{unseen}</b>"))
    check_text(html(f"<b>{unseen}</b>x"))


def test_entities_that_a_trimmed_text_lost_are_gone() -> None:
    assert html("x <b> </b>") == FormattedText("x")


def test_at_most_a_hundred_entities_are_kept() -> None:
    assert len(html("<b>x</b> " * 101).entities) == 100


COMMANDS = [
    ("/start", ["/start"]),
    ("/start payload", ["/start"]),
    ("/set@spotter_bot bench", ["/set@spotter_bot"]),
    ("see /help or /cancel.", ["/help", "/cancel"]),
    ("💪 /undo", ["/undo"]),
    ("5/3/1", []),
    ("http://a.io/b", []),
    ("/a/b", []),
    ("</b>", []),
    ("/" + "a" * 64, ["/" + "a" * 64]),
    ("/" + "a" * 65, []),
    ("/a@", []),
    ("/help@ab", []),
    ("/help@abc", ["/help@abc"]),
    ("/help@" + "a" * 33, []),
    ("/help@abc@d", ["/help@abc"]),
]


@pytest.mark.parametrize(("text", "commands"), COMMANDS)
def test_commands_in_a_text_are_found(text: str, commands: list[str]) -> None:
    entities = sent(text).entities

    assert [covered(text, one) for one in entities if one["type"] == "bot_command"] == commands


def test_what_stands_in_code_is_no_command() -> None:
    assert [one["type"] for one in html("<code>/start</code>").entities] == ["code"]


ADDRESSES = [
    ("see https://a.io/b?c=(d), or HTTP://b.io.", ["https://a.io/b?c=(d)", "HTTP://b.io"]),
    ("http://a.io:8080/x_y#z!", ["http://a.io:8080/x_y#z"]),
    ("https://nowhere xhttps://a.io ftp://a.io", []),
    ("<https://a.io>", ["https://a.io"]),
]


@pytest.mark.parametrize(("text", "addresses"), ADDRESSES)
def test_addresses_in_a_text_are_found(text: str, addresses: list[str]) -> None:
    assert [covered(text, one) for one in sent(text).entities if one["type"] == "url"] == addresses


STATED: list[dict[str, Any]] = [
    {"type": "bold"},
    {"type": "expandable_blockquote"},
    {"type": "pre"},
    {"type": "pre", "language": "py"},
    {"type": "text_link", "url": "https://a.io/"},
    {"type": "text_mention", "user": {"id": 5, "is_bot": False, "first_name": ""}},
    {"type": "custom_emoji", "custom_emoji_id": "5"},
    {"type": "date_time", "unix_time": 17, "date_time_format": "wDT"},
]


@pytest.mark.parametrize("about", STATED, ids=lambda about: "-".join(map(str, about)))
def test_a_bot_can_state_the_entities_itself(about: dict[str, Any]) -> None:
    given_entities = [{**about, "offset": 0, "length": 2}]

    assert sent("💪", entities=json.dumps(given_entities)).entities == given_entities


@pytest.mark.parametrize("given_entities", ["[", "{}", "5", '[{"type": "url", "offset": 0, "length": 1}]'])
def test_entities_that_nobody_can_read_or_state_are_none(given_entities: str) -> None:
    assert sent("x", entities=given_entities) == FormattedText("x")


def test_markdown_is_read_by_telegram_alone() -> None:
    with pytest.raises(ApiError) as refused:
        sent("*x*", parse_mode="MarkdownV2")

    assert refused.value.code == 501


def test_a_missing_caption_needs_no_markup() -> None:
    assert caption(Arguments({"parse_mode": "rtf"}, {})) == FormattedText("")


def test_a_length_counts_code_points_and_an_offset_counts_utf16_units() -> None:
    check_text(sent("💪" * 4096))
    assert units("💪") == 2
    with pytest.raises(ApiError, match="message is too long"):
        check_text(sent("💪" * 4097))


def test_a_caption_may_be_a_quarter_as_long_as_a_text() -> None:
    check_caption(FormattedText("c" * 1024))
    with pytest.raises(ApiError, match="Bad Request: message caption is too long"):
        check_caption(FormattedText("c" * 1025))
