"""Today, by the clock of this machine."""

from datetime import date, datetime


def today() -> date:
    """Return the local day."""
    return datetime.now().astimezone().date()
