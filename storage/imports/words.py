"""Words in headers and values that hint at what a column is, in the languages we serve.

Hints only ever make a proposal that the user confirms; nothing is read by them.
"""

import re
from collections.abc import Iterable
from typing import Final


def _pattern(*words: str) -> re.Pattern[str]:
    return re.compile("|".join(words), re.IGNORECASE)


RECOMMEND: Final = _pattern(
    r"\bnps\d*\b", "net promoter", r"recommend", "weiterempf", "polec", "anbefal", "рекоменд",
    "порекоменд", "recommand", "recomend", "recomiend", "consigli", "raccomand", "aanbevel",
    "rekommend", "suosittel", "aanraden",
)  # fmt: skip
EFFORT: Final = _pattern(
    r"\bces\b", r"\beffort\b", "how easy", "easy for me", "made it easy", "wysił", "anstreng",
    "hvor enkelt", "hvor lett", "усили", "aufwand", "wie einfach", "jak łatwo", "esfuerzo",
    "esforço", "qué tan fácil", "cuán fácil", "a-t-il été facile", "foi fácil",
    r"\bease of doing business\b", "hur enkelt", "hur lätt", "hoe makkelijk",
    "hoe gemakkelijk", "kuinka helppo", "quanto è stato facile",
)  # fmt: skip
SATISFACTION: Final = _pattern(
    r"\bcsat\b", "satisf", "zadowol", "tilfreds", "fornøyd", "удовлетвор", "zufrieden",
    r"\brat(e|ing)s?\b", "ocen", "vurder", "оцен", "bewert", "valora", "califi", "évalu", "avali",
    "beurteil", "довол", "soddisf", "tevreden", r"\bnöjd", "tyytyväi", "beoorde", "bedøm", "betyg",
    r"\bstars?$", "how happy", r"\bhappiness\b", r"\bsurvey score\b", "how pleased", r"\bo?sat \w",
)  # fmt: skip
# In a table of touchpoints, the column of what was answered.
SCORE: Final = _pattern(
    r"^scores?$", r"^answer$", r"^value$", "^wynik$", "^punkty?$", "^poeng", "^karakter$",
    "^балл", "^punkte$", "^wert$", "^note$", "^svar$", "^verdi$", "^antwort$", "^odpowiedź$",
    "^ответ$", r"^(?:response|answer)[ _]?(?:value|score)$",
    r"\b(?:overall|review(?:er)?|customer|survey) scores?$",
)  # fmt: skip
LEAVING: Final = _pattern(
    r"\bchurn", r"\bleft\b", "attrition", "cancelled", r"\bexited\b", "odszed", "rezygn",
    "sluttet", "sagt opp", r"\bотток", "ушел", "ушёл",
)  # fmt: skip
OUTCOME: Final = _pattern(
    "^satisfaction$", "^overall satisfaction$", "^outcome$", "^zadowolenie$", "^tilfredshet$",
    "^удовлетвор[её]нность$",
)  # fmt: skip
NEGATIVE: Final = _pattern(
    "dissatisf", "unsatisf", r"\bnot\b", "unhappy", r"\bbad\b", r"\bpoor\b", "negative",
    "niezadowol", "misfornøyd", "utilfreds", "недовол", "неудовлетв", "unzufrieden",
)  # fmt: skip
YES: Final = frozenset({"yes", "y", "1", "true", "tak", "ja", "да", "left", "churned", "exited"})
NO: Final = frozenset({"no", "n", "0", "false", "nie", "nei", "nein", "нет", "stayed", "retained"})
RESPONDENT: Final = _pattern(
    r"^#$", r"^id$", r"\bresponse ?id\b", r"\brespondent", r"\bresponse_id\b", r"\btoken\b",
    r"\bcustomer ?_?(id|number|no)\b", r"\buser ?_?id\b", r"\bparticipant", r"\b\w+ id$",
    r"_id$", r"\bперсона id\b", r"\bnumer klienta\b", r"\bkundenummer\b", r"\bномер клиента\b",
    r"participant$", r"^customer$", r"\bkunden?-?(nr|nummer|id)\b", r"\bid ", r"\bcliente? id\b",
    r"\bnuméro (de )?client\b", r"\bnúmero de cliente\b", r"^(kunde|klient|клиент)$",
)  # fmt: skip
# Earlier patterns make the better segment.
SEGMENTS: Final = (
    _pattern("segment", "сегмент", "kundengruppe", "grupa klient", "kundegruppe", "segmento"),
    _pattern(r"\bclass\b", r"\btier\b", r"\bplan\b", "klasa", "klasse", "класс"),
    _pattern("contract", "umow", "avtale", "договор", "subscription"),
    _pattern("customer type", "type of customer", "kundetype", "typ klienta", "тип клиента"),
    _pattern(r"\btype\b", r"\btyp\b", r"\bтип\b"),
    _pattern(r"\bregion\b", r"\bcountry\b", r"\bkraj\b", r"\bland\b", "страна", "регион"),
    _pattern(
        r"\bproduct\b",
        r"\bprodukt\b",
        "продукт",
        r"\bbrand\b",
        "marka",
        "channel",
        "kanal",
        "канал",
    ),
    _pattern(r"\bposition\b", r"\brole\b", r"\bstanowisko\b", r"\bстатус\b", "gender", r"^age"),
)
WEIGHT: Final = _pattern(
    r"^weights?$", r"^w$", r"^wt$", r"^waga$", r"^vekt$", r"^вес$", "^gewicht", "^peso$", "^poids$"
)
TOUCHPOINT: Final = _pattern(
    "touch ?point", "punkt styku", "kontaktpunkt", "точка контакта", "berührungspunkt",
    r"journey step", r"^question(?: (?:text|name|title|label))?$",
    "^frage$", "^pytanie$", "^spørsmål$", "^вопрос$",
)  # fmt: skip
COMMENT: Final = _pattern(
    "comment", "bemerk", "anmerk", r"\bremark", "merknad", "observaci", "отзыв",
    "komentar", "kommentar", "коммента", "open.ended", "feedback", "what could we",
    "tell us", "why did you", "uwagi", "suggest", "comentario", "comentário", "améliorer",
    "mejorar", "melhorar", "besser machen", "verbesser", "gestört", r"\breason\b",
    r"\breview\b", r"\bwhy\b",
    "warum", "dlaczego", "hvorfor", "pourquoi", "почему", "follow.?up", "forbedre", "poprawić",
)  # fmt: skip
COUNTS: Final = _pattern(
    "how many", "number of", r"\bcount\b", r"\bqty\b", "quantity", "liczba", "ilość", "antall",
    "количеств", r"\bсколько", r"\bage\b", r"\bminutes?\b", r"\bhours?\b", r"\bdays?\b",
    r"\bmonths?\b", r"\brank\b", r"\bseed\b", "last ?page", r"\bprogress\b", r"\bduration\b",
    r"\bitems?\b", "children", "dzieci", r"\bbarn\b", r"\bдетей\b",
)  # fmt: skip
# Options of such questions are pain points.
PROBLEM: Final = _pattern(
    "problem", r"\bissues?\b", "went wrong", "trouble", "difficult", "frustrat", "annoy",
    "complain", "dislike", "disappoint", "improve", "do better", "barrier", "obstacle",
    r"\bleav(e|ing)\b", "cancel", "schwierig", r"\bstör", "ärger", "verbesser", "trudno",
    "przeszk", "poprawi", "irytuj", "vanskelig", "irriter", "forbedre", "hindr", "проблем",
    "трудност", "раздраж", "улучш", "мешал", "gikk galt", "gik galt", "gick fel", "nie tak",
    "schief", "не так", "misging", "salió mal", "mal passé", "andato storto", "ongelm", "ulemp",
    "mangler", r"\bbad\b", "schlecht", r"\bźle\b", "dårlig", "плохо", r"\bmauvais", r"\bmalo\b",
)  # fmt: skip
OTHER: Final = _pattern(
    r"\[other", r"- other", "please specify", r"_text$", r"\[sonstige", r"\[inne", r"\[annet",
    r"\[друго", "bitte angeben", "especifique", "précise", "proszę podać", "vennligst", "укажите",
    r"^(other|otros?|otra|autres?|outros?|sonstiges|inne|annet|другое|altro)( \(\d+\))?$",
)  # fmt: skip
# The moment of the answer, best first: finished before started.
MOMENTS: Final = (
    _pattern("recorded ?date", r"^submit ?date", "date submitted", "completion time"),
    _pattern(
        "^responded",
        "^submitted",
        "submission date",
        "^completed",
        "^answered",
        "response time",
        r"(?:response|survey|feedback|review|interview)[ _]date",
        "antwortdatum",
        "befragungsdatum",
        r"date of (?:response|survey|interview|feedback|review)",
        "svardato",
        "data odpowiedzi",
        "data ankiety",
        "дата ответа",
        "дата опроса",
    ),
    _pattern("^timestamp$", r"^date$", "created_at", "response_received", r"^rated_at$"),
    _pattern("^end ?date", "datestamp", "date last action", "date modified"),
    _pattern(r"^data\b", r"^dato\b", r"^дата", r"^datum", r"\bdate\b", r"\btime\b"),
)
# A column that holds days, and no spans of time.
DAY: Final = _pattern(
    r"\bdates?\b", r"\bdat(?:a|o|um)\b", r"\bдата\b", "timestamp", "created", "submitted",
    "completed", "fecha", r"\bday\b", r"\bdag\b",
)  # fmt: skip
MISSING_MARKS: Final = frozenset(
    {
        "n/a",
        "na",
        "nan",
        "null",
        "none",
        "-",
        "--",
        "–",
        "—",
        ".",
        "?",
        "#n/a",
        "-99",
        "n.a.",
        "not applicable",
    }
    | {"nie dotyczy", "ikke relevant", "не применимо", "i.d.", "b.d.", "н/д", "k.a.", "k. a."}
    | {"keine angabe", "weiß nicht", "weiss nicht", "ns/nc", "no aplica", "non applicable"}
    | {"sans objet", "não se aplica", "nie wiem", "vet ikke", "не знаю", "don't know", "don’t know"}
    | {"{question_not_shown}", "[deleted]", "[redacted]", "[removed]", "(deleted)", "<deleted>"}
    | {"[usunięto]", "[gelöscht]", "[slettet]", "[удалено]"}
    | {"does not apply", "not sure", "no opinion", "prefer not to say", "ikke aktuelt", "no answer"}
)


