"""Numbers as people read them: two or three figures, thin spaces, a true minus."""

import math

_THIN = " "
_PER_CENT = "\u00a0%"  # kept with its number
_MINUS = "−"
_SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£"}


def rounded(value: float, figures: int = 2) -> float:
    """Return the value to so many significant figures."""
    if value == 0 or not math.isfinite(value):
        return value
    digits = figures - 1 - math.floor(math.log10(abs(value)))
    return round(value, digits)


def number(value: float, decimals: int = 0) -> str:
    """Return a number with thin spaces between thousands and a true minus; never "−0"."""
    text = f"{abs(value):,.{decimals}f}".replace(",", _THIN)
    # What rounds to nothing has no sign.
    return _MINUS + text if value < 0 and text.strip("0.") else text


def percent(share: float) -> str:
    """Return a share as "13 %"; a small one keeps a decimal, a tiny one is "under 0.1 %"."""
    p = 100 * share
    if 0 < p < 0.1:
        return f"under 0.1{_PER_CENT}"
    return f"{number(p, 1 if p < 9.95 and p != round(p) else 0)}{_PER_CENT}"


def chance(share: float) -> str:
    """Return a probability as "78 %", "under 1 %" or "over 99 %": draws cannot say more."""
    if share < 0.01:
        return f"under 1{_PER_CENT}"
    if share > 0.99:
        return f"over 99{_PER_CENT}"
    return f"{number(100 * share)}{_PER_CENT}"


def points(difference: float) -> str:
    """Return a difference as its size with one decimal, "3.4"."""
    return number(abs(difference), 1)


def counted(value: float) -> str:
    """Return customers or visits a year, two figures: "24 000"."""
    return number(rounded(value))


def days(effort: float) -> str:
    """Return an effort, "25 days", "1 day", "2.5 days"."""
    text = number(effort, 0 if effort == round(effort) or effort >= 20 else 1)
    return "1 day" if text == "1" else f"{text} days"


def scale_of(value: float) -> tuple[float, str]:
    """Return (divisor, prefix) for money: thousands from 10 000, millions from 1 000 000."""
    size = abs(value)
    if size >= 999_500:
        return 1e6, "M"
    return (1e3, "k") if size >= 9_950 else (1.0, "")


def money(value: float, currency: str) -> str:
    """Return an amount as "310 k€", "1.2 M NOK", "−9 400 €"."""
    divisor, prefix = scale_of(value)
    return f"{_amount(value, divisor)}{_unit(prefix, currency)}"


def money_range(low: float, high: float, currency: str) -> str:
    """Return two amounts in one unit: "190–460 k€"; "to" stands between where one is below 0."""
    divisor, prefix = scale_of(max(abs(low), abs(high)))
    between = " to " if low < 0 else "–"
    low_text, high_text = _amount(low, divisor), _amount(high, divisor)
    return f"{low_text}{between}{high_text}{_unit(prefix, currency)}"


def _amount(value: float, divisor: float) -> str:
    # As on the bars and in the packs: whole thousands, so that a figure is the same everywhere.
    part = round(value / divisor, 1)
    return number(part, 0 if abs(part) >= 10 or part == round(part) or divisor == 1 else 1)


def _unit(prefix: str, currency: str) -> str:
    symbol = _SYMBOLS.get(currency)
    if symbol:
        return f" {prefix}{symbol}"
    return f" {prefix} {currency}" if prefix else f" {currency}"


def per_thousand(index: float) -> str:
    """Return an index with the decimals its size allows: "4.1", "0.32", "120"."""
    value = rounded(index)
    size = abs(value)
    return number(value, 0 if size >= 10 else 1 if size >= 1 else 2)
