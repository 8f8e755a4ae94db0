import pytest

from footnote.index.finding.kind import Kind, expected_kind, has_kind, word_defined


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many people died?", Kind.NUMBER),
        ("When was it founded?", Kind.DATE),
        ("Where is RATS based?", Kind.PLACE),
        ("Who shot Malala?", Kind.NAME),
        ("Who is the mayor?", Kind.NAME),
        ("Who was Ada M. Winter?", Kind.DEFINITION),
        (f"Who is {'A ' * 5_000}x?", Kind.NAME),
        ("What is the QCCM?", Kind.DEFINITION),
        ("Сколько их?", Kind.NUMBER),
        ("چند نفر آمدند؟", Kind.NUMBER),
        ("what's tutap", Kind.DEFINITION),
        ("What is the capital of Peru?", Kind.ANY),
        ("What did the commission find?", Kind.ANY),
        ("What is the - QCCM ...?!", Kind.DEFINITION),
        ("What are five words of it", Kind.ANY),
        ("What are one two three four five", Kind.DEFINITION),
        ("What are one two three four five six", Kind.ANY),
        (f"what is {'e' * 160}?x", Kind.ANY),
        (f"What is {'a' * 5_000}", Kind.DEFINITION),
        (f"What is {'- ' * 5_000}x?", Kind.ANY),
        ("What is https://example.com/world/2025/a-b-c?CMP=share_btn about?", Kind.ANY),
    ],
)
def test_first_words_tell_what_kind_of_answer_is_expected(question: str, kind: Kind) -> None:
    assert expected_kind(question) is kind


@pytest.mark.parametrize(
    ("question", "sentence", "has"),
    [
        ("Where is RATS based?", "Its headquarters are in Tashkent.", True),
        ("Where is RATS based?", "RATS has a Council.", False),
        ("Where in Tashkent is it?", "It opened in Tashkent.", False),
        ("What is the QCCM?", "The Mechanism (QCCM) is a pact of four armies.", True),
        ("What is the QCCM?", "The QCG was a forum, whereas the QCCM is a pact.", False),
        ("What is the QCCM?", "The QCCM was launched in Urumqi.", False),
        ("Who is Ada Winter?", "Winter, the mayor of Arvik, closed the bridge.", True),
        ("Who is Ada Winter?", "The bridge was closed by the mayor, Ada Winter.", True),
        ("Who is Ada Winter?", "Professor Ada Winter came from Brekka.", True),
        ("Who is Ada Winter?", "Winter (born in 1960) was a painter.", True),
        ("Who is Ada Winter?", "The bridge was closed, said Ada Winter.", False),
        ("Who is Ada Winter?", "Winter closed the bridge.", False),
        ("When was it?", "It was in October 2012.", True),
        ("Wie viele Boote kamen?", "Zwölf Boote kamen an.", True),
        ("Wie viele Boote kamen?", "Die Boote kamen an.", False),
        ("Wie schnell ist das Boot?", "Es schafft 40 Knoten.", True),
        ("Wie schnell ist das Boot?", "Das Boot ist gesunken.", False),
        ("Wann darf man kündigen?", "Kündigen darf man bei Krankheit.", True),
        ("Wann sank das Boot?", "Das Boot sank im Mai.", True),
        ("Wann sank das Boot?", "Das Boot sank vor der Küste.", False),
        ("Wann sank das Boot 2012?", "Das Boot sank 2012.", False),
        ("¿Cuándo se hundió el barco?", "Se hundió en agosto.", True),
        ("¿Cuándo se hundió el barco?", "El barco era de Arvik.", False),
        ("Когда затонула лодка?", "Лодка затонула в мае.", True),
        ("Когда затонула лодка?", "Лодка затонула у берега.", False),
        ("¿Cuántos barcos hay?", "Hay 12 barcos.", True),
        ("Сколько лодок пришло?", "Пришло шесть лодок.", True),
        ("Сколько лодок пришло в 2012?", "Лодки пришли в 2012.", False),
        ("این پل چند متر است؟", "طول آن ۲۵ متر است.", True),
        ("این پل چند متر است؟", "این پل کهنه است.", False),
        ("پل کتنے سال پرانا ہے؟", "پل ستر سال پرانا ہے۔", True),
        ("When was it in 2012?", "It was in 2012.", False),
    ],
)
def test_sentence_has_the_kind_where_it_tells_more_than_the_question(
    question: str, sentence: str, has: bool
) -> None:
    assert has_kind(expected_kind(question), sentence, question) is has


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("What is a fatwa?", "fatwa"),
        ("what are neurites", "neurites"),
        ("What’s Daesh?", "Daesh"),
        ("What is the danger?", None),
        ("What is this?", None),
        ("What is a fatwa for?", None),
        ("Who is Pashinyan?", None),
    ],
)
def test_word_that_is_asked_the_meaning_of(question: str, word: str | None) -> None:
    assert word_defined(question) == word
