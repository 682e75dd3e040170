"""The figures of the map, and which edits they rest on."""

from types import SimpleNamespace

import pytest

from journey.edit import (
    Add,
    AddPainPoint,
    Command,
    MovePainPoint,
    Remove,
    Rename,
    Set,
)
from journey.metrics import Metric, MetricResult
from journey.model.evidence import Kpi, Observation
from journey.model.ids import (
    JourneyId,
    Kind,
    KpiId,
    ObservationId,
    PainPointId,
    Ref,
    StageId,
    TouchpointId,
)
from journey.model.map import Journey, PainPoint, Stage, Touchpoint
from journey.model.workspace import Workspace
from ui.map_figures import figures_follow, map_figures

J, S = JourneyId("j"), StageId("s")
T0, T1 = TouchpointId("t0"), TouchpointId("t1")


def workspace() -> Workspace:
    return Workspace(
        "Desk",
        [
            Journey(J, "Opening an account"),
            Stage(S, J, "Use"),
            Touchpoint(T0, J, "Application", S, 0.0),
            Touchpoint(T1, J, "Signing", S, 1.0),
            PainPoint(PainPointId("p0"), J, "Form forgets", T0, 0.0),
            PainPoint(PainPointId("p1"), J, "No next step", T0, 1.0),
            Kpi(KpiId("k"), "Days to the card", T0, target=5.0),
            Observation(ObservationId("o"), KpiId("k"), "2026Q3", 7.0),
        ],
    )


def figures_of(ws: Workspace) -> object:
    asked = MetricResult(Metric.NPS, 40, 40.0, value=12.0, low=4.0, high=20.0)
    rows = [SimpleNamespace(touchpoint=t, result=asked) for t in (T0, T1)]
    item = SimpleNamespace(pain_point=PainPointId("p0"), level=SimpleNamespace(value="B"))
    ranking = SimpleNamespace(items=(item,), basis=SimpleNamespace(value="index"))
    return map_figures(ws, rows, ranking, "2026Q3")


@pytest.mark.parametrize(
    ("command", "follows"),
    [
        (Rename(Ref(Kind.TOUCHPOINT, T0), "Form"), False),
        (Rename(Ref(Kind.PAIN_POINT, PainPointId("p0")), "Forgets"), False),
        (Set(Ref(Kind.PAIN_POINT, PainPointId("p0")), severity=4), False),
        (AddPainPoint(PainPoint(PainPointId("p9"), J, "New", T1)), False),
        (MovePainPoint(PainPointId("p1"), T1), False),
        (MovePainPoint(PainPointId("p0"), T1), True),
        (Remove(Ref(Kind.PAIN_POINT, PainPointId("p0"))), True),
        (Set(Ref(Kind.KPI, KpiId("k")), target=9.0), True),
        (Add(Observation(ObservationId("o2"), KpiId("k"), "2026Q2", 3.0)), True),
        (Remove(Ref(Kind.OBSERVATION, ObservationId("o"))), True),
    ],
)
def test_figures_are_put_together_again_where_an_edit_changes_them(
    command: Command, follows: bool
) -> None:
    ws = workspace()
    before = figures_of(ws)
    for changes in (command.do(ws), command.undo(ws)):
        assert figures_follow(changes, before) is follows
    command.do(ws)
    if not follows:
        assert figures_of(ws) == before
