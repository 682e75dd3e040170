"""What stands in the cells of one column: cards with their text broken into lines.

A column is laid out on its own, so an edit lays out only the columns it touches.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from journey.evidence.grade import improvement_level, kpi_level, touchpoint_level
from journey.model.evidence import Kpi
from journey.model.ids import Kind, Ref, StageId
from journey.model.improvement import Improvement
from journey.model.map import Note, Touchpoint
from journey.model.people import Leader
from journey.model.workspace import Column
from ui.map import words
from ui.map.figures import NOTHING_MEASURED, ChipFact, MapFigures, TouchpointFigures
from ui.map.lanes import LISTS, LaneKind, LaneSpec
from ui.map.lettering import Face, Lettering
from ui.numbers import with_unit
from ui.shell.widgets.marks import CHIP_HEIGHT, ChipFace, ChipState, chip_width

PAD: Final = 6.0  # above the first and below the last card of a lane, and between cards
TEXT_LEFT, TEXT_TOP, TEXT_RIGHT = 10.0, 5.0, 5.0  # at the left 3 px of edge, 7 of padding
FOOT: Final = 15.0
ICON: Final = 16.0
CARD_PAD: Final = 8.0
BADGE: Final = 15.0  # on the last line of a pain point, behind the squares
FOOT_ICON: Final = 15.0  # of an improvement's status, with the room behind it
MOMENT_LEFT: Final = 25.0  # where the words of a moment of truth begin, behind their star
AVATAR: Final = 24.0
NOTE_SHOWN: Final = 400  # a longer note stands whole in the inspector
BULLET: Final = 10.0
MOST_TALL: Final = 240.0  # a picture on a card
PAIN_LEAST: Final = 80.0
IMPROVEMENT_LEAST, IMPROVEMENT_SINGLE = 57.0, 76.0


@dataclass(frozen=True, slots=True)
class Block:
    """One card: where it stands in its lane and the lines it shows.

    Attributes:
        ref: what it edits; None for a mark that has no object (a chip of nothing asked).
        top, height: from the lane's top, logical pixels.
        lines: the main text. foot: smaller text below it, line by line.
        mark: an icon's name, or what else the card's kind draws. level: of evidence, A to F.
        filled: severity and frequency; ok: KPI reached, moment of truth.
        foot_split: from which line on the foot speaks of the moment of truth.
        shared: the lines that name the journeys a touchpoint is shared with.
        colour: the role of the card's ground where a person chose one.
        picture: base64 of an image; picture_height: what it takes of the card.
    """

    kind: LaneKind
    ref: Ref | None
    top: float
    height: float
    lines: tuple[str, ...] = ()
    foot: tuple[str, ...] = ()
    mark: str = ""
    level: str = ""
    filled: tuple[int, int] = (0, 0)
    ok: bool | None = None
    chip: ChipFace | None = None
    foot_split: int = 0
    shared: tuple[str, ...] = ()
    colour: str = ""
    picture: str = ""
    picture_height: float = 0.0


@dataclass(frozen=True, slots=True)
class Source:
    """Everything one column shows; two columns of the same objects look the same."""

    column: Column | None
    stage: StageId | None
    notes: Mapping[str, tuple[Note, ...]]
    owner: Leader | None = None
    shared: tuple[str, ...] = ()

    def same_as(self, other: "Source") -> bool:
        """Whether both hold the very same objects; quick, for entities are never changed."""
        mine, theirs = self.column, other.column
        if (mine is None) != (theirs is None) or self.stage != other.stage:
            return False
        if self.shared != other.shared:
            return False
        if self.owner is not other.owner or not _same_notes(self.notes, other.notes):
            return False
        if mine is None or theirs is None:
            return True
        return mine.touchpoint is theirs.touchpoint and all(
            len(a) == len(b) and all(x is y for x, y in zip(a, b, strict=True))
            for a, b in (
                (mine.pain_points, theirs.pain_points),
                (mine.improvements, theirs.improvements),
                (mine.kpis, theirs.kpis),
                (mine.strengths, theirs.strengths),
            )
        )


def _same_notes(
    mine: Mapping[str, tuple[Note, ...]], other: Mapping[str, tuple[Note, ...]]
) -> bool:
    if mine.keys() != other.keys():
        return False
    return all(
        len(notes) == len(other[key])
        and all(a is b for a, b in zip(notes, other[key], strict=True))
        for key, notes in mine.items()
    )


@dataclass(frozen=True, slots=True)
class ColumnCells:
    """A column laid out: for each lane, in the layout's order, its blocks and height."""

    source: Source
    stacks: tuple[tuple[Block, ...], ...]
    heights: tuple[float, ...]

    @property
    def touchpoint(self) -> Touchpoint | None:
        """The column's touchpoint; None in a stage that has none yet."""
        return None if self.source.column is None else self.source.column.touchpoint


