"""Days and moments in the window: one form wherever they stand, whatever the system's own is."""

from datetime import date, datetime


def day_words(day: date) -> str:
    """Return a day: "2026-11-03"."""
    return f"{day:%Y-%m-%d}"


def clock_words(moment: datetime) -> str:
    """Return the time of day as the clock of its zone shows it: "09:14"."""
    return f"{moment:%H:%M}"


def moment_words(moment: datetime) -> str:
    """Return a moment by this computer's clock: "2026-11-03 09:14"."""
    here = moment.astimezone()
    return f"{day_words(here)} {clock_words(here)}"
