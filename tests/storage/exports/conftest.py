"""A bank whose figures are invented, for looking at packs and reading them back."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import pytest

from journey.metrics import Metric, ScoreCounts, summarise
from journey.metrics.score import MetricResult
from journey.model.assumptions import Assumptions
from journey.model.evidence import Kpi, Observation, Question
from journey.model.improvement import Improvement
from journey.model.map import Journey, PainPoint, Stage, Touchpoint
from journey.model.people import Leader, Segment
from journey.model.quarter import Quarter
from journey.model.workspace import Workspace, WorkspaceInfo
from journey.priority.result import Basis, Level, RankedItem, Ranking
from journey.report.around import Around
from journey.report.build import build_packs, build_report
from journey.report.pack import Pack
from journey.report.report import Report

SHA = "9f3c1a7e44d0b2c8" * 4
STAGES = {
    "search": "Consideration",
    "eligibility": "Consideration",
    "form": "Purchase",
    "id": "Purchase",
    "sign": "Purchase",
    "login": "Post-purchase",
    "call": "Post-purchase",
}
NAMES = {
    "search": "Comparing accounts",
    "eligibility": "Eligibility check",
    "form": "Online application",
    "id": "ID verification",
    "sign": "Contract signing",
    "login": "First app login",
    "call": "Support call",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A metric row as the evidence gives it."""

    touchpoint: str | None
    question: Question
    segment: str | None
    result: MetricResult


def item(
    rank: int | None,
    pain: str,
    title: str,
    touchpoint: str,
    level: str,
    mean: float | None,
    effort: float,
    p_top5: float | None,
    **more: object,
) -> RankedItem:
    """Return a row whose intervals follow from its mean."""
    owner = more.pop("leader", "solberg")
    owners = {"solberg": "Ingrid Solberg", "lund": "Åse Lund", None: ""}
    index = more.pop("index", None)
    row = RankedItem(
        rank=rank,
        pain_point=pain,
        title=title,
        touchpoint=touchpoint,
        touchpoint_name=NAMES[touchpoint],
        stage_name=STAGES[touchpoint],
        leader=owner,
        leader_name=owners[owner],
        improvement=f"fix-{pain}" if level in "ABC" else None,
        improvement_title=f"Fix: {title.lower()}" if level in "ABC" else "",
        level=Level(level),
        value_mean=mean,
        low80=None if mean is None else mean * 0.62,
        high80=None if mean is None else mean * 1.42,
        low95=None if mean is None else mean * 0.40,
        high95=None if mean is None else mean * 1.72,
        index_mean=index,
        index_low80=None if index is None else index * 0.3,
        index_high80=None if index is None else index * 2.1,
        index_low95=None if index is None else index * 0.1,
        index_high95=None if index is None else index * 2.9,
        effort_days=effort,
        effort_assumed=False,
        score=None if mean is None else mean / effort,
        p_top5=p_top5,
        p_beats_next=0.71 if mean is not None else None,
        rank_low80=None if rank is None else max(1, rank - 2),
        rank_high80=None if rank is None else rank + 3,
        share_affected=None if mean is None else 0.16,
        effect=None if mean is None else 0.041,
        n=388 if mean is not None else 0,
        sentence="",
        why_not_higher="",
    )
    return replace(row, **more)


def ranking() -> Ranking:
    """Return a list in money with every level."""
    first = (
        "Fixing “ID photo rejected without a reason” is ranked 1 of 14: about 16 % of 29 000 yearly"
        " visits meet it, those customers score 2.6 points lower and are 4.1 points likelier to"
        " leave, so a fix keeps about 480 k€ of customer value for each year’s customers (80 %:"
        " 300–680 k€) for 30 days of work; it is in the true top 5 with 97 % probability."
    )
    why = "fewer customers meet it (9 % against 16 %) and each fix keeps less of their value."
    items = (
        item(1, "photo", "ID photo rejected without a reason", "id", "A", 480_312.7, 30, 0.97,
             sentence=first),
        item(2, "wait", "Twelve minutes on hold before a person answers", "call", "A", 402_118.0,
             41, 0.91, leader="lund", sentence="Fixing it is ranked 2 of 14."),
        item(3, "search-fees", "Fees are spread over four pages", "search", "A", 301_000.5, 22,
             0.83, leader="lund", why_not_higher=why),
        item(4, "back", "Form loses entries on going back", "form", "A", 265_441.2, 28, 0.67,
             why_not_higher=why),
        item(5, "history", "Chat hands over without history", "call", "B", 228_000.0, 35, 0.52,
             leader="lund", why_not_higher=why),
        item(7, "result", "Result gives no next step", "eligibility", "A", 96_204.9, 15, 0.25,
             why_not_higher="the value of the customers who meet it is a third of rank 1’s."),
        item(8, "contract", "Contract hard to read on a phone", "sign", "A", 74_010.0, 12, 0.20,
             why_not_higher="fewer of them leave: 1.2 points against 4.1."),
        item(10, "letter", "First login needs a code from a letter", "login", "A", 84_000.0, 18.5,
             0.08, effort_assumed=True, why_not_higher=why),
        item(12, "chip", "Passport chip not read on older phones", "id", "B", 58_730.0, 16, 0.02),
        item(13, "step", "No sign of which step comes next in the application", "form", "B",
             40_000.0, 12, 0.003, low95=-12_000.0, low80=4_000.0),
        item(14, "finished", "Too few applications are finished", "form", "D", None, 20, 0.18,
             index=3.74, effort_assumed=True),
        item(15, "tone", "Letters sound like a court", "sign", "E", None, 20, None,
             effort_assumed=True, sentence="Ranked by 4 workshop votes, not measured."),
        item(None, "tax", "Tax question unclear", "form", "F", None, 20, None),
        item(None, "fraud", "Nobody says what to do after fraud", "call", "F", None, 20, None,
             leader=None),
    )  # fmt: skip
    assumptions = Assumptions(fix_efficacy_mean=0.5).figures()
    return Ranking(
        quarter="2026Q4",
        draft=False,
        seed=1,
        draws=1000,
        method_version="1",
        basis=Basis.MONEY,
        index_unit="kept_per_1000",
        currency="EUR",
        assumptions=assumptions,
        items=items,
    )


