"""Which comments a pack quotes, and what is masked in them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from journey.model.ids import TouchpointId
from journey.report.pack import CommentFact

# Under so many comments of one place none is shown: few could tell who wrote it.
ANSWERS_FOR_A_COMMENT = 10
COMMENTS_ON_THE_PAGE = 2
# A quotation that is read at a glance; longer ones are cut at a word.
_SHORTEST, _LONGEST, _BEST = 20, 220, 90

_AT = (
    r"(?:[@\uff20\ufe6b]|[ ]?[(\[{][ ]?(?:at|małpa|krøllalfa|собака)[ ]?[)\]}][ ]?|[ ][@\uff20][ ])"
)
_DOT = r"(?:\.|[ ]?[(\[{][ ]?(?:dot|kropka|punktum|точка)[ ]?[)\]}][ ]?)"
_NAME = r"[^\s@\uff20\ufe6b<>(),;:\[\]{}\"“”„‚‘’«»]"
# An address, also as people write it to hide it from machines.
# Lengths are bounded, so that a text without spaces is read in a time that grows with its length.
_EMAIL = re.compile(
    rf"{_NAME}{{1,64}}{_AT}(?:\d{{1,3}}(?:\.\d{{1,3}}){{3}}|{_NAME}{{1,255}}?{_DOT}[^\W\d_]{{2,}}"
    r"(?:\.[^\W\d_]{2,})*)",
    re.IGNORECASE,
)
_DASHES = "\u2010-\u2015\u2212\ufe58\ufe63\uff0d"
_GAP = rf"[\s\u00a0\u2000-\u200a\u202f().\-/_·•{_DASHES}]"
# Seven digits or more, however they are spaced: telephone, account and card numbers. A day is none.
_DAY = r"(?:19|20)\d\d-[01]\d-[0-3]\d|[0-3]?\d[./][01]?\d[./](?:19|20)\d\d"
_NUMBER = re.compile(
    rf"(?P<day>(?<!\d)(?<!\d[./-])(?:{_DAY})(?![./-]?\d))|[+\uff0b]?\(?\d(?:{_GAP}{{0,3}}\d){{6,}}"
)
# A shorter one whose word says that it can be rung.
_CALLED = re.compile(
    r"\b(?P<word>(?:tel|telephone|phone|telefon\w*|mobile?|mob|cell|kom|komórk\w+|mobil\w*|fax|faks"
    rf"|тел|телефон\w*|whatsapp)(?:[ ]?(?:numbers?|no|nr|nummer|numer|номер|№|is|er))?[ .:#]*)"
    rf"[+(]?\d(?:{_GAP}{{0,3}}\d){{3,}}",
    re.IGNORECASE,
)
# An account's number as banks write it: country, two digits, then groups with letters among them.
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ \u00a0]?[A-Z0-9]{4}){2,7}(?:[ \u00a0]?[A-Z0-9]{1,3})?\b")
# A short number whose own word says that it is a customer's, an order's, a contract's, a ticket's.
_OF_SOMEBODY = re.compile(
    r"\b(?P<word>(?:customer|client|order|booking|reservation|contract|policy|invoice|ticket|case"
    r"|kunden?|auftrags?|bestell|vertrags?|rechnungs?|ordre|bestillings?|avtale|faktura|saks?"
    r"|zamówieni\w+|klient\w*|umow\w+|rezerwacj\w+|заказ\w*|договор\w*|клиент\w*)"
    r"[ -]?(?:numbers?|no\.?|nr\.?|nummer|numer|id|ref(?:erence)?\.?|номер|№|#)[ :#]*)"
    r"(?P<code>(?=[\w/-]*\d)[\w/-]{3,20})",
    re.IGNORECASE,
)
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")
_MARKS = ((_EMAIL, "[e-mail]"), (_LINK, "[link]"), (_IBAN, "[number]"))


def masked(text: str) -> str:
    """Return a comment in one line, without e-mail addresses, links and people's numbers.

    Long numbers go, and short ones whose word says whose they are. Names and postal addresses stay:
    nothing tells them from other words.
    """
    text = " ".join(_INVISIBLE.sub(" ", text).split())
    for pattern, mark in _MARKS:
        text = pattern.sub(mark, text)
    text = _NUMBER.sub(lambda found: found["day"] or "[number]", text)
    text = _CALLED.sub(lambda found: f"{found['word']}[number]", text)
    return _OF_SOMEBODY.sub(lambda found: f"{found['word']}[number]", text)


def chosen_comments(
    places: Iterable[TouchpointId | None],
    comments: Mapping[TouchpointId | None, Sequence[CommentFact]],
) -> tuple[CommentFact, ...]:
    """Return at most two comments, masked: one of each place in order, then of the journey.

    A place with too few comments shows none. The choice depends on nothing but the texts.
    """
    picked: list[CommentFact] = []
    for place in dict.fromkeys((*places, None)):
        known = comments.get(place, ())
        if len(known) < ANSWERS_FOR_A_COMMENT:
            continue
        told = [replace(c, text=masked(c.text)) for c in known]
        fit = sorted((c for c in told if len(c.text) >= _SHORTEST), key=_worth)
        wanted = COMMENTS_ON_THE_PAGE - len(picked) if place is None else 1
        new = {c.text: c for c in fit if all(c.text != other.text for other in picked)}
        picked += list(new.values())[:wanted]
        if len(picked) == COMMENTS_ON_THE_PAGE:
            break
    return tuple(replace(c, text=_cut(c.text)) for c in picked)


def _worth(comment: CommentFact) -> tuple[int, str]:
    """Sort by how near a comment is to the best length."""
    return abs(len(comment.text) - _BEST), comment.text


def _cut(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    head, _, _ = text[:_LONGEST].rpartition(" ")
    return f"{head or text[:_LONGEST]} …"
