"""Telegram's HTML, read exactly as Telegram does.

The grammar and the words of the errors are those of tdlib/td, MessageEntity.cpp, `parse_html`, as of Bot API
10.0; offsets in errors are bytes of the raw text in UTF-8.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from simulator.errors import ApiError, bad_request
from simulator.html_tags import TAGS, entity_for
from simulator.nesting import Entity, in_order
from simulator.places import units

_END: Final = b"\0"
"""What Telegram finds behind a text, and takes for its end within one."""

_SPACE: Final = b" \t\n\r\v" + _END
_REFERENCE: Final = re.compile(rb"&(?:#x([0-9a-fA-F]*)|#([0-9]*)|([a-zA-Z]*));?")
_NAMED: Final = {b"lt": "<", b"gt": ">", b"amp": "&", b"quot": '"'}
_LONGEST_NUMBER: Final = 10
_END_OF_UNICODE: Final = 0x10FFFF
_NAME_TOKEN: Final = re.compile(rb"[A-Za-z0-9.-]*")


def parse_html(text: str) -> tuple[str, list[Entity]]:
    """The plain text and its entities. Refuses markup that Telegram refuses."""
    return _Reader(text.encode()).read()


@dataclass
class _Open:
    """A tag that waits for its end."""

    name: str
    attributes: dict[str, str]
    offset: int
    text_from: int


@dataclass
class _Reader:
    raw: bytes
    at: int = 0
    offset: int = 0
    text: list[str] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def read(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.raw):
            if self._byte() == b"&":
                self._write(self._reference())
            elif self._byte() != b"<":
                self._write(self._plain())
            elif self._byte(1) == b"/":
                self._end_tag()
            else:
                self._start_tag()
        if self.open:
            raise _refused(f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"')
        return self._whole_text(), in_order(map(_without_language, self.entities))

    def _whole_text(self) -> str:
        text = "".join(self.text)
        try:
            return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
        except UnicodeDecodeError:
            raise _refused(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            ) from None

    def _write(self, part: str) -> None:
        self.text.append(part)
        self.offset += units(part)

    def _byte(self, ahead: int = 0) -> bytes:
        """One byte, or what stands for the end of the text, which counts as a space."""
        return self.raw[self.at + ahead : self.at + ahead + 1] or _END

    def _plain(self) -> str:
        """Everything up to the next thing that means something."""
        end = min((place for one in b"&<" if (place := self.raw.find(one, self.at)) >= 0), default=len(self.raw))
        part = self.raw[self.at : end]
        self.at = end
        return part.decode()

    def _reference(self) -> str:
        """A character reference, or the ampersand itself if it is none that Telegram knows."""
        found = _REFERENCE.match(self.raw, self.at)
        character = _character(found) if found else ""
        self.at = found.end() if found and character else self.at + 1
        return character or "&"

    def _start_tag(self) -> None:
        begin = self.at
        self.at += 1
        name = self._until(b">").lower().decode()
        if self._byte() == _END:
            raise _refused(f"Unclosed start tag at byte offset {begin}")
        if name not in TAGS:
            raise _refused(f'Unsupported start tag "{name}" at byte offset {begin}')
        attributes: dict[str, str] = {}
        while self._skip_spaces() != b">":
            self._attribute(name, attributes, begin)
        self.at += 1
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise _refused(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        self.open.append(_Open(name, attributes, self.offset, len(self.text)))

    def _attribute(self, tag: str, attributes: dict[str, str], begin: int) -> None:
        name = self._until(b"=>/\"'").decode()
        if not name:
            raise _refused(f'Empty attribute name in the tag "{tag}" at byte offset {begin}')
        has_value = self._skip_spaces() == b"="
        if has_value:
            self.at += 1
            self._skip_spaces()
        if self._byte() == _END:
            raise _refused(f'Unclosed start tag "{tag}" at byte offset {begin}')
        if not has_value:
            attributes.setdefault(name, "")
            return
        attributes[name] = self._value()
        if self._byte() == _END:
            raise _refused(f"Unclosed start tag at byte offset {begin}")

    def _value(self) -> str:
        quote = self._byte()
        if quote in (b"'", b'"'):
            self.at += 1
            return self._quoted(quote)
        begin = self.at
        found = _NAME_TOKEN.match(self.raw, begin)
        token = found.group() if found else b""
        self.at += len(token)
        if self._byte() not in _SPACE and self._byte() != b">":
            raise _refused(f"Unexpected end of name token at byte offset {begin}")
        return token.decode().lower()

    def _quoted(self, quote: bytes) -> str:
        parts: list[str] = []
        while self._byte() not in (quote, _END):
            if self._byte() == b"&":
                parts.append(self._reference())
                continue
            begin = self.at
            while self._byte() not in (quote, b"&", _END):
                self.at += 1
            parts.append(self.raw[begin : self.at].decode())
        self.at += self._byte() == quote
        return "".join(parts)

    def _end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise _refused(f"Unexpected end tag at byte offset {begin}")
        self.at += 2
        name = self._until(b">").lower().decode()
        if self._skip_spaces() != b">":
            raise _refused(f"Unclosed end tag at byte offset {begin}")
        self.at += 1
        tag = self.open.pop()
        if name not in ("", tag.name):
            raise _refused(f'Unmatched end tag at byte offset {begin}, expected "</{tag.name}>", found "</{name}>"')
        if self.offset > tag.offset:
            self._cover(tag)

    def _cover(self, tag: _Open) -> None:
        inner = "".join(self.text[tag.text_from :])
        entity = entity_for(tag.name, tag.attributes, inner)
        if entity is None:
            return
        entity = {**entity, "offset": tag.offset, "length": self.offset - tag.offset}
        last = self.entities[-1] if self.entities else None
        if last and _is_block_of_code(last, entity):
            self.entities[-1] = {**last, **entity, "type": "pre"}
        else:
            self.entities.append(entity)

    def _until(self, stops: bytes) -> bytes:
        """What comes before a space or one of the stops."""
        begin = self.at
        while self._byte() not in _SPACE and self._byte() not in stops:
            self.at += 1
        return self.raw[begin : self.at]

    def _skip_spaces(self) -> bytes:
        """Passes over spaces; returns the byte that comes then."""
        while self._byte() != _END and self._byte() in _SPACE:
            self.at += 1
        return self._byte()


def _character(found: re.Match[bytes]) -> str:
    """The character a reference stands for; empty for one that stays as it is written."""
    hexadecimal, decimal, name = found.groups()
    if name is not None:
        return _NAMED.get(name, "")
    length = len(found.group().rstrip(b";"))
    if length >= _LONGEST_NUMBER:
        return ""
    code = int(hexadecimal or b"0", 16) if hexadecimal is not None else int(decimal or b"0")
    return chr(code) if 0 < code < _END_OF_UNICODE else ""


def _without_language(entity: Entity) -> Entity:
    """Code within a line has no language; only the block that it was merged into does."""
    if entity["type"] != "code":
        return entity
    return {name: value for name, value in entity.items() if name != "language"}


def _is_block_of_code(one: Entity, other: Entity) -> bool:
    """Whether two tags together say in which language a block is."""
    same_place = (one["offset"], one["length"]) == (other["offset"], other["length"])
    kinds = {(each["type"], "language" in each) for each in (one, other)}
    return same_place and kinds == {("pre", False), ("code", True)}


def _refused(detail: str) -> ApiError:
    return bad_request(f"Can't parse entities: {detail}")
