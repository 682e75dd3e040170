"""Cells as texts and back: what a value reads as, and what a typed text means."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from PySide6.QtCore import QLocale

from journey.model.ids import JourneyId, Kind
from journey.model.map import Touchpoint
from journey.model.quarter import parse_quarter
from journey.model.workspace import Entity, Workspace, ref_of
from ui import numbers
from ui.dates import day_words
from ui.inspector.catalogue import persona_of
from ui.map.experience import judged_value
from ui.table.columns import Column, Editor
from ui.table.names import Names, Options
from ui.table.words import column_label, tr
from ui.words import kind_word

_DAYS: Final = ("%Y-%m-%d", "%d.%m.%Y", "%d %b %Y", "%d %B %Y", "%d/%m/%Y", "%Y/%m/%d")
_FORMULA: Final = ("=", "+", "-", "@")
_DIGITS: Final = 10
_THREE: Final = 3  # digits behind a comma that could be read as a group of thousands


class RefusedText(ValueError):  # noqa: N818 - a text that was refused
    """A text that stands for no value of its column; the message says why."""


class UnknownName(RefusedText):
    """A name nothing is called by.

    Attributes:
        name: as typed. of: the kind of object meant. nearest: a name like it, "" where none is.
    """

    def __init__(self, name: str, of: Kind, nearest: str) -> None:
        text = tr("No {0} is called “{1}”.").format(kind_word(of), name)
        super().__init__(f"{text} {tr('Nearest: {0}.').format(nearest)}" if nearest else text)
        self.name, self.of, self.nearest = name, of, nearest


@dataclass(frozen=True, slots=True)
class Context:
    """What texts are read against: a kind's rows in a workspace."""

    ws: Workspace
    kind: Kind
    names: Names

    def options(self, column: Column, journey: JourneyId | None) -> Options:
        """Return what a column offers in a row of a journey."""
        return self.names.options(self.kind, column, journey)


def read(ws: Workspace, entity: Entity, column: Column) -> object:
    """Return the value an object has in a column that can be edited."""
    if column.key == "judged_experience":
        assert isinstance(entity, Touchpoint)
        return judged_value(entity, persona_of(ref_of(entity), ws))
    return getattr(entity, column.field)


def text_of(context: Context, column: Column, value: object, journey: JourneyId | None) -> str:
    """Return a value as its cell shows it, "" where there is none."""
    if value is None:
        return ""
    if column.named:
        known = context.options(column, journey).texts.get(value)
        return known if known is not None else _elsewhere(context, column, value)
    if column.of is not None and isinstance(value, tuple):
        return "; ".join(context.names.label(column.of, str(v)) for v in value)
    return _plain(column, value)


def _plain(column: Column, value: object) -> str:
    if isinstance(value, date):
        return day_words(value)
    if isinstance(value, float | int):
        signed = column.key == "judged_experience"
        return numbers.number(value * column.factor, signed=signed)
    return str(value).replace("Q", " Q") if column.editor is Editor.QUARTER else str(value)


def _elsewhere(context: Context, column: Column, value: object) -> str:
    """Return the name of an object of another journey, or a word another program wrote."""
    if column.of is not None:
        return context.names.label(column.of, str(value))
    return str(value)


def typed_text(context: Context, column: Column, value: object, journey: JourneyId | None) -> str:
    """Return a value as it is typed: all its digits, days as 2027-02-26."""
    if isinstance(value, date):
        return value.isoformat()
    plain = isinstance(value, float | int) and not isinstance(value, bool) and not column.named
    if plain and isinstance(value, float | int):
        return f"{value * column.factor:.{_DIGITS}g}" if abs(value) < 1e9 else repr(value)
    return text_of(context, column, value, journey)


