"""Mutated files of every format: read, or refused by an error that says why; nothing else."""

import contextlib
import gzip
import importlib
import io
import os
import random
import shutil
import signal
import sys
import threading
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.reliability.kills import Events, Kpis, Purchases, Surveys
from benchmarks.reliability.mutants import spoilt, spoilt_archive, spoilt_json
from journey.model.template import new_workspace
from storage.document import Document
from storage.errors import DumpError, ImportProblem, MappingError
from storage.imports import child, child_process
from storage.imports.events import import_events
from storage.imports.events_reading import propose_events
from storage.imports.inspect import inspection_facts
from storage.imports.kpi import import_kpi
from storage.imports.mapping import Mapping, parse_mapping, propose, write_mapping
from storage.imports.purchases import import_purchases
from storage.imports.purchases_reading import propose_purchases
from storage.imports.readers import inspect_any
from storage.imports.survey import import_survey
from storage.openformats.convert import opened, write
from storage.openformats.load import load

FIXTURES = Path(__file__).resolve().parents[2] / "tests" / "fixtures"
ALLOWED = (ImportProblem, MappingError, DumpError)
SLOW_SECONDS = 30
Take = Callable[[Document, Path], None]
Spoil = Callable[[bytes, random.Random], bytes]


class _TooSlowError(BaseException):
    """A file took longer than any of this size may."""


def _survey(document: Document, path: Path) -> None:
    found = inspect_any(path)
    inspection_facts(found)
    mapping = propose(found)
    assert parse_mapping(write_mapping(mapping)) == mapping
    import_survey(document, path, mapping, create=True, dry_run=True)


def _survey_by_mapping(document: Document, path: Path) -> None:
    mapping = parse_mapping(Surveys.mapping)
    import_survey(document, path, mapping, create=True, dry_run=True)


def _either(one: Take, other: Take) -> Take:
    def take(document: Document, path: Path) -> None:
        (one if path.stat().st_size % 2 else other)(document, path)

    return take


def _events(document: Document, path: Path) -> None:
    import_events(document, path, propose_events(path), create=True, dry_run=True)


def _kpi(document: Document, path: Path) -> None:
    import_kpi(document.workspace, path, Mapping(), create=True, dry_run=True)


def _purchases(document: Document, path: Path) -> None:
    import_purchases(document, path, propose_purchases(path), create=True, dry_run=True)


def _load(_document: Document, path: Path) -> None:
    loaded = load(path)
    with opened(path) as found:
        write(found, path.with_name("again.json"))
    assert load(path.with_name("again.json")).workspace == loaded.workspace


def _convert(_document: Document, path: Path) -> None:
    with opened(path) as found:
        for ending in ("json", "mmd", "ojf", "graphml"):
            if ending == "json" or found.workspace.journeys:
                journey = next(iter(found.workspace.journeys), None)
                write(found, path.with_name(f"again.{ending}"), journey)
    load(path.with_name("again.json"))


def _mapping(document: Document, path: Path) -> None:
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        return  # the border is read_mapping, which says so
    mapping = parse_mapping(text)
    again = parse_mapping(write_mapping(mapping))
    assert again == mapping
    answers = path.with_name("answers.csv")
    import_survey(document, answers, mapping, create=True, dry_run=True)


def _pack(_document: Document, path: Path) -> None:
    from storage.returns.reading import read_returned

    read_returned(path)


class Format:
    """One format: the whole files it begins with, how they are spoilt and who takes them."""

    def __init__(self, ending: str, seeds: list[bytes], spoil: Spoil, take: Take) -> None:
        self.ending, self.seeds, self.spoil, self.take = ending, seeds, spoil, take


def formats(folder: Path, name: str) -> dict[str, Format]:
    """Return every format, with whole files made in `folder`; that of packs only if named."""
    chance = random.Random(1)
    texts: dict[str, bytes] = {}
    for made in (Surveys, Kpis, Events, Purchases):
        maker = made(folder / made.__name__, chance)
        texts[made.kind] = maker.files[0].read_bytes()
    vendors = [p.read_bytes() for p in sorted((FIXTURES / "imports").glob("*.*"))]
    jsons = [p.read_bytes() for p in (FIXTURES / "json").glob("*.json")]
    maps = [p.read_bytes() for p in (FIXTURES / "openformats").iterdir()]
    ojf, mmd = _open_formats(folder, jsons)
    from benchmarks.reliability.seeds import ods, pack, sav, xes, xlsx, zips

    toml = [Surveys.mapping.encode(), Events.mapping.encode(), Purchases.mapping.encode()]
    anything = _either(_survey, _survey_by_mapping)
    legacy = [(FIXTURES / "imports" / "old_workbook.xls").read_bytes()]
    ojf += [m for m in maps if m.lstrip()[:1] == b"{"]
    mmd += [m for m in maps if m.lstrip()[:1] != b"{"]
    return {
        "csv": Format("csv", [texts["survey"], *vendors], spoilt, anything),
        "kpi_csv": Format("csv", [texts["kpi"]], spoilt, _kpi),
        "events_csv": Format("csv", [texts["events"]], spoilt, _events),
        "purchases_csv": Format("csv", [texts["purchases"]], spoilt, _purchases),
        "csv_zip": Format("zip", zips(texts["survey"]), spoilt, anything),
        "csv_gz": Format("csv.gz", [gzip.compress(texts["survey"])], spoilt, anything),
        "xlsx": Format("xlsx", [xlsx(texts["survey"])], spoilt_archive, anything),
        "ods": Format("ods", [ods(texts["survey"])], spoilt_archive, anything),
        "xls": Format("xls", legacy, spoilt, _survey),
        "sav": Format("sav", [sav(folder)], spoilt, _survey),
        "xes": Format("xes", [xes()], spoilt, _events),
        "json": Format("json", jsons, spoilt_json, _load),
        "ojf": Format("ojf", ojf, spoilt_json, _convert),
        "mmd": Format("mmd", mmd, spoilt, _convert),
        "toml": Format("toml", toml, spoilt, _mapping),
        "pack": Format("xlsx", [pack(folder)] if name == "pack" else [], spoilt_archive, _pack),
    }


