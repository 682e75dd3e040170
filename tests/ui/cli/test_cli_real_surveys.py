"""Real surveys from the file to the pack, compared with counts made here from the raw file."""

import csv
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

Run = Callable[..., Any]


@pytest.fixture(scope="module")
def airline(shared_data: Path) -> Path:
    """25,976 passengers, each rating 14 touchpoints; 0 is not applicable."""
    return shared_data / "airline" / "AirlinePassengerSatisfaction.csv"


def _counts(file: Path) -> tuple[dict[str, Counter[str]], int]:
    with file.open(encoding="utf-8", newline="") as table:
        reader = csv.DictReader(table)
        assert reader.fieldnames is not None
        first = reader.fieldnames.index("Inflight wifi service")
        rated = list(reader.fieldnames[first : first + 14])
        counts: dict[str, Counter[str]] = {name: Counter() for name in rated}
        records = 0
        for record in reader:
            records += 1
            for name in rated:
                counts[name][record[name]] += 1
    return counts, records


def test_the_airline_from_the_file_to_the_packs(
    airline: Path, waymark: Run, tmp_path: Path
) -> None:
    counts, records = _counts(airline)
    file, mapping = tmp_path / "airline.waymark", tmp_path / "map.toml"
    seen = waymark("inspect", airline, "--mapping", mapping, "--json")
    assert (seen.code, seen.json["records"]) == (0, 25_976)
    assert waymark("new", file).code == 0

    ran = waymark("import", "survey", file, airline, "--mapping", mapping, "--create", "--json")
    assert ran.code == 0
    answer = ran.json
    assert (answer["records"], answer["imported"]) == (records, records) == (25_976, 25_976)
    assert answer["outcome"] == {"n": 25_976, "bad": 14_573}
    taken = {q["touchpoint"]: q["n"] for q in answer["questions"]}
    assert len(taken) == 14
    assert taken == {name: records - found["0"] for name, found in counts.items()}
    assert "quarter" in ran.err

    for row in waymark("metrics", file, "--json").json:
        scores = {s: n for s, n in counts[row["touchpoint"]].items() if s != "0"}
        assert row["distribution"] == scores
        n = sum(scores.values())
        assert row["value"] == pytest.approx(sum(int(s) * k for s, k in scores.items()) / n)
        assert row["top2box"] == pytest.approx((scores["4"] + scores["5"]) / n)

    ranked = waymark("priorities", file, "--draws", 200, "--json").json
    assert ranked["basis"] == "index"
    assert len(ranked["items"]) == 14
    assert {item["level"] for item in ranked["items"]} == {"C"}
    first = ranked["items"][0]
    assert first["value_mean"] is None
    assert first["index_low80"] <= first["index_mean"] <= first["index_high80"]

    packs = waymark("export", file, "--to", tmp_path / "packs", "--draws", 200, "--json").json
    assert {Path(pack).suffix for pack in packs["files"]} == {".xlsx", ".pdf", ".pptx", ".csv"}
    for pack in packs["files"]:
        if pack.endswith(".xlsx"):
            load_workbook(pack).close()


def test_the_recommendation_of_the_workshops_to_the_printed_digits(
    shared_data: Path, waymark: Run, tmp_path: Path
) -> None:
    data = shared_data / "carpentries_nps" / "data_20170701.csv"
    seen = waymark("inspect", data, "--json").json
    last = seen["columns"][-1]["name"]
    (tmp_path / "map.toml").write_text(
        '[survey]\nname = "Workshops"\ndesign = "transactional"\nquarter = "2017Q2"\n\n'
        "[[question]]\n"
        f"column = '''{last}'''\ntouchpoint = \"Workshop\"\nmetric = \"nps\"\nscale = [0, 10]\n",
        encoding="utf-8",
    )
    file = tmp_path / "workshops.waymark"
    assert waymark("new", file).code == 0
    words = ("--mapping", tmp_path / "map.toml", "--create", "--json")
    ran = waymark("import", "survey", file, data, *words)
    assert (ran.code, ran.json["records"]) == (0, 476)
    (row,) = waymark("metrics", file, "--json").json
    assert (row["metric"], row["n"]) == ("nps", 402)
    assert f"{row['value']:+.3f}" == "+36.318"
    given = {10: 148, 9: 67, 8: 59, 7: 59, 6: 30, 5: 28, 4: 2, 3: 3, 2: 2, 0: 4}
    assert row["distribution"] == {str(score): n for score, n in sorted(given.items())}
