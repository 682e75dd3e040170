"""What a user has at hand: small files of every kind Waymark takes, and things to paste."""

import random
import shutil
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QColor, QGuiApplication, QImage

from benchmarks.reliability.export_kills import TODAY
from benchmarks.reliability.imports import FIXTURES
from benchmarks.reliability.kills import Events, Kpis, Purchases, Surveys
from benchmarks.reliability.mutants import spoilt
from benchmarks.reliability.seeds import ods, sav, xes, xlsx
from storage.document import Document
from storage.exports import export_packs
from storage.exports.gather import gather

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "sample"
_SPOILT_SHARE, _OTHER_SHARE = 0.06, 0.1
_ROWS = (
    "Desk\t4\tpain\nSite\t2\t=1+1\n", "a\tb\n\n\tc\n", "One\nTwo\nThree\n", "• first\n• second\n",
    "Name\tStage\tPain\nCard\tPurchase\t3\n", "\t\t\n", "x" * 5_000, "<b>bold</b>", "3\n4\n5\n", "",
    "Customer;Day;Desk;Words\nN1;2026-10-01;4;ord\nN2;2026-10-02;2;więcej\n",
    "KPI,Touchpoint,Unit,2026Q1,2026Q2\nWait,Desk,min,4,5\n",
)  # fmt: skip


class Drawer:
    """Files in a folder, by what they are."""

    def __init__(self, folder: Path, document: Document, chance: random.Random) -> None:
        self.chance = chance
        self.out = folder / "out"
        self.files: list[Path] = []
        self._folder = folder / "drawer"
        self._saved = 0
        for place in (self.out, self._folder):
            place.mkdir()
        for made in (Surveys, Kpis, Events, Purchases):
            self.files += made(folder / made.__name__, chance).files[:2]
        self.files += sorted((FIXTURES / "imports").glob("*.*"))
        self.files += sorted(SAMPLE.glob("*.csv"))
        for place in ("json", "openformats"):
            self.files += sorted((FIXTURES / place).iterdir())
        text = self.files[0].read_bytes()
        self._keep("answers.xlsx", xlsx(text))
        self._keep("answers.ods", ods(text))
        self._keep("answers.sav", sav(self._folder))
        self._keep("events.xes", xes())
        self._keep("names.toml", Surveys.mapping.encode())
        self._keep("nothing.csv", b"")
        self._keep("no workspace.waymark", b"SQLite format 3\0" + bytes(4_000))
        shutil.copyfile(FIXTURES / "workspaces" / "version-1.waymark", self._place("old.waymark"))
        picture = QImage(40, 30, QImage.Format.Format_RGB32)
        picture.fill(QColor("teal"))
        picture.save(str(self._place("picture.png")))
        report = gather(document, None, today=TODAY, draws=40).report
        self.files += export_packs(report.packs[:1], folder / "packs", {"xlsx"})

    def _place(self, name: str) -> Path:
        self.files.append(self._folder / name)
        return self.files[-1]

    def _keep(self, name: str, content: bytes) -> None:
        self._place(name).write_bytes(content)

    def one(self, filters: str = "") -> Path:
        """Return a file, mostly one that a dialog's filters let through; now and then spoilt."""
        files = self.files
        if filters and self.chance.random() > _OTHER_SHARE:
            files = [f for f in files if f"*{f.suffix}" in filters] or files
        chosen = self.chance.choice(files)
        if self.chance.random() < _SPOILT_SHARE:
            place = self._folder / f"spoilt{chosen.suffix}"
            place.write_bytes(spoilt(chosen.read_bytes(), self.chance))
            return place
        return chosen

    def target(self, suggested: str) -> Path:
        """Return where something is saved; a workspace never over another."""
        if self._saved and ".waymark" not in suggested and self.chance.random() < 0.2:
            return self.out / f"saved 1{Path(suggested).suffix}"
        self._saved += 1
        return self.out / f"saved {self._saved}{Path(suggested).suffix}"

    def put_on_clipboard(self) -> str:
        """Put something on the clipboard and return what kind it is."""
        clipboard, kind = QGuiApplication.clipboard(), self.chance.randrange(8)
        if kind == 0:
            picture = QImage(64, 48, QImage.Format.Format_RGB32)
            picture.fill(QColor("plum"))
            clipboard.setImage(picture)
            return "picture"
        if kind == 1:
            data = QMimeData()
            data.setHtml("<table><tr><td>a</td><td><img src='/etc/passwd'></td></tr></table>")
            clipboard.setMimeData(data)
            return "html"
        if kind == 2:
            clipboard.setText(self.files[0].read_text("utf-8"))
            return "answers"
        clipboard.setText(self.chance.choice(_ROWS))
        return "rows"
