"""The sample workspace, made the way a user would: load a workspace, import its surveys."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.resources import as_file, files
from pathlib import Path

from journey.model.workspace import Workspace
from journey.quarter.freeze import FreezeQuarter
from storage.document import WINDOW, Document
from storage.evidence.store import EvidenceStore
from storage.imports.events import import_events
from storage.imports.mapping import parse_mapping
from storage.imports.survey import import_survey
from storage.openformats.load import load
from storage.quarters import read_to_freeze

SURVEYS = ("first_year", "mortgage")
QUARTERS = ("2026Q3", "2026Q4")
# The moment the first quarter was frozen, in the sample's story.
FROZEN_AT = datetime(2026, 10, 5, 9, tzinfo=UTC)

Progress = Callable[[int, int], None]
# What makes a quarter ready to be kept: those who can draw put its maps in.
Readied = Callable[[FreezeQuarter, Workspace], FreezeQuarter]


def as_it_is(command: FreezeQuarter, _ws: Workspace) -> FreezeQuarter:
    """Return a quarter as it was read, without maps."""
    return command


@contextmanager
def sample_folder() -> Iterator[Path]:
    """Give the folder with the sample's files, wherever the package lies."""
    with as_file(files("resources") / "sample") as folder:
        yield folder


def make_sample(
    path: Path,
    progress: Progress | None = None,
    *,
    purpose: str = WINDOW,
    frozen: bool = True,
    readied: Readied = as_it_is,
) -> Document:
    """Make the sample workspace at `path` and return it open, published.

    Args:
        purpose: as of `Document.create`.
        frozen: whether the first quarter is frozen, as the sample's story has it.
        readied: what else is kept with that quarter.

    Raises:
        TargetError: it cannot be written; nothing is left behind.
    """
    steps = [(survey, quarter) for quarter in QUARTERS for survey in SURVEYS]
    with sample_folder() as folder:
        loaded = load(folder / "havnbank.json")
        document = Document.create(path, loaded.workspace, purpose=purpose)
        try:
            for done, (survey, quarter) in enumerate(steps):
                mapping = parse_mapping((folder / f"{survey}.toml").read_text("utf-8"))
                result = import_survey(document, folder / f"{survey}_{quarter}.csv", mapping)
                assert result.command is not None
                document.write(result.command.do(document.workspace))
                if progress is not None:
                    progress(done + 1, len(steps))
            _import_events(document, folder)
            if frozen:
                _freeze_the_first(document, readied)
            document.publish()
        except BaseException:
            document.close(publish=False)
            path.unlink(missing_ok=True)
            raise
    return document


def _freeze_the_first(document: Document, readied: Readied) -> None:
    """Freeze the first quarter, so that the second has one to be compared with."""
    ws, store = document.workspace, EvidenceStore(document.engine)
    kept = read_to_freeze(ws, store, QUARTERS[0])
    document.write(readied(kept.command(FROZEN_AT), ws).do(ws))


def _import_events(document: Document, folder: Path) -> None:
    """Take in the log of the ways customers went to an account."""
    mapping = parse_mapping((folder / "account_paths.toml").read_text("utf-8"))
    result = import_events(document, folder / "account_paths.csv", mapping)
    assert result.command is not None
    document.write(result.command.do(document.workspace))
