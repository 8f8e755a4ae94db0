"""Articles that were opened lately: kept until their files change, while there is room."""

from pathlib import Path

from footnote.bot.composition import Footnote
from footnote.bot.web.article_cache import ArticleCache
from tests.bot.web.test_article_page import write

NAMES = ("honeybees", "lighthouse")


def opened(cache: ArticleCache, footnote: Footnote, name: str) -> str | None:
    with footnote.passage_index.reading() as build:
        found = cache.article(build, name)
    return found.article.title if found else None


def test_what_was_opened_is_not_read_again(footnote: Footnote) -> None:
    cache = ArticleCache()
    with footnote.passage_index.reading() as build:
        first = cache.article(build, "honeybees")
        assert first is not None
        assert cache.article(build, "honeybees") is first
        assert first.article == build.catalogue.article("honeybees")
        assert first.passages == len(build.catalogue.spans("honeybees"))


def test_a_change_of_the_title_or_of_the_text_alone_is_seen(
    footnote: Footnote, articles: Path
) -> None:
    cache = ArticleCache()
    for title, text in (("Bees", "Bees dance."), ("Wasps", "Bees dance."), ("Wasps", "They fly.")):
        write(articles, "honeybees", title, text)
        footnote.library.sync()
        with footnote.passage_index.reading() as build:
            found = cache.article(build, "honeybees")
        assert found is not None
        assert found.article.title == title
        assert text.encode() in found.html


def test_a_removed_article_is_gone_at_once(footnote: Footnote, articles: Path) -> None:
    cache = ArticleCache()
    assert opened(cache, footnote, "honeybees")
    (articles / "honeybees.md").unlink()
    footnote.library.sync()
    assert opened(cache, footnote, "honeybees") is None


def test_an_index_made_anew_is_read_anew(footnote: Footnote) -> None:
    cache = ArticleCache()
    with footnote.passage_index.reading() as build:
        before = cache.article(build, "honeybees")
    footnote.library.sync(rebuild=True)
    with footnote.passage_index.reading() as build:
        assert cache.article(build, "honeybees") is not before


def test_no_more_is_kept_than_there_is_room_for(footnote: Footnote) -> None:
    with footnote.passage_index.reading() as build:
        roomy = ArticleCache()
        [large, small] = [roomy.article(build, name) for name in NAMES]
        assert large
        assert small
        cache = ArticleCache(max_size=max(large.size, small.size))
        first = cache.article(build, NAMES[0])
        second = cache.article(build, NAMES[1])
        assert cache.article(build, NAMES[1]) is second
        assert cache.article(build, NAMES[0]) is not first
        tight = ArticleCache(max_size=10)
        assert tight.article(build, NAMES[0]) is not tight.article(build, NAMES[0])
