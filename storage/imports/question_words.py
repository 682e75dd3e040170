"""What a question is about: the name of a touchpoint, taken out of the question's wording."""

import re
from collections.abc import Iterator
from typing import Final

# The wordings, one a line; what is asked about stands at <what>, an article before it at {the}.
_WORDINGS: Final = r"""
how (?:satisfied|happy|pleased){or_not} (?:are|were) you,? (?:overall )?(?:with|by) {the}<what>
how (?:satisfied|happy|pleased) (?:are|were) you,? (?:overall )?about {the}<what>
how would you (?:rate|describe|evaluate|judge) {the}<what>
(?:rate )?how (?:much |well )?(?:do |did )?you (?:like|liked|feel about|find) {the}<what>
(?:rate|evaluate|assess) {the}<what>
(?:satisfaction|satisfied) with {the}<what>
(?P<what>.+?) (?:satisfaction|rating|score|csat|ces)
how (?:easy|simple|hard) (?:was|is|did you find) (?:it )?(?:for you )?(?:to )?{the}<what>
how (?:good|helpful|friendly|clear|useful|fast|quick|clean) (?:was|were|is|are) {the}<what>
how likely (?:are|would) you (?:be )?to recommend {the}(?P<what>.+?)(?: to .+)?
how likely is it that you would recommend {the}(?P<what>.+?)(?: to .+)?
(?:would|will|do) you recommend {the}(?P<what>.+?)(?: to .+)?
hur (?:nöjd|nöjda) (?:är|var) (?:du|ni) (?:överlag )?med <what>
hur (?:sannolikt|troligt) är det att du (?:skulle )?rekommendera\w* (?P<what>.+?)(?: till .+)?
hur (?:bedömer|upplevde) du <what>
hvor sandsynligt er det,? at du vil anbefale (?P<what>.+?)(?: til .+)?
hoe tevreden (?:bent|was) (?:u|je) (?:over het algemeen )?(?:met|over) {de}<what>
hoe waarschijnlijk is het dat (?:u|je) (?P<what>.+?) (?:zou|zult|aan) .*(?:aanbeve|aanra)\w*.*
quanto (?:sei|è) soddisfatt[oa] (?:di|del|dello|della|dell')\s?<what>
quanto (?:è probabile che )?consigli\w+ {la}(?P<what>.+?)(?: a .+)?
kuinka tyytyväinen (?:olet|olit) <what>
kuinka todennäköisesti suosittelisit <what>
wie zufrieden (?:sind|waren) Sie (?:insgesamt )?mit {der}<what>
wie (?:bewerten|beurteilen) Sie {der}<what>
wie (?:einfach|leicht|schwierig) (?:war|ist) (?:es,? )?{der}<what>
wie wahrscheinlich ist es,? dass Sie {der}(?P<what>.+?) {freunden}weiterempfehlen
wie wahrscheinlich ist es,? dass Sie {der}(?P<what>.+?) weiterempfehlen(?: würden)?
würden Sie {der}(?P<what>.+?) (?:.* )?weiterempfehlen
zufriedenheit mit {der}<what>
jak (?:bardzo )?(?:jest|są) (?:Pan/Pani|Pan\(i\)|Pani|Pan|Państwo) zadowol\w+ (?:z|ze) <what>
(?:jak|na ile) (?:bardzo )?jesteś zadowol\w+ (?:z|ze) <what>
(?:na ile|jak) (?:bardzo )?prawdopodobne jest,? że (?:polec\w+) (?P<what>.+?){friends}
z jakim prawdopodobieństwem polec\w+ (?P<what>.+?){friends}
zadowolenie (?:z|ze) <what>
ocena <what>
jak (?:oceniasz|ocenia Pan/Pani|ocenia Pan\(i\)|oceniają Państwo) <what>
(?:proszę ocenić|oceń) <what>
hvor (?:fornøyd|tilfreds) (?:er|var) du (?:alt i alt )?med <what>
hvordan (?:vurderer|opplevde|var|synes du) (?:du )?<what>
hvor (?:enkelt|lett|vanskelig) var det å <what>
hvor sannsynlig er det at du (?:vil anbefale|anbefaler) (?P<what>.+?)(?: til .+)?
насколько вы (?:удовлетворены|довольны) <what>
оценка <what>
порекомендуете ли вы (?P<what>.+?){whom}
(?:пожалуйста, )?(?:как вы оцениваете|как бы вы оценили|оцените) <what>
(?:какова вероятность|насколько вероятно),? что вы порекомендуете (?P<what>.+?){whom}
¿?(?:qué tan|cuán) satisfech[oa]s? (?:está|estás|quedó|estuvo) (?:usted )?con {el}<what>
¿?(?:cómo (?:califica|calificaría|valora|valoraría|evalúa)|valore|califique) {el}<what>
¿?qué probabilidad hay de que (?P<what>nos) recomiend.*
.*probabilidade de (?:você )?(?P<what>nos) recomend.*
quelle est la probabilité que vous (?P<what>nous) recommand.*
dans quelle mesure (?P<what>nous) recommand.*
¿?qué probabilidad hay de que recomiend\w+ {el}(?P<what>.+?)(?: a .+)?
satisfacción con {el}<what>
(?:êtes-vous|dans quelle mesure êtes-vous) satisfaite?(?:\(e\))? (?:de |du |des |d'|par ){le}<what>
comment (?:évaluez|évalueriez|jugez|notez)-vous {le}<what>
satisfaction (?:concernant|sur) {le}<what>
qual (?:é )?o seu (?:nível|grau) de satisfação com {el}<what>
(?:quão|o quanto) (?:você )?(?:está )?satisfeit[oa] (?:você )?(?:está )?com {el}<what>
como (?:você )?(?:avalia|avaliaria) {el}<what>
"""
_THE: Final = r"(?:the |your |our |this |an? |my )?"
_DER: Final = r"(?:d(?:er|ie|as|em|en|es) |unser(?:er|em|en|e)? |Ihre[rm]? )?"
_DE: Final = r"(?:de |het |een |onze |ons )?"
_LA: Final = r"(?:il |la |lo |i |le |gli |l'|nostr[oa] |la nostra )?"
_EL: Final = r"(?:el |la |los |las |o |a |os |as |nuestr[oa]s? |noss[oa]s? |su |seu |sua )?"
_WHOM: Final = r"(?: (?:друз|друг|колле|знак)\w*.*)?"
_OR_NOT: Final = r"(?: or (?:dis|un)\w+)?"
_FREUNDEN: Final = r"(?:an|eine\w|Ihren|Freunden) .*"
_FRIENDS: Final = r"(?: (?:znajom|przyjaci|rodzin|bliski|inn|koleg)\w*.*)?"
_LE: Final = r"(?:le |la |les |l'|notre |nos |votre |vos )?"
_NUMBER: Final = re.compile(
    r"(?:(?:q|question|frage|pytanie|spørsmål|вопрос)\s*#?\s*)?\d{1,3}\s*[.):–-]\s+"
    r"|[a-z]\w{0,19}(?:\[\w+\])*\.\s+(?=\S+\s\S)",
    re.IGNORECASE,
)
# "Please", "Overall,": nothing of what is asked.
_HEAD: Final = re.compile(
    r"(?:(?:on a scale (?:from|of)|auf einer skala|w skali|på en skala|по шкале) .{1,40}?, "
    r"|overall, |thinking about .{1,60}?, |please,? )",
    re.IGNORECASE,
)
# "(1 = bad, 5 = good)" and "on a scale from 0 to 10" say how, not what.
_TAIL: Final = re.compile(
    r"\s*[,–-]?\s*(?:\([^()]{0,80}\d[^()]{0,80}\)|\(answer\)"
    r"|(?:on|using) a scale (?:from|of) .*|auf einer skala .*|[wn]a? skali .*|på en skala .*"
    r"|по шкале .*|,? (?:where|wobei|gdzie|der|где) \d.*)$",
    re.IGNORECASE,
)
# Of a recommendation these say the whole, not a part of the journey.
_EVERYTHING: Final = frozenset(
    {
        "nos",
        "nous",
        "us",
        "company",
        "our company",
        "brand",
        "service",
        "services",
        "product",
        "products",
    }
    | {"ons", "noi", "azienda", "nostra azienda", "meitä"}
    | {"uns", "unternehmen", "oss", "os", "nas", "naszą firmę", "нас", "нашу компанию"}
    | {"…", "experience", "overall experience", "visit with us", "usługi", "naszej firmy"}
)
# Headers that name no question: the only score of a service's export.
_BARE: Final = frozenset(
    {"score", "rating", "answer", "value", "star rating", "stars", "hs value", "response"}
    | {"satisfaction rating", "satisfaction score", "satisfaction rating.score"}
    | {"ticket satisfaction rating", "ticket satisfaction score", "nps", "nps score", "csat"}
    | {"csat score", "ces", "ces score", "net promoter score", "net promoter® score"}
    | {"net promoter", "polecenie", "weiterempfehlung", "would recommend", "recommendation"}
    | {"review stars", "stars (1-5)", "survey result", "conversation rating", "customer rating"}
    | {"overall satisfaction", "gesamtzufriedenheit", "zadowolenie ogólne", "anbefaling"}
)
WHOLE: Final = "Overall experience"
_LONGEST: Final = 60


