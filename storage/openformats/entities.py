"""Building a workspace from the objects of a Waymark JSON."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from journey.edit.entrance import cleaned
from journey.metrics.kinds import Metric, default_higher_is_better, default_scale
from journey.model import check
from journey.model.ids import Kind, Ref
from journey.model.workspace import CLASS_OF, Entity, Workspace, ref_of
from storage.errors import DumpError
from storage.openformats import shapes
from storage.openformats.codecs import read_list, read_object
from storage.openformats.shapes import Field

Raw = Mapping[str, object]

_PARTS_OF_A_JOURNEY = (
    ("stages", Kind.STAGE, shapes.STAGE),
    ("touchpoints", Kind.TOUCHPOINT, shapes.TOUCHPOINT),
    ("transitions", Kind.TRANSITION, shapes.TRANSITION),
    ("pain_points", Kind.PAIN_POINT, shapes.PAIN_POINT),
    ("strengths", Kind.STRENGTH, shapes.STRENGTH),
    ("lanes", Kind.LANE, shapes.LANE),
)
_JOURNEY_KEYS = frozenset(key for key, _, _ in _PARTS_OF_A_JOURNEY)
_LISTS = (
    ("leaders", Kind.LEADER, shapes.LEADER),
    ("segments", Kind.SEGMENT, shapes.SEGMENT),
    ("personas", Kind.PERSONA, shapes.PERSONA),
    ("improvements", Kind.IMPROVEMENT, shapes.IMPROVEMENT),
    ("questions", Kind.QUESTION, shapes.QUESTION),
    ("surveys", Kind.SURVEY, shapes.SURVEY),
    ("purchase_logs", Kind.PURCHASE_LOG, shapes.PURCHASE_LOG),
    ("kpis", Kind.KPI, shapes.KPI),
    ("observations", Kind.OBSERVATION, shapes.OBSERVATION),
    ("quarters", Kind.QUARTER, shapes.QUARTER_FIELDS),
)
# Rows the format knows by their content; an id is written, but need not be there.
_ROW_KEYS = {Kind.TRANSITION: ("source", "target", "segment"), Kind.OBSERVATION: ("kpi", "period")}
# Fields without which a row says nothing, where they are not id and name.
_REQUIRED = {
    Kind.WORKSPACE: set[str](),
    Kind.ASSUMPTIONS: set[str](),
    Kind.TRANSITION: {"from", "to"},
    Kind.OBSERVATION: {"kpi", "period", "value"},
    Kind.QUARTER: {"quarter"},
}
_NAMED = frozenset(
    {
        Kind.LEADER,
        Kind.PERSONA,
        Kind.SEGMENT,
        Kind.JOURNEY,
        Kind.STAGE,
        Kind.TOUCHPOINT,
        Kind.LANE,
        Kind.SURVEY,
        Kind.PURCHASE_LOG,
        Kind.KPI,
    }
)
_TITLED = frozenset({Kind.PAIN_POINT, Kind.STRENGTH, Kind.IMPROVEMENT})
# What an object's place is counted within, where its list gives the order.
_ORDERED: Mapping[Kind, tuple[str, ...]] = {
    Kind.JOURNEY: (),
    Kind.STAGE: ("journey",),
    Kind.LANE: ("journey",),
    Kind.TOUCHPOINT: ("journey", "stage"),
    Kind.PAIN_POINT: ("journey", "touchpoint"),
}
_JSON_NAME = {"source": "from", "target": "to", "content": "kind"}


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was read otherwise than it stood.

    Attributes:
        reason: unknown_field (left out) or text_cleaned.
        place: JSON path.
    """

    reason: str
    place: str


