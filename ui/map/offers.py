"""What the map can do, by name: every entry of its menus that needs no place to be pointed at."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from journey.model.ids import Kind, PersonaId
from ui.map import words
from ui.map.lanes import LaneKind, added_lanes
from ui.offers import Offer

if TYPE_CHECKING:
    from ui.map.view import MapView


def offers(view: "MapView") -> list[Offer]:
    """Return what can be done on a map now; what cannot says so."""
    return [*_moving(view), *_adding(view), *_changing(view), *_lanes(view), *_people(view)]


def lock_offer(view: "MapView") -> Offer:
    """Return the offer to lock the journey's structure, or to unlock it."""
    sign = "lock-simple-open" if view.lock.is_on else "lock-simple"
    return Offer(view.lock.action.text(), sign, view.lock.toggle, on=not view.read_only)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Map", text)


def _moving(view: "MapView") -> Iterator[Offer]:
    canvas, chosen = view.canvas, bool(view.selection.refs)
    yield Offer(_tr("Fit the whole map"), "corners-out", view.fit, "Ctrl+0")
    yield Offer(_tr("Zoom in"), "plus", lambda: canvas.step_zoom(1), "Ctrl++")
    yield Offer(_tr("Zoom out"), "minus", lambda: canvas.step_zoom(-1), "Ctrl+-")
    yield Offer(
        _tr("Zoom to the selection"), "corners-out", view.zoom_to_selection, "Ctrl+.", chosen
    )
    yield Offer(_tr("Find and replace"), "magnifying-glass", view.find_bar.open, "Ctrl+H")


def _adding(view: "MapView") -> Iterator[Offer]:
    acts, may = view.acts, not view.read_only
    free = may and not view.lock.is_on
    yield Offer(_tr("Add a stage"), "flag", acts.add_stage, on=free)
    yield Offer(_tr("Add a touchpoint"), "map-pin", acts.add_touchpoint, on=free)
    for kind, text, sign in (
        (LaneKind.PAIN_POINTS, _tr("Add a pain point here"), "warning"),
        (LaneKind.IMPROVEMENTS, _tr("Add an improvement here"), "lightbulb"),
        (LaneKind.STRENGTHS, _tr("Add a strength here"), "heart"),
        (LaneKind.KPIS, _tr("Add a KPI here"), "target"),
    ):
        yield Offer(text, sign, view.menus.adder(kind), on=may and view.cell is not None)
    for content, text, sign in added_lanes():
        yield Offer(text, sign, _lane_adder(view, content), on=free)


def _lane_adder(view: "MapView", content: str) -> Callable[[], object]:
    return lambda: view.acts.add_lane(content)


def _changing(view: "MapView") -> Iterator[Offer]:
    acts, clips, refs, may = view.acts, view.clips, view.selection.refs, not view.read_only
    chosen = bool(refs)
    yield Offer(_tr("Cut"), "scissors", clips.cut, "Ctrl+X", may and chosen)
    yield Offer(_tr("Copy"), "copy", clips.copy, "Ctrl+C", chosen)
    yield Offer(_tr("Copy the whole journey"), "copy", clips.copy_journey)
    yield Offer(_tr("Paste"), "clipboard-text", clips.paste, "Ctrl+V", may)
    yield Offer(_tr("Duplicate"), "copy-simple", acts.duplicate, "Ctrl+D", may and chosen)
    yield Offer(_tr("Delete what is selected"), "trash", acts.delete, "Del", may and chosen)
    owner: Callable[[], object] = lambda: view.writing.edit_owner(refs)  # noqa: E731
    yield Offer(_tr("Set the owner"), "user", owner, "Ctrl+L", may and chosen)
    several = sum(ref.kind is Kind.TOUCHPOINT for ref in refs) > 1
    text = _tr("Draw a transition between the selected touchpoints")
    yield Offer(text, "flow-arrow", acts.link_selected, "Ctrl+J", may and several)
    yield lock_offer(view)


def _lanes(view: "MapView") -> Iterator[Offer]:
    for spec in view.board.specs:
        hidden = spec.key in view.board.shape.hidden
        text = _tr("Show the lane %1") if hidden else _tr("Hide the lane %1")
        sign = "eye" if hidden else "eye-slash"
        yield Offer(text.replace("%1", spec.name), sign, _toggler(view, spec.key))


def _toggler(view: "MapView", key: str) -> Callable[[], object]:
    return lambda: view.choices.toggle(key)


def _people(view: "MapView") -> Iterator[Offer]:
    people = sorted(view.workspace.personas.values(), key=lambda p: p.name.casefold())
    if not people:
        return
    named: list[tuple[PersonaId | None, str]] = [(None, words.everyone())]
    for persona, name in [*named, *((p.id, p.name) for p in people)]:
        text = _tr("Show the experience as judged by %1").replace("%1", name)
        yield Offer(text, "user", _judge(view, persona), on=persona != view.persona)


def _judge(view: "MapView", persona: PersonaId | None) -> Callable[[], object]:
    return lambda: view.set_persona(persona)