def copied_text(context: Context, column: Column, value: object, journey: JourneyId | None) -> str:
    """Return a value as it is copied: figures with this computer's decimal mark, no formula."""
    text = typed_text(context, column, value, journey)
    if column.numeric:
        return with_local_mark(text)
    return f"'{text}" if text.lstrip().startswith(_FORMULA) else text


def with_local_mark(text: str) -> str:
    """Return a figure as a spreadsheet on this computer reads it."""
    mark = QLocale.system().decimalPoint()
    whole, point, rest = text.partition(".")
    if not point or mark == ".":
        return text
    return f"{whole}{mark}{rest}0" if len(rest) == _THREE else f"{whole}{mark}{rest}"


def parse(context: Context, column: Column, text: str, journey: JourneyId | None) -> object:
    """Return the value a text stands for.

    Raises:
        UnknownName: nothing is called so. RefusedText: it cannot be, with the reason in words.
    """
    bare = text.strip()
    if not bare:
        return _empty(context, column)
    if bare[:1] == "'" and bare[1:].lstrip().startswith(_FORMULA):
        text = bare = bare[1:]
    if column.named:
        return _named(context, column, bare, journey)
    if column.editor is Editor.NAMES:
        return _several(context, column, bare, journey)
    return _bare(column, text)


def _bare(column: Column, text: str) -> object:
    """Return the value of a text that names nothing."""
    if column.numeric:
        return _figure(column, text.strip())
    if column.editor is Editor.DAY:
        return _day(text.strip())
    if column.editor is Editor.QUARTER:
        return _quarter(text)
    return text.strip("\n") if column.editor is Editor.PROSE else " ".join(text.split())


def empty_value(column: Column) -> object:
    """Return the value of an emptied cell."""
    if column.editor in (Editor.TEXT, Editor.PROSE) or column.key == "colour":
        return ""
    return () if column.editor is Editor.NAMES else None


def _empty(context: Context, column: Column) -> object:
    if column.clearable:
        return empty_value(column)
    label = column_label(context.kind, column)
    raise RefusedText(tr("{0} cannot be empty.").format(label))


def _named(context: Context, column: Column, text: str, journey: JourneyId | None) -> object:
    options = context.options(column, journey)
    found = options.find(text)
    if found is not None:
        return found[0]
    if column.of is not None:
        raise UnknownName(text, column.of, options.nearest(text))
    words = ", ".join(t for _, t in options.items)
    raise RefusedText(tr("“{0}” is none of: {1}.").format(text, words))


def _several(context: Context, column: Column, text: str, journey: JourneyId | None) -> object:
    whole = context.options(column, journey).find(text)
    parts = [text] if whole else [part for p in text.split(";") if (part := p.strip())]
    return tuple(_picked(context, column, parts, journey))


def _picked(
    context: Context, column: Column, parts: list[str], journey: JourneyId | None
) -> dict[str, None]:
    options = context.options(column, journey)
    picked: dict[str, None] = {}
    for part in parts:
        found = options.find(part)
        if found is None:
            assert column.of is not None
            raise UnknownName(part, column.of, options.nearest(part))
        picked[str(found[0])] = None
    return picked


def _figure(column: Column, text: str) -> object:
    value = numbers.parse(text)
    if value is None:
        raise RefusedText(tr("“{0}” is not a number.").format(text))
    if column.editor is Editor.NUMBER:
        return value / column.factor
    if value != round(value):
        raise RefusedText(tr("Only whole numbers count here."))
    if column.editor is Editor.CLASS and not 1 <= value <= 5:
        raise RefusedText(tr("Classes run from 1 to 5."))
    return round(value)


def _day(text: str) -> date:
    for shape in _DAYS:
        try:
            return datetime.strptime(text, shape).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise RefusedText(tr("Write a day as 2027-02-26."))


def _quarter(text: str) -> str:
    label = "".join(text.split()).upper()
    try:
        parse_quarter(label)
    except ValueError:
        raise RefusedText(tr("Write a quarter as 2026 Q4.")) from None
    return label
