from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from footnote.corpus.span import Span
from footnote.index.errors import IndexUnreadable
from footnote.index.finding.interaction import QuestionTokens, matches
from footnote.index.keeping.build_files import FolderFiles
from footnote.index.keeping.token_codes import TokenCoder, TokenCodes
from footnote.index.models.embedding import Encoded
from footnote.index.words import content_words
from tests.fakes import WordsModel
from tests.shipped_model import shipped_model

MODEL = WordsModel()
CODER = TokenCoder.of(MODEL.sample_tokens())
TITLE, FIRST, SECOND = "Sibi flood\n", "The river Nari flooded Sibi.", " Ninety houses were lost."
TEXT = TITLE + FIRST + SECOND
SENTENCES = [Span(len(TITLE), len(TITLE + FIRST)), Span(len(TITLE + FIRST) + 1, len(TEXT))]


def codes_of(text: str = TEXT, sentences: list[Span] = SENTENCES) -> TokenCodes:
    [(_, encoded)] = MODEL.encode_passages([text])
    return CODER.encode(encoded, text, sentences, "en")


def asked(question: str) -> tuple[QuestionTokens, Encoded]:
    encoded = MODEL.encode_query(question)
    return QuestionTokens.of([(encoded, content_words(question, "en"), 1.0)]), encoded


def match(question: str, codes: TokenCodes) -> tuple[float, list[float]]:
    tokens, encoded = asked(question)
    [found] = matches(tokens, encoded.vector, [codes], CODER)
    return found.match, [sentence.match for sentence in found.sentences]


def test_each_section_has_the_tokens_of_its_words() -> None:
    # WordsModel has tokens for words of four letters and more; "were" is a stop word.
    assert codes_of().counts == (2, 4, 3)


def test_codes_are_the_same_after_storing() -> None:
    codes = codes_of()
    again = TokenCodes.from_bytes(codes.to_bytes())
    assert again.counts == codes.counts
    assert np.array_equal(again.tokens, codes.tokens)
    assert np.array_equal(again.sentences, codes.sentences)


