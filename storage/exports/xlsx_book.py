"""What the sheets of one workbook share."""

from typing import Any

from journey.priority.result import Basis
from journey.report.figures import long_date, quarter_words
from journey.report.pack import Pack
from storage.exports.file_words import FileWords
from storage.exports.names import safe_sheet_name
from storage.exports.xlsx_formats import formats_for
from storage.exports.xlsx_styles import Styles


class Book:
    """What the sheets of one workbook share."""

    def __init__(self, workbook: Any, pack: Pack) -> None:
        self.pack = pack
        self.words = FileWords(pack.language)
        self.formats = formats_for(pack.language)
        self.styles = Styles(workbook)
        self._workbook = workbook
        self._taken: set[str] = set()
        self.names: list[str] = []

    def sheet(self, title: str) -> Any:
        """Return a new sheet without gridlines, on A4."""
        sheet = self._workbook.add_worksheet(safe_sheet_name(title, self._taken))
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        return sheet

    def name(self, name: str, sheet: Any, first: tuple[int, int], last: tuple[int, int]) -> None:
        """Give a range a name that formulas and macros of the reader can rely on."""
        from xlsxwriter.utility import quote_sheetname, xl_range_abs

        place = f"={quote_sheetname(sheet.get_name())}!{xl_range_abs(*first, *last)}"
        self._workbook.define_name(name, place)
        self.names.append(name)

    def quarter(self) -> str:
        """Return the quarter and its state, as "2026 Q4, draft"."""
        pack, words = self.pack, self.words
        label = quarter_words(pack.quarter) if pack.quarter else words("no_quarter")
        if pack.draft:
            return f"{label}, {words('draft')}"
        if pack.frozen_on is None:
            return label
        return f"{label}, {words('frozen', date=long_date(pack.frozen_on))}"

    def leader(self) -> str:
        """Return whose pack it is."""
        pack = self.pack
        name = pack.leader_name if pack.leader else self.words("unassigned")
        return f"{name}, {pack.leader_role}" if pack.leader_role else name

    def unit_note(self, label: str) -> str:
        """Return what the figures of the list are."""
        if self.pack.basis is Basis.MONEY:
            return self.words("unit.money", unit=label)
        if self.pack.basis is Basis.INDEX:
            return self.words(f"unit.{self.pack.index_unit}")
        return ""
