"""Tables of tickets: known by their shape in many vendors' spellings, and counted as KPIs."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from storage.errors import MappingError, SurveyKnownError
from storage.imports.inspect import Inspection
from storage.imports.kpi_result import KpiImport
from storage.imports.likely_kind import likely_kind
from storage.imports.mapping import TicketsMapping, parse_mapping, propose, write_mapping
from storage.imports.readers import inspect_any
from tests.storage.imports.log_trial import LogTrial, log_trial

# Eight tickets by the clock: replied after so many minutes; u1 asks again two days later.
ZENDESK = """\
Ticket ID,Requester email,Group,Status,Created at,Solved at,First reply time in minutes,\
First reply time in minutes within business hours,Full resolution time in minutes,Reopens,Replies
1,u1@x.io,Chat,Closed,2026-07-01 09:00:00,2026-07-01 10:00:00,30,10,60,0,1
2,u2@x.io,Chat,Closed,2026-07-02 09:00:00,2026-07-02 12:00:00,120,20,180,0,1
3,u1@x.io,Phone,Closed,2026-07-03 09:00:00,2026-07-03 11:00:00,60,60,120,0,1
4,u3@x.io,Phone,Closed,2026-07-05 09:00:00,2026-07-06 09:00:00,240,60,1440,0,2
5,u4@x.io,Phone,Closed,2026-07-08 09:00:00,2026-07-08 10:00:00,10,10,60,1,1
6,u5@x.io,Chat,Open,2026-07-09 09:00:00,,,,,0,0
7,u6@x.io,Chat,Open,2026-07-31 11:00:00,,,,,0,0
8,u7@x.io,Chat,Solved,2026-07-30 09:00:00,2026-07-31 12:00:00,90,9,1620,0,1
9,u8@x.io,Chat,Spam,2026-07-30 09:00:00,,,,,0,0
"""


@pytest.fixture
def trial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LogTrial]:
    monkeypatch.setenv("WAYMARK_STATE_DIR", str(tmp_path / "state"))
    with log_trial(tmp_path) as opened:
        yield opened


def looked_at(tmp_path: Path, text: str, name: str = "tickets.csv") -> Inspection:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return inspect_any(path)


def figures(trial: LogTrial) -> dict[tuple[str, str, str], tuple[float, int | None]]:
    """Return value and n by KPI, touchpoint and period."""
    ws = trial.workspace
    return {
        (
            ws.kpis[o.kpi].name,
            ws.touchpoints[ws.kpis[o.kpi].touchpoint].name if ws.kpis[o.kpi].touchpoint else "",
            o.period,
        ): (round(o.value, 6), o.n)
        for o in ws.observations.values()
    }


def facts(result: KpiImport) -> dict[str, str]:
    return dict(result.warnings)


def test_a_view_of_zendesk_is_counted_by_month(trial: LogTrial) -> None:
    result = trial.kpi(trial.file(ZENDESK))
    assert result.records == 9
    assert [(s.reason, s.count) for s in result.skipped] == [("never_a_ticket", 1)]
    assert figures(trial) == {
        # Of six replies four came in under two hours; ticket 6 waits, 7 is too young to be late.
        ("Answered within 2 h", "", "2026-07"): (round(400 / 7, 6), 7),
        ("Response time (median)", "", "2026-07"): (1.25, 6),
        ("Resolution time (median)", "", "2026-07"): (2.5, 6),
        # 1 came back within the week, 4 took two replies, 5 was reopened, 8 is too young.
        ("First contact resolution", "", "2026-07"): (40.0, 5),
    }
    assert facts(result) == {"too_young": "1", "unsolved": "2"}
    kpis = {kpi.name: kpi for kpi in trial.workspace.kpis.values()}
    fcr = kpis["First contact resolution"]
    assert (fcr.measure, fcr.unit, fcr.better) == ("fcr", "%", "higher")
    assert "no other ticket of the same requester within 7 days" in fcr.note
    assert kpis["Response time (median)"].target == 2.0


def test_what_the_columns_do_not_tell_changes_the_name(trial: LogTrial) -> None:
    without = "\n".join(
        ",".join(cell for at, cell in enumerate(line.split(",")) if at not in {1, 10})
        for line in ZENDESK.splitlines()
    )
    trial.kpi(trial.file(without))
    # Without requester and replies: solved and never reopened.
    assert figures(trial)["First contact resolution (not reopened)", "", "2026-07"] == (80.0, 5)


def test_a_column_of_touchpoints_gives_each_its_series(trial: LogTrial) -> None:
    mapping = write_mapping(likely_kind(inspect_any(trial.file(ZENDESK))).mapping)
    by_group = mapping.replace("[tickets]", '[tickets]\nby = "Group"')
    result = trial.kpi(trial.file(ZENDESK), by_group)
    assert [(m.activity, m.touchpoint) for m in result.matched] == [
        ("Chat", "Chat"), ("Phone", "Phone"),
    ]  # fmt: skip
    found = figures(trial)
    assert found["Response time (median)", "Phone", "2026-07"] == (1.0, 3)
    assert found["First contact resolution", "Chat", "2026-07"] == (50.0, 2)


def test_one_touchpoint_quarters_and_only_some_tickets(trial: LogTrial) -> None:
    mapping = write_mapping(likely_kind(inspect_any(trial.file(ZENDESK))).mapping)
    text = mapping.replace('"month"', '"quarter"\ntouchpoint = "Support call"')
    kept = '[source]\nkeep = { column = "Group", values = ["chat"] }\n'
    result = trial.kpi(trial.file(ZENDESK), kept + text)
    assert {s.reason: s.count for s in result.skipped}["filtered"] == 3
    assert figures(trial)["Response time (median)", "Support call", "2026Q3"] == (1.5, 3)


def test_the_same_tickets_again_are_known(trial: LogTrial) -> None:
    trial.kpi(trial.file(ZENDESK))
    again = trial.kpi(trial.file(ZENDESK), if_known="replace")
    assert again.imported == 0
    later = ZENDESK.replace(",Open,2026-07-09 09:00:00,,,", ",Open,2026-07-09 09:00:00,,5,")
    with pytest.raises(SurveyKnownError):
        trial.kpi(trial.file(later))
    trial.kpi(trial.file(later), if_known="replace")
    # Replied by now, though not solved: 5 of 7 in time.
    assert figures(trial)["Answered within 2 h", "", "2026-07"] == (round(500 / 7, 6), 7)


# Whose it is, its header, a record: ticket {id} of day {d}, replied after {m} min or {s} s.
_SHAPES = """\
zendesk
Ticket ID,Ticket group,Ticket created - Date,Ticket solved - Date,First reply time (min),\
Full resolution time (hrs),Reopens,Agent replies
{id},Chat,2026-07-0{d},2026-07-0{d},{m},2.5,0,1

