"""kill −9 in every phase: what was acknowledged is there, nothing is damaged, nothing is left."""

import random
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.reliability.dying import Dead, Death, Tell, die
from journey.edit import Set
from journey.model.ids import Kind, Ref
from journey.model.template import new_workspace
from journey.model.workspace import Workspace
from storage.database.crash_points import EDIT_POINTS, MIGRATION_POINTS, PUBLISH_POINTS
from storage.document import COMMAND, WINDOW, Document, check_document, read_document
from storage.document.files import file_sha256
from storage.errors import StorageError
from storage.imports.events import import_events
from storage.imports.kpi import import_kpi
from storage.imports.mapping import Mapping, parse_mapping
from storage.imports.purchases import import_purchases
from storage.imports.survey import import_survey
from tests.storage.document.sample import fill_answers, names, sample_workspace

INFO = Ref(Kind.WORKSPACE, "workspace")
GOLDEN = Path(__file__).resolve().parents[2] / "tests/fixtures/workspaces/version-1.waymark"
FILES = 5


class Phase:
    """One kind of work that is killed; a subclass says what is done and what must be there."""

    points: tuple[str, ...] = ("random",)
    spread = 0.05
    file_steps = 30
    most_acknowledged = 9

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.chance = chance
        self.state = folder / "state"
        self.path = folder / "documents" / "killed.waymark"
        self.path.parent.mkdir(parents=True)
        self.purpose = WINDOW
        self.prepare()

    def prepare(self) -> None:
        """Make what every trial begins with."""

    def begin(self) -> None:
        """Prepare one trial."""

    def work(self, tell: Tell) -> None:
        """Work and acknowledge, in the process that dies."""
        raise NotImplementedError

    def look(self, dead: Dead) -> Counter[str]:
        """Return what is wrong afterwards."""
        raise NotImplementedError

    def death(self, number: int) -> Death:
        """Return how the process of a trial dies."""
        point = self.points[number % len(self.points)]
        spread = self.file_steps if point == "file_step" else self.spread
        return Death(point, self.chance.randrange(self.most_acknowledged), spread)

    def _opened(self, allowed: Callable[[Workspace], bool]) -> Counter[str]:
        """Open the document as the next start does, and look whether it holds what it may."""
        found: Counter[str] = Counter()
        ours = {self.path.name, f".~lock.{self.path.name}#", f".~publish.{self.path.name}#"}
        found["litter"] += len(set(names(self.path.parent)) - ours)
        try:
            found["corrupt"] += not check_document(self.path).ok
            document = Document.open(self.path, purpose=self.purpose)
            found["lost"] += not allowed(document.workspace)
            found["corrupt"] += document.damaged_batches() != ()
            content = document.workspace.copy()
            document.close()
            found["corrupt"] += check_document(self.path).findings != ()
            with read_document(self.path) as again:
                found["lost"] += again.workspace != content
        except StorageError as error:
            sys.stderr.write(f"{error!r}\n")
            found["corrupt"] += 1
        found["litter"] += len(set(names(self.path.parent)) - {self.path.name})
        return found


class Edits(Phase):
    """Edits and a publish after every third."""

    points = EDIT_POINTS

    def prepare(self) -> None:
        """Make the document; it goes on growing through the trials."""
        workspace = sample_workspace()
        Set(INFO, name="0").do(workspace)
        Document.create(self.path, workspace, fill=fill_answers).close()

    def begin(self) -> None:
        """Remember where it stands."""
        with read_document(self.path) as found:
            self.start = int(found.workspace.info.name)

    def work(self, tell: Tell) -> None:
        """Count in the workspace's name."""
        document = Document.open(self.path)
        for number in range(self.start + 1, self.start + 200):
            document.write(Set(INFO, name=str(number)).do(document.workspace))
            tell(str(number))
            if number % 3 == 0:
                document.publish()
                tell("published")

    def look(self, dead: Dead) -> Counter[str]:
        """The step in hand may have been stored before its acknowledgement."""
        last = max([self.start, *(int(line) for line in dead.said if line.isdecimal())])
        return self._opened(lambda ws: last <= int(ws.info.name) <= last + 1)


class Publishes(Edits):
    """The same, killed at the points of publishing."""

    points = PUBLISH_POINTS


class Moments(Edits):
    """The same, killed at any moment and at any thing done to a file."""

    points = ("random", "file_step")
    spread = 0.03


