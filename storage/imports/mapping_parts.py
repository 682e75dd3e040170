"""The mapping file as objects: what every column of a file means. Names as in the file."""

import re
from dataclasses import dataclass, field
from typing import Final

METRICS: Final = ("nps", "csat", "ces1", "ces2", "rating")
DESIGNS: Final = ("relational", "transactional")
OUTCOME_MEANINGS: Final = ("left", "dissatisfied")
DEFAULT_SCALES: Final = {"nps": (0, 10), "csat": (1, 5), "ces1": (1, 5), "ces2": (1, 7)}

# What Qualtrics writes as the status of an answer that is no preview: in words, or as a code.
REAL_ANSWERS: Final = ("IP Address", "0")

Scale = tuple[int, int]

# What services call metrics in the column that names one per record. A bare "CES" names no metric:
# its direction must be chosen. Five stars are asked like satisfaction, from 1 to 5.
_METRIC_NAMES: Final = {
    "net promoter score": "nps",
    "customer satisfaction": "csat",
    "customer loyalty": "nps",
    "customer support": "ces",
    "customer effort score": "ces",
    "customer satisfaction score": "csat",
    "5star": "csat",
    "5-star": "csat",
    "5 star": "csat",
    "star": "csat",
    "stars": "csat",
    "star5": "csat",
    "smiley": "csat",
    "smileys": "csat",
    "thumbs": "csat",
    "ces5": "ces",
    "ces7": "ces",
}


_IN_BRACKETS: Final = re.compile(r"\((nps|csat|ces)\)$")


def metric_named(text: str) -> str:
    """Return the metric that a cell names; the cell itself, in small letters, where it is none."""
    name = " ".join(text.split()).casefold()
    # "Customer Loyalty (NPS)".
    short = _IN_BRACKETS.search(name)
    return short[1] if short else _METRIC_NAMES.get(name, name)


@dataclass(frozen=True, slots=True)
class Keep:
    """Only the records whose column holds one of the values are taken."""

    column: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """How the file is read; None means what was detected."""

    encoding: str | None = None
    separator: str | None = None
    header_rows: int | None = None
    sheet: str | None = None
    keep: Keep | None = None


@dataclass(frozen=True, slots=True)
class DateSettings:
    """Where a moment stands and how it is written.

    Attributes:
        column: a column name.
        format: see dates.date_parser; "" is a choice left open.
        timezone: an IANA name for moments without an offset; None is UTC.
    """

    column: str
    format: str
    timezone: str | None = None


@dataclass(frozen=True, slots=True)
class SurveySettings:
    """The survey as a whole.

    Attributes:
        name: what it is called in the workspace.
        design: relational or transactional.
        quarter: "2026Q4" for all answers; not needed where there is a date.
        date: the moment of each answer.
        respondent, segment, weight: column names.
        covariates: columns that the joint model holds equal.
    """

    name: str
    design: str
    quarter: str | None = None
    date: DateSettings | None = None
    respondent: str | None = None
    segment: str | None = None
    weight: str | None = None
    covariates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionMapping:
    """One rated column of a wide table.

    Attributes:
        column: its name.
        touchpoint: what it asks about.
        stage: of the touchpoint where it is to be created; None is "Unsorted".
        metric: nps, csat, ces1, ces2 or rating; "ces" is a choice left open.
        scale: lowest and highest score.
        higher_is_better: False where low is good, as always in ces1.
        missing: values that are no answer.
        text: the question as it was asked, where it differs from the column's name.
        scores: what answers in words count as ("Strongly agree" 5), or codes that are no scores;
            letter case aside. A cell that is none of them is read as a number.
    """

    column: str
    touchpoint: str
    metric: str
    scale: Scale
    stage: str | None = None
    higher_is_better: bool = True
    missing: tuple[str, ...] = ()
    text: str | None = None
    scores: tuple[tuple[str, int], ...] = ()

    @property
    def worst(self) -> Scale:
        """The two worst scores, ascending."""
        low, high = self.scale
        return (low, low + 1) if self.higher_is_better else (high - 1, high)


@dataclass(frozen=True, slots=True)
class LongMapping:
    """A table with one score per record.

    Attributes:
        touchpoint: the column that names the touchpoint.
        score: the column of the score.
        metric: a metric for all, or None where metric_column names it per record.
        metric_column: the column whose values are metrics.
        scale: lowest and highest score; None is each metric's own.
        stage: the column that names the stage.
    """

    touchpoint: str
    score: str
    metric: str | None = None
    metric_column: str | None = None
    scale: Scale | None = None
    higher_is_better: bool = True
    missing: tuple[str, ...] = ()
    stage: str | None = None


@dataclass(frozen=True, slots=True)
class When:
    """The rule by which a respondent has a pain point; exactly one kind is set.

    Attributes:
        column: the column looked at.
        between: lowest and highest score, both included.
        values: cells that tick it.
        contains: words in a comment, without regard to case.
    """

    column: str
    between: tuple[float, float] | None = None
    values: tuple[str, ...] = ()
    contains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PainPointMapping:
    """A pain point and who has it."""

    title: str
    touchpoint: str
    when: When
    stage: str | None = None


