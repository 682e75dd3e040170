"""The head of the inspector: what kind of object, its name, where it is."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from journey.model.check import name_field
from journey.model.ids import Kind, Ref, StageId, TouchpointId
from journey.model.workspace import Workspace
from ui.inspector.prose import GrowingEdit
from ui.shell.icons import channel_icon
from ui.shell.widgets.buttons import IconButton
from ui.shell.widgets.labels import IconLabel, WrapLabel
from ui.words import kind_word

_INDENT: Final = 6

# Icon and colour role of each kind.
KINDS: Final[Mapping[Kind, tuple[str, str]]] = {
    Kind.WORKSPACE: ("folder-simple", "text_2"),
    Kind.ASSUMPTIONS: ("sliders-horizontal", "text_2"),
    Kind.LEADER: ("user", "text_2"),
    Kind.PERSONA: ("user-circle", "text_2"),
    Kind.SEGMENT: ("users-three", "text_2"),
    Kind.JOURNEY: ("path", "accent"),
    Kind.STAGE: ("flag", "accent"),
    Kind.TOUCHPOINT: ("map-pin", "accent"),
    Kind.TRANSITION: ("arrow-right", "text_2"),
    Kind.PAIN_POINT: ("warning", "pain_text"),
    Kind.STRENGTH: ("heart", "improvement_text"),
    Kind.LANE: ("rows", "text_2"),
    Kind.NOTE: ("note", "text_2"),
    Kind.IMPROVEMENT: ("lightbulb", "improvement_text"),
    Kind.QUESTION: ("question", "text_2"),
    Kind.SURVEY: ("chart-bar", "text_2"),
    Kind.KPI: ("target", "accent"),
    Kind.OBSERVATION: ("chart-line", "text_2"),
    Kind.QUARTER: ("calendar-check", "text_2"),
    Kind.EVENT_LOG: ("path", "text_2"),
    Kind.PURCHASE_LOG: ("chart-bar", "text_2"),
}


class InspectorHeader(QWidget):
    """Kind, pin and close over the name, which is edited where it stands.

    Attributes:
        renamed: the new name, once per edit.
    """

    renamed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(2)
        row.setContentsMargins(_INDENT, 0, 0, 0)
        self._kind = IconLabel("note", "", "sticky", "text_2")
        self.pin = IconButton("push-pin", self.tr("Keep this in view"))
        self.pin.setCheckable(True)
        self.close_button = IconButton("x", self.tr("Close the inspector"))
        row.addWidget(self._kind)
        row.addStretch(1)
        row.addWidget(self.pin)
        row.addWidget(self.close_button)
        column.addLayout(row)
        body = QVBoxLayout()
        body.setContentsMargins(_INDENT, 0, _INDENT, 0)
        body.setSpacing(4)
        self.title = GrowingEdit("title", 600, one_line=True)
        self.title.setProperty("title", True)
        self.title.setPlaceholderText(self.tr("No title yet"))
        self.title.finished.connect(self.commit)
        # The frame of the editor hangs into the margin, so that the text stands in line.
        column.addWidget(self.title)
        self._name = WrapLabel("", "title", 600)
        body.addWidget(self._name)
        self._place = IconLabel("map-pin", "", "sticky", "text_2")
        body.addWidget(self._place)
        self._message = WrapLabel("", "meta", 400, "warning")
        body.addWidget(self._message)
        column.addLayout(body)
        self.show_message("")

    def show_refs(self, refs: Sequence[Ref], ws: Workspace, *, read_only: bool) -> None:
        """Show what these objects are called and where they are."""
        self.show_message("")
        ref = refs[-1]
        icon_name, role = KINDS[ref.kind]
        several = len(refs) > 1
        words = kind_word(ref.kind)
        self._kind.set_face(icon_name, words[:1].upper() + words[1:], role, role)
        self._kind.setVisible(True)
        if several:
            same = len({r.kind for r in refs}) == 1
            what = kind_word(ref.kind, len(refs)) if same else self.tr("objects")
            self._kind.set_face("selection-all", self.tr("Selection"), "text_2", "text_2")
            self._name.set_text(f"{len(refs)} {what}")
        field, entity = name_field(ref.kind), ws.find(ref)
        name = str(getattr(entity, field)) if field and entity is not None else ""
        self.title.setVisible(not several and field is not None)
        self.title.setReadOnly(read_only)
        self.title.setAccessibleName(self.tr("Name of the {0}").format(words))
        self.title.show_text(name)
        self._name.setVisible(several or field is None)
        if not several and field is None:
            self._name.set_text(_nameless(ref, ws))
        self._show_place(ref, ws, several=several)

    def _show_place(self, ref: Ref, ws: Workspace, *, several: bool) -> None:
        entity = ws.find(ref)
        key = ref.id if ref.kind is Kind.TOUCHPOINT else getattr(entity, "touchpoint", None)
        touchpoint = ws.touchpoints.get(TouchpointId(str(key))) if key else None
        stage_id = getattr(entity, "stage", None) or (touchpoint.stage if touchpoint else None)
        stage = ws.stages.get(StageId(str(stage_id))) if stage_id else None
        parts = [] if touchpoint is None or ref.kind is Kind.TOUCHPOINT else [touchpoint.name]
        parts += [stage.name] if stage is not None and ref.kind is not Kind.STAGE else []
        icon_name = channel_icon(touchpoint.channel) if touchpoint is not None else "flag"
        self._place.set_face(icon_name, " · ".join(parts))
        self._place.setVisible(bool(parts) and not several)

    def commit(self) -> None:
        """Take a name that was typed and not yet taken."""
        if self.title.isVisibleTo(self) and self.title.is_edited:
            self.renamed.emit(self.title.take())

    def show_message(self, words: str) -> None:
        """Say in place why a name was refused; "" takes it away."""
        self._message.set_text(words)
        self._message.setVisible(bool(words))

    @property
    def message(self) -> str:
        """Why the last name was refused, "" where none was."""
        return self._message.text()


def _nameless(ref: Ref, ws: Workspace) -> str:
    """Return words for an object that has no name: the two ends of a transition."""
    entity = ws.find(ref)
    ends: list[str] = []
    for end in (getattr(entity, "source", None), getattr(entity, "target", None)):
        touchpoint = ws.touchpoints.get(TouchpointId(str(end))) if end else None
        if end:
            ends.append(touchpoint.name if touchpoint is not None else str(end))
    return " → ".join(ends) or kind_word(ref.kind).capitalize()