class Imports(Phase):
    """Imports into a new workspace, by a window or a command; each second is published."""

    points = (*EDIT_POINTS, *PUBLISH_POINTS, "random", "file_step")
    spread = 0.15
    most_acknowledged = 5
    kind = ""

    def prepare(self) -> None:
        """Make the workspace every trial begins with, and the files."""
        self.base = self.path.with_name("base")
        Document.create(self.base, new_workspace("Killed")).close()
        self.base = self.base.rename(self.path.parent.parent / "base")
        self.files = [self.base.with_name(f"{self.kind}-{n}.csv") for n in range(FILES)]
        for number, file in enumerate(self.files):
            file.write_text(self.text(number), "utf-8")

    def text(self, number: int) -> str:
        """Return the n-th file, which holds nothing of the others."""
        raise NotImplementedError

    def take(self, document: Document, file: Path) -> None:
        """Import one file."""
        raise NotImplementedError

    def count(self, ws: Workspace) -> int:
        """Return how many files a workspace holds."""
        raise NotImplementedError

    def begin(self) -> None:
        """Begin anew."""
        shutil.rmtree(self.state, ignore_errors=True)
        shutil.copyfile(self.base, self.path)
        self.purpose = self.chance.choice((WINDOW, COMMAND))

    def work(self, tell: Tell) -> None:
        """Import one file after the other."""
        document = Document.open(self.path, purpose=self.purpose)
        for number, file in enumerate(self.files, start=1):
            self.take(document, file)
            tell(f"{number}")
            if number % 2 == 0:
                document.publish()
                tell(f"published {number}")
        document.close()

    def look(self, dead: Dead) -> Counter[str]:
        """A window keeps what was acknowledged, a command what was published."""
        taken = max([0, *(int(line) for line in dead.said if line.isdecimal())])
        out = max([0, *(int(line.split()[1]) for line in dead.said if " " in line)])
        if self.purpose == WINDOW:
            return self._opened(lambda ws: taken <= self.count(ws) <= taken + 1)
        return self._opened(lambda ws: self.count(ws) in (out, out + 2 - out % 2, len(self.files)))


class Surveys(Imports):
    """Survey answers."""

    kind = "survey"
    mapping = """
[survey]
name = "Visits"
design = "relational"
date = { column = "Day", format = "%Y-%m-%d" }
respondent = "Customer"
[[question]]
column = "Desk"
touchpoint = "Service desk"
stage = "Purchase"
metric = "csat"
scale = [1, 5]
[[comment]]
column = "Words"
touchpoint = "Service desk"
"""

    def text(self, number: int) -> str:
        """Return 60 answers."""
        rows = [f"N{number}-{i};2026-10-{1 + i % 28:02d};{i % 5 + 1};ord {i}" for i in range(60)]
        return "\n".join(["Customer;Day;Desk;Words", *rows]) + "\n"

    def take(self, document: Document, file: Path) -> None:
        """Import one file."""
        found = import_survey(document, file, parse_mapping(self.mapping), create=True)
        assert found.command is not None
        document.write(found.command.do(document.workspace))

    def count(self, ws: Workspace) -> int:
        """Return how many surveys there are."""
        return len(ws.surveys)


class Kpis(Imports):
    """Sheets of KPIs."""

    kind = "kpi"

    def text(self, number: int) -> str:
        """Return one KPI in three quarters."""
        return (
            f"KPI,Touchpoint,Unit,2026Q1,2026Q2,2026Q3\nWait {number},Desk,min,{number + 4},5,6\n"
        )

    def take(self, document: Document, file: Path) -> None:
        """Import one file."""
        found = import_kpi(document.workspace, file, Mapping(), create=True)
        assert found.command is not None
        document.write(found.command.do(document.workspace))

    def count(self, ws: Workspace) -> int:
        """Return how many KPIs there are, each with all its values."""
        values = len(ws.observations)
        return len(ws.kpis) if values == 3 * len(ws.kpis) else -1


class Events(Imports):
    """Event logs."""

    kind = "events"
    mapping = '[events]\ncase = "case"\nactivity = "activity"\ntime = "time"\nretained = ["pay"]\n'

    def text(self, number: int) -> str:
        """Return 30 cases."""
        steps = ("search", "basket", "pay")
        rows = [
            f"{number}-{case},{step},2026-10-{1 + case % 28:02d} 1{place}:00:00"
            for case in range(30)
            for place, step in enumerate(steps[: 1 + case % 3])
        ]
        return "\n".join(["case,activity,time", *rows]) + "\n"

    def take(self, document: Document, file: Path) -> None:
        """Import one file."""
        found = import_events(document, file, parse_mapping(self.mapping), create=True)
        assert found.command is not None
        document.write(found.command.do(document.workspace))

    def count(self, ws: Workspace) -> int:
        """Return how many logs there are."""
        return len(ws.event_logs)