class Mould:
    """Makes columns: text is broken to the width of a card."""

    def __init__(self, lettering: Lettering, column_width: float, gutter: float) -> None:
        self.lettering = lettering
        self.card = column_width - 2 * gutter
        self._widest_chip = column_width - 4.0

    def cells(self, source: Source, lanes: Sequence[LaneSpec], figures: MapFigures) -> ColumnCells:
        """Return the column with every lane's blocks."""
        stacks = tuple(tuple(self._stack(source, lane, figures)) for lane in lanes)
        heights = tuple(s[-1].top + s[-1].height + PAD if s else 0.0 for s in stacks)
        return ColumnCells(source, stacks, heights)

    def notes(self, notes: Sequence[Note], width: float, content: str = "") -> Iterator[Block]:
        """Yield the stickies of a lane of notes, broken to a card `width` wide."""
        top, room = PAD, width - TEXT_LEFT - TEXT_RIGHT
        for note in notes:
            text = shown(note)
            lines: tuple[str, ...] = ()
            if content == LISTS:
                for item in text.splitlines():
                    wrapped = self.lettering.wrap(item, Face.STICKY, room - BULLET)
                    lines += tuple(f"{'  ' if n else '• '}{x}" for n, x in enumerate(wrapped))
            else:
                lines = self.lettering.wrap(text, Face.STICKY, room)
            data, tall = picture_size(note, width)
            words_height = 2 * TEXT_TOP + len(lines) * Face.STICKY.line if lines or not data else 0
            height = max(words_height + tall, 30.0)
            yield Block(
                LaneKind.NOTES, Ref(Kind.NOTE, note.id), top, height, lines,
                picture=data, picture_height=tall,
            )  # fmt: skip
            top += height + PAD

    def _stack(self, source: Source, lane: LaneSpec, figures: MapFigures) -> Iterator[Block]:
        if lane.kind is LaneKind.NOTES:
            return self.notes(source.notes.get(lane.key, ()), self.card, lane.content)
        if source.column is None or lane.kind is LaneKind.EXPERIENCE:
            return iter(())
        return self._kinds[lane.kind](self, source, figures)

    def _touchpoint(self, source: Source, figures: MapFigures) -> Iterator[Block]:
        touchpoint = self._of(source).touchpoint
        room = self.card - CARD_PAD - ICON - 6.0 - 4.0
        lines = self.lettering.wrap(touchpoint.name, Face.STICKY_BOLD, room)
        # The badge of the level stands at the end of the last small line.
        beside = BADGE + 2.0
        foot = self._where(touchpoint, room + 2.0 - beside)
        split = len(foot)
        words_room = self.card - MOMENT_LEFT - 6.0 - beside
        if touchpoint.moment_of_truth:
            foot += self.lettering.wrap(words.moment_of_truth(), Face.META, words_room)
        shared: tuple[str, ...] = ()
        if source.shared:
            text = words.shared_with(", ".join(source.shared))
            shared = self.lettering.wrap(text, Face.META, words_room)
        small = max(len(foot) + len(shared), 1)
        height = 2 * CARD_PAD + len(lines) * Face.STICKY.line + small * FOOT
        yield Block(
            LaneKind.TOUCHPOINTS,
            Ref(Kind.TOUCHPOINT, touchpoint.id),
            PAD,
            height,
            lines,
            foot,
            touchpoint.channel,
            level_of(self._of(source), figures),
            ok=touchpoint.moment_of_truth,
            foot_split=split,
            shared=shared,
            colour=touchpoint.colour,
        )

    def _where(self, touchpoint: Touchpoint, room: float) -> tuple[str, ...]:
        """Return channel and department: each begins a line, but where one line is saved."""
        parts = [w for w in (touchpoint.channel, touchpoint.department) if w.strip()]
        apart = tuple(line for w in parts for line in self.lettering.wrap(w, Face.META, room))
        joined = self.lettering.wrap(" · ".join(parts), Face.META, room)
        return joined if len(joined) < len(apart) else apart

    def _metrics(self, source: Source, figures: MapFigures) -> Iterator[Block]:
        touchpoint = self._of(source).touchpoint
        known: TouchpointFigures = figures.touchpoints.get(touchpoint.id, NOTHING_MEASURED)
        ref = Ref(Kind.TOUCHPOINT, touchpoint.id)
        top = CARD_PAD
        for fact in known.chips or (ChipFact("", state=ChipState.NOT_ASKED),):
            face = fact.face
            wide = chip_width(face) > self._widest_chip
            height = CHIP_HEIGHT + (FOOT if wide else 0.0)
            yield Block(LaneKind.METRICS, ref, top, height, chip=face)
            top += height + 4.0

    def _kpis(self, source: Source, figures: MapFigures) -> Iterator[Block]:
        top = PAD
        for kpi in self._of(source).kpis:
            lines = self.lettering.wrap(kpi.name, Face.META, self.card - BADGE - 2.0)
            foot, ok = self._kpi_foot(kpi, figures)
            height = len(lines) * FOOT + len(foot) * Face.STICKY.line + 2.0
            level = kpi_level(observed=kpi.id in figures.kpis)
            ref = Ref(Kind.KPI, kpi.id)
            yield Block(LaneKind.KPIS, ref, top, height, lines, foot, level=level, ok=ok)
            top += height + PAD

    def _kpi_foot(self, kpi: Kpi, figures: MapFigures) -> tuple[tuple[str, ...], bool | None]:
        """Return value and target on one row where both fit, else on two; a tab parts them."""
        figure = figures.kpis.get(kpi.id)
        value = words.no_value() if figure is None else with_unit(figure.value, kpi.unit)
        if kpi.target is None:
            return (value,), None
        target = words.target(with_unit(kpi.target, kpi.unit))
        width = self.lettering.advance(value, Face.STICKY_BOLD) + 20.0
        ok = None if figure is None else figure.ok
        if width + self.lettering.advance(target, Face.META) <= self.card:
            return (f"{value}\t{target}",), ok
        return (f"{value}\t", target), ok

    def _pain_points(self, source: Source, figures: MapFigures) -> Iterator[Block]:
        top = PAD
        for pain in self._of(source).pain_points:
            level = figures.levels.get(pain.id, "")
            room = self.card - TEXT_LEFT - TEXT_RIGHT
            lines = self.lettering.wrap(pain.title, Face.STICKY, room)
            natural = 2 * TEXT_TOP + len(lines) * Face.STICKY.line + 4.0 + FOOT
            height = max(natural, PAIN_LEAST)
            classes = (pain.severity or 0, pain.frequency or 0)
            ref = Ref(Kind.PAIN_POINT, pain.id)
            yield Block(
                LaneKind.PAIN_POINTS, ref, top, height, lines, level=level, filled=classes,
                colour=pain.colour,
            )  # fmt: skip
            top += height + PAD

    def _improvements(self, source: Source, figures: MapFigures) -> Iterator[Block]:
        mine = self._of(source).improvements
        least = IMPROVEMENT_SINGLE if len(mine) == 1 else IMPROVEMENT_LEAST
        top = PAD
        for improvement in mine:
            lines = self.lettering.wrap(
                improvement.title, Face.STICKY, self.card - TEXT_LEFT - TEXT_RIGHT
            )
            addressed = (figures.levels.get(pain, "") for pain in improvement.addresses)
            level = improvement_level(filter(None, addressed))
            room = self.card - TEXT_LEFT - FOOT_ICON - (BADGE + 5.0 if level else TEXT_RIGHT)
            told = self.lettering.wrap(effort_and_status(improvement), Face.META, room)
            foot = tuple(line.removesuffix(" ·") for line in told)  # no dot hangs at an end
            natural = 2 * TEXT_TOP + len(lines) * Face.STICKY.line + len(foot) * FOOT
            height = max(natural, least)
            ref = Ref(Kind.IMPROVEMENT, improvement.id)
            mark = words.STATUS_ICONS.get(improvement.status, "circle")
            yield Block(LaneKind.IMPROVEMENTS, ref, top, height, lines, foot, mark, level)
            top += height + PAD

    def _strengths(self, source: Source, _figures: MapFigures) -> Iterator[Block]:
        top = PAD
        for strength in self._of(source).strengths:
            lines = self.lettering.wrap(
                strength.title, Face.STICKY, self.card - TEXT_LEFT - TEXT_RIGHT - 18.0
            )
            height = max(2 * TEXT_TOP + len(lines) * Face.STICKY.line, 38.0)
            ref = Ref(Kind.STRENGTH, strength.id)
            yield Block(LaneKind.STRENGTHS, ref, top, height, lines)
            top += height + PAD

    def _owner(self, source: Source, _figures: MapFigures) -> Iterator[Block]:
        ref = Ref(Kind.TOUCHPOINT, self._of(source).touchpoint.id)
        if source.owner is None:
            return
        room = self.card - AVATAR - 8.0 - 2.0
        lines = self.lettering.wrap(source.owner.name, Face.STICKY, room)
        height = max(len(lines) * Face.STICKY.line, 26.0)
        yield Block(LaneKind.OWNER, ref, PAD, height, lines, mark=source.owner.name)

    @staticmethod
    def _of(source: Source) -> Column:
        assert source.column is not None, "a column without a touchpoint has notes at most"
        return source.column

    _kinds: Mapping[LaneKind, Callable[["Mould", Source, MapFigures], Iterator[Block]]] = {
        LaneKind.TOUCHPOINTS: _touchpoint,
        LaneKind.METRICS: _metrics,
        LaneKind.KPIS: _kpis,
        LaneKind.PAIN_POINTS: _pain_points,
        LaneKind.IMPROVEMENTS: _improvements,
        LaneKind.STRENGTHS: _strengths,
        LaneKind.OWNER: _owner,
    }


