"""Coreference in German follow-ups, as index/finding/resolved.py does it for English.

"Wer ist Ada Winter?", then "Wo hat sie studiert?": "Wo hat Ada Winter studiert?". "Wofür ist
Thymian gut?", then "Und Salbei?": "Wofür ist Salbei gut?". German nouns have capitals as names do:
so a name is what is asked to be explained, a run of two such words and more, or the only one.
"""

from dataclasses import dataclass

_EXPLAINS = frozenset(("ist", "sind", "war", "waren"))
_DETERMINERS_TEXT = "der die das den dem des ein eine einen einem einer eines"
_DETERMINERS = frozenset(_DETERMINERS_TEXT.split())
_LEADS = ("und was ist mit", "was ist mit", "wie ist es mit", "und wie ist es mit", "und", "aber")
_PRONOUNS = frozenset(("er", "sie", "es", "ihn", "ihm"))
# The genders of what they stand for, and of what an article stands before, where no preposition is
# before that: masculine, feminine or plural, neuter.
_MALE, _FEMALE, _NEUTER = "m", "f", "n"
_OF_PRONOUN = {"er": _MALE, "ihn": _MALE, "ihm": _MALE + _NEUTER, "sie": _FEMALE, "es": _NEUTER}
_OF_ARTICLE = {
    "der": _MALE, "den": _MALE, "einen": _MALE, "die": _FEMALE, "eine": _FEMALE, "das": _NEUTER,
    "ein": _MALE + _NEUTER, "dem": _MALE + _NEUTER, "einem": _MALE + _NEUTER, "einer": _FEMALE,
}  # fmt: skip
_ANY = _MALE + _FEMALE + _NEUTER
# "Warum regnet es?": it stands for nothing.
_MEANS_NOTHING_TEXT = (
    "gibt gab geht ging regnet regnete schneit schneite handelt handelte kommt kam dass zu möglich"
    " stimmt dauert dauerte spät weit"
)
_MEANS_NOTHING = frozenset(_MEANS_NOTHING_TEXT.split())
_POSSESSIVES = frozenset(("sein", "seine", "seinen", "seinem", "seiner", "seines"))
# Of several, or whoever is spoken to; or it is not plain which of two things is meant.
_OTHERS_TEXT = "ihnen ihr ihre ihrem ihren ihrer ihres Sie dieser diese dieses diesen"
_OTHERS = frozenset(_OTHERS_TEXT.split())
_PREPOSITIONS_TEXT = (
    "in im nach aus von vom für mit bei beim auf gegen zu zum zur über an am um unter vor durch"
    " ohne"
)
_PREPOSITIONS = frozenset(_PREPOSITIONS_TEXT.split())
_IN_A_THING = frozenset(("und", "von", "vom", "der", "des", "aus", "im", "in", "für"))
_OF_WHOM = frozenset(("von", "vom", "der", "des"))
_MAX_WORDS_OF_A_THING, _MAX_WORDS_ALONE = 8, 5
_MARKS = " ?!.,;:"


def resolved_german(text: str, before: str) -> tuple[str, str | None] | None:
    """The follow-up as it would stand alone, and what the question before it is asked of instead if
    it repeats that one; None where it is not plain what is meant."""
    if not before:
        return None
    if renamed := _with_name(text.split(), before.split()):
        return " ".join(renamed), None
    rest = _without_lead(text)
    return _of_another(rest.strip(_MARKS).split(), before) if rest else None


def _with_name(words: list[str], before: list[str]) -> list[str] | None:
    """With the name in the place of each pronoun."""
    bare = [word.strip(_MARKS) for word in words]
    if not _PRONOUNS.union(_POSSESSIVES) & set(bare) or _OTHERS & set(bare):
        return None
    explained = _explained(before)
    asks_who = before[0].casefold() in ("wer", "wen", "wem")
    if asks_who and not explained and set(bare) & (_PRONOUNS | _POSSESSIVES) != {"sie"}:
        return None  # he is who was asked for
    if "es" in bare and ((asks_who and explained) or _MEANS_NOTHING & set(bare)):
        return None
    genders = _genders_meant(bare)
    if explained and not set(genders) & set(_OF_ARTICLE.get(explained.split()[0], _ANY)):
        return None
    if (name := explained or _only_name(before, genders)) is None:
        return None
    is_of_several = "und" in name.split()
    if is_of_several and set(bare) & (_PRONOUNS | _POSSESSIVES) != {"sie"}:
        return None
    genitive = name if name.endswith(("s", "x", "z")) else f"{name}s"
    return [
        word.replace(plain, genitive if plain in _POSSESSIVES else name)
        if plain in _PRONOUNS | _POSSESSIVES
        else word
        for word, plain in zip(words, bare, strict=True)
    ]


