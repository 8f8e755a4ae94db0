"""What is said of articles on their way in, and of feeds."""

from footnote.bot.texts.base import BaseTexts, Translated


class AddingTexts(BaseTexts):
    add_how = Translated(
        "Send me a link or a file, paste a long text, or forward a post, and I'll add it to "
        "the articles.\n\n"
        "Files can be PDF, Word, OpenDocument, EPUB, web pages, e-mails, Markdown or plain "
        "text. /add takes links too, or the message that you reply to with it."
    )
    link_how = Translated(
        "Shall I add the page? Then send me the link alone, or reply to your message with /add."
    )
    only_editors = Translated(
        "Adding articles is for editors here. If you'd like to add some, ask an owner for an "
        "invitation."
    )

    def too_many_brought(self, count: int) -> str:
        return self._(
            "That's a lot at once! {count} are waiting now, and I'll work through them. What "
            "has no 👀 I haven't taken: please send it again later.",
            count=count,
        )

    def too_large(self, megabytes: int) -> str:
        return self._(
            "This file is too large for me: {megabytes} MB is the most that I can get here. A "
            "link to it would do, or a smaller file.",
            megabytes=megabytes,
        )

    def reading(self, name: str) -> str:
        return self._("Reading {name} …", name=name)

    def in_line(self, name: str) -> str:
        return self._("Waiting for its turn: {name}", name=name)

    nearly = Translated("Added, and nearly searchable")
    added = Translated("Added")

    def already_here(self, date: str) -> str:
        return self._("Already here since {date}", date=date)

    def new_revision(self, *, added: int, removed: int) -> str:
        return self._(
            "A new version of an article (words: +{added}, −{removed})",
            added=added,
            removed=removed,
        )

    not_added = Translated("Not added")
    cancelled = Translated("Not added, as you wished")
    expired = Translated(
        "Nobody said yes within a day, so I've let this go. Send it again if you'd still like "
        "to add it."
    )

    def searchable_later(self, reason: str) -> str:
        return self._(
            "It is among the articles, but can't be searched yet ({reason}). I'll keep trying, "
            "and put a 👍 on it when it can.",
            reason=reason,
        )

    needs_word = Translated("needs a word from you, below")

    def a_feed(self, count: int) -> str:
        return self._("This is a feed. Articles in it: {count}", count=count)

    def opened_feed(self, count: int) -> str:
        return self._("Taken from the feed: {count}", count=count)

    followed = Translated("Followed from now on")
    offer_pasted = Translated("Add this text as an article?")
    offer_forwarded = Translated("Add this post as an article?")
    offer_short = Translated("This is very short for an article. Add it?")
    offer_untitled = Translated("I found no title for this. Add it under this one?")

    def offer_near_copy(self, *, percent: int, title: str) -> str:
        return self._(
            "{percent} % of this stands in “{title}” already. Add it anyway?",
            percent=percent,
            title=title,
        )

    def parts(self, *, parts: int, characters: int) -> str:
        return self.ngettext(
            "Got {count} part, {characters} characters.",
            "Got {count} parts, {characters} characters.",
            parts,
            characters=characters,
        )

    def size(self, *, words: int, passages: int | str) -> str:
        return self._("Words: {words} · Passages: {passages}", words=words, passages=passages)

    begins = Translated("It begins:")
    left_out = Translated("Left out:")
    note = Translated("Your note:")

    def replaces(self, title: str) -> str:
        return self._("In place of: {title}", title=title)

    add = Translated("Add")
    add_anyway = Translated("Add anyway")
    edit_title = Translated("Edit title")
    cancel = Translated("Cancel")
    try_again = Translated("Try again")

    def open_feed(self, count: int) -> str:
        return self._("Add them: {count}", count=count)

    follow_feed = Translated("Follow it")
    title_how = Translated("What should it be called? Send me the title as a reply to this.")
    title_refused = Translated(
        "That can't be a title: I need one line with letters in it, of at most 200 characters. "
        "Please try once more."
    )
    decided = Translated("That is decided already.")
    feeds = Translated("Feeds that I follow")
    no_feeds = Translated("I follow no feed yet.")
    follow_how = Translated(
        "/follow with the address of an RSS or Atom feed takes what is new in it from now on."
    )
    feed_fault = Translated("can't be had at the moment")

    def unfollow(self, name: str) -> str:
        return self._("Unfollow {name}", name=name)

    def unfollowed(self, name: str) -> str:
        return self._("No longer followed: {name}", name=name)

    not_followed = Translated("I don't follow that feed. /follow shows which ones I do.")
