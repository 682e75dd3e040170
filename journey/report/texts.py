"""How the facts of a report read: every figure written out once, for all formats alike.

All of it is plain text; a text that does not apply is "". Texts that people typed stand in it as
they are, so whoever renders them treats them as data.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RowText:
    """One row of a pack.

    Attributes:
        rank: "4", "–" without one. change: "was 6", "new", "same".
        where: touchpoint and stage. segment: the one hit hardest.
        value: "480 k€"; bare: the same without its unit; low, high: bare ends of the 80 %
            interval; interval: "300 to 680".
        no_value: why there is no figure, where there is none.
        chance: "97 %". effort: "30 d", "≈ 20 d" where assumed.
        metric: "−21"; metric_name: "NPS"; margin: "±8"; answers: "388"; no_metric: "too few (3)".
        target: "target +10". since: "changed"; since_detail: "+24 since 2026 Q3";
            difference: "+24".
    """

    rank: str = ""
    change: str = ""
    title: str = ""
    where: str = ""
    segment: str = ""
    improvement: str = ""
    value: str = ""
    bare: str = ""
    low: str = ""
    high: str = ""
    interval: str = ""
    no_value: str = ""
    chance: str = ""
    effort: str = ""
    level: str = ""
    level_name: str = ""
    metric: str = ""
    metric_name: str = ""
    margin: str = ""
    answers: str = ""
    no_metric: str = ""
    target: str = ""
    since: str = ""
    since_detail: str = ""
    difference: str = ""
    due: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class KpiText:
    """One KPI: its name, where it belongs, "61.2 %", "target 75 %", and how that reads."""

    name: str = ""
    where: str = ""
    value: str = ""
    target: str = ""
    period: str = ""
    reading: str = ""


@dataclass(frozen=True, slots=True)
class FixText:
    """One finished improvement, and what was predicted and observed in one sentence."""

    title: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class CommentText:
    """What a customer wrote, in quotation marks, and where it comes from."""

    quote: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class ColumnText:
    """The headings of the ten rows."""

    rank: str = ""
    pain_point: str = ""
    value: str = ""
    chance: str = ""
    effort: str = ""
    level: str = ""
    metric: str = ""
    since: str = ""
    work: str = ""


@dataclass(frozen=True, slots=True)
class FootText:
    """Method, assumptions and trace, each a title with its text."""

    method_title: str = ""
    method: str = ""
    assumptions_title: str = ""
    assumptions: str = ""
    trace_title: str = ""
    trace: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PackText:
    """What stands on a pack's page, from top to foot.

    Attributes:
        title: of the file, as "Ingrid Solberg · 2026 Q4".
        workspace, state: head left and right. leader: who. lead: the line below.
        unit: what the values are; ticks: of the axis, one per `Axis.ticks`.
        legend: parts to be set side by side; tinted: what a tinted row means, "" without one.
        more: that further rows follow. change: what is new and gone since the quarter before.
        why: title and text of why the first row is first; why_not: (title, reason) of others.
        fixes, comments, kpis: what stands in their sections; a title is "" where its section
            is left out.
    """

    title: str = ""
    workspace: str = ""
    state: str = ""
    leader: str = ""
    lead: str = ""
    decision_title: str = ""
    decision: str = ""
    decision_detail: str = ""
    columns: ColumnText = ColumnText()
    unit: str = ""
    ticks: tuple[str, ...] = ()
    legend: tuple[str, ...] = ()
    tinted: str = ""
    more: str = ""
    why_title: str = ""
    why: str = ""
    why_not_title: str = ""
    why_not: tuple[tuple[str, str], ...] = ()
    fixes_title: str = ""
    fixes: tuple[FixText, ...] = ()
    comments_title: str = ""
    comments: tuple[CommentText, ...] = ()
    kpis_title: str = ""
    kpis: tuple[KpiText, ...] = ()
    change_title: str = ""
    change: tuple[str, ...] = ()
    all_rows_title: str = ""
    foot: FootText = FootText()


@dataclass(frozen=True, slots=True)
class LeaderText:
    """One leader's line in the overview."""

    leader: str = ""
    rows: str = ""
    asked: str = ""
    effort: str = ""
    best: str = ""
    value: str = ""
    interval: str = ""
    kpis: str = ""


@dataclass(frozen=True, slots=True)
class PictureText:
    """A map's heading, and what it shows for those who cannot see it."""

    title: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class OverviewText:
    """The board's page: its head, figures as (title, value, note), leaders, maps and the foot."""

    title: str = ""
    workspace: str = ""
    state: str = ""
    lead: str = ""
    decision_title: str = ""
    decision: str = ""
    decision_detail: str = ""
    figures: tuple[tuple[str, str, str], ...] = ()
    leaders_title: str = ""
    leader_columns: tuple[str, ...] = ()
    rows_title: str = ""
    columns: ColumnText = ColumnText()
    leader_column: str = ""
    unit: str = ""
    ticks: tuple[str, ...] = ()
    legend: tuple[str, ...] = ()
    pictures: tuple[PictureText, ...] = ()
    change_title: str = ""
    change: tuple[str, ...] = ()
    fixes_title: str = ""
    fixes: tuple[FixText, ...] = ()
    foot: FootText = FootText()


@dataclass(frozen=True, slots=True)
class DoneText:
    """One finished improvement as customers and staff are told of it."""

    said: tuple[str, ...] = ()
    did: str = ""
    when: str = ""
    where: str = ""
    result: str = ""


@dataclass(frozen=True, slots=True)
class DonePageText:
    """The page "You said, we did"."""

    title: str = ""
    workspace: str = ""
    state: str = ""
    lead: str = ""
    said_title: str = ""
    did_title: str = ""
    foot: str = ""
    came_title: str = ""
