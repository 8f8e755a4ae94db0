import time

import pytest
from hypothesis import example, given

from footnote.corpus.errors import CorpusError, FrontMatterFault
from footnote.corpus.readers.markdown import read_markdown
from tests.corpus.awkward import texts

_LAST = "Last of all come words enough to make an article."


def _text(markdown: str) -> str:
    """The text that Markdown becomes, without the closing paragraph that makes it long enough."""
    content = f"---\ntitle: A title\n---\n\n{markdown}\n\n{_LAST}\n"
    text = read_markdown(content, name="x.md").draft.text
    assert text.endswith(_LAST)
    return text.removesuffix(_LAST).strip()


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("*one* **two** ***three*** _four_", "one two three four"),
        ("`code *as it is*` and ``a ` tick``", "code *as it is* and a ` tick"),
        ('[a link](https://x.example "Title"), [another][1]\n\n[1]: /y', "a link, another"),
        ("<https://x.example/a_b_c>", "https://x.example/a_b_c"),
        ("![words of the *picture*](a.png)", "words of the *picture*"),
        ("&amp; &copy; &#233; \\*star\\* 2\\. snake_case_word", "& © é *star* 2. snake_case_word"),
        ("soft\nbreak, hard  \nbreak, back\\\nslash", "soft break, hard break, back slash"),
        ("a<br>b<br/>c <b>bold</b> <i class=x>slanted</i>", "a b c bold slanted"),
        (
            "# One\n\n## Two ##\n\nThree\n-----\n\n###### Six",
            "# One\n\n## Two\n\n## Three\n\n###### Six",
        ),
        ("## *Marked* [up](x)", "## Marked up"),
        ("- a\n- b\n  - c\n    - d\n- e", "- a\n\n- b\n\n- c\n\n- d\n\n- e"),
        ("3. three\n4. four\n   1) inner", "3. three\n\n4. four\n\n1) inner"),
        ("- a\n\n  second paragraph\n- b", "- a\n\nsecond paragraph\n\n- b"),
        ("- a that goes\n  on", "- a that goes on"),
        ("-\n\nafter an empty item", "after an empty item"),
        ("> said\n> he\n>\n> > and she", "said he\n\nand she"),
        (
            "| A | *B* |\n|---|:-:|\n| 1 | `2` |\n| 3 |",
            "| A | B |\n| --- | --- |\n| 1 | 2 |\n| 3 | |",
        ),
        ("```py\n# a comment\n\nx = 1\n```", "# a comment\n\nx = 1"),
        ("text\n\n    # indented code\n    1. as well", "text\n\n# indented code\n1. as well"),
        ("* * *\n\n---\n\n___", ""),
        ("<!-- not seen -->\n\nseen", "seen"),
        ("<script>\nalert(1)\n</script>\n\n<style>\np {}\n</style>\n\nseen", "seen"),
        (
            "<div>\nRaw <b>words</b> &amp; more.<p>Two</p><ul><li>x<li>y</ul></div>",
            "Raw words & more.\n\nTwo\n\n- x\n\n- y",
        ),
        ("<div>\n\n*words* within\n\n</div>", "words within"),
        ("<details><summary>More</summary>\n\nhidden words\n\n</details>", "More\n\nhidden words"),
        ("<?php echo 1 ?>\n\n<!DOCTYPE x>\n\nseen", "seen"),
        ("a[^1]. b\n\n[^1]: the note", "a. b\n\nthe note"),
        ("a[^1]\n\n[^1]: https://x.example", "a\n\nhttps://x.example"),
        ("a[^1]\n\n[^1]: one\n  goes on\n[^two]: two", "a\n\none goes on\n\ntwo"),
        (
            "see [[page]], [[dir/page|the *page*]], [[page#part]], [[#part]]",
            "see page, the page, page, part",
        ),
        ("![[map.png|200]]\n\n![[The plan]]", "The plan"),
        ("| A |\n|---|\n| [[page\\|a b]] |", "| A |\n| --- |\n| a b |"),
        ("==one== two ==three *four*== 5 == 6 == 7", "one two three four 5 == 6 == 7"),
        ("`==a== [[b]]` and ==`[[c]]`==", "==a== [[b]] and [[c]]"),
        ("> [!note] The title\n> said\n> here", "The title\n\nsaid here"),
        ("> [!tip]-\n> said", "said"),
        ("- [ ] to do\n- [x] done", "- to do\n\n- done"),
        ("#hashtag and issue #12", "#hashtag and issue #12"),
    ],
)
def test_markup_goes_and_words_stay(markdown, text):
    assert _text(markdown) == text


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("The #pier is #shut/now, not #2024 ^b1", "The pier is shut/now, not #2024"),
        ("#pier #shut/now", ""),
        ("It fell. #pier #shut ^b2", "It fell."),
        ("seen %%not seen%% too", "seen too"),
        ("`#code` and C#", "#code and C#"),
    ],
)
def test_signs_of_obsidian_go_from_its_notes(markdown, text):
    content = f"---\ntitle: A title\ntags: [pier]\n---\n\n{markdown}\n\n{_LAST}\n"
    assert read_markdown(content, name="x.md").draft.text == f"{text}\n\n{_LAST}".strip()


