"""The exercises of a JSON document, one at a time, with the position of what is wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from training.importing.faults import Fault, UnreadableDocumentError

_SPACE = re.compile(r"[ \t\n\r]*")
_LIST = "exercises"
"""Under which name the list stands, if it isn't the whole document."""

_DECODER = json.JSONDecoder()


def json_items(text: str) -> Iterator[Any]:
    """What stands in the list that the text is, or has under "exercises". Raises UnreadableDocumentError.

    One item at a time, since the decoder lets nobody else work while it reads.
    """
    walk = _Walk(text)
    try:
        yield from walk.items()
    except json.JSONDecodeError as error:
        raise _broken(error) from None
    except RecursionError:
        raise UnreadableDocumentError(Fault.TOO_DEEP) from None
    except ValueError:  # a number of thousands of digits
        raise _broken(json.JSONDecodeError("Expecting a shorter number", text, walk.at)) from None


class _Walk:
    def __init__(self, text: str) -> None:
        self.at = 0
        self._text = text

    def items(self) -> Iterator[Any]:
        self._pass_space()
        if self._takes("{"):
            yield from self._items_of_object()
        elif self._takes("["):
            yield from self._items_of_list()
        else:
            self._value()
            raise UnreadableDocumentError(Fault.NO_LIST)
        if self.at < len(self._text):
            raise self._wrong("Extra data")

    def _items_of_object(self) -> Iterator[Any]:
        is_found = False
        while not self._takes("}"):
            if self._text[self.at : self.at + 1] != '"':
                raise self._wrong("Expecting property name enclosed in double quotes")
            key = self._value()
            self._take(":")
            if key == _LIST and self._takes("["):
                is_found = True
                yield from self._items_of_list()
            else:
                self._value()
            if not self._more("}"):
                break
        if not is_found:
            raise UnreadableDocumentError(Fault.NO_LIST)

    def _items_of_list(self) -> Iterator[Any]:
        while not self._takes("]"):
            yield self._value()
            if not self._more("]"):
                break

    def _more(self, end: str) -> bool:
        """Whether another one follows; a comma before the end is no mistake that matters."""
        if self._takes(end):
            return False
        self._take(",")
        return True

    def _value(self) -> Any:
        value, self.at = _DECODER.raw_decode(self._text, self.at)
        self._pass_space()
        return value

    def _takes(self, character: str) -> bool:
        if not self._text.startswith(character, self.at):
            return False
        self.at += 1
        self._pass_space()
        return True

    def _take(self, character: str) -> None:
        if not self._takes(character):
            raise self._wrong(f"Expecting '{character}' delimiter")

    def _pass_space(self) -> None:
        space = _SPACE.match(self._text, self.at)
        assert space is not None
        self.at = space.end()

    def _wrong(self, expected: str) -> json.JSONDecodeError:
        return json.JSONDecodeError(expected, self._text, self.at)


def _broken(error: json.JSONDecodeError) -> UnreadableDocumentError:
    return UnreadableDocumentError(Fault.BROKEN_JSON, line=error.lineno, column=error.colno, said=error.msg)
