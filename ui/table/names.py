"""Objects by the names people type: which there are, which is meant, which is nearest."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from journey.edit.command import display_name
from journey.model.ids import JourneyId, Kind, Ref
from journey.model.improvement import CLOSED_STATUSES, OPEN_STATUSES
from journey.model.map import LOST, RETAINED, START, Lane, Note, Touchpoint
from journey.model.workspace import (
    Entity,
    Workspace,
    ordered_journeys,
    ordered_lanes,
    ordered_stages,
    ordered_touchpoints,
)
from ui.inspector.catalogue import status_words
from ui.map.words import COLOURS, colour_name
from ui.table.columns import Column, Editor
from ui.table.words import tr

_OF_A_JOURNEY = frozenset({Kind.STAGE, Kind.TOUCHPOINT, Kind.LANE})
_LIKE_ENOUGH = 0.6


@dataclass(frozen=True)
class Options:
    """Values and the texts they are known by, in the order they are offered."""

    items: tuple[tuple[object, str], ...]

    @cached_property
    def texts(self) -> Mapping[object, str]:
        """The text of each value."""
        return dict(self.items)

    @cached_property
    def _values(self) -> Mapping[str, object]:
        found: dict[str, object] = {}
        for value, text in self.items:
            found.setdefault(text.casefold(), value)
            found.setdefault(str(value).casefold(), value)
        return found

    def find(self, text: str) -> tuple[object] | None:
        """Return the value a text stands for, in a tuple as it may be None; None: there is none."""
        key = " ".join(text.split()).casefold()
        return (self._values[key],) if key in self._values else None

    def nearest(self, text: str) -> str:
        """Return the text most like one that was typed, "" where none is."""
        by_fold = {t.casefold(): t for _, t in self.items}
        key = " ".join(text.split()).casefold()
        ends = [t for fold, t in by_fold.items() if key and self._abbreviated(key, fold)]
        if len(ends) == 1:
            return ends[0]
        close = get_close_matches(key, by_fold, 1, _LIKE_ENOUGH)
        return by_fold[close[0]] if close else ""

    @staticmethod
    def _abbreviated(key: str, fold: str) -> bool:
        """Whether "t. berg" stands for "tomas berg": each word begins as the other's."""
        short, full = key.replace(".", " ").split(), fold.split()
        return len(short) == len(full) and all(
            f.startswith(s) for s, f in zip(short, full, strict=True)
        )


class Names:
    """The options of every column in one workspace; kept until something they show changes."""

    def __init__(self, ws: Workspace) -> None:
        self._ws = ws
        self._kept: dict[tuple[str, str, str], Options] = {}
        self._labels: dict[Kind, dict[str, str]] = {}

    def forget(self, kinds: Iterable[Kind]) -> None:
        """Look again at the objects of these kinds."""
        if set(kinds) & {*_OF_A_JOURNEY, Kind.JOURNEY}:
            self._kept.clear()
            self._labels.clear()
            return
        for kind in kinds:
            self._labels.pop(kind, None)
            for key in [k for k in self._kept if k[1] == kind]:
                del self._kept[key]

    def options(self, kind: Kind, column: Column, journey: JourneyId | None) -> Options:
        """Return what a column of a kind offers in a row of a journey (None: in any)."""
        of = column.of or Kind.WORKSPACE
        place = journey if of in _OF_A_JOURNEY and journey is not None else ""
        key = (f"{kind}.{column.key}", str(of), place)
        if key not in self._kept:
            self._kept[key] = Options(tuple(self._made(kind, column, journey)))
        return self._kept[key]

    def label(self, of: Kind, target: str) -> str:
        """Return the text an object is known by among all of its kind, "" for one that is gone."""
        if of not in self._labels:
            self._labels[of] = {str(k): t for k, t in _unique(self._ws, self._all(of, None))}
        return self._labels[of].get(target, "")

    def _made(
        self, kind: Kind, column: Column, journey: JourneyId | None
    ) -> Iterable[tuple[object, str]]:
        if column.editor is Editor.CHOICE:
            yield from _fixed(kind, column.key)
            return
        if column.editor is Editor.CHECK:
            yield from ((True, tr("Yes")), (False, tr("No")))
            return
        if column.key == "source":
            yield START, tr("Start")
        if column.of is not None:
            yield from _unique(self._ws, self._all(column.of, journey))
        if column.key == "target":
            yield from ((RETAINED, tr("Retained")), (LOST, tr("Lost")))

    def _all(self, of: Kind, journey: JourneyId | None) -> list[Entity]:
        """Return the objects of a kind in the order people see."""
        ws = self._ws
        if of in _OF_A_JOURNEY:
            homes = [journey] if journey is not None else [j.id for j in ordered_journeys(ws)]
            return [entity for home in homes for entity in _in_order(ws, of, home)]
        found = list(ws.table(of).values())
        return sorted(found, key=lambda e: (display_name(e).casefold(), e.id))


def _in_order(ws: Workspace, of: Kind, journey: JourneyId) -> Sequence[Entity]:
    if of is Kind.STAGE:
        return ordered_stages(ws, journey)
    return ordered_lanes(ws, journey) if of is Kind.LANE else ordered_touchpoints(ws, journey)


def _unique(ws: Workspace, entities: list[Entity]) -> Iterable[tuple[str, str]]:
    """Yield ids and names; those of one name are told apart by their place, then by a number."""
    names = [display_name(e) or tr("no name") for e in entities]
    folds = Counter(name.casefold() for name in names)
    seen: Counter[str] = Counter()
    for entity, name in zip(entities, names, strict=True):
        text = name
        if folds[name.casefold()] > 1:
            home = _home(ws, entity)
            text = f"{name} · {home}" if home else name
        seen[text.casefold()] += 1
        again = seen[text.casefold()]
        yield entity.id, f"{text} ({again})" if again > 1 else text


def _home(ws: Workspace, entity: Entity) -> str:
    if isinstance(entity, Touchpoint) and entity.stage and len(ws.journeys) == 1:
        stage = ws.stages.get(entity.stage)
        return stage.name if stage is not None else ""
    journey = ws.journeys.get(JourneyId(str(getattr(entity, "journey", ""))))
    return journey.name if journey is not None and len(ws.journeys) > 1 else ""


def _fixed(kind: Kind, key: str) -> list[tuple[object, str]]:
    if key == "status":
        known = (*OPEN_STATUSES, *CLOSED_STATUSES)
        statuses = known if kind is Kind.IMPROVEMENT else ("open", "solved", "dropped")
        return [(status, status_words(status)) for status in statuses]
    if key == "better":
        return [("higher", tr("higher")), ("lower", tr("lower"))]
    return [(role, colour_name(role)) for role in COLOURS]


def journey_of(ws: Workspace, entity: Entity | None) -> JourneyId | None:
    """Return the journey an object is part of, None where it is of none or of all."""
    if isinstance(entity, Note):
        lane = ws.find(Ref(Kind.LANE, entity.lane))
        return lane.journey if isinstance(lane, Lane) else None
    journey: JourneyId | None = getattr(entity, "journey", None)
    return journey
