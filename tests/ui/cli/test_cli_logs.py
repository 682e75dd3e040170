"""Events, KPIs and purchases through the command line, real files against their references."""

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

Run = Callable[..., Any]

RUNNING_EXAMPLE = {
    ("check ticket", "decide"): 6,
    ("examine casually", "check ticket"): 4,
    ("register request", "examine casually"): 3,
}
ENDS = """
[events]
case = "case:concept:name"
activity = "concept:name"
time = "time:timestamp"
lost = ["reject request"]
retained = ["pay compensation"]
"""


@pytest.fixture
def blank(waymark: Run, tmp_path: Path) -> Path:
    file = tmp_path / "blank.waymark"
    assert waymark("new", file).code == 0
    return file


@pytest.mark.parametrize("name", ["running-example.xes", "running-example.csv"])
def test_the_running_example(
    waymark: Run, blank: Path, shared_data: Path, tmp_path: Path, name: str
) -> None:
    ran = waymark("import", "events", blank, shared_data / "xes" / name, "--create", "--json")
    assert ran.code == 0
    answer = ran.json
    counts = {key: answer[key] for key in ("events", "cases", "activities", "variants")}
    assert counts == {"events": 42, "cases": 6, "activities": 8, "variants": 6}
    edges = {(t["from"], t["to"]): t["count"] for t in answer["transitions"]}
    assert (len(edges), sum(edges.values())) == (16, 36)
    assert edges.items() >= RUNNING_EXAMPLE.items()
    assert answer["starts"] == [{"activity": "register request", "count": 6}]
    assert {e["activity"]: e["count"] for e in answer["ends"]} == {
        "pay compensation": 3,
        "reject request": 3,
    }
    assert waymark("check", blank, "--json").json["ok"]


def test_ends_become_ends_of_the_journey(
    waymark: Run, blank: Path, shared_data: Path, tmp_path: Path
) -> None:
    mapping = tmp_path / "map.toml"
    mapping.write_text(ENDS, encoding="utf-8")
    log = shared_data / "xes" / "running-example.csv"
    assert waymark("import", "events", blank, log, "--mapping", mapping, "--create").code == 0
    assert waymark("info", blank, "--json").json["journeys"][0]["transitions"] == 16 + 1 + 2
    assert waymark("dump", blank, tmp_path / "out.json").code == 0
    (journey,) = json.loads((tmp_path / "out.json").read_text("utf-8"))["journeys"]
    names = {t["id"]: t["name"] for t in journey["touchpoints"]}
    counts = {
        (names.get(t["from"], t["from"]), names.get(t["to"], t["to"])): t["count"]
        for t in journey["transitions"]
    }
    assert counts["start", "register request"] == 6
    assert counts["reject request", "lost"] == 3
    assert counts["pay compensation", "retained"] == 3


@pytest.mark.parametrize(
    ("file", "reference"),
    [
        ("xes/roadtraffic100traces.xes", (390, 100, 10, 10, 18)),
        ("retentioneering_ecom/ecom.csv.gz", (31_106, 3_605, 19, 3_003, 336)),
    ],
)
def test_other_real_logs(
    waymark: Run, blank: Path, shared_data: Path, file: str, reference: tuple[int, ...]
) -> None:
    answer = waymark("import", "events", blank, shared_data / file, "--create", "--json").json
    keys = ("events", "cases", "activities", "variants")
    assert (*(answer[key] for key in keys), len(answer["transitions"])) == reference
    assert sum(t["count"] for t in answer["transitions"]) == answer["events"] - answer["cases"]


