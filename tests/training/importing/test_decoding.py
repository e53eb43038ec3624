"""Documents come from many programs: what their bytes mean is found out, and what is no text is refused."""

import pytest

from training.importing.decoding import Encoding, decoded
from training.importing.faults import Fault, UnreadableDocumentError

TEXT = "name,how\r\nÜberzüge – “schräg”,Halt an der Stange… 50 €\r\n"


@pytest.mark.parametrize(
    ("codec", "encoding"),
    [
        ("utf-8", Encoding.UTF_8),
        ("utf-8-sig", Encoding.UTF_8),
        ("utf-16", Encoding.UTF_16),
        ("utf-16-le", Encoding.UTF_16),
        ("utf-16-be", Encoding.UTF_16),
        ("utf-32", Encoding.UTF_32),
        ("cp1252", Encoding.WINDOWS_1252),
    ],
)
def test_a_text_is_read_however_its_program_has_written_it(codec: str, encoding: Encoding) -> None:
    assert decoded(TEXT.encode(codec)) == (TEXT, encoding)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"PK\x03\x04" + bytes(40), Fault.WORKBOOK),
        (b"\xd0\xcf\x11\xe0\xa1\xb1" + bytes(40), Fault.WORKBOOK),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), Fault.NOT_TEXT),
        (b"name\r\nbench\x81press\r\n", Fault.NOT_TEXT),  # no character of Windows-1252
        (b"name\r\nbench\xe9\x07press\r\n", Fault.NOT_TEXT),
        ("name\nBench\n".encode("utf-32-le"), Fault.NOT_TEXT),  # which nothing marks
        (b"\xff\xfe\x00\xd8", Fault.NOT_TEXT),  # half of a pair
    ],
)
def test_what_is_no_text_is_refused(content: bytes, fault: Fault) -> None:
    with pytest.raises(UnreadableDocumentError) as refused:
        decoded(content)
    assert refused.value.fault is fault
