"""One of two quarters that are compared: its list, its figures, and what it was made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from journey.model.quarter import Quarter
from journey.quarter.listed import list_quarter
from journey.quarter.record import QuarterData, listed_of
from journey.quarter.spread import Listed

if TYPE_CHECKING:
    from journey.model.workspace import Workspace
    from journey.priority.evidence import ResponseTable


@dataclass(frozen=True, slots=True)
class Side:
    """A quarter, frozen or open.

    Attributes:
        workspace: as it was when the quarter was frozen; today's of an open one.
        tables, earlier: the answers the list was made of, for ranking them again.
        respondents: of each table who gave its rows, "" where not known; () where not read.
        complete: whether the answers are still those that were frozen.
    """

    quarter: str
    frozen: bool
    listed: Listed
    data: QuarterData
    workspace: "Workspace"
    tables: "Sequence[ResponseTable]" = ()
    earlier: "Sequence[Sequence[ResponseTable]]" = ()
    complete: bool = True
    respondents: Sequence[Sequence[str]] = ()


@dataclass(frozen=True, slots=True)
class ReadQuarter:
    """A quarter as it was read, before anything is ranked; attributes as of `Side`.

    Attributes:
        kept: the frozen quarter, None of an open one.
    """

    quarter: str
    kept: Quarter | None
    data: QuarterData
    workspace: "Workspace"
    tables: "Sequence[ResponseTable]" = ()
    earlier: "Sequence[Sequence[ResponseTable]]" = ()
    complete: bool = True
    respondents: Sequence[Sequence[str]] = ()


def side_from(read: ReadQuarter, *, draws: int, seed: int) -> Side:
    """Return a quarter with its list: a frozen one as it was kept, an open one ranked now.

    Raises:
        RankingError: no list can be made. RecordError: a frozen quarter cannot be read.
    """
    if read.kept is not None:
        listed = listed_of(read.kept)
    else:
        listed = list_quarter(
            read.workspace,
            read.tables,
            quarter=read.quarter,
            draws=draws,
            seed=seed,
            earlier=read.earlier,
        )
    return side_of(read, listed)


def side_of(read: ReadQuarter, listed: Listed) -> Side:
    """Return a quarter with a list that was made of it."""
    return Side(
        read.quarter,
        read.kept is not None,
        listed,
        read.data,
        read.workspace,
        read.tables,
        read.earlier,
        read.complete,
        read.respondents,
    )