def level_of(column: Column, figures: MapFigures) -> str:
    """Return the level of evidence of a touchpoint, A to F."""
    touchpoint = column.touchpoint
    judged = bool(touchpoint.judged_experience) or any(
        pain.severity or pain.votes for pain in column.pain_points
    )
    measured = figures.touchpoints.get(touchpoint.id, NOTHING_MEASURED).level
    return touchpoint_level(
        measured, kpis=any(kpi.id in figures.kpis for kpi in column.kpis), judged=judged
    )


def picture_size(note: Note, width: float) -> tuple[str, float]:
    """Return a note's picture and the height it takes on a card `width` wide; "" for none."""
    data = note.extra.get("image")
    if not isinstance(data, str) or not data:
        return "", 0.0
    wide, tall = note.extra.get("width"), note.extra.get("height")
    if isinstance(wide, int | float) and isinstance(tall, int | float) and wide > 0 < tall:
        return data, min(max(width * tall / wide, 24.0), MOST_TALL)
    return data, width * 0.75


def shown(note: Note) -> str:
    """Return what a sticky shows of a note: its title, else its text, long ones shortened."""
    text = note.title or note.text
    if len(text) <= NOTE_SHOWN:
        return text
    return text[:NOTE_SHOWN].rsplit(None, 1)[0] + " …"


def effort_and_status(improvement: Improvement) -> str:
    """Return the foot of an improvement's card: "20 d · Proposed"."""
    parts = [] if improvement.effort_days is None else [words.days(improvement.effort_days)]
    return " · ".join([*parts, words.status_name(improvement.status)])
