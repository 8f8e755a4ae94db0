from footnote.index.finding.introduced import MAX_ITEMS, with_items
from tests.index.finding.test_arranging import quotables, texts

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
