"""A small bank, its ranking written by hand, and a document without a file, for the panels."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from journey.edit import Changes
from journey.model.ids import (
    JourneyId,
    LeaderId,
    PainPointId,
    SegmentId,
    StageId,
    TouchpointId,
)
from journey.model.map import Journey, PainPoint, Stage, Touchpoint
from journey.model.people import Leader, Segment
from journey.model.workspace import Workspace
from journey.priority.result import Basis, Factor, Level, RankedItem, Ranking

ROWS = (
    ("ID photo rejected without a reason", "idcheck", "A", 480, 30, 0.97, (1, 2)),
    ("Card arrives with no notice of when", "card", "A", 310, 25, 0.88, (1, 4)),
    ("Asked to repeat details on the phone", "support", "A", 205, 20, 0.74, (2, 6)),
    ("Form loses entries on going back", "form", "A", 265, 28, 0.67, (2, 7)),
    ("PIN letter comes days after the card", "card", "A", 118, 14, 0.56, (3, 9)),
    ("Nobody to reach after 17:00", "support", "B", 228, 30, 0.43, (3, 11)),
    ("Result gives no next step", "check", "A", 96, 15, 0.25, (5, 11)),
    ("Contract hard to read on a phone", "sign", "A", 74, 12, 0.20, (5, 12)),
    ("Fees hidden far down the page", "page", "B", 110, 20, 0.15, (5, 14)),
    ("First login needs a code from a letter", "login", "A", 84, 18, 0.08, (7, 14)),
    ("Refer link opens the wrong page", "refer", "B", 62, 16, 0.04, (8, 14)),
    ("Passport chip not read on older phones", "idcheck", "B", 58, 16, 0.02, (9, 14)),
    ("Outdated rate on comparison site", "compare", "B", 40, 14, 0.01, (9, 14)),
    ("No sign of which step comes next", "form", "A", 30, 12, 0.004, (10, 14)),
    ("Queue at the branch", "branch", "D", None, 20, 0.05, (4, 16)),
    ("Chat hands over without history", "chat", "E", None, 16, 0.02, (6, 17)),
    ("Ad promises a bonus few can get", "ad", "E", None, 8, 0.01, (9, 17)),
    ("Tax question unclear", "form", "F", None, 20, None, None),
)
TOUCHPOINTS = {
    "ad": ("Social ad", "social", "Awareness", "tomas"),
    "compare": ("Comparison site", "web", "Awareness", "tomas"),
    "page": ("Product page", "web", "Consideration", "tomas"),
    "chat": ("Ask in chat", "chat", "Consideration", "lena"),
    "check": ("Eligibility check", "web", "Consideration", "ingrid"),
    "form": ("Online application", "web", "Purchase", "ingrid"),
    "idcheck": ("ID verification", "app", "Purchase", "ingrid"),
    "sign": ("Contract signing", "app", "Purchase", "ingrid"),
    "card": ("Card delivery", "post", "Post-purchase", "marek"),
    "login": ("First app login", "app", "Post-purchase", "ingrid"),
    "support": ("Support call", "phone", "Post-purchase", "lena"),
    "branch": ("Branch visit", "branch", "Post-purchase", None),
    "refer": ("Refer a friend", "referral", "Advocacy", "tomas"),
}
LEADERS = {
    "ingrid": "Ingrid Solberg",
    "marek": "Marek Nowak",
    "lena": "Lena Haugen",
    "tomas": "Tomas Berg",
}


def bank() -> Workspace:
    """Return a workspace with the pain points of ROWS."""
    journey = JourneyId("j")
    ws = Workspace("Fjordbank", [Journey(journey, "Opening a first account")])
    stages = list(dict.fromkeys(stage for _, _, stage, _ in TOUCHPOINTS.values()))
    for k, name in enumerate(stages):
        ws.put(Stage(StageId(name), journey, name, float(k)))
    for key, name in LEADERS.items():
        ws.put(Leader(LeaderId(key), name))
    for k, (key, (name, channel, stage, owner)) in enumerate(TOUCHPOINTS.items()):
        ws.put(
            Touchpoint(
                TouchpointId(key),
                journey,
                name,
                StageId(stage),
                float(k),
                channel,
                owner=LeaderId(owner) if owner else None,
            )
        )
    for k, (title, touchpoint, *_rest) in enumerate(ROWS):
        ws.put(
            PainPoint(
                PainPointId(f"p{k + 1:02}"),
                journey,
                title,
                TouchpointId(touchpoint),
                float(k),
                severity=4 - k % 3,
                frequency=3,
                votes=max(0, 9 - k // 2),
            )
        )
    ws.put(Segment(SegmentId("new"), "New in Norway", 24_000, 6200.0))
    ws.put(Segment(SegmentId("grown"), "First job", 9_000, 4900.0))
    return ws


def item(ws: Workspace, number: int, *, index: bool = False) -> RankedItem:
    """Return one hand-written row."""
    title, touchpoint, level, value, effort, top, span = ROWS[number]
    place = ws.touchpoints[TouchpointId(touchpoint)]
    owner = place.owner
    amount = None if value is None or index else value * 1000.0
    share = None if value is None else value / 110.0
    if level == "D":
        share = 0.9
    shown = index or level == "D"
    return RankedItem(
        rank=None if level == "F" else number + 1,
        pain_point=PainPointId(f"p{number + 1:02}"),
        title=title,
        touchpoint=place.id,
        touchpoint_name=place.name,
        stage_name=str(place.stage),
        leader=owner,
        leader_name=ws.leaders[owner].name if owner else "",
        improvement=None,
        improvement_title="Text message with the delivery day" if number == 1 else "",
        level=Level("C" if index and level in "AB" else level),
        value_mean=amount,
        low80=amount and amount * 0.61,
        high80=amount and amount * 1.48,
        low95=amount and amount * 0.4,
        high95=amount and amount * 1.78,
        index_mean=share if shown else None,
        index_low80=share * 0.61 if shown and share else None,
        index_high80=share * 1.48 if shown and share else None,
        index_low95=share * 0.4 if shown and share else None,
        index_high95=share * 1.78 if shown and share else None,
        effort_days=float(effort),
        effort_assumed=number in (5, 8, 14),
        score=(amount or share or 1.0) / effort if level != "F" else None,
        p_top5=top,
        p_beats_next=0.61 if level in "ABC" else None,
        rank_low80=span[0] if span else None,
        rank_high80=span[1] if span else None,
        share_affected=0.13,
        effect=0.034,
        n=318 if level in "AB" else 0,
        sentence=f"Fixing {title} is ranked {number + 1} of 17: about 13 % of 24\u202f000 yearly "
        "visits meet it, those customers score 2.1 points lower and are 3.4 points likelier to "
        "leave, so a fix keeps about 310 k€ of customer value for each year's customers (80 %: "
        "190–460 k€) for 25 days of work; it is in the true top 5 with 88 % probability.",
        why_not_higher="" if number == 0 else "Why not higher: fewer customers meet it than rank 1",
        factors=()
        if number == 0 or level in "EF"
        else (
            Factor("customers", 24_000, 29_000, 0.83),
            Factor("share", 0.13, 0.16, 0.81),
            Factor("effect", 0.034, 0.041, 0.83),
            Factor("value", 4900, 4200, 1.16),
            Factor("effort", 25, 30, 1.2),
            Factor("residual", 1, 1, 1.02),
        ),
    )


def ranking_of(ws: Workspace, *, basis: Basis = Basis.MONEY, copies: int = 1) -> Ranking:
    """Return the hand-written ranking; `copies` repeats its rows under other ids and ranks."""
    index = basis is Basis.INDEX
    rows = [item(ws, number, index=index) for number in range(len(ROWS))]
    if basis is Basis.ORDER:
        rows = [replace(r, rank=k + 1) for k, r in enumerate(r for r in rows if r.level == "E")]
    if copies > 1:
        measured = [r for r in rows if r.level in "ABC"]
        rows = [
            replace(r, rank=k + 1, pain_point=PainPointId(f"c{k:04}"), rank_low80=k + 1,
                    rank_high80=k + 9)
            for k, r in enumerate(r for r in measured for _ in range(copies))
        ]  # fmt: skip
    return Ranking(
        quarter="2026Q4",
        draft=True,
        seed=1,
        draws=1000,
        method_version="1",
        basis=basis,
        index_unit="kept_per_1000",
        currency="EUR",
        assumptions=ws.assumptions.figures(),
        items=tuple(rows),
    )


@dataclass
class FakeDocument:
    """Stands for the stored document at the border: keeps what it was told to write."""

    workspace: Workspace
    read_only: bool = False
    recovered: bool = False
    has_unpublished: bool = False
    path: Path = Path("fjordbank.waymark")
    written: list[Changes] = field(default_factory=list)

    def write(self, changes: Changes) -> None:
        """Keep the changes."""
        self.written.append(changes)

    def publish(self) -> object:
        """Pretend to publish."""
        return None

    def close(self, publish: bool = True) -> None:
        """Nothing to let go of."""