zendesk
id,ticket_id,created_at,solved_at,reopens,replies,reply_time_in_minutes.business,\
reply_time_in_minutes.calendar,assignee_stations
9{id},{id},2026-07-0{d}T09:00:00Z,2026-07-0{d}T12:00:00Z,0,1,999,{m},1

zendesk
ticket_id,created_at,solved_at,replies,reply_time_in_minutes,group_stations
{id},2026-07-0{d}T09:00:00Z,2026-07-0{d}T12:00:00Z,1,"{{""calendar"": {m}, ""business"": 1}}",1

hubspot
Ticket ID,Ticket name,Pipeline,Ticket status,Create date,Close date,\
Time to first agent reply (HH:mm:ss),Time to close (HH:mm:ss),Number of times contacted
{id},Help,Support,Closed,2026-07-0{d} 09:00,2026-07-0{d} 12:00,00:{m:02d}:00,03:00:00,1

zendesk
id,subject,status,created_at,via.channel,metric_set.solved_at,metric_set.replies,\
metric_set.reply_time_in_minutes.calendar,metric_set.reply_time_in_minutes.business
{id},Ticket {id},closed,2026-07-0{d}T09:00:00Z,email,2026-07-0{d}T12:00:00Z,1,{m},999

hubspot
hs_ticket_id,subject,hs_pipeline,createdate,closed_date,first_agent_reply_date
{id},Help,0,2026-07-0{d}T09:00:00Z,2026-07-0{d}T12:00:00Z,2026-07-0{d}T09:{m:02d}:00Z

