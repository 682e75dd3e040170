"""What people are told when Save As cannot be done: each case in its own words."""

from pathlib import Path

import pytest

from storage.errors import TargetExistsError
from ui.faults import explain


@pytest.mark.parametrize(
    ("reason", "words"), [("same", "itself"), ("changed", "meanwhile"), ("exists", "already")]
)
def test_each_reason_has_its_words(reason: str, words: str) -> None:
    lines = explain(TargetExistsError(Path("plan.waymark"), reason), str)
    assert words in lines[0]
    assert "plan.waymark" in lines[0]
    assert len(lines) >= 2
