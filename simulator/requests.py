"""Reading a call from an HTTP request: query string, form, JSON or multipart, and GET like POST."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request

from simulator.arguments import Arguments, Upload
from simulator.errors import TOO_LARGE, ApiError, bad_request
from simulator.multipart import read_multipart

_LARGEST_BODY = 50_000_000


async def read_arguments(request: Request) -> Arguments:
    """The arguments of a call; those in the body win over those in the address."""
    if int(request.headers.get("content-length", 0)) > _LARGEST_BODY:
        raise ApiError(413, TOO_LARGE)
    try:
        texts, uploads = _read_body(request.headers.get("content-type", ""), await request.body())
        query = parse_qsl(request.url.query, keep_blank_values=True, errors="strict")
    except UnicodeError:
        raise bad_request("Strings must be encoded in UTF-8") from None
    except ValueError:
        raise bad_request("Can't parse the request body") from None
    return Arguments({**dict(query), **texts}, uploads)


def _read_body(content_type: str, body: bytes) -> tuple[dict[str, str], dict[str, Upload]]:
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        return read_multipart(content_type, body)
    if kind == "application/json":
        return _from_json(body), {}
    if kind == "application/x-www-form-urlencoded":
        return dict(parse_qsl(body.decode(), keep_blank_values=True, errors="strict")), {}
    return {}, {}


def _from_json(body: bytes) -> dict[str, str]:
    values = json.loads(body or b"{}")
    if not isinstance(values, dict):
        raise ValueError("an object is expected")  # noqa: TRY004 -- it is the body that is wrong, not a type of ours
    return {name: _as_text(value) for name, value in values.items() if value is not None}


def _as_text(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    text.encode()  # a lone half of a surrogate pair is no text
    return text