hubspot
Record ID,Ticket name,Ticket status,Create date,Close date,Time to first agent reply
{id},Help,Closed,2026-07-0{d} 09:00,2026-07-0{d} 12:00,{m}m 0s

freshdesk
Ticket ID,Subject,Status,Group,Created time,Due by Time,Resolved time,Closed time,\
Initial response time,Agent interactions,Resolution status,First response status
{id},Hi,Closed,G,2026-07-0{d} 09:00:00,2026-07-09 09:00:00,2026-07-0{d} 12:00:00,\
2026-07-0{d} 13:00:00,2026-07-0{d} 09:{m:02d}:00,1,Within SLA,Within SLA

zendesk
Summation column,Id,Requester,Requester id,Group,Status,Priority,Via,Created at,Updated at,\
Solved at,Resolution time,Satisfaction Score,Group stations,Assignee stations,Reopens,Replies,\
First reply time in minutes,First reply time in minutes within business hours,\
Full resolution time in minutes,Requester wait time in minutes
1,{id},Ann,7{id},Chat,Closed,Normal,Mail,2026-07-0{d} 09:00,2026-07-0{d} 13:00,\
2026-07-0{d} 12:00,3,Not Offered,1,{d},0,{d},{m},999,180,5

intercom
Conversation ID,Conversation started at,Channel,Teammate,Time to first response (seconds),\
Number of reopens,Conversation state
{id},2026-07-0{d} 09:00,Chat,Ann,{s},0,closed

jira
Issue key,Issue id,Summary,Request Type,Status,Created,Resolved,Time to first response
SUP-{id},{id},Hi,Q,Resolved,0{d}/Jul/26 9:00 AM,0{d}/Jul/26 12:00 PM,{m}m

servicenow
Number,Opened,Caller,State,Assignment group,Resolved,Reopen count,First response time (s)
INC00{id},0{d}.07.2026 09:00:00,Ann,Closed,IT,0{d}.07.2026 12:00:00,0,{s}

gorgias
Ticket id,Created datetime,Closed datetime,Assignee team,First response time (min)
{id},2026-07-0{d}T09:00:00,2026-07-0{d}T12:00:00,Support,{m}

helpscout
Conversation Number,Status,Mailbox,Customer Email,Created At,Closed At,First Response Time,\
Replies To Resolve
{id},closed,Help,u{id}@x.io,2026-07-0{d} 09:00:00,2026-07-0{d} 12:00:00,{m}m,1

plain
Ticket-ID;Gruppe;Status;Erstellt am;Gelöst am;Erste Antwortzeit (Min.);Antworten
{id};Chat;Gelöst;0{d}.07.2026 09:00;0{d}.07.2026 12:00;{m};1

