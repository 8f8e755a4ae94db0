import pytest

from footnote.index.facts.comparison import Facts
from footnote.index.facts.frames import Frames
from footnote.index.words import field_of, stemmed


def facts(text: str, language: str = "en", *, opening: bool = True) -> Facts:
    field = field_of(language)
    return Facts(text, language, lambda w: next(iter(stemmed(w, field)), ""), opening=opening)


def replaced(claim: str, evidence: str, language: str = "en") -> list[tuple[str, str]]:
    frames = Frames(facts(claim, language), facts(evidence, language, opening=False))
    return [(one.word.text, one.by.text) for one in frames.replaced()]


@pytest.mark.parametrize(
    ("claim", "evidence", "word", "by"),
    [
        ("The council banned bicycles from the old town.", "The council banned cars from the old"
         " town.", "bicycles", "cars"),
        ("The singer was the wife of a fisherman.", "The singer was the daughter of a fisherman.",
         "wife", "daughter"),
        ("The school is run by the army.", "The school is run by nuns.", "army", "nuns"),
        ("Oaks and pines grow in the valley.", "Oaks and birches grow in the valley.", "pines",
         "birches"),
    ],
)  # fmt: skip
def test_word_is_replaced_by_the_one_in_its_place(
    claim: str, evidence: str, word: str, by: str
) -> None:
    assert replaced(claim, evidence) == [(word, by)]


@pytest.mark.parametrize(
    ("claim", "evidence", "word", "by"),
    [
        ("Hungary beat Wales.", "Hungary beat Austria and drew with Wales.", "Wales", "Austria"),
        ("The painter died in Paris.", "Born in Riga, the painter lived in Paris and died in Nice.",
         "Paris", "Nice"),
        ("The north belongs to Costona.", "The north belongs to Malveria, the south to Costona.",
         "Costona", "Malveria"),
        ("The film is by Ilse Wolf.", "The film is by Hans Ott, with music by Ilse Wolf.",
         "Ilse Wolf", "Hans Ott"),
    ],
)  # fmt: skip
def test_name_of_the_same_sentence_is_replaced_by_the_one_in_its_place(
    claim: str, evidence: str, word: str, by: str
) -> None:
    assert (word, by) in replaced(claim, evidence)


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Hungary beat Wales.", "Hungary beat Austria, Serbia and Wales."),
        ("Nightjar is a metal band.", "Nightjar (in capitals) is a Dutch Christian metal band."),
        ("The session was short.", "The inaugural session was short."),
        ("The council appoints the head.", "The council of the union appoints the head."),
        ("Kepler discussed a force.", "Kepler discussed the idea of a force."),
        ("The treaty was signed in Arvik.", "The treaty, which Brekka signed in Arvik, failed."),
        ("A Dutch firm dredged the harbour.", "The harbour was dredged by a Dutch firm."),
        ("Denmark was given the islands by the treaty.", "The treaty gave the islands to Denmark."),
        ("Omar Berg, a former nurse, was its founder.",
         "Its founder was Omar Berg, whose real name was Abel Lund, a former nurse."),
        ("The trains came at the same time.", "The trains came at the same place."),  # both light
        ("Kenya exports flowers to Norway.", "Kenya exports tea to Oman and flowers to Norway."),
        ("Ada Holm is a singer.", "Known as Ada Holm, she is an American singer from Ulm."),
        ("A boy sang.", "A girl danced and a boy sang."),
    ],
)  # fmt: skip
def test_nothing_is_replaced_where_the_same_is_said(claim: str, evidence: str) -> None:
    assert replaced(claim, evidence) == []


def test_nothing_is_replaced_where_the_rest_is_put_otherwise() -> None:
    claim = "After the flood of that spring no ferries ran to the islands for a month."
    assert replaced(claim, "The storm sank two boats, and ran to the islands for a week.") == []


