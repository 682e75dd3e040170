"""Purchase logs taken in, with and without a header, known again and undone."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.errors import MappingError, SurveyKnownError
from storage.evidence.customers import churn_figures, clv_report, purchase_report
from storage.evidence.purchases import PurchaseStore
from tests.storage.imports.log_trial import LogTrial, log_trial

HEAD = "customer,date,amount,segment\n"


@pytest.fixture
def trial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LogTrial]:
    monkeypatch.setenv("WAYMARK_STATE_DIR", str(tmp_path / "state"))
    with log_trial(tmp_path) as made:
        yield made


def _rows(trial: LogTrial) -> list[tuple[str, str, float, str | None]]:
    segments: dict[str | None, str | None] = {
        s.id: s.name for s in trial.workspace.segments.values()
    }
    rows = PurchaseStore(trial.document.engine).purchases()
    return [(r.customer, r.at, r.amount, segments.get(r.segment)) for r in rows]


def test_a_table_with_a_header(trial: LogTrial) -> None:
    result = trial.purchases(
        trial.file(HEAD + "a,2026-01-02,10.50,Gold\nb,2026-01-03,5,\na,2026-02-02,1.5,Gold\n")
    )
    assert (result.records, result.purchases, result.customers) == (3, 3, 2)
    assert (result.total, result.first, result.last) == (17.0, "2026-01-02", "2026-02-02")
    assert _rows(trial) == [
        ("a", "2026-01-02", 10.5, "Gold"),
        ("b", "2026-01-03", 5.0, None),
        ("a", "2026-02-02", 1.5, "Gold"),
    ]


def test_a_table_without_a_header(trial: LogTrial) -> None:
    text = (
        " 00004 0001 19970101  2   29.33\n 00004 0001 19970118  2   29.73\n"
        " 00021 0002 19970101  3   63.34\n"
    )
    trial.purchases(trial.file(text, "old.txt"))
    assert _rows(trial) == [
        ("00004", "1997-01-01", 29.33, None),
        ("00004", "1997-01-18", 29.73, None),
        ("00021", "1997-01-01", 63.34, None),
    ]


@pytest.mark.parametrize(
    ("cells", "amounts"),
    [
        (("1.234,50", "12,00"), (1234.5, 12.0)),
        (("1,234.50", "12.00"), (1234.5, 12.0)),
        (("1.200", "15.000"), (1200.0, 15000.0)),
        (("€ 12.50", "-3.00"), (12.5, -3.0)),
    ],
)
def test_money_as_people_write_it(
    trial: LogTrial, cells: tuple[str, str], amounts: tuple[float, float]
) -> None:
    lines = "".join(f"c{i};2026-01-0{i + 1};{cell}\n" for i, cell in enumerate(cells))
    trial.purchases(trial.file("customer;date;amount\n" + lines))
    assert tuple(row[2] for row in _rows(trial)) == amounts


def test_moments_are_kept_in_utc(trial: LogTrial) -> None:
    trial.purchases(trial.file("customer,date,amount\na,2026-01-01T01:30:00+02:00,5.5\n"))
    assert _rows(trial)[0][1] == "2025-12-31T23:30:00Z"


def test_faults_are_counted(trial: LogTrial) -> None:
    text = (
        HEAD
        + "a,2026-01-02,1,\n,2026-01-02,2,\nb,soon,3,\nc,,4,\nd,2026-01-02,much,\ne,2026-01-02,,\n"
    )
    result = trial.purchases(trial.file(text))
    assert (result.records, result.purchases) == (6, 1)
    assert {s.reason: (s.count, s.example_line) for s in result.skipped} == {
        "blank_customer": (1, 3),
        "bad_date": (1, 4),
        "blank_date": (1, 5),
        "bad_amount": (1, 6),
        "blank_amount": (1, 7),
    }
    assert result.faulty
    assert len(result.refused) == 5


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("who,when,what\na,2026-01-01,5\n", "missing_key"),
        ("customer,date,amount\na,01/02/2026,5.5\nb,03/04/2026,6\n", "date_order"),
        ("customer,date,amount\na,some day,5.5\n", "no_date_format"),
    ],
)
def test_what_cannot_be_told_is_asked(trial: LogTrial, text: str, reason: str) -> None:
    with pytest.raises(MappingError) as caught:
        trial.purchases(trial.file(text))
    assert caught.value.reason == reason
    assert not _rows(trial)


def test_a_mapping_settles_it(trial: LogTrial) -> None:
    mapping = '[purchases]\ncustomer="who"\ndate="when"\namount="what"\ndate_format="%d/%m/%Y"\n'
    trial.purchases(trial.file("who,when,what\na,01/02/2026,5\n"), mapping)
    assert _rows(trial) == [("a", "2026-02-01", 5.0, None)]


def test_known_purchases(trial: LogTrial) -> None:
    text = HEAD + "a,2026-01-02,10,\nb,2026-01-03,5,\n"
    first = trial.purchases(trial.file(text))
    with pytest.raises(SurveyKnownError):
        trial.purchases(trial.file(text))
    more = trial.file(text + "c,2026-02-01,7,\n", "more.csv")
    with pytest.raises(SurveyKnownError):
        trial.purchases(more)
    added = trial.purchases(more, if_known="add")
    assert (added.purchases, added.records) == (1, 3)
    assert len(_rows(trial)) == 3
    replaced = trial.purchases(trial.file(text, "again.csv"), if_known="replace")
    assert replaced.replaced == (first.log.id,)
    assert len(_rows(trial)) == 3
    with pytest.raises(SurveyKnownError) as nothing:
        trial.purchases(more, if_known="add")
    assert nothing.value.reason == "nothing_new"


def test_unknown_segments_need_create(trial: LogTrial) -> None:
    before = trial.document.content_sha256()
    with pytest.raises(MappingError) as caught:
        trial.purchases(trial.file(HEAD + "a,2026-01-02,10,Gold\n"), create=False)
    assert caught.value.names == ("Gold",)
    assert trial.document.content_sha256() == before


def test_one_step_takes_it_back(trial: LogTrial) -> None:
    before = trial.workspace.copy()
    result = trial.purchases(trial.file(HEAD + "a,2026-01-02,10,Gold\n"))
    assert result.command is not None
    trial.document.write(result.command.undo(trial.workspace))
    assert trial.workspace == before
    assert not _rows(trial)
    trial.document.write(result.command.do(trial.workspace))
    assert len(_rows(trial)) == 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(
    st.lists(
        st.tuples(
            st.text("abcdef", min_size=1, max_size=4),
            st.dates(date(1990, 1, 1), date(2030, 1, 1)),
            st.integers(-10_000, 1_000_000),
        ),
        min_size=1,
        max_size=30,
    )
)
def test_every_purchase_comes_back(trial: LogTrial, rows: list[tuple[str, date, int]]) -> None:
    text = "".join(f"{c},{day.isoformat()},{cents / 100:.2f}\n" for c, day, cents in rows)
    result = trial.purchases(trial.file("customer,date,amount\n" + text), dry_run=True)
    assert result.purchases == len(rows)
    assert result.total == pytest.approx(sum(cents for _, _, cents in rows) / 100)
    assert result.customers == len({c for c, _, _ in rows})


def test_value_and_churn_from_purchases(trial: LogTrial) -> None:
    """Gold customers buy every month for more, silver ones hardly again."""
    lines = []
    for n in range(40):
        gold = n % 2 == 0
        months = range(6 if gold else 1 + (n % 4 == 1))
        for month in months:
            amount = (60 if gold else 20) + n % 7
            day = f"2026-{1 + month:02d}-{1 + n % 27:02d}"
            lines.append(f"c{n},{day},{amount}.5,{'Gold' if gold else 'Silver'}")
    trial.purchases(trial.file(HEAD + "\n".join(lines) + "\n"))
    engine = trial.document.engine
    report = purchase_report(trial.workspace, engine, by_segment=True)
    assert report is not None
    assert report.models is not None
    names = {s.id: s.name for s in trial.workspace.segments.values()}
    assert [names[g.segment] for g in report.groups] == ["Gold", "Silver"]  # type: ignore[index]
    assert report.best is not None
    group, traits = report.best
    assert names[group.segment] == "Gold"  # type: ignore[index]
    assert {t.name for t in traits} >= {"amount", "purchases_per_year", "value"}
    figures = churn_figures(trial.workspace, engine, by_segment=True)
    assert [f.variant for f in figures] == ["inactive (no contract)"] * 3
    clv = clv_report(trial.workspace, engine, survivors=(1000, 869, 743, 653), by_segment=True)
    assert clv.contract is not None
    assert clv.purchases is not None
    early = purchase_report(trial.workspace, engine, until=date(2026, 1, 31))
    assert early is not None
    assert (early.repeat_customers, early.models) == (0, None)
    assert early.reason == "no_repeat_buyers"


def test_without_purchases_there_is_nothing(trial: LogTrial) -> None:
    assert purchase_report(trial.workspace, trial.document.engine) is None
    assert churn_figures(trial.workspace, trial.document.engine) == []


def test_churn_and_value_from_kpis(trial: LogTrial) -> None:
    sheet = (
        "kpi,unit,2025,2026\n"
        "Customers lost,,100,120\nCustomers,,1000,1200\nChurn (start base),%,9,10\n"
        "Revenue per customer and year,EUR,,1000\nCustomer lifetime,years,,10\nCAC,EUR,,1000\n"
    )
    trial.kpi(trial.file(sheet))
    engine = trial.document.engine
    found = {(f.variant, f.period): f.value for f in churn_figures(trial.workspace, engine)}
    assert round(found["average base", "2026"], 5) == 0.10909
    assert found["Churn (start base)", "2026"] == pytest.approx(0.10)
    report = clv_report(trial.workspace, engine)
    values = {f.variant: f.value for f in report.variants}
    assert values["simple"] == 9000
    assert report.sources["revenue"] == "kpi"
    assert report.inputs.retention == pytest.approx(0.9)