def _open_formats(folder: Path, jsons: list[bytes]) -> tuple[list[bytes], list[bytes]]:
    source = folder / "source.json"
    source.write_bytes(jsons[0])
    made = []
    with opened(source) as found:
        journey = next(iter(found.workspace.journeys))
        for ending in ("ojf", "mmd"):
            target = folder / f"source.{ending}"
            write(found, target, journey)
            made.append([target.read_bytes()])
    return made[0], made[1]


def run(name: str, folder: Path, trials: int, seed: int) -> Counter[str]:
    """Take so many spoilt files of a format and return the counts; the wrong ones are kept."""
    os.environ["WAYMARK_STATE_DIR"] = str(folder / "state")
    chance = random.Random(f"{name} {seed}")
    (folder / "whole").mkdir()
    form = formats(folder / "whole", name)[name]
    (folder / "answers.csv").write_bytes(Surveys(folder / "m", chance).files[0].read_bytes())
    total: Counter[str] = Counter()
    with Document.create(folder / "doc.waymark", new_workspace("Mutants")) as document, _forking():
        before = document.content_sha256()
        for number in range(trials):
            path = folder / f"mutant.{form.ending}"
            path.write_bytes(form.spoil(chance.choice(form.seeds), chance))
            total["trials"] += 1
            outcome = _outcome(form.take, document, path)
            total[outcome] += 1
            if outcome in ("error", "slow"):
                shutil.copyfile(path, Path(os.environ.get("WAYMARK_MUTANTS", str(folder)))
                                / f"{name}-{seed}-{number}.{form.ending}")  # fmt: skip
        total["changed"] += document.content_sha256() != before
    return total


def _outcome(take: Take, document: Document, path: Path) -> str:
    def too_slow(_signal: int, _frame: object) -> None:
        raise _TooSlowError

    signal.signal(signal.SIGALRM, too_slow)
    signal.alarm(SLOW_SECONDS)
    try:
        take(document, path)
    except ALLOWED:
        return "refused"
    except _TooSlowError:
        traceback.print_exc()
        return "slow"
    except BaseException:  # noqa: BLE001 - whatever comes out is what is counted
        traceback.print_exc()
        return "error"
    finally:
        signal.alarm(0)
    return "taken"


class _Forked:
    """Stands for the child process of the reader: the same program, without starting Python."""

    def __init__(self, words: list[str], **_more: Any) -> None:
        reading, writing = os.pipe()
        sys.stdout.flush()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(reading)
            _be_child(words, writing)
        os.close(writing)
        self.stdout = os.fdopen(reading, "rb")
        self.returncode: int | None = None
        self._waiting = threading.Lock()

    def poll(self) -> int | None:
        """Return how it ended, if it did; at once, whoever waits for it."""
        if self._waiting.acquire(blocking=False):
            try:
                self._wait(os.WNOHANG)
            finally:
                self._waiting.release()
        return self.returncode

    def wait(self) -> int | None:
        """Wait for its end."""
        with self._waiting:
            self._wait(0)
        return self.returncode

    def kill(self) -> None:
        """End it, if it has not ended, as the real one does."""
        if self.poll() is None:
            os.kill(self.pid, signal.SIGKILL)

    def _wait(self, how: int) -> None:
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, how)
            if pid:
                self.returncode = os.waitstatus_to_exitcode(status)


def _be_child(words: list[str], writing: int) -> None:
    code = 1
    try:
        signal.alarm(0)
        sys.argv = ["child_process", words[-1]]
        sys.stdout = io.TextIOWrapper(os.fdopen(writing, "wb"))
        child_process.main()
        sys.stdout.flush()
        code = 0
    finally:
        os._exit(code)


@contextlib.contextmanager
def _forking() -> Iterator[None]:
    """Fork instead of starting the reader's process: 10,000 starts of Python take an hour."""
    for reader in ("pyreadstat", "python_calamine"):
        importlib.import_module(reader)  # once here, not in every child
    usual = child.subprocess.Popen
    child.subprocess.Popen = _Forked  # type: ignore[assignment, misc]
    try:
        yield
    finally:
        child.subprocess.Popen = usual  # type: ignore[misc]