def _patterns() -> Iterator[re.Pattern[str]]:
    for line in _WORDINGS.strip().splitlines():
        text = line.replace("(?P<what>", "\0").replace("<what>", "(?P<what>.+)")
        text = text.replace("\0", "(?P<what>").replace("{the}", _THE).replace("{der}", _DER)
        text = text.replace("{el}", _EL).replace("{le}", _LE).replace("{whom}", _WHOM)
        text = text.replace("{friends}", _FRIENDS).replace("{or_not}", _OR_NOT)
        text = text.replace("{freunden}", _FREUNDEN).replace("{de}", _DE).replace("{la}", _LA)
        yield re.compile(text, re.IGNORECASE)


_PATTERNS: Final = tuple(_patterns())


def touchpoint_name(title: str) -> str:
    """Return what a question asks about; the title itself where no known wording tells.

    "How satisfied were you with the check-in process?" is about "Check-in process".
    """
    plain = " ".join(title.split())
    number = _NUMBER.match(plain)
    plain = plain[number.end() :] if number else plain
    head = _HEAD.match(plain)
    bare = _TAIL.sub("", plain).casefold().replace("_", " ").rstrip(" ?:")
    if bare in _BARE:
        return WHOLE
    asked = (plain[head.end() :] if head else plain).strip(" ¿?:.!…")
    asked = _TAIL.sub("", asked).rstrip(" ?:.!…")
    for pattern in _PATTERNS:
        found = pattern.fullmatch(asked)
        if found is not None:
            what = found["what"].strip(" ?:.,\"'“”„«»")
            if what.casefold() in _EVERYTHING:
                return WHOLE
            if what and len(what) <= _LONGEST:
                return what[0].upper() + what[1:]
    return plain.rstrip(" :") or title