@pytest.mark.parametrize(
    ("content", "title", "first"),
    [
        ("# The *last* `ferry`\n\n", "The last ferry", _LAST),
        ("The *last* ferry\n====\n\n", "The last ferry", _LAST),
        ("---\nauthor: Jane\n---\n# The *last* ferry\n\n", "The last ferry", _LAST),
        ("---\ntitle: In the head\n---\n# The *last* ferry\n\n", "In the head", "# The last ferry"),
        ("---\ntitle: The last ferry\n---\n# The *last* ferry\n\n", "The last ferry", _LAST),
        ("---\ntitle: my-notes\n---\nShort words\n\n", "my-notes", "Short words"),
        ("---\nauthor: Jane\n---\n", "My notes", _LAST),
        ("", "My notes", _LAST),
    ],
)
def test_title_is_from_the_head_or_from_the_heading_that_opens_the_text(content, title, first):
    draft = read_markdown(content + _LAST, name="folder/my-notes.md").draft
    assert (draft.title, draft.text.split("\n\n")[0]) == (title, first)


def test_head_is_taken_over():
    content = (
        "---\ntitle: T\nauthor: A\ndate: 2016-08-03\nlanguage: sv\nsource: S\n"
        f"url: https://example.org/\ntags: [a, {{b: c}}]\n---\n{_LAST}"
    )
    draft = read_markdown(content, name="x.md").draft
    assert (draft.author, draft.date, draft.language) == ("A", "2016-08-03", "sv")
    assert (draft.source, draft.url) == ("S", "https://example.org/")
    assert draft.extra == {"tags": ["a", {"b": "c"}]}


def test_fault_of_the_head_is_told():
    with pytest.raises(FrontMatterFault, match=r"x\.md, line 2: date is 'soon'"):
        read_markdown(f"---\ndate: soon\n---\n{_LAST}", name="x.md")


def test_headings_of_sections_that_buttons_are_called_too_are_kept():
    text = "## Comments\n\nThey fill two pages.\n\n## Print\n\nIt came out as before."
    assert _text(text) == text


@given(texts)
@example("<div>" * 300)
@example("> " * 300)
@example("- " * 300 + "a")
@example("<a\x00>")
@example("<![CDATA[ x")
def test_any_markdown_is_an_article_or_a_fault(markdown):
    try:
        draft = read_markdown(f"{markdown}\n\n{_LAST}", name="x.md").draft
    except CorpusError as fault:
        assert "x.md" in str(fault)  # noqa: PT017 - either end is right
    else:
        assert draft.title
        assert draft.text


@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "![",
        "*a ",
        "_a",
        "`a",
        "<a",
        "> ",
        "- ",
        "&a",
        "[a](",
        "<!--",
        "<?",
        "|a",
        "<div>",
        "[[a",
        "==a",
        "[^a]: ",
        "%%a",
        "#a",
    ],
)
def test_no_markdown_takes_long(piece):
    start = time.process_time()
    read_markdown(f"{_LAST}\n\n{piece * 10_000}\n\n{_LAST}", name="x.md")
    assert time.process_time() - start < 10