def test_a_token_takes_a_bit_for_each_axis_and_a_sentence_four() -> None:
    codes = codes_of()
    assert codes.tokens.shape == (9, 128 // 8)
    assert codes.sentences.shape == (2, 128 * 4 // 8)


def test_what_was_said_before_counts_for_the_passage_and_not_for_what_is_quoted() -> None:
    parts = [
        (MODEL.encode_query(text), content_words(text, "en"), weight)
        for text, weight in (("Ninety houses", 1.0), ("river Nari", 4.0))
    ]
    [found] = matches(QuestionTokens.of(parts), parts[0][0].vector, [codes_of()], CODER)
    first, second = found.sentences
    assert first.match > second.match
    assert first.own < second.own


def test_same_words_match_wholly_and_others_not_at_all() -> None:
    whole, sentences = match("Ninety houses lost", codes_of())
    assert whole == pytest.approx(1, abs=0.02)
    assert sentences == pytest.approx([0, 1], abs=0.02)
    whole, sentences = match("quantum chromodynamics", codes_of())
    assert [whole, *sentences] == pytest.approx([0, 0, 0], abs=0.02)


def test_words_of_the_title_count_as_each_sentences_own() -> None:
    _, sentences = match("flood houses", codes_of())
    assert sentences == pytest.approx([0.5, 1], abs=0.02)


def test_passages_compared_together_match_as_they_do_alone() -> None:
    others = [codes_of("A storm reached Gwadar.", [Span(0, 23)]), codes_of()]
    tokens, encoded = asked("Which river flooded Sibi?")
    together = matches(tokens, encoded.vector, others, CODER)
    for codes, found in zip(others, together, strict=True):
        [alone] = matches(tokens, encoded.vector, [codes], CODER)
        assert found.match == pytest.approx(alone.match, abs=1e-5)
        for one, other in zip(found.sentences, alone.sentences, strict=True):
            assert (one.match, one.cosine) == pytest.approx((other.match, other.cosine), abs=1e-5)


def test_passage_without_tokens_matches_nothing_and_keeps_its_sentences() -> None:
    empty = codes_of("a b. c d.", [Span(0, 4), Span(5, 9)])
    assert empty.counts == (0, 0, 0)
    found, sentences = match("Which river flooded Sibi?", empty)
    assert (found, sentences) == (0, [0, 0])
    tokens, encoded = asked("Which river flooded Sibi?")
    beside = matches(tokens, encoded.vector, [empty, codes_of()], CODER)
    assert beside[0].match < 0 < beside[1].match


def test_axes_are_the_same_after_storing(tmp_path: Path) -> None:
    CODER.write(FolderFiles(tmp_path))
    again = TokenCoder.read(FolderFiles(tmp_path))
    assert np.array_equal(again.axes, CODER.axes)
    assert np.array_equal(again.scale, CODER.scale)


@pytest.mark.parametrize("content", [None, b"", b"no archive", b"\x93NUMPY broken"])
def test_missing_or_broken_axes_are_told(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "tokens.npy").write_bytes(content)
    with pytest.raises(IndexUnreadable, match=r"tokens\.npy"):
        TokenCoder.read(FolderFiles(tmp_path))


@given(st.integers(1, 300), st.integers(0, 2**32 - 1))
def test_fewer_dimensions_than_bits_are_no_hindrance(dimensions: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    coder = TokenCoder.of(rng.normal(size=(400, dimensions)).astype(np.float32))
    tokens = rng.normal(size=(3, dimensions)).astype(np.float32)
    spans = np.array([[0, 4], [5, 9], [10, 14]])
    encoded = Encoded(tokens[0], tokens, spans)
    codes = coder.encode(encoded, "Nari Sibi Mach", [Span(5, 14)], "en")
    assert codes.counts == (1, 2)
    assert coder.signs(codes.tokens).shape == coder.project(tokens).shape
    mean = coder.means(codes.sentences)[0]
    meant = (tokens[1] + tokens[2]) @ coder.axes
    assert mean == pytest.approx(7 * meant / np.abs(meant).max(), abs=0.501)  # the nearest of 15


def test_nearest_tokens_of_the_default_model_are_found_again_by_their_signs() -> None:
    model = shipped_model()
    coder = TokenCoder.of(model.sample_tokens())
    text = "The headquarters are in Tashkent. The treaty was signed in June by six presidents."
    question = "Who signed the treaty at the headquarters in June?"
    [(_, encoded)] = model.encode_passages([text])
    codes = coder.encode(encoded, text, [Span(0, len(text))], "en")
    words = content_words(question, "en")
    tokens = QuestionTokens.of([(model.encode_query(question), words, 1.0)])
    estimated = coder.project(tokens.vectors) @ coder.signs(codes.tokens).T
    kept = [word.of(text) for word in content_words(text, "en")]
    assert codes.counts == (0, len(kept))
    assert len(kept) < len(encoded.spans)
    found = [kept[i] for i in estimated.argmax(axis=1)]
    assert found == ["signed", "treaty", "headquarters", "June"]


def test_a_word_of_several_tokens_has_one_code_and_a_sign_of_chinese_one_each() -> None:
    text = "Tashkent"
    halves = np.array([[0, 4], [4, 8]])
    tokens = MODEL.sample_tokens()[:2]
    one = CODER.encode(Encoded(tokens[0], tokens, halves), text, [Span(0, 8)], "en")
    assert one.counts == (0, 1)
    assert np.array_equal(one.tokens[0], np.packbits(tokens.sum(axis=0) @ CODER.axes > 0))
    each = CODER.encode(Encoded(tokens[0], tokens, halves // 4), "塔什", [Span(0, 2)], "zh")
    assert each.counts == (0, 2)
