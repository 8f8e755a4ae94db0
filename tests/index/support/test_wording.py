import re

import numpy as np
import pytest

from footnote.index.facts.comparison import Facts
from footnote.index.models.embedding import Encoded
from footnote.index.support.wording import differs
from footnote.index.words import stemmed

# Words that mean the same have the same vector here, all others are at right angles.
SAME = {"shut": "closed", "works": "factory"}


def encode(text: str) -> Encoded:
    words = list(re.finditer(r"\w+", text))
    meanings = [SAME.get(word[0].casefold(), word[0].casefold()) for word in words]
    tokens = np.zeros((len(words), 1000), dtype=np.float32)
    for place, meaning in enumerate(meanings):
        tokens[place, KNOWN.setdefault(meaning, len(KNOWN))] = 2.0
    return Encoded(tokens.mean(axis=0), tokens, np.array([word.span() for word in words]))


KNOWN: dict[str, int] = {}


def facts(text: str) -> Facts:
    return Facts(text, "en", lambda w: next(iter(stemmed(w, "en")), ""), opening=True)


def says_otherwise(claim: str, evidence: str, *around: str) -> bool:
    return differs(facts(claim), facts(evidence), around, encode)


@pytest.mark.parametrize(
    ("claim", "evidence", "differ"),
    [
        ("Arvik is an album of slow old songs.", "Arvik is a café where old songs are slow.", True),
        ("Arvik is an album of slow old songs.", "Slow old songs are the album.", False),
        ("Arvik is a factory near some old docks.", "Arvik is the works near old docks.", False),
        ("Arvik is a painter known for old slow songs.", "Slow, a painter is old, songs.", False),
        # The evidence does not say what it is.
        ("Arvik is an album of slow old songs.", "Arvik sold well for its slow old songs.", False),
        # One of them is no kind of thing.
        ("Arvik is one of the slow old songs.", "Arvik is a slow old tune of songs.", False),
    ],
)
def test_another_kind_of_thing_differs(claim: str, evidence: str, differ: bool) -> None:
    assert says_otherwise(claim, evidence) is differ


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The firm in Arvik sold the mill.", "The firm in Arvik shut the mill."),
        ("The north belongs to Oman.", "The north belongs to Peru, the south to Oman."),
        ("Petra Lind hates Arvik.", "Petra Lind lives in Arvik."),  # a word that nothing is near
        ("Petra Lind lives in Arvik and collects rare beetles.", "Petra Lind lives in Arvik."),
        ("The hotel in Arvik has 80 suites.", "The 80-room hotel in Arvik is old."),
    ],
)
def test_another_word_in_its_place_and_one_that_nothing_is_near_differ(
    claim: str, evidence: str
) -> None:
    assert says_otherwise(claim, evidence)


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The firm in Arvik closed the mill.", "The firm in Arvik shut the mill."),
        ("The firm in Arvik closed the factory.", "The firm in Arvik shut the works."),
        ("The firm in Arvik closed the mill.", "The mill was closed by the firm in Arvik."),
        ("The firm in Arvik runs 80 works.", "The firm in Arvik runs 80 factory halls."),
    ],
)
def test_word_that_means_the_same_does_not_differ(claim: str, evidence: str) -> None:
    assert not says_otherwise(claim, evidence)


def test_word_of_the_title_is_said() -> None:
    assert says_otherwise("Petra Lind hates Arvik.", "Petra Lind lives in Arvik.")
    assert not says_otherwise("Petra Lind hates Arvik.", "Petra Lind lives in Arvik.", "hate")


def test_what_the_model_has_not_read_does_not_differ() -> None:
    def unread(text: str) -> Encoded:
        encoded = encode(text)
        return Encoded(encoded.vector, encoded.tokens[:2], encoded.spans[:2])

    claim, evidence = "The firm in Arvik sold the mill.", "The firm in Arvik shut the mill."
    assert not differs(facts(claim), facts(evidence), [], unread)


def test_nothing_is_encoded_where_every_word_has_its_place() -> None:
    def fail(text: str) -> Encoded:
        raise AssertionError(text)

    assert not differs(facts("The firm shut the mill."), facts("The firm shut the mill."), [], fail)