@dataclass(frozen=True, slots=True)
class OutcomeMapping:
    """Whether a respondent ended well.

    Attributes:
        column: its name.
        bad: the values that are bad; every other answer is good. Empty is a choice left open.
        means: left or dissatisfied.
        months: the period of leaving.
    """

    column: str
    bad: tuple[str, ...]
    means: str
    months: int | None = None


@dataclass(frozen=True, slots=True)
class CommentMapping:
    """A column of free text; without a touchpoint it belongs to the whole answer."""

    column: str
    touchpoint: str | None = None
    stage: str | None = None


@dataclass(frozen=True, slots=True)
class KpiMapping:
    """A column of observations of one KPI; its period stands in another column."""

    column: str
    name: str
    period: DateSettings
    touchpoint: str | None = None
    owner: str | None = None
    unit: str | None = None
    better: str = "higher"
    target: float | None = None
    n: str | None = None


@dataclass(frozen=True, slots=True)
class EventsMapping:
    """The columns of an event log; attribute keys where it is XES.

    Attributes:
        time_format: how moments are written; None is what was found.
        timezone: an IANA name for moments without an offset; None is UTC.
        lifecycle_keep: only events in these states count; none means all.
        lost, retained: activities with which a case ends badly or well.
    """

    case: str
    activity: str
    time: str
    lifecycle: str | None = None
    segment: str | None = None
    lifecycle_keep: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    retained: tuple[str, ...] = ()
    time_format: str | None = None
    timezone: str | None = None


@dataclass(frozen=True, slots=True)
class PurchasesMapping:
    """The columns of a purchase log.

    Attributes:
        date_format: how days are written; None is what was found.
    """

    customer: str
    date: str
    amount: str
    segment: str | None = None
    date_format: str | None = None


@dataclass(frozen=True, slots=True)
class TicketsMapping:
    """The columns of a help desk's tickets, a record each; what a file lacks is None.

    Attributes:
        ticket: names it, a different one in each record.
        created, solved, replied: moments; replied is that of the first reply.
        reply, resolution: times until the first reply and until it was solved, in reply_unit and
            resolution_unit where neither header nor cells say it: one of durations.UNITS.
        reopens, replies: counts; replies are those of the agents.
        first_contact: yes or no, as the help desk itself marks it.
        requester: who asked; whoever asks again within repeat_days was not helped.
        status: its state; closed: the states that say solved, where their words do not tell.
        touchpoint: the one they are all at. by: else a column whose values are touchpoints.
            Without either they are the whole company's.
        period: month, week or quarter; or the period, as "2026-07", that all of them fall in.
        date_format: of days that can be read in both orders.
    """

    ticket: str
    created: str | None = None
    solved: str | None = None
    replied: str | None = None
    reply: str | None = None
    resolution: str | None = None
    reopens: str | None = None
    replies: str | None = None
    first_contact: str | None = None
    requester: str | None = None
    status: str | None = None
    closed: tuple[str, ...] = ()
    reply_unit: str | None = None
    resolution_unit: str | None = None
    touchpoint: str | None = None
    by: str | None = None
    period: str = "month"
    repeat_days: int = 7
    date_format: str | None = None

    @property
    def columns(self) -> dict[str, str]:
        """The columns it names, by what they are."""
        named = ((role, getattr(self, role)) for role in TICKET_ROLES)
        return {role: name for role, name in named if name}


TICKET_ROLES: Final = (
    "ticket", "created", "solved", "replied", "reply", "resolution", "reopens", "replies",
    "first_contact", "requester", "status", "by",
)  # fmt: skip
TICKET_PERIODS: Final = ("month", "week", "quarter")


@dataclass(frozen=True, slots=True)
class ChoiceMapping:
    """What becomes of a KPI's values that do not go together.

    Attributes:
        kpi: its name. touchpoint: its name, None for the whole company.
        clash, take: see kpi_clashes.KpiClash: the reason, and one of the options.
    """

    kpi: str
    clash: str
    take: str
    touchpoint: str | None = None


@dataclass(frozen=True, slots=True)
class Mapping:
    """A whole mapping file."""

    source: SourceSettings = SourceSettings()
    survey: SurveySettings | None = None
    questions: tuple[QuestionMapping, ...] = ()
    long: LongMapping | None = None
    pain_points: tuple[PainPointMapping, ...] = ()
    outcome: OutcomeMapping | None = None
    comments: tuple[CommentMapping, ...] = ()
    kpis: tuple[KpiMapping, ...] = ()
    events: EventsMapping | None = None
    activities: dict[str, str] = field(default_factory=dict)
    periods: dict[str, str] = field(default_factory=dict)
    choices: tuple[ChoiceMapping, ...] = ()

    @property
    def takes_nothing(self) -> bool:
        """Whether no answer of a survey comes in by it."""
        asked = (self.questions, self.pain_points, self.comments)
        return not any(asked) and self.long is None and self.outcome is None

    purchases: PurchasesMapping | None = None
    tickets: TicketsMapping | None = None
