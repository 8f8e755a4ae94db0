"""Pages that stand where an article should: cookie walls, pay walls, log-ins, error pages."""

import re

from footnote.corpus.faults import Fault

# A longer text is an article, even if it is one about cookies, or ends in an offer to subscribe.
_MAX_WORDS = 250
_MAX_WORDS_OF_ERROR = 120
_WORD = re.compile(r"\w+")
_ERROR = re.compile(
    r"""(?xi)
    \b(?: 40[0-9] | 41[0-9] | 45[01] | 50[0-9] )\b .{0,40}
      (?: error | not\ found | forbidden | unavailable | bad\ gateway | gone | denied
        | unauthorized )
    | error \W{0,3} (?:code\W{0,3})? [45]\d\d \b
    | (?:page|seite|página|страница|article|content|url) .{0,60}
      (?: not\ found | could\ not\ be\ found | no\ longer\ (?:exists|available) | nicht\ gefunden
        | introuvable | no\ encontrada | не\ найдена | does\ ?n[o']t\ exist | n'existe\ pas )
    | page\ introuvable | access\ denied | just\ a\ moment | attention\ required
    | (?:verify|verifying|confirm|check|checking)\W.{0,20}\b(?:you\ are|you're)
      \ (?:a\ )?(?:not\ a\ robot|human)
    | are\ you\ a\ robot | unusual\ (?:traffic|activity) | checking\ your\ browser
    | enable\ javascript\ and\ cookies | (?:service|temporarily)\ unavailable | too\ many\ requests
    | ddos\ protection | something\ went\ wrong | internal\ server\ error
    """
)
_COOKIES = re.compile(
    r"(?i)\b(?:cookies?|consent|gdpr|dsgvo|privacy|partners?|tracking|datenschutz|einwilligung"
    r"|zustimm\w+|consentement|données|consentimiento|куки|согласи\w+"
    r"|personali[sz]ed (?:ads|content)|legitimate interests?|vendors?)\b"
)
_COOKIE = re.compile(r"(?i)\bcookies?\b|\bкуки\b|\bфайл\w++ cookie")
_MIN_SHARE_OF_COOKIE_WORDS = 0.04
_PAY = re.compile(
    r"""(?xi)
    (?: subscribe | sign\ up | register | log\ in | become\ a\ (?:member|subscriber) | join )
      .{0,40}\b(?: to\ (?:continue|keep|read|unlock|access) | for\ (?:full|unlimited)\ access )
    | (?: this | the )\ (?:article|story|content)\ is\ (?:only\ )?
      (?:for|available\ to|reserved\ for) .{0,30}\b(?:subscribers|members)
    | already\ (?:a|have\ a|have\ an)\ (?:subscriber|subscription|member|account)
    | (?: to\ continue | continue )\ reading | unlock\ this\ (?:article|story)
    | you(?:'ve|\ have)\ (?:reached|read|used)\ .{0,40}\b(?:free|limit)
    | (?:subscriber|member)s?[ -]only | nur\ für\ abonnent\w* | jetzt\ (?:weiterlesen|abonnieren)
    | weiterlesen\ mit | réservé\ (?:à\ nos|aux)\ abonnés | exclusivo\ para\ suscriptores
    | solo\ para\ suscriptores | только\ для\ подписчиков
    """
)
_NOT_FREE = re.compile(r"(?i)[\"']isAccessibleForFree[\"']\s*:\s*[\"']?false")
_LOG_IN = re.compile(
    r"(?i)\b(?:log ?in|sign ?in|anmelden|einloggen|se connecter|connexion|iniciar sesión|войти"
    r"|forgot(?:ten)? (?:your )?password|passwort vergessen|mot de passe oublié)\b"
)


def wall(title: str, text: str, page: str, *, asks_password: bool) -> Fault | None:
    """What stands there instead of an article; None where nothing of the kind is seen.

    `page` is the source of the page, `text` what a reader took for its article.
    """
    words = len(_WORD.findall(text))
    if words > _MAX_WORDS:
        return None
    if words <= _MAX_WORDS_OF_ERROR and _ERROR.search(f"{title}\n{text}"):
        return Fault.ERROR_PAGE
    if asks_password and _LOG_IN.search(f"{title}\n{text}"):
        return Fault.LOG_IN_PAGE
    told_of = len(_COOKIES.findall(text))
    if _COOKIE.search(text) and told_of >= max(3, _MIN_SHARE_OF_COOKIE_WORDS * words):
        return Fault.COOKIE_WALL
    if _PAY.search(text) or _NOT_FREE.search(page):
        return Fault.PAY_WALL
    return None
