"""`footnote follow` and `unfollow`."""

from typing import Annotated

import typer

from footnote.bot.terminal.commands.options import Articles, Home
from footnote.bot.terminal.commands.startup import changing, name_collection, opened, who
from footnote.bot.terminal.console import console, note, say

commands = typer.Typer(rich_markup_mode=None)


@commands.command()
def follow(
    context: typer.Context,
    feed: Annotated[str, typer.Argument(help="Its address; without one: what is followed.")] = "",
    look: Annotated[
        bool, typer.Option("--look", help="Look into the feeds whose time has come.")
    ] = False,
    articles: Articles = None,
    home: Home = None,
) -> None:
    """Follow an RSS or Atom feed: the running bot adds what is new in it, as does --look."""
    from footnote.bot.terminal.articles_view import feeds_view, outcomes_view

    with changing(context, "follow", named=bool(feed) or look) as footnote:
        if feed:
            followed = footnote.feeds.follow(feed, footnote.adder, who=who())
            note(f"Following {followed.title}; 'footnote add {feed}' takes what is there now.")
        elif look:
            outcomes = list(footnote.feeds.look(footnote.adder))
            say(console(), *([outcomes_view(outcomes)] if outcomes else []))
        else:
            say(console(), feeds_view(footnote.feeds.followed()))


@commands.command()
def unfollow(
    context: typer.Context,
    feed: Annotated[str, typer.Argument(help="Its address or its title.")],
    articles: Articles = None,
    home: Home = None,
) -> None:
    """Follow a feed no longer. What came from it stays."""
    with opened(context, "unfollow") as footnote:
        name_collection(context)
        note(f"Following {footnote.feeds.unfollow(feed).title} no longer.")
