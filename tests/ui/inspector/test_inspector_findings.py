"""What the inspector shows of evidence: metrics, rank, KPIs."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from journey.metrics import Metric, MetricResult, count_scores, summarise
from journey.model.evidence import Kpi, Observation, Question
from journey.model.ids import Kind, KpiId, ObservationId, QuestionId, Ref, TouchpointId
from journey.priority.result import Ranking
from storage.evidence.metrics import MetricRow
from ui.document import DocumentModel
from ui.inspector import Inspector
from ui.inspector.findings import DistributionBars, chip_face
from ui.inspector.observations import ObservationTable
from ui.inspector.periods import period_words, stored_period
from ui.inspector.scale_line import ScaleLine
from ui.selection import Selection
from ui.shell.widgets.buttons import Button
from ui.shell.widgets.evidence import Chip, IntervalBar
from ui.shell.widgets.marks import IntervalScale

CARD = Ref(Kind.TOUCHPOINT, "card")
KPI = Ref(Kind.KPI, "k")


def nps(scores: list[int]) -> MetricResult:
    return summarise(count_scores(scores, Metric.NPS))


@pytest.fixture
def selection() -> Selection:
    return Selection()


@pytest.fixture
def inspector(
    qtbot: QtBot, document: DocumentModel, selection: Selection, ranking: Ranking
) -> Iterator[Inspector]:
    ws = document.workspace
    ws.put(Kpi(KpiId("k"), "Days to card", TouchpointId("card"), None, "d", "lower", 4.0))
    ws.put(Observation(ObservationId("o1"), KpiId("k"), "2026Q3", 6.6))
    ws.put(Observation(ObservationId("o2"), KpiId("k"), "2026Q4", 6.4, 300))
    shown = Inspector(document, selection)
    qtbot.addWidget(shown)
    shown.set_ranking(ranking)
    shown.resize(324, 900)
    shown.show()
    qtbot.waitExposed(shown)
    yield shown
    shown.close()


def texts(inspector: Inspector) -> str:
    told = (
        w.accessibleName() or getattr(w, "text", str)() for w in inspector.findChildren(QWidget)
    )
    return " | ".join(text for text in told if isinstance(text, str))


def test_a_metric_shows_value_margin_n_and_distribution(
    inspector: Inspector, selection: Selection
) -> None:
    question = Question(QuestionId("q"), TouchpointId("card"), "Recommend us?", "nps", (0, 10))
    result = nps([9] * 30 + [7] * 20 + [3] * 50)
    selection.set(CARD)
    assert "Nothing was asked here." in texts(inspector)
    inspector.set_metrics([MetricRow(TouchpointId("card"), question, None, result)])
    chip, bars = inspector.findChild(Chip), inspector.findChild(DistributionBars)
    assert chip is not None
    assert bars is not None
    assert chip.accessibleName().startswith("NPS −20 ±")
    assert chip.accessibleName().endswith("100")
    assert "3: 50" in bars.accessibleName()


def test_too_few_answers_show_no_figure() -> None:
    face = chip_face(nps([9, 9, 1]))
    assert face.value == ""
    assert "3" in face.sentence
    assert "too few" in face.sentence


def test_a_ranked_pain_point_says_why(
    qtbot: QtBot, inspector: Inspector, selection: Selection
) -> None:
    selection.set(Ref(Kind.PAIN_POINT, "p02"))
    told = texts(inspector)
    for part in ("310\u00a0k€", "2 of 17", "1–4", "88\u00a0%", "12.4\u00a0k€", "ranked 2 of 17"):
        assert part in told
    assert inspector.findChild(IntervalBar) is not None
    why = next(b for b in inspector.findChildren(Button) if b.text() == "Why not higher")
    with qtbot.waitSignal(inspector.why_not_higher) as asked:
        qtbot.mouseClick(why, Qt.MouseButton.LeftButton)
    assert asked.args == [Ref(Kind.PAIN_POINT, "p02")]


def test_opinion_claims_no_figure(inspector: Inspector, selection: Selection) -> None:
    selection.set(Ref(Kind.PAIN_POINT, "p16"))
    assert inspector.findChild(IntervalBar) is None
    assert "Opinion" in texts(inspector)
    selection.set(Ref(Kind.PAIN_POINT, "p18"))
    assert "not ranked" in texts(inspector)


def test_a_kpi_says_whether_its_target_is_reached(
    inspector: Inspector, selection: Selection
) -> None:
    selection.set(CARD)
    assert "6.4\u00a0d, 2026 Q4 · target 4\u00a0d · short of target" in texts(inspector)


def test_observations_are_edited_added_and_removed(
    qtbot: QtBot, inspector: Inspector, selection: Selection, document: DocumentModel
) -> None:
    selection.set(KPI)
    table = inspector.findChild(ObservationTable)
    assert table is not None
    assert [table.model.index(r, 0).data() for r in range(2)] == ["2026 Q4", "2026 Q3"]
    assert table.model.setData(table.model.index(0, 1), "5,9")
    rows = document.workspace.observations
    assert rows[ObservationId("o2")].value == 5.9
    assert not table.model.setData(table.model.index(0, 1), "soon")
    assert "soon" in table.message
    qtbot.mouseClick(table.add_button, Qt.MouseButton.LeftButton)
    assert len(rows) == 3
    table.table.selectRow(0)
    before = document.undo_stack.count()
    qtbot.mouseClick(table.remove_button, Qt.MouseButton.LeftButton)
    assert len(rows) == 2
    assert document.undo_stack.count() == before + 1
    document.undo_stack.undo()
    assert len(rows) == 3


def test_a_typed_quarter_is_kept_as_the_workspace_writes_it(
    inspector: Inspector, selection: Selection, document: DocumentModel
) -> None:
    selection.set(KPI)
    table = inspector.findChild(ObservationTable)
    assert table is not None
    assert table.model.setData(table.model.index(0, 0), "2027 q1")
    assert document.workspace.observations[ObservationId("o2")].period == "2027Q1"


@given(st.integers(1900, 2100), st.integers(1, 4))
def test_a_quarter_reads_back_from_its_words(year: int, quarter: int) -> None:
    label = f"{year}Q{quarter}"
    assert stored_period(period_words(label)) == label


def test_what_is_no_quarter_stays_as_it_is() -> None:
    assert period_words("2026-12") == stored_period("2026-12") == "2026-12"


def test_the_evidence_of_a_pain_point_has_its_own_tab(
    inspector: Inspector, selection: Selection
) -> None:
    question = Question(QuestionId("q"), TouchpointId("card"), "Recommend us?", "nps", (0, 10))
    row = MetricRow(TouchpointId("card"), question, None, nps([9] * 30 + [7] * 20 + [3] * 50))
    inspector.set_metrics([row])
    selection.set(Ref(Kind.PAIN_POINT, "p02"))
    assert inspector.tabs.isVisible()
    assert inspector.tabs.tabText(1) == "Evidence 318"
    inspector.tabs.setCurrentIndex(1)
    told = texts(inspector)
    assert "Level A, measured: answers, outcome, volumes, value" in told
    assert "318 answers behind it" in told
    assert inspector.findChild(Chip) is not None, "what was asked at its touchpoint"
    selection.set(CARD)
    assert not inspector.tabs.isVisible()
    assert "Stage" in texts(inspector)


@given(
    low=st.floats(-500, 0),
    high=st.floats(1, 900),
    last=st.floats(0.2, 1.0),
    width=st.integers(200, 400),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_scale_under_a_bar_cuts_no_label(
    qapp: QApplication, low: float, high: float, last: float, width: int
) -> None:
    ends = ((0.0, "0"), (last * high, "800\u00a0k€"))
    line = ScaleLine(IntervalScale(low, high), ends, "80 %: 190 to 460\u00a0k€")
    for label in line.labels(width):
        assert label.left() >= 0
        assert label.right() <= width + 0.01
    assert line.heightForWidth(width) in (19, 35)
