"""Builds the form of each kind of object."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, Signal

from journey.edit import Command, Set
from journey.model.evidence import Survey
from journey.model.ids import JourneyId, Kind, PainPointId, Ref, SegmentId
from journey.model.map import Entrants
from journey.model.quarter import Quarter
from journey.model.workspace import Workspace
from ui import numbers
from ui.dates import day_words
from ui.inspector import relations
from ui.inspector.catalogue import FIELDS, common_fields
from ui.inspector.fields import NumberField
from ui.inspector.findings import EvidenceFacts, Findings, MetricList, RankBlock
from ui.inspector.form import Form
from ui.inspector.links import LinkActions, LinkList
from ui.inspector.observations import ObservationTable
from ui.priorities.edits import Edits
from ui.selection import Selection
from ui.shell.widgets.labels import WrapLabel


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("Inspector", text)


class Builder(QObject):
    """Builds forms for one inspector and passes on what their parts ask for.

    Attributes:
        why_not_higher: Ref of a pain point. added: an object was added and is selected now.
    """

    why_not_higher = Signal(object)
    added = Signal()

    def __init__(self, edits: Edits, findings: Findings, parent: QObject) -> None:
        super().__init__(parent)
        self._edits, self._findings = edits, findings
        self._selection: Selection | None = None

    def build(
        self, refs: Sequence[Ref], selection: Selection | None, *, evidence: bool = False
    ) -> Form:
        """Return the form for these objects, filled; its lists select in `selection`.

        With `evidence` it is the form of what lies behind, for those of `has_evidence`.
        """
        self._selection = selection
        form = Form(self._edits, refs)
        if len(refs) > 1:
            self._several(form)
        elif evidence and has_evidence(refs):
            self._pain_evidence(form)
        else:
            _BODIES.get(refs[0].kind, Builder._plain)(self, form)
        form.end()
        form.refresh()
        return form

    def _fields(self, form: Form, *, title: str = "") -> None:
        names = FIELDS.get(form.refs[0].kind, ())
        if names:
            form.section(title)
            for name in names:
                form.add_field(name)

    def _list(
        self, form: Form, title: str, made: tuple[relations.Links, LinkActions], empty: str = ""
    ) -> None:
        form.section(title)
        rows = LinkList(self._edits, self._selection, made[0], made[1], empty)
        rows.added.connect(self.added)
        form.add(rows)

    def _plain(self, form: Form) -> None:
        self._fields(form)

    def _lane(self, form: Form) -> None:
        count = sum(n.lane == form.refs[0].id for n in form.workspace.notes.values())
        form.section()
        words = tr("{0} notes on the map, edited where they stand.")
        form.add(WrapLabel(words.format(numbers.number(count, 0)), "base", 400, "text_2"))

    def _assumptions(self, form: Form) -> None:
        form.section()
        form.add(WrapLabel(tr("They are edited beside the ranked list."), "base", 400, "text_2"))

    def _several(self, form: Form) -> None:
        form.section(tr("What they have in common"))
        names = common_fields(form.refs)
        for name in names:
            form.add_field(name)
        if not names:
            form.add(WrapLabel(tr("No field is shared by all of them."), "sticky", 400, "text_3"))

    def _workspace(self, form: Form) -> None:
        self._fields(form)
        self._list(form, tr("Leaders"), relations.people(Kind.LEADER), tr("No leader yet."))
        self._list(form, tr("Segments"), relations.people(Kind.SEGMENT), tr("No segment yet."))
        self._list(form, tr("Personas"), relations.people(Kind.PERSONA), tr("No persona yet."))
        self._list(form, tr("Journeys"), relations.journeys())
        self._list(form, tr("KPIs of the whole company"), relations.kpis_at(None))

    def _journey(self, form: Form) -> None:
        self._fields(form)
        segments = sorted(form.workspace.segments.values(), key=lambda s: s.name.casefold())
        if segments:
            form.section(tr("Customers who start it in a year"))
            for segment in segments:
                field = NumberField(segment.name)
                form.bind(field, *_entrants(form.refs[0], segment.id))
        self._list(form, tr("Stages"), relations.stages_of(form.refs[0]))

    def _stage(self, form: Form) -> None:
        self._list(form, tr("Touchpoints"), relations.touchpoints_of(form.refs[0]))

    def _touchpoint(self, form: Form) -> None:
        ref = form.refs[0]
        self._fields(form)
        form.section(tr("Metrics"))
        form.add(MetricList(ref, self._findings))
        self._list(form, tr("KPIs"), relations.kpis_at(ref))
        self._list(form, tr("Pain points"), relations.pains_at(ref))
        self._list(form, tr("Strengths"), relations.strengths_at(ref))

    def _pain_point(self, form: Form) -> None:
        ref = form.refs[0]
        form.section()
        block = RankBlock(ref, self._findings)
        block.why_not_higher.connect(self.why_not_higher)
        form.add(block)
        self._fields(form)
        self._list(form, tr("Improvements that address it"), relations.improvements_for(ref))

    def _pain_evidence(self, form: Form) -> None:
        ref = form.refs[0]
        form.section(tr("What lies behind its rank"))
        form.add(EvidenceFacts(ref, self._findings))
        form.section()
        form.add_field("evidence")
        pain = form.workspace.pain_points.get(PainPointId(ref.id))
        if pain is not None and pain.touchpoint is not None:
            form.section(tr("Asked at its touchpoint"))
            form.add(MetricList(Ref(Kind.TOUCHPOINT, pain.touchpoint), self._findings))

    def _improvement(self, form: Form) -> None:
        self._fields(form)
        self._list(
            form,
            tr("Addresses"),
            relations.addressed_by(form.refs[0]),
            tr("No pain point: it counts in no ranking."),
        )

    def _leader(self, form: Form) -> None:
        self._fields(form)
        self._list(form, tr("Owns"), relations.owned_by(form.refs[0]), tr("Nothing yet."))

    def _kpi(self, form: Form) -> None:
        self._fields(form)
        form.section(tr("Observations"))
        form.add(ObservationTable(form.refs[0], self._edits))

    def _survey(self, form: Form) -> None:
        survey = form.workspace.find(form.refs[0])
        assert isinstance(survey, Survey)
        form.section(tr("Where it came from"))
        day = survey.imported_at
        facts = [
            tr("{0} answers").format(numbers.number(survey.records, 0)),
            survey.source_file,
            tr("imported {0}").format(day_words(day)) if day else "",
            tr("one answer per visit")
            if survey.design == "transactional"
            else tr("one answer rates many touchpoints"),
        ]
        for fact in facts:
            if fact:
                form.add(WrapLabel(fact, "base", 400, "text_2"))
        self._fields(form)

    def _quarter(self, form: Form) -> None:
        quarter = form.workspace.find(form.refs[0])
        assert isinstance(quarter, Quarter)
        form.section()
        day = quarter.frozen_at
        words = tr("Frozen {0}").format(day_words(day)) if day else tr("Frozen")
        form.add(WrapLabel(words))
        rows = tr("{0} rows as they were").format(numbers.number(len(quarter.items), 0))
        form.add(WrapLabel(rows, "base", 400, "text_2"))


def has_evidence(refs: Sequence[Ref]) -> bool:
    """Whether these objects have a form of their evidence beside that of their details."""
    return len(refs) == 1 and refs[0].kind is Kind.PAIN_POINT


def _entrants(
    ref: Ref, segment: SegmentId
) -> tuple[Callable[[Workspace], object], Callable[[object, Workspace], Command]]:
    """Return how the customers of a segment who start a journey are read and set."""

    def read(ws: Workspace) -> object:
        entrants = ws.journeys[JourneyId(ref.id)].entrants
        return next((e.per_year for e in entrants if e.segment == segment), None)

    def command(value: object, ws: Workspace) -> Command:
        kept = [e for e in ws.journeys[JourneyId(ref.id)].entrants if e.segment != segment]
        if isinstance(value, float | int):
            kept.append(Entrants(segment, float(value)))
        return Set(ref, entrants=tuple(sorted(kept, key=lambda e: e.segment)))

    return read, command


_BODIES: Final[Mapping[Kind, Callable[[Builder, Form], None]]] = {
    Kind.WORKSPACE: Builder._workspace,
    Kind.JOURNEY: Builder._journey,
    Kind.STAGE: Builder._stage,
    Kind.TOUCHPOINT: Builder._touchpoint,
    Kind.PAIN_POINT: Builder._pain_point,
    Kind.IMPROVEMENT: Builder._improvement,
    Kind.LEADER: Builder._leader,
    Kind.KPI: Builder._kpi,
    Kind.SURVEY: Builder._survey,
    Kind.QUARTER: Builder._quarter,
    Kind.LANE: Builder._lane,
    Kind.ASSUMPTIONS: Builder._assumptions,
}
