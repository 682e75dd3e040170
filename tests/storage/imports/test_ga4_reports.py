"""Reports of Google Analytics as KPIs: every table, its days, its pages and events."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from journey.edit import AddTouchpoint
from storage.errors import MappingError
from tests.storage.imports.log_trial import LogTrial, log_trial


@pytest.fixture
def trial(tmp_path: Path) -> Iterator[LogTrial]:
    with log_trial(tmp_path) as made:
        yield made


def block(body: str, start: str = "20260101", end: str = "20260331", group: str = "Alle") -> str:
    """A table under comment lines, in no language anybody matches on."""
    return (
        "# -----------------------------\n# Seiten, und mehr\n# Konto: a\n"
        f"# -----------------------------\n# \n# {group}\n# Anfang: {start}\n# Ende: {end}\n{body}"
    )


def found(trial: LogTrial) -> set[tuple[str, str, str, float]]:
    """Every observation as (touchpoint, KPI, period, value)."""
    ws = trial.workspace
    names = {t.id: t.name for t in ws.touchpoints.values()}
    kpis = {k.id: (names[k.touchpoint] if k.touchpoint else "", k.name) for k in ws.kpis.values()}
    return {(*kpis[o.kpi], o.period, o.value) for o in ws.observations.values()}


def add(trial: LogTrial, name: str) -> None:
    stage = min(trial.workspace.stages.values(), key=lambda s: s.position)
    trial.document.write(AddTouchpoint(stage.id, name).do(trial.workspace))


PAGES = (
    'Seite,Aufrufe,Bounce rate\n"/shop/cart.html",10,0.1234\n/help/,5,1.417\nGrand total,15,0.3\n'
)


def test_pages_meet_touchpoints_and_totals_are_the_companys(trial: LogTrial) -> None:
    add(trial, "Cart")
    result = trial.kpi(trial.file(block(PAGES)))
    assert found(trial) == {
        ("Cart", "Aufrufe", "2026Q1", 10),
        ("Cart", "Bounce rate", "2026Q1", 0.1234),
        ("/help/", "Aufrufe", "2026Q1", 5),
        ("/help/", "Bounce rate", "2026Q1", 1.417),
        ("", "Aufrufe", "2026Q1", 15),
        ("", "Bounce rate", "2026Q1", 0.3),
    }
    assert [(m.activity, m.touchpoint) for m in result.matched] == [
        ("/shop/cart.html", "Cart"),
        ("/help/", "/help/"),
    ]


def test_a_mapping_says_which_rows_count(trial: LogTrial) -> None:
    add(trial, "Support")
    mapping = '[activities]\n"/help/" = "Support"\n'
    result = trial.kpi(trial.file(block(PAGES)), mapping, create=False)
    assert {(t, n) for t, n, _, _ in found(trial)} == {
        ("Support", "Aufrufe"),
        ("Support", "Bounce rate"),
        ("", "Aufrufe"),
        ("", "Bounce rate"),
    }
    assert [(s.reason, s.count) for s in result.skipped] == [("no_touchpoint", 2)]


def test_rows_that_are_no_touchpoints_are_named(trial: LogTrial) -> None:
    with pytest.raises(MappingError) as caught:
        trial.kpi(trial.file(block(PAGES)), create=False)
    assert (caught.value.reason, caught.value.names) == (
        "unknown_name",
        ("/shop/cart.html", "/help/"),
    )
    many = "Seite,Aufrufe\n" + "".join(f"/p{n}/,1\n" for n in range(501))
    with pytest.raises(MappingError) as flood:
        trial.kpi(trial.file(block(many)))
    assert (flood.value.reason, flood.value.detail) == ("too_many_rows", "501")


@pytest.mark.parametrize("padded", [False, True])
def test_every_table_of_a_file_has_its_own_days(trial: LogTrial, padded: bool) -> None:
    text = (
        block("Ereignis,Anzahl\nlogin,7\n\nEreignis,Wert\nlogin,8\n", "20260101", "20260131")
        + "\n"
        + block("Ereignis,Anzahl\n", "20260101", "20260131")
        + block("Ereignis,Anzahl\nlogin,9\n", "20260201", "20260228")
        + block("Nth day,Nutzer\n0000,3\n0001,4\n", "20260226", "20260318")
        + block("Datum,Ereignis,Klicks\n20260105,login,1\n", "20260105", "20260118")
        + block("Anzahl\n99\n", "2026" + "0101", "20261231", group="Handy")
    )
    if padded:
        text = "".join(
            (line + ",,,," if line.startswith("#") else line) + "\r\n" for line in text.splitlines()
        )
    trial.kpi(trial.file(text))
    assert found(trial) == {
        ("login", "Anzahl", "2026-01", 7),
        ("login", "Wert", "2026-01", 8),
        ("login", "Anzahl", "2026-02", 9),
        ("", "Nutzer", "2026-02-26", 3),
        ("", "Nutzer", "2026-02-27", 4),
        ("login", "Klicks", "2026-01-05", 1),
        ("", "Anzahl (Handy)", "2026", 99),
    }


def test_days_that_are_no_period_are_asked(trial: LogTrial) -> None:
    path = trial.file(block("Seite,Aufrufe\n/a/,1\n", "20260115", "20260211"))
    with pytest.raises(MappingError) as caught:
        trial.kpi(path)
    span = "2026-01-15/2026-02-11"
    assert caught.value.reason == "report_period"
    assert caught.value.nearest == {span: ("2026-02", "2026Q1", "2026")}
    (clash,) = trial.kpi(path, choices={}).clashes
    assert (clash.name, clash.options) == (span, ("2026-02", "2026Q1", "2026", "skip"))
    trial.kpi(path, f'[periods]\n"{span}" = "2026Q1"\n')
    assert found(trial) == {("/a/", "Aufrufe", "2026Q1", 1)}
    with pytest.raises(MappingError) as wrong:
        trial.kpi(path, f'[periods]\n"{span}" = "spring"\n')
    assert (wrong.value.reason, wrong.value.names) == ("wrong_value", (f"periods.{span}",))


def test_hours_are_no_periods_here(trial: LogTrial) -> None:
    result = trial.kpi(trial.file(block("Nth hour,Nutzer\n0000,3\n0001,4\n", end="20260102")))
    assert [(c.reason, c.count) for c in result.refused_cells] == [("not_a_period", 2)]
    assert not found(trial)