plain
Numer zgłoszenia;Stan;Utworzono;Rozwiązanie;Pierwsza odpowiedź (min)
{id};Zamknięte;0{d}.07.2026 09:00;0{d}.07.2026 12:00;{m}
"""
SHAPES = [shape.splitlines() for shape in _SHAPES.strip().split("\n\n")]


@pytest.mark.parametrize(("vendor", "head", "row"), SHAPES)
def test_tables_of_many_help_desks_are_known_by_their_shape(
    trial: LogTrial, vendor: str, head: str, row: str
) -> None:
    """Three replies after 10, 20 and 30 minutes."""
    rows = [row.format(id=1000 + n, d=n, m=10 * n, s=600 * n) for n in (1, 2, 3)]
    path = trial.file("\n".join([head, *rows]) + "\n")
    seen = inspect_any(path)
    assert (seen.vendor, likely_kind(seen).kind) == (vendor, "tickets")
    assert not trial.kpi(path).refused
    found = figures(trial)
    assert found["Response time (median)", "", "2026-07"] == (round(1 / 3, 6), 3)
    assert found["Answered within 2 h", "", "2026-07"] == (100.0, 3)


def test_cases_that_are_marked_by_the_help_desk(trial: LogTrial) -> None:
    head = "Case Number,Status,Date/Time Opened,Date/Time Closed,Closed When Created\n"
    row = '0000100{n},Closed,"7/{d}/2026, 9:00 AM","7/{d}/2026, 1:00 PM",{f}\n'
    rows = "".join(row.format(n=n, d=20 + n, f=n % 2) for n in range(1, 5))
    path = trial.file(head + rows)
    assert inspect_any(path).vendor == "salesforce"
    trial.kpi(path)
    assert figures(trial) == {
        ("First contact resolution (as marked)", "", "2026-07"): (50.0, 4),
        ("Resolution time (median)", "", "2026-07"): (4.0, 4),
    }


def test_a_mapping_may_name_any_column(trial: LogTrial) -> None:
    path = trial.file("Ref,In,Out\na,2026-07-01 09:00,2026-07-01 11:00\nb,2026-07-02 09:00,\n")
    trial.kpi(path, '[tickets]\nticket = "Ref"\ncreated = "In"\nsolved = "Out"\n')
    assert figures(trial) == {("Resolution time (median)", "", "2026-07"): (2.0, 1)}


def test_business_hours_are_another_kpi(trial: LogTrial) -> None:
    clock = ZENDESK.replace("First reply time in minutes,", "Priority,")
    trial.kpi(trial.file(clock))
    found = figures(trial)
    # Ticket 6 waits, but by the hours of business nobody knows how long.
    assert found["Answered within 2 h (business hours)", "", "2026-07"] == (100.0, 6)
    assert found["Response time (median, business hours)", "", "2026-07"] == (0.25, 6)


NOT_TICKETS = [
    "Record ID,Deal Name,Deal Stage,Create Date,Close Date,Amount\n{n},x,Won,{t},{t},5\n",
    "Order ID,Customer,Created,Closed,Amount\n{n},c,{t},{t},5\n",
    "Case ID,Activity,Timestamp\n1,a,{t}\n",
    "id,created_at,score,comment\n{n},{t},9,fine\n",
    "Ticket ID,Subject\n{n},x\n",
]


@pytest.mark.parametrize("text", NOT_TICKETS)
def test_other_tables_are_not_taken_for_tickets(tmp_path: Path, text: str) -> None:
    head, row, _ = text.split("\n")
    rows = "".join(f"{row}\n".format(n=n, t=f"2026-07-0{n} 09:00:00") for n in range(1, 6))
    assert likely_kind(looked_at(tmp_path, f"{head}\n{rows}")).kind != "tickets"


def test_rated_tickets_are_answers_and_tickets_too(trial: LogTrial) -> None:
    marks = ["Satisfaction Score", *["Good", "Bad", "Good", "Offered"] * 2, "Good"]
    rated = "\n".join(map(",".join, zip(ZENDESK.splitlines(), marks, strict=True)))
    path = trial.file(rated)
    seen = inspect_any(path)
    assert (seen.vendor, likely_kind(seen).kind) == ("zendesk", "survey")
    assert "also_tickets" in {notice.reason for notice in seen.warnings}
    trial.kpi(path)
    assert figures(trial)["First contact resolution", "", "2026-07"] == (40.0, 5)


def test_what_zendesk_counts_of_a_rated_ticket_is_no_answer(tmp_path: Path) -> None:
    head = (
        "Summation column,Id,Requester,Status,Ticket type,Created at,Satisfaction Score,"
        "Group stations,Assignee stations,Reopens,Replies,First reply time in minutes"
    )
    rows = [
        f"1,{n},Ann,Closed,Question,2026-07-{1 + n % 28:02d} 09:00,{mark},{1 + n % 5},{1 + n % 5},"
        f"{n % 6},{n % 6},{n % 6}"
        for n, mark in enumerate(["Good", "Offered", "Bad", "Unoffered"] * 20)
    ]
    mapping = propose(looked_at(tmp_path, "\n".join([head, *rows]) + "\n"))
    assert [(q.column, q.metric) for q in mapping.questions] == [("Satisfaction Score", "csat")]
    # Some of the counts are 0; that is no reason to forget who was asked and did not answer.
    assert set(mapping.questions[0].missing) >= {"Offered", "Unoffered"}


RATED = [
    ("Issue key,Created,Resolved,Time to first response,Satisfaction rating", "12345", (1, 5)),
    (
        "Conversation ID,Conversation started at,Closed at,FRT (s),Conversation rating",
        "12345",
        (1, 5),
    ),
    ("Ticket id,Created datetime,Closed datetime,Reply (s),Survey score", "12345", (1, 5)),
    (
        "Conversation Number,Created At,Closed At,First Response Time,Happiness Score",
        ["Great", "Okay", "Not Good"],
        (1, 5),
    ),
]


@pytest.mark.parametrize(("head", "marks", "scale"), RATED)
def test_ratings_of_other_help_desks_are_a_survey(
    tmp_path: Path, head: str, marks: Sequence[str], scale: tuple[int, int]
) -> None:
    rows = [
        f"T-{n},2026-07-{1 + n % 28:02d} 09:00,2026-07-{1 + n % 28:02d} 10:00,5m,"
        f"{marks[n % len(marks)] if n % 3 else ''}"
        for n in range(80)
    ]
    seen = looked_at(tmp_path, "\n".join([head, *rows]) + "\n")
    assert [(q.metric, q.scale) for q in propose(seen).questions] == [("csat", scale)]
    assert "also_tickets" in {notice.reason for notice in seen.warnings}


def test_a_unit_that_nobody_tells_is_asked(trial: LogTrial) -> None:
    path = trial.file(
        "Ticket ID,Created at,First reply time\n"
        "1,2026-07-01 09:00,600\n2,2026-07-02 09:00,1200\n3,2026-07-03 09:00,0\n"
    )
    mapping = write_mapping(likely_kind(inspect_any(path)).mapping)
    assert "reply_unit" in mapping
    with pytest.raises(MappingError) as refused:
        trial.kpi(path, mapping)
    assert (refused.value.reason, refused.value.names) == ("ticket_unit", ("First reply time",))
    assert refused.value.nearest["key"] == ("reply_unit",)
    trial.kpi(path, mapping + 'reply_unit = "s"\n')
    assert figures(trial)["Response time (median)", "", "2026-07"] == (round(1 / 6, 6), 3)


def test_tickets_without_dates_need_a_period(trial: LogTrial) -> None:
    path = trial.file("Ticket ID,First reply time (min)\n1,30\n2,150\n3,60\n")
    with pytest.raises(MappingError) as refused:
        trial.kpi(path)
    assert refused.value.reason == "ticket_period"
    mapping = write_mapping(likely_kind(inspect_any(path)).mapping)
    trial.kpi(path, mapping.replace('"month"', '"2026Q3"'))
    assert figures(trial)["Answered within 2 h", "", "2026Q3"] == (round(200 / 3, 6), 3)


def test_days_in_both_orders_are_asked_unless_another_column_tells(trial: LogTrial) -> None:
    both = "Ticket ID,Created at,Solved at\n1,01/02/2026,02/02/2026\n2,03/02/2026,04/02/2026\n"
    with pytest.raises(MappingError) as refused:
        trial.kpi(trial.file(both + "3,05/02/2026,06/02/2026\n"))
    assert refused.value.reason == "date_order"
    mapping = '[tickets]\nticket = "Ticket ID"\ncreated = "Created at"\nsolved = "Solved at"\n'
    reopened = '"Reopens"'
    with_reopens = both.replace("Solved at", "Solved at,Reopens").replace("2026\n", "2026,0\n")
    trial.kpi(
        trial.file(with_reopens + "3,05/02/2026,26/02/2026,0\n"), f"{mapping}reopens = {reopened}\n"
    )
    # Solved on the 2nd and the 4th; the last one is too young.
    assert figures(trial) == {
        ("First contact resolution (not reopened)", "", "2026-02"): (100.0, 2),
    }


def test_cells_that_make_no_sense_are_counted_and_the_rest_is_kept(trial: LogTrial) -> None:
    rows = [f"{n},2026-07-{n:02d} 09:00,2026-07-{n:02d} 12:00,30,0" for n in range(1, 21)]
    rows[2] = "3,soon,2026-07-03 12:00,30,0"
    rows[4] = "5,2026-07-05 09:00,2026-07-05 12:00,-30,0"
    rows[6] = "7,2026-07-07 09:00,2026-07-07 12:00,30,often"
    rows[8] = "8,2026-07-09 09:00,2026-07-09 12:00,30,0"
    rows.append(",,,30,")
    head = "Ticket ID,Created at,Solved at,First reply time (min),Reopens"
    result = trial.kpi(trial.file("\n".join([head, *rows]) + "\n"))
    assert {(c.column, c.reason, c.count) for c in result.refused_cells} == {
        ("Created at", "not_a_moment", 1),
        ("First reply time (min)", "negative", 1),
        ("Reopens", "not_a_count", 1),
    }
    assert {(s.reason, s.count) for s in result.skipped} == {
        ("blank_ticket", 1),
        ("same_ticket", 1),
    }
    assert figures(trial)["Response time (median)", "", "2026-07"] == (0.5, 18)
    assert facts(result)["unknown_fcr"] == "1"


def test_the_mapping_is_written_and_read_the_same() -> None:
    mapping = parse_mapping(
        '[tickets]\nticket = "T"\ncreated = "C"\nreply = "R"\nreply_unit = "min"\nby = "G"\n'
        'period = "week"\nrepeat_days = 30\nclosed = ["Fertig"]\ndate_format = "%d/%m/%Y"\n'
    )
    assert mapping.tickets == TicketsMapping(
        "T", created="C", reply="R", reply_unit="min", by="G", period="week", repeat_days=30,
        closed=("Fertig",), date_format="%d/%m/%Y",
    )  # fmt: skip
    assert parse_mapping(write_mapping(mapping)) == mapping


WRONG = [
    ('ticket = "T"\nperiod = "decade"', "tickets.period"),
    ('ticket = "T"\nby = "G"\ntouchpoint = "Chat"', "tickets.by"),
    ('ticket = "T"\nreply_unit = "fortnights"', "tickets.reply_unit"),
]


@pytest.mark.parametrize(("text", "place"), WRONG)
def test_a_wrong_mapping_is_refused(text: str, place: str) -> None:
    with pytest.raises(MappingError) as refused:
        parse_mapping(f"[tickets]\n{text}\n")
    assert refused.value.names == (place,)


def test_a_mapping_that_counts_nothing_is_refused(trial: LogTrial) -> None:
    with pytest.raises(MappingError) as refused:
        trial.kpi(trial.file(ZENDESK), '[tickets]\nticket = "Ticket ID"\nstatus = "Status"\n')
    assert refused.value.reason == "ticket_columns"
