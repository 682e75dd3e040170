"""A document's process is killed, again and again; what was acknowledged must be there.

    python kill_trials.py FOLDER TRIALS PHASE SEED

PHASE is "random" (a kill from outside at any moment), "edit" or "publish" (their crash points in
turn). Every trial forks this warm process; the child edits and publishes, acknowledging each step
through a pipe, and dies; the parent opens the document again. Prints one line of JSON: trials,
lost, corrupt, litter.
"""

import json
import os
import random
import signal
import sys
from pathlib import Path

from journey.edit import Set
from journey.model.ids import Kind, Ref
from storage.database.crash_points import EDIT_POINTS, PUBLISH_POINTS
from storage.document import Document, check_document, read_document
from storage.errors import WorkspaceError
from tests.storage.document.sample import fill_answers, names, sample_workspace

POINTS = {"random": ("random",), "edit": EDIT_POINTS, "publish": PUBLISH_POINTS}
INFO = Ref(Kind.WORKSPACE, "workspace")


def _work(path: Path, pipe: int, point: str, quiet_steps: int) -> None:
    """Edit and publish for ever, or until the crash point ends it."""
    document = Document.open(path)
    start = int(document.workspace.info.name)
    for number in range(start + 1, start + 5000):
        if number - start > quiet_steps and point != "random":
            os.environ["WAYMARK_CRASH_AT"] = point
        document.write(Set(INFO, name=str(number)).do(document.workspace))
        os.write(pipe, f"{number}\n".encode())
        if number % 3 == 0:
            document.publish()
            os.write(pipe, b"published\n")


def _killed(path: Path, point: str, chance: random.Random) -> list[str]:
    """Run one child to its end and return what it acknowledged."""
    reading, writing = os.pipe()
    quiet_steps = chance.randrange(6)
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            _work(path, writing, point, quiet_steps)
        finally:
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading, "r", encoding="ascii") as answers:
        said = []
        if point == "random":
            said += [answers.readline() for _ in range(chance.randrange(12))]
            for _ in range(chance.randrange(20_000)):
                pass  # some moment within the next step
            os.kill(child, signal.SIGKILL)
        said += answers.readlines()
    os.waitpid(child, 0)
    return said


def _trial(path: Path, point: str, chance: random.Random) -> dict[str, int]:
    before = _name(path)
    said = _killed(path, point, chance)
    acknowledged = max([before, *(int(line) for line in said if line.strip().isdecimal())])
    ours = {path.name, f".~lock.{path.name}#", f".~publish.{path.name}#"}
    found = {"lost": 0, "corrupt": 0, "litter": len(set(names(path.parent)) - ours)}
    try:
        found["corrupt"] += not check_document(path).ok
        document = Document.open(path)
        number = int(document.workspace.info.name)
        # The step in hand may have been stored before its acknowledgement.
        found["lost"] += not acknowledged <= number <= acknowledged + 1
        found["lost"] += document.damaged_batches() != ()
        document.close()
        found["corrupt"] += check_document(path).findings != () or _name(path) != number
    except WorkspaceError as error:
        sys.stderr.write(f"{error}\n")
        found["corrupt"] += 1
    found["litter"] += len(set(names(path.parent)) - {path.name})
    return found


def _name(path: Path) -> int:
    with read_document(path) as found:
        return int(found.workspace.info.name)


def main(folder: Path, trials: int, phase: str, seed: int) -> None:
    """Run the trials and print what they showed."""
    os.environ["WAYMARK_STATE_DIR"] = str(folder / "state")
    chance = random.Random(seed)
    path = folder / "documents" / "killed.waymark"
    path.parent.mkdir()
    workspace = sample_workspace()
    Set(INFO, name="0").do(workspace)
    Document.create(path, workspace, fill=fill_answers).close()
    total = {"trials": 0, "lost": 0, "corrupt": 0, "litter": 0}
    points = POINTS[phase]
    for number in range(trials):
        total["trials"] += 1
        for key, count in _trial(path, points[number % len(points)], chance).items():
            total[key] += count
    sys.stdout.write(json.dumps(total) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