def workspace(language: str = "en") -> Workspace:
    """Return the bank's workspace."""
    info = WorkspaceInfo(name="Fjordbank · Opening a first account", language=language)
    ws = Workspace(entities=[info])
    ws.put(Leader("solberg", "Ingrid Solberg", "Digital onboarding"))
    ws.put(Leader("lund", "Åse Lund", "Customer service"))
    ws.put(Segment("young", "18 to 25", 9000, 4200))
    ws.put(Journey("opening", "Opening a first account"))
    for place, name in enumerate(dict.fromkeys(STAGES.values())):
        ws.put(Stage(name, "opening", name, float(place)))
    for place, (key, name) in enumerate(NAMES.items()):
        ws.put(Touchpoint(key, "opening", name, STAGES[key], float(place)))
    for row in ranking().items:
        ws.put(PainPoint(row.pain_point, "opening", row.title, row.touchpoint, owner=row.leader))
        if row.improvement:
            due = date(2027, 3, 31) if row.pain_point == "photo" else None
            ws.put(
                Improvement(
                    row.improvement,
                    row.improvement_title,
                    (row.pain_point,),
                    status="planned" if due else "proposed",
                    due=due,
                )
            )
    ws.put(Quarter("2026Q4", datetime(2027, 1, 4, 9, 14, tzinfo=UTC)))
    ws.put(Kpi("done", "Applications finished", "form", "solberg", "%", "higher", 75.0))
    ws.put(Kpi("reply", "Response time", "call", "lund", "hours", "lower", 2.0))
    ws.put(Kpi("health", "Customer health score", None, None, "of 10", "higher", 7.0))
    ws.put(Kpi("fcr", "First-contact resolution", None, None, "%", "higher", None))
    for key, period, value in (
        ("done", "2026-10", 58.0),
        ("done", "2026Q4", 61.2),
        ("done", "2027Q1", 80.0),
        ("reply", "2026-12", 1.6),
        ("health", "2026Q3", 7.4),
    ):
        ws.put(Observation(f"{key}-{period}", key, period, value, 1240 if key == "done" else None))
    return ws


def metric_rows() -> list[Row]:
    """Return what customers said: NPS and CSAT, one of them under the minimum n."""
    found = []
    for key, counts in (
        ("id", {0: 40, 4: 90, 6: 80, 7: 40, 8: 50, 9: 48, 10: 40}),
        ("form", {3: 60, 5: 70, 7: 80, 8: 60, 9: 82, 10: 60}),
        ("eligibility", {2: 30, 6: 40, 8: 49, 9: 46, 10: 40}),
        ("sign", {6: 40, 8: 81, 10: 89}),
        ("login", {5: 10, 8: 5, 9: 8}),
    ):
        question = Question(f"nps-{key}", key, "Would you recommend us?", "nps", (0, 10))
        scores = ScoreCounts(Metric.NPS, 0, 10, True, counts, None, None)
        found.append(Row(key, question, None, summarise(scores)))
    question = Question("csat-form", "form", "How was the form?", "csat", (1, 5))
    for segment, counts in ((None, {1: 20, 3: 40, 4: 80, 5: 60}), ("young", {2: 1, 5: 2})):
        scores = ScoreCounts(Metric.CSAT, 1, 5, True, counts, None, None)
        found.append(Row("form", question, segment, summarise(scores)))
    question = Question("csat-call", "call", "Was your problem solved?", "csat", (1, 5))
    scores = ScoreCounts(Metric.CSAT, 1, 5, True, {1: 1, 4: 2}, None, None)
    found.append(Row("call", question, None, summarise(scores)))
    return found


@pytest.fixture
def bank_ranking() -> Ranking:
    return ranking()


@pytest.fixture
def pack_maker() -> Callable[..., tuple[Pack, ...]]:
    """Return what makes the bank's packs from a ranking."""

    def make(of: Ranking, language: str = "en") -> tuple[Pack, ...]:
        return build_packs(
            workspace(language),
            of,
            metric_rows(),
            quarter="2026Q4",
            generated_on=date(2027, 1, 4),
            content_sha256=SHA,
        )

    return make


@pytest.fixture
def report_maker() -> Callable[[Around], Report]:
    """Return what makes the bank's report, with one improvement finished."""

    def make(around: Around) -> Report:
        ws = workspace()
        done = Improvement("fix-old", "Reset the password in the app", ("letter",), status="done",
                           owner="solberg", done_on=date(2026, 11, 3))  # fmt: skip
        ws.put(done)
        return build_report(
            ws,
            ranking(),
            metric_rows(),
            quarter="2026Q4",
            generated_on=date(2027, 1, 4),
            content_sha256=SHA,
            around=around,
        )

    return make


@pytest.fixture
def packs(pack_maker: Callable[..., tuple[Pack, ...]]) -> tuple[Pack, ...]:
    """The bank's packs: Ingrid Solberg, Åse Lund, nobody."""
    return pack_maker(ranking())
