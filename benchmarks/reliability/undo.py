"""Every command at random, undone, redone, published and reopened, against a plain model."""

import os
import random
from collections import Counter
from pathlib import Path

from journey.edit import Command
from journey.errors import EditError
from journey.model.workspace import Workspace
from storage.document import Document, check_document, read_document
from storage.document.files import file_sha256
from tests.journey.edit.test_commands_properties import build, seeded

NAMES = ("Card", "Call", " Ad  ", "Zażółć", "Ünïcode\x00", "x" * 300)
STEPS = 100


class _Model:
    """A document and, beside it, workspaces in memory."""

    def __init__(self, path: Path, chance: random.Random) -> None:
        self.path, self.chance = path, chance
        self.document = Document.create(path, seeded())
        self.history: list[tuple[Workspace, Command, Workspace]] = []
        self.future: list[tuple[Workspace, Command, Workspace]] = []
        self.now = self.document.workspace.copy()
        self.published = file_sha256(path)
        self.wrong = Counter[str]()

    def step(self) -> None:
        """Do one thing and compare."""
        kind = self.chance.choices(
            (self.do, self.undo, self.redo, self.publish, self.reopen), (60, 20, 12, 4, 4)
        )[0]
        kind()
        self.wrong["lost"] += self.document.workspace != self.now
        self.wrong["changed"] += file_sha256(self.path) != self.published

    def do(self) -> None:
        """Do a command; one that is refused leaves all as it was."""
        ws, before = self.document.workspace, self.now
        what, a, b = (self.chance.randrange(most) for most in (61, 10, 10))
        try:
            command = build(ws, what, a, b, self.chance.choice(NAMES))
            changes = command.do(ws)
        except EditError:
            return
        self.document.write(changes)
        self.now = ws.copy()
        mirror = before.copy()
        changes.apply(mirror)
        self.wrong["lost"] += mirror != self.now
        self.history.append((before, command, self.now))
        self.future.clear()

    def undo(self) -> None:
        """Go back exactly."""
        if self.history:
            before, command, after = self.history.pop()
            self.document.write(command.undo(self.document.workspace))
            self.now = before
            self.future.append((before, command, after))

    def redo(self) -> None:
        """Go forth exactly."""
        if self.future:
            before, command, after = self.future.pop()
            self.document.write(command.do(self.document.workspace))
            self.now = after
            self.history.append((before, command, after))

    def publish(self) -> None:
        """Publish: now, and only now, the file changes."""
        self.document.publish()
        with read_document(self.path) as found:
            self.wrong["lost"] += found.workspace != self.now
        self.published = file_sha256(self.path)

    def reopen(self) -> None:
        """Close, published or not, and open; what was not published is recovered."""
        publish = self.chance.random() < 0.5
        self.document.close(publish=publish)
        if publish:
            self.published = file_sha256(self.path)
        self.document = Document.open(self.path)
        self.history.clear()
        self.future.clear()

    def end(self) -> Counter[str]:
        """Close and look once more."""
        self.document.close()
        self.wrong["corrupt"] += check_document(self.path).findings != ()
        with read_document(self.path) as found:
            self.wrong["lost"] += found.workspace != self.now
        return self.wrong


def run(folder: Path, trials: int, seed: int) -> Counter[str]:
    """Run so many models of 100 steps and return the counts."""
    os.environ["WAYMARK_STATE_DIR"] = str(folder / "state")
    total: Counter[str] = Counter()
    for number in range(trials):
        chance = random.Random(f"{seed} {number}")
        model = _Model(folder / f"model {number}.waymark", chance)
        for _ in range(STEPS):
            model.step()
        total += model.end()
        total["trials"] += 1
        total["steps"] += STEPS
    return total
