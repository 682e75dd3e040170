"""Reading a Waymark JSON: strict about what it says, friendly about what it leaves out."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from journey.model.ids import PurchaseLogId, SurveyId
from journey.model.workspace import Workspace
from storage.errors import DumpError
from storage.evidence.layout import Response
from storage.openformats import shapes
from storage.openformats.answers import AnswerReader
from storage.openformats.codecs import read_object
from storage.openformats.entities import Building, Note
from storage.openformats.event_logs import LoadedLog, is_ours, read_log
from storage.openformats.purchase import Purchase
from storage.openformats.stream import Item, top_level_items

T = TypeVar("T")
_LISTS = frozenset(shapes.TOP_LEVEL) - {"format", "workspace", "assumptions"}


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a Waymark JSON holds. Answers are read again from the file, one at a time.

    Attributes:
        event_logs: as they came; imported_logs: those of them that are ours, read.
        answers: how many each survey has.
        notes: what was left out or cleaned, with its JSON path.
    """

    path: Path
    workspace: Workspace
    purchases: tuple[Purchase, ...]
    event_logs: tuple[Mapping[str, object], ...]
    imported_logs: tuple[LoadedLog, ...]
    answers: Mapping[SurveyId, int]
    notes: tuple[Note, ...]
    in_order: bool

    def responses(self) -> Iterator[tuple[SurveyId, Response]]:
        """Yield the answers survey by survey, by id, within a survey in file order.

        A file whose surveys are mixed is read once per survey.
        """
        reader = AnswerReader(self.workspace)
        if self.in_order:
            yield from _answers(self.path, reader)
            return
        for survey in sorted(self.answers):
            rows = _answers(self.path, reader)
            yield from ((found, row) for found, row in rows if found == survey)


def load(path: Path) -> Loaded:
    """Read and check a whole Waymark JSON; every answer is checked, none is kept.

    Raises:
        ImportProblem: missing, a directory, blank, not UTF-8.
        DumpError: not a Waymark JSON, or a value that cannot be; `facts["place"]` is its JSON path
            and `facts["detail"]` says what was found.
    """
    found, first_look = _gather(path)
    ws, notes = Building(found, first_look).workspace()
    reader = AnswerReader(ws)
    counts: dict[SurveyId, int] = defaultdict(int)
    in_order, last = True, ""
    for survey, _ in _answers(path, reader):
        counts[survey] += 1
        in_order = in_order and last <= survey
        last = survey
    for survey, count in counts.items():
        ws.put(replace(ws.surveys[survey], records=count))
    purchases = _each(found, "purchases", reader.purchase)
    logs = _each(found, "event_logs", read_object)
    _count_purchases(ws, purchases)
    events = tuple(
        read_log(log, f"event_logs[{i}]", ws) for i, log in enumerate(logs) if is_ours(log)
    )
    for loaded in events:
        if loaded.log.id in ws.event_logs:
            raise DumpError("duplicate_id", place="event_logs", detail=repr(loaded.log.id))
        ws.put(loaded.log)
    return Loaded(path, ws, purchases, logs, events, dict(counts), notes, in_order)


def _count_purchases(ws: Workspace, purchases: Iterable[Purchase]) -> None:
    """Put the counts of the purchase logs, which are derived and stand nowhere."""
    customers: dict[PurchaseLogId, list[str]] = defaultdict(list)
    for purchase in purchases:
        if purchase.log is not None:
            customers[purchase.log].append(purchase.customer)
    for log, names in customers.items():
        ws.put(replace(ws.purchase_logs[log], purchases=len(names), customers=len(set(names))))


def _answers(path: Path, reader: AnswerReader) -> Iterator[tuple[SurveyId, Response]]:
    for key, element, value in top_level_items(path):
        if key == "responses" and element is not None:
            yield reader.response(value, f"responses[{element}]")


def _each(found: Mapping[str, object], key: str, read: Callable[[object, str], T]) -> tuple[T, ...]:
    rows = found.get(key)
    assert rows is None or isinstance(rows, list)
    return tuple(read(row, f"{key}[{i}]") for i, row in enumerate(rows or ()))


def _gather(path: Path) -> tuple[dict[str, object], list[Note]]:
    """Return every top-level value but the answers, and notes on keys nobody knows."""
    found: dict[str, object] = {}
    notes: list[Note] = []
    for item in top_level_items(path):
        if item.key not in shapes.TOP_LEVEL:
            if not item.element:
                notes.append(Note("unknown_field", item.key))
        elif item.element is not None:
            rows = found.setdefault(item.key, [])
            assert isinstance(rows, list)
            if item.key != "responses":
                rows.append(item.value)
        elif item.value is not None:
            found[item.key] = item.value
        _require_format(item)
    if found.get("format") != shapes.FORMAT:
        raise DumpError("not_waymark_json", place="format", detail="")
    for key in found.keys() & _LISTS:
        if not isinstance(found[key], list):
            raise DumpError("wrong_type", place=key, detail="expected list")
    return found, notes


def _require_format(item: Item) -> None:
    """Refuse another format as soon as its name is read."""
    if item.key != "format" or item.value == shapes.FORMAT:
        return
    stem = shapes.FORMAT.partition("/")[0]
    newer = isinstance(item.value, str) and item.value.startswith(f"{stem}/")
    reason = "newer_format" if newer else "not_waymark_json"
    raise DumpError(reason, place="format", detail=repr(item.value)[:60])
