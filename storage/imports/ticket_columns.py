"""Tables of a help desk's tickets, known by their shape: which column is what.

Such a table has a column that names each record's ticket, a different one in each, and beside it
the moments when tickets came and were solved, or the times until the first reply or the solution.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from storage.imports import ticket_words
from storage.imports.dates import counted_format, find_log_format
from storage.imports.durations import read_duration, unit_in_header
from storage.imports.mapping_parts import Mapping as MappingFile
from storage.imports.mapping_parts import TicketsMapping
from storage.imports.numbers import parse_number
from storage.imports.ticket_words import names_tickets, plain_header
from storage.imports.words import NO, YES, is_missing_mark

if TYPE_CHECKING:
    from storage.imports.inspect import ColumnSeen
    from storage.imports.rows import Table

# Records that are enough to tell what a column holds.
SAMPLE: Final = 500
# A ticket may stand twice where two exports were put together.
_DIFFERENT: Final = 0.9
_MOST: Final = 0.8
_MOST_COLUMNS: Final = 1_000
# Vendors of surveys whose exports may be tables of tickets; "plain" is nobody's.
MAYBE_TICKETS: Final = frozenset({"plain", "zendesk", "hubspot"})

Patterns = Sequence[re.Pattern[str]]


@dataclass(frozen=True, slots=True)
class ColumnSample:
    """What is known of a column before all of it is read.

    Attributes:
        counts: some of its different cells, and how often each stands there.
        unique: share of its answered cells that differ.
    """

    name: str
    counts: Mapping[str, int]
    unique: float

    @property
    def values(self) -> tuple[str, ...]:
        """Its different cells."""
        return tuple(self.counts)

    def _mostly(self, fits: Callable[[str], bool]) -> bool:
        told = sum(n for value, n in self.counts.items() if fits(value))
        return bool(self.counts) and told >= _MOST * sum(self.counts.values())

    @property
    def is_moment(self) -> bool:
        """Whether most of its cells are days or moments."""
        return not unit_in_header(self.name) and moment_format(self.values) is not None

    @property
    def is_duration(self) -> bool:
        """Whether most of its cells are spans of time, their unit told or not."""
        return self._mostly(lambda value: read_duration(value)[1] != "not_a_duration")

    @property
    def is_count(self) -> bool:
        """Whether most of its cells are whole numbers from 0."""
        return self._mostly(_is_whole)

    @property
    def is_yes_no(self) -> bool:
        """Whether its cells say yes or no."""
        plain = {value.casefold() for value in self.values}
        return bool(plain) and plain <= YES | NO

    @property
    def is_answered(self) -> bool:
        """Whether any cell holds anything."""
        return bool(self.counts)


def _is_whole(value: str) -> bool:
    number = parse_number(value)
    return number is not None and number >= 0 and number.is_integer()


def moment_format(values: Sequence[str]) -> str | None:
    """Return how most moments of a column are written; None where it holds none."""
    found = find_log_format(values)
    if found is not None:
        return found.format
    numbers = [number for value in values if (number := parse_number(value)) is not None]
    if not numbers or len(numbers) < _MOST * len(values):
        return None
    return counted_format(min(numbers), max(numbers))


def samples_of(columns: Sequence["ColumnSeen"]) -> list[ColumnSample]:
    """Return the samples of columns that were counted; none where they cannot be of tickets."""
    if len(columns) > _MOST_COLUMNS or not names_tickets(seen.name for seen in columns):
        return []
    return [
        ColumnSample(
            seen.name,
            {v: n for v, n in seen.profile.values.items() if not is_missing_mark(v)},
            seen.profile.distinct / seen.profile.answered if seen.profile.answered else 0.0,
        )
        for seen in columns
    ]


def sample_table(table: "Table") -> list[ColumnSample]:
    """Return the samples of a table's first records."""
    rows = [record for _, record in islice(table.rows(), SAMPLE)]
    found = []
    for column in table.columns:
        cells = [row[column.index].strip() for row in rows if column.index < len(row)]
        cells = [cell for cell in cells if cell and not is_missing_mark(cell)]
        counts = Counter(cells)
        unique = len(counts) / len(cells) if cells else 0.0
        found.append(ColumnSample(column.name, counts, unique))
    return found


