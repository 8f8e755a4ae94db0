from dataclasses import replace

from footnote.corpus.span import Span
from footnote.index.finding.arranging import (
    MAX_ITEMS,
    after_the_best,
    arranged,
    before_the_best,
    further_up,
    led_up_to,
    put_below,
    with_items,
)
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


def test_what_stands_before_the_best_can_be_told_out_of_its_place() -> None:
    fazlullah, noor, he = quotables(LEADERS, FAZLULLAH, NOOR, HE)
    [other] = quotables("Ana left.", "Ana left.", article="other")
    assert texts(before_the_best([fazlullah, noor, other, he])) == [NOOR]
    assert before_the_best([other, fazlullah, noor, he]) == []


def test_he_whom_nothing_shown_identifies_is_not_told_out_of_its_place() -> None:
    text = f"The group has had several.\n\n{HE}\n\n{NOOR}"
    assert before_the_best(quotables(text, NOOR, HE)) == []
    named = f"{FAZLULLAH} {HE}\n\n{NOOR}"
    assert texts(before_the_best(quotables(named, NOOR, HE))) == [HE]


def test_what_the_best_leans_on_is_not_told_out_of_its_place() -> None:
    assert texts(before_the_best(quotables(LEADERS, HE, FAZLULLAH, NOOR))) == [NOOR]


def test_what_introduces_a_list_is_not_told_without_it() -> None:
    text = "The rules are:\n- Do not delegate.\n\nIdeas matter."
    assert before_the_best(quotables(text, "Ideas matter.", "The rules are:")) == []


def test_what_stands_further_up_follows_what_is_quoted_of_its_article() -> None:
    text = "Ana came. Ben came. Cleo came. Dan came."
    cleo, dan, ben, ana = quotables(text, "Cleo came.", "Dan came.", "Ben came.", "Ana came.")
    [other] = quotables("Eva left.", "Eva left.", article="other")
    above = further_up([cleo, other, dan, ben, ana])
    assert texts(above) == [ana.text, ben.text]
    told = put_below([cleo, dan, other], above)
    assert texts(told) == [cleo.text, dan.text, ana.text, ben.text, other.text]


def test_what_stands_further_up_follows_its_own_part_of_the_question() -> None:
    text = "Ana came. Ben came. Cleo came."
    cleo, ana = quotables(text, "Cleo came.", "Ana came.")
    [ben] = quotables(text, "Ben came.", part=1)
    assert further_up([cleo, ben]) == []
    assert further_up([cleo, ana, ben]) == [ana]
    assert texts(put_below([cleo, ben], [ana])) == [cleo.text, ana.text, ben.text]


def test_parts_of_a_question_keep_their_order() -> None:
    quoted = quotables(LEADERS, FAZLULLAH) + quotables(LEADERS, NOOR, part=1)
    assert texts(arranged(quoted)) == [FAZLULLAH, NOOR]


def test_sentence_whose_subject_no_sentence_near_by_names_is_left_out_after_another() -> None:
    text = f"{NOOR}\n\nThe group has had several.\n\n{HE}"
    assert texts(arranged(quotables(text, NOOR, HE))) == [NOOR]
    assert texts(arranged(quotables(text, HE))) == [HE]


def test_sentence_whose_subject_the_one_before_it_names_stays() -> None:
    assert texts(arranged(quotables(LEADERS, NOOR, HE))) == [NOOR, HE]


def test_a_sentence_stands_right_behind_the_one_that_it_leans_on_if_that_is_quoted() -> None:
    [he, fazlullah, noor] = quotables(LEADERS, HE, FAZLULLAH, NOOR)
    [other] = quotables("Ana left.", "Ana left.", article="other")
    assert texts(led_up_to([he, other, fazlullah])) == [FAZLULLAH, HE, other.text]
    later = replace(he, part=1)
    assert texts(led_up_to([fazlullah, other, later])) == [FAZLULLAH, HE, other.text]
    assert texts(led_up_to([other, he, noor])) == [other.text, HE, NOOR]
    assert texts(led_up_to([noor, other, fazlullah])) == [NOOR, other.text, FAZLULLAH]


def test_of_two_that_lean_on_one_another_the_first_of_the_article_stands_first() -> None:
    text = "Ana Ruiz founded it. She left in 2011. But she came back."
    she, ana, but = quotables(
        text, "She left in 2011.", "Ana Ruiz founded it.", "But she came back."
    )
    for order in ([but, ana, she], [she, but, ana], [ana, but, she]):
        assert texts(led_up_to(order)) == [ana.text, she.text, but.text]


RULES = (
    "Page wrote down his rules for management:\n\n- Do not delegate. Do it yourself.\n\n"
    "2. Ideas matter more than age.\n\nHe kept to them for years."
)
INTRODUCTION, *ITEMS = (
    "Page wrote down his rules for management:",
    "Do not delegate.",
    "Do it yourself.",
    "Ideas matter more than age.",
)
AFTER = "He kept to them for years."


def test_items_of_a_list_follow_the_sentence_that_introduces_it() -> None:
    introduction, *others = quotables(RULES, INTRODUCTION, AFTER, *reversed(ITEMS))

    told = with_items([introduction], [introduction, *others])

    assert texts(told) == [INTRODUCTION, *ITEMS]


def test_an_item_that_is_quoted_already_is_not_quoted_twice() -> None:
    introduction, one, two, three = quotables(RULES, INTRODUCTION, *ITEMS)

    told = with_items([introduction, two], [introduction, one, two, three])

    assert sorted(texts(told)) == sorted([INTRODUCTION, *ITEMS])


def test_a_paragraph_after_a_colon_is_no_list() -> None:
    text = "She said one thing:\n\nThe ferry stays."
    ranked = quotables(text, "She said one thing:", "The ferry stays.")

    assert texts(with_items(ranked[:1], ranked)) == ["She said one thing:"]


def test_a_long_list_is_cut() -> None:
    items = [f"Rule number {number} holds." for number in range(MAX_ITEMS + 3)]
    text = "The rules are:\n" + "\n".join(f"- {item}" for item in items)
    ranked = quotables(text, "The rules are:", *items)

    assert texts(with_items(ranked[:1], ranked)) == ["The rules are:", *items[:MAX_ITEMS]]
