"""A disk that is full after every 4 KB step, for everything that writes."""

import os
import random
import shutil
import sys
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from benchmarks.reliability.export_kills import FORMATS, TODAY
from benchmarks.reliability.kills import GOLDEN, INFO, Surveys
from journey.edit import Set
from storage.document import Document, check_document, read_document, restore_backup
from storage.document.files import file_sha256
from storage.errors import TargetFullError
from storage.exports import export_report
from storage.exports.gather import gather
from storage.openformats.workspace_file import dump_workspace
from storage.sample import make_sample
from tests.storage.document.sample import names, sample_workspace

STEP = 4096
DONE, FULL, WRONG = 0, 77, 1


class FullDisk:
    """Files and actions; each action runs in a process whose files end at a limit."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.state = folder / "state"
        self.base, self.golden = folder / "base" / "doc.waymark", folder / "golden.waymark"
        self.base.parent.mkdir()
        make_sample(self.base).close()
        shutil.copyfile(GOLDEN, self.golden)
        self.path = folder / "documents" / "doc.waymark"
        self.out = folder / "out"
        self.answers = folder / "survey.csv"
        chance = random.Random(1)
        maker = Surveys(folder / "maker", chance)
        self.answers.write_text(maker.text(1), "utf-8")
        self.maker = maker
        with read_document(self.base) as document:
            report = gather(document, None, today=TODAY, draws=40).report
        self.report = replace(report, packs=report.packs[:1], done=None)
        self.most = self.base.stat().st_size + 40 * STEP

    def actions(self) -> dict[str, Callable[[], None]]:
        """Return what writes, by name."""
        return {
            "edit and publish": self._edit,
            "open": self._open,
            "create": self._create,
            "upgrade": self._upgrade,
            "import": self._import,
            "save as": self._save_as,
            "backup": self._back_up,
            "restore": self._restore,
            "export": self._export,
            "dump": self._dump,
        }

    def _edit(self) -> None:
        with Document.open(self.path) as document:
            for number in range(12):
                command = Set(INFO, name=f"edit {number} " + "x" * 900 * number)
                document.write(command.do(document.workspace))
            document.publish()

    def _open(self) -> None:
        Document.open(self.path).close()

    def _create(self) -> None:
        Document.create(self.path.with_name("new.waymark"), sample_workspace()).close()

    def _upgrade(self) -> None:
        place = self.path.with_name("golden.waymark")
        with Document.open(place) as document:
            document.write(Set(INFO, name="edited").do(document.workspace))

    def _import(self) -> None:
        with Document.open(self.path) as document:
            self.maker.take(document, self.answers)

    def _save_as(self) -> None:
        with Document.open(self.path) as document:
            document.save_copy(self.path.with_name("copy.waymark"))

    def _back_up(self) -> None:
        with Document.open(self.path) as document:
            if document.back_up().path is None:
                raise TargetFullError(self.path, "full")

    def _restore(self) -> None:
        restore_backup(self.base, self.path.with_name("restored.waymark"))

    def _export(self) -> None:
        export_report(self.report, self.out, FORMATS)

    def _dump(self) -> None:
        with read_document(self.path) as document:
            dump_workspace(document.workspace, document.engine, self.out / "all.json")

    def trial(self, name: str, limit: int) -> Counter[str]:
        """Do one action with files that end at `limit` bytes; return what is wrong."""
        shutil.rmtree(self.state, ignore_errors=True)
        for place in (self.path.parent, self.out):
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir()
        shutil.copyfile(self.base, self.path)
        shutil.copyfile(self.golden, self.path.with_name("golden.waymark"))
        (self.out / "all.json").write_text("old")
        before = self._hashes()
        code = self._limited(self.actions()[name], limit)
        found = Counter(trials=1, done=code == DONE, full=code == FULL)
        found["error"] += code not in (DONE, FULL)
        after = self._hashes()
        if code != DONE:
            found["changed"] += any(after.get(place) != sha for place, sha in before.items())
            found["litter"] += bool(set(after) - set(before))
        for place in sorted(self.path.parent.glob("*.waymark")):
            found["corrupt"] += not check_document(place).ok
            Document.open(place).close()
            found["corrupt"] += check_document(place).findings != ()
        found["litter"] += any(n.startswith(".") for n in names(self.path.parent))
        return found

    def _hashes(self) -> dict[str, str]:
        places = [*self.path.parent.rglob("*"), *self.out.rglob("*")]
        return {str(p): file_sha256(p) for p in places if p.is_file()}

    def _limited(self, action: Callable[[], None], limit: int) -> int:
        import resource

        sys.stdout.flush()
        child = os.fork()
        if child == 0:
            code = WRONG
            try:
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
                action()
                code = DONE
            except TargetFullError:
                code = FULL
            except BaseException:  # noqa: BLE001 - told and counted by the parent
                traceback.print_exc()
                sys.stderr.write(f"at {limit} bytes\n")
            finally:
                os._exit(code)
        _, status = os.waitpid(child, 0)
        return os.waitstatus_to_exitcode(status)


def run(folder: Path, trials: int, seed: int) -> Counter[str]:
    """Try so many steps, going on where the seed says; return the counts."""
    os.environ["WAYMARK_STATE_DIR"] = str(folder / "state")
    disk = FullDisk(folder)
    kinds = list(disk.actions())
    total: Counter[str] = Counter()
    for number in range(seed * trials, (seed + 1) * trials):
        name = kinds[number % len(kinds)]
        limit = number // len(kinds) * STEP % disk.most
        found = disk.trial(name, limit)
        if found["error"] or found["changed"] or found["corrupt"] or found["litter"]:
            sys.stderr.write(f"{name} at {limit}: {dict(found)}\n")
        total += found
    return total