def find_tickets(columns: Sequence[ColumnSample]) -> TicketsMapping | None:
    """Return which columns of a table of tickets are what; None where it is no such table."""
    choose = _Choice(columns)
    sure = choose.best(ticket_words.IDS[:1], _names_records)
    ticket = sure or choose.best(ticket_words.IDS[1:], _names_records)
    if ticket is None:
        return None
    created = choose.best(ticket_words.CREATED, _is_moment)
    solved = choose.best(ticket_words.SOLVED, _is_moment)
    replied = choose.best(ticket_words.REPLY, _is_moment, other=False)
    reply = choose.time(ticket_words.REPLY)
    resolution = choose.time(ticket_words.RESOLUTION)
    reopens = choose.best(ticket_words.REOPENS, lambda column: column.is_count)
    replies = choose.best(ticket_words.REPLIES, lambda column: column.is_count)
    flag = choose.best(ticket_words.FLAGS, lambda column: column.is_yes_no)
    timed = (solved, replied, reply, resolution)
    desk = any(ticket_words.HELP_DESK.search(plain_header(column.name)) for column in columns)
    if not any(timed) and not (created and (reopens or flag)):
        return None
    if sure is None and (created is None or not any(timed) or not desk):
        return None
    return TicketsMapping(
        ticket=ticket,
        created=created,
        solved=solved,
        replied=None if reply else replied,
        reply=reply,
        resolution=resolution,
        reopens=reopens,
        replies=replies,
        first_contact=flag,
        requester=choose.best(ticket_words.REQUESTERS, _names_people),
        status=choose.best(ticket_words.STATES, lambda column: column.is_answered),
    )


def tickets_of(table: "Table") -> TicketsMapping | None:
    """Return which columns of a table of tickets are what, by its first records."""
    names = [column.name for column in table.columns]
    if len(names) > _MOST_COLUMNS or not names_tickets(names):
        return None
    return find_tickets(sample_table(table))


def with_tickets(mapping: MappingFile, table: "Table") -> MappingFile:
    """Return a mapping that says nothing of a table of tickets with what its columns are."""
    told = mapping.kpis or mapping.tickets is not None
    if told or table.signature.vendor not in MAYBE_TICKETS:
        return mapping
    return replace(mapping, tickets=tickets_of(table))


def place_columns(names: Iterable[str]) -> tuple[str, ...]:
    """Return the columns that say where tickets came in or who took them, the likeliest first."""
    named = list(names)
    return tuple(
        name
        for pattern in ticket_words.PLACES
        for name in named
        if pattern.search(plain_header(name))
    )


def is_business(name: str | None) -> bool:
    """Whether a column counts the hours of business and not those of the clock."""
    return name is not None and ticket_words.BUSINESS.search(name.replace("_", " ")) is not None


class _Choice:
    """Chooses columns by their headers and what they hold; each is chosen once."""

    def __init__(self, columns: Sequence[ColumnSample]) -> None:
        self._columns = columns
        self._taken: set[str] = set()

    def best(
        self, patterns: Patterns, fits: Callable[[ColumnSample], bool], *, other: bool = True
    ) -> str | None:
        """Return the first column of the surest pattern that fits, and take it."""
        for pattern in patterns:
            for column in self._columns:
                plain = plain_header(column.name)
                if column.name in self._taken or not pattern.search(plain) or not fits(column):
                    continue
                if other or not ticket_words.OTHER_TIME.search(plain):
                    self._taken.add(column.name)
                    return column.name
        return None

    def time(self, patterns: Patterns) -> str | None:
        """Return a column of spans of time: by the clock if there is one, as customers wait; of
        those one whose unit is told.
        """
        by_clock, told = _by_clock, _says_unit
        for fits in (lambda c: by_clock(c) and told(c), by_clock, told, _is_duration):
            found = self.best(patterns, fits, other=False)
            if found is not None:
                return found
        return None


def _is_duration(column: ColumnSample) -> bool:
    return column.is_duration


def _by_clock(column: ColumnSample) -> bool:
    return column.is_duration and not is_business(column.name)


def _says_unit(column: ColumnSample) -> bool:
    return column.is_duration and bool(unit_in_header(column.name))


def _is_moment(column: ColumnSample) -> bool:
    return column.is_moment


def _names_records(column: ColumnSample) -> bool:
    return column.is_answered and column.unique >= _DIFFERENT and not column.is_moment


def _names_people(column: ColumnSample) -> bool:
    return column.is_answered and not column.is_moment
