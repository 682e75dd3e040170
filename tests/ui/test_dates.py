"""Days and moments: one form, whatever the system's own is."""

from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import QLocale

from ui.dates import clock_words, day_words, moment_words


@pytest.mark.parametrize("language", ["en_US", "pl_PL", "nb_NO", "ar_EG"])
def test_one_form_for_all(language: str) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale(language))
    try:
        moment = datetime(2026, 11, 3, 9, 14, tzinfo=UTC)
        assert day_words(date(2026, 11, 3)) == "2026-11-03"
        assert clock_words(moment) == "09:14"
        here = moment.astimezone()
        assert moment_words(moment) == here.isoformat(" ", "minutes")[:16]
    finally:
        QLocale.setDefault(before)
