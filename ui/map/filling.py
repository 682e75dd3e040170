"""What pasted rows of text become: one command for all of them, counted before it is run."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from journey.edit import Add, AddTouchpoint, Command, SetTouchpoint
from journey.model.ids import JourneyId, Kind, LeaderId, PersonaId, Ref, StageId, new_id
from journey.model.people import Leader
from journey.model.text import clean_name
from journey.model.workspace import Workspace, ordered_stages
from ui.clipboard import without_bullet
from ui.map import edits
from ui.map.cursor import STAGE_ROW, Cursor
from ui.map.edits import Target, place_in_stage
from ui.map.lanes import LaneKind
from ui.map.layout import MapLayout

Rows = Sequence[Sequence[str]]


@dataclass(slots=True)
class Filling:
    """What a paste would do.

    Attributes:
        commands: in order; each sees what those before it did.
        made: objects that are added. samples: their texts.
        changed: cells that get another value. left_out: cells with no place for them.
    """

    commands: list[Command] = field(default_factory=list)
    made: list[Ref] = field(default_factory=list)
    samples: list[str] = field(default_factory=list)
    changed: int = 0
    left_out: int = 0

    def add(self, made: "edits.Made | None", text: str) -> None:
        """Take an object that is added; None is a cell without a place."""
        if made is None:
            self.left_out += 1
            return
        self.commands.append(made.command)
        self.made.append(made.ref)
        self.samples.append(text)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where rows are pasted: the workspace, its map, and the cell they begin at."""

    workspace: Workspace
    journey: JourneyId
    layout: MapLayout
    cursor: Cursor
    persona: PersonaId | None = None


def fill(sheet: Sheet, rows: Rows) -> Filling:
    """Return what pasting rows at a cell does: columns are touchpoints, rows their cards."""
    filling = Filling()
    if sheet.cursor.lane == STAGE_ROW:
        _stages(sheet, rows, filling)
        return filling
    kind = sheet.layout.lanes[sheet.cursor.lane].spec.kind
    if kind is LaneKind.TOUCHPOINTS:
        _touchpoints(sheet, rows, filling)
    elif kind is LaneKind.OWNER:
        _owners(sheet, rows, filling)
    elif kind is LaneKind.EXPERIENCE:
        _judgements(sheet, rows, filling)
    else:
        _cards(sheet, rows, filling)
    return filling


def _cells(rows: Rows) -> Iterator[tuple[int, str]]:
    """Yield the column and the text of every cell that says something, column by column."""
    wide = max((len(row) for row in rows), default=0)
    for column in range(wide):
        for row in rows:
            text = without_bullet(row[column]) if column < len(row) else ""
            if text:
                yield column, text


def _target(sheet: Sheet, across: int) -> Target | None:
    """Return the cell some columns right of the first, None past the map or without touchpoint."""
    column = sheet.cursor.column + across
    if column >= len(sheet.layout.columns):
        return None
    spec, cells = sheet.layout.lanes[sheet.cursor.lane].spec, sheet.layout.columns[column]
    touchpoint = cells.touchpoint.id if cells.touchpoint else None
    return Target(spec.kind, None, touchpoint, cells.source.stage, spec.lane)


def _cards(sheet: Sheet, rows: Rows, filling: Filling) -> None:
    for across, text in _cells(rows):
        target = _target(sheet, across)
        made = edits.new(sheet.workspace, sheet.journey, target, text) if target else None
        filling.add(made, text)


def _touchpoints(sheet: Sheet, rows: Rows, filling: Filling) -> None:
    """A row or a column of names alike: touchpoints behind the one under the cursor."""
    cells = sheet.layout.columns[sheet.cursor.column]
    stage, index = cells.source.stage, 0
    if cells.touchpoint is not None:
        stage, index = place_in_stage(sheet.workspace, cells.touchpoint.id)
        index += 1
    texts = [without_bullet(cell) for row in rows for cell in row]
    for number, text in enumerate(text for text in texts if text):
        made = edits.new_touchpoint(stage, text, index + number) if stage else None
        filling.add(made, text)


def _stages(sheet: Sheet, rows: Rows, filling: Filling) -> None:
    """The first row are stages; what stands under one are its touchpoints.

    A single column of names is a list of stages.
    """
    order = ordered_stages(sheet.workspace, sheet.journey)
    at, wide = sheet.cursor.column, sheet.layout.columns
    here = wide[at].source.stage if at < len(wide) else None
    index = next((n + 1 for n, stage in enumerate(order) if stage.id == here), len(order))
    listed = all(len(row) == 1 for row in rows)
    grid: Rows = [[row[0] for row in rows]] if listed else rows
    number = 0
    for column, name in enumerate(grid[0] if grid else ()):
        text = without_bullet(name)
        if not text:
            continue
        made = edits.new_stage(sheet.journey, text, index + number)
        number += 1
        filling.add(made, text)
        for row in grid[1:]:
            below = without_bullet(row[column]) if column < len(row) else ""
            if below:
                command = AddTouchpoint(StageId(made.ref.id), below)
                filling.add(edits.Made(command, Ref(Kind.TOUCHPOINT, command.id)), below)


def _owners(sheet: Sheet, rows: Rows, filling: Filling) -> None:
    leaders = {x.name.casefold(): x.id for x in sheet.workspace.leaders.values()}
    for across, text in enumerate(rows[0] if rows else ()):
        name, target = clean_name(text), _target(sheet, across)
        if not name:
            continue
        if target is None or target.touchpoint is None:
            filling.left_out += 1
            continue
        if name.casefold() not in leaders:
            leader = Leader(LeaderId(new_id(Kind.LEADER)), name)
            leaders[name.casefold()] = leader.id
            filling.add(edits.Made(Add(leader), Ref(Kind.LEADER, leader.id)), name)
        owner = leaders[name.casefold()]
        filling.commands.append(SetTouchpoint([target.touchpoint], owner=owner))
        filling.changed += 1


def _judgements(sheet: Sheet, rows: Rows, filling: Filling) -> None:
    for across, text in enumerate(rows[0] if rows else ()):
        target = _target(sheet, across)
        command = None
        if target is not None and target.touchpoint is not None and text:
            judged = replace(target, kind=LaneKind.EXPERIENCE)
            command = edits.write(sheet.workspace, sheet.journey, judged, text, sheet.persona)
        if command is not None:
            filling.commands.append(command)
            filling.changed += 1
        elif text:
            filling.left_out += 1
