"""The columns of a pack's whole list: one definition for spreadsheets and CSV."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from journey.priority.result import Basis
from journey.report.pack import Pack, PackRow

Value = str | int | float | bool | date | None


class Shape(StrEnum):
    """How a column's values are shown."""

    WHOLE = "whole"
    TEXT = "text"
    PROSE = "prose"
    MONEY = "money"
    REAL = "real"
    SHARE = "share"
    DAY = "day"
    FLAG = "flag"
    ID = "id"


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        field: its name in CSV, the same as in the answers of the command line.
        words: key of its title for people.
        width: in characters, so that no word is cut.
    """

    field: str
    words: str
    shape: Shape
    width: float
    value: Callable[[PackRow], Value]


def _item(field: str, words: str, shape: Shape, width: float, attribute: str = "") -> Column:
    name = attribute or field

    def value(row: PackRow) -> Value:
        found: Value = getattr(row.item, name)
        return found

    return Column(field, words, shape, width, value)


def _metric(row: PackRow, attribute: str) -> Value:
    """Return a fact of the touchpoint's leading question, None where nothing was asked."""
    if row.metric is None:
        return None
    found: Value = getattr(row.metric, attribute)
    return found


_FIRST = (
    _item("rank", "rank", Shape.WHOLE, 7),
    _item("title", "pain_point", Shape.TEXT, 34),
    _item("touchpoint", "touchpoint", Shape.TEXT, 26, "touchpoint_name"),
    _item("stage", "stage", Shape.TEXT, 20, "stage_name"),
    _item("leader", "leader", Shape.TEXT, 24, "leader_name"),
    _item("improvement_title", "improvement", Shape.TEXT, 30),
    Column("level", "level", Shape.TEXT, 7, lambda row: row.item.level.value),
)
_MONEY = (
    _item("value_mean", "value", Shape.MONEY, 14),
    _item("low80", "low80", Shape.MONEY, 12),
    _item("high80", "high80", Shape.MONEY, 12),
    _item("low95", "low95", Shape.MONEY, 12),
    _item("high95", "high95", Shape.MONEY, 12),
)
_INDEX = (
    _item("index_mean", "index", Shape.REAL, 10),
    _item("index_low80", "index_low80", Shape.REAL, 10),
    _item("index_high80", "index_high80", Shape.REAL, 10),
)
_REST = (
    _item("p_top5", "p_top", Shape.SHARE, 9),
    _item("p_beats_next", "p_beats_next", Shape.SHARE, 10),
    _item("rank_low80", "rank_low80", Shape.WHOLE, 8),
    _item("rank_high80", "rank_high80", Shape.WHOLE, 8),
    _item("effort_days", "effort", Shape.REAL, 9),
    _item("effort_assumed", "effort_assumed", Shape.FLAG, 10),
    Column("status", "status", Shape.TEXT, 12, lambda row: row.status),
    Column("due", "due", Shape.DAY, 13, lambda row: row.due),
    _item("share_affected", "share_affected", Shape.SHARE, 10),
    _item("effect", "effect", Shape.SHARE, 14),
    _item("n", "n", Shape.WHOLE, 10),
    Column("rank_before", "rank_before", Shape.WHOLE, 10, lambda row: row.rank_before),
    Column("segment", "segment", Shape.TEXT, 18, lambda row: row.segment),
    Column("metric", "metric", Shape.TEXT, 10, lambda row: _metric(row, "metric")),
    Column("metric_value", "metric_now", Shape.REAL, 10, lambda row: _metric(row, "value")),
    Column("metric_margin", "margin", Shape.REAL, 9, lambda row: _metric(row, "margin")),
    Column("metric_n", "metric_n", Shape.WHOLE, 10, lambda row: _metric(row, "n")),
    Column("metric_target", "target", Shape.REAL, 9, lambda row: row.metric_target),
    _item("score", "score", Shape.REAL, 12),
    _item("sentence", "sentence", Shape.PROSE, 90),
    _item("why_not_higher", "why_not_higher", Shape.PROSE, 52),
)
_IDS = (
    _item("pain_point", "pain_point_id", Shape.ID, 18),
    Column("improvement", "improvement_id", Shape.ID, 18, lambda row: row.item.improvement or ""),
)


def columns_of(pack: Pack, *, ids: bool = True) -> tuple[Column, ...]:
    """Return the columns that can hold something in this pack.

    Money stands only in a list in money; the index in one by index, or beside rows of level D.
    """
    money = _MONEY if pack.basis is Basis.MONEY else ()
    index = any(row.item.index_mean is not None for row in pack.all_rows)
    return (*_FIRST, *money, *(_INDEX if index else ()), *_REST, *(_IDS if ids else ()))
