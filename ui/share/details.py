"""What the page tells of each card: facts in words, and only those that may be shown.

A figure under the minimum number of answers is not in the page at all, neither is any comment.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from journey.model.evidence import Kpi
from journey.model.ids import Kind, LeaderId, Ref, TouchpointId
from journey.model.improvement import Improvement
from journey.model.map import Note, PainPoint, Strength, Touchpoint
from journey.model.workspace import Column, Workspace
from ui.map.experience import judged_value
from ui.map.figures import NOTHING_MEASURED, ChipFact, MapFigures
from ui.map.words import days, status_name
from ui.numbers import number, with_unit
from ui.render.map_picture import MapPicture
from ui.render.subject import Subject
from ui.share.words import of_five, tr
from ui.shell.widgets.marks import ChipState
from ui.words import kind_word

Plain = dict[str, object]
_SHORT = 80  # a note of one line is its own heading
_TONES = {Kind.PAIN_POINT: "pain", Kind.IMPROVEMENT: "improvement", Kind.STRENGTH: "strength"}


@dataclass(slots=True)
class Thing:
    """One card of the map in words.

    Attributes:
        facts: labels with their values. groups: headings with the cards under them.
    """

    kind: str
    name: str
    text: str = ""
    facts: list[tuple[str, str]] = field(default_factory=list)
    groups: list[tuple[str, list[Plain]]] = field(default_factory=list)

    def fact(self, label: str, value: str) -> None:
        """Add a fact that says something."""
        if value:
            self.facts.append((label, value))

    def group(self, head: str, cards: list[Plain]) -> None:
        """Add a group that holds something."""
        if cards:
            self.groups.append((head, cards))

    def plain(self) -> Plain:
        """Return it as JSON takes it."""
        groups = [{"head": head, "cards": cards} for head, cards in self.groups]
        facts = [list(fact) for fact in self.facts]
        return {"kind": _capital(self.kind), "name": self.name, "text": self.text, "facts": facts,
                "groups": groups}  # fmt: skip


class Details:
    """Everything the page tells, numbered in the order of the map."""

    def __init__(self, subject: Subject, picture: MapPicture) -> None:
        self._ws: Workspace = subject.workspace
        self._figures: MapFigures = subject.figures
        self._subject, self._picture = subject, picture
        shown = (cells.source.column for cells in picture.layout.columns)
        self._columns = {c.touchpoint.id: c for c in shown if c is not None}
        self._told: dict[Ref, Thing] = {}
        self._answers: dict[str, list[Improvement]] = {}
        for made in sorted(self._ws.improvements.values(), key=lambda i: (i.title, i.id)):
            for pain in made.addresses:
                self._answers.setdefault(pain, []).append(made)
        self._numbers: dict[Ref, int] = {}
        for ref in self._refs():
            self._numbers.setdefault(ref, len(self._numbers))

    def number(self, ref: Ref) -> int | None:
        """Return the number of an object, None where the page does not tell of it."""
        return self._numbers.get(ref)

    def name(self, ref: Ref) -> str:
        """Return an object in a few words, as a screen reader says it."""
        thing = self._thing(ref)
        name = " ".join((thing.name or thing.text).split())
        kind = _capital(thing.kind)
        return f"{kind}: {name}" if name else kind

    def things(self) -> list[Plain]:
        """Return all of them."""
        return [self._thing(ref).plain() for ref in self._numbers]

    def outline(self) -> list[Plain]:
        """Return the stages with the numbers of their touchpoints."""
        found: list[Plain] = []
        for span in self._picture.layout.spans:
            cells = self._picture.layout.columns[span.first : span.first + span.count]
            mine = [c.touchpoint.id for c in cells if c.touchpoint is not None]
            name = span.stage.name if span.stage is not None else tr("Without a stage")
            numbers = [self._numbers[Ref(Kind.TOUCHPOINT, key)] for key in mine]
            found.append({"name": name, "things": numbers})
        return found

    def _refs(self) -> Iterator[Ref]:
        """Yield what the map shows, column by column from the top down."""
        layout = self._picture.layout
        for cells in layout.columns:
            if cells.touchpoint is not None:
                yield Ref(Kind.TOUCHPOINT, cells.touchpoint.id)
            for stack in cells.stacks:
                yield from (block.ref for block in stack if block.ref is not None)
        for span in layout.spans:
            for stack in span.stacks:
                yield from (block.ref for block in stack if block.ref is not None)

    def _thing(self, ref: Ref) -> Thing:
        if ref not in self._told:
            self._told[ref] = self._made(ref)
        return self._told[ref]

    def _made(self, ref: Ref) -> Thing:
        entity = self._ws.find(ref)
        if isinstance(entity, Touchpoint):
            return self._touchpoint(self._columns[entity.id])
        if isinstance(entity, PainPoint):
            return self._pain_point(entity)
        if isinstance(entity, Improvement):
            return self._improvement(entity)
        if isinstance(entity, Kpi):
            return self._kpi(entity)
        if isinstance(entity, Note):
            return self._note_thing(entity)
        assert isinstance(entity, Strength), "a map shows no other kind"
        thing = Thing(kind_word(Kind.STRENGTH), entity.title)
        thing.fact(tr("Touchpoint"), self._place(entity.touchpoint))
        return thing

    def _note_thing(self, note: Note) -> Thing:
        lane = self._ws.lanes[note.lane].name
        if not note.title and len(note.text) <= _SHORT:
            return Thing(lane, note.text)
        return Thing(lane, note.title, note.text)

    def _touchpoint(self, column: Column) -> Thing:
        at = column.touchpoint
        thing = Thing(kind_word(Kind.TOUCHPOINT), at.name)
        stage = self._ws.stages.get(at.stage) if at.stage else None
        thing.fact(tr("Stage"), stage.name if stage else "")
        thing.fact(tr("Sub-step"), at.step)
        thing.fact(tr("Channel"), at.channel)
        thing.fact(tr("Department"), at.department)
        thing.fact(tr("Owner"), self._leader(at.owner))
        thing.fact(tr("Moment of truth"), tr("yes") if at.moment_of_truth else "")
        judged = judged_value(at, self._subject.persona)
        known = self._figures.touchpoints.get(at.id, NOTHING_MEASURED)
        if judged is not None:
            thing.fact(tr("Judged experience"), number(judged, 0, signed=True))
        if known.experience is not None:
            value = number(known.experience.value, 0, signed=True)
            margin = number(known.experience.margin, 0)
            thing.fact(tr("Measured experience"), f"{value} ±{margin}")
        thing.group(tr("Metrics"), [_metric(chip) for chip in known.chips])
        thing.group(tr("KPIs"), [self._card(kpi) for kpi in column.kpis])
        thing.group(tr("Strengths"), [self._card(strength) for strength in column.strengths])
        thing.group(tr("Pain points"), [self._card(pain) for pain in column.pain_points])
        thing.group(tr("Improvements"), [self._card(made) for made in column.improvements])
        return thing

    def _pain_point(self, pain: PainPoint) -> Thing:
        thing = Thing(kind_word(Kind.PAIN_POINT), pain.title)
        thing.fact(tr("Touchpoint"), self._place(pain.touchpoint))
        thing.fact(tr("Severity"), of_five(pain.severity))
        thing.fact(tr("Frequency"), of_five(pain.frequency))
        thing.fact(tr("Votes"), number(pain.votes, 0) if pain.votes else "")
        thing.fact(tr("Level of evidence"), self._figures.levels.get(pain.id, ""))
        thing.fact(tr("Owner"), self._leader(pain.owner))
        answers = self._answers.get(pain.id, [])
        thing.group(tr("Improvements"), [self._card(made) for made in answers])
        return thing

    def _improvement(self, made: Improvement) -> Thing:
        thing = Thing(kind_word(Kind.IMPROVEMENT), made.title)
        thing.fact(tr("Status"), status_name(made.status))
        thing.fact(tr("Effort"), "" if made.effort_days is None else days(made.effort_days))
        thing.fact(tr("Due"), made.due.isoformat() if made.due else "")
        thing.fact(tr("Owner"), self._leader(made.owner))
        pains = [self._ws.pain_points[p] for p in made.addresses if p in self._ws.pain_points]
        thing.group(tr("Pain points it addresses"), [self._card(pain) for pain in pains])
        return thing

    def _kpi(self, kpi: Kpi) -> Thing:
        thing = Thing(kind_word(Kind.KPI), kpi.name)
        figure = self._figures.kpis.get(kpi.id)
        if figure is not None:
            thing.fact(tr("Value"), with_unit(figure.value, kpi.unit))
            thing.fact(tr("Period"), figure.period)
        if kpi.target is not None:
            thing.fact(tr("Target"), with_unit(kpi.target, kpi.unit))
        if figure is not None and figure.ok is not None:
            thing.fact(tr("Target reached"), tr("yes") if figure.ok else tr("no"))
        return thing

    def _card(self, entity: PainPoint | Improvement | Strength | Kpi) -> Plain:
        """Return an object as a card that leads to its own details, where the page has them."""
        ref = Ref(entity.kind, entity.id)
        name = entity.name if isinstance(entity, Kpi) else entity.title
        return {
            "name": name,
            "note": self._note(entity),
            "tone": _TONES.get(entity.kind, "plain"),
            "to": self._numbers.get(ref),
        }

    def _note(self, entity: PainPoint | Improvement | Strength | Kpi) -> str:
        if isinstance(entity, PainPoint):
            words = tr("severity %1, frequency %2").replace("%1", of_five(entity.severity))
            return words.replace("%2", of_five(entity.frequency))
        if isinstance(entity, Improvement):
            parts = [] if entity.effort_days is None else [days(entity.effort_days)]
            return " · ".join([*parts, status_name(entity.status)])
        if isinstance(entity, Kpi):
            return " · ".join(value for _, value in self._kpi(entity).facts[:1])
        return ""

    def _leader(self, leader: LeaderId | None) -> str:
        found = self._ws.leaders.get(leader) if leader else None
        return found.name if found is not None else ""

    def _place(self, touchpoint: TouchpointId | None) -> str:
        found = self._ws.touchpoints.get(touchpoint) if touchpoint else None
        return found.name if found is not None else ""


def _metric(chip: ChipFact) -> Plain:
    """Return a metric with its margin and answers; too few of them give no figure."""
    face = chip.face
    name, note = face.metric, ""
    if chip.state is ChipState.MEASURED:
        name = f"{face.metric} {face.value} {face.margin}".strip()
        note = tr("%1 answers; the margin is for 95 %").replace("%1", face.n)
    elif chip.state is ChipState.TOO_FEW:
        note = tr("too few answers to show a figure")
    else:
        note = tr("not asked")
    return {"name": name, "note": note, "tone": "metric", "to": None}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def counted(outline: Sequence[Plain]) -> int:
    """Return how many touchpoints an outline names."""
    return sum(len(stage["things"]) for stage in outline)  # type: ignore[arg-type, misc]
