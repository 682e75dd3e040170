"""How much a spreadsheet or SPSS file may ask of the process that reads it.

That process is started for each file: its modules do without `dataclasses` and `pathlib`, which
would take half of its start.
"""

from typing import Any, NamedTuple


class Limits(NamedTuple):
    """What a file from a stranger may cost; beyond any of them it is refused.

    Attributes:
        file_bytes: as it lies on disk. unzipped_bytes: what its parts say they unpack to.
        ratio: unpacked to packed, for files that unpack to more than `ratio_free_bytes`.
        members: parts of the archive.
        columns, rows, cells: of one sheet.
        seconds: from the start of the process to its last row.
        memory_bytes: address space of the process, where the system can limit it.
    """

    file_bytes: int = 100 * 1024**2
    unzipped_bytes: int = 300 * 1024**2
    ratio: int = 200
    ratio_free_bytes: int = 10 * 1024**2
    members: int = 2_000
    columns: int = 500
    rows: int = 1_000_000
    cells: int = 20_000_000
    seconds: float = 60.0
    memory_bytes: int = 1024**3

    def facts(self) -> dict[str, Any]:
        """Return plain values; `Limits(**facts)` gives the same limits back."""
        return self._asdict()


LIMITS = Limits()


def size_words(size: int) -> str:
    """Return a number of bytes as a person reads it."""
    return f"{size / 1e6:,.0f} MB" if size >= 1_000_000 else f"{size:,} bytes"
