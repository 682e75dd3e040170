"""Event logs taken in: counted, matched, undone, and refused with a reason."""

import gzip
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journey.edit.logs import RemoveEventLog
from journey.model.ids import EventLogId, Kind, Ref
from storage.document import check_document
from storage.errors import ImportProblem, MappingError, SurveyKnownError
from storage.evidence.events import EventStore
from storage.evidence.sources import log_sources, save_refused
from storage.imports.stopping import ImportCancelledError
from tests.storage.imports.log_trial import LogTrial, log_trial

HEAD = "case,activity,time\n"
SHOP = (
    HEAD
    + "1,search,2026-10-01 10:00:00\n"
    + "2,search,2026-10-01 10:05:00\n"
    + "1,basket,2026-10-01 10:10:00\n"
    + "1,pay,2026-10-01 10:30:00\n"
    + "2,leave,2026-10-01 11:00:00\n"
)
ENDS = """
[events]
case = "case"
activity = "activity"
time = "time"
lost = ["leave"]
retained = ["pay"]
"""


@pytest.fixture
def trial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LogTrial]:
    monkeypatch.setenv("WAYMARK_STATE_DIR", str(tmp_path / "state"))
    with log_trial(tmp_path) as made:
        yield made


def test_a_log_becomes_transitions(trial: LogTrial) -> None:
    result = trial.events(trial.file(SHOP), ENDS)
    assert (result.records, result.events, result.cases, result.activities) == (5, 5, 2, 4)
    assert (result.variants, result.starts) == (2, {"search": 2})
    assert result.ends == {"leave": 1, "pay": 1}
    assert trial.transitions() == {
        ("start", "search", None): 2.0,
        ("search", "basket", None): 1.0,
        ("basket", "pay", None): 1.0,
        ("pay", "retained", None): 1.0,
        ("search", "leave", None): 1.0,
        ("leave", "lost", None): 1.0,
    }
    assert not result.faulty
    assert [w for w, _ in result.warnings] == []


def test_one_step_takes_it_back_and_publish_leaves_it_out(trial: LogTrial, tmp_path: Path) -> None:
    before = trial.workspace.copy()
    result = trial.events(trial.file(SHOP), ENDS)
    assert result.command is not None
    assert EventStore(trial.document.engine).cases(result.log.id) is not None
    trial.document.publish()
    with_log = trial.document.content_sha256()
    trial.document.write(result.command.undo(trial.workspace))
    assert trial.workspace == before
    trial.document.publish()
    assert trial.document.content_sha256() != with_log
    trial.document.write(result.command.do(trial.workspace))
    assert trial.document.content_sha256() == with_log
    trial.document.publish()
    report = check_document(tmp_path / "trial.waymark")
    assert (report.ok, report.content_sha256) == (True, with_log)


def test_what_was_stored_is_read_back(trial: LogTrial) -> None:
    result = trial.events(trial.file(SHOP), ENDS)
    store = EventStore(trial.document.engine)
    rows = list(store.iter_cases(result.log.id))
    layout = store.layout(result.log.id)
    assert layout is not None
    assert [(r.name, r.at, r.period) for r in rows] == [
        ("1", "2026-10-01T10:00:00Z", 20264),
        ("2", "2026-10-01T10:05:00Z", 20264),
    ]
    assert [tuple(layout.activities[s] for s in r.steps) for r in rows] == [
        ("search", "basket", "pay"),
        ("search", "leave"),
    ]
    assert [r.gaps for r in rows] == [(0, 600, 1200), (0, 3300)]


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
def test_the_order_of_records_does_not_matter(trial: LogTrial, data: st.DataObject) -> None:
    rows = [
        (case, data.draw(st.sampled_from("abcd")), minute)
        for case in range(data.draw(st.integers(1, 5)))
        for minute in range(data.draw(st.integers(1, 6)))
    ]
    lines = [f"{c},{a},2026-01-01 10:{m:02d}:00" for c, a, m in rows]
    random.Random(data.draw(st.integers(0, 99))).shuffle(lines)
    result = trial.events(trial.file(HEAD + "\n".join(lines) + "\n"), dry_run=True)
    cases: dict[int, list[str]] = {}
    for c, a, _ in rows:
        cases.setdefault(c, []).append(a)
    expected = Counter(pair for steps in cases.values() for pair in pairwise(steps))
    assert {(p.source, p.target): p.count for p in result.passages} == expected
    assert result.variants == len({tuple(steps) for steps in cases.values()})


