from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from llama_index.core.schema import Document, MetadataMode, TextNode

from footnote.corpus.article import Article
from footnote.corpus.normalise import normalise
from footnote.index.blocks import blocks
from footnote.index.llamaindex import PassageParser, document
from footnote.index.llamaindex import embedded_text as embedded
from footnote.index.passages import FAIR_CHARACTERS, MAX_CHARACTERS, split

SENTENCE = st.sampled_from(
    ["Rain fell.", "It was cold, and the river rose over its banks " * 5 + "at night.", "x" * 1300]
)
PARAGRAPH = st.lists(SENTENCE, min_size=1, max_size=9).map(" ".join)
TEXTS = st.lists(
    PARAGRAPH | st.sampled_from(["# Year", "## Year", "- An item", "| a | b |", "***", ">"]),
    max_size=9,
).map("\n\n".join).map(normalise) | st.text(max_size=300).map(normalise)


def article(text: str, title: str = "A title", **known: Any) -> Article:
    return Article(id="a", title=title, text=text, **known)


def nodes(parsed: Article) -> list[TextNode]:
    return [
        node
        for node in PassageParser().get_nodes_from_documents([document(parsed)])
        if isinstance(node, TextNode)
    ]


@given(TEXTS)
def test_passages_hold_every_sentence_once_and_in_order(text: str) -> None:
    spans = [span for span, _ in split(text)]
    sentences = [span for block in blocks(text) for span in block.sentences]
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert [s for span in spans for s in sentences if span.covers(s)] == sentences
    for span in spans:
        inside = [s for s in sentences if span.covers(s)]
        assert (inside[0].start, inside[-1].end) == (span.start, span.end)
        assert len(span) <= MAX_CHARACTERS


@given(TEXTS)
def test_no_passage_reaches_over_a_heading(text: str) -> None:
    for span, heading in split(text):
        sections = {
            (block.section, block.heading)
            for block in blocks(text)
            if any(span.covers(sentence) for sentence in block.sentences)
        }
        assert [words for _, words in sections] == [heading]


def test_headings_of_the_same_words_part_passages() -> None:
    text = "# News\n\nOne.\n\n# News\n\nTwo."
    assert [(span.of(text), heading) for span, heading in split(text)] == [
        ("One.", "News"),
        ("Two.", "News"),
    ]


def test_short_paragraphs_are_joined_and_fair_ones_left_to_themselves() -> None:
    short, fair = "Rain fell.", "It rained. " * (FAIR_CHARACTERS // 11 + 1) + "And more."
    text = f"{short}\n\n{short}\n\n{fair}\n\n{fair}"
    assert [span.of(text) for span, _ in split(text)] == [f"{short}\n\n{short}\n\n{fair}", fair]


def test_long_paragraph_is_parted_into_passages_of_about_equal_length() -> None:
    text = "This sentence has just forty-one letters. " * 60
    lengths = [len(span) for span, _ in split(text.strip())]
    assert len(lengths) == 3
    assert max(lengths) - min(lengths) < 100


@given(TEXTS)
def test_nodes_have_the_offsets_of_their_text(text: str) -> None:
    for node in nodes(article(text)):
        assert text[node.start_char_idx : node.end_char_idx] == node.text


def test_offsets_are_right_where_the_same_words_stand_twice() -> None:
    # The first time they are a heading, which is no passage.
    text = "## The river rose\n\nThe river rose\n\n## After\n\nIt fell."

    class WithTheLibrarysOwnStep(PassageParser):
        def _postprocess_parsed_nodes(self, nodes, parent_doc_map):
            return super(PassageParser, self)._postprocess_parsed_nodes(nodes, parent_doc_map)

    parsed = WithTheLibrarysOwnStep().get_nodes_from_documents([document(article(text))])
    library = [node for node in parsed if isinstance(node, TextNode)]
    assert [(n.start_char_idx, n.end_char_idx) for n in nodes(article(text))] == [
        (19, 33),
        (45, 53),
    ]
    assert (library[0].start_char_idx, library[0].end_char_idx) == (3, 17)


def test_passages_follow_each_other_and_know_their_article() -> None:
    first, second = nodes(article("# One\n\nRain fell.\n\n# Two\n\nSnow fell."))
    assert first.ref_doc_id == "a"
    assert first.next_node
    assert first.next_node.node_id == second.node_id


def test_ids_made_from_the_number_of_the_passage_are_all_different() -> None:
    parser = PassageParser(id_func=lambda number, source: f"{source.node_id}-{number}")
    found = parser.get_nodes_from_documents([document(article("# One\n\nRain.\n\n# Two\n\nSnow."))])
    assert [node.node_id for node in found] == ["a-0", "a-1"]


def test_title_and_heading_are_embedded_and_nothing_else_that_is_known() -> None:
    [node] = nodes(
        article(
            "# The storm\n\nRain fell.",
            title="Weather",
            author="Ann Author",
            date="2016-08-03",
            language="en",
            source="A paper",
            url="https://example.org/weather",
        )
    )
    assert embedded(node) == "Weather\nThe storm\nRain fell."


@pytest.mark.parametrize(
    "title", ["{content}", "{0} {metadata_str}", "}{", "%s", "Over\ntwo lines"]
)
def test_title_is_embedded_as_it_is_and_never_quoted(title: str) -> None:
    [node] = nodes(article("Rain fell.", title=title))
    assert embedded(node) == f"{title}\nRain fell."
    assert node.text == node.get_content(MetadataMode.NONE) == "Rain fell."


def test_text_with_braces_is_embedded_as_it_is() -> None:
    [node] = nodes(article("The set {1, 2} and {metadata_str}."))
    assert embedded(node) == "A title\nThe set {1, 2} and {metadata_str}."


def test_parser_takes_documents_that_are_no_articles() -> None:
    parser = PassageParser()
    [node] = parser.get_nodes_from_documents([Document(text="Er kam am 3. August. Sie nicht.")])
    assert node.get_content() == "Er kam am 3. August. Sie nicht."
    assert parser.get_nodes_from_documents([Document(text="")]) == []
