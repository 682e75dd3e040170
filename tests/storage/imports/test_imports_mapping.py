"""The mapping file: strict reading, faithful writing."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.errors import MappingError
from storage.imports.mapping import (
    ColumnFinder,
    CommentMapping,
    DateSettings,
    EventsMapping,
    Keep,
    KpiMapping,
    LongMapping,
    Mapping,
    OutcomeMapping,
    PainPointMapping,
    PurchasesMapping,
    QuestionMapping,
    SourceSettings,
    SurveySettings,
    When,
    check_columns,
    parse_mapping,
    write_mapping,
)
from storage.imports.signatures import recognise

CONTRACT = """
[source]
encoding = "cp1250"
separator = ";"
header_rows = 2
sheet = "Sheet1"
keep = { column = "Status", values = ["IP Address", "0"] }

[survey]
name = "Passengers 2026Q4"
design = "relational"
quarter = "2026Q4"
respondent = "id"
segment = "Class"
weight = "w"
covariates = ["Type of Travel"]

[[question]]
column = "Online boarding"
touchpoint = "Online boarding"
stage = "Purchase"
metric = "csat"
scale = [1, 5]
missing = ["0"]

[[pain_point]]
title = "Wifi does not work"
touchpoint = "Inflight wifi service"
when = { column = "Inflight wifi service", between = [1, 2] }

[outcome]
column = "satisfaction"
bad = ["neutral or dissatisfied"]
means = "dissatisfied"

[[comment]]
column = "What could we do better?"
touchpoint = "Support call"
"""
SURVEY = '[survey]\nname = "S"\ndesign = "relational"\nquarter = "2026Q1"\n'
QUESTION = '[[question]]\ncolumn = "a"\ntouchpoint = "T"\n'

TEXT = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)
MAYBE = st.none() | TEXT
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
SCALES = st.sampled_from([(0, 10), (1, 5), (1, 7), (-2, 2)])
DATES = st.builds(
    DateSettings,
    TEXT,
    st.sampled_from(["%Y-%m-%d", "%d.%m.%Y %H.%M", "unix"]),
    st.sampled_from([None, "UTC", "Europe/Oslo"]),
)
QUESTIONS = st.builds(
    QuestionMapping,
    column=TEXT,
    touchpoint=TEXT,
    metric=st.sampled_from(["csat", "rating"]),
    scale=SCALES,
    stage=MAYBE,
    higher_is_better=st.booleans(),
    missing=TEXTS,
    text=MAYBE,
    scores=st.dictionaries(TEXT, st.just(1), max_size=3).map(lambda named: tuple(named.items())),
) | st.builds(
    QuestionMapping,
    column=TEXT,
    touchpoint=TEXT,
    metric=st.just("ces1"),
    scale=SCALES,
    higher_is_better=st.just(False),
)
RULES = st.one_of(
    st.builds(When, TEXT, values=TEXTS.filter(bool)),
    st.builds(When, TEXT, between=st.just((-100.0, 100.5))),
    st.builds(
        When, TEXT, contains=TEXTS.filter(lambda words: words and all(w.strip() for w in words))
    ),
)
MAPPINGS = st.builds(
    Mapping,
    source=st.builds(
        SourceSettings,
        MAYBE,
        MAYBE,
        st.none() | st.integers(0, 20),
        MAYBE,
        st.none() | st.builds(Keep, TEXT, TEXTS.filter(bool)),
    ),
    survey=st.builds(
        SurveySettings,
        TEXT,
        st.sampled_from(["relational", "transactional"]),
        st.just("2026Q3"),
        st.none() | DATES,
        MAYBE,
        MAYBE,
        MAYBE,
        TEXTS,
    ),
    questions=st.lists(QUESTIONS, min_size=1, max_size=3, unique_by=lambda q: q.column).map(tuple),
    pain_points=st.lists(st.builds(PainPointMapping, TEXT, TEXT, RULES, MAYBE), max_size=2).map(
        tuple
    ),
    outcome=st.none()
    | st.builds(
        OutcomeMapping, TEXT, TEXTS.filter(bool), st.just("left"), st.none() | st.integers(1, 120)
    ),
    comments=st.lists(st.builds(CommentMapping, TEXT, MAYBE, MAYBE), max_size=2).map(tuple),
    kpis=st.lists(
        st.builds(
            KpiMapping,
            TEXT,
            TEXT,
            DATES,
            MAYBE,
            MAYBE,
            MAYBE,
            st.sampled_from(["higher", "lower"]),
            st.none() | st.floats(allow_nan=False, allow_infinity=False),
            MAYBE,
        ),
        max_size=2,
    ).map(tuple),
    events=st.none()
    | st.builds(
        EventsMapping,
        case=TEXT,
        activity=TEXT,
        time=TEXT,
        time_format=st.sampled_from([None, "%Y-%m-%d %H:%M"]),
        timezone=st.sampled_from([None, "UTC", "Europe/Oslo"]),
        lifecycle=MAYBE,
        segment=MAYBE,
        lifecycle_keep=TEXTS,
        lost=TEXTS,
        retained=TEXTS,
    ),
    activities=st.dictionaries(TEXT, TEXT, max_size=3),
    purchases=st.none()
    | st.builds(
        PurchasesMapping,
        customer=TEXT,
        date=TEXT,
        amount=TEXT,
        date_format=st.sampled_from([None, "%Y%m%d"]),
        segment=MAYBE,
    ),
)


def refusal(text: str) -> MappingError:
    with pytest.raises(MappingError) as caught:
        parse_mapping(text)
    return caught.value


@given(MAPPINGS)
def test_what_is_written_is_read_back(mapping: Mapping) -> None:
    assert parse_mapping(write_mapping(mapping)) == mapping


@given(st.text(max_size=200) | st.sampled_from([CONTRACT[:n] for n in range(0, 900, 7)]))
def test_any_text_is_a_mapping_or_refused(text: str) -> None:
    with suppress(MappingError):
        assert parse_mapping(write_mapping(parse_mapping(text))) == parse_mapping(text)


def test_the_contract_example() -> None:
    mapping = parse_mapping(CONTRACT)
    assert mapping.source == SourceSettings(
        "cp1250", ";", 2, "Sheet1", Keep("Status", ("IP Address", "0"))
    )
    assert mapping.survey == SurveySettings(
        "Passengers 2026Q4", "relational", "2026Q4", None, "id", "Class", "w", ("Type of Travel",)
    )
    assert mapping.questions == (
        QuestionMapping(
            "Online boarding", "Online boarding", "csat", (1, 5), "Purchase", True, ("0",)
        ),
    )
    assert mapping.pain_points[0].when == When("Inflight wifi service", between=(1.0, 2.0))
    assert mapping.outcome == OutcomeMapping(
        "satisfaction", ("neutral or dissatisfied",), "dissatisfied"
    )
    assert mapping.comments == (CommentMapping("What could we do better?", "Support call"),)


def test_dates_long_tables_logs_and_kpis() -> None:
    text = """