def test_events_of_one_moment_stay_in_the_order_of_the_file(trial: LogTrial) -> None:
    same = "2026-10-01T10:00:00+02:00"
    text = HEAD + f"1,b,{same}\n1,a,{same}\n1,z,2026-10-01T07:59:00Z\n"
    result = trial.events(trial.file(text))
    assert [(p.source, p.target) for p in result.passages] == [("b", "a"), ("z", "b")]


def test_segments_are_counted_apart(trial: LogTrial) -> None:
    text = (
        "case,activity,time,segment\n"
        "1,a,2026-01-01 10:00:00,Young\n1,b,2026-01-01 10:01:00,Young\n"
        "2,a,2026-01-01 10:00:00,\n2,b,2026-01-01 10:01:00,Old\n"
        "3,a,2026-01-01 10:00:00,\n"
    )
    mapping = '[events]\ncase="case"\nactivity="activity"\ntime="time"\nsegment="segment"\n'
    trial.events(trial.file(text), mapping)
    assert trial.transitions() == {
        ("start", "a", "Young"): 1.0,
        ("a", "b", "Young"): 1.0,
        ("start", "a", "Old"): 1.0,
        ("a", "b", "Old"): 1.0,
        ("start", "a", None): 1.0,
    }


def test_only_the_states_that_are_kept_count(trial: LogTrial) -> None:
    text = (
        "case,activity,time,lifecycle\n"
        "1,a,2026-01-01 10:00:00,start\n1,a,2026-01-01 10:01:00,complete\n"
        "1,b,2026-01-01 10:02:00,COMPLETE\n"
    )
    everything = trial.events(trial.file(text), dry_run=True)
    assert everything.events == 3
    mapping = ENDS.replace("lost", 'lifecycle = "lifecycle"\nlifecycle_keep = ["complete"]\nlost')
    some = trial.events(trial.file(text), mapping)
    assert (some.records, some.events, some.faulty) == (3, 2, False)
    assert [(s.reason, s.count) for s in some.skipped] == [("filtered", 1)]


def test_activities_find_their_touchpoints(trial: LogTrial) -> None:
    trial.events(trial.file(HEAD + "1,Product view,2026-01-01 10:00:00\n", "first.csv"))
    text = HEAD + (
        "7,product_view,2026-01-02 10:00:00\n7,ProductView,2026-01-02 10:01:00\n"
        "7,noise,2026-01-02 10:02:00\n7,bye,2026-01-02 10:03:00\n"
    )
    mapping = ENDS.replace('lost = ["leave"]\nretained = ["pay"]\n', "")
    mapping += '[activities]\nnoise = ""\nbye = "lost"\n'
    result = trial.events(trial.file(text), mapping, create=False)
    assert {m.activity: m.touchpoint for m in result.matched} == {
        "product_view": "Product view",
        "ProductView": "Product view",
        "noise": "",
        "bye": "lost",
    }
    assert trial.transitions() == {
        ("start", "Product view", None): 2.0,
        ("Product view", "Product view", None): 1.0,
        ("Product view", "lost", None): 1.0,
    }
    assert result.activities == 4


def test_unknown_activities_are_all_named(trial: LogTrial) -> None:
    before = trial.document.content_sha256()
    with pytest.raises(MappingError) as caught:
        trial.events(trial.file(SHOP), create=False)
    assert caught.value.reason == "unknown_name"
    assert caught.value.names == ("search", "basket", "pay", "leave")
    assert trial.document.content_sha256() == before


