"""Numbers as people read them: true minus, narrow spaces in thousands, unit kept with its number.

Every screen formats through here, so a figure looks the same wherever it stands.
"""

import math
import re
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication

MINUS: Final = "\u2212"
NARROW: Final = "\u202f"  # groups thousands and never breaks
NO_BREAK: Final = "\u00a0"
NONE: Final = "–"  # stands where there is no figure

_SYMBOLS: Final[dict[str, str]] = {
    "EUR": "€",
    "GBP": "£",
    "USD": "$",
    "JPY": "¥",
    "NOK": "kr",
    "SEK": "kr",
    "DKK": "kr",
    "PLN": "zł",
    "CZK": "Kč",
    "RUB": "₽",
    "UAH": "₴",
    "INR": "₹",
    "TRY": "₺",
}
_UNIT_AFTER: Final = re.compile(r"(?<=\d) (?=(?:%|[kM]?[€£$¥₽]|points?\b|days?\b|d\b|pts\b))")
_THOUSANDS_UP_TO: Final = 10_000_000.0  # from here on in millions


@dataclass(frozen=True, slots=True)
class MoneyUnit:
    """The one unit of a column of money: "€", "k€" or "M€" and how many digits follow the point."""

    label: str
    divisor: float
    decimals: int

    def figure(self, value: float) -> str:
        """Return an amount of money as a figure in this unit, without the unit."""
        return number(value / self.divisor, self.decimals)


def number(value: float, decimals: int | None = None, *, signed: bool = False) -> str:
    """Return a number; `decimals` None shows up to two digits after the point, as many as needed.

    What rounds to zero bears no sign; a value that is not finite reads as no figure.
    """
    if not math.isfinite(value):
        return NONE
    text = f"{abs(value):,.{2 if decimals is None else decimals}f}"
    if decimals is None:
        text = text.rstrip("0").rstrip(".")
    text = text.replace(",", NARROW)
    if not any(digit in text for digit in "123456789"):
        return text
    return f"{MINUS if value < 0 else '+' if signed else ''}{text}"


def signed(points: float, decimals: int = 0) -> str:
    """Return points with their sign, as an NPS: "+23", "−8", "0"."""
    return number(points, decimals, signed=True)


def with_unit(value: float, unit: str, decimals: int | None = None) -> str:
    """Return a number and its unit, kept together."""
    text = number(value, decimals)
    return f"{text}{NO_BREAK}{unit}" if unit else text


def percent(share: float, decimals: int = 0) -> str:
    """Return a share of 0 … 1 as "13 %"; what is not quite none or all says so ("<1 %")."""
    least = 10.0**-decimals
    shown = round(100 * share, decimals)
    if share > 0 and shown == 0:
        return f"<{number(least, decimals)}{NO_BREAK}%"
    if share < 1 and shown == 100:
        return f">{number(100 - least, decimals)}{NO_BREAK}%"
    return f"{number(100 * share, decimals)}{NO_BREAK}%"


def currency_symbol(currency: str) -> str:
    """Return the sign of an ISO currency code, else the code itself."""
    return _SYMBOLS.get(currency.upper(), currency.upper())


def money(value: float, currency: str) -> str:
    """Return an amount in full: "6 200 €"; cents only for amounts under 10."""
    return with_unit(value, currency_symbol(currency), 2 if 0 < abs(value) < 10 else 0)


def money_unit(largest: float, currency: str) -> MoneyUnit:
    """Return the unit for a column whose largest amount is `largest`."""
    symbol = currency_symbol(currency)
    # A word as a sign ("kr") stands off its prefix.
    gap = "" if len(symbol) == 1 else NO_BREAK
    size = abs(largest)
    if size < 1_000:
        return MoneyUnit(symbol, 1.0, 0 if size >= 100 else 1)
    prefix, divisor = ("k", 1e3) if size < _THOUSANDS_UP_TO else ("M", 1e6)
    decimals = 0 if size >= 100 * divisor else 1
    return MoneyUnit(f"{prefix}{gap}{symbol}", divisor, decimals)


def compact_money(value: float, currency: str) -> str:
    """Return an amount short: "850 €", "4.9 k€", "310 k€", "12.4 M€"."""
    unit = money_unit(value, currency)
    return f"{unit.figure(value)}{NO_BREAK}{unit.label}"


def interval(low: str, high: str, unit: str = "") -> str:
    """Return two formatted ends as "190 to 460 k€"."""
    text = QCoreApplication.translate("Numbers", "{0} to {1}").format(low, high)
    return f"{text}{NO_BREAK}{unit}" if unit else text


def days(effort: float) -> str:
    """Return an effort in person-days, short: "25 d"."""
    unit = QCoreApplication.translate("Numbers", "d")
    return with_unit(effort, unit, 0 if effort >= 10 else None)


def score(value: float, metric: str = "") -> str:
    """Return a score: an NPS signed and whole, any other with one digit after the point."""
    return signed(value) if metric == "nps" else number(value, 1)


def times(ratio: float) -> str:
    """Return a factor: "×0.83"."""
    return f"×{number(ratio, 2 if ratio < 10 else 0)}"


def keep_units(sentence: str) -> str:
    """Return a sentence in which no line breaks between a number and its unit."""
    return _UNIT_AFTER.sub(NO_BREAK, sentence)


def parse(text: str) -> float | None:
    """Return the number a person typed, None where it is none or not finite.

    Spaces group; a unit or sign of currency after it is let go. Of a point and a comma the last is
    the decimal mark; a lone comma before three digits groups, as in "9,000".
    """
    kept = "".join(text.split()).replace(MINUS, "-").rstrip("%€£$¥₽₴₹₺").removesuffix("d")
    kept = kept.lstrip("×/÷")
    if kept.rfind(",") > kept.rfind("."):
        whole, _, rest = kept.rpartition(",")
        groups = "," in whole or (len(rest) == 3 and "." not in whole and whole not in ("", "0"))
        kept = f"{whole}{rest}" if groups else f"{whole.replace('.', '')}.{rest}"
    try:
        value = float(kept.replace(",", ""))
    except ValueError:
        return None
    return value if math.isfinite(value) else None
