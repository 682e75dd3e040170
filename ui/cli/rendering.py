"""The command that draws a journey: render."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from journey.model.ids import JourneyId, PersonaId, QuarterId
from journey.model.workspace import Workspace as WorkspaceModel
from journey.model.workspace import ordered_journeys
from ui.cli.answers import quarters_with_evidence
from ui.cli.calls import CallError, find_journey, find_quarter
from ui.cli.options import Json, Workspace
from ui.cli.output import print_json, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from storage.document import ReadDocument
    from storage.evidence import MetricRow
    from ui.map.figures import MapFigures
    from ui.render.subject import Subject

HTML = ".html"
DRAWS, SEED = 1000, 1
ENDINGS = (".svg", ".pdf", ".png", ".html")


class View(StrEnum):
    """What of a journey is drawn."""

    MAP = "map"
    FLOW = "flow"


class Look(StrEnum):
    """The colours."""

    LIGHT = "light"
    DARK = "dark"


class PageSize(StrEnum):
    """The paper of a PDF."""

    SHEET = "sheet"
    A4 = "A4"
    A3 = "A3"
    A2 = "A2"
    A1 = "A1"
    A0 = "A0"


def render(
    file: Workspace,
    *,
    to: Annotated[
        Path, typer.Option("--to", metavar="OUT", help="A .svg, .pdf, .png or .html to write.")
    ],
    journey: Annotated[
        str | None,
        typer.Option("--journey", metavar="NAME", help="Which journey; by default the first."),
    ] = None,
    view: Annotated[View, typer.Option("--view", help="What is drawn.")] = View.MAP,
    theme: Annotated[Look, typer.Option("--theme", help="The colours.")] = Look.LIGHT,
    page: Annotated[
        PageSize,
        typer.Option(
            "--page",
            case_sensitive=False,
            help="Paper of a PDF: one sheet as large as the picture, or pages of a size.",
        ),
    ] = PageSize.SHEET,
    one_sheet: Annotated[
        bool, typer.Option("--one-sheet", help="Everything on one page of that size.")
    ] = False,
    scale: Annotated[
        float | None,
        typer.Option("--scale", min=0.1, max=10.0, help="1 is 100 %; a PNG has 2 by default."),
    ] = None,
    transparent: Annotated[
        bool, typer.Option("--transparent", help="Leave the ground unpainted.")
    ] = False,
    lane: Annotated[
        list[str] | None,
        typer.Option("--lane", metavar="NAME", help="Only this lane of the map; repeatable."),
    ] = None,
    persona: Annotated[
        str | None,
        typer.Option("--persona", metavar="NAME", help="Whose judged experience is drawn."),
    ] = None,
    quarter: Annotated[
        str | None,
        typer.Option("--quarter", help="Whose figures stand on the map; by default the latest."),
    ] = None,
    json: Json = False,
) -> None:
    """Draw a journey as a picture or a page to share.

    The format is told by the ending of OUT, which is replaced whole.

    Example: waymark render bank.waymark --to map.pdf --page A3
    """
    _require_fitting(to, view, page, one_sheet=one_sheet)
    # Qt is loaded by this command alone, and only now.
    from storage.document import read_document
    from ui.render.offscreen import drawing_application

    drawing_application()
    with read_document(file) as document:
        subject = _subject(document, journey, persona, quarter, lane)
    if to.suffix.lower() == HTML:
        written = _write_page(subject, to, theme)
    else:
        wish = _Wish(view, theme, page.value, one_sheet, scale, transparent)
        written = _write_picture(subject, to, wish)
    name = subject.workspace.journeys[subject.journey].name
    if json:
        answer = {"file": str(written), "journey": name, "view": view.value}
        print_json({**answer, "quarter": subject.quarter})
    else:
        say(f"Wrote {written}.")


def _require_fitting(to: Path, view: View, page: PageSize, *, one_sheet: bool) -> None:
    ending = to.suffix.lower()
    if ending not in ENDINGS:
        told = f"“{to.suffix}”" if to.suffix else "a name without an ending"
        raise CallError(f"{to}: {told} is no picture that is drawn here.", ENDINGS)
    if ending == HTML and view is not View.MAP:
        raise CallError("A page to share holds the map; leave out --view.")
    if one_sheet and page is PageSize.SHEET:
        raise CallError("--one-sheet needs a size, as --page A0.")
    if ending != ".pdf" and page is not PageSize.SHEET:
        raise CallError("--page is for PDF.")


def _subject(
    document: "ReadDocument",
    journey: str | None,
    persona: str | None,
    quarter: str | None,
    lanes: "Sequence[str] | None",
) -> "Subject":
    from ui.render.subject import Subject

    ws = document.workspace
    if not ws.journeys:
        raise CallError("There is no journey in this workspace.")
    chosen = find_journey(ws, journey) or ordered_journeys(ws)[0].id
    whose = _persona(ws, persona)
    keys = _lanes(ws, chosen, lanes) if lanes else None
    figures, of_quarter = _figures(document, quarter)
    return Subject(ws, chosen, figures, of_quarter, whose, keys)


def _persona(ws: WorkspaceModel, name: str | None) -> PersonaId | None:
    if name is None:
        return None
    return PersonaId(_found("persona", name, {p.name: p.id for p in ws.personas.values()}))


def _lanes(ws: WorkspaceModel, journey: JourneyId, names: "Sequence[str]") -> frozenset[str]:
    from ui.map.lanes import lane_prefs, lane_specs
    from ui.map.words import lane_name

    specs = lane_specs(ws, journey, lane_name, lane_prefs(ws.journeys[journey]))
    keys = {spec.name: spec.key for spec in specs}
    return frozenset(_found("lane", name, keys) for name in names)


def _found(what: str, name: str, known: Mapping[str, str]) -> str:
    for found, key in known.items():
        if found.casefold() == name.casefold():
            return key
    near = get_close_matches(name, known, 3, 0.4) or list(known)
    raise CallError(f"The journey has no {what} “{name}”.", near)


def _figures(document: "ReadDocument", asked: str | None) -> "tuple[MapFigures, str | None]":
    """Return what stands on the map: frozen figures of a frozen quarter, else the evidence's."""
    from journey.quarter.record import has_record
    from journey.quarter.record import ranking_of as frozen_ranking
    from storage.evidence.metrics import metric_rows
    from storage.evidence.store import EvidenceStore
    from storage.quarters import metrics_of_quarter
    from ui.cli.lists import ranking_of
    from ui.map_figures import map_figures

    ws, store = document.workspace, EvidenceStore(document.engine)
    quarter = find_quarter(asked, quarters_with_evidence(ws, store), ws.quarters)
    frozen = ws.quarters.get(QuarterId(quarter)) if quarter is not None else None
    then = metrics_of_quarter(ws, quarter, by_segment=False)
    if frozen is not None and has_record(frozen) and then is not None:
        # A frozen figure is read just as a fresh one.
        rows = cast("list[MetricRow]", then[1])
        return map_figures(ws, rows, frozen_ranking(frozen), quarter), quarter
    ranking = ranking_of(document, quarter, DRAWS, SEED)
    return map_figures(ws, metric_rows(ws, store, quarter), ranking, quarter), quarter