def test_where_only_losses_are_named_the_rest_stay(trial: LogTrial) -> None:
    result = trial.events(trial.file(SHOP), ENDS.replace('retained = ["pay"]\n', ""))
    assert trial.transitions()["pay", "retained", None] == 1.0
    assert ("other_ends", "retained") in result.warnings
    assert ("no_ends", "") in trial.events(trial.file(SHOP), if_known="replace").warnings


def test_faults_are_counted_with_their_lines(trial: LogTrial) -> None:
    text = HEAD + (
        "1,a,2026-01-01 10:00:00\n"
        "1,b,yesterday\n"
        ",c,2026-01-01 10:00:00\n"
        "1, ,2026-01-01 10:00:00\n"
        "1,d,\n"
        "1,e,2026-01-01 10:00:00,surplus\n"
        "1,f,2026-01-01 10:05:00\n"
        "1,g,2026-01-"
    )
    result = trial.events(trial.file(text))
    assert result.records == 8
    assert result.events == 2
    assert result.faulty
    found = {s.reason: (s.count, s.example_line) for s in result.skipped}
    assert found == {
        "bad_time": (2, 3),
        "blank_case": (1, 4),
        "blank_activity": (1, 5),
        "blank_time": (1, 6),
        "surplus_cells": (1, 7),
    }
    assert [(line, reason) for line, reason, _ in result.refused][:1] == [(3, "bad_time")]


def test_a_file_without_one_good_event_keeps_nothing(trial: LogTrial) -> None:
    before = trial.workspace.copy()
    mapping = ENDS + 'time_format = "%Y-%m-%d"\n'
    result = trial.events(trial.file(HEAD + "1,a,soon\n"), mapping)
    assert (result.command, result.events, result.records) == (None, 0, 1)
    assert trial.workspace == before


def test_the_same_log_is_known(trial: LogTrial) -> None:
    first = trial.events(trial.file(SHOP), ENDS)
    with pytest.raises(SurveyKnownError) as caught:
        trial.events(trial.file(SHOP), ENDS)
    assert caught.value.facts["name"] == "log"
    before = trial.transitions()
    again = trial.events(trial.file(SHOP), ENDS, if_known="replace")
    assert again.replaced == (first.log.id,)
    assert trial.transitions() == before
    with pytest.raises(SurveyKnownError) as nothing:
        trial.events(trial.file(SHOP), ENDS, if_known="add")
    assert nothing.value.reason == "nothing_new"


def test_the_next_export_adds_its_new_cases(trial: LogTrial) -> None:
    trial.events(trial.file(SHOP), ENDS)
    more = SHOP + "3,search,2026-10-02 10:00:00\n3,pay,2026-10-02 10:01:00\n"
    with pytest.raises(SurveyKnownError):
        trial.events(trial.file(more, "more.csv"), ENDS)
    added = trial.events(trial.file(more, "more.csv"), ENDS, if_known="add")
    assert (added.cases, added.warnings) == (1, (("case_known", "2"),))
    assert trial.transitions()["start", "search", None] == 3.0
    assert trial.transitions()["search", "pay", None] == 1.0
    assert len(trial.workspace.event_logs) == 2


def test_removing_one_of_two_logs_keeps_the_others_counts(trial: LogTrial) -> None:
    trial.events(trial.file(SHOP), ENDS)
    kept = trial.transitions()
    other = HEAD + "9,search,2026-11-01 10:00:00\n9,pay,2026-11-01 10:01:00\n"
    second = trial.events(trial.file(other, "b.csv"), ENDS)
    store = EventStore(trial.document.engine)
    counts: dict[tuple[str, str, str | None], float] = {}
    for log in trial.workspace.event_logs:
        if log != second.log.id:
            counts.update(store.counts(EventLogId(log), trial.workspace))
    trial.document.write(RemoveEventLog(second.log.id, counts).do(trial.workspace))
    assert trial.transitions() == kept


