"""Questions to one study: one at a time, the latest of a kind, the urgent before the slow."""

import threading
from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.priorities.bank import bank
from tests.ui.priorities.evidence import with_survey
from ui.jobs import Cancelled, JobResult, Jobs
from ui.studies import Ask, Bench, StudyDesk


class Gate:
    """A question that waits to be let through, or to be cancelled, and notes how it went."""

    def __init__(self, name: str, log: list[str]) -> None:
        self.name, self.log = name, log
        self.open, self.begun = threading.Event(), threading.Event()

    def __call__(self, _bench: Bench, cancelled: Cancelled) -> object:
        self.log.append(f"{self.name} began")
        self.begun.set()
        while not self.open.wait(0.01):
            if cancelled():
                self.log.append(f"{self.name} gave way")
                self.begun.clear()
                return None
        return self.name


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.wait()
    made.shut_down()


@pytest.fixture
def desk(jobs: Jobs) -> StudyDesk:
    made = StudyDesk(jobs)
    made.lay_out((), (), None)
    return made


def hear(log: list[str]) -> Callable[[JobResult], None]:
    return lambda result: log.append(f"answered {result.value}")


def test_of_a_kind_only_the_latest_waits(qtbot: QtBot, desk: StudyDesk) -> None:
    log: list[str] = []
    first = Gate("1", log)
    desk.ask(Ask.PREVIEW, first, hear(log))
    assert first.begun.wait(10)
    for name in "2345":
        gate = Gate(name, log)
        gate.open.set()
        desk.ask(Ask.PREVIEW, gate, hear(log))
    first.open.set()
    qtbot.waitUntil(lambda: not desk.waits(Ask.PREVIEW))
    assert log == ["1 began", "answered 1", "5 began", "answered 5"]


def test_what_is_slow_gives_way_and_is_asked_again(qtbot: QtBot, desk: StudyDesk) -> None:
    log: list[str] = []
    slow, quick = Gate("slow", log), Gate("quick", log)
    quick.open.set()
    desk.ask(Ask.EFFECTS, slow, hear(log))
    assert slow.begun.wait(10)
    desk.ask(Ask.PREVIEW, quick, hear(log))
    qtbot.waitUntil(lambda: "answered quick" in log)
    slow.open.set()
    qtbot.waitUntil(lambda: "answered slow" in log)
    assert log == [
        "slow began", "slow gave way", "quick began", "answered quick", "slow began",
        "answered slow",
    ]  # fmt: skip


def test_a_preview_does_not_give_way_to_a_ranking(qtbot: QtBot, desk: StudyDesk) -> None:
    log: list[str] = []
    preview, rank = Gate("preview", log), Gate("rank", log)
    desk.ask(Ask.PREVIEW, preview, hear(log))
    assert preview.begun.wait(10)
    rank.open.set()
    desk.ask(Ask.RANK, rank, hear(log))
    preview.open.set()
    qtbot.waitUntil(lambda: "answered rank" in log)
    assert "preview gave way" not in log


def test_other_evidence_leaves_the_old_questions_unanswered(qtbot: QtBot, desk: StudyDesk) -> None:
    log: list[str] = []
    old, waiting, new = Gate("old", log), Gate("waiting", log), Gate("new", log)
    desk.ask(Ask.EFFECTS, old, hear(log))
    assert old.begun.wait(10)
    desk.ask(Ask.METHODS, waiting, hear(log))
    desk.lay_out((), (), "2026Q4")
    new.open.set()
    desk.ask(Ask.RANK, new, hear(log))
    qtbot.waitUntil(lambda: "answered new" in log)
    assert [line for line in log if line.startswith("answered")] == ["answered new"]
    assert "waiting began" not in log


def test_a_bench_gives_what_a_new_ranking_would() -> None:
    from dataclasses import replace

    from journey.priority import rank
    from ui.studies import DRAWS, SEED

    workspace = bank()
    table = with_survey(workspace)
    bench = Bench((table,), (), "2026Q4")
    first = bench.estimate(workspace)
    changed = workspace.copy()
    changed.put(replace(workspace.assumptions, fix_efficacy_mean=0.35))
    tried = bench.estimate(changed)
    assert bench.estimate(workspace) is first
    assert bench.estimate(changed) is tried, "what was tried out is not worked out again"
    afresh = rank(changed, [table], quarter="2026Q4", draws=DRAWS, seed=SEED)
    assert tried.ranking == afresh
    assert bench.study(changed).rank() == afresh
    assert bench.budget(tried) is bench.budget(tried)
