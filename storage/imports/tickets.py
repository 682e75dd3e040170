"""A table of tickets as KPIs: first contact resolution, answers within two hours, times.

What a table does not tell is not computed; how each figure was counted stands in its note, and a
figure that is counted otherwise has another name, so that two definitions never make one series.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from journey.metrics.fcr import Issue, first_contact_resolution
from journey.metrics.response_time import quantile, response_times
from journey.model.quarter import quarter_of
from storage.errors import MappingError
from storage.imports.kpi_cells import KpiCell
from storage.imports.kpi_periods import parse_period
from storage.imports.mapping import Mapping, TicketsMapping
from storage.imports.rows import Skipped, Table
from storage.imports.survey_chunks import RefusedCells
from storage.imports.ticket_columns import is_business
from storage.imports.ticket_notes import Figure, figures_of
from storage.imports.ticket_rows import Ticket, TicketReader

_HOUR: Final = 3_600.0
_WATCHED: Final = 4_096
_DAY: Final = timedelta(days=1)
_NO_MOMENT: Final = datetime(1970, 1, 1)  # noqa: DTZ001 - tickets that say none are all of it

# What tickets are counted by: their place, "" without one, and their period.
Group = tuple[str, str]
Value = tuple[float, int]


@dataclass(frozen=True, slots=True)
class TicketsRead:
    """A table of tickets, read.

    Attributes:
        cells: the figures as a sheet of KPIs would have them.
        records: of the table. skipped: records left out. refused: cells that could not be read.
        facts: (reason, how many or which): too_young, unsolved, unknown_fcr, no_fcr, no_response.
    """

    cells: tuple[KpiCell, ...]
    records: int
    skipped: tuple[Skipped, ...]
    refused: tuple[RefusedCells, ...]
    facts: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class _Gathered:
    """What one place and period has; times in seconds, `waiting` since when."""

    line: int = 0
    answered: list[float] = field(default_factory=list)
    waiting: list[datetime] = field(default_factory=list)
    resolved: list[float] = field(default_factory=list)
    issues: list[tuple[datetime | None, bool, str]] = field(default_factory=list)


def read_tickets(
    table: Table, mapping: Mapping, watch: Callable[[int], None], first_month: int = 1
) -> TicketsRead:
    """Read a table of tickets by a mapping.

    Args:
        watch: called now and then with the line reached. first_month: of the fiscal year.

    Raises:
        MappingError: unknown_column, date_order, ticket_unit, ticket_period, ticket_columns.
    """
    assert mapping.tickets is not None
    reader = TicketReader(table, mapping)
    counting = _Counting(mapping.tickets, reader, first_month)
    for ticket in reader.read():
        if ticket is not None:
            counting.take(ticket)
        if not reader.records % _WATCHED:
            watch(reader.records)
    watch(reader.records)
    cells = tuple(counting.cells())
    return TicketsRead(
        cells, reader.records, reader.skipped.result(), reader.refused, tuple(counting.facts())
    )


def check_tickets(table: Table, mapping: Mapping) -> None:
    """Refuse what `read_tickets` would refuse, by the first records.

    Raises:
        MappingError: as read_tickets.
    """
    assert mapping.tickets is not None
    _Counting(mapping.tickets, TicketReader(table, mapping), 1)


class _Counting:
    """Brings tickets together by place and period."""

    def __init__(self, tickets: TicketsMapping, reader: TicketReader, first_month: int) -> None:
        self._tickets, self._reader = tickets, reader
        self._first_month = first_month
        self._figures = figures_of(tickets)
        if not self._figures:
            raise MappingError("ticket_columns", (tickets.ticket,))
        fixed = parse_period(tickets.period)
        self._fixed = fixed.text if fixed is not None else ""
        if not self._fixed and not reader.formats:
            raise MappingError("ticket_period", (tickets.ticket,))
        self._groups: dict[Group, _Gathered] = defaultdict(_Gathered)
        self._asked: dict[str, list[datetime]] = defaultdict(list)
        self._clock = tickets.reply is None or not is_business(tickets.reply)
        self._unsolved = self._unknown = self._too_young = 0

    def take(self, ticket: Ticket) -> None:
        """Count one ticket where it belongs: answers by its creation, solutions by theirs."""
        if ticket.requester and ticket.created is not None:
            self._asked[ticket.requester].append(ticket.created)
        came = ticket.created or ticket.solved
        group = self._group(ticket, came)
        if group is not None:
            if ticket.reply is not None:
                group.answered.append(ticket.reply)
            elif ticket.is_solved is False and ticket.created is not None:
                # Of a day alone it is only known that it is over when the next begins.
                clocked = "created" in self._reader.clocked
                group.waiting.append(ticket.created if clocked else ticket.created + _DAY)
        ended = ticket.solved or ticket.created
        group = self._group(ticket, ended)
        if group is not None and ticket.resolution is not None:
            group.resolved.append(ticket.resolution)
        if "fcr" in self._figures:
            self._take_issue(ticket, group, ended)

    def _take_issue(self, ticket: Ticket, group: _Gathered | None, at: datetime | None) -> None:
        unknown = "requester" in self._figures["fcr"].needs and not ticket.requester
        if ticket.is_solved is False:
            self._unsolved += 1
        elif ticket.is_solved is None or ticket.first_contact is None or unknown or group is None:
            self._unknown += 1
        else:
            group.issues.append((at, ticket.first_contact, ticket.requester))

    def _group(self, ticket: Ticket, at: datetime | None) -> _Gathered | None:
        period = self._fixed or (self._period(at) if at is not None else "")
        if not period:
            return None
        group = self._groups[ticket.place, period]
        group.line = group.line or ticket.line
        return group

    def _period(self, at: datetime) -> str:
        if self._tickets.period == "week":
            year, week, _ = at.isocalendar()
            return f"{year:04d}-W{week:02d}"
        if self._tickets.period == "quarter":
            return quarter_of(at.date(), self._first_month)
        return f"{at.year:04d}-{at.month:02d}"

    def cells(self) -> Iterator[KpiCell]:
        """Yield every figure of every place and period, in their order."""
        for asked in self._asked.values():
            asked.sort()
        for (place, period), group in sorted(self._groups.items()):
            for key, figure in self._figures.items():
                found = self._value(key, group)
                if found is not None:
                    yield self._cell(figure, place, period, found, group.line)

    def _cell(self, figure: Figure, place: str, period: str, found: Value, line: int) -> KpiCell:
        value, n = found
        return KpiCell(
            line,
            figure.column,
            figure.name,
            period,
            f"{value:.12g}",
            n=str(n),
            unit=figure.unit,
            better=figure.better,
            touchpoint=self._tickets.touchpoint or "",
            row=place,
            decimal=".",
            measure=figure.measure,
            note=figure.note,
        )

    def _value(self, key: str, group: _Gathered) -> Value | None:
        if key == "fcr":
            return self._resolution(group)
        if key == "resolution":
            return _median(group.resolved)
        if key == "response":
            return _median(group.answered)
        until = self._reader.latest
        since = group.waiting if self._clock and until is not None else []
        seconds = [(until - came).total_seconds() for came in since if until is not None]
        waited = [max(0.0, each) / _HOUR for each in seconds]
        share = response_times([s / _HOUR for s in group.answered], waited).in_time
        return None if share is None else (100.0 * share.value, share.n)

    def _resolution(self, group: _Gathered) -> Value | None:
        days = self._figures["fcr"].window_days
        until = self._reader.latest or _NO_MOMENT
        issues = [
            Issue(at or until, first, self._asked_again(who, at)) for at, first, who in group.issues
        ]
        found = first_contact_resolution(issues, until, days if self._reader.formats else 0)
        young = len(issues) if found is None else found.too_young
        self._too_young += young
        return None if found is None else (100.0 * found.share.value, found.share.n)

    def _asked_again(self, requester: str, at: datetime | None) -> datetime | None:
        if at is None or not requester or "requester" not in self._figures["fcr"].needs:
            return None
        asked = self._asked[requester]
        # A day without a time of day is its beginning: what came on it is not a repeat of it.
        after = at if "solved" in self._reader.clocked else at + _DAY - timedelta.resolution
        place = bisect_right(asked, after)
        return asked[place] if place < len(asked) else None

    def facts(self) -> Iterator[tuple[str, str]]:
        """Yield what a person should know of the figures; after `cells`."""
        for reason, count in (
            ("too_young", self._too_young),
            ("unsolved", self._unsolved),
            ("unknown_fcr", self._unknown),
        ):
            if count:
                yield reason, str(count)
        if "fcr" not in self._figures:
            yield "no_fcr", self._tickets.ticket
        if "in_time" not in self._figures:
            yield "no_response", self._tickets.ticket


def _median(seconds: list[float]) -> Value | None:
    median = quantile(seconds, 0.5)
    return None if median is None else (median / _HOUR, len(seconds))
