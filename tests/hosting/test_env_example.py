from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.settings import Settings, read_settings
from tests.hosting.dockerfile import ROOT

EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
VARIABLE = re.compile(r"^#?([A-Z_]+)=", re.MULTILINE)


def test_the_example_names_every_setting_and_nothing_else() -> None:
    assert VARIABLE.findall(EXAMPLE) == [field.upper() for field in Settings.model_fields]


def test_every_setting_is_explained() -> None:
    paragraphs = EXAMPLE.strip().split("\n\n")[1:]
    assert len(paragraphs) == len(Settings.model_fields)
    assert all(re.match(r"# \S", paragraph) for paragraph in paragraphs)


@pytest.mark.parametrize("commented_out", [True, False])
def test_the_values_shown_are_the_defaults(
    commented_out: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for field in Settings.model_fields:
        monkeypatch.delenv(field.upper(), raising=False)
    text = EXAMPLE if commented_out else VARIABLE.sub(r"\1=", EXAMPLE)
    (tmp_path / ".env").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert dict(read_settings()) == {name: field.default for name, field in Settings.model_fields.items()}
