"""What of the evidence a list shows: which quarter, open or frozen, and which segment."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from journey.errors import RecordError
from journey.model.ids import QuarterId, SegmentId
from journey.model.quarter import Quarter
from journey.model.workspace import Workspace

if TYPE_CHECKING:
    from journey.quarter.view import FrozenView
    from ui.findings import Findings


@dataclass(frozen=True, slots=True)
class Looked:
    """A quarter and a segment.

    Attributes:
        quarter: the label; "" for none. kept: it is frozen. frozen: what is kept of it; None
            where it is open or came without its figures. unreadable: why that cannot be shown.
        open_quarter: the latest one that is not frozen; "" where all are.
        segment: whose values are listed; None: those of all. segments: id and name of every one.
        part: how many segments take part in the list. missing: what a list of the segment chosen
            lacks: "answers" or "customers"; "" where there is one.
    """

    quarter: str = ""
    kept: Quarter | None = None
    frozen: "FrozenView | None" = None
    unreadable: RecordError | None = None
    open_quarter: str = ""
    segment: SegmentId | None = None
    segments: tuple[tuple[SegmentId, str], ...] = ()
    part: int = 0
    missing: str = ""

    @property
    def is_record(self) -> bool:
        """Whether it is told from a record, so that nothing is ranked."""
        return self.frozen is not None or self.unreadable is not None

    @property
    def segment_name(self) -> str:
        """The name of the segment whose values are listed."""
        return dict(self.segments).get(self.segment, "") if self.segment is not None else ""


def looked_at(findings: "Findings", workspace: Workspace) -> Looked:
    """Return what the findings show of an open workspace."""
    evidence, estimate = findings.evidence, findings.estimate
    if evidence is None:
        return Looked()
    kept = workspace.quarters
    still_open = [q for q in evidence.quarters if QuarterId(q) not in kept]
    named = sorted(workspace.segments.values(), key=lambda s: (s.name.casefold(), s.id))
    return Looked(
        quarter=evidence.quarter or "",
        kept=kept.get(QuarterId(evidence.quarter)) if evidence.quarter else None,
        frozen=evidence.frozen,
        unreadable=evidence.unreadable,
        open_quarter=max(still_open, default=""),
        segment=findings.segment,
        segments=tuple((s.id, s.name) for s in named),
        part=len(estimate.segments) if estimate is not None else 0,
        missing=_missing(findings, workspace),
    )


def _missing(findings: "Findings", workspace: Workspace) -> str:
    segment = findings.segment
    if segment is None or findings.estimate is None:
        return ""
    if segment not in findings.estimate.segments:
        return "answers"
    known = workspace.segments.get(segment)
    return "customers" if known is not None and known.customers_per_year == 0 else ""


def quarter_words(label: str) -> str:
    """Return a quarter as people read it: "2026 Q3"."""
    return label.replace("Q", " Q")
