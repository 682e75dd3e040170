"""The ways of the made-up bank's customers to an account, drawn as an event log."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from resources.sample.bank import ACCOUNT, SEGMENTS

CASES = 460
STAYED, GAVE_UP = "In use after a month", "Gave up"
_FIRST = datetime(2026, 7, 1, 8, tzinfo=UTC)
_NAMES = {t.id: t.name for t in ACCOUNT}
# From a touchpoint: to where, how often. What is missing to 1 gives up.
_NEXT: dict[str, tuple[tuple[str, float], ...]] = {
    "ad": (("page", 0.72), ("compare", 0.16)),
    "compare": (("page", 0.83), ("ad", 0.03)),
    "page": (("form", 0.58), ("chat", 0.2), ("branch", 0.09), ("compare", 0.04)),
    "chat": (("form", 0.56), ("page", 0.27), ("chat", 0.07)),
    "branch": (("form", 0.88),),
    "form": (("idcheck", 0.74), ("form", 0.13), ("chat", 0.05)),
    "idcheck": (("sign", 0.67), ("idcheck", 0.2), ("form", 0.04)),
    "sign": (("card", 0.95), ("idcheck", 0.02)),
    "card": (("login", 0.8), ("call", 0.17)),
    "login": (("payday", 0.6), ("mail", 0.24), ("call", 0.13)),
    "call": (("login", 0.45), ("payday", 0.22), ("mail", 0.12), ("call", 0.12)),
    "payday": (("mail", 0.62), ("stay", 0.3), ("call", 0.05)),
    "mail": (("stay", 0.72), ("refer", 0.22)),
    "refer": (("stay", 1.0),),
}
_START = (("ad", 0.38), ("compare", 0.42), ("page", 0.2))
# Days until the next event: the card takes its time.
_DAYS = {"card": 6.4, "mail": 21.0, "payday": 3.0, "stay": 9.0}


def events(draw: random.Random) -> Iterator[dict[str, str]]:
    """Yield the events of every case, one after the other."""
    for number in range(CASES):
        segment = draw.choices(SEGMENTS, [s[4] for s in SEGMENTS])[0][1]
        moment = _FIRST + timedelta(hours=draw.uniform(0, 24 * 140))
        place = _chosen(_START, draw)
        while True:
            yield {
                "Case": f"A{number + 1:04d}",
                "Event": _NAMES.get(place, STAYED if place == "stay" else GAVE_UP),
                "Time": moment.strftime("%Y-%m-%d %H:%M:%S"),
                "Segment": segment,
            }
            if place not in _NEXT:
                break
            place = _chosen(_NEXT[place], draw)
            moment += timedelta(days=draw.expovariate(1 / _DAYS.get(place, 0.6)))


def _chosen(ways: tuple[tuple[str, float], ...], draw: random.Random) -> str:
    at = draw.random()
    for place, share in ways:
        at -= share
        if at < 0:
            return place
    return "lost"


def mapping() -> str:
    """Return the mapping of the log."""
    return "\n".join(
        [
            "[events]",
            'case = "Case"',
            'activity = "Event"',
            'time = "Time"',
            'segment = "Segment"',
            "",
            "[activities]",
            f'"{STAYED}" = "retained"',
            f'"{GAVE_UP}" = "lost"',
            "",
        ]
    )