class Purchases(Imports):
    """Purchase logs."""

    kind = "purchases"
    mapping = '[purchases]\ncustomer = "customer"\ndate = "date"\namount = "amount"\n'

    def text(self, number: int) -> str:
        """Return 60 purchases."""
        rows = [f"c{number}-{i % 20},2026-0{1 + i % 9}-11,{i}.5" for i in range(60)]
        return "\n".join(["customer,date,amount", *rows]) + "\n"

    def take(self, document: Document, file: Path) -> None:
        """Import one file."""
        found = import_purchases(document, file, parse_mapping(self.mapping), create=True)
        assert found.command is not None
        document.write(found.command.do(document.workspace))

    def count(self, ws: Workspace) -> int:
        """Return how many logs there are."""
        return len(ws.purchase_logs)


class Migrations(Phase):
    """A file of the first version opened, edited and published by this one."""

    points = (*MIGRATION_POINTS, *EDIT_POINTS, *PUBLISH_POINTS, "random", "file_step")
    spread = 0.15
    most_acknowledged = 3

    def begin(self) -> None:
        """Begin with the file as it was released."""
        shutil.rmtree(self.state, ignore_errors=True)
        shutil.copyfile(GOLDEN, self.path)

    def death(self, number: int) -> Death:
        """The migration itself runs before the first acknowledgement."""
        planned = super().death(number)
        if planned.point in MIGRATION_POINTS:
            return Death(planned.point, 0)
        return planned

    def work(self, tell: Tell) -> None:
        """Open, and edit thrice with a publish each."""
        document = Document.open(self.path)
        tell("0")
        for number in (1, 2, 3):
            document.write(Set(INFO, name=str(number)).do(document.workspace))
            tell(str(number))
            document.publish()
            tell("published")
        document.close()

    def look(self, dead: Dead) -> Counter[str]:
        """The released file, or the same with the acknowledged edit."""
        last = max([0, *(int(line) for line in dead.said if line.isdecimal())])
        allowed = []
        for number in (last, last + 1):
            workspace = sample_workspace()
            if number:
                Set(INFO, name=str(number)).do(workspace)
            allowed.append(workspace)
        found: Counter[str] = Counter()
        if "published" not in dead.said and file_sha256(self.path) != file_sha256(GOLDEN):
            # The publish in hand may be done; a file in between may not be.
            found["corrupt"] += not check_document(self.path).ok
        return found + self._opened(lambda ws: ws in allowed)


PHASES: dict[str, type[Phase]] = {
    "edit": Edits,
    "publish": Publishes,
    "random": Moments,
    "import_survey": Surveys,
    "import_kpi": Kpis,
    "import_events": Events,
    "import_purchases": Purchases,
    "migration": Migrations,
}


def run(phase: str, folder: Path, trials: int, seed: int) -> Counter[str]:
    """Kill so many processes of a phase and return the counts.

    Trials whose process ended before its death was due are not counted.
    """
    chance = random.Random(seed)
    kinds = PHASES | _more()
    with _state(folder):
        made = kinds[phase](folder, chance)
        total: Counter[str] = Counter()
        number = chance.randrange(100)
        while total["trials"] < trials:
            number += 1
            made.begin()
            dead = die(made.work, made.death(number), chance)
            wrong = made.look(dead)
            total += wrong
            total["error"] += dead.error
            total["trials"] += dead.killed
            total["outlived"] += not dead.killed
    return total


def _more() -> dict[str, type[Phase]]:
    from benchmarks.reliability.export_kills import Exports

    return {"export": Exports}


@contextmanager
def _state(folder: Path) -> Iterator[None]:
    import os

    before = os.environ.get("WAYMARK_STATE_DIR")
    os.environ["WAYMARK_STATE_DIR"] = str(folder / "state")
    try:
        yield
    finally:
        if before is None:
            del os.environ["WAYMARK_STATE_DIR"]
        else:
            os.environ["WAYMARK_STATE_DIR"] = before