def test_a_removed_touchpoint_is_no_end_of_an_arrow(trial: LogTrial) -> None:
    from journey.edit import Remove

    trial.events(trial.file(SHOP), ENDS)
    basket = next(t.id for t in trial.workspace.touchpoints.values() if t.name == "basket")
    trial.document.write(Remove(Ref(Kind.TOUCHPOINT, basket)).do(trial.workspace))
    other = HEAD + "9,search,2026-11-01 10:00:00\n9,pay,2026-11-01 10:01:00\n"
    trial.events(trial.file(other, "b.csv"), ENDS)
    assert trial.transitions()["search", "pay", None] == 2.0


def test_counts_typed_by_hand_are_told(trial: LogTrial) -> None:
    from journey.edit import Add
    from journey.model.ids import TransitionId
    from journey.model.map import Transition

    trial.events(trial.file(HEAD + "1,search,2026-01-01 10:00:00\n", "first.csv"), dry_run=False)
    ws = trial.workspace
    log = next(iter(ws.event_logs.values()))
    store = EventStore(trial.document.engine)
    assert store.counts(log.id, ws)
    trial.document.write(RemoveEventLog(log.id, {}).do(ws))
    search = next(iter(ws.touchpoints.values()))
    drawn = Transition(TransitionId("mine"), search.journey, search.id, "lost", None, 40.0)
    trial.document.write(Add(drawn).do(ws))
    result = trial.events(trial.file(SHOP), ENDS)
    assert ("counts_replaced", "1") in result.warnings
    assert ws.transitions[TransitionId("mine")].count is None


def test_a_stopped_import_leaves_nothing(trial: LogTrial) -> None:
    before = trial.document.content_sha256()
    told: list[int] = []
    rows = "".join(f"{n},a,2026-01-01 10:00:00\n" for n in range(60_000))
    path = trial.file(HEAD + rows)
    with pytest.raises(ImportCancelledError):
        trial.events(
            path,
            progress=lambda done, _: told.append(done),
            cancelled=lambda: len(told) > 2,
        )
    assert told == sorted(told)
    assert trial.document.content_sha256() == before
    assert trial.events(path).cases == 60_000


def test_a_dry_run_counts_and_keeps_nothing(trial: LogTrial) -> None:
    before = trial.document.content_sha256()
    result = trial.events(trial.file(SHOP), ENDS, dry_run=True)
    assert (result.command, result.cases) == (None, 2)
    assert trial.document.content_sha256() == before


def test_without_names_logs_use_the_mapping_is_asked_for(trial: LogTrial) -> None:
    with pytest.raises(MappingError) as caught:
        trial.events(trial.file("who,what,when\n1,a,2026-01-01 10:00:00\n"))
    assert caught.value.names == ("events.case", "events.activity")


def test_a_column_of_comments_is_no_activity(trial: LogTrial) -> None:
    rows = "".join(f"{n},note number {n},2026-01-01 10:00:00\n" for n in range(600))
    with pytest.raises(MappingError) as caught:
        trial.events(trial.file(HEAD + rows))
    assert caught.value.reason == "too_many_activities"


# XES

XES = """<?xml version="1.0" encoding="UTF-8"?>
<log xmlns="http://www.xes-standard.org/">
  <global scope="event"><string key="concept:name" value="name"/></global>
  <trace><string key="concept:name" value="K1"/><string key="region" value="North"/>
    <event><string key="concept:name" value="pay"/>
      <date key="time:timestamp" value="{late}"/></event>
    <event><string key="concept:name" value="ask"/><date key="time:timestamp" value="{early}"/>
      <list key="tags"><values><string key="concept:name" value="inner"/></values></list></event>
  </trace>
  <trace><string key="concept:name" value="K1"/>
    <event><string key="concept:name" value="ask"/>
      <date key="time:timestamp" value="{early}"/></event>
  </trace>
</log>
"""
TIMES = {"early": "2026-01-01T10:00:00.000+02:00", "late": "2026-01-01T09:00:00.000+00:00"}


def test_a_trace_is_a_case_whatever_its_name(trial: LogTrial) -> None:
    result = trial.events(trial.file(XES.format(**TIMES), "log.xes"))
    assert (result.events, result.cases, result.variants) == (3, 2, 2)
    assert [(p.source, p.target, p.count) for p in result.passages] == [("ask", "pay", 1)]
    assert [m.activity for m in result.matched] == ["pay", "ask"]


