"""The stickies of a stage: what they say and how high they are at a width."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF

from journey.model.ids import Kind, PersonaId, Ref
from journey.model.map import PainPoint
from journey.model.workspace import Column
from ui.map.figures import NOTHING_MEASURED, MapFigures
from ui.shell.type import Size, font, line_height
from ui.shell.wrapping import WrappedText, text_width, wrap
from ui.workshop.sorts import Sort
from ui.workshop.wording import classes_line, touchpoint_line, votes_word

PAD: Final = 20.0
EDGE: Final = 6.0
ICON: Final = 36.0
DOT, DOT_STEP = 18.0, 23.0
_LEAST_STEP = 6.0
GAP: Final = 20.0
COLUMN_GAP: Final = 28.0
_UNDER_TITLE: Final = 8.0
_BETWEEN: Final = 10.0


@dataclass(frozen=True, slots=True)
class Shown:
    """What the room is shown.

    Attributes:
        measured: the measured scores, None while they are hidden.
        votes: whether dots are shown.
        persona: whose judgement stands on the touchpoints.
    """

    measured: MapFigures | None = None
    votes: bool = False
    persona: PersonaId | None = None


@dataclass(frozen=True, slots=True)
class Fit:
    """How large words stand on the cards, and the air over and under them, logical pixels."""

    size: Size
    head_pad: float
    pad: float

    @property
    def line(self) -> int:
        """The height of a line."""
        return line_height(self.size)


ROOMY: Final = Fit("workshop_sticky", 16.0, PAD)
TIGHT: Final = Fit("figure", 10.0, 12.0)  # a window so low that else no card stood whole


@dataclass(slots=True)
class Card:
    """One card in its place: touchpoints in the window, stickies in the scrolled part.

    Attributes:
        votes: dots, None while the room does not see them.
        fit: the letters of its words and the air above them.
        drop: how far a touchpoint's text stands lower, in the middle of a card that is taller.
    """

    ref: Ref
    sort: Sort
    rect: QRectF
    title: WrappedText
    words: str
    line: str = ""
    meta: WrappedText | None = None
    channel: str = ""
    votes: int | None = None
    judged: bool = True
    drop: float = 0.0
    fit: Fit = ROOMY

    @property
    def text_at(self) -> QPointF:
        """Where the title's first line begins."""
        if self.sort is Sort.TOUCHPOINT:
            return self.rect.topLeft() + QPointF(PAD + ICON + 14, self.fit.head_pad + self.drop)
        return self.rect.topLeft() + QPointF(EDGE + PAD + self.indent, self.fit.pad)

    @property
    def indent(self) -> float:
        """Room for the sign of what is no pain point."""
        return 0.0 if self.sort is Sort.PAIN else 40.0

    @property
    def classes_top(self) -> float:
        """Where the line of classes begins."""
        return self.text_at.y() + self.title.height + _UNDER_TITLE

    @property
    def votes_top(self) -> float:
        """Where the line of votes begins."""
        return self.classes_top + line_height("workshop_meta") + _BETWEEN


@lru_cache(maxsize=4_000)
def _title(text: str, width: float, weight: int, fit: Fit) -> WrappedText:
    return wrap(text, font(fit.size, weight), fit.line, width)


@lru_cache(maxsize=1_000)
def _meta(text: str, width: float) -> WrappedText:
    return wrap(text, font("workshop_meta"), line_height("workshop_meta"), width)


def touchpoint_cards(
    places: Sequence[tuple[Column, float]], top: float, width: float, shown: Shown, *, fit: Fit
) -> list[Card]:
    """Return the heads of columns, each with its left edge, alike in height."""
    cards = [_touchpoint_card(column, left, width, shown, fit=fit) for column, left in places]
    tallest = max((card.rect.height() for card in cards), default=0.0)
    for card in cards:
        card.drop = (tallest - card.rect.height()) / 2
        card.rect.moveTop(top)
        card.rect.setHeight(tallest)
    return cards


def _touchpoint_card(column: Column, left: float, width: float, shown: Shown, *, fit: Fit) -> Card:
    """Return a column's head, from the top of the window."""
    touchpoint = column.touchpoint
    inner = width - 2 * PAD - ICON - 14
    figures = None
    if shown.measured is not None:
        figures = shown.measured.touchpoints.get(touchpoint.id, NOTHING_MEASURED)
    line = touchpoint_line(touchpoint, shown.persona, figures)
    title = _title(touchpoint.name, inner, 600, fit)
    meta = _meta(line, inner) if line else None
    height = 2 * fit.head_pad + title.height + (meta.height if meta else 0.0)
    return Card(
        Ref(Kind.TOUCHPOINT, touchpoint.id),
        Sort.TOUCHPOINT,
        QRectF(left, 0, width, max(height, 84.0 if fit is ROOMY else 0.0)),
        title,
        touchpoint.name,
        line,
        meta,
        touchpoint.channel,
        fit=fit,
    )


def sticky_cards(
    column: Column, left: float, width: float, shown: Shown, *, fit: Fit
) -> list[Card]:
    """Return what hangs on a touchpoint, from the top of the scrolled part."""
    cards: list[Card] = []
    top = 0.0
    for pain in column.pain_points:
        cards.append(_pain_card(pain, QPointF(left, top), width, shown, fit=fit))
        top = cards[-1].rect.bottom() + GAP
    rest: list[tuple[Ref, Sort, str]] = [
        (Ref(Kind.STRENGTH, s.id), Sort.STRENGTH, s.title) for s in column.strengths
    ]
    rest += [(Ref(Kind.IMPROVEMENT, i.id), Sort.IMPROVEMENT, i.title) for i in column.improvements]
    for ref, sort, words in rest:
        title = _title(words, width - EDGE - 2 * PAD - 40.0, 500, fit)
        rect = QRectF(left, top, width, 2 * fit.pad + title.height)
        cards.append(Card(ref, sort, rect, title, words, fit=fit))
        top = rect.bottom() + GAP
    return cards


def _pain_card(pain: PainPoint, place: QPointF, width: float, shown: Shown, *, fit: Fit) -> Card:
    title = _title(pain.title, width - EDGE - 2 * PAD, 500, fit)
    lines: float = line_height("workshop_meta")
    if shown.votes:
        lines += lines + _BETWEEN
    height = 2 * fit.pad + title.height + _UNDER_TITLE + lines
    return Card(
        Ref(Kind.PAIN_POINT, pain.id),
        Sort.PAIN,
        QRectF(place.x(), place.y(), width, height),
        title,
        pain.title,
        classes_line(pain),
        votes=pain.votes or 0 if shown.votes else None,
        judged=pain.severity is not None or pain.frequency is not None,
        fit=fit,
    )


def dot_step(votes: int, width: float) -> float:
    """Return how far apart the dots of a card stand, in a line with their number and word.

    A vote is a dot, smaller where many must fit; 0 where they could not be counted any more,
    and the number stands alone.
    """
    words = f"{votes}  {votes_word(votes)}"
    room = width - EDGE - 2 * PAD - text_width(words, font("workshop_meta", 600)) - 14
    step = min(DOT_STEP, room / max(votes, 1))
    return step if step >= _LEAST_STEP else 0.0