@pytest.mark.parametrize(
    ("language", "claim", "evidence", "there"),
    [
        ("es", "El alcalde prohibió las bicicletas.", "El alcalde prohibió los coches.", True),
        ("de", "Der Rat verbot Fahrräder in Ulm.", "Der Rat verbot Autos in Ulm.", True),
        ("sv", "Rådet förbjöd cyklar i staden.", "Rådet förbjöd bilar i staden.", False),
    ],
)
def test_replaced_words_are_seen_in_some_languages(
    language: str, claim: str, evidence: str, there: bool
) -> None:
    assert bool(replaced(claim, evidence, language)) is there


def test_what_is_too_long_is_not_looked_at() -> None:
    rest = " and ".join(f"word{n}" for n in range(60))
    assert replaced("The dog bit the baker.", "The dog bit the postman.")
    assert not replaced(f"The dog bit the baker {rest}.", f"The dog bit the postman {rest}.")


def test_what_is_unsaid_is_neither_in_the_evidence_nor_around_it() -> None:
    claim = facts("The old owl weighs a lot and hunts small mice.")
    frames = Frames(claim, facts("Owls weigh 600 grams."), ["hunt"])
    assert [unit.text for unit in frames.unsaid] == ["old", "lot", "small", "mice"]
    assert [unit.text for unit in frames.words] == [
        "old",
        "owl",
        "weighs",
        "lot",
        "hunts",
        "small",
        "mice",
    ]
    assert [unit.text for unit in frames.free] == ["grams"]


@pytest.mark.parametrize(
    ("claim", "parts"),
    [
        ("Anna Berg collects stamps and hates the new museum.", [["hates", "new", "museum"]]),
        ("Anna Berg collects stamps and keeps old stamps.", []),
        ("Anna Berg collects stamps and coins, and sings.", [["coins"], ["sings"]]),
    ],
)
def test_parts_joined_on_are_unsaid_where_all_of_their_words_are(
    claim: str, parts: list[list[str]]
) -> None:
    frames = Frames(facts(claim), facts("Anna Berg collects stamps."))
    assert [[unit.text for unit in part] for part in frames.unsaid_parts] == parts


def counted(claim: str, evidence: str) -> list[tuple[list[str], list[str]]]:
    frames = Frames(facts(claim), facts(evidence, opening=False))
    return [
        ([unit.text for unit in said], [unit.text for unit in there])
        for said, there in frames.counted_otherwise()
    ]


@pytest.mark.parametrize(
    ("claim", "evidence", "said", "there"),
    [
        ("The hotel has 80 suites.", "The 80-room hotel is old.", ["suites"], ["room"]),
        ("The fleet has 30 ferries.", "The fleet calls at 30 islands.", ["ferries"], ["islands"]),
        ("Fishers are 20 percent of the population.", "Fishers use 20 percent of the coast.",
         ["population"], ["coast"]),
    ],
)  # fmt: skip
def test_what_a_figure_counts_is_another_thing(
    claim: str, evidence: str, said: list[str], there: list[str]
) -> None:
    assert counted(claim, evidence) == [(said, there)]


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The hotel has 80 rooms.", "The 80-room hotel is old."),
        ("The attack cost 60 lives.", "The attack killed 60 sailors."),
        ("The firm has 200 clerks.", "Of the clerks of the firm, 200 came."),
        ("About 4,000 storks live there.", "It is home to 4,000 storks."),
        ("Women are 40 percent of the staff.", "Of the staff 40 percent are women."),
    ],
)
def test_what_a_figure_counts_may_be_the_same(claim: str, evidence: str) -> None:
    assert counted(claim, evidence) == []


def test_a_name_of_the_title_is_replaced_by_the_one_in_its_place() -> None:
    claim = "Ulm is a port for barges on the Donau."
    evidence = "Ulm is a port for barges on the Iller."
    said, there = facts(claim), facts(evidence)
    assert [one.by.text for one in Frames(said, there, {"donau"}).replaced()] == ["Iller"]
    assert (
        list(Frames(said, facts("It is a port for barges on the river."), {"donau"}).replaced())
        == []
    )
