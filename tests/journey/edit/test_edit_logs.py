"""Logs in and out of the workspace: one step, undone exactly, drawn transitions kept."""

import pytest

from journey.edit import Remove
from journey.edit.kpis import AddObservations
from journey.edit.logs import AddEventLog, AddPurchaseLog, RemoveEventLog, counted_id
from journey.errors import EditError
from journey.model.evidence import EventLog, Kpi, Observation, PurchaseLog
from journey.model.ids import (
    EventLogId,
    JourneyId,
    Kind,
    KpiId,
    ObservationId,
    PurchaseLogId,
    Ref,
    SegmentId,
    StageId,
    TouchpointId,
    TransitionId,
)
from journey.model.map import Journey, Stage, Touchpoint, Transition
from journey.model.people import Segment
from journey.model.workspace import Workspace

J = JourneyId("j")
LOG = EventLog(EventLogId("log"), "Web", J, cases=3)


@pytest.fixture
def ws() -> Workspace:
    touchpoints = [Touchpoint(TouchpointId(t), J, t.upper(), StageId("s")) for t in "abc"]
    return Workspace(
        entities=[
            Journey(J, "Journey"),
            Stage(StageId("s"), J, "Stage"),
            *touchpoints,
            Segment(SegmentId("young"), "Young"),
            Transition(TransitionId("drawn"), J, "a", "b"),
            Transition(TransitionId("by hand"), J, "b", "c", count=7.0),
        ]
    )


def _counts(ws: Workspace) -> dict[tuple[str, str, str | None], float | None]:
    return {(t.source, t.target, t.segment): t.count for t in ws.transitions.values()}


def test_a_log_counts_what_was_drawn_and_draws_what_it_counts(ws: Workspace) -> None:
    before = ws.copy()
    counts = {("start", "a", None): 3.0, ("a", "b", None): 2.0, ("a", "c", "young"): 1.0}
    command = AddEventLog(LOG, (), counts)
    command.do(ws)
    assert _counts(ws) == {**counts, ("b", "c", None): None}
    assert ws.transitions[TransitionId("drawn")].count == 2.0
    assert ws.event_logs[LOG.id] == LOG
    assert command.summary.name == "Web"
    command.undo(ws)
    assert ws == before
    command.do(ws)
    assert LOG.id in ws.event_logs


def test_taking_a_log_off_takes_its_counts(ws: Workspace) -> None:
    AddEventLog(LOG, (), {("a", "b", None): 2.0, ("a", "c", None): 1.0}).do(ws)
    with_log = ws.copy()
    command = RemoveEventLog(LOG.id, {})
    command.do(ws)
    assert _counts(ws) == {("a", "b", None): None, ("b", "c", None): None}
    assert not ws.event_logs
    command.undo(ws)
    assert ws == with_log


def test_a_replaced_log_leaves_nothing_behind(ws: Workspace) -> None:
    AddEventLog(LOG, (), {("a", "c", None): 5.0, ("c", "lost", None): 5.0}).do(ws)
    new = EventLog(EventLogId("new"), "Web again", J)
    AddEventLog(new, (), {("a", "c", None): 1.0}, (LOG.id,)).do(ws)
    assert list(ws.event_logs) == ["new"]
    assert ws.transitions[counted_id(J, "a", "c", None)].count == 1.0
    assert counted_id(J, "c", "lost", None) not in ws.transitions


def test_a_log_goes_with_its_journey(ws: Workspace) -> None:
    AddEventLog(LOG, (), {}).do(ws)
    Remove(Ref(Kind.JOURNEY, J)).do(ws)
    assert not ws.event_logs


def test_the_same_log_twice_is_refused(ws: Workspace) -> None:
    AddEventLog(LOG, (), {}).do(ws)
    with pytest.raises(EditError):
        AddEventLog(LOG, (), {}).do(ws)
    with pytest.raises(EditError):
        AddEventLog(EventLog(EventLogId("x"), "X", JourneyId("none")), (), {}).do(ws)
    with pytest.raises(EditError):
        AddEventLog(EventLog(EventLogId("y"), "Y", J), (), {("a", "nowhere", None): 1.0}).do(ws)
    assert list(ws.event_logs) == ["log"]


def test_purchases_are_one_step(ws: Workspace) -> None:
    before = ws.copy()
    log = PurchaseLog(PurchaseLogId("p"), "Shop", purchases=3)
    command = AddPurchaseLog(log, [Segment(SegmentId("gold"), "Gold")])
    command.do(ws)
    assert SegmentId("gold") in ws.segments
    second = AddPurchaseLog(PurchaseLog(PurchaseLogId("q"), "Shop"), (), (log.id,))
    second.do(ws)
    assert list(ws.purchase_logs) == ["q"]
    second.undo(ws)
    command.undo(ws)
    assert ws == before


def test_kpis_and_their_values_are_one_step(ws: Workspace) -> None:
    before = ws.copy()
    kpi = Kpi(KpiId("k"), "FCR")
    old = Observation(ObservationId("o"), kpi.id, "2026Q3", 70.0)
    AddObservations((), [kpi], [old], "Sheet").do(ws)
    command = AddObservations((), [kpi], [Observation(old.id, kpi.id, "2026Q3", 71.0)], "Sheet")
    command.do(ws)
    assert ws.observations[old.id].value == 71.0
    command.undo(ws)
    assert ws.observations[old.id].value == 70.0
    assert (command.summary.kind, command.summary.name) == (Kind.KPI, "Sheet")
    Remove(Ref(Kind.KPI, kpi.id)).do(ws)
    assert ws == before
