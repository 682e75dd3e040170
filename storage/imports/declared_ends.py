"""What a question says of its own scale: "(1 = very good, 6 = insufficient)", "from 0 to 10"."""

import re
from dataclasses import dataclass
from typing import Final

_NAMED: Final = re.compile(
    r"(?P<low>\d{1,3})\s*(?:=|:|–|-|means|bedeutet|oznacza|betyr|означает)\s*"
    r"(?P<first>[^\d=;,()]{2,60}?)\s*(?:[,;/–-]|and|und|et|y|i|og|и|bis|to|…|\.{2,3})+\s*"
    r"(?P<high>\d{1,3})\s*(?:=|:|–|-|means|bedeutet|oznacza|betyr|означает)\s*(?P<last>[^\d=;()]{2,60})",
    re.IGNORECASE,
)
_RANGE: Final = re.compile(
    r"(?:[(\[]|scale|skala|skali|шкале|escala|échelle|from|von|od|fra|от|de)\s*"
    r"(?P<low>\d)\s*(?:-|–|to|bis|do|til|до|à|a|-)\s*(?P<high>\d{1,3})\b",
    re.IGNORECASE,
)
_GRADES: Final = re.compile(r"schulnote", re.IGNORECASE)
_BAD: Final = re.compile(
    r"dissatisf|unsatisf|\bnot\b|\bbad\b|poor|terrible|worst|disagree|difficult|\bhard\b|unlikely"
    r"|unzufrieden|schlecht|ungenügend|mangelhaft|gar nicht|überhaupt nicht|stimme nicht|schwierig"
    r"|schwer|unwahrscheinlich|niezadowol|źle|\bzł|trudn|nie zgadzam|mało|misfornøyd|dårlig|uenig"
    r"|vanskelig|usannsynlig|недовол|плох|ужас|не соглас|сложн|трудн|маловероят|insatisf|malo|pésim"
    r"|desacuerdo|difícil|difficile|mauvais|désaccord|\bpas\b|ruim|péssim|discordo|nada",
    re.IGNORECASE,
)
_GOOD: Final = re.compile(
    r"satisf|\bgood\b|excellent|great|\bbest\b|\bagree|easy|\blikely|zufrieden|\bgut\b|ausgezeichnet"
    r"|stimme .*zu|einfach|leicht|wahrscheinlich|zadowol|dobr|doskonal|łatw|zgadzam|fornøyd|\bbra\b"
    r"|\bgodt?\b|\benig|lett|enkelt|sannsynlig|довол|хорош|отличн|соглас|легк|просто|bueno|buena"
    r"|excelente|de acuerdo|fácil|facile|\bbon|d.accord|\bbom\b|ótim|concordo",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DeclaredEnds:
    """A scale as the question names it; whether low is good, None where that is not said."""

    low: int
    high: int
    lower_is_better: bool | None = None


def declared_ends(title: str) -> DeclaredEnds | None:
    """Return the scale a question names, or None."""
    named = _NAMED.search(title)
    if named is not None:
        low, high = int(named["low"]), int(named["high"])
        first, last = _is_good(named["first"]), _is_good(named["last"])
        if high < low:
            low, high, first, last = high, low, last, first
        told = None if first is last else (first is True or last is False)
        return DeclaredEnds(low, high, told) if low < high else None
    found = _RANGE.search(title)
    if found is not None and int(found["low"]) + 1 < int(found["high"]):
        low_is_good = True if _GRADES.search(title) else None
        return DeclaredEnds(int(found["low"]), int(found["high"]), low_is_good)
    return DeclaredEnds(1, 6, lower_is_better=True) if _GRADES.search(title) else None


def _is_good(words: str) -> bool | None:
    """Tell a good end from a bad one; bad words win, as in "not satisfied"."""
    if _BAD.search(words):
        return False
    return True if _GOOD.search(words) else None
