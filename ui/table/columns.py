"""The columns of every kind of object, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from journey.model.ids import Kind


class Editor(StrEnum):
    """How the cells of a column are edited."""

    TEXT = "text"
    PROSE = "prose"
    NUMBER = "number"
    WHOLE = "whole"
    CLASS = "class"  # 1 to 5, drawn as squares
    CHOICE = "choice"  # one of a fixed list
    NAME = "name"  # another object, by its name
    NAMES = "names"  # several of them
    DAY = "day"
    QUARTER = "quarter"
    CHECK = "check"
    COMPUTED = "computed"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a kind of object.

    Attributes:
        key: unique among the kind's columns. field: the property it edits, "" where computed.
        width: logical pixels at first. shown: whether it is there at first.
        of: the kind of object a name stands for.
        needed: a row cannot be without it. clearable: Delete may empty it.
        factor: the figure shown for 1 of what is stored.
        numeric: whether it is a figure, right-aligned and compared as one.
    """

    key: str
    editor: Editor
    width: int = 120
    shown: bool = True
    of: Kind | None = None
    needed: bool = False
    clearable: bool = True
    factor: float = 1.0
    numeric: bool = False

    @property
    def field(self) -> str:
        """The property the column edits."""
        return "" if self.editor is Editor.COMPUTED else self.key

    @property
    def computed(self) -> bool:
        """Whether the column follows from others and cannot be typed."""
        return self.editor is Editor.COMPUTED

    @property
    def named(self) -> bool:
        """Whether its values are picked by name."""
        return self.editor in (Editor.CHOICE, Editor.NAME, Editor.CHECK)


def _text(key: str, width: int = 120, *, shown: bool = True, needed: bool = False) -> Column:
    return Column(key, Editor.TEXT, width, shown, needed=needed, clearable=not needed)


def _title(key: str = "name", width: int = 240) -> Column:
    return _text(key, width, needed=True)


def _prose(key: str, width: int = 220, *, shown: bool = True) -> Column:
    return Column(key, Editor.PROSE, width, shown)


def _number(key: str, width: int = 84, *, shown: bool = True, needed: bool = False) -> Column:
    return Column(
        key, Editor.NUMBER, width, shown, needed=needed, clearable=not needed, numeric=True
    )


def _whole(key: str, width: int = 70, *, shown: bool = True) -> Column:
    return Column(key, Editor.WHOLE, width, shown, numeric=True)


def _class(key: str) -> Column:
    return Column(key, Editor.CLASS, 96, numeric=True)


def _choice(key: str, width: int = 110, *, shown: bool = True) -> Column:
    return Column(key, Editor.CHOICE, width, shown, clearable=key == "colour")


def _named(
    key: str, of: Kind, width: int = 140, *, shown: bool = True, needed: bool = False
) -> Column:
    return Column(key, Editor.NAME, width, shown, of, needed, clearable=not needed)


def _figure(key: str, width: int = 96, *, shown: bool = True, numeric: bool = True) -> Column:
    return Column(key, Editor.COMPUTED, width, shown, numeric=numeric, clearable=False)


_OWNER: Final = _named("owner", Kind.LEADER, 130)
_TOUCHPOINT: Final = _named("touchpoint", Kind.TOUCHPOINT, 150)
_JOURNEY: Final = _figure("journey", 160, shown=False, numeric=False)
_QUARTER: Final = Column("quarter", Editor.QUARTER, 90)

