"""Number formats of a workbook by language: how days and shares are written.

Separators of thousands and decimals are not here: spreadsheets show those of their reader.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Formats:
    """Formats of one language.

    Attributes:
        day: a date to read, its month in the language's own words.
        entry_day: a date to be typed over, in figures as the language writes them.
        share: a share as whole per cent; chance: likewise, never 0 % or 100 % where it is not.
    """

    day: str
    entry_day: str
    share: str
    chance: str


# Microsoft's number of the language, the date in words, in figures, and what stands before "%".
_LANGUAGES = {
    "en": ("809", "d mmm yyyy", "yyyy-mm-dd", ""),
    "pl": ("415", "d mmm yyyy", "dd.mm.yyyy", ""),
    "nb": ("414", "d. mmm yyyy", "dd.mm.yyyy", "\u2009"),
    "ru": ("FC19", "d mmm yyyy", "dd.mm.yyyy", "\u2009"),
}
_SAME = {"no": "nb", "nn": "nb"}


def formats_for(language: str) -> Formats:
    """Return the formats of a language as "pl" or "nb-NO"; English ones where it is not known."""
    short = language.replace("_", "-").partition("-")[0].lower()
    number, day, entry_day, gap = _LANGUAGES.get(_SAME.get(short, short), _LANGUAGES["en"])
    return Formats(
        day=f"[$-{number}]{day}",
        entry_day=entry_day,
        share=f"0{gap}%",
        chance=f'[<0.005]"<1{gap}%";[>0.995]">99{gap}%";0{gap}%',
    )