def is_missing_mark(cell: str) -> bool:
    """Tell whether a cell says that there is no answer."""
    return cell.strip().lower() in MISSING_MARKS


def first_match(patterns: Iterable[re.Pattern[str]], text: str) -> int | None:
    """Return the place of the first pattern that is found in a text, or None."""
    spread = spread_words(text)
    for place, pattern in enumerate(patterns):
        if pattern.search(text) or pattern.search(spread):
            return place
    return None


def hints(pattern: re.Pattern[str], text: str) -> bool:
    """Tell whether a header hints at something; CamelCase and dashes are read as words."""
    return first_match((pattern,), text) is not None


def spread_words(text: str) -> str:
    """Return a header with joined words set apart: "RecordedDate" as "Recorded Date"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|[-_]+", " ", text)


# Columns of event logs, the surest first.
CASES: Final = (
    _pattern("^case:concept:name$", r"^case[ _]?id$", "^case$", r"^_?case[ _]?key$"),
    _pattern(
        r"^(?:fall|vorgangs?|sprawy|saks?|кейс)[- _]?(?:id|nr|nummer|nummeret)$",
        r"^(?:id|nr) sprawy$|^(?:sprawa|sak|fall|vorgang|кейс)$",
        r"^(?:order|ticket|claim|incident|request|application|process|trace)[- _]?"
        r"(?:id|no|nr|number)\.?$",
    ),
    _pattern(r"^session[ _]?id$", "^session$"),
    _pattern(
        r"^(?:user|customer|visitor|client|distinct|anonymous|device)[ _]?id$",
        r"^user_pseudo_id$",
    ),
)
ACTIVITIES: Final = (
    _pattern("^concept:name$", "^activity$", r"^activity[ _]?name$"),
    _pattern("^event$", r"^event[ _]?(?:name|type)$", "^action$", "^step$", r"^activity_[a-z]{2}$"),
    _pattern(r"^(?:process |journey )?(?:step|stage|task|milestone)(?: name)?$", "^operation$"),
    _pattern(
        "^(?:aktivität|tätigkeit|ereignis|schritt|aktivitet|hendelse|steg)$",
        "^(?:czynność|aktywność|zdarzenie|krok|активность|событие|действие|шаг)$",
        "^(?:actividad|activité|étape|evento)$",
    ),
    _pattern(r"^page(?:[ _]?(?:path|name|title|url))?$", "^screen(?:[ _]?name)?$"),
)
LIFECYCLE: Final = _pattern("^lifecycle:transition$", "^lifecycle$")
