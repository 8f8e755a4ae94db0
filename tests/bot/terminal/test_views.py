"""The terminal: what is shown at any width and in a pipe; nothing from outside is markup."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console, RenderableType

from footnote.bot.articles.card import Card
from footnote.bot.articles.changes import Change
from footnote.bot.phrases import rest_unchecked
from footnote.bot.terminal.answer_view import answer_view, checked_view, passage_view, result_view
from footnote.bot.terminal.articles_view import card_view, day, list_view
from footnote.bot.terminal.console import say
from footnote.bot.terminal.running_view import faults_view, sync_view
from footnote.bot.texts.answers import AnswerTexts
from footnote.corpus.article import Article
from footnote.corpus.errors import FolderUnusable, FrontMatterFault
from footnote.corpus.printed_pages import with_pages
from footnote.corpus.span import Span
from footnote.index.keeping.catalogue import Listed
from footnote.index.keeping.reconcile import SyncReport
from footnote.index.results import (
    Abstention,
    Answer,
    Checked,
    CheckedSentence,
    Citation,
    Claim,
    ListedArticle,
    Listing,
    Nearest,
    Reason,
    Reference,
    Verdict,
)

WIDTHS = [40, 80, 200]
TEXT = (
    "Before it 😀 stood nothing. [bold]Green tea[/bold] steeps for\ntwo minutes at [100%] heat, and"
    " שלום is a greeting that a reader of the longest of all sentences may meet here. After."
)
FIRST = TEXT.index("[bold]")
QUOTED = Span(FIRST, TEXT.index(" After."))
ARTICLE = Article(
    id="tea",
    title="[red]Tea[/red] and a title that goes on for rather a long time",
    text=TEXT,
    author="[link=https://evil.example]Bo[/link]",
    date="2016-08",
    source="The *Kettle*",
)
LINKED = Article(id="b", title="B", text=TEXT, url="https://example.org/" + "long/" * 30)

Pipe = Callable[..., str]
"""Prints views; what arrives in a pipe."""


def citation(n: int, article: Article, span: Span = QUOTED) -> Citation:
    return Citation.of(n, article, span, Span(0, len(article.text)))


def answered(*citations: Citation) -> Answer:
    claims = [Claim(c.quotation, [c]) for c in citations]
    return Answer("Q", "quoted", 0.9, claims)


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture
def pipe(tmp_path: Path) -> Pipe:
    """What arrives in a pipe, as the command line prints there."""

    def printed(*views: RenderableType) -> str:
        file = io.StringIO()
        say(Console(file=file, soft_wrap=True), *views)
        return file.getvalue()

    return printed


def on_terminal(view: RenderableType, width: int) -> tuple[str, str]:
    """What a terminal of this width gets, and the same without its colours."""
    file = io.StringIO()
    console = Console(
        file=file, width=width, force_terminal=True, color_system="standard", legacy_windows=False
    )
    say(console, view)
    raw = file.getvalue()
    return raw, re.sub(r"\x1b\[[0-9;]*m", "", raw)


@pytest.mark.parametrize("width", WIDTHS)
def test_an_answer_is_whole_at_every_width(width: int, tmp_path: Path) -> None:
    view = answer_view(answered(citation(1, ARTICLE), citation(2, LINKED)), tmp_path)
    _, shown = on_terminal(view, width)
    assert all(cell_len(line) <= width for line in shown.splitlines())
    assert f"{words(ARTICLE.text[QUOTED.start : QUOTED.end])} [1]" in words(shown)
    assert f"[1] {ARTICLE.title} · {ARTICLE.author} · 2016-08 · The *Kettle*" in words(shown)
    assert LINKED.url in re.sub(r"\s", "", shown)
    assert str(tmp_path / "tea.md") in re.sub(r"\s", "", shown)


@pytest.mark.parametrize("width", WIDTHS)
def test_every_view_stays_within_the_width(width: int, tmp_path: Path) -> None:
    near = Nearest("Q", 0.2, [Claim(citation(1, ARTICLE).quotation, [citation(1, ARTICLE)])])
    listing = Listing("Q", "topic", [ListedArticle(Reference.to(ARTICLE), near.claims)])
    listed = [Listed("a" * 90, ARTICLE.title, None, "2016", None, None, None, 9, 12)]
    for view in (
        passage_view(citation(1, ARTICLE), None, tmp_path),
        result_view(near, tmp_path),
        result_view(listing, tmp_path),
        card_view(
            Card(ARTICLE, None, [Span(0, 30), Span(31, len(TEXT))], 1, ["Why? " * 30]), "tea.md"
        ),
        list_view(listed),
        sync_view(SyncReport(added=("a",), faults=(FrontMatterFault("x" * 90, [(1, "odd")]),))),
    ):
        _, shown = on_terminal(view, width)
        assert all(cell_len(line) <= width for line in shown.splitlines())


def test_an_answer_in_a_pipe_is_neither_wrapped_nor_coloured(pipe: Pipe, tmp_path: Path) -> None:
    printed = pipe(answer_view(answered(citation(1, ARTICLE), citation(2, LINKED)), tmp_path))
    quoted = words(QUOTED.of(TEXT))
    assert printed == (
        f"{quoted} [1] · 2016-08\n{quoted} [2]\n\nSources\n"
        f"[1] {ARTICLE.title} · {ARTICLE.author} · 2016-08 · The *Kettle*\n"
        f"    {tmp_path / 'tea.md'}\n"
        f"[2] B\n    {LINKED.url}\n"
    )


def test_a_source_of_several_quotations_is_named_once_with_all_its_numbers(
    pipe: Pipe, tmp_path: Path
) -> None:
    other = Span(0, FIRST - 1)
    view = answer_view(answered(citation(1, ARTICLE), citation(2, ARTICLE, other)), tmp_path)
    assert pipe(view).count("\n[1][2] ") == 1


def test_a_path_below_the_working_folder_is_shown_from_there(
    pipe: Pipe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "\n    in/tea.md\n" in pipe(answer_view(answered(citation(1, ARTICLE)), tmp_path / "in"))


def test_the_quoted_sentence_is_marked_in_its_passage(tmp_path: Path) -> None:
    raw, shown = on_terminal(passage_view(citation(1, ARTICLE), ARTICLE, tmp_path), 200)
    marked = re.findall(r"\x1b\[1;7m(.*?)\x1b\[0m", raw, re.DOTALL)
    assert words(" ".join(marked)) == words(QUOTED.of(TEXT))
    assert words(TEXT) in words(shown)


def test_a_passage_in_a_pipe_keeps_its_lines_and_has_the_sentence_between_signs(
    pipe: Pipe, tmp_path: Path
) -> None:
    printed = pipe(passage_view(citation(1, ARTICLE), ARTICLE, tmp_path))
    marked = f"{TEXT[: QUOTED.start]}»{QUOTED.of(TEXT)}«{TEXT[QUOTED.end :]}"
    assert printed.endswith("\n\n    " + marked.replace("\n", "\n    ") + "\n")


@pytest.mark.parametrize(
    ("current", "said"),
    [
        (ARTICLE, None),
        (Article(id="tea", title="T", text="Another."), "This article has changed;"),
        (None, "This article is gone;"),
    ],
)
def test_a_passage_says_what_became_of_its_article(
    pipe: Pipe, tmp_path: Path, current: Article | None, said: str | None
) -> None:
    printed = pipe(passage_view(citation(1, ARTICLE), current, tmp_path))
    assert words(TEXT) in words(printed).replace("»", "").replace("«", "")
    told = [line for line in printed.splitlines() if line.startswith("This article")]
    assert [line.partition(" this is")[0] for line in told] == ([said] if said else [])


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (Reason.NO_QUESTION, "There is no question in this."),
        (Reason.NO_ARTICLES, "There are no articles yet. Add some with: footnote add FILE"),
        (Reason.NOTHING_FOUND, "I found nothing on this in the articles."),
        (
            Reason.OTHER_LANGUAGE,
            "The articles are in another language. Try it in German or English.",
        ),
    ],
)
def test_an_abstention_says_why(pipe: Pipe, tmp_path: Path, reason: Reason, said: str) -> None:
    abstention = Abstention("Q", reason, ("de", "en"))
    assert pipe(result_view(abstention, tmp_path)) == said + "\n"


@pytest.mark.parametrize(
    ("question", "reason", "said"),
    [
        (
            "Wer leitet die Behörde in Duschanbe?",
            Reason.OTHER_LANGUAGE,
            "Die Artikel sind in einer anderen Sprache. Versuch es auf Englisch.",
        ),
        (
            "Кто возглавляет эту организацию?",
            Reason.NOTHING_FOUND,
            "В статьях об этом ничего не нашлось.",
        ),
        (
            "谁领导巴基斯坦塔利班？",
            Reason.NOTHING_FOUND,
            "I found nothing on this in the articles.",
        ),
        ("Kabul", Reason.NOTHING_FOUND, "I found nothing on this in the articles."),
    ],
)
def test_a_refusal_is_in_the_language_of_the_question(
    pipe: Pipe, tmp_path: Path, question: str, reason: Reason, said: str
) -> None:
    assert pipe(result_view(Abstention(question, reason, ("en",)), tmp_path)) == said + "\n"


def test_a_check_says_which_languages_the_articles_are_in(pipe: Pipe, tmp_path: Path) -> None:
    nothing = CheckedSentence("Слоны спят.", None, Verdict.UNFOUND)
    told = pipe(checked_view(Checked("Слоны спят.", [nothing], languages=("en",)), tmp_path))
    assert told == (
        "Слоны спят.\n    nothing found\n\n"
        "The articles are in another language. Try it in English.\n"
    )


def test_what_comes_nearest_is_said_to_be_unsure_and_has_its_numbers(
    pipe: Pipe, tmp_path: Path
) -> None:
    article = Article(id="x", title="Long", text="word " * 100)
    near = Citation.of(1, article, Span(0, 9), Span(0, 500))
    printed = pipe(result_view(Nearest("Q", 0.2, [Claim("word word", [near])]), tmp_path))
    assert printed.startswith(
        "I'm not sure that this answers it. What comes nearest:\n\nword word [1]\n\nSources\n"
    )


def test_words_around_sentences_are_in_the_language_of_the_question(
    pipe: Pipe, tmp_path: Path
) -> None:
    article = Article(id="x", title="Lang", text="Wort " * 100, language="de")
    claim = Claim("Wort Wort", [Citation.of(1, article, Span(0, 9), Span(0, 500))])
    question = "Wie viele Menschen wohnen in der Stadt, und seit wann?"
    near = pipe(result_view(Nearest(question, 0.2, [claim]), tmp_path))
    assert near.startswith(AnswerTexts("de").nearest)
    assert "\nQuellen\n" in near
    answer = Answer(question, "quoted", 0.9, [claim], missing=("seit wann",))
    assert AnswerTexts("de").missing("seit wann") in pipe(result_view(answer, tmp_path))


def test_a_listing_has_the_articles_with_their_days_and_what_sums_them_up(
    pipe: Pipe, tmp_path: Path
) -> None:
    undated = replace(LINKED, author=None)
    claim = Claim(citation(1, ARTICLE).quotation, [citation(1, ARTICLE)])
    listing = Listing(
        "What's new?",
        "new",
        [
            ListedArticle(Reference.to(ARTICLE), [claim]),
            ListedArticle(Reference.to(undated, added="2026-11-20")),
        ],
    )
    assert pipe(result_view(listing, tmp_path)) == (
        "Articles, the newest first\n\n"
        f"{ARTICLE.title} · {ARTICLE.author} · 2016-08 · The *Kettle*\n"
        f"    {tmp_path / 'tea.md'}\n"
        f"    {words(QUOTED.of(TEXT))} [1]\n\n"
        f"B · added 2026-11-20\n    {LINKED.url}\n"
    )


def test_articles_that_are_not_summed_up_stand_without_blank_lines(
    pipe: Pipe, tmp_path: Path
) -> None:
    listed = [ListedArticle(Reference("a", "r", "A")), ListedArticle(Reference("b", "r", "B"))]
    assert pipe(result_view(Listing("What's new?", "new", listed), tmp_path)) == (
        f"Articles, the newest first\n\nA\n    {tmp_path / 'a.md'}\nB\n    {tmp_path / 'b.md'}\n"
    )


def test_the_sentence_that_a_quotation_leans_on_stands_before_it_dimmed(
    pipe: Pipe, tmp_path: Path
) -> None:
    whole, before = Span(0, len(TEXT)), Span(0, TEXT.index(" [bold]"))
    leaning = Citation.of(1, ARTICLE, QUOTED, whole, before=before)
    view = answer_view(answered(leaning), tmp_path)
    first, second, *_ = pipe(view).splitlines()
    assert first == "… Before it 😀 stood nothing."
    assert second.startswith("[bold]Green tea")
    raw, _ = on_terminal(view, 200)
    assert raw.startswith("\x1b[2m… Before it 😀 stood nothing.\x1b[0m\n")


def test_a_part_for_which_nothing_was_found_is_named(pipe: Pipe, tmp_path: Path) -> None:
    answer = replace(answered(citation(1, ARTICLE)), missing=("Idaho",))
    assert "\nOn “Idaho” I found nothing.\n\nSources\n" in pipe(answer_view(answer, tmp_path))


def test_a_day_on_which_an_article_was_added_is_said_to_be_that(pipe: Pipe, tmp_path: Path) -> None:
    added = Citation.of(1, LINKED, QUOTED, Span(0, len(TEXT)), added="2026-11-20")
    printed = pipe(answer_view(answered(added), tmp_path))
    assert "[1] · added 2026-11-20\n\nSources\n[1] B · added 2026-11-20\n" in printed


def test_names_of_files_cannot_command_the_terminal(pipe: Pipe, tmp_path: Path) -> None:
    evil = "a\x1b[2J\x07\x9b31m\nb"
    article = Article(id=evil, title="T", text=TEXT)
    listed = [Listed(evil, "T", None, None, None, None, None, 9, 1)]
    printed = pipe(
        answer_view(answered(citation(1, article)), tmp_path),
        list_view(listed),
        card_view(Card(article, None, [], 0, []), f"{evil}.md"),
        *faults_view([FrontMatterFault(evil, [(1, "odd")]), FolderUnusable(evil)]),
    )
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", printed)
    assert printed.count("a�[2J��31m�b") == 5


def test_names_of_files_that_are_no_unicode_can_be_printed(pipe: Pipe) -> None:
    listed = [Listed("caf\udce9", "T", None, None, None, None, None, 9, 1)]
    assert "caf�" in pipe(list_view(listed)).encode().decode()


def test_a_list_in_a_pipe_has_a_line_for_each_article_however_long(pipe: Pipe) -> None:
    listed = [
        Listed("a" * 150, "[bold]T[/bold] " * 20, "A", "2016", None, None, None, 9, 1234),
        Listed("b", "שלום", None, None, None, None, None, 9, 1),
    ]
    lines = pipe(list_view(listed)).splitlines()
    assert [line.split()[0] for line in lines] == ["Article", "a" * 150, "b"]
    assert ("[bold]T[/bold] " * 20).strip() in lines[1]
    assert lines[1].split()[-2:] == ["2016", "1234"]


def test_an_article_is_shown_with_the_numbers_of_its_passages(pipe: Pipe, tmp_path: Path) -> None:
    spans = [Span(0, FIRST - 1), Span(FIRST, len(TEXT))]
    arrival = Change(1, "tea", "added", "Ada", 0.0, None, None)
    asked = ["What is tea?", "Who drinks it?", "What is tea?"]
    printed = pipe(card_view(Card(ARTICLE, arrival, spans, 3, asked), str(tmp_path / "tea.md")))
    assert printed == (
        f"{ARTICLE.title}\n{ARTICLE.author} · 2016-08 · The *Kettle* · language not known\n"
        f"{len(TEXT.split())} words · 2 passages\nadded {day(0.0)} by Ada\ncited 3 times\n"
        f"{tmp_path / 'tea.md'}\n  What is tea?\n  Who drinks it?\n\n"
        f"(1) {TEXT[:FIRST]}(2) {TEXT[FIRST:]}\n"
    )


def test_pages_of_what_is_cited_are_told(pipe: Pipe, tmp_path: Path) -> None:
    paged = replace(ARTICLE, extra=with_pages(ARTICLE, [0, 20, FIRST]).extra)
    both = answered(citation(1, paged), citation(2, paged, Span(0, 10)))
    assert "· The *Kettle* · pp. 1, 3\n" in pipe(answer_view(both, tmp_path))
    assert "· The *Kettle* · p. 3\n" in pipe(passage_view(citation(1, paged), paged, tmp_path))


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (SyncReport(unchanged=1), "Nothing to do: 1 article, all up to date."),
        (SyncReport(unchanged=2000), "Nothing to do: 2,000 articles, all up to date."),
        (
            SyncReport(added=("a", "b"), changed=("c",), removed=("d",), unchanged=4, passages=1),
            "2 added, 1 changed, 1 removed; 1 passage embedded. 7 articles in all.",
        ),
        (
            SyncReport(removed=("d",), unchanged=1),
            "1 removed; 0 passages embedded. 1 article in all.",
        ),
    ],
)
def test_what_was_done_is_told_in_a_line(pipe: Pipe, report: SyncReport, said: str) -> None:
    assert pipe(sync_view(report)) == said + "\n"


def test_faults_are_told_with_file_line_and_reason(pipe: Pipe) -> None:
    faults = (FrontMatterFault("a.md", [(2, "odd"), (5, "even")]), FolderUnusable("b.md: locked"))
    assert pipe(sync_view(SyncReport(faults=faults))).splitlines()[1:] == [
        "Not taken in until it is mended: a.md, line 2: odd",
        "Not taken in until it is mended: a.md, line 5: even",
        "Not taken in until it is mended: b.md: locked",
    ]


def test_the_newest_report_is_said_to_be_that_and_older_ones_to_be_earlier(pipe: Pipe) -> None:
    claims = [
        Claim("Now.", [citation(1, ARTICLE)]),
        Claim("Then.", [citation(2, LINKED)], earlier=True),
    ]
    shown = pipe(answer_view(Answer("?", "quoted", 0.9, claims, as_of="2016-08"), Path()))
    lines = shown.splitlines()
    assert lines[:3] == [
        "Now. [1] · 2016-08",
        "Earlier: Then. [2]",
        "The newest report that answers is of 2016-08.",
    ]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How long does green tea steep?", "Further up in the same article:"),
        ("Wie lange zieht grüner Tee im heißen Wasser?", "Weiter oben im selben Artikel:"),
    ],
)
def test_what_stands_further_up_in_the_article_is_said_to_before_what_it_leans_on(
    pipe: Pipe, tmp_path: Path, question: str, said: str
) -> None:
    before, last = Span(0, TEXT.index(" [bold]")), Span(TEXT.index("After."), len(TEXT))
    leaning = Citation.of(2, ARTICLE, QUOTED, Span(0, len(TEXT)), before=before)
    claims = [
        Claim("After.", [citation(1, ARTICLE, last)]),
        Claim(leaning.quotation, [leaning], further_up=True),
    ]
    view = answer_view(Answer(question, "quoted", 0.9, claims), tmp_path)
    first, context, second, *_ = pipe(view).splitlines()
    assert first == "After. [1] · 2016-08"
    assert context == f"{said} … Before it 😀 stood nothing."
    assert second.startswith("[bold]Green tea")
    assert f"\x1b[2m{said}\x1b[0m " in on_terminal(view, 200)[0]


def test_what_stands_further_up_and_leans_on_nothing_is_said_to_on_its_own_line(
    pipe: Pipe, tmp_path: Path
) -> None:
    claims = [Claim(c.quotation, [c]) for c in (citation(1, ARTICLE), citation(3, LINKED))]
    opening = citation(2, ARTICLE, Span(0, TEXT.index(" [bold]")))
    claims.insert(1, Claim(opening.quotation, [opening], further_up=True))
    _, above, other, *_ = pipe(answer_view(Answer("?", "quoted", 0.9, claims), tmp_path)).split(
        "\n"
    )
    assert above == ("Further up in the same article: Before it 😀 stood nothing. [2] · 2016-08")
    assert other.startswith("[bold]Green tea")


def test_how_many_sentences_were_checked_is_told_as_one_says_it() -> None:
    assert rest_unchecked(1) == "This is the first sentence; check the rest apart."
    assert rest_unchecked(20) == "These are the first 20 sentences; check the rest apart."