def _explained(before: list[str]) -> str | None:
    """What it was asked to explain: "Wer ist der Bürgermeister von Arvik?"."""
    asks, *rest = [word.strip(_MARKS) for word in before]
    if asks.casefold() not in ("wer", "was") or len(rest) < 2 or rest[0] not in _EXPLAINS:
        return None
    thing = rest[1:]
    is_thing = all(_is_capital(w) or w in _DETERMINERS or w in _IN_A_THING for w in thing)
    if not is_thing or not _is_capital(thing[-1]) or len(thing) > _MAX_WORDS_OF_A_THING:
        return None
    return " ".join(thing)


def _genders_meant(words: list[str]) -> str:
    """The genders that all of the pronouns among the words can stand for."""
    told = [_OF_PRONOUN[word] for word in words if word in _OF_PRONOUN]
    told += [_MALE + _NEUTER for word in words if word in _POSSESSIVES]
    return "".join(gender for gender in _ANY if all(gender in genders for genders in told))


def _only_name(before: list[str], genders: str) -> str | None:
    """The only run of two words with capitals and more, or the only one at all, or the only one
    with an article of these genders; with its article. None where it tells where or when."""
    runs = _runs(before)
    named = [run for run in runs if run.end - run.start > 1] or runs
    if len(named) > 1:
        named = [run for run in named if set(genders) & set(_of_article(before, run) or "")]
    if len(named) != 1:
        return None
    [run] = named
    if set(before[max(run.start - 2, 0) : run.start]) & _PREPOSITIONS:
        return None
    article = _of_article(before, run)
    if article is not None and not set(genders) & set(article):
        return None
    has_article = run.start > 0 and before[run.start - 1] in ("der", "die", "das")
    whole = _with_whose(before, run)
    return f"{before[run.start - 1]} {whole}" if has_article else whole


def _with_whose(words: list[str], run: "_Run") -> str:
    """With whose it is: "Turm der Kirche", "Bürgermeister von Lund"."""
    after = next((other for other in _runs(words) if other.start == run.end + 1), None)
    if after is None or words[run.end] not in _OF_WHOM:
        return run.text
    return f"{run.text} {words[run.end]} {after.text}"


def _of_article(words: list[str], run: "_Run") -> str | None:
    """The genders that the article before a run may have; None where it has none, or is in the
    genitive ("der Turm der Kirche") or behind a preposition."""
    if run.start < 2 or words[run.start - 1] not in _OF_ARTICLE:
        return None
    before = words[run.start - 2]
    behind_a_noun = _is_capital(before) and run.start > 2
    return None if behind_a_noun or before in _PREPOSITIONS else _OF_ARTICLE[words[run.start - 1]]


def _of_another(words: list[str], before: str) -> tuple[str, str | None] | None:
    """What was asked before, of another thing: "Und Salbei?", "Und im Doppel?"."""
    if not 0 < len(words) <= _MAX_WORDS_ALONE:
        return None
    preposition = words.pop(0) if words[0] in _PREPOSITIONS and len(words) > 1 else None
    named = words[1:] if words[0].casefold() in _DETERMINERS else words
    if not named or not all(map(_is_capital, named)):
        return None
    asked = before.split()
    runs = _runs(asked)
    if preposition:
        runs = [r for r in runs if preposition in asked[max(r.start - 2, 0) : r.start]]
    if len(runs) != 1:
        return None
    [run], name = runs, " ".join(named)
    if named != words and asked[run.start - 1] in _DETERMINERS:
        asked[run.start - 1] = words[0]  # "Wo schläft der Hund?", "Und die Katze?"
    end = asked[run.end - 1][len(asked[run.end - 1].rstrip(_MARKS)) :]
    # "Im Doppel" is how it was done, and need not stand in the sentence that answers.
    thing = None if preposition else name
    return " ".join([*asked[: run.start], name + end, *asked[run.end :]]), thing


@dataclass(frozen=True, slots=True)
class _Run:
    """Words with capitals one after another; `start` and `end` count words."""

    start: int
    end: int
    text: str


def _runs(words: list[str]) -> list[_Run]:
    """But for the first word, which has a capital in any case."""
    runs = list[_Run]()
    start = 1
    while start < len(words):
        end = start
        while end < len(words) and _is_capital(words[end]):
            end += 1
            if words[end - 1][-1] in _MARKS:
                break
        if end > start:
            runs.append(_Run(start, end, " ".join(words[start:end]).strip(_MARKS)))
        start = max(end, start + 1)
    return runs


def _without_lead(text: str) -> str | None:
    folded = text.casefold()
    lead = next((lead for lead in _LEADS if folded.startswith(f"{lead} ")), None)
    return text[len(lead) :].strip() if lead else None


def _is_capital(word: str) -> bool:
    return word[:1].isupper() or word[:1].isdigit()
