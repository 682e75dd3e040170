"""Inputs that coverage found: atheris grows files that reach new lines of the parsers.

atheris (Apache-2.0) is no dependency of Waymark. With it:

    uv run --with atheris python -m benchmarks.reliability "guided numbers"

What was found interesting is kept between runs in the folder WAYMARK_CORPUS names, by default one
in the folder for temporary files.
"""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

GROUPS = ("numbers", "dates", "mapping", "json", "reader")
SLOW_SECONDS = 10
ABSENT = (
    "left out: guided runs need atheris, which is not installed "
    "(uv run --with atheris python -m benchmarks.reliability ...)"
)
_PROJECT = Path(__file__).resolve().parents[2]
_FIXTURES = _PROJECT / "tests" / "fixtures"
_LONGEST = {"numbers": 64, "dates": 160, "mapping": 4_096, "json": 8_192, "reader": 2_048}
_DONE = re.compile(r"Done (\d+) runs")
_STOPPED_AT = re.compile(r"^#(\d+)", re.MULTILINE)


def is_there() -> bool:
    """Tell whether atheris is installed."""
    return importlib.util.find_spec("atheris") is not None


def run(group: str, folder: Path, trials: int, seed: int) -> Counter[str]:
    """Run so many inputs through the parsers of a group and return the counts.

    An input that ends the run is kept in the folder WAYMARK_MUTANTS names.

    Raises:
        RuntimeError: atheris is not installed.
    """
    if not is_there():
        raise RuntimeError(ABSENT)
    corpus, seeds = _corpus(group), folder / "seeds"
    seeds.mkdir(parents=True)
    _write_seeds(group, seeds)
    kept = Path(os.environ.get("WAYMARK_MUTANTS", tempfile.gettempdir()))
    ended = subprocess.run(
        [
            *(sys.executable, "-m", "benchmarks.reliability.guided_inputs", group),
            *(str(corpus), str(seeds), f"-runs={trials}", f"-seed={seed + 1}"),
            *(f"-max_len={_LONGEST[group]}", f"-timeout={SLOW_SECONDS}", "-rss_limit_mb=2048"),
            *("-print_final_stats=1", f"-artifact_prefix={kept / f'guided-{group}-{seed}-'}"),
        ],
        cwd=_PROJECT,
        env=os.environ | {"TMPDIR": str(folder)},
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        check=False,
    )
    return counts_of(ended.stderr, ended.returncode)


def counts_of(said: str, code: int) -> Counter[str]:
    """Return the counts of what the fuzzer said on its way and how it ended."""
    done = _DONE.search(said)
    if done is not None and code == 0:
        return Counter(trials=int(done[1]))
    sys.stderr.write(said[-6_000:])
    reached = max((int(found) for found in _STOPPED_AT.findall(said)), default=0)
    return Counter({"trials": reached, "slow" if "timeout" in said else "error": 1})


def _corpus(group: str) -> Path:
    usual = Path(tempfile.gettempdir()) / "waymark-corpus"
    place = Path(os.environ.get("WAYMARK_CORPUS", usual)) / group
    place.mkdir(parents=True, exist_ok=True)
    return place


def _write_seeds(group: str, folder: Path) -> None:
    texts = _mappings() if group == "mapping" else _TEXTS.get(group)
    if texts is not None:
        first = b"\0" if group == "dates" else b""
        for number, text in enumerate(texts):
            (folder / str(number)).write_bytes(first + text.encode())
        return
    if group == "json":
        (folder / "least").write_text(
            '{"format": "waymark/1", "workspace": {"name": "A"}}', "utf-8"
        )
        shutil.copyfile(_FIXTURES / "json" / "bank.json", folder / "bank")
        return
    for file in (_FIXTURES / "imports").iterdir():
        if file.suffix in (".csv", ".txt"):
            (folder / file.name).write_bytes(file.read_bytes()[: _LONGEST["reader"]])


def _mappings() -> tuple[str, ...]:
    from benchmarks.reliability.kills import Events, Purchases, Surveys

    return (Surveys.mapping, Events.mapping, Purchases.mapping, _KPI)


_KPI = '[[kpi]]\ncolumn = "FCR"\nname = "FCR"\nperiod = { column = "Q", format = "%Y" }\n'
_TEXTS: dict[str, tuple[str, ...]] = {
    "numbers": ("1", "-1.234,5", "1 234,50 kr", "€ 1,200.00", "12e3", "1'000'000", "50%", "+.5"),
    "dates": (
        "2026-11-22T09:30:00.123456+01:00", "22.11.2026 9.30", "11/22/26 9:30 pm", "2026Q3",
        "22 Nov 2026", "KW 47 2026", "1763800000", "1763800000000", "20261122", "November 2026",
        "2026-11-22 09:30:00\n2026-11-23 09:30:00\n2026-11-24 09:30:00",
    ),
}  # fmt: skip
