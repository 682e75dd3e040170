"""The body of the inspector: sections of fields and lists bound to the selected objects."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol, runtime_checkable

from PySide6.QtCore import QObject, QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from journey.edit import Command
from journey.model.ids import Kind, Ref
from journey.model.workspace import Workspace
from ui.inspector import catalogue
from ui.inspector.choice import ChoiceField
from ui.inspector.fields import MIXED, Field
from ui.priorities.edits import Edits
from ui.shell.theme import active_theme
from ui.shell.widgets.labels import PlainLabel

EVERY_KIND: Final = frozenset(Kind)


@runtime_checkable
class Refreshing(Protocol):
    """A part of the form that reads the workspace itself."""

    def refresh(self, ws: Workspace) -> None:
        """Show what stands in the workspace now."""


@dataclass(frozen=True, slots=True)
class _Binding:
    """A field, how its value is read, and the command that sets it."""

    field: Field
    read: Callable[[Workspace], object]
    command: Callable[[object, Workspace], Command]
    choices: Callable[[Workspace], catalogue.Choices] | None = None
    offered: frozenset[Kind] = frozenset()  # the kinds whose objects the choices name


class Hairline(QWidget):
    """A line over the whole width between two sections."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual."""
        with QPainter(self) as painter:
            painter.fillRect(QRectF(self.rect()), active_theme().hairline)


class Form(QWidget):
    """Sections from the top down. Every edit goes through `edits` as one command."""

    def __init__(self, edits: Edits, refs: Sequence[Ref]) -> None:
        super().__init__()
        self.edits = edits
        self.refs = tuple(refs)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 16)
        self._column.setSpacing(0)
        self._section: QVBoxLayout | None = None
        self._bindings: dict[QObject, _Binding] = {}
        self._parts: list[Refreshing] = []

    @property
    def workspace(self) -> Workspace:
        """The workspace shown."""
        return self.edits.document.workspace

    def section(self, title: str = "") -> None:
        """Begin a section; what is added next stands in it."""
        if self._section is not None:
            self._column.addWidget(Hairline())
        self._section = QVBoxLayout()
        self._section.setContentsMargins(16, 12, 16, 14)
        self._section.setSpacing(6)
        self._column.addLayout(self._section)
        if title:
            self._section.addWidget(PlainLabel(title, "base", 600))

    def add(self, part: QWidget) -> None:
        """Add a widget to the section; one with `refresh` follows the workspace."""
        assert self._section is not None, "a section comes first"
        self._section.addWidget(part)
        if isinstance(part, Refreshing):
            self._parts.append(part)

    def add_field(self, name: str) -> Field:
        """Add the field of a property, shared by all the objects."""
        refs = self.refs

        def value(ws: Workspace) -> object:
            found = [catalogue.read(ref, name, ws) for ref in refs]
            return found[0] if all(v == found[0] for v in found) else MIXED

        def command(new: object, ws: Workspace) -> Command:
            return catalogue.command_for(refs, name, new, ws)

        def choices(ws: Workspace) -> catalogue.Choices:
            return catalogue.choices_for(name, refs, ws)

        field = catalogue.make_field(name, self.workspace)
        field.setObjectName(name)
        if isinstance(field, ChoiceField):
            offered = catalogue.OFFERED.get(name, frozenset())
            self._bind(_Binding(field, value, command, choices, offered))
        else:
            self._bind(_Binding(field, value, command))
        return field

    def bind(
        self,
        field: Field,
        read: Callable[[Workspace], object],
        command: Callable[[object, Workspace], Command],
    ) -> None:
        """Add a field with its own way to read and to set."""
        self._bind(_Binding(field, read, command))

    def _bind(self, binding: _Binding) -> None:
        self._bindings[binding.field] = binding
        binding.field.committed.connect(self._on_committed)
        self.add(binding.field)

    def end(self) -> None:
        """Close the last section; what room is left stays empty under it."""
        self._column.addStretch(1)

    def field(self, name: str) -> Field:
        """Return the field of a property; KeyError where the form has none."""
        for binding in self._bindings.values():
            if binding.field.objectName() == name:
                return binding.field
        raise KeyError(name)

    def refresh(self, changed: frozenset[Kind] = EVERY_KIND) -> None:
        """Show what stands in the workspace now; `changed`: only objects of these kinds have."""
        ws = self.workspace
        for binding in self._bindings.values():
            offers = changed is EVERY_KIND or not changed.isdisjoint(binding.offered)
            if offers and binding.choices is not None and isinstance(binding.field, ChoiceField):
                binding.field.set_choices(binding.choices(ws))
            binding.field.show_value(binding.read(ws))
            binding.field.setEnabled(not self.edits.document.read_only)
        for part in self._parts:
            part.refresh(ws)

    def commit(self) -> None:
        """Take what was typed into any field and not yet taken."""
        for binding in self._bindings.values():
            binding.field.commit()

    def _on_committed(self, value: object) -> None:
        binding = self._bindings.get(self.sender())
        if binding is None:
            return
        refused = self.edits.run(binding.command(value, self.workspace))
        binding.field.show_value(binding.read(self.workspace))
        if refused:
            binding.field.show_message(refused)