COLUMNS: Final[Mapping[Kind, tuple[Column, ...]]] = {
    Kind.TOUCHPOINT: (
        _title(),
        _named("stage", Kind.STAGE, 140, needed=True),
        _text("step", shown=False),
        _text("channel", 110),
        _text("department", 150),
        _OWNER,
        Column("moment_of_truth", Editor.CHECK, 120, clearable=False),
        _number("judged_experience", 90),
        _figure("metric", 80, numeric=False),
        _figure("measured", 96),
        _figure("margin", 84),
        _figure("answers", 88),
        _figure("pain_points", 96),
        _choice("colour", shown=False),
        _JOURNEY,
    ),
    Kind.PAIN_POINT: (
        _title("title"),
        _TOUCHPOINT,
        _OWNER,
        _class("severity"),
        _class("frequency"),
        _whole("votes"),
        _choice("status", 110),
        _figure("effort", 80),
        _figure("value", 104),
        _figure("interval", 120),
        _figure("level", 84, numeric=False),
        _figure("rank", 64, shown=False),
        _figure("in_top", 84, shown=False),
        _figure("per_day", 90, shown=False),
        _figure("answers", 80, shown=False),
        _figure("stage", 130, shown=False, numeric=False),
        _figure("improvements", 220, shown=False, numeric=False),
        _prose("evidence", shown=False),
        _choice("colour", shown=False),
        _JOURNEY,
    ),
    Kind.IMPROVEMENT: (
        _title("title"),
        Column("addresses", Editor.NAMES, 240, of=Kind.PAIN_POINT),
        _OWNER,
        _choice("status", 110),
        _number("effort_days", 84),
        _number("cost", 90, shown=False),
        Column("efficacy", Editor.NUMBER, 90, factor=100.0, numeric=True),
        Column("due", Editor.DAY, 100),
        _QUARTER,
        _figure("rank", 64),
        Column("done_on", Editor.DAY, 100, shown=False),
        _prose("notes", shown=False),
    ),
    Kind.STAGE: (
        _title(),
        _figure("touchpoints", 100),
        _figure("pain_points", 100),
        _JOURNEY,
    ),
    Kind.TRANSITION: (
        _named("source", Kind.TOUCHPOINT, 180, needed=True),
        _named("target", Kind.TOUCHPOINT, 180, needed=True),
        _named("segment", Kind.SEGMENT, 140),
        _number("count", 96),
        _figure("share", 90),
        _JOURNEY,
    ),
    Kind.STRENGTH: (_title("title"), _TOUCHPOINT, _prose("evidence", 300), _JOURNEY),
    Kind.NOTE: (
        _named("lane", Kind.LANE, 130, needed=True),
        _TOUCHPOINT,
        _named("stage", Kind.STAGE, 130),
        _text("title", 160),
        _prose("text", 320),
    ),
    Kind.KPI: (
        _title(width=200),
        _TOUCHPOINT,
        _OWNER,
        _text("unit", 80),
        _choice("better", 90),
        _number("target", 90),
        _figure("latest", 90),
        _figure("period", 90, numeric=False),
        _figure("reached", 100, numeric=False),
        _figure("observations", 100),
        _prose("note", shown=False),
    ),
    Kind.OBSERVATION: (
        _named("kpi", Kind.KPI, 220, needed=True),
        _text("period", 110, needed=True),
        _number("value", 110, needed=True),
        _whole("n", 110),
    ),
    Kind.SEGMENT: (_title(), _number("customers_per_year", 140), _number("value_if_retained", 140)),
    Kind.LEADER: (
        _title(width=180),
        _text("role", 180),
        _text("email", 220),
        _figure("touchpoints", 100),
        _figure("pain_points", 100),
        _figure("improvements_count", 110),
        _figure("value", 96, shown=False),
    ),
    Kind.PERSONA: (
        _title(width=200),
        _named("segment", Kind.SEGMENT, 160),
        _prose("description", 360),
    ),
    Kind.QUESTION: (
        _prose("text", 320),
        _TOUCHPOINT,
        _figure("asks", 80, numeric=False),
        _figure("scale", 80, numeric=False),
        Column("higher_is_better", Editor.CHECK, 130, clearable=False),
        _figure("measured", 96),
        _figure("margin", 84),
        _figure("answers", 88),
    ),
    Kind.JOURNEY: (
        _title(),
        _named("persona", Kind.PERSONA, 180),
        _figure("stages", 90),
        _figure("touchpoints", 100),
        _figure("pain_points", 100),
    ),
}  # fmt: skip
KINDS: Final = tuple(
    Kind(name)
    for name in (
        "touchpoint", "pain_point", "improvement", "transition", "kpi", "leader", "stage",
        "strength", "note", "observation", "segment", "persona", "question", "journey",
    )
)  # fmt: skip


def columns_of(kind: Kind) -> tuple[Column, ...]:
    """Return the columns of a kind in their first order."""
    return COLUMNS[kind]


def shown_at_first(kind: Kind) -> tuple[str, ...]:
    """Return the keys of the columns a kind shows until someone chooses others."""
    return tuple(column.key for column in COLUMNS[kind] if column.shown)
