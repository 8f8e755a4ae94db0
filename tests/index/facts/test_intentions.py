"""What is planned, feared, denied or hindered, and what another did."""

from functools import partial

import pytest

from footnote.index.facts.clauses import words
from footnote.index.facts.intentions import is_left_undone
from footnote.index.facts.polarity import denies_outright
from footnote.index.facts.roles import has_another_doer
from footnote.index.words import stemmed


def _stem(word: str) -> str:
    return next(iter(stemmed(word, "en")), "")


read = partial(words, stem=_stem)


@pytest.mark.parametrize(
    ("evidence", "claim"),
    [
        ("The harbour board plans to widen the canal.", "The harbour board widened the canal."),
        ("Farmers fear that the frost will kill the vines.", "The frost killed the vines."),
        ("The baron denied having burnt the letters.", "The baron burnt the letters."),
        ("A judge barred the firm from cutting the wages.", "The firm cut the wages."),
        ("The pilot was ordered to land in Lima.", "The pilot landed in Lima."),
        ("The statue was to be melted in May.", "The statue was melted in May."),
        ("The bishop may visit the camp.", "The bishop visited the camp."),
        ("The pier will cost 48 million crowns.", "The pier cost 48 million crowns."),
        ("The senate refused to confirm the judge.", "The senate confirmed the judge."),
        ("Two clubs talked about sharing a stadium.", "Two clubs shared a stadium."),
        ("Residents demanded that the airline stop flying.", "The airline will stop flying."),
        ("Campaigners called on the zoo to release the wolves.", "The zoo released the wolves."),
        ("Investors urged the bank to close its branches.", "The bank will close its branches."),
        ("Fans said the referee should have stopped the match.", "The referee stopped the match."),
        ("The award, she said, should have gone to the novel.", "The novel won the award."),
        ("The roof is being repaired.", "The roof has been repaired."),
        ("The dam is currently being finished by a firm.", "The dam was finished by a firm."),
        ("Engineers are draining the tunnel.", "Engineers have drained the tunnel."),
    ],
)
def test_what_is_left_undone_is_not_done(evidence: str, claim: str) -> None:
    assert is_left_undone(read(claim), read(evidence))


@pytest.mark.parametrize(
    ("evidence", "claim"),
    [
        ("The harbour board widened the canal.", "The harbour board widened the canal."),
        ("The board wanted to widen the canal and widened it.", "The board widened the canal."),
        ("The harbour board plans to widen the canal.", "The board wants to widen the canal."),
        ("The statue was to be melted in May.", "The statue was to be melted."),
        ("All acts are to be signed by consent.", "Acts are to be signed by consent."),
        ("The pact creating the bank was signed at Riga.", "The pact was signed at Riga."),
        ("Miners were forced to leave the valley.", "The valley was left by miners."),
        ("The bishop visited the camp and may return.", "The bishop visited the camp."),
        ("A report that the frost killed the vines was true.", "The frost killed the vines."),
        ("The airline said it would stop flying.", "The airline will stop flying."),
        ("The city will ban stoves, as doctors demanded.", "The city will ban stoves."),
        ("He stopped the match, and should have done so before.", "He stopped the match."),
        ("The award should have gone to the novel.", "She thought the novel deserved the award."),
        ("The roof is being repaired.", "The roof is being repaired."),
        ("The tunnel was drained and is being inspected.", "The tunnel has been drained."),
        ("She was singing at the opening.", "She sang at the opening."),
        ("Two men are being held in Ulm.", "Two men were held in Ulm."),
        ("The mayor is being investigated.", "The mayor was investigated."),
    ],
)
def test_what_is_done_is_not_left_undone(evidence: str, claim: str) -> None:
    assert not is_left_undone(read(claim), read(evidence))


@pytest.mark.parametrize(
    ("evidence", "claim"),
    [
        ("Olga Frei paid the rent while Bruno Keller cooked.", "Bruno Keller paid the rent."),
        ("The tapestry was woven by Marit Dahl and hung by Eva Ek.", "Eva Ek wove the tapestry."),
        ("Ghana beat Togo; Benin lost.", "Benin beat Togo."),
        ("Frei came second, while Ek was named best driver.", "Frei was named best driver."),
        ("Peru would pay, but Chile was chosen as host.", "Peru was chosen as host."),
        ("Frei spoke, and Ek was elected treasurer.", "Frei was elected treasurer."),
    ],
)
def test_what_another_did_is_told_apart(evidence: str, claim: str) -> None:
    assert has_another_doer(read(claim), read(evidence))


@pytest.mark.parametrize(
    ("evidence", "claim"),
    [
        ("Olga Frei paid the rent while Bruno Keller cooked.", "Olga Frei paid the rent."),
        ("Keller came to Ulm and paid the rent.", "Olga Frei paid the rent."),
        ("Frei, a widow from Ulm, paid the rent.", "Olga paid the rent."),
        ("The mayor of Ulm paid the rent.", "Frei paid the rent."),
        ("She paid the rent.", "Frei paid the rent."),
        ("Frei and Keller paid the rent.", "Keller paid the rent."),
        ("In May Frei and Keller paid the rent.", "Frei paid the rent."),
        ("Karl von Frisch decoded it.", "The dance was decoded by Karl von Frisch."),
        ("Ludwig van Beethoven composed it.", "Composed by Beethoven, it is short."),
        ("Frei came second, while Ek was named best driver.", "Ek was named best driver."),
        ("Karin Holm, Ola Berg and Per Dahl were arrested.", "Ola Berg was arrested."),
        ("Frei and Ek were both chosen for the team.", "Frei was chosen for the team."),
        ("She was elected treasurer.", "Ek was elected treasurer."),
    ],
)
def test_where_no_name_stands_beside_the_verb_nothing_is_told(evidence: str, claim: str) -> None:
    assert not has_another_doer(read(claim), read(evidence))


@pytest.mark.parametrize(
    ("evidence", "claim", "denied"),
    [
        ("The club was not relegated in May.", "The club was relegated in May.", True),
        ("The club was relegated in May.", "The club was never relegated.", True),
        ("It was no surprise that the club was relegated.", "The club was relegated.", False),
        ("Without a word the queen signed the act.", "The queen signed the act.", False),
        ("Anna did not write the song, but made it famous.", "Anna made the song famous.", False),
    ],
)
def test_only_what_stands_right_behind_a_not_is_denied_outright(
    evidence: str, claim: str, denied: bool
) -> None:
    assert denies_outright(read(claim), read(evidence)) is denied
