"""Figures written out for people: one unit per pack, thin spaces, a true minus.

Every format takes its figures from here, so that all show the same digits.
"""

from dataclasses import dataclass
from datetime import date

from journey.priority.result import Basis
from journey.report.pack import Axis, Pack
from journey.report.words import Words

THIN = "\u2009"
MINUS = "\u2212"
_SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£", "NOK": "kr", "SEK": "kr", "DKK": "kr", "PLN": "zł"}
# From here on a list is told in thousands, in millions.
_THOUSANDS, _MILLIONS = 10_000.0, 10_000_000.0
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True, slots=True)
class Unit:
    """In what the figures of one list are told.

    Attributes:
        label: as "k€"; in a sentence and in a cell.
        spoken: what follows an index in a sentence, where its column's header is not in sight.
        scale: the figure is divided by it.
        decimals: behind the point.
    """

    label: str
    scale: float
    decimals: int
    spoken: str = ""

    def text(self, value: float, *, with_unit: bool = True) -> str:
        """Return the figure as people read it, as "1 240 k€"."""
        number = grouped(value / self.scale, self.decimals)
        unit = self.label or self.spoken
        return f"{number} {unit}" if with_unit and unit else number

    def number_format(self, *, with_unit: bool = True) -> str:
        """Return the spreadsheet's number format that shows an unscaled value in this unit."""
        digits = "#,##0" + ("." + "0" * self.decimals if self.decimals else "")
        scaled = digits + "," * (0 if self.scale == 1 else 1 if self.scale == 1e3 else 2)
        literal = f'" {self.label}"' if with_unit and self.label else ""
        return f"{scaled}{literal};{MINUS}{scaled}{literal}"


def unit_of(pack: Pack, words: Words) -> Unit:
    """Return the unit that suits the largest figure of a pack's page."""
    widest = _widest(pack.axis)
    if pack.basis is not Basis.MONEY:
        return Unit("", 1, 0 if widest >= 100 else 1, words("unit.per_1000"))
    symbol = _SYMBOLS.get(pack.currency, pack.currency)
    letters = len(symbol) > 1
    if widest >= _MILLIONS:
        return Unit(f"M {symbol}" if letters else f"M{symbol}", 1e6, 1)
    if widest >= _THOUSANDS:
        return Unit(f"k {symbol}" if letters else f"k{symbol}", 1e3, 0)
    return Unit(symbol, 1, 0)


def _widest(axis: Axis | None) -> float:
    return max(abs(axis.low), abs(axis.high)) if axis else 0.0


def grouped(value: float, decimals: int = 0) -> str:
    """Return a number with thin spaces between thousands and a true minus."""
    text = f"{abs(value):,.{decimals}f}".replace(",", THIN)
    negative = value < 0 and any(digit in text for digit in "123456789")
    return f"{MINUS}{text}" if negative else text


def percent(share: float) -> str:
    """Return a share 0 … 1 as whole per cent; never 0 % or 100 % where it is not."""
    if 0 < share < 0.005:
        return f"<1{THIN}%"
    if 0.995 < share < 1:
        return f">99{THIN}%"
    return f"{share * 100:.0f}{THIN}%"


def long_date(day: date) -> str:
    """Return a date in words, as "4 January 2027"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def quarter_words(label: str) -> str:
    """Return "2026 Q4" for "2026Q4"."""
    return label.replace("Q", " Q")


def short_hash(sha256: str) -> str:
    """Return the first sixteen digits in fours, for people to compare."""
    return " ".join(sha256[i : i + 4] for i in range(0, min(16, len(sha256)), 4))
