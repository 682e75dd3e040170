"""Where the parts of a line of the column table stand: box, buttons, the two ends, the note."""

from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont

from ui.imports.columns_model import Part
from ui.imports.lines import ColumnLine, Control
from ui.imports.roles import Role
from ui.imports.words import tr
from ui.shell.type import Size, font, line_height
from ui.shell.wrapping import text_width, wrap

PAD: Final = 8
BOX, AIR = 30, 6
_NOTE_LEAST: Final = 130  # a note narrower than this stands under its field
_FIELD, _LONG_FIELD = 230, 320
_GAP = 8


@dataclass(slots=True)
class Places:
    """What stands in the cell of how a column is read; a null rectangle is not there.

    Attributes:
        box: the field. note: the words. buttons: answers to a doubt, ends of an effort score,
            by what they do: "yes", "other", "ces2", "ces1", "scores".
    """

    box: QRectF = field(default_factory=QRectF)
    note: QRectF = field(default_factory=QRectF)
    buttons: dict[str, QRectF] = field(default_factory=dict)

    @property
    def height(self) -> float:
        """From the highest part to the lowest one."""
        parts = [r for r in (self.box, self.note, *self.buttons.values()) if not r.isNull()]
        if not parts:
            return 0.0
        return max(r.bottom() for r in parts) - min(r.top() for r in parts)

    def moved(self, down: float) -> "Places":
        """Return all parts lower by so much."""
        for rect in (self.box, self.note, *self.buttons.values()):
            if not rect.isNull():
                rect.translate(0, down)
        return self

    def button_at(self, x: float, y: float) -> str:
        """Return the button at a point, "" for none."""
        return next((name for name, rect in self.buttons.items() if rect.contains(x, y)), "")


def button_words(name: str, line: ColumnLine) -> tuple[str, str]:
    """Return the words on a button: the ones that name it, and what they mean."""
    low, high = line.ends
    return {
        "yes": (tr("Yes"), ""),
        "other": (tr("Other"), ""),
        "scores": (tr("Score the answers…"), ""),
        "ces2": (tr("%1 is easy").replace("%1", str(high)), tr("agree it was easy")),
        "ces1": (tr("%1 is easy").replace("%1", str(low)), tr("how much effort")),
    }[name]


def role_rect(cell: QRectF) -> QRectF:
    """Return where the box of what a column is stands in its cell."""
    high = min(BOX, cell.height() - 2 * AIR)
    top = cell.center().y() - high / 2 - 0.5
    return QRectF(cell.left() + PAD, top, cell.width() - 2 * PAD, high)


def how_places(line: ColumnLine, cell: QRectF) -> Places:
    """Return where everything stands in the cell of how a column is read."""
    left, room = cell.left() + PAD, max(cell.width() - 2 * PAD, 1)
    if line.scores == "ask":
        places = _button_and_note(line, left, room)
    elif line.control is Control.NONE and line.role is not Role.CES:
        places = Places(note=QRectF(left, 0, room, high_of(line.note, font("sticky"), room)))
    elif line.near or line.scores or line.role is Role.CES:
        places = _asking(line, left, room)
    else:
        places = _field_and_note(line, left, room)
    return places.moved(cell.center().y() - places.height / 2 - 0.5)


def _field_and_note(line: ColumnLine, left: float, room: float) -> Places:
    wide = min(_FIELD, room)
    rest = room - wide - 12
    face = font("sticky")
    high = high_of(line.note, face, max(rest, 1))
    if rest >= _NOTE_LEAST and high <= 2 * line_height("sticky"):
        top = max((BOX - high) / 2, 0)
        box = QRectF(left, max((high - BOX) / 2, 0), wide, BOX)
        return Places(box, QRectF(left + wide + 12, top, rest, high))
    high = high_of(line.note, face, room)
    return Places(QRectF(left, 0, min(_LONG_FIELD, room), BOX), QRectF(left, BOX + 2, room, high))


def _button_and_note(line: ColumnLine, left: float, room: float) -> Places:
    """What can be done, and beside or under it why."""
    wide = _button_width("scores", line, room)
    button = {"scores": QRectF(left, 0, wide, BOX)}
    rest = room - wide - 12
    if rest >= _NOTE_LEAST:
        high = high_of(line.note, font("sticky"), rest)
        note = QRectF(left + wide + 12, max((BOX - high) / 2, 0), rest, high)
        return Places(note=note, buttons=button)
    high = high_of(line.note, font("sticky"), room)
    return Places(note=QRectF(left, BOX + 4, room, high), buttons=button)


def _asking(line: ColumnLine, left: float, room: float) -> Places:
    """A field with what a person must answer beside or under it, and a sentence why."""
    names = ("yes", "other") if line.near else ("scores",) if line.scores else ("ces2", "ces1")
    wides = [_button_width(name, line, room) for name in names]
    beside = line.near and room - sum(wides) - 2 * _GAP >= 120
    wide = min(_FIELD, room - sum(wides) - 2 * _GAP) if beside else min(_FIELD, room)
    bare = line.control is Control.NONE
    places = Places() if bare else Places(box=QRectF(left, 0, wide, BOX))
    x, y = (left + wide + _GAP, 0.0) if beside else (left, 0.0 if bare else BOX + 6.0)
    for name, size in zip(names, wides, strict=True):
        if x > left and x + size > left + room:
            x, y = left, y + BOX + 6
        places.buttons[name] = QRectF(x, y, size, BOX)
        x += size + _GAP
    high = high_of(line.note, font("sticky"), room)
    places.note = QRectF(left, y + BOX + 4, room, high)
    return places


def _button_width(name: str, line: ColumnLine, room: float) -> float:
    words, meaning = button_words(name, line)
    wide = text_width(words, font("base", 600)) + 20
    if meaning:
        wide += text_width(meaning, font("sticky")) + 6 + 24
    return min(wide, room)


def ring_rect(line: ColumnLine, part: int, cell: QRectF) -> QRectF:
    """Return where the ring of keyboard focus goes: around what Enter opens, else the cell."""
    box = role_rect(cell) if part == Part.ROLE else QRectF()
    if part == Part.HOW:
        box = how_places(line, cell).box
    return cell.adjusted(2, 2, -2, -3) if box.isNull() else box.adjusted(-4, -4, 4, 4)


def high_of(text: str, face: QFont, room: float, size: Size = "sticky") -> float:
    """Return the height of a text at a width; most fit on one line."""
    if text_width(text, face) <= room:
        return float(line_height(size))
    return wrap(text, face, line_height(size), room).height