def test_the_clickstream_is_counted_as_by_hand(
    waymark: Run, blank: Path, shared_data: Path
) -> None:
    import csv
    import gzip
    from collections import Counter
    from itertools import pairwise

    log = shared_data / "retentioneering_ecom" / "ecom.csv.gz"
    sessions: dict[str, list[tuple[str, str]]] = {}
    with gzip.open(log, "rt", encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            sessions.setdefault(row["session_id"], []).append((row["timestamp"], row["event"]))
    counts: Counter[tuple[str, str]] = Counter()
    for events in sessions.values():
        ordered = sorted(events, key=lambda event: event[0])  # stable
        counts.update((a[1], b[1]) for a, b in pairwise(ordered))
    answer = waymark("import", "events", blank, log, "--create", "--json").json
    assert {(t["from"], t["to"]): t["count"] for t in answer["transitions"]} == counts


def test_without_create_all_activities_are_named(
    waymark: Run, blank: Path, shared_data: Path
) -> None:
    before = blank.read_bytes()
    ran = waymark("import", "events", blank, shared_data / "xes" / "running-example.xes")
    assert ran.code == 2
    assert "“register request”" in ran.err
    assert "“reject request”" in ran.err
    assert "--create" in ran.err
    assert len(ran.lines) <= 4
    assert blank.read_bytes() == before


def test_the_same_log_is_refused_and_replaced(waymark: Run, blank: Path, shared_data: Path) -> None:
    log = shared_data / "xes" / "running-example.xes"
    first = waymark("import", "events", blank, log, "--create", "--json").json
    ran = waymark("import", "events", blank, log)
    assert (ran.code, "These events were imported before" in ran.err) == (2, True)
    again = waymark("import", "events", blank, log, "--if-known", "replace", "--json").json
    assert again["replaced"] == [first["log"]]
    assert waymark("info", blank, "--json").json["journeys"][0]["transitions"] == 17


def test_a_cut_log_is_unreadable_and_changes_nothing(
    waymark: Run, blank: Path, shared_data: Path, tmp_path: Path
) -> None:
    whole = (shared_data / "xes" / "running-example.xes").read_bytes()
    cut = tmp_path / "cut.xes"
    cut.write_bytes(whole[:9_000])
    before = blank.read_bytes()
    ran = waymark("import", "events", blank, cut, "--create")
    assert ran.code == 3
    assert "damaged" in ran.err
    assert blank.read_bytes() == before


def test_refused_events_end_with_1(waymark: Run, blank: Path, tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text("case,activity,time\n1,a,2026-01-01 10:00:00\n1,b,soon\n", encoding="utf-8")
    ran = waymark("import", "events", blank, log, "--create", "--json")
    assert ran.code == 1
    assert ran.json["skipped"] == [{"reason": "bad_time", "count": 1, "example_line": 3}]
    assert "bad time, first at line 3" in ran.err


def test_inspect_reads_xes(waymark: Run, shared_data: Path, tmp_path: Path) -> None:
    mapping = tmp_path / "map.toml"
    log = shared_data / "xes" / "roadtraffic100traces.xes"
    answer = waymark("inspect", log, "--mapping", mapping, "--json").json
    assert (answer["vendor"], answer["separator"], answer["records"]) == ("xes", None, 390)
    roles = {c["name"]: c["proposal"]["role"] for c in answer["columns"]}
    assert roles["case:concept:name"] == "case"
    assert roles["concept:name"] == "activity"
    assert "[events]" in mapping.read_text("utf-8")


# Purchases, value, churn


@pytest.fixture(scope="module")
def cdnow(shared_data: Path) -> Path:
    return shared_data / "cdnow" / "CDNOW_sample.txt"


def test_cdnow(waymark: Run, blank: Path, cdnow: Path) -> None:
    ran = waymark("import", "purchases", blank, cdnow, "--json")
    assert ran.code == 0
    answer = ran.json
    assert (answer["records"], answer["purchases"], answer["customers"]) == (6_919, 6_919, 2_357)
    assert (answer["first"], answer["last"]) == ("1997-01-01", "1998-06-30")
    value = waymark("clv", blank, "--until", "1997-09-30", "--json").json["purchases"]
    assert (value["customers"], value["repeat_customers"]) == (2_357, 2_357 - 1_411)
    model = value["bg_nbd"]
    published = {"r": 0.2426, "alpha": 4.4135, "a": 0.7929, "b": 2.4258}
    for name, figure in published.items():
        assert model[name] == pytest.approx(figure, rel=2e-4)
    assert round(model["log_likelihood"], 2) == -9582.43
    amounts = value["gamma_gamma"]
    for name, figure in {"p": 6.2488, "q": 3.7446, "v": 15.4477}.items():
        assert amounts[name] == pytest.approx(figure, rel=5e-4)
    assert (round(amounts["correlation"], 3), round(amounts["mean_amount"], 2)) == (0.114, 35.17)
    assert amounts["independent"]
    assert waymark("import", "purchases", blank, cdnow).code == 2


def test_telco_churn(waymark: Run, blank: Path, shared_data: Path, tmp_path: Path) -> None:
    mapping = tmp_path / "telco.toml"
    mapping.write_text(
        '[survey]\nname = "Telco"\ndesign = "relational"\nquarter = "2026Q4"\n'
        'respondent = "customerID"\nsegment = "Contract"\n'
        '[outcome]\ncolumn = "Churn"\nbad = ["Yes"]\nmeans = "left"\nmonths = 1\n',
        encoding="utf-8",
    )
    data = shared_data / "telco_churn" / "Telco-Customer-Churn.csv"
    call = ("import", "survey", blank, data, "--mapping", mapping, "--create", "--json")
    assert waymark(*call).json["outcome"] == {"n": 7_043, "bad": 1_869}
    found = {
        v["segment"]: v
        for v in waymark("churn", blank, "--by", "segment", "--json").json["variants"]
    }
    assert round(100 * found[None]["value"], 2) == 26.54
    assert (found[None]["lost"], found[None]["base"]) == (1_869, 7_043)
    assert {name: (round(v["value"], 4), v["base"]) for name, v in found.items() if name} == {
        "Month-to-month": (0.4271, 3_875),
        "One year": (0.1127, 1_473),
        "Two year": (0.0283, 1_695),
    }
    assert found[None]["low95"] < found[None]["value"] < found[None]["high95"]
    assert found[None]["yearly"] == pytest.approx(1 - (1 - 1_869 / 7_043) ** 12)
    people = waymark("churn", blank, "--by", "segment").out
    assert "26.54 %" in people
    assert "Month-to-month" in people


def test_the_value_of_the_source(waymark: Run, blank: Path) -> None:
    given = ("--revenue", 1000, "--years", 10, "--cac", 1000)
    answer = waymark("clv", blank, *given, "--json").json
    values = {v["variant"]: v["value"] for v in answer["variants"]}
    assert values["simple"] == 9000
    assert values["simple, margin"] is None
    assert answer["purchases"] is None
    assert re.search(r"simple +9\s000 ", waymark("clv", blank, *given).out)
    contract = ("--margin", 100, "--survivors", "1000,869,743,653,593,551,517,491")
    fit = waymark("clv", blank, *contract, "--json").json["contract"]
    assert (round(fit["alpha"], 3), round(fit["beta"], 3)) == (0.668, 3.806)


@pytest.mark.parametrize(
    "words",
    [
        ("--survivors", "many"),
        ("--until", "soon"),
        ("--retention", "2"),
        ("--years", "-1"),
        ("--revenue", "-4"),
        ("--margin", "nan"),
        ("--cac", "inf"),
    ],
)
def test_a_wrong_input_is_a_wrong_call(waymark: Run, blank: Path, words: tuple[str, str]) -> None:
    ran = waymark("clv", blank, *words)
    assert ran.code == 2
    assert 1 <= len(ran.lines) <= 3


def test_a_value_that_rounds_to_nothing_has_no_minus(waymark: Run, blank: Path) -> None:
    given = ("--margin", 400, "--retention", 0.8, "--discount", 0.12, "--cac", 1000)
    out = waymark("clv", blank, *given).out
    assert re.search(r"constant retention, discounted +0\.00 ", out)


def test_a_segment_of_buyers_too_small_is_named_without_figures(
    waymark: Run, blank: Path, tmp_path: Path
) -> None:
    data = tmp_path / "bought.csv"
    chance = Random(4)
    lines = ["Customer,Order date,Total,Segment"]
    for name, people in (("Big", 90), ("Middle", 70), ("Small", 3)):
        for one in range(people):
            day, usual, gap = chance.randrange(120), chance.uniform(20, 90), chance.uniform(10, 90)
            while day < 400:
                on = date(2025, 1, 1) + timedelta(days=day)
                amount = usual * chance.uniform(0.6, 1.4)
                lines.append(f"{name}{one},{on},{amount:.2f},{name}")
                day = 999 if chance.random() < 0.2 else day + 1 + int(chance.expovariate(1 / gap))
    data.write_text("\n".join(lines), encoding="utf-8")
    assert waymark("import", "purchases", blank, data, "--create").code == 0
    ran = waymark("clv", blank, "--by", "segment")
    rows = {line.split()[0]: line.split()[1:] for line in ran.out.splitlines() if line.strip()}
    assert rows["Small"] == ["3", "–", "–", "–", "–"]
    # The smallest of the others would give it away.
    assert rows["Middle"] == ["70", "–", "–", "–", "–"]
    assert "–" not in rows["Big"]
    assert "too small to show" in ran.err


def test_no_evidence_is_no_error(waymark: Run, blank: Path) -> None:
    assert waymark("churn", blank, "--json").json == {"variants": []}
    ran = waymark("churn", blank)
    assert (ran.code, "Nothing" in ran.out) == (0, True)
    assert waymark("clv", blank, "--by", "segment", "--json").json["best_segment"] is None


def test_a_segment_too_small_is_not_shown_and_cannot_be_subtracted(
    waymark: Run, blank: Path, tmp_path: Path
) -> None:
    mapping, data = tmp_path / "map.toml", tmp_path / "left.csv"
    rows = [f"a{n},Big,{'Yes' if n < 3 else 'No'}" for n in range(9)] + ["b1,Small,Yes"]
    rows += [f"c{n},Middle,{'Yes' if n < 2 else 'No'}" for n in range(6)]
    data.write_text("id,kind,left\n" + "\n".join(rows) + "\n", encoding="utf-8")
    mapping.write_text(
        '[survey]\nname = "S"\ndesign = "relational"\nquarter = "2026Q4"\nrespondent = "id"\n'
        'segment = "kind"\n[outcome]\ncolumn = "left"\nbad = ["Yes"]\nmeans = "left"\n',
        encoding="utf-8",
    )
    assert waymark("import", "survey", blank, data, "--mapping", mapping, "--create").code == 0
    variants = waymark("churn", blank, "--by", "segment", "--json").json["variants"]
    found = {v["segment"]: v for v in variants}
    assert found["Big"]["value"] == pytest.approx(3 / 9)
    # 5 of 16 left: with what the two larger ones show, the one of the small one would follow.
    for name in ("Small", "Middle"):
        assert (found[name]["value"], found[name]["lost"]) == (None, None)
        assert found[name]["suppressed"]
    printed = waymark("churn", blank, "--by", "segment").out
    assert "3" in next(line for line in printed.splitlines() if "Big" in line)
    values = waymark("clv", blank, "--by", "segment", "--json").json["segments"]
    assert {v["segment"]: v["retention"] is None for v in values} == {
        "Big": True, "Middle": True, "Small": True,
    }  # fmt: skip


# KPIs


def test_kpis_and_back(waymark: Run, blank: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "kpis.csv"
    sheet.write_text(
        "KPI,Unit,Touchpoint,2026Q3,2026Q4\nFCR,%,Support,71,74\nNPS,,,30,33\n", encoding="utf-8"
    )
    before = blank.read_bytes()
    ran = waymark("import", "kpi", blank, sheet)
    assert (ran.code, "“Support”" in ran.err) == (2, True)
    assert blank.read_bytes() == before
    answer = waymark("import", "kpi", blank, sheet, "--create", "--json").json
    assert answer["imported"] == 4
    assert [k["measure"] for k in answer["kpis"]] == ["fcr", "nps"]
    assert [q["quarter"] for q in waymark("info", blank, "--json").json["quarters"]] == [
        "2026Q3",
        "2026Q4",
    ]
    assert waymark("dump", blank, tmp_path / "a.json").code == 0
    assert waymark("load", tmp_path / "a.json", tmp_path / "again.waymark").code == 0
    assert waymark("dump", tmp_path / "again.waymark", tmp_path / "b.json").code == 0
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()


def test_a_clash_says_what_to_choose(waymark: Run, blank: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "kpis.csv"
    sheet.write_text("kpi,period,value\nNPS,2026Q1,31\nNPS,2026-04,33\n", encoding="utf-8")
    ran = waymark("import", "kpi", blank, sheet)
    assert ran.code == 2
    assert "2026Q1 | 2026-04" in ran.err
    assert "Choose one kind" in ran.err
    assert len(ran.lines) == 3


def test_logs_survive_dump_and_load(
    waymark: Run, blank: Path, shared_data: Path, cdnow: Path, tmp_path: Path
) -> None:
    log = shared_data / "xes" / "running-example.xes"
    assert waymark("import", "events", blank, log, "--create").code == 0
    assert waymark("import", "purchases", blank, cdnow).code == 0
    assert waymark("dump", blank, tmp_path / "a.json").code == 0
    assert waymark("load", tmp_path / "a.json", tmp_path / "again.waymark").code == 0
    assert waymark("check", tmp_path / "again.waymark").code == 0
    assert waymark("dump", tmp_path / "again.waymark", tmp_path / "b.json").code == 0
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    ran = waymark("import", "events", tmp_path / "again.waymark", log)
    assert ran.code == 2  # known there as well


@pytest.mark.parametrize("point", ["edit.begun", "edit.committed", "publish.sealed"])
@pytest.mark.parametrize("what", ["events", "purchases", "kpi"])
def test_a_killed_import_leaves_the_file_as_it_was(
    point: str, what: str, waymark: Run, forked: Run, blank: Path, tmp_path: Path
) -> None:
    texts = {
        "events": "case,activity,time\n1,a,2026-01-01 10:00:00\n1,b,2026-01-01 11:00:00\n",
        "purchases": "customer,date,amount\na,2026-01-01,5.50\n",
        "kpi": "kpi,period,value\nNPS,2026Q1,31\n",
    }
    data = tmp_path / f"{what}.csv"
    data.write_text(texts[what], encoding="utf-8")
    before = blank.read_bytes()
    call = ("import", what, blank, data, "--create")
    assert forked(*call, WAYMARK_CRASH_AT=point).code == 137
    assert blank.read_bytes() == before
    assert waymark(*call).code == 0
    assert waymark("check", blank).code == 0
