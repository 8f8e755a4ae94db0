"""Opposites in Spanish and German: words that news is full of, in the forms that it has them in."""

from collections.abc import Mapping
from functools import cache

# Forms of words that are the opposites of all on the other side.
_SIDES = {
    "es": (
        (
            "sube suben subió subieron subido aumenta aumentan aumentó aumentaron aumentado "
            "crece crecen creció crecieron crecido",
            "baja bajan bajó bajaron bajado cae caen cayó cayeron caído disminuye "
            "disminuyen disminuyó disminuyeron disminuido descendió descendieron",
        ),
        (
            "apoya apoyan apoyó apoyaron apoyado aprueba aprueban aprobó aprobaron aprobado "
            "aprobada acepta aceptan aceptó aceptaron aceptado aceptada",
            "rechaza rechazan rechazó rechazaron rechazado rechazada",
        ),
        (
            "permite permiten permitió permitieron permitido permitida autorizó autorizaron "
            "autorizado autorizada",
            "prohíbe prohíben prohibió prohibieron prohibido prohibida",
        ),
        (
            "abre abren abrió abrieron abierto abierta abiertos abiertas",
            "cierra cierran cerró cerraron cerrado cerrada cerrados cerradas",
        ),
        (
            "empieza empiezan empezó empezaron empezado comienza comienzan comenzó "
            "comenzaron comenzado",
            "termina terminan terminó terminaron terminado",
        ),
        (
            "elogió elogiaron elogiado alabó alabaron",
            "criticó criticaron criticado",
        ),
        (
            "absolvió absolvieron absuelto absuelta",
            "condenó condenaron condenado condenada",
        ),
        (
            "confirmó confirmaron confirmado",
            "negó negaron negado desmintió desmintieron desmentido",
        ),
        (
            "mejoró mejoraron mejorado",
            "empeoró empeoraron empeorado",
        ),
        (
            "legal legales",
            "ilegal ilegales",
        ),
    ),
    "de": (
        (
            "steigt steigen stieg stiegen gestiegen wächst wachsen wuchs wuchsen gewachsen "
            "zugenommen",
            "fällt fallen fiel fielen gefallen sinkt sinken sank sanken gesunken abgenommen",
        ),
        (
            "unterstützt unterstützen unterstützte unterstützten befürwortet befürwortete "
            "befürworteten billigte billigten gebilligt",
            "ablehnt ablehnte ablehnten abgelehnt lehnt lehnen lehnte lehnten",
        ),
        (
            "erlaubt erlauben erlaubte erlaubten gestattet gestattete gestatteten",
            "verbietet verbieten verbot verboten untersagt untersagte untersagten",
        ),
        (
            "öffnet öffnen öffnete öffneten geöffnet eröffnet eröffnete eröffneten",
            "schließt schließen schloss schlossen geschlossen",
        ),
        (
            "beginnt beginnen begann begannen begonnen",
            "endet enden endete endeten geendet beendet beendete beendeten",
        ),
        (
            "lobt lobte lobten gelobt",
            "kritisiert kritisierte kritisierten tadelte getadelt",
        ),
        (
            "freigesprochen",
            "verurteilt verurteilte verurteilten",
        ),
        (
            "bestätigt bestätigte bestätigten",
            "bestreitet bestritt bestritten dementiert dementierte dementierten",
        ),
        (
            "legal",
            "illegal",
        ),
    ),
}


@cache
def opposites_in(language: str) -> Mapping[str, frozenset[str]]:
    """The opposites of each word, in lower case and as it stands; an ISO 639-1 code."""
    found = dict[str, frozenset[str]]()
    for sides in _SIDES.get(language, ()):
        one, other = (frozenset(side.split()) for side in sides)
        found |= dict.fromkeys(one, other) | dict.fromkeys(other, one)
    return found
