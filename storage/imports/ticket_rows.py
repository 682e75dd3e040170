"""Tickets as their records say them: moments, times and counts, with what could not be read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from storage.errors import MappingError
from storage.imports import ticket_words
from storage.imports.dates import DateParser, date_parser, find_log_format, has_clock
from storage.imports.durations import UNITS, read_duration, unit_in_header
from storage.imports.kpi_reading import undecided
from storage.imports.mapping import ColumnFinder, Mapping, TicketsMapping
from storage.imports.numbers import find_decimal, parse_number
from storage.imports.rows import SkippedTally, Table
from storage.imports.survey_cells import Codes
from storage.imports.survey_chunks import RefusedCells
from storage.imports.ticket_columns import ColumnSample, moment_format, sample_table
from storage.imports.words import NO, YES, is_missing_mark

_MOMENTS: Final = ("created", "solved", "replied")
_TIMES: Final = ("reply", "resolution")
_COUNTS: Final = ("reopens", "replies")


@dataclass(frozen=True, slots=True)
class Ticket:
    """One ticket.

    Attributes:
        place: what its column of places says; "" without one.
        created, solved: moments without a zone, of one clock; solved is None where it is not.
        is_solved: whether it is, by its moment, its state or its time; None where nothing tells.
        reply, resolution: seconds; None where there is none.
        first_contact: whether the first contact was all it took; None where nothing tells.
        requester: who asked, "" where nothing tells.
    """

    line: int
    place: str
    created: datetime | None
    solved: datetime | None
    is_solved: bool | None
    reply: float | None
    resolution: float | None
    first_contact: bool | None
    requester: str


class TicketReader:
    """Reads the records of a table by a mapping.

    Attributes:
        records: how many were read. skipped: records left out. latest: the last moment of any.
        clocked: the roles whose moments have a time of day.
    """

    def __init__(self, table: Table, mapping: Mapping) -> None:
        """Look at the first records.

        Raises:
            MappingError: unknown_column, date_order, ticket_unit.
        """
        assert mapping.tickets is not None
        self._table, self._tickets = table, mapping.tickets
        find = ColumnFinder(table.columns).index
        self._places = {role: find(name) for role, name in mapping.tickets.columns.items()}
        keep = mapping.source.keep
        self._keep = None if keep is None else (find(keep.column), Codes(keep.values))
        samples = {column.name: column for column in sample_table(table)}
        own = {role: table.columns[place].name for role, place in self._places.items()}
        self._samples = {role: samples[name] for role, name in own.items()}
        self.formats = _formats(self._samples, mapping.tickets)
        self.clocked = {role for role, written in self.formats.items() if has_clock(written)}
        self._parse: dict[str, DateParser] = {
            role: date_parser(written) for role, written in self.formats.items()
        }
        timed: list[str] = [role for role in _TIMES if role in self._places]
        self._units = {role: self._unit(role) for role in timed}
        self._marks = {role: _decimal(self._samples[role].values) for role in timed}
        self._closed = Codes(mapping.tickets.closed) if mapping.tickets.closed else None
        self.records = 0
        self.latest: datetime | None = None
        self.skipped = SkippedTally()
        self._refused: dict[tuple[str, str], RefusedCells] = {}
        self._met: set[str] = set()

    @property
    def refused(self) -> tuple[RefusedCells, ...]:
        """Cells that could not be read, the most frequent first."""
        return tuple(sorted(self._refused.values(), key=lambda cell: (-cell.count, cell.column)))

    def _unit(self, role: str) -> str:
        """Return the unit of a column of times.

        Raises:
            MappingError: ticket_unit, where neither mapping nor header nor cells say it.
        """
        told: str | None = getattr(self._tickets, f"{role}_unit")
        sample = self._samples[role]
        unit = told or unit_in_header(sample.name)
        unit = "" if unit == "h:m:s" else unit
        if unit:
            return unit
        bare = [value for value in sample.values if read_duration(value)[1] == "unit"]
        if bare:
            nearest = {"take": UNITS, "key": (f"{role}_unit",)}
            raise MappingError("ticket_unit", (sample.name,), nearest, detail=bare[0][:60])
        return ""

    def read(self) -> Iterator[Ticket | None]:
        """Yield a ticket for every record; None where the record is left out."""
        for line, record in self._table.rows():
            self.records += 1
            yield self._ticket(line, [cell.strip() for cell in record])

    def _ticket(self, line: int, record: Sequence[str]) -> Ticket | None:
        name = self._cell(record, "ticket")
        state = self._cell(record, "status")
        place = self._cell(record, "by")
        reason = ""
        if self._keep is not None and _at(record, self._keep[0]) not in self._keep[1]:
            reason = "filtered"
        elif not name:
            reason = "blank_ticket"
        elif name in self._met:
            reason = "same_ticket"
        elif state and ticket_words.NEVER_ONE.search(state):
            reason = "never_a_ticket"
        elif "by" in self._places and not place:
            reason = "blank_place"
        if reason:
            self.skipped.add(reason, line)
            return None
        self._met.add(name)
        return self._read(line, record, state, place)

    def _read(self, line: int, record: Sequence[str], state: str, place: str) -> Ticket:
        moments = {role: self._moment(role, record, line) for role in self.formats}
        created, replied = moments.get("created"), moments.get("replied")
        reply = self._time("reply", record, line)
        if reply is None and "reply" not in self._places:
            reply = self._between("replied", created, replied, line)
        solved = moments.get("solved")
        done = self._is_solved(state, solved, self._cell(record, "resolution"))
        resolution = self._time("resolution", record, line)
        if resolution is None and "resolution" not in self._places and done:
            resolution = self._between("solved", created, solved, line)
        return Ticket(
            line,
            place,
            created,
            solved if done else None,
            done,
            reply,
            resolution if done is not False else None,
            self._first_contact(record, line),
            self._cell(record, "requester").casefold(),
        )

    def _cell(self, record: Sequence[str], role: str) -> str:
        place = self._places.get(role)
        cell = "" if place is None else _at(record, place)
        # No mark for "none" begins with a figure, and most cells do.
        return "" if not cell[:1].isdigit() and is_missing_mark(cell) else cell

    def _moment(self, role: str, record: Sequence[str], line: int) -> datetime | None:
        cell = self._cell(record, role)
        if not cell:
            return None
        moment = self._parse[role](cell)
        if moment is None:
            self._refuse(role, "not_a_moment", line, cell)
            return None
        if moment.tzinfo is not None:
            moment = moment.astimezone(UTC).replace(tzinfo=None)
        if self.latest is None or moment > self.latest:
            self.latest = moment
        return moment

    def _time(self, role: str, record: Sequence[str], line: int) -> float | None:
        cell = self._cell(record, role)
        if not cell:
            return None
        seconds, reason = read_duration(cell, self._units[role], self._marks[role])
        if seconds is None and reason:
            self._refuse(role, "no_unit" if reason == "unit" else reason, line, cell)
        return seconds

    def _between(
        self, role: str, start: datetime | None, end: datetime | None, line: int
    ) -> float | None:
        """Return the seconds between two moments that both have a time of day."""
        if start is None or end is None or not {role, "created"} <= self.clocked:
            return None
        seconds = (end - start).total_seconds()
        if seconds < 0:
            self._refuse(role, "before_created", line, str(end))
            return None
        return seconds

    def _is_solved(self, state: str, solved: datetime | None, resolution: str) -> bool | None:
        """Tell by the moment unless the state says it was opened again; else by the state."""
        done, waiting = self._state(state)
        if "solved" in self._places:
            return solved is not None and not waiting
        if "status" in self._places:
            return done if done or waiting else None
        return bool(resolution) if "resolution" in self._places else None

    def _state(self, state: str) -> tuple[bool, bool]:
        """Return whether a state says solved, and whether it says not solved."""
        if self._closed is not None and state:
            return state in self._closed, state not in self._closed
        done = ticket_words.DONE.search(state) is not None
        return done, not done and ticket_words.NOT_DONE.search(state) is not None

    def _first_contact(self, record: Sequence[str], line: int) -> bool | None:
        if "first_contact" in self._places:
            told = self._cell(record, "first_contact").casefold()
            return True if told in YES else False if told in NO else None
        counts = [self._count(role, record, line) for role in _COUNTS if role in self._places]
        if None in counts:
            return None
        most = [0 if role == "reopens" else 1 for role in _COUNTS if role in self._places]
        return all(n is not None and n <= m for n, m in zip(counts, most, strict=True))

    def _count(self, role: str, record: Sequence[str], line: int) -> float | None:
        cell = self._cell(record, role)
        number = parse_number(cell) if cell else None
        if cell and (number is None or number < 0 or not number.is_integer()):
            self._refuse(role, "not_a_count", line, cell)
            return None
        return number

    def _refuse(self, role: str, reason: str, line: int, example: str) -> None:
        column = self._table.columns[self._places[role]].name
        known = self._refused.get((column, reason))
        if known is None:
            known = RefusedCells(reason, column, 0, line, example[:200])
        self._refused[column, reason] = replace(known, count=known.count + 1)


def _at(record: Sequence[str], place: int) -> str:
    return record[place] if place < len(record) else ""


def _decimal(values: Sequence[str]) -> str | None:
    """Return the decimal mark of times; where every mark has three figures behind it, it parts
    thousands.
    """
    found = find_decimal(values)
    either = undecided(values) if found is None else None
    if either is None:
        return found
    mark = next(character for character in either if character in ".,")
    return "," if mark == "." else "."


def _formats(samples: dict[str, ColumnSample], tickets: TicketsMapping) -> dict[str, str]:
    """Return how the moments of each role are written; columns of one file write alike.

    Raises:
        MappingError: date_order, where day and month could be exchanged in all of them.
    """
    found = {
        role: (find_log_format(samples[role].values), moment_format(samples[role].values))
        for role in _MOMENTS
        if role in samples
    }
    sure = {form for seen, form in found.values() if form and not (seen and seen.ambiguous)}
    days = {_day_of(form) for form in sure}
    if tickets.date_format:
        days.add(_day_of(tickets.date_format))
    formats: dict[str, str] = {}
    for role, (seen, form) in found.items():
        if form is None and samples[role].values:
            raise MappingError("no_date_format", (f"tickets.{role}",), detail=_first(samples[role]))
        either: tuple[str | None, ...] = (form,)
        if seen is not None and seen.ambiguous:
            either = tuple(e for e in (seen.format, seen.other) if e and _day_of(e) in days)
            if len(either) != 1:
                raise MappingError("date_order", ("tickets.date_format",), detail=seen.format)
        if either[0] is not None:
            formats[role] = either[0]
    return formats


def _day_of(written: str) -> str:
    return written.partition("T%")[0].partition(" ")[0].rstrip(",")


def _first(sample: ColumnSample) -> str:
    return next(iter(sample.values), "")[:60]