def test_a_packed_log_is_unpacked(trial: LogTrial, tmp_path: Path) -> None:
    path = tmp_path / "log.xes.gz"
    path.write_bytes(gzip.compress(XES.format(**TIMES).encode()))
    assert trial.events(path).events == 3


def test_an_attribute_of_the_case_can_be_its_segment(trial: LogTrial) -> None:
    mapping = '[events]\ncase="concept:name"\nactivity="concept:name"\ntime="time:timestamp"\n'
    path = trial.file(XES.format(**TIMES), "log.xes")
    trial.events(path, mapping + 'segment="case:region"\n')
    assert trial.transitions()["ask", "pay", "North"] == 1.0


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('<!DOCTYPE log [<!ENTITY a "aaaa">]><log><trace/></log>', "unsafe"),
        ('<!DOCTYPE log SYSTEM "file:///etc/passwd"><log/>', "unsafe"),
        (XES.format(**TIMES)[:-80], "damaged"),
        ("<log>" + "<list>" * 200 + "</list>" * 200 + "</log>", "unsafe"),
        ("<log><trace>&nowhere;</trace></log>", "damaged"),
        ("<html></html>", "not_what_it_claims"),
    ],
)
def test_what_is_no_log_is_refused(trial: LogTrial, text: str, reason: str) -> None:
    before = trial.document.content_sha256()
    with pytest.raises(ImportProblem) as caught:
        trial.events(trial.file(text, "log.xes"))
    assert caught.value.reason == reason
    assert trial.document.content_sha256() == before


def test_a_bomb_is_not_unpacked(trial: LogTrial, tmp_path: Path) -> None:
    path = tmp_path / "bomb.xes.gz"
    path.write_bytes(gzip.compress(b"<log>" + b" " * 60_000_000 + b"</log>"))
    with pytest.raises(ImportProblem) as caught:
        trial.events(path)
    assert caught.value.reason == "too_large"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.integers(0, 10_000), st.binary(max_size=6), st.booleans())
def test_mutated_logs_are_read_or_refused(
    trial: LogTrial, place: int, junk: bytes, cut: bool
) -> None:
    whole = XES.format(**TIMES).encode()
    at = place % len(whole)
    changed = whole[:at] + junk + (b"" if cut else whole[at + len(junk) :])
    path = trial.folder / "mutated.xes"
    path.write_bytes(changed)
    with suppress(ImportProblem, MappingError):
        trial.events(path, dry_run=True)


def test_refused_events_stay_to_be_saved(trial: LogTrial, tmp_path: Path) -> None:
    log = "case,activity,time\n1,a,2026-01-01 10:00:00\n1,=b,soon\n2,a,2026-01-01 11:00:00\n"
    result = trial.events(trial.file(log))
    assert result.refused == ((3, "bad_time", "1,=b,soon"),)
    engine = trial.document.engine
    assert log_sources(trial.workspace, engine)[result.log.id].refused == (("bad_time", 1),)
    source = Ref(Kind.EVENT_LOG, result.log.id)
    path, n = save_refused(engine, source, tmp_path / "refused.csv")
    assert (n, path.read_text("utf-8-sig").splitlines()[1]) == (1, '3,bad_time,"1,=b,soon"')


def test_refused_purchases_stay_to_be_saved(trial: LogTrial, tmp_path: Path) -> None:
    rows = "customer,date,amount\n1,2026-01-01,10.50\n1,2026-01-02,eleven\n2,2026-01-03,3.20\n"
    result = trial.purchases(trial.file(rows))
    assert [line for line, _, _ in result.refused] == [3]
    source = Ref(Kind.PURCHASE_LOG, result.log.id)
    assert save_refused(trial.document.engine, source, tmp_path / "refused.csv")[1] == 1
    clean = trial.events(trial.file("case,activity,time\n1,a,2026-01-01 10:00:00\n", "b.csv"))
    assert log_sources(trial.workspace, trial.document.engine)[clean.log.id].refused == ()
