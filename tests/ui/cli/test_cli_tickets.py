"""`import tickets`: tables of tickets by the command line, and what they need to be taken in."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Waymark = Callable[..., Any]

HUBSPOT = """\
Ticket ID,Ticket name,Pipeline,Ticket status,Create date,Close date,\
Time to first agent reply (HH:mm:ss),Time to close (HH:mm:ss),Number of times contacted
1,Broken,Support,Closed,2026-07-01 09:00,2026-07-01 11:00,00:30:00,02:00:00,1
2,Slow,Support,Closed,2026-07-02 09:00,2026-07-02 15:00,02:30:00,06:00:00,2
3,Bill,Billing,Closed,2026-07-03 09:00,2026-07-03 13:00,01:00:00,04:00:00,1
4,Late,Billing,New,2026-07-31 09:00,,,,0
"""


@pytest.fixture
def workspace(waymark: Waymark, tmp_path: Path) -> Path:
    path = tmp_path / "bank.waymark"
    assert waymark("new", str(path)).code == 0
    return path


@pytest.fixture
def tickets(tmp_path: Path) -> Path:
    path = tmp_path / "hubspot-tickets.csv"
    path.write_text(HUBSPOT, encoding="utf-8")
    return path


def answer(ran: Any) -> dict[str, Any]:
    assert ran.code == 0, ran.err
    found: dict[str, Any] = json.loads(ran.out)
    return found


def test_inspect_names_tickets_and_the_command_that_takes_them(
    waymark: Waymark, tickets: Path, tmp_path: Path
) -> None:
    mapping = tmp_path / "map.toml"
    seen = answer(waymark("inspect", str(tickets), "--mapping", str(mapping), "--json"))
    assert (seen["vendor"], seen["kind"]) == ("hubspot", "tickets")
    assert seen["command"] == "waymark import tickets"
    roles = {column["name"]: column["proposal"]["role"] for column in seen["columns"]}
    assert roles["Time to first agent reply (HH:mm:ss)"] == "reply"
    assert roles["Number of times contacted"] == "replies"
    assert seen["needs"] == []
    assert "[tickets]" in mapping.read_text(encoding="utf-8")


def test_tickets_become_kpis_of_a_touchpoint(
    waymark: Waymark, workspace: Path, tickets: Path
) -> None:
    ran = waymark(
        *("import", "tickets", str(workspace), str(tickets)),
        *("--touchpoint", "Support call", "--create", "--json"),
    )
    taken = answer(ran)
    assert taken["records"] == 4
    assert {kpi["kpi"]: (kpi["measure"], kpi["touchpoint"]) for kpi in taken["kpis"]} == {
        "Answered within 2 h": ("response_in_time", "Support call"),
        "Response time (median)": ("response_time", "Support call"),
        "Resolution time (median)": (None, "Support call"),
        "First contact resolution (one reply)": ("fcr", "Support call"),
    }
    notes = {kpi["kpi"]: kpi["note"] for kpi in taken["kpis"]}
    assert "at most one reply" in notes["First contact resolution (one reply)"]
    dump = workspace.with_suffix(".json")
    assert waymark("dump", str(workspace), str(dump)).code == 0
    held = json.loads(dump.read_text(encoding="utf-8"))
    names = {kpi["id"]: kpi["name"] for kpi in held["kpis"]}
    values = {names[o["kpi"]]: (o["value"], o["n"]) for o in held["observations"]}
    assert values["Response time (median)"] == (1.0, 3)
    # Ticket 4 came when the last of the file did: nobody can say that it is late.
    assert values["Answered within 2 h"] == (pytest.approx(200 / 3), 3)
    assert values["First contact resolution (one reply)"] == (pytest.approx(200 / 3), 3)


def test_a_column_says_where_tickets_are(waymark: Waymark, workspace: Path, tickets: Path) -> None:
    asked = ("import", "tickets", str(workspace), str(tickets), "--by", "Pipeline")
    refused = waymark(*asked)
    assert refused.code == 2
    assert "Billing" in refused.err
    assert "--create" in refused.err
    taken = answer(waymark(*asked, "--create", "--period", "quarter", "--json"))
    assert {(kpi["touchpoint"], *kpi["periods"]) for kpi in taken["kpis"]} == {
        ("Support", "2026Q3"),
        ("Billing", "2026Q3"),
    }


def test_tickets_come_in_as_kpis_too(waymark: Waymark, workspace: Path, tickets: Path) -> None:
    ran = waymark("import", "kpi", str(workspace), str(tickets))
    assert ran.code == 0
    assert "First contact resolution (one reply)" in ran.out
    again = waymark("import", "tickets", str(workspace), str(tickets), "--if-known", "add")
    assert again.code == 2
    assert "Traceback" not in again.err


NEEDS = [
    ("Ticket ID,First reply time (min)\n1,30\n2,40\n", (), "--period"),
    ("Ticket ID,Created at,First reply time\n1,2026-07-01,300\n2,2026-07-02,400\n", (), "unit"),
    ("Ticket ID,Subject\n1,a\n2,b\n", (), "no table of tickets"),
    (HUBSPOT, ("--period", "fortnight"), "tickets.period"),
    (HUBSPOT, ("--by", "Nowhere"), "Nowhere"),
    (HUBSPOT, ("--by", "Pipeline", "--touchpoint", "Chat"), "tickets.by"),
]


@pytest.mark.parametrize(("text", "more", "words"), NEEDS)
def test_what_a_table_lacks_is_named(
    waymark: Waymark, workspace: Path, tmp_path: Path, text: str, more: tuple[str, ...], words: str
) -> None:
    path = tmp_path / "lacking.csv"
    path.write_text(text, encoding="utf-8")
    before = workspace.read_bytes()
    ran = waymark("import", "tickets", str(workspace), str(path), *more)
    assert ran.code == 2
    assert words in ran.err
    assert workspace.read_bytes() == before


def test_inspect_says_what_tickets_need(waymark: Waymark, tmp_path: Path) -> None:
    path = tmp_path / "undated.csv"
    path.write_text("Ticket ID,First reply time (min)\n1,30\n2,40\n", encoding="utf-8")
    ran = waymark("inspect", str(path))
    assert ran.code == 0
    assert "--period 2026-07" in ran.err
    told = waymark("inspect", str(path), "--json").json
    assert told["needs"] == [{"reason": "ticket_period", "of": ["Ticket ID"]}]


def test_a_survey_import_says_whose_command_it_is(
    waymark: Waymark, workspace: Path, tickets: Path
) -> None:
    ran = waymark("import", "survey", str(workspace), str(tickets))
    assert ran.code == 2
    assert "waymark import tickets" in ran.err


def test_a_cell_that_is_no_time_is_refused_and_the_rest_is_kept(
    waymark: Waymark, workspace: Path, tmp_path: Path
) -> None:
    path = tmp_path / "odd.csv"
    days = range(2, 9)
    more = [f"1{n},x,Support,Closed,2026-07-0{n} 09:00,,01:00:00,02:00:00,1" for n in days]
    body = HUBSPOT.replace("00:30:00", "a while") + "\n".join(more) + "\n"
    path.write_text(body, encoding="utf-8")
    ran = waymark("import", "tickets", str(workspace), str(path))
    assert ran.code == 1
    assert "not a duration" in ran.err
    assert "a while" in ran.err
