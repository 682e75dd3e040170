"""The menus of the map: lanes and add in the toolbar, and what a right click opens."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu

from journey.edit import ShareTouchpoint, twins
from journey.model.ids import (
    Kind,
    LeaderId,
    PainPointId,
    PersonaId,
    Ref,
    StageId,
    TouchpointId,
)
from journey.model.improvement import CLOSED_STATUSES, OPEN_STATUSES, Improvement
from journey.model.map import PainPoint, Touchpoint
from journey.model.workspace import ordered_journeys, ordered_stages
from ui.map import words
from ui.map.cursor import STAGE_ROW, Cursor
from ui.map.lanes import IMAGES, LaneKind, added_lanes
from ui.map.layout import Hit, LaneBox, StageSpan
from ui.map.shifting import COLOURED
from ui.shell.icons import icon

if TYPE_CHECKING:
    from ui.map.view import MapView

Do = Callable[[], object]


class Menus(QObject):
    """Builds each menu when it opens, from what the map holds then."""

    def __init__(self, view: "MapView") -> None:
        super().__init__(view)
        self._view = view
        self.lanes, self.add, self.context = QMenu(view), QMenu(view), QMenu(view)
        self.personas = QMenu(view)
        self.personas.aboutToShow.connect(self.fill_personas)
        self._deeds: dict[QAction, Do] = {}
        self.lanes.aboutToShow.connect(self._fill_lanes)
        self.add.aboutToShow.connect(self._fill_add)
        for menu in (self.lanes, self.add, self.context, self.personas):
            menu.setToolTipsVisible(False)
            menu.triggered.connect(self._do)

    def _do(self, action: QAction) -> None:
        deed = self._deeds.get(action)
        if deed is not None:
            deed()

    def _clear(self, menu: QMenu) -> None:
        self._deeds.clear()
        for part in menu.findChildren(QMenu):
            part.deleteLater()
        menu.clear()

    def _entry(self, menu: QMenu, text: str, deed: Do, icon_name: str = "") -> QAction:
        # A typed name may hold an ampersand, which a menu would take for a shortcut.
        action = menu.addAction(text.replace("&", "&&"))
        if icon_name:
            action.setIcon(icon(icon_name, "text_2"))
        self._deeds[action] = deed
        return action

    def _check(self, menu: QMenu, text: str, checked: bool, deed: Do) -> QAction:
        action = self._entry(menu, text, deed)
        action.setCheckable(True)
        action.setChecked(checked)
        return action

    # -- toolbar --------------------------------------------------------------------------------

    def _fill_lanes(self) -> None:
        view, menu = self._view, self.lanes
        self._clear(menu)
        for spec in view.board.specs:
            shown = spec.key not in view.board.shape.hidden
            # No icon: it would stand in the place of the tick.
            self._check(
                menu,
                spec.name,
                shown,
                lambda key=spec.key: view.choices.toggle(key),  # type: ignore[misc]
            )
        menu.addSeparator()
        self._lane_entries(menu)

    def _lane_entries(self, menu: QMenu) -> None:
        """Offer the kinds of lanes that can be added."""
        for content, text, glyph in added_lanes():
            self._entry(menu, text, self._lane_adder(content), glyph)
        menu.addSeparator()
        menu.addAction(self._view.lock.action)

    def _lane_adder(self, content: str) -> Do:
        return lambda: self._view.acts.add_lane(content)

    def fill_personas(self) -> None:
        """Offer whose judgements the map shows and edits."""
        view, menu = self._view, self.personas
        self._clear(menu)
        people = sorted(view.workspace.personas.values(), key=lambda p: p.name.casefold())
        everyone = view.persona is None
        self._check(menu, words.everyone(), everyone, lambda: view.set_persona(None))
        for persona in people:
            chosen = view.persona == persona.id
            self._check(menu, persona.name, chosen, self._persona_setter(persona.id))

    def _persona_setter(self, persona: PersonaId) -> Do:
        return lambda: self._view.set_persona(persona)

    def _fill_add(self) -> None:
        view, menu = self._view, self.add
        self._clear(menu)
        acts = view.acts
        self._entry(menu, self.tr("Touchpoint"), acts.add_touchpoint, "map-pin")
        self._entry(menu, self.tr("Stage"), acts.add_stage, "flag")
        self._lane_entries(menu)
        menu.addSeparator()
        column = view.cell is not None
        if not column:
            menu.addAction(self.tr("At a touchpoint: choose one first")).setEnabled(False)
        for kind, text, glyph in (
            (LaneKind.PAIN_POINTS, self.tr("Pain point"), "warning"),
            (LaneKind.IMPROVEMENTS, self.tr("Improvement"), "lightbulb"),
            (LaneKind.STRENGTHS, self.tr("Strength"), "heart"),
            (LaneKind.KPIS, self.tr("KPI"), "target"),
        ):
            deed = self.adder(kind)
            self._entry(menu, text, deed, glyph).setEnabled(column)
        menu.addSeparator()
        self._entry(menu, self.tr("Copy the whole journey"), view.clips.copy_journey, "copy")
        self._entry(menu, self.tr("Paste"), view.clips.paste, "clipboard-text")
        find = self.tr("Find and replace") + "\tCtrl+H"
        self._entry(menu, find, view.find_bar.open, "magnifying-glass")

    def adder(self, kind: LaneKind) -> Do:
        """Return what adds a card of a lane to the current column, the lane shown for it."""

        def add() -> None:
            self._view.choices.show(kind.value)
            self._view.acts.add_to_column(kind)

        return add

    # -- right click ----------------------------------------------------------------------------

    def open_stage(self, span: StageSpan | None, place: QPoint) -> None:
        """Open the menu of a stage, or of the place beside the stages."""
        menu, acts = self.context, self._view.acts
        self._clear(menu)
        if span is None or span.stage is None:
            self._entry(menu, self.tr("Add a stage"), acts.add_stage, "plus")
            menu.addAction(self._view.lock.action)
            menu.popup(place)
            return
        stage = span.stage
        order = [s.stage.id for s in self._view.layout_now.spans if s.stage]
        at = order.index(stage.id)
        self._entry(
            menu, self.tr("Add a touchpoint"), lambda: acts.add_touchpoint_to(stage.id), "plus"
        )
        self._entry(menu, self.tr("Add a stage before"), lambda: acts.add_stage(at))
        self._entry(menu, self.tr("Add a stage after"), lambda: acts.add_stage(at + 1))
        menu.addSeparator()
        self._entry(
            menu, self.tr("Rename"), lambda: self._view.writing.rename_stage(span), "pencil-simple"
        )
        left = self._entry(menu, self.tr("Move left"), lambda: acts.move_stage(stage.id, -1))
        left.setEnabled(at > 0)
        right = self._entry(menu, self.tr("Move right"), lambda: acts.move_stage(stage.id, 1))
        right.setEnabled(at + 1 < len(order))
        menu.addSeparator()
        view = self._view
        view.put_cursor(Cursor(span.first, STAGE_ROW))
        if Ref(Kind.STAGE, stage.id) not in view.selection.refs:
            view.select((Ref(Kind.STAGE, stage.id),))
        self._clip_entries(menu)
        self._delete_entry(menu, view.selection.refs)
        menu.addSeparator()
        menu.addAction(view.lock.action)
        menu.popup(place)

    def open_lane(self, lane: LaneBox | None, place: QPoint) -> None:
        """Open the menu of a lane's name."""
        menu, view = self.context, self._view
        self._clear(menu)
        if lane is not None:
            key = lane.spec.key
            fold = self.tr("Unfold") if lane.folded else self.tr("Fold")
            self._entry(menu, fold, lambda: view.choices.toggle_fold(key))
            self._entry(menu, self.tr("Hide"), lambda: view.choices.toggle(key), "eye-slash")
            rename = self._entry(menu, self.tr("Rename"), lambda: view.writing.rename_lane(lane))
            rename.setIcon(icon("pencil-simple", "text_2"))
            up = self._entry(menu, self.tr("Move up"), lambda: view.choices.step(key, -1))
            up.setEnabled(lane.top > 0)
            down = self._entry(menu, self.tr("Move down"), lambda: view.choices.step(key, 1))
            down.setEnabled(lane.bottom < view.layout_now.height)
            if lane.spec.lane is not None:
                refs = (Ref(Kind.LANE, lane.spec.lane),)
                menu.addSeparator()
                self._entry(menu, self.tr("Copy the lane"), lambda: self._copy_lane(refs), "copy")
                self._delete_entry(menu, refs)
            menu.addSeparator()
        self._lane_entries(menu)
        menu.popup(place)

    def _copy_lane(self, refs: tuple[Ref, ...]) -> None:
        self._view.select(refs)
        self._view.clips.copy()

    def _clip_entries(self, menu: QMenu) -> None:
        clips = self._view.clips
        self._entry(menu, self.tr("Cut") + "\tCtrl+X", clips.cut, "scissors")
        self._entry(menu, self.tr("Copy") + "\tCtrl+C", clips.copy, "copy")
        self._entry(menu, self.tr("Paste") + "\tCtrl+V", clips.paste, "clipboard-text")

    def _colour_entries(self, menu: QMenu) -> None:
        refs = [r for r in self._view.selection.refs if r.kind in COLOURED]
        if not refs:
            return
        part = QMenu(self.tr("Colour"), menu)
        menu.addMenu(part)
        found = {getattr(self._view.workspace.find(ref), "colour", "") for ref in refs}
        for role in words.COLOURS:
            self._check(part, words.colour_name(role), found == {role}, self._painter(role))

    def _painter(self, role: str) -> Do:
        return lambda: self._view.acts.set_colour(role)

    def _choose_picture(self, cursor: Cursor) -> None:
        patterns = "*.png *.jpg *.jpeg *.webp *.bmp *.gif"
        name, _ = QFileDialog.getOpenFileName(
            self._view, self.tr("Choose a picture"), "", f"{self.tr('Pictures')} ({patterns})"
        )
        if name:
            self._view.clips.add_picture(name, cursor)

    def _link_entries(self, menu: QMenu, touchpoint: Touchpoint) -> None:
        """Offer to draw a transition, and to show the touchpoint in another journey too."""
        view, ws = self._view, self._view.workspace
        chosen = [r for r in view.selection.refs if r.kind is Kind.TOUCHPOINT]
        if len(chosen) > 1:
            text = self.tr("Draw the transition") + "\tCtrl+J"
            self._entry(menu, text, view.acts.link_selected, "flow-arrow")
        there = {ws.touchpoints[t].journey for t in twins(ws, touchpoint.id)}
        others = [j for j in ordered_journeys(ws) if j.id not in there | {touchpoint.journey}]
        others = [j for j in others if ordered_stages(ws, j.id)]
        if others:
            part = QMenu(self.tr("Share with"), menu)
            menu.addMenu(part)
            for journey in others:
                stage = ordered_stages(ws, journey.id)[0].id
                self._entry(part, journey.name, self._sharer(touchpoint.id, stage))

    def _sharer(self, touchpoint: TouchpointId, stage: StageId) -> Do:
        return lambda: self._view.run(ShareTouchpoint(touchpoint, stage))

    def open_card(self, hit: Hit | None, place: QPoint) -> None:
        """Open the menu of a card, or of a free place."""
        menu, view = self.context, self._view
        self._clear(menu)
        if hit is None:
            self._entry(menu, self.tr("Add a stage"), view.acts.add_stage, "plus")
            menu.popup(place)
            return
        entity = view.workspace.find(hit.ref) if hit.ref else None
        touchpoint = view.layout_now.columns[hit.column].touchpoint
        if isinstance(entity, PainPoint):
            self._pain_entries(menu, entity)
        elif isinstance(entity, Improvement):
            self._improvement_entries(menu, entity)
        if touchpoint is not None and (entity is None or isinstance(entity, Touchpoint)):
            self._touchpoint_entries(menu, hit, touchpoint)
        spec = view.layout_now.lanes[hit.lane].spec
        cursor = Cursor(hit.column, hit.lane, hit.block or 0)
        if spec.kind is LaneKind.NOTES and spec.content == IMAGES:
            text = self.tr("Choose a picture…")
            self._entry(menu, text, lambda: self._choose_picture(cursor), "image")
        menu.addSeparator()
        if hit.ref is not None:
            self._colour_entries(menu)
            self._entry(menu, self.tr("Edit text"), lambda: view.acts.edit(cursor), "pencil-simple")
            self._clip_entries(menu)
            text = self.tr("Duplicate") + "\tCtrl+D"
            self._entry(menu, text, view.acts.duplicate, "copy-simple")
            self._delete_entry(menu, view.selection.refs)
        else:
            view.put_cursor(cursor)
            self._entry(menu, self.tr("Paste") + "\tCtrl+V", view.clips.paste, "clipboard-text")
        menu.popup(place)

    def _touchpoint_entries(self, menu: QMenu, hit: Hit, touchpoint: Touchpoint) -> None:
        acts, mine = self._view.acts, touchpoint.id
        self._entry(menu, self.tr("Add a touchpoint before"),
                    lambda: acts.add_touchpoint(mine, after=False), "plus")  # fmt: skip
        self._entry(menu, self.tr("Add a touchpoint after"), lambda: acts.add_touchpoint(mine))
        self._view.put_cursor(Cursor(hit.column, hit.lane, hit.block or 0))
        pain = self.adder(LaneKind.PAIN_POINTS)
        self._entry(menu, self.tr("Add a pain point"), pain, "warning")
        menu.addSeparator()
        now = touchpoint.moment_of_truth
        deed: Do = lambda: acts.set_moment_of_truth(mine, not now)  # noqa: E731
        self._check(menu, self.tr("Moment of truth"), now, deed)
        self._owner_entries(menu, Ref(Kind.TOUCHPOINT, mine), touchpoint.owner)
        self._link_entries(menu, touchpoint)
        judged = self._view.layout_now.experience.points[hit.column].judged
        if judged is not None:
            text = self.tr("Take the judged experience back")
            self._entry(menu, text, lambda: acts.forget_judgement(TouchpointId(mine)))

    def _pain_entries(self, menu: QMenu, pain: PainPoint) -> None:
        for title, field, now in (
            (self.tr("Severity"), "severity", pain.severity),
            (self.tr("Frequency"), "frequency", pain.frequency),
        ):
            part = QMenu(title, menu)
            menu.addMenu(part)
            for value in (1, 2, 3, 4, 5, None):
                text = self.tr("Not judged") if value is None else str(value)
                self._check(part, text, now == value, self._rater(field, value))
        self._owner_entries(menu, Ref(Kind.PAIN_POINT, pain.id), pain.owner)
        text = self.tr("Add an improvement")
        mine = PainPointId(pain.id)
        self._entry(menu, text, lambda: self._view.acts.add_improvement(mine), "lightbulb")

    def _rater(self, field: str, value: int | None) -> Do:
        return lambda: self._view.acts.rate(field, value)

    def _improvement_entries(self, menu: QMenu, improvement: Improvement) -> None:
        part = QMenu(self.tr("Status"), menu)
        menu.addMenu(part)
        ref = Ref(Kind.IMPROVEMENT, improvement.id)
        for status in (*OPEN_STATUSES, *CLOSED_STATUSES):
            chosen = improvement.status == status
            self._check(part, words.status_name(status), chosen, self._status_setter(ref, status))
        self._owner_entries(menu, ref, improvement.owner)

    def _status_setter(self, ref: Ref, status: str) -> Do:
        return lambda: self._view.acts.set_status(ref, status)

    def _owner_entries(self, menu: QMenu, ref: Ref, owner: str | None) -> None:
        part = QMenu(self.tr("Owner"), menu)
        menu.addMenu(part)
        view = self._view
        refs = view.selection.refs if ref in view.selection.refs else (ref,)
        typed = self.tr("Type a name…") + "\tCtrl+L"
        self._entry(part, typed, lambda: view.writing.edit_owner(refs), "pencil-simple")
        leaders = sorted(self._view.workspace.leaders.values(), key=lambda x: x.name.casefold())
        for leader in leaders:
            chosen = owner == leader.id
            self._check(part, leader.name, chosen, self._owner_setter(refs, leader.id))
        self._check(part, self.tr("Nobody"), owner is None, self._owner_setter(refs, None))

    def _owner_setter(self, refs: tuple[Ref, ...], leader: str | None) -> Do:
        chosen = None if leader is None else LeaderId(leader)
        return lambda: self._view.acts.set_owner(refs, chosen)

    def _delete_entry(self, menu: QMenu, refs: tuple[Ref, ...]) -> None:
        def delete() -> None:
            self._view.select(refs)
            self._view.acts.delete()

        self._entry(menu, self.tr("Delete"), delete, "trash")
