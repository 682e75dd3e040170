"""The common scales of answers in words, in the languages we serve.

A line is one level, from the worst answer to the best; "|" parts ways to say the same; a blank
line parts scales. An answer is compared without letter case, a final full stop or a Russian ё.
"""

from typing import Final

Levels = tuple[tuple[str, ...], ...]

_AGREE: Final = """
strongly disagree|completely disagree|totally disagree
disagree|somewhat disagree|rather disagree|tend to disagree
neither agree nor disagree|neither agree or disagree|neutral|neither|undecided
agree|somewhat agree|rather agree|tend to agree
strongly agree|completely agree|totally agree

strongly disagree|completely disagree
disagree|moderately disagree
somewhat disagree|slightly disagree
neither agree nor disagree|neither agree or disagree|neutral|neither
somewhat agree|slightly agree
agree|moderately agree
strongly agree|completely agree

stimme überhaupt nicht zu|stimme gar nicht zu|trifft überhaupt nicht zu|trifft gar nicht zu
stimme nicht zu|stimme eher nicht zu|trifft nicht zu|trifft eher nicht zu
teils/teils|teils teils|teils-teils|teils, teils|weder noch|neutral|unentschieden|
stimme teilweise zu|trifft teilweise zu|trifft teils zu
stimme zu|stimme eher zu|trifft zu|trifft eher zu
stimme voll und ganz zu|stimme voll zu|stimme völlig zu|trifft voll und ganz zu|trifft voll zu|
trifft völlig zu

zdecydowanie się nie zgadzam|zdecydowanie nie zgadzam się|zdecydowanie nie
raczej się nie zgadzam|nie zgadzam się|raczej nie
ani tak, ani nie|ani się zgadzam, ani nie zgadzam|neutralnie
raczej się zgadzam|zgadzam się|raczej tak
zdecydowanie się zgadzam|zdecydowanie zgadzam się|zdecydowanie tak

helt uenig|svært uenig|sterkt uenig
litt uenig|uenig|delvis uenig|ganske uenig|nokså uenig
verken enig eller uenig|hverken enig eller uenig|verken eller|nøytral
litt enig|enig|delvis enig|ganske enig|nokså enig
helt enig|svært enig|sterkt enig

instämmer inte alls|håller inte alls med
instämmer inte|instämmer delvis inte|håller inte med
varken eller|neutral|varken instämmer eller tar avstånd
instämmer|instämmer delvis|håller med
instämmer helt|håller helt med

helemaal mee oneens|zeer oneens|helemaal oneens
mee oneens|oneens
neutraal|niet mee eens, niet mee oneens|niet eens en niet oneens
mee eens|eens
helemaal mee eens|zeer eens|helemaal eens

completamente in disaccordo|fortemente in disaccordo|per niente d'accordo
in disaccordo|poco d'accordo
né d'accordo né in disaccordo|neutrale|neutro
d'accordo|abbastanza d'accordo
completamente d'accordo|molto d'accordo|pienamente d'accordo

täysin eri mieltä
jokseenkin eri mieltä|eri mieltä
ei samaa eikä eri mieltä|neutraali
jokseenkin samaa mieltä|samaa mieltä
täysin samaa mieltä

полностью не согласен|совершенно не согласен|абсолютно не согласен
не согласен|скорее не согласен
нейтрально|ни согласен, ни не согласен|отчасти согласен
согласен|скорее согласен
полностью согласен|совершенно согласен|абсолютно согласен

totalmente en desacuerdo|muy en desacuerdo|completamente en desacuerdo
en desacuerdo|algo en desacuerdo|parcialmente en desacuerdo
ni de acuerdo ni en desacuerdo|neutral|neutro|indiferente
de acuerdo|algo de acuerdo|parcialmente de acuerdo
totalmente de acuerdo|muy de acuerdo|completamente de acuerdo

pas du tout d'accord|tout à fait en désaccord|fortement en désaccord
plutôt pas d'accord|pas d'accord|en désaccord|plutôt en désaccord
ni d'accord ni pas d'accord|ni en accord ni en désaccord|neutre|ni d'accord, ni pas d'accord
plutôt d'accord|d'accord
tout à fait d'accord|fortement d'accord|totalement d'accord

discordo totalmente|discordo completamente
discordo|discordo parcialmente
não concordo nem discordo|nem concordo nem discordo|neutro|indiferente
concordo|concordo parcialmente
concordo totalmente|concordo completamente
"""
_SATISFIED: Final = """
very dissatisfied|extremely dissatisfied|very unsatisfied|completely dissatisfied|
very unhappy|extremely unhappy
dissatisfied|somewhat dissatisfied|unsatisfied|rather dissatisfied|unhappy|somewhat unhappy
neither satisfied nor dissatisfied|neutral|neither|neither satisfied or dissatisfied
satisfied|somewhat satisfied|rather satisfied|happy|somewhat happy
very satisfied|extremely satisfied|completely satisfied|very happy|extremely happy

very dissatisfied|extremely dissatisfied|completely dissatisfied|extremely unhappy
dissatisfied|moderately dissatisfied|mostly dissatisfied|very unhappy
somewhat dissatisfied|slightly dissatisfied|unhappy
neither satisfied nor dissatisfied|neutral|neither
somewhat satisfied|slightly satisfied|happy
satisfied|moderately satisfied|mostly satisfied|very happy
very satisfied|extremely satisfied|completely satisfied|extremely happy

sehr unzufrieden|völlig unzufrieden|äußerst unzufrieden|extrem unzufrieden
unzufrieden|eher unzufrieden
weder zufrieden noch unzufrieden|weder noch|neutral|teils/teils|teils teils
zufrieden|eher zufrieden
sehr zufrieden|völlig zufrieden|äußerst zufrieden|extrem zufrieden

bardzo niezadowolony|bardzo niezadowolona|bardzo niezadowolony/a|skrajnie niezadowolony|
skrajnie niezadowolona|całkowicie niezadowolony|zdecydowanie niezadowolony
niezadowolony|niezadowolona|niezadowolony/a|raczej niezadowolony|raczej niezadowolona
ani zadowolony, ani niezadowolony|neutralnie|neutralny|obojętny|średnio
zadowolony|zadowolona|zadowolony/a|raczej zadowolony|raczej zadowolona
bardzo zadowolony|bardzo zadowolona|bardzo zadowolony/a|skrajnie zadowolony|
skrajnie zadowolona|całkowicie zadowolony|zdecydowanie zadowolony

svært misfornøyd|veldig misfornøyd|meget misfornøyd|ekstremt misfornøyd
misfornøyd|litt misfornøyd|ganske misfornøyd|nokså misfornøyd|noe misfornøyd
verken fornøyd eller misfornøyd|verken eller|nøytral
fornøyd|litt fornøyd|ganske fornøyd|nokså fornøyd|noe fornøyd
svært fornøyd|veldig fornøyd|meget fornøyd|ekstremt fornøyd

mycket missnöjd|extremt missnöjd|väldigt missnöjd
missnöjd|ganska missnöjd|något missnöjd
varken nöjd eller missnöjd|varken eller|neutral
nöjd|ganska nöjd|något nöjd
mycket nöjd|extremt nöjd|väldigt nöjd

meget utilfreds|yderst utilfreds
utilfreds|noget utilfreds
hverken tilfreds eller utilfreds|hverken eller|neutral
tilfreds|noget tilfreds
meget tilfreds|yderst tilfreds

zeer ontevreden|uiterst ontevreden|heel ontevreden
ontevreden|enigszins ontevreden|een beetje ontevreden
niet tevreden en niet ontevreden|neutraal|niet tevreden, niet ontevreden
tevreden|enigszins tevreden|een beetje tevreden
zeer tevreden|uiterst tevreden|heel tevreden

molto insoddisfatto|molto insoddisfatta|estremamente insoddisfatto|per niente soddisfatto
insoddisfatto|insoddisfatta|abbastanza insoddisfatto|poco soddisfatto
né soddisfatto né insoddisfatto|neutrale|neutro|indifferente
soddisfatto|soddisfatta|abbastanza soddisfatto
molto soddisfatto|molto soddisfatta|estremamente soddisfatto

erittäin tyytymätön|hyvin tyytymätön
tyytymätön|melko tyytymätön|jokseenkin tyytymätön
en tyytyväinen enkä tyytymätön|neutraali|ei tyytyväinen eikä tyytymätön
tyytyväinen|melko tyytyväinen|jokseenkin tyytyväinen
erittäin tyytyväinen|hyvin tyytyväinen

очень недоволен|крайне недоволен|полностью не удовлетворен|совсем не удовлетворен
недоволен|скорее недоволен|не удовлетворен|скорее не удовлетворен
нейтрально|ни доволен, ни недоволен
доволен|скорее доволен|удовлетворен|скорее удовлетворен
очень доволен|полностью доволен|полностью удовлетворен

muy insatisfecho|muy insatisfecha|nada satisfecho|totalmente insatisfecho
insatisfecho|insatisfecha|algo insatisfecho|poco satisfecho
ni satisfecho ni insatisfecho|neutral|neutro|indiferente
satisfecho|satisfecha|algo satisfecho|bastante satisfecho
muy satisfecho|muy satisfecha|totalmente satisfecho

très insatisfait|très insatisfaite|très insatisfait(e)|pas du tout satisfait|pas du tout satisfaite
insatisfait|insatisfaite|insatisfait(e)|plutôt insatisfait|peu satisfait|pas satisfait
ni satisfait ni insatisfait|neutre|ni satisfait, ni insatisfait
satisfait|satisfaite|satisfait(e)|plutôt satisfait|assez satisfait
très satisfait|très satisfaite|très satisfait(e)|tout à fait satisfait

muito insatisfeito|muito insatisfeita|totalmente insatisfeito
insatisfeito|insatisfeita|pouco satisfeito
nem satisfeito nem insatisfeito|neutro|indiferente
satisfeito|satisfeita
muito satisfeito|muito satisfeita|totalmente satisfeito

very unfavorably|very unfavourably|very unfavorable|very unfavourable
somewhat unfavorably|somewhat unfavourably|somewhat unfavorable|unfavorable
neither favorably nor unfavorably (neutral)|neither favorably nor unfavorably|neutral
somewhat favorably|somewhat favourably|somewhat favorable|favorable
very favorably|very favourably|very favorable|very favourable
"""
_QUALITY: Final = """
very poor|terrible|very bad|awful
poor|bad|below average
fair|average|acceptable|ok|okay|neutral
good|above average
very good|excellent

poor
fair
good
very good
excellent

poor|very poor
below average
average|fair
above average|good
excellent|very good

sehr schlecht
schlecht|eher schlecht
mittel|mittelmäßig|durchschnittlich|befriedigend|neutral
gut|eher gut
sehr gut|ausgezeichnet

bardzo źle|bardzo zła|bardzo zły|bardzo słaba|bardzo słabo|bardzo słaby
źle|zła|zły|raczej źle|słaba|słabo|słaby
średnio|przeciętnie|przeciętna|ani dobrze, ani źle
dobrze|dobra|dobry|raczej dobrze
bardzo dobrze|bardzo dobra|bardzo dobry

svært dårlig|veldig dårlig|meget dårlig
dårlig|ganske dårlig
middels|ok|verken god eller dårlig|verken bra eller dårlig
bra|god|godt|ganske bra|ganske god
svært bra|svært god|svært godt|veldig bra|veldig god|meget god|meget bra

muy malo|muy mala|muy mal|pésimo
malo|mala|mal
regular|normal|aceptable|ni bueno ni malo
bueno|buena|bien
muy bueno|muy buena|muy bien|excelente

très mauvais|très mauvaise|très mal
mauvais|mauvaise|mal
moyen|moyenne|passable|correct|ni bon ni mauvais
bon|bonne|bien
très bon|très bonne|très bien|excellent|excellente

muito ruim|péssimo|péssima|muito mau
ruim|mau|má
regular|razoável|médio
bom|boa
muito bom|muito boa|ótimo|ótima|excelente

😡|😠|😢|😭|😞
🙁|☹|☹️|😟|😕
😐|😑
🙂|☺|☺️|😊
😀|😃|😄|😁|😍

mycket dålig|mycket dåligt
dålig|dåligt
varken bra eller dålig|varken bra eller dåligt|ok|medel
bra
mycket bra

zeer slecht|heel slecht
slecht
neutraal|matig|redelijk|gemiddeld
goed
zeer goed|heel goed|uitstekend

pessimo|pessima|molto scarso
scarso|scarsa|cattivo
sufficiente|discreto|discreta|nella media
buono|buona
ottimo|ottima|eccellente

erittäin huono|hyvin huono
huono|melko huono
kohtalainen|keskinkertainen
hyvä|melko hyvä
erittäin hyvä|erinomainen

meget dårlig|meget dårligt
dårlig|dårligt
hverken god eller dårlig|middel
god|godt
meget god|meget godt

очень плохо|ужасно
плохо|скорее плохо
удовлетворительно|нормально|средне
хорошо|скорее хорошо
отлично|очень хорошо
"""
_EASE: Final = """
very difficult|extremely difficult|very hard
difficult|somewhat difficult|hard
neither easy nor difficult|neutral|neither
easy|somewhat easy
very easy|extremely easy

extremely difficult
very difficult|difficult|moderately difficult
somewhat difficult|slightly difficult
neither easy nor difficult|neutral|neither
somewhat easy|slightly easy
very easy|easy|moderately easy
extremely easy

sehr schwierig|sehr schwer
schwierig|eher schwierig|schwer
weder noch|neutral|teils/teils
einfach|leicht|eher einfach
sehr einfach|sehr leicht

bardzo trudno|bardzo trudne
trudno|trudne|raczej trudno
ani łatwo, ani trudno|neutralnie|średnio
łatwo|łatwe|raczej łatwo
bardzo łatwo|bardzo łatwe

svært vanskelig|veldig vanskelig|ekstremt vanskelig
vanskelig|litt vanskelig|ganske vanskelig
verken enkelt eller vanskelig|verken eller|nøytral
enkelt|lett|ganske enkelt|ganske lett
svært enkelt|veldig enkelt|svært lett|veldig lett|ekstremt enkelt

mycket svårt
svårt|ganska svårt
varken lätt eller svårt|varken eller|neutral
lätt|enkelt|ganska lätt
mycket lätt|mycket enkelt

zeer moeilijk
moeilijk
niet makkelijk en niet moeilijk|neutraal
makkelijk|gemakkelijk
zeer makkelijk|zeer gemakkelijk

muy difícil
difícil|algo difícil
ni fácil ni difícil|neutral|neutro
fácil|algo fácil
muy fácil

très difficile
difficile|plutôt difficile
ni facile ni difficile|neutre
facile|plutôt facile
très facile

muito difícil
difícil
nem fácil nem difícil|neutro
fácil
muito fácil

очень сложно|очень трудно
сложно|трудно|скорее сложно
нейтрально|ни легко, ни сложно
легко|просто|скорее легко
очень легко|очень просто
"""
_LIKELY: Final = """
very unlikely|extremely unlikely
unlikely|somewhat unlikely
neither likely nor unlikely|neutral|neither
likely|somewhat likely
very likely|extremely likely

sehr unwahrscheinlich
unwahrscheinlich|eher unwahrscheinlich
weder noch|neutral|vielleicht
wahrscheinlich|eher wahrscheinlich
sehr wahrscheinlich

bardzo mało prawdopodobne
mało prawdopodobne|raczej mało prawdopodobne
ani prawdopodobne, ani nieprawdopodobne|neutralnie
prawdopodobne|raczej prawdopodobne
bardzo prawdopodobne

svært usannsynlig|veldig usannsynlig|svært lite sannsynlig|ekstremt usannsynlig
usannsynlig|lite sannsynlig
verken eller|nøytral|kanskje
sannsynlig|ganske sannsynlig
svært sannsynlig|veldig sannsynlig|ekstremt sannsynlig
"""


def _scales(text: str) -> tuple[Levels, ...]:
    joined = text.strip().casefold().replace("|\n", "|")
    return tuple(
        tuple(tuple(level.split("|")) for level in scale.splitlines())
        for scale in joined.split("\n\n")
    )


FAMILIES: Final = {
    "agree": _scales(_AGREE),
    "satisfied": _scales(_SATISFIED),
    "quality": _scales(_QUALITY),
    "ease": _scales(_EASE),
    "likely": _scales(_LIKELY),
}
