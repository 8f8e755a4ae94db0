"""Addresses of web pages: the one to keep, and what makes two of them the same."""

import re
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

# Parameters that say where a reader came from and never which page it is, as the lists of ClearURLs
# and Firefox have them. Names that some site uses for its articles ("id", "ref", "source") stay.
_TRACKING = re.compile(
    r"(?i)(?:utm|mtm|pk|piwik|matomo|hsa|vero|oly|mc|itm|at|ns|sc|wt|ga|xtor)_[a-z_]+"
    r"|fbclid|gclid|gclsrc|gbraid|wbraid|dclid|msclkid|twclid|yclid|ysclid|ttclid|li_fat_id|igshid"
    r"|igsh|epik|_hsenc|_hsmi|mkt_tok|xtor|cmpid|ocid|smid|smtyp|sr_share|ref_src|ref_url|spm|ito"
    r"|mibextid|s_cid|ncid|soc_src|soc_trk|guccounter|guce_referrer|guce_referrer_sig"
    r"|__twitter_impression"
)
_AMP_PARAMETERS = {"amp", "outputtype", "usqp", "amp_js_v"}
_AMP_PATH = re.compile(r"(?i)(?:/amp/?|\.amp(?:\.html)?|/amp\.html)$")
_AMP_PREFIX = re.compile(r"(?i)^/amp(?=/.)")
_AMP_CACHES = re.compile(
    r"(?i)^https?://(?:(?:www\.)?google\.[a-z.]+/amp|[\w-]+\.cdn\.ampproject\.org/[cv])/(?P<s>s/)?"
    r"(?P<rest>[^/].*)$"
)
_MOBILE = re.compile(r"(?i)^(?:www\d?|m|mobile|amp|touch)\.(?=[^.]+\.)")
_MOBILE_INSIDE = re.compile(r"(?i)^([a-z]{2,3})\.m\.(?=[^.]+\.)")  # en.m.wikipedia.org
_INDEX_PAGE = re.compile(r"(?i)/(?:index|default)\.(?:html?|php|aspx?)$")


# A user and a password, in a text of any kind.
_LOGIN = re.compile(r"(?<=://)[^\s/?#\"'<>]*@")


def without_login(text: str, *, mark: str = "") -> str:
    """The text without user and password in any address that it has; `mark` stands for them."""
    return _LOGIN.sub(mark, text)


def plain_address(url: str) -> str:
    """The address without tracking parameters, fragment and AMP cache: what is kept and shown.

    ValueError where it is none.
    """
    url = _out_of_cache(url.strip())
    scheme, host, path, query, fragment = urlsplit(url)
    if scheme.lower() not in ("http", "https") or not urlsplit(url).hostname:
        raise ValueError(f"{url!r} is not the address of a web page")
    kept = fragment if fragment.startswith(("!", "/")) else ""  # where a script shows the pages
    return urlunsplit((scheme.lower(), _host(url, host), path or "/", _query(query), kept))


def identity(url: str) -> str:
    """What two addresses of one page have in common: equal where they are the same page's.

    Without scheme, tracking, AMP and mobile hosts, and with the parameters in order.
    """
    try:
        parts = urlsplit(plain_address(url))
    except ValueError:
        return url.strip()
    host = _MOBILE_INSIDE.sub(r"\1.", parts.netloc.rpartition("@")[2])
    while (shorter := _MOBILE.sub("", host)) != host:
        host = shorter
    path = _AMP_PREFIX.sub("", _AMP_PATH.sub("", unquote(parts.path)))
    path = _INDEX_PAGE.sub("", path).rstrip("/")
    query = [pair for pair in _pairs(parts.query) if pair[0].lower() not in _AMP_PARAMETERS]
    told = f"?{urlencode(sorted(query))}" if query else ""
    return f"{host}{path}{told}" + (f"#{parts.fragment}" if parts.fragment else "")


def same_site(one: str, other: str) -> bool:
    """Whether two addresses are of one host, but for its mobile and AMP forms."""
    return identity(one).partition("/")[0] == identity(other).partition("/")[0]


def _out_of_cache(url: str) -> str:
    cached = _AMP_CACHES.match(url)
    return f"http{'s' if cached['s'] else ''}://{cached['rest']}" if cached else url


def _host(url: str, network_location: str) -> str:
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".")
    port = parts.port
    usual = {"http": 80, "https": 443}[parts.scheme.lower()]
    shown = f"[{host}]" if ":" in host else host
    return shown if port in (None, usual) else f"{shown}:{port}"


def _query(query: str) -> str:
    """The query without tracking, its own spelling kept."""
    parts = [part for part in query.split("&") if part]
    return "&".join(p for p in parts if not _TRACKING.fullmatch(unquote(p.partition("=")[0])))


def _pairs(query: str) -> list[tuple[str, str]]:
    return parse_qsl(query, keep_blank_values=True)