[survey]
name = "Calls"
design = "transactional"
date = { column = "at", format = "%Y-%m-%d %H:%M:%S", timezone = "Europe/Oslo" }
[long]
touchpoint = "where"
score = "points"
metric = "kind"
[[kpi]]
column = "fcr"
better = "higher"
target = 0.8
period = { column = "month", format = "%Y-%m" }
[events]
case = "c"
activity = "a"
time = "t"
lifecycle_keep = ["complete"]
[activities]
"pay bill" = "Payment"
[purchases]
customer = "c"
date = "d"
amount = "m"
"""
    mapping = parse_mapping(text)
    assert mapping.long == LongMapping("where", "points", None, "kind")
    assert mapping.survey is not None
    assert mapping.survey.date == DateSettings("at", "%Y-%m-%d %H:%M:%S", "Europe/Oslo")
    assert mapping.kpis[0] == KpiMapping("fcr", "fcr", DateSettings("month", "%Y-%m"), target=0.8)
    assert mapping.activities == {"pay bill": "Payment"}
    assert parse_mapping(write_mapping(mapping)) == mapping
    fixed = parse_mapping(text.replace('"kind"', '"nps"')).long
    assert fixed == LongMapping("where", "points", "nps", None, (0, 10))


def test_every_unknown_key_is_named_with_the_nearest() -> None:
    text = CONTRACT.replace("respondent =", "respondant =").replace("missing =", "mising =")
    error = refusal(text + "\n[surveys]\n")
    assert error.reason == "unknown_key"
    assert set(error.names) == {"survey.respondant", "question[1].mising", "surveys"}
    assert "respondent" in error.nearest["survey.respondant"]
    assert "missing" in error.nearest["question[1].mising"]
    assert "survey" in error.nearest["surveys"]


@pytest.mark.parametrize(
    ("text", "reason", "name"),
    [
        ("[survey", "syntax", None),
        ("a = " + "[" * 5000, "syntax", None),
        (SURVEY + QUESTION, "missing_key", "question[1].metric"),
        (SURVEY + QUESTION + 'metric = "rating"', "missing_key", "question[1].scale"),
        (SURVEY + QUESTION + 'metric = "smile"', "wrong_value", "question[1].metric"),
        (SURVEY + QUESTION + 'metric = "ces"', "ces_version", "a"),
        (SURVEY + QUESTION + 'metric = "csat"\nscale = [5, 1]', "scale", "question[1].scale"),
        (SURVEY + QUESTION + 'metric = "csat"\nscale = [1, 5, 7]', "wrong_value", None),
        (SURVEY + QUESTION + 'metric = "csat"\nscale = [nan, 5]', "wrong_value", None),
        (SURVEY + QUESTION + 'metric = "nps"\nscale = [1, 5]', "scale", "a"),
        (SURVEY + QUESTION + 'metric = "ces1"\nhigher_is_better = true', "direction", "a"),
        (SURVEY + QUESTION + 'metric = "ces2"\nhigher_is_better = false', "direction", "a"),
        (SURVEY + QUESTION + 'metric = "csat"\nmissing = [false]', "wrong_value", None),
        (SURVEY + 2 * (QUESTION + 'metric = "csat"\n'), "duplicate", "a"),
        (SURVEY, "no_questions", None),
        (SURVEY.replace("2026Q1", "2026Q5") + QUESTION + 'metric = "nps"', "wrong_value", None),
        (QUESTION + 'metric = "nps"', "missing_key", "survey"),
        (SURVEY.replace("relational", "both"), "wrong_value", "survey.design"),
        (SURVEY + '[outcome]\ncolumn = "o"\nmeans = "left"', "outcome_bad", "o"),
        (SURVEY + '[outcome]\ncolumn = "o"\nbad = "x"\nmeans = "dissatisfied"\nmonths = 3',
         "months", "o"),
        ('[source]\nkeep = { column = "a", values = [] }', "keep", "a"),
        ('[source]\nheader_rows = -1', "wrong_value", "source.header_rows"),
    ],
)  # fmt: skip
def test_refusals(text: str, reason: str, name: str | None) -> None:
    error = refusal(text)
    assert error.reason == reason
    if name is not None:
        assert name in error.names


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ("", "rule"),
        ('values = ["x"], between = [1, 2]', "rule"),
        ("between = [2, 1]", "rule"),
        ('contains = [" "]', "rule"),
        ("between = [6, 7]", "rule_scale"),
    ],
)
def test_pain_point_rules(rule: str, reason: str) -> None:
    when = ", ".join(part for part in ('column = "a"', rule) if part)
    pain = f'[[pain_point]]\ntitle = "P"\ntouchpoint = "T"\nwhen = {{ {when} }}\n'
    error = refusal(SURVEY + QUESTION + 'metric = "csat"\n' + pain)
    assert (error.reason, error.names) == (reason, ("P",))


@pytest.mark.parametrize(
    ("date", "reason"),
    [
        ('column = "a"', "date_order"),
        ('column = "a", format = "%H"', "date_format"),
        ('column = "a", format = "%Y", timezone = "Mars/Base"', "timezone"),
    ],
)
def test_dates_are_checked(date: str, reason: str) -> None:
    text = f'{SURVEY}date = {{ {date} }}\n{QUESTION}metric = "nps"'
    assert refusal(text).reason == reason


def test_every_unknown_column_is_named_with_the_nearest() -> None:
    columns = recognise([["ID", "Class", "Online boarding", "x"], ["1", "Eco", "5", "y"]]).columns
    with pytest.raises(MappingError) as caught:
        check_columns(parse_mapping(CONTRACT), columns)
    error = caught.value
    assert error.reason == "unknown_column"
    assert set(error.names) == {
        "Status", "w", "Type of Travel", "Inflight wifi service", "satisfaction",
        "What could we do better?",
    }  # fmt: skip
    near = refusal_of_columns('column = "Online bording"', columns)
    assert near == ("Online boarding",)


def refusal_of_columns(line: str, columns: tuple[object, ...]) -> tuple[str, ...]:
    text = SURVEY + QUESTION.replace('column = "a"', line) + 'metric = "csat"'
    with pytest.raises(MappingError) as caught:
        check_columns(parse_mapping(text), columns)  # type: ignore[arg-type]
    return caught.value.nearest[caught.value.names[0]]


def test_columns_are_found_by_unique_name_raw_text_and_loosely() -> None:
    columns = recognise(
        [["Other", "Other", " Long  name\nhere ", "other"], ["a", "b", "c", "d"]]
    ).columns
    finder = ColumnFinder(columns)
    assert [finder.find(name) for name in ("Other", "Other (2)", "Long name here", "other")] == [
        0, 1, 2, 3,
    ]  # fmt: skip
    assert finder.find(" Long  name\nhere ") == 2
    assert finder.find("LONG NAME HERE") == 2
    assert finder.find("OTHER") is None
