"""Names of months in the languages that sheets and exports come in."""

from typing import Final

# In English, German, Polish (as in dates too), Norwegian, Russian, French, Spanish, Italian,
# Portuguese, Swedish and Dutch; what is shortened otherwise than by its first letters is added.
_NAMES: Final = (
    (
        "january januar jänner styczeń stycznia янв "
        "январь января janvier enero gennaio janeiro januari"
    ),
    (
        "february februar luty lutego февраль февраля "
        "février fevrier febrero febbraio fevereiro februari"
    ),
    "march märz maerz mrz marzec marca mars март марта marzo março marco maart mrt",
    "april kwiecień kwietnia апрель апреля avril abril aprile",
    "may mai maj maja май мая mayo maggio maio mei",
    "june juni czerwiec czerwca июнь июня juin junio giugno junho",
    "july juli lipiec lipca июль июля juillet julio luglio julho",
    "august sierpień sierpnia август августа août aout agosto augusti augustus",
    "september wrzesień września сентябрь сентября septembre septiembre settembre setembro",
    (
        "october oktober październik pazdziernik października "
        "октябрь октября octobre octubre ottobre outubro"
    ),
    "november listopad listopada ноябрь ноября novembre noviembre novembro",
    (
        "december dezember desember grudzień grudnia декабрь "
        "декабря décembre decembre diciembre dicembre dezembro"
    ),
)
_SHORTEST: Final = 3


def _starts() -> dict[str, int]:
    """Return every beginning of a name with its month; those of two months are left out."""
    found: dict[str, int] = {}
    for number, names in enumerate(_NAMES, start=1):
        for name in names.split():
            for end in range(_SHORTEST, len(name) + 1):
                start = name[:end]
                found[start] = number if found.get(start, number) == number else 0
    return found


_NUMBERS: Final = _starts()


def month_number(name: str) -> int:
    """Return the month a name or its beginning means, 1 to 12; 0 where it means none or two."""
    return _NUMBERS.get(name.casefold(), 0)