class Building:
    """One workspace being built; `workspace` gives it and the notes made on the way."""

    def __init__(self, found: Raw, notes: Sequence[Note] = ()) -> None:
        self._found = found
        self._notes = list(notes)
        self._ws = Workspace()
        self._places: dict[Ref, str] = {}
        self._next: Counter[tuple[object, ...]] = Counter()

    def workspace(self) -> tuple[Workspace, tuple[Note, ...]]:
        """Build it and check every invariant.

        Raises:
            DumpError: with the JSON path of the first thing that is wrong.
        """
        self._single(Kind.WORKSPACE, shapes.WORKSPACE, "workspace")
        self._single(Kind.ASSUMPTIONS, shapes.ASSUMPTIONS, "assumptions")
        for raw, place in _rows(self._found, "assumption_sets", ""):
            self._assumption_set(raw, place)
        for key, kind, fields in _LISTS:
            for raw, place in _rows(self._found, key, ""):
                self._keep(kind, fields, raw, place)
        for raw, place in _rows(self._found, "journeys", ""):
            self._journey(raw, place)
        self._check()
        return self._ws, tuple(self._notes)

    def _single(self, kind: Kind, fields: Sequence[Field], key: str) -> None:
        raw = read_object(self._found.get(key, {}), key)
        values = self._values(kind, fields, raw, key)
        left = {name: raw[name] for name in raw if name not in {f.name for f in fields}}
        if kind is Kind.ASSUMPTIONS:
            values["extra"] = left
        else:
            self._note_unknown(left, key)
        self._put(CLASS_OF[kind](**values), key)

    def _assumption_set(self, raw: Raw, place: str) -> None:
        values = self._values(Kind.ASSUMPTIONS, shapes.ASSUMPTION_SET, raw, place)
        if "id" not in values:
            raise DumpError("missing", place=f"{place}.id", detail="")
        known = {f.name for f in shapes.ASSUMPTION_SET}
        values["extra"] = {name: raw[name] for name in raw if name not in known}
        self._put(CLASS_OF[Kind.ASSUMPTIONS](**values), place)

    def _journey(self, raw: Raw, place: str) -> None:
        journey = self._keep(Kind.JOURNEY, shapes.JOURNEY, raw, place, _JOURNEY_KEYS)
        for key, kind, fields in _PARTS_OF_A_JOURNEY:
            for part, at in _rows(raw, key, f"{place}."):
                if kind is not Kind.LANE:
                    self._keep(kind, fields, part, at, journey=journey)
                    continue
                lane = self._keep(kind, fields, part, at, {"notes"}, journey=journey)
                for note, note_at in _rows(part, "notes", f"{at}."):
                    self._keep(Kind.NOTE, shapes.NOTE, note, note_at, lane=lane)

    def _keep(
        self,
        kind: Kind,
        fields: Sequence[Field],
        raw: Raw,
        place: str,
        parts: Collection[str] = (),
        **parent: str,
    ) -> str:
        """Add one object and return its id; `parts` are keys read by the caller."""
        values = self._values(kind, fields, raw, place) | parent
        if kind in (Kind.SURVEY, Kind.PURCHASE_LOG):
            source = raw.get("source")
            source = {} if source is None else read_object(source, f"{place}.source")
            values |= self._values(kind, shapes.SOURCE, source, f"{place}.source")
            parts = {"source"}
        known = {f.name for f in fields}.union(parts)
        left = {name: raw[name] for name in raw if name not in known}
        if kind is Kind.NOTE and left:
            values["extra"] = left | values.get("extra", {})
        else:
            self._note_unknown(left, place)
        if kind in _ROW_KEYS and "id" not in values:
            values["id"] = self._row_id(kind, values)
        self._default(kind, values)
        entity: Entity = CLASS_OF[kind](**values)
        self._put(entity, place)
        return entity.id

    def _values(self, kind: Kind, fields: Sequence[Field], raw: Raw, place: str) -> dict[str, Any]:
        """Return what is there, by its name in the model; null and absent are left out."""
        required = _REQUIRED.get(kind, {"id", "name"} if kind in _NAMED else {"id"})
        values: dict[str, Any] = {}
        for f in fields:
            value = raw.get(f.name)
            if value is not None:
                values[f.model] = f.codec.read(value, f"{place}.{f.name}")
            elif f.name in required:
                raise DumpError("missing", place=f"{place}.{f.name}", detail="")
        return values

    def _row_id(self, kind: Kind, values: Mapping[str, Any]) -> str:
        """Return an id made of what the row is about, so that two loads give the same."""
        keys = (values.get("journey"), *(values.get(key) for key in _ROW_KEYS[kind]))
        about = "\x1f".join("" if key is None else key for key in keys)
        number = 0
        while True:
            digest = sha256(f"{about}\x1f{number}".encode()).hexdigest()
            made = f"{kind.value}-{digest[:12]}"
            if Ref(kind, made) not in self._places:
                return made
            number += 1

    def _default(self, kind: Kind, values: dict[str, Any]) -> None:
        """Fill in what depends on the other fields: titles, scales, the place in a list."""
        if kind in _TITLED and not values.get("title", "").strip():
            values["title"] = values["id"]
        if kind is Kind.QUESTION:
            values.setdefault("touchpoint", None)
            metric = Metric(values.get("metric", Metric.RATING))
            values.setdefault("scale", tuple(default_scale(metric)))
            values.setdefault("higher_is_better", default_higher_is_better(metric))
        if kind in _ORDERED:
            group = _ORDERED[kind]
            key = (kind, *(values.get(name) for name in group))
            values.setdefault("position", float(self._next[key]))
            self._next[key] += 1

    def _put(self, entity: Entity, place: str) -> None:
        ref = ref_of(entity)
        if ref in self._places:
            detail = f"{entity.id!r} is also at {self._places[ref]}"
            raise DumpError("duplicate_id", place=f"{place}.id", detail=detail)
        clean = cleaned(entity)
        if clean != entity:
            self._notes.append(Note("text_cleaned", place))
        self._places[ref] = place
        self._ws.put(clean)

    def _note_unknown(self, left: Raw, place: str) -> None:
        self._notes.extend(Note("unknown_field", f"{place}.{name}") for name in left)

    def _check(self) -> None:
        for entity in self._ws.entities():
            for name, reason in check.problems(self._ws, entity):
                place = f"{self._places[ref_of(entity)]}.{_JSON_NAME.get(name, name)}"
                word = "unknown_reference" if reason == "unknown" else reason
                raise DumpError(word, place=place, detail=repr(getattr(entity, name))[:200])


def _rows(found: Raw, key: str, place: str) -> Iterator[tuple[Raw, str]]:
    """Yield a list's objects with their places; null and absent are an empty list."""
    value = found.get(key)
    rows = [] if value is None else read_list(value, f"{place}{key}")
    for i, row in enumerate(rows):
        at = f"{place}{key}[{i}]"
        yield read_object(row, at), at
