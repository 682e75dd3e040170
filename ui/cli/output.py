"""What commands print: one JSON document, or tables and sentences for people."""

import json
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from enum import Enum
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

WIDTH_WITHOUT_TERMINAL = 160
GAP, NARROWEST, WIDE, LONGEST_WORD = 2, 6, 20, 16


def print_json(answer: object) -> None:
    """Write one JSON document to standard output and nothing else."""
    text = json.dumps(answer, ensure_ascii=False, indent=2, default=_plain, allow_nan=False)
    sys.stdout.buffer.write(text.encode("utf-8", "replace") + b"\n")
    sys.stdout.buffer.flush()


def say(line: str) -> None:
    """Write a sentence to standard output, as it is."""
    _console().print(Text(line), soft_wrap=True)


def advise(line: str) -> None:
    """Write a remark to standard error; it never changes the exit code."""
    _Screen(stderr=True, highlight=False).print(Text(line), soft_wrap=True)


def print_table(
    headings: Sequence[str],
    rows: Sequence[Sequence[object]],
    *,
    right: Collection[str] = (),
    cut: str = "",
) -> None:
    """Write rows under headings; texts are never read as markup.

    Args:
        right: headings whose cells stand right, beside those of numbers only.
        cut: the heading of the texts that are cut off where the terminal is narrow; others wrap.
    """
    console = _console()
    texts = [[" ".join(show(cell).split()) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*(headings, *texts), strict=True)]
    table = Table(box=None, pad_edge=False, padding=(0, GAP, 0, 0))
    if cut in headings:
        place = headings.index(cut)
        room = _room(widths, place, console.width)
        texts = [[*row[:place], _cut(row[place], room), *row[place + 1 :]] for row in texts]
    for place, heading in enumerate(headings):
        numbers = heading in right or all(_is_number(row[place]) for row in rows)
        table.add_column(
            Text(heading, style="bold"),
            justify="right" if numbers else "left",
            no_wrap=numbers or heading == cut,
            overflow="fold",
            min_width=widths[place] if numbers else _longest_word(heading, place, texts),
        )
    for row in texts:
        table.add_row(*map(Text, row))
    console.print(table)


def _longest_word(heading: str, place: int, texts: Sequence[Sequence[str]]) -> int:
    """Return how wide a column must be so that words stay whole, as far as that is sensible."""
    words = (word for row in texts for word in row[place].split())
    return min(max(map(len, (heading, *words))), LONGEST_WORD)


def _room(widths: Sequence[int], place: int, width: int) -> int:
    """Return how many characters of a line are left for one column."""
    others = sum(min(w, WIDE) + GAP for i, w in enumerate(widths) if i != place)
    return max(NARROWEST, width - others)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


def show(value: object, decimals: int | None = None) -> str:
    """Return a cell for people: a dash where there is nothing, thin spaces between thousands.

    Args:
        decimals: of a real number; by default as many as three digits need.
    """
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        if decimals is None or isinstance(value, int):
            decimals = 0 if isinstance(value, int) else _decimals(value)
        # The z leaves no minus before what is rounded to nothing.
        return f"{value:z,.{decimals}f}".replace(",", "\u2009").replace("-", "−")
    return str(value)


def _decimals(value: float) -> int:
    size = abs(value)
    return 0 if size >= 100 else 1 if size >= 10 else 2


class _Screen(Console):
    """A console that leaves it to the border what happens when nobody reads any more."""

    def on_broken_pipe(self) -> None:
        """Pass on what the write raised."""
        raise BrokenPipeError


class Meter:
    """Progress on standard error, only where that is a terminal."""

    def __init__(self, title: str) -> None:
        self._console = Console(stderr=True)
        self._bar = Progress(
            TextColumn(title),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=self._console,
            transient=True,
            disable=not self._console.is_terminal,
        )
        self._task = self._bar.add_task(title, total=None)

    def __enter__(self) -> Callable[[int, int | None], None]:
        self._bar.start()
        return self._step

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def _step(self, done: int, total: int | None) -> None:
        self._bar.update(self._task, completed=done, total=total)


def _console() -> Console:
    console = _Screen(highlight=False)
    if not console.is_terminal:
        console = _Screen(highlight=False, width=WIDTH_WITHOUT_TERMINAL)
    return console


def _is_number(value: object) -> bool:
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool))


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, set | frozenset):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} has no place in JSON")
