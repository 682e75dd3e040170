"""The data a template of printed pages gets: texts of the tree, and numbers for its bars only."""

from dataclasses import asdict
from datetime import date
from typing import Any

from journey.report.pack import Axis, Figure, Pack, PackRow
from journey.report.report import DonePage, Overview
from journey.report.texts import RowText
from journey.report.words import Words
from storage.exports.pictures import page_data

_KPI_COLUMNS = ("kpi", "observed", "reading")


def pack_data(pack: Pack) -> dict[str, Any]:
    """Return what pack.typ shows."""
    words = Words(pack.language)
    text = asdict(pack.text)
    text["kpis"] = kpis = _kpis(pack)
    text["kpi_columns"] = [words(key) for key in _KPI_COLUMNS] if kpis else []
    return {
        **_document(pack.text.title, pack.workspace, pack.language, pack.foot.generated_on),
        "text": text,
        "axis": _axis(pack.axis, pack.text.ticks),
        "rows": [_row(row, row.text) for row in pack.rows],
        "all_rows": [_row(row, row.text) for row in pack.all_rows],
        "footer": _footer(pack.workspace, pack.text.leader, pack.text.state),
    }


def overview_data(overview: Overview) -> dict[str, Any]:
    """Return what overview.typ shows."""
    made = overview.foot.generated_on
    title = overview.text.title
    return {
        **_document(title, overview.workspace, overview.language, made),
        "text": asdict(overview.text),
        "axis": _axis(overview.axis, overview.text.ticks),
        "rows": [{**_row(each.row, each.text), "leader": each.leader} for each in overview.rows],
        "leaders": [asdict(line.text) for line in overview.leaders],
        "pictures": [page_data(picture) for picture in overview.pictures],
        "footer": _footer(overview.workspace, overview.text.state),
    }


def done_data(page: DonePage) -> dict[str, Any]:
    """Return what done.typ shows."""
    return {
        **_document(page.text.title, page.workspace, page.language, page.foot.generated_on),
        "text": asdict(page.text),
        "entries": [asdict(entry.text) for entry in page.entries],
        "footer": page.text.foot,
    }


def _document(title: str, workspace: str, language: str, made: date) -> dict[str, Any]:
    return {
        "title": title or workspace or "Waymark",
        "author": workspace or "Waymark",
        # Polish, Norwegian and others are known to the reader's software by these letters.
        "lang": language[:2].lower() if language[:2].isalpha() and language.isascii() else "en",
        "date": [made.year, made.month, made.day],
    }


def _footer(*parts: str) -> str:
    return " · ".join(filter(None, parts))


def _row(row: PackRow, text: RowText) -> dict[str, Any]:
    change = row.metric_change
    return {
        **_facts(text),
        "figure": None if row.figure is None else _facts(row.figure),
        "asked": row.asked,
        "changed": change is not None and change.changed,
    }


def _facts(value: RowText | Figure) -> dict[str, Any]:
    """Return the fields of a value that holds no other."""
    return {name: getattr(value, name) for name in value.__slots__}


def _axis(axis: Axis | None, ticks: tuple[str, ...]) -> dict[str, Any] | None:
    if axis is None:
        return None
    marks = zip(axis.ticks, ticks, strict=True)
    return {
        "low": axis.low,
        "high": axis.high,
        "ticks": [{"value": value, "text": text} for value, text in marks],
    }


def _kpis(pack: Pack) -> list[dict[str, Any]]:
    own = [fact for fact in pack.kpis if fact.own]
    return [
        {**asdict(text), "met": fact.met} for text, fact in zip(pack.text.kpis, own, strict=False)
    ]
