"""A small workspace with answers, made to order."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pytest

from journey.model.assumptions import Assumptions
from journey.model.evidence import Question, Survey
from journey.model.ids import (
    ImprovementId,
    JourneyId,
    LeaderId,
    PainPointId,
    QuestionId,
    SegmentId,
    StageId,
    SurveyId,
    TouchpointId,
    TransitionId,
)
from journey.model.improvement import Improvement
from journey.model.map import Journey, PainPoint, Stage, Touchpoint, Transition
from journey.model.people import Leader, Segment
from journey.model.workspace import Workspace
from journey.priority import rank
from journey.priority.evidence import MISSING, UNKNOWN, ResponseTable
from journey.priority.result import RankedItem, Ranking

JOURNEY = JourneyId("j")


@dataclass
class World:
    """A workspace under construction and its tables."""

    ws: Workspace = field(
        default_factory=lambda: Workspace(
            "World", [Journey(JOURNEY, "Journey"), Stage(StageId("s"), JOURNEY, "Stage")]
        )
    )
    tables: list[ResponseTable] = field(default_factory=list)

    def segment(
        self, name: str, customers: float | None = 1000.0, value: float | None = 100.0
    ) -> None:
        self.ws.put(Segment(SegmentId(name), name, customers, value))

    def touchpoint(self, name: str, *, question: str | None = "nps", owner: str = "") -> None:
        place = float(len(self.ws.touchpoints))
        leader = LeaderId(owner) if owner else None
        at = TouchpointId(name)
        self.ws.put(Touchpoint(at, JOURNEY, name.title(), StageId("s"), place, owner=leader))
        if question is not None:
            scale = (0, 10) if question == "nps" else (1, 5)
            self.ws.put(Question(QuestionId(f"q-{name}"), at, "?", question, scale))

    def pain(self, name: str, at: str | None, **fields: object) -> None:
        where = TouchpointId(at) if at else None
        pain = PainPoint(PainPointId(name), JOURNEY, f"Pain {name}", where)
        self.ws.put(replace(pain, **fields))  # type: ignore[arg-type]

    def improvement(self, name: str, *pains: str, **fields: object) -> None:
        made = Improvement(ImprovementId(name), name, tuple(PainPointId(p) for p in pains))
        self.ws.put(replace(made, **fields))  # type: ignore[arg-type]

    def leader(self, name: str) -> None:
        self.ws.put(Leader(LeaderId(name), name.title()))

    def arrow(self, source: str, target: str, count: float | None) -> None:
        name = TransitionId(f"{source}>{target}")
        self.ws.put(Transition(name, JOURNEY, source, target, None, count))

    def assume(self, **figures: float) -> None:
        self.ws.put(replace(self.ws.assumptions, **figures))

    def certain(self) -> None:
        """Take every spread away that an assumption sets."""
        names = [n for n in Assumptions().figures() if n.endswith(("_sd", "_sd_log"))]
        self.assume(**dict.fromkeys(names, 0.0))

    def survey(
        self,
        *,
        design: str = "relational",
        means: str | None = "dissatisfied",
        months: int | None = None,
        pains: Mapping[str, Sequence[bool] | np.ndarray],
        outcome: Sequence[int] | np.ndarray | None = None,
        answers: Mapping[str, Sequence[int] | np.ndarray] | None = None,
        segment: Sequence[int] | np.ndarray | None = None,
        segments: Sequence[str] = (),
        weight: np.ndarray | None = None,
        covariates: Mapping[str, np.ndarray] | None = None,
        mapping: str = "",
        rows: int | None = None,
        name: str = "survey",
    ) -> ResponseTable:
        if rows is None:
            rows = len(next(iter(pains.values())))
        self.ws.put(Survey(SurveyId(name), name, design, None, means, months, mapping=mapping))
        asked = answers or {}
        table = ResponseTable(
            survey=SurveyId(name),
            design=design,
            outcome_means=means,
            outcome_months=months,
            segments=tuple(SegmentId(s) for s in segments),
            segment=np.full(rows, -1) if segment is None else np.asarray(segment, np.int16),
            weight=np.ones(rows) if weight is None else weight,
            outcome=np.full(rows, UNKNOWN, np.int8)
            if outcome is None
            else np.asarray(outcome, np.int8),
            answers={QuestionId(q): np.asarray(a, np.int16) for q, a in asked.items()},
            pain_points={PainPointId(p): np.asarray(h, np.bool_) for p, h in pains.items()},
            covariates=covariates or {},
        )
        table = replace(table, segment=np.asarray(table.segment, np.int16))
        self.tables.append(table)
        return table

    def rank(self, **options: object) -> Ranking:
        chosen: dict[str, object] = {"quarter": "2026Q4", "draws": 400} | options
        return rank(self.ws, self.tables, **chosen)  # type: ignore[arg-type]


def relational_world(
    *, rows: int = 600, seed: int = 0, effects: Sequence[float] = (1.5, 0.3, 0.0, -0.3)
) -> World:
    """Return a relational world of ticked pain points whose effects on the logit are known."""
    rng = np.random.default_rng(seed)
    world = World()
    world.segment("a", 10_000.0, 500.0)
    world.segment("b", 5_000.0, 2_000.0)
    pains, eta = {}, np.full(rows, -1.2)
    for i, effect in enumerate(effects):
        world.touchpoint(f"t{i}", question=None)
        world.pain(f"p{i}", f"t{i}")
        pains[f"p{i}"] = rng.random(rows) < 0.25
        eta += effect * pains[f"p{i}"]
    bad = rng.random(rows) < 1 / (1 + np.exp(-eta))
    world.survey(pains=pains, outcome=bad, segments=("a", "b"), segment=rng.integers(0, 2, rows))
    return world


def visit_world(*, rows: int = 400, seed: int = 0, outcome: bool = True) -> World:
    """Return a transactional world of two touchpoints in a row with two pain points each."""
    rng = np.random.default_rng(seed)
    world = World()
    world.segment("a", 10_000.0, 500.0)
    world.segment("b", 5_000.0, 2_000.0)
    at = rng.integers(0, 2, rows)
    pains, answers = {}, {}
    score = np.clip(np.round(8 + 1.5 * rng.standard_normal(rows)), 0, 10)
    for t in range(2):
        world.touchpoint(f"t{t}")
        for p, drop in enumerate((3.0, 0.5)):
            world.pain(f"p{t}{p}", f"t{t}")
            hit = (at == t) & (rng.random(rows) < 0.2)
            score = np.clip(score - drop * hit, 0, 10)
            pains[f"p{t}{p}"] = hit
    for t in range(2):
        answers[f"q-t{t}"] = np.where(at == t, score, MISSING)
    lost = rng.random(rows) < 1 / (1 + np.exp(3.5 - 0.45 * (8 - score)))
    world.survey(
        design="transactional",
        means="left" if outcome else None,
        pains=pains,
        answers=answers,
        outcome=lost if outcome else None,
        segments=("a", "b"),
        segment=rng.integers(0, 2, rows),
    )
    return world


def item(ranking: Ranking, pain: str) -> RankedItem:
    """Return the row of a pain point."""
    return next(i for i in ranking.items if i.pain_point == pain)


@pytest.fixture
def new_world() -> Callable[[], World]:
    """Make empty worlds."""
    return World


@pytest.fixture(scope="session")
def relational() -> Callable[..., World]:
    """Make relational worlds."""
    return relational_world


@pytest.fixture(scope="session")
def transactional() -> Callable[..., World]:
    """Make transactional worlds."""
    return visit_world


@pytest.fixture(scope="session")
def row() -> Callable[[Ranking, str], RankedItem]:
    """Find a pain point's row."""
    return item
