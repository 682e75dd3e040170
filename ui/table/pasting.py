"""What rows pasted from elsewhere would become: looked at first, kept as one step."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from journey.edit import Add, Command
from journey.edit.command import display_name
from journey.model.ids import JourneyId, Kind, Ref
from journey.model.workspace import Entity
from ui.table.columns import Column
from ui.table.edits import Maker, adding, as_one, named_object, set_values
from ui.table.names import journey_of
from ui.table.rows import PastedCell, PastedRow, State
from ui.table.values import RefusedText, UnknownName, parse, read, text_of
from ui.table.words import tr

if TYPE_CHECKING:
    from ui.table.model import TableModel

_LIKE_HEADER: Final = 2


class Answer(StrEnum):
    """What is done about a name nothing is called by."""

    USE = "use"
    MAKE = "make"
    LEAVE = "leave"


@dataclass(slots=True)
class Doubt:
    """A name nothing is called by, and what is to be done about it."""

    name: str
    of: Kind
    nearest: str
    answer: Answer
    can_make: bool
    column: Column
    home: JourneyId | None


@dataclass(slots=True)
class Plan:
    """What a paste would do.

    Attributes:
        wide: cells across. left_out: cells without a column that can be typed in.
    """

    rows: list[PastedRow] = field(default_factory=list)
    doubts: dict[tuple[Kind, str], Doubt] = field(default_factory=dict)
    wide: int = 0
    left_out: int = 0

    def cells(self) -> Iterator[PastedCell]:
        """Yield every cell."""
        for row in self.rows:
            yield from row.cells.values()

    def count(self, *states: State) -> int:
        """Return how many cells are of some states."""
        return sum(1 for cell in self.cells() if cell.state in states)

    @property
    def fresh(self) -> list[PastedRow]:
        """Rows that are added."""
        return [row for row in self.rows if row.is_new and not row.reason]

    @property
    def is_empty(self) -> bool:
        """Whether keeping it would change nothing."""
        changes = self.count(State.CHANGED) or any(
            d.answer is not Answer.LEAVE for d in self.doubts.values()
        )
        return not self.fresh and not changes


class Paster:
    """Plans a paste into a table and makes its command."""

    def __init__(self, model: "TableModel", journey: JourneyId | None) -> None:
        self._model, self._journey = model, journey
        self._maker = Maker(model.workspace, journey)

    def plan(self, rows: Sequence[Sequence[str]], row: int, column: int) -> Plan:
        """Return what pasting rows from a cell on does.

        A first row of column names says which cell belongs where. On the row to type in, and under
        such names, a row whose name is that of a row there is changes that row.
        """
        model = self._model
        columns = list(model.columns[column:])
        named = self._header(rows[0]) if rows else None
        if named is not None:
            rows, columns = rows[1:], named
        by_name = named is not None or row >= len(model.rows)
        plan = Plan(wide=max((len(r) for r in rows), default=0))
        places = self._places(columns) if by_name else {}
        for number, cells in enumerate(rows):
            target = self._target(cells, places, row + number, by_name=by_name)
            plan.rows.append(self._row(plan, target, cells, columns))
        self.settle(plan)
        return plan

    def plan_new(self, rows: Sequence[Sequence[str]], columns: Sequence[Column]) -> Plan:
        """Return what pasting rows as new ones does, a cell for each of the columns."""
        plan = Plan(wide=len(columns))
        plan.rows += [self._row(plan, "", cells, columns) for cells in rows]
        self.settle(plan)
        return plan

    def _header(self, cells: Sequence[str]) -> list[Column] | None:
        """Return the columns a row of their names stands for; None for a row of values."""
        model = self._model
        labels = {model.label(c).casefold(): c for c in model.columns}
        found = [labels.get(cell.strip().casefold()) for cell in cells]
        known = [column for column in found if column is not None]
        if len(known) < min(_LIKE_HEADER, len(cells)) or len(known) * 2 <= len(cells):
            return None
        if len(cells) == 1 and len(model.columns) > 1:
            return None
        return [column or model.columns[-1] for column in found] if None not in found else None

    def _places(self, columns: Sequence[Column]) -> dict[str, list[str]]:
        """Return the rows by their name, where the first pasted column is the name."""
        if not columns or columns[0].key not in ("name", "title"):
            return {}
        ws, kind = self._model.workspace, self._model.kind
        found: dict[str, list[str]] = {}
        for row in self._model.rows:
            name = display_name(ws.find(Ref(kind, row))).casefold()
            found.setdefault(name, []).append(row)
        return found

    def _target(
        self, cells: Sequence[str], places: dict[str, list[str]], row: int, *, by_name: bool
    ) -> str:
        """Return the id of the row some cells belong to, "" for a new one."""
        if by_name:
            name = " ".join(cells[0].split()).casefold() if cells else ""
            waiting = places.get(name)
            return waiting.pop(0) if waiting else ""
        return self._model.rows[row] if row < len(self._model.rows) else ""

    def _row(
        self, plan: Plan, target: str, cells: Sequence[str], columns: Sequence[Column]
    ) -> PastedRow:
        made = PastedRow(target)
        entity = self._model.workspace.find(Ref(self._model.kind, target)) if target else None
        for number, text in enumerate(cells):
            if number >= len(columns) or columns[number].computed:
                plan.left_out += bool(text.strip())
            elif entity is not None or text.strip():
                column = columns[number]
                made.cells[column.key] = self._cell(plan, entity, column, text)
        return made

    def _cell(self, plan: Plan, entity: Entity | None, column: Column, text: str) -> PastedCell:
        model = self._model
        home = self._journey if entity is None else journey_of(model.workspace, entity)
        try:
            value = parse(model.context, column, text, home)
        except UnknownName as error:
            self._doubt(plan, error, column, home)
            return PastedCell(text, State.DOUBT, reason=str(error))
        except RefusedText as error:
            return PastedCell(text, State.REFUSED, reason=str(error))
        shown = text_of(model.context, column, value, home)
        if entity is None:
            return PastedCell(text, State.NEW, value, shown)
        same = read(model.workspace, entity, column) == value
        return PastedCell(text, State.SAME if same else State.CHANGED, value, shown)

    def _doubt(
        self, plan: Plan, error: UnknownName, column: Column, home: JourneyId | None
    ) -> None:
        key = (error.of, error.name.casefold())
        if key in plan.doubts:
            return
        made = named_object(error.of, error.name, self._model.workspace, home)
        answer = Answer.USE if error.nearest else Answer.LEAVE
        plan.doubts[key] = Doubt(
            error.name, error.of, error.nearest, answer, made is not None, column, home
        )

    def settle(self, plan: Plan) -> None:
        """Mark new rows that cannot be rows."""
        maker = self._maker
        for row in plan.rows:
            if not row.is_new:
                continue
            good = (State.NEW, State.DOUBT)
            given = {k: c.value or c.text for k, c in row.cells.items() if c.state in good}
            missing = maker.missing(self._model.kind, given)
            needs = tr("A new row needs: {0}.").format(", ".join(missing))
            row.reason = needs if missing else ""

    def command(self, plan: Plan) -> Command | None:
        """Return the one step that keeps a paste; None where it changes nothing.

        Raises:
            RefusedText: a new row cannot be made.
        """
        ws, kind = self._model.workspace, self._model.kind
        commands: list[Command] = []
        answers = self._answers(plan, commands)
        changed: dict[Ref, dict[str, object]] = {}
        maker, count = Maker(ws, self._journey), 0
        for row in plan.rows:
            values = self._values(row, answers)
            if row.id and values:
                changed[Ref(kind, row.id)] = values
            elif row.is_new and not row.reason and not maker.missing(kind, values):
                commands += adding(maker.make(kind, values), values, ws)
                count += 1
        commands += set_values(ws, changed)
        if not commands:
            return None
        verb = "add" if count and not changed else "change"
        return as_one(commands, verb, kind, count + len(changed))

    def _answers(self, plan: Plan, commands: list[Command]) -> dict[str, object]:
        """Return what unknown names stand for, by the name; makes what is to be made."""
        answers: dict[str, object] = {}
        for doubt in plan.doubts.values():
            if doubt.answer is Answer.USE:
                found = self._model.context.options(doubt.column, doubt.home).find(doubt.nearest)
                if found is not None:
                    answers[doubt.name.casefold()] = found[0]
            elif doubt.answer is Answer.MAKE:
                made = named_object(doubt.of, doubt.name, self._model.workspace, doubt.home)
                if made is not None:
                    commands.append(Add(made))
                    answers[doubt.name.casefold()] = made.id
        return answers

    def _values(self, row: PastedRow, answers: dict[str, object]) -> dict[str, object]:
        values: dict[str, object] = {}
        for key, cell in row.cells.items():
            name = cell.text.strip().casefold()
            if cell.state in (State.NEW, State.CHANGED):
                values[key] = cell.value
            elif cell.state is State.DOUBT and name in answers:
                several = key == "addresses"
                values[key] = (answers[name],) if several else answers[name]
        return values
