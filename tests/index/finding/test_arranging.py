from dataclasses import replace

from footnote.corpus.span import Span
from footnote.index.finding.arranging import after_the_best, arranged
from footnote.index.finding.quoting import Quotable
from footnote.index.passages import Passage

LEADERS = (
    "Noor Wali Mehsud has led the TTP since 2018. Fazlullah of Swat led it from 2013. "
    "He was the first leader who did not come from the Mehsud tribe."
)


def quotables(text: str, *sentences: str, article: str = "ttp", part: int = 0) -> list[Quotable]:
    """The sentences of a passage, ranked as they are given."""
    passage = Passage(hash(article), article, "r", "T", "en", Span(0, len(text)), text)
    return [
        Quotable(
            passage,
            Span(text.index(sentence), text.index(sentence) + len(sentence)),
            sentence,
            1.0,
            1.0,
            1.0,
            1.0,
            False,
            frozenset(),
            part,
        )
        for sentence in sentences
    ]


def texts(quoted: list[Quotable]) -> list[str]:
    return [quotable.text for quotable in quoted]


NOOR, FAZLULLAH, HE = (sentence.strip() + "." for sentence in LEADERS.split(".")[:3])


def test_sentences_of_one_article_keep_its_order() -> None:
    quoted = quotables(LEADERS, FAZLULLAH, NOOR)
    assert texts(arranged(quoted)) == [NOOR, FAZLULLAH]
    other = quotables("Piet spoke. Ana left.", "Ana left.", "Piet spoke.", article="other")
    mixed = [quoted[0], other[0], quoted[1], other[1]]
    assert texts(arranged(mixed)) == [NOOR, FAZLULLAH, "Piet spoke.", "Ana left."]


def test_best_sentence_stays_first_and_those_before_it_are_left_out() -> None:
    assert texts(after_the_best(quotables(LEADERS, FAZLULLAH, NOOR, HE))) == [FAZLULLAH, HE]
    other = quotables("Piet spoke. Ana left.", "Ana left.", article="other")
    quoted = quotables(LEADERS, FAZLULLAH, NOOR) + other
    assert texts(after_the_best(quoted)) == [FAZLULLAH, "Ana left."]


def test_where_several_are_asked_for_one_before_the_best_is_kept_that_likely_answers() -> None:
    fazlullah, noor = quotables(LEADERS, FAZLULLAH, NOOR)
    likely, unlikely = (replace(noor, reading=1.0, score=score) for score in (0.6, 0.4))
    assert texts(after_the_best([fazlullah, likely], several=True)) == [FAZLULLAH, NOOR]
    assert texts(after_the_best([fazlullah, unlikely], several=True)) == [FAZLULLAH]


def test_parts_of_a_question_keep_their_order() -> None:
    quoted = quotables(LEADERS, FAZLULLAH) + quotables(LEADERS, NOOR, part=1)
    assert texts(arranged(quoted)) == [FAZLULLAH, NOOR]


def test_sentence_whose_subject_no_sentence_near_by_names_is_left_out_after_another() -> None:
    text = f"{NOOR}\n\nThe group has had several.\n\n{HE}"
    assert texts(arranged(quotables(text, NOOR, HE))) == [NOOR]
    assert texts(arranged(quotables(text, HE))) == [HE]


def test_sentence_whose_subject_the_one_before_it_names_stays() -> None:
    assert texts(arranged(quotables(LEADERS, NOOR, HE))) == [NOOR, HE]
