"""What help desks call the columns of their tickets, in the languages we serve, and who says so.

Hints, as all words: they make a proposal that a person confirms. A header is compared without its
unit and with blanks for "_", "-" and ".".
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from storage.imports.words import spread_words


def _pattern(*words: str) -> re.Pattern[str]:
    return re.compile("|".join(words), re.IGNORECASE)


# The surest first. Headers are read with blanks for "_", "-" and ".", and without their units.
IDS: Final = (
    _pattern(
        r"^(?:ticket|case|incident|conversation|request)s? ?(?:id|number|no|nr|nummer|key|#)$",
        r"^(?:ticket|vorgangs?|fall|zgłoszeni\w+|saks?|sags?|ärende|обращени\w+|тикет\w*)[ -]?"
        r"(?:id|nr|nummer|nummeret|numer|номер)$",
        r"^(?:id|nr|numer|номер|n[ºo°]) (?:zgłoszenia|обращения|тикета|(?:du|del?|do) ticket)$",
        r"^(?:issue|request) key$",
        r"^(?:ticket|case|incident|conversation)$",
    ),
    _pattern(r"^(?:record |object |issue )?id$", "^number$", "^key$", "^#$", "^nummer$", "^numer$"),
)
CREATED: Final = (
    _pattern(
        r"^(?:ticket |case |conversation )?created(?: ?(?:at|on|date|time|datetime|timestamp))?$",
        r"^(?:ticket )?creat(?:e|ion) ?(?:date|time)(?: time)?$",
        r"^ticket created (?:date|timestamp|datetime)$",
        r"^(?:date time |date )?opened(?: ?(?:at|on|date))?$",
        r"^(?:erstellt|angelegt)(?: am| um)?$",
        r"^erstell(?:t|ungs?)[ -]?(?:datum|zeit)$",
        r"^(?:data )?utworzen[ioay]a?$",
        r"^opprettet(?: dato)?$|^opprettelsesdato$|^oprettet(?: den)?$|^skapad$|^created$",
        r"^(?:дата )?созда(?:н|но|ния)$",
        r"^(?:date de )?création$|^créé(?: le)?$|^fecha de creación$|^creado(?: el)?$|^criado em$"
        r"|^data de criação$|^data di creazione$|^creato il$|^aangemaakt(?: op)?$|^luotu$",
    ),
    _pattern(r"^(?:conversation )?start(?:ed)?(?: ?(?:at|on|date))?$", "^received(?: at| on)?$",
             "^reported(?: at| on)?$", "^date$"),
)  # fmt: skip
SOLVED: Final = (
    _pattern(
        r"^(?:ticket )?(?:re)?solved(?: ?(?:at|on|date|time|datetime|timestamp))?$",
        r"^(?:re)?solution (?:date|time|datetime)$|^ticket solved (?:date|timestamp)$",
        r"^gelöst(?: am| um)?$|^lösungsdatum$|^(?:data )?rozwiązani[ae]$|^løst(?: dato)?$|^löst$",
        r"^(?:дата )?решен(?:о|ия)$|^résolu(?: le)?$|^date de résolution$|^resuelto(?: el)?$",
        r"^fecha de resolución$|^resolvido em$|^data de resolução$|^risolto il$|^opgelost(?: op)?$",
    ),
    _pattern(
        r"^(?:ticket |case |conversation )?(?:last )?closed?(?: ?(?:at|on|date|time|datetime))?$",
        r"^date time closed$|^date closed$|^closing date$",
        r"^geschlossen(?: am| um)?$|^abschlussdatum$|^(?:data )?zamknięci[ae]$|^lukket(?: dato)?$",
        r"^stängd$|^(?:дата )?закрыт(?:о|ия)$|^fermé(?: le)?$|^date de (?:fermeture|clôture)$",
        r"^fecha de cierre$|^cerrado(?: el)?$|^fechado em$|^data de fechamento$|^chiuso il$"
        r"|^gesloten(?: op)?$",
    ),
)
REPLY: Final = (
    _pattern(
        r"\b(?:first|initial) (?:agent |admin |public |human )?(?:reply|response|respond|replied)",
        r"\btime to (?:the )?first (?:\w+ )?(?:reply|response|contact)",
        r"\breply time\b|\bfrt\b|\bfirst reply\b|\bfirst responded\b",
        r"\berste?n? ?(?:antwort|reaktion)|\berstantwort|\breaktionszeit",
        r"pierwsz\w+ odpowied|\bførste (?:svar|respons)|\bførste svartid|\bförsta svar",
        r"перв\w+ ответ|première réponse|primera respuesta|primeira resposta|prima risposta"
        r"|eerste (?:reactie|antwoord)",
    ),
    _pattern(r"^response time$", "^antwortzeit$", "^svartid$", "^czas odpowiedzi$"),
)
RESOLUTION: Final = (
    _pattern(
        r"\b(?:full|total|last) resolution time",
        r"\btime to (?:last )?(?:close|resolve|resolution)",
        r"^resolution time", r"\blösungszeit|\bbearbeitungszeit|czas rozwiązania|\bløsningstid",
        r"время решения|temps de résolution|tiempo de resolución|tempo de resolução",
    ),
    _pattern(r"\bfirst resolution time"),
)  # fmt: skip
REOPENS: Final = (
    _pattern(r"\breopen", r"wiedereröffn|wieder geöffnet|ponown\w+ otwar|gjenåpn|genåbn|återöppn",
             r"переоткры|réouvert|reabier|reabert|riaper|heropend"),
)  # fmt: skip
REPLIES: Final = (
    _pattern(
        r"^(?:#|no of|nr of|number of|count of|total)? ?(?:agent |public |admin |outbound )?"
        r"(?:replies|responses|interactions)(?: sent| count| to resolve)?$",
        r"^(?:agent|public) (?:replies|comments|interactions)(?: count)?$",
        r"^replies to resolve$|^agent touches$|^number of (?:agent )?touches$|^agent interactions$",
        r"^number of times contacted$|^num contacted notes$",
        r"^(?:anzahl )?antworten$|^(?:liczba )?odpowiedzi$|^(?:antall )?svar$|^ответы$|^réponses$"
        r"|^respuestas$|^respostas$|^risposte$",
    ),
)
FLAGS: Final = (
    _pattern(
        r"\bfirst (?:contact|call|touch) resol", r"^fcr$|^is fcr$|\bone touch\b",
        r"^closed when created$|^is ?closed ?on ?create$|\b(?:re)?solved (?:at|on|in) first",
    ),
)  # fmt: skip
REQUESTERS: Final = (
    _pattern(r"^(?:requester|customer|contact|caller|user|client|reporter)s? (?:id|e ?mail)$"),
    _pattern(r"^(?:requester|reporter|caller|customer)$", "^(?:contact|requester|customer) name$",
             r"^(?:anfragesteller|melder|kunde|zgłaszający|innmelder|заявитель|demandeur"
             r"|solicitante|richiedente)$"),
)  # fmt: skip
STATES: Final = (
    _pattern(r"^(?:ticket |case |conversation |incident )?(?:status|state)$", "^zustand$"),
)
# Where tickets came in and who took them: what may be touchpoints.
PLACES: Final = (
    _pattern(r"^(?:ticket )?(?:channel|via|source|origin|kanal|kanał|канал|canal|canale|kanaal)$",
             r"^(?:case|contact) (?:origin|channel|source)$"),
    _pattern(r"^(?:ticket |assigned |assignment |assignee )?(?:group|team|inbox|mailbox|queue)$",
             r"^(?:ticket )?(?:pipeline|brand)$",
             r"^(?:ticket )?form$|^(?:gruppe|zespół|grupa|группа|groupe|grupo|gruppo|groep)$"),
    _pattern(r"^(?:request |ticket |case |issue )?(?:type|category|reason|topic|product)$"),
)  # fmt: skip
# Without such a word a record with a beginning and an end may be a deal or an order.
HELP_DESK: Final = _pattern(
    r"\bticket", r"\bcase\b", r"\bincident", r"\bissue\b", r"\bconversation", r"\brequester",
    r"\bfirst (?:agent )?(?:reply|response)", r"\breply time\b", r"\breopen",
    r"\bcaller\b", r"\bvorgang", "zgłosz", r"\bassign", r"обращени", "тикет",
)  # fmt: skip
BUSINESS: Final = _pattern(
    r"\bbusiness\b|\boffice\b|\bworking\b|geschäfts|робочи|рабоч|godzin\w* pracy"
)
# Times that are no answer of anybody: waiting, a target, what a contract allows.
OTHER_TIME: Final = _pattern(r"\b(?:wait|on hold|handle|talk|sla|target|due|overdue|breach)\b")


# States in which a ticket is done, by how they begin, and those in which it never was one.
DONE: Final = _pattern(
    r"^(?:auto ?)?(?:clos|solv|resol|done|complet|finish|archiv)",
    "^(?:geschlossen|gelöst|erledigt)",
    "^(?:zamkni|rozwiąz|zakończ)", "^(?:lukket|løst|ferdig|stängd|löst|afsluttet)",
    "^(?:закры|реш[её]н)", "^(?:résolu|fermé|clos|cerrad|resuelt|fechad|resolvid|chius|risolt)",
    "^(?:gesloten|opgelost|suljettu|ratkaistu)", "^fixed$",
)  # fmt: skip
NOT_DONE: Final = _pattern(
    "^(?:open|re-?opened|new|pending|on.?hold|hold|in progress|waiting|awaiting|assigned|active)",
    "^(?:snoozed|to ?do|backlog|offen|neu|wartend|in bearbeitung|nowe|otwart|oczekuj|w toku)",
    "^(?:åpen|ny$|venter|under arbeid|öppen|ny$|нов|открыт|ожида|в работе|ouvert|nouveau|abiert)",
    "^(?:nuev|abert|nov[oa]|apert|nuov|nieuw|avoin|unresolved|not )",
)  # fmt: skip
NEVER_ONE: Final = _pattern(
    "^(?:spam|deleted|suspended|merged|trash|duplicate|usunię|gelöscht|slettet|удал|supprim)",
)
# Column names that only one help desk has; the first that fits is the vendor.
_VENDORS: Final = (
    ("zendesk", _pattern(
        "assignee stations", "group stations", "requester wait time", "agent wait time",
        r"(?:first )?reply time", "full resolution time", "satisfaction score", "via channel",
        r"^solved at$", "ticket solved", "initially assigned",
    )),
    ("hubspot", _pattern(
        "ticket status", "time to first agent", "number of times contacted", "ticket owner",
        "time to close", "^hs ",
    )),
    ("freshdesk", _pattern(
        "agent interactions", "customer interactions", "first response status", "resolution status",
        "initial response time", "every response",
    )),
    ("intercom", _pattern("^conversation id$", "teammate", "^intercom")),
    ("salesforce", _pattern(
        "^case number$", "date time opened", "closed when created", "case owner",
    )),
    ("servicenow", _pattern("assignment group", "^caller$", "reopen count", "^sys ", "^opened$")),
    ("jira", _pattern("^issue key$", "^request type$")),
    ("gorgias", _pattern("assignee team", "created datetime", "closed datetime", "survey score")),
    ("helpscout", _pattern("^mailbox", "happiness", "replies to resolve", "^conversation number$")),
)  # fmt: skip


VENDORS: Final = frozenset(vendor for vendor, _ in _VENDORS)


def vendor_of(headers: Iterable[str]) -> str:
    """Return whose words the headers of a table of tickets are; "plain" where nobody's."""
    names = list(headers)
    told = [*map(plain_header, names), *(name.casefold().replace("_", " ") for name in names)]
    scores = {
        vendor: sum(pattern.search(name) is not None for name in told)
        for vendor, pattern in _VENDORS
    }
    best = max(scores, key=lambda vendor: scores[vendor])
    return best if scores[best] else "plain"


def names_tickets(headers: Iterable[str]) -> bool:
    """Whether a header may name the ticket of each record."""
    plain = (plain_header(header) for header in headers)
    return any(pattern.search(name) for name in plain for pattern in IDS)


@lru_cache(maxsize=2_048)
def plain_header(name: str) -> str:
    """Return a header as its words are compared."""
    text = re.sub(r"[\[(][^\[\]()]*[\])]", " ", spread_words(name))
    text = re.sub(r"[._/:,–-]+", " ", text).casefold()
    text = re.sub(r"\bin (?:minutes|hours|seconds|days|hrs|mins)\b", " ", text)
    # Interfaces of programs put these before every name: "metric_set.reopens", "hs_ticket_id".
    return " ".join(text.split()).removeprefix("metric set ").removeprefix("hs ")
