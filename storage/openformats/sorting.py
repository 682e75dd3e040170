"""Sorting more rows than memory should hold: sorted runs in private temporary files, merged."""

import heapq
import json
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from operator import itemgetter
from typing import IO, TypeVar

RUN = 100_000
Key = TypeVar("Key", bound=tuple[str | bool, ...])
_key = itemgetter(0)


def in_order(rows: Iterable[tuple[Key, str]], run: int = RUN) -> Iterator[str]:
    """Yield the texts by their keys; equal keys stay in the order they came.

    At most `run` rows are in memory; what is more goes to temporary files that are gone
    afterwards, whatever happens.
    """
    source = iter(rows)
    first = sorted(islice(source, run), key=_key)
    with ExitStack() as files:
        more = sorted(islice(source, run), key=_key)
        if not more:
            yield from map(itemgetter(1), first)
            return
        runs = [_spilled(first, files), _spilled(more, files)]
        del first, more
        while block := sorted(islice(source, run), key=_key):
            runs.append(_spilled(block, files))
        yield from map(itemgetter(1), heapq.merge(*runs, key=_key))


def _spilled(
    block: list[tuple[Key, str]], files: ExitStack
) -> Iterator[tuple[tuple[str | bool, ...], str]]:
    temporary = tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n")  # noqa: SIM115 - the stack closes it
    file = files.enter_context(temporary)
    file.writelines(f"{json.dumps(row)}\n" for row in block)
    file.seek(0)
    return _read(file)


def _read(file: IO[str]) -> Iterator[tuple[tuple[str | bool, ...], str]]:
    for line in file:
        key, text = json.loads(line)
        yield tuple(key), text
