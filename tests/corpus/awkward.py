"""Texts, and the drafts that are made of them, of every awkward kind that may come in."""

from hypothesis import strategies as st

from footnote.corpus.article import Draft
from footnote.corpus.normalise import normalise, one_line

_PIECES = [
    *("\r\n", "\r", "\n", "\n\n\n", " ", "   ", "\t", "\v", "\f", "\x85", "\u2028", "\u2029"),
    *("\xa0", "\u2003", "\u202f", "\u3000", "\u200b", "\ufeff", "\xad", "\u2060", "\u180e"),
    *("\u202e", "\u2066", "\u2069", "\u200e", "\u200c", "\u200d", "\ufff9", "\ufffe"),
    *("\x00", "\x1b", "\x1c", "\x7f", "\x9f", "\ud83d", "\ude00", "\ud800\udc00"),
    *("e\u0301", "\u0301", "\u0308\u0323", "\u1100", "\u1161", "\u11a8", "\u212b", "\u037e"),
    *("می\u200cخواهم", "👩\u200d🚀", "🏴\U000e0067\U000e007f", "🇵🇰", "ﬁ", "İ", "ß"),
    *("---", "# ", ": ", " #", "- ", '"', "'", "|", ">", "%", "&a", "*a", "!!str ", "null", "2016"),
]
_ANY_CHARACTER = st.characters(exclude_categories=())

texts = st.lists(
    st.one_of(st.sampled_from(_PIECES), st.text(_ANY_CHARACTER, max_size=3)), max_size=30
).map("".join)
stored_texts = texts.map(normalise).filter(bool)
lines = texts.map(one_line).filter(bool)

_TITLES = [
    *('"Quoted"', "It's: a colon", "a # comment", "# heading", "- dash", "--- ", "---", "...", "?"),
    *("No", "yes", "null", "~", "2016", "2016-08-03", "0x1F", "1e3", ".inf", "<<", "=", "!tag"),
    *("%YAML 1.1", "[list]", "{map: 1}", "@at", "`tick`", "*star", "&and", "key: value", "a: b: c"),
    *("🏳️‍🌈 flags", "یہ خبر", "\u200fعنوان", "a\\b", "tab\\t", "x" * 5000, "word " * 1000 + "end"),
]
titles = st.one_of(st.sampled_from([one_line(title) for title in _TITLES]), lines)

_WORDS = st.text(_ANY_CHARACTER, max_size=12) | texts
# The head's other entries, with nothing but text at the ends, as front matter is read.
extras = st.dictionaries(
    _WORDS.filter(lambda key: key not in Draft.__dataclass_fields__),
    st.recursive(
        _WORDS,
        lambda values: st.lists(values, max_size=3) | st.dictionaries(_WORDS, values, max_size=3),
        max_leaves=6,
    ),
    max_size=3,
)
_DAYS = st.dates().map(str)

drafts = st.builds(
    Draft,
    title=titles,
    text=stored_texts,
    author=st.none() | lines,
    date=st.none() | _DAYS | _DAYS.map(lambda day: day[:7]) | _DAYS.map(lambda day: day[:4]),
    language=st.none() | st.sampled_from(["en", "no", "ur", "pt-BR", "zh-Hant-TW", "en_GB", "sah"]),
    source=st.none() | lines,
    url=st.none() | lines.map(lambda line: "https://example.org/" + line.replace(" ", "%20")),
    added=st.none() | _DAYS,
    extra=extras,
)
