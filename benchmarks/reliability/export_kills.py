"""kill −9 while packs are written: the folder holds the old files whole, or the new ones."""

import shutil
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import date

from benchmarks.reliability.dying import Dead, Tell
from benchmarks.reliability.kills import Phase
from storage.document import check_document
from storage.document.files import file_sha256
from storage.exports import export_report
from storage.exports.gather import gather
from storage.sample import make_sample
from tests.storage.document.sample import names

FORMATS = frozenset({"xlsx", "csv", "pptx", "md", "tickets"})
TODAY = date(2026, 11, 2)


class Exports(Phase):
    """The packs of one leader, over older files of the same names."""

    points = ("random", "file_step")
    spread = 0.4
    file_steps = 60
    most_acknowledged = 5

    def prepare(self) -> None:
        """Make the sample's report and know every byte it becomes."""
        make_sample(self.path).close()
        from storage.document import read_document

        with read_document(self.path) as document:
            report = gather(document, None, today=TODAY, draws=40).report
        self.report = replace(report, packs=report.packs[:1], done=None)
        self.target = self.path.parent.parent / "packs"
        self.new = self._written()
        shutil.rmtree(self.target)
        # Bytes that differ between two runs (a moment in a file) can only be told to be whole.
        self.same = {n for n, sha in self._written().items() if self.new[n] == sha}
        assert self.same, "no file can be compared"
        shutil.rmtree(self.target)
        self.before = file_sha256(self.path)

    def _written(self) -> dict[str, str]:
        export_report(self.report, self.target, FORMATS)
        return self._there()

    def _there(self) -> dict[str, str]:
        if not self.target.is_dir():
            return {}
        return {p.name: file_sha256(p) for p in self.target.iterdir() if p.is_file()}

    def _is_new(self, name: str, there: dict[str, str]) -> bool:
        if name in self.same:
            return there.get(name) == self.new[name]
        try:
            with zipfile.ZipFile(self.target / name) as archive:
                return archive.testzip() is None
        except (OSError, zipfile.BadZipFile):
            return False

    def begin(self) -> None:
        """Put old files there; every third time a folder among them, every fourth nothing."""
        shutil.rmtree(self.target, ignore_errors=True)
        for left in self.target.parent.glob(".waymark-staged-*"):
            shutil.rmtree(left)
        self.kind = self.chance.randrange(4)
        if self.kind == 0:
            self.old: dict[str, str] = {}
            return
        self.target.mkdir()
        for name in self.new:
            (self.target / name).write_bytes(b"old")
        if self.kind == 1:
            (self.target / "photos").mkdir()
        self.old = self._there()

    def work(self, tell: Tell) -> None:
        """Export, acknowledging every file."""
        export_report(self.report, self.target, FORMATS, progress=lambda d, _n: tell(str(d)))

    def look(self, dead: Dead) -> Counter[str]:  # noqa: ARG002 - what was told says nothing here
        """All old or all new; where a folder is among them, each old or new."""
        found: Counter[str] = Counter()
        there = self._there()
        whole = {n: self._is_new(n, there) for n in self.new}
        old = {n: there.get(n) == self.old.get(n) for n in self.new}
        if self.kind == 1:
            found["corrupt"] += any(not whole[n] and not old[n] for n in self.new)
        else:
            found["corrupt"] += not (all(whole.values()) or all(old.values()))
        extra = {n for n in names(self.path.parent.parent) if n.startswith(".")}
        found["litter"] += any(not n.startswith(".waymark-staged-") for n in extra)
        found["litter"] += bool(set(there) - set(self.new))
        found["changed"] += file_sha256(self.path) != self.before
        found["corrupt"] += not check_document(self.path).ok
        return found
