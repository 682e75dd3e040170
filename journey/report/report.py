"""A whole report: every leader's pack, the board's overview, and what was done."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from journey.model.ids import LeaderId
from journey.priority.result import Basis
from journey.report.around import Picture
from journey.report.pack import Axis, Figure, FixFact, Foot, Pack, PackRow, ShareFact
from journey.report.texts import DonePageText, DoneText, LeaderText, OverviewText, RowText


@dataclass(frozen=True, slots=True)
class LeaderLine:
    """One leader in the overview.

    Attributes:
        leader: None for what nobody owns.
        rows: how many pain points; asked: ranks the leader is asked to approve.
        effort_days: of those.
        best: the leader's first row with a figure that is seen to help, None without one.
        joint: value of all rows asked for together, where it is known.
        kpis_met, kpis_measured: of the leader's own KPIs with a target and an observation.
    """

    leader: LeaderId | None
    leader_name: str
    leader_role: str
    rows: int
    asked: tuple[int, ...]
    effort_days: float
    best: PackRow | None
    joint: Figure | None
    kpis_met: int
    kpis_measured: int
    text: LeaderText = field(default_factory=LeaderText)


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """One of the first rows of all, with whose it is."""

    row: PackRow
    leader: str
    text: RowText = field(default_factory=RowText)


@dataclass(frozen=True, slots=True)
class Overview:
    """The board's page: all leaders and the first rows of the whole list.

    Attributes:
        rows: the first ten of all.
        asked: ranks of all rows asked for; effort_days: of all of them.
        joint: their value together, where it is known.
        hits, predictions: of finished improvements, how many brought a value inside the
            predicted 80 % interval, of how many that can be told.
        new, gone: how many rows came and went since the quarter before.
        pictures: the map of each journey, where it could be drawn.
    """

    workspace: str
    language: str
    quarter: str | None
    frozen_on: date | None
    draft: bool
    basis: Basis
    currency: str
    leaders: tuple[LeaderLine, ...]
    rows: tuple[OverviewRow, ...]
    axis: Axis | None
    asked: tuple[int, ...]
    effort_days: float
    joint: Figure | None
    fixes: tuple[FixFact, ...]
    hits: int
    predictions: int
    before: str | None
    new: int
    gone: tuple[str, ...]
    pictures: Sequence[Picture]
    foot: Foot
    text: OverviewText = field(default_factory=OverviewText)


@dataclass(frozen=True, slots=True)
class DoneEntry:
    """One finished improvement, for customers and staff: no money, no ranks, no names.

    Attributes:
        shares: what it was to remove of the trouble, and removed; None where this quarter says
            nothing of it.
    """

    said: tuple[str, ...]
    did: str
    touchpoint: str
    done_on: date | None
    shares: ShareFact | None = None
    text: DoneText = field(default_factory=DoneText)


@dataclass(frozen=True, slots=True)
class DonePage:
    """ "You said, we did": finished improvements, the latest first."""

    workspace: str
    language: str
    quarter: str | None
    entries: tuple[DoneEntry, ...]
    foot: Foot
    text: DonePageText = field(default_factory=DonePageText)


@dataclass(frozen=True, slots=True)
class Report:
    """Everything one export writes.

    Attributes:
        overview: None where no row is on the list; done: None where nothing was finished.
    """

    packs: tuple[Pack, ...]
    overview: Overview | None
    done: DonePage | None
