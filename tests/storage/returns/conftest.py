"""A leader's pack on disk, and a hand that fills it in."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from journey.model.workspace import Workspace
from journey.report.pack import Pack
from storage.exports.xlsx import write_xlsx
from tests.storage.exports.conftest import bank_ranking, pack_maker, packs, workspace

__all__ = ["bank_ranking", "pack_maker", "packs"]

FIRST = 4  # the line of the first row on the sheet to fill in
Fill = Callable[[Callable[[Any], None]], Path]


@pytest.fixture
def bank() -> Workspace:
    """The workspace the pack was made from."""
    return workspace()


@pytest.fixture
def exported(packs: tuple[Pack, ...], tmp_path: Path) -> Path:
    """Ingrid Solberg's pack as it leaves."""
    return write_xlsx(packs[0], tmp_path / "pack.xlsx")


@pytest.fixture
def fill(exported: Path, tmp_path: Path) -> Fill:
    """Open the pack in a spreadsheet program, change it, save it under another name."""

    def filled(change: Callable[[Any], None]) -> Path:
        book = load_workbook(exported)
        change(book)
        path = tmp_path / "returned.xlsx"
        book.save(path)
        return path

    return filled
