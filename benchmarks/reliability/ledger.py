"""What was run so far: counts that add up in one JSON file, whoever runs when."""

import json
import os
import platform
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

PLACE = Path(__file__).resolve().parents[2] / "docs" / "reliability.json"
FAULTS = ("lost", "corrupt", "changed", "litter", "error", "slow", "warning")


def machine_class() -> str:
    """Return what kind of machine this is, without its name."""
    cores = os.cpu_count() or 1
    system = f"{platform.system()} {platform.machine()}"
    return f"{system}, {cores} cores, Python {platform.python_version()}"


class Ledger:
    """The counts in a file; several processes may add to it."""

    def __init__(self, place: Path = PLACE) -> None:
        self.place = place

    def read(self) -> dict[str, Any]:
        """Return all that was counted: measures by name."""
        try:
            found: dict[str, Any] = json.loads(self.place.read_text("utf-8"))
        except FileNotFoundError:
            return {"measures": {}}
        return found

    def trials(self, measure: str) -> int:
        """Return how many trials of a measure were counted."""
        return int(self.read()["measures"].get(measure, {}).get("trials", 0))

    def add(self, measure: str, wanted: int, counts: Mapping[str, int], seconds: float) -> None:
        """Add the counts of one finished run.

        Args:
            wanted: trials a release asks for. counts: "trials", any of FAULTS, and more facts.
        """
        with self._held():
            found = self.read()
            row = found["measures"].setdefault(measure, {"trials": 0})
            total = Counter({k: v for k, v in row.items() if isinstance(v, int)})
            total.update(counts)
            total["wanted"] = wanted
            today = datetime.now(UTC).date().isoformat()
            row.update(total)
            for fault in FAULTS:
                row.setdefault(fault, 0)
            row["seconds"] = round(row.get("seconds", 0.0) + seconds, 1)
            row["first"] = row.get("first", today)
            row["last"] = today
            row["bound"] = bound(row)
            machines = set(found.get("machines", ())) | {machine_class()}
            found["machines"] = sorted(machines)
            found["measures"] = dict(sorted(found["measures"].items()))
            new = self.place.with_name(self.place.name + ".new")
            new.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
            new.replace(self.place)

    @contextmanager
    def _held(self) -> Iterator[None]:
        """Keep others from adding meanwhile."""
        try:
            import fcntl
        except ImportError:  # Windows: one run at a time
            yield
            return
        descriptor = os.open(self.place.parent, os.O_RDONLY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


def bound(row: Mapping[str, Any]) -> float | None:
    """Return the rate that N trials without a fault exclude at 95 %: 3/N; None after a fault."""
    if not row["trials"] or any(row.get(fault, 0) for fault in FAULTS):
        return None
    return float(f"{3 / row['trials']:.2g}")


_BEGIN, _END = "<!-- figures -->", "<!-- end of figures -->"


def table(found: Mapping[str, Any]) -> str:
    """Return the counts as a Markdown table."""
    lines = [
        "| measure | trials | of a release | faults | bound at 95 % |",
        "|---|---|---|---|---|",
    ]
    for name, row in found["measures"].items():
        faults = ", ".join(f"{row[fault]} {fault}" for fault in FAULTS if row[fault]) or "0"
        share = f"{row['trials'] / row['wanted']:.0%}"
        limit = "–" if row["bound"] is None else f"{row['bound']:.2%}"
        lines.append(f"| {name} | {row['trials']:,} | {share} | {faults} | {limit} |")
    return "\n".join(lines)


def write_table(found: Mapping[str, Any], page: Path) -> None:
    """Put the counts where the page has its marks for them."""
    before, _, rest = page.read_text("utf-8").partition(_BEGIN)
    after = rest.partition(_END)[2] if _END in rest else rest
    page.write_text(f"{before}{_BEGIN}\n{table(found)}\n{_END}{after}", "utf-8")
