"""Figures of a calculator become KPIs of the whole company, one step, never mixing series."""

import pytest

from journey.edit.figures import Figure, keep_figures, measuring, named_kpi
from journey.model.check import problems
from journey.model.evidence import Kpi, Observation
from journey.model.ids import KpiId, ObservationId
from journey.model.template import new_workspace
from journey.model.workspace import Workspace


@pytest.fixture
def ws() -> Workspace:
    return new_workspace("A")


def keep(ws: Workspace, quarter: str, *figures: Figure) -> None:
    keep_figures(ws, figures, quarter).do(ws)
    assert [fault for one in ws.entities() for fault in problems(ws, one)] == []


def series(ws: Workspace) -> dict[tuple[str, str], dict[str, tuple[float, int | None]]]:
    found: dict[tuple[str, str], dict[str, tuple[float, int | None]]] = {}
    for seen in ws.observations.values():
        kpi = ws.kpis[seen.kpi]
        found.setdefault((kpi.measure, kpi.unit), {})[seen.period] = (seen.value, seen.n)
    return found


def test_a_figure_makes_its_kpi_and_then_goes_on_its_series(ws: Workspace) -> None:
    keep(ws, "2026Q3", Figure("fcr", 0.8, 400), Figure("cac", 120.0))
    keep(ws, "2026Q4", Figure("fcr", 0.75, 300))
    keep(ws, "2026Q4", Figure("fcr", 0.76, 310))
    assert series(ws) == {
        ("fcr", "%"): {"2026Q3": (80.0, 400), "2026Q4": (76.0, 310)},
        ("cac", ws.info.currency): {"2026Q3": (120.0, None)},
    }
    assert {kpi.touchpoint for kpi in ws.kpis.values()} == {None}


def test_it_is_one_step_that_undo_takes_back(ws: Workspace) -> None:
    before = ws.copy()
    command = keep_figures(ws, [Figure("fcr", 0.8, 400), Figure("churn", 0.1)], "2026Q3")
    command.do(ws)
    command.undo(ws)
    assert ws == before


def test_months_and_other_units_are_left_alone(ws: Workspace) -> None:
    for key, unit, period in (("m", "%", "2026-07"), ("u", "points", "2026Q3")):
        kpi = Kpi(KpiId(key), f"FCR {key}", unit=unit, measure="fcr")
        ws.put(kpi)
        ws.put(Observation(ObservationId(f"o{key}"), kpi.id, period, 7.0))
    keep(ws, "2026Q3", Figure("fcr", 0.8))
    assert len(ws.kpis) == 3
    assert [o.value for o in ws.observations.values() if o.kpi in {"m", "u"}] == [7.0, 7.0]


def test_declared_anchors_become_the_note(ws: Workspace) -> None:
    keep(ws, "2026Q3", Figure("health", 7.5, None, "NPS | 1 | 0 | 50"))
    keep(ws, "2026Q4", Figure("health", 6.5, None, "NPS | 2 | 0 | 50"))
    (kpi,) = ws.kpis.values()
    assert (kpi.note, kpi.unit, kpi.target) == ("NPS | 2 | 0 | 50", "of 10", 7.0)
    assert series(ws) == {("health", "of 10"): {"2026Q3": (7.5, None), "2026Q4": (6.5, None)}}


def test_a_name_of_the_trade_brings_what_it_means(ws: Workspace) -> None:
    kpi = named_kpi(ws, KpiId("k"), "first-contact resolution", None)
    assert (kpi.name, kpi.measure, kpi.unit) == ("first-contact resolution", "fcr", "%")
    cost = named_kpi(ws, KpiId("k"), "CAC", None)
    assert (cost.unit, cost.better) == (ws.info.currency, "lower")
    assert named_kpi(ws, KpiId("k"), "Queue at the desk", None) == Kpi(
        KpiId("k"), "Queue at the desk"
    )


def test_choosing_a_measure_never_relabels_values_that_are_there(ws: Workspace) -> None:
    ws.put(Kpi(KpiId("new"), "New KPI"))
    ws.put(Kpi(KpiId("old"), "Antworten", unit="min"))
    for key in ("new", "old"):
        measuring(ws, KpiId(key), "response_time").do(ws)
    new, old = ws.kpis[KpiId("new")], ws.kpis[KpiId("old")]
    assert (new.measure, new.unit, new.better, new.target) == ("response_time", "h", "lower", 2.0)
    # A target of 2 hours is none of 2 minutes.
    assert (old.measure, old.unit, old.better, old.target) == (
        "response_time", "min", "lower", None,
    )  # fmt: skip
    measuring(ws, KpiId("new"), "").do(ws)
    assert (ws.kpis[KpiId("new")].measure, ws.kpis[KpiId("new")].unit) == ("", "h")
