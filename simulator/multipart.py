"""Bodies of type multipart/form-data (RFC 7578)."""

from __future__ import annotations

from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import HTTP

from simulator.arguments import Upload


def read_multipart(content_type: str, body: bytes) -> tuple[dict[str, str], dict[str, Upload]]:
    """The texts and the files of a body. ValueError if it isn't one."""
    header: Message = Message()
    header["Content-Type"] = content_type
    boundary = header.get_boundary()
    if not boundary:
        raise ValueError("a multipart body needs a boundary")
    texts: dict[str, str] = {}
    uploads: dict[str, Upload] = {}
    # The first line of the body is a boundary, too; a line break before it makes all of them alike.
    for part in (b"\r\n" + body).split(b"\r\n--" + boundary.encode())[1:-1]:
        _read_part(part, texts, uploads)
    return texts, uploads


def _read_part(part: bytes, texts: dict[str, str], uploads: dict[str, Upload]) -> None:
    raw_headers, separator, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
    if not separator:
        raise ValueError("a part needs headers")
    headers = BytesHeaderParser(policy=HTTP).parsebytes(raw_headers)
    name = headers.get_param("name", header="Content-Disposition")
    if not isinstance(name, str):
        raise ValueError("a part needs a name")  # noqa: TRY004 -- it is the body that is wrong, not a type of ours
    filename = headers.get_filename()
    if filename is None:
        texts[name] = content.decode()
    else:
        uploads[name] = Upload(filename, headers.get_content_type(), content)
