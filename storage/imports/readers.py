"""Inspection of every kind of file an import reads: tables here, other kinds by their readers."""

from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Final, cast

from storage.errors import MappingError
from storage.imports.file_kind import look_at_file
from storage.imports.inspect import Inspection, Progress, inspect_file
from storage.imports.mapping import Mapping, propose

Inspect = Callable[[Path], Inspection]
Propose = Callable[[Inspection], Mapping]
_XES: Final = "storage.imports.events_reading"
# Kind of file, which is also the vendor of its inspection -> the module and its functions that
# inspect it and propose a mapping; loaded when such a file comes.
_READERS: Final = {"xes": (_XES, "inspect_xes", "xes_mapping")}


def inspect_any(
    path: Path,
    *,
    sheet: str | None = None,
    encoding: str | None = None,
    whole: bool = True,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Inspection:
    """Say what is in a file of any kind that can be imported.

    Raises:
        ImportProblem: the file cannot be read, or no import reads its kind.
        ImportCancelledError: `cancelled` said so.
    """
    named = _READERS.get(look_at_file(path).kind)
    if named is not None:
        module, function, _ = named
        return cast("Inspect", getattr(import_module(module), function))(path)
    return inspect_file(
        path,
        encoding=encoding,
        sheet=sheet,
        whole=whole,
        progress=progress,
        cancelled=cancelled,
    )


def propose_any(inspection: Inspection) -> Mapping:
    """Return the mapping proposed for a file of any kind that was inspected.

    A table without anything a survey has may be an event log, else a purchase log.
    """
    named = _READERS.get(inspection.vendor)
    if named is not None:
        module, _, function = named
        return cast("Propose", getattr(import_module(module), function))(inspection)
    proposed = propose(inspection)
    if _says_nothing(proposed) and inspection.vendor == "plain":
        with suppress(MappingError):
            return _propose_events(inspection)
        with suppress(MappingError):
            return _propose_purchases(inspection)
    return proposed


def _says_nothing(mapping: Mapping) -> bool:
    asked = (mapping.questions, mapping.pain_points, mapping.comments)
    return not (any(asked) or mapping.long or mapping.outcome or mapping.events)


def _propose_events(inspection: Inspection) -> Mapping:
    from storage.imports.events_reading import propose_events

    return propose_events(inspection.path)


def _propose_purchases(inspection: Inspection) -> Mapping:
    from storage.imports.purchases_reading import propose_purchases

    return propose_purchases(inspection.path)