@dataclass(frozen=True, slots=True)
class _Wish:
    view: View
    look: Look
    page: str
    one_sheet: bool
    scale: float | None
    transparent: bool


def _write_picture(subject: "Subject", to: Path, wish: _Wish) -> Path:
    from ui.render import subject as drawing
    from ui.render.looks import theme_named
    from ui.render.order import Format, Order, PictureTooLargeError
    from ui.render.writing import parts

    theme = theme_named(wish.look.value, transparent=wish.transparent)
    picture = drawing.draw(subject, drawing.View(wish.view.value), theme)
    order = Order(Format(to.suffix.lower()[1:]), wish.scale, wish.page, wish.one_sheet)
    try:
        return _put(to, parts(picture, order))
    except PictureTooLargeError as error:
        raise CallError(
            f"The picture would have {error.pixels // 1_000_000} megapixels, more than programs "
            f"open; --scale {error.scale:g} is the most."
        ) from error


def _write_page(subject: "Subject", to: Path, look: Look) -> Path:
    from ui.share.page import share_page

    return _put(to, iter((share_page(subject, dark=look is Look.DARK),)))


def _put(to: Path, parts: "Iterator[bytes]") -> Path:
    """Write a target whole or not at all; a picture that cannot be drawn leaves it as it was."""
    from storage.exports.target import replacing

    first = next(parts)
    with replacing(to) as target:
        target.file.write(first)
        for part in parts:
            target.file.write(part)
    return target.path
