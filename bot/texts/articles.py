"""What is said where articles are looked through and changed."""

from footnote.bot.texts.base import BaseTexts, Translated


class ArticleTexts(BaseTexts):
    search = Translated("Search")
    search_how = Translated("Send me a word or two from the title, the author or the site.")
    newer = Translated("‹ Newer")
    older = Translated("Older ›")

    def found(self, words: str) -> str:
        return self._("Articles with “{words}”", words=words)

    def found_nothing(self, words: str) -> str:
        return self._(
            "I found no article with “{words}” in its title, author or site.", words=words
        )

    all_articles = Translated("All articles")
    to_list = Translated("‹ List")
    article_gone = Translated("This article is no longer here.")

    def added_by(self, *, day: str, who: str) -> str:
        return self._("Added on {day} by {who}", day=day, who=who)

    def added_on(self, day: str) -> str:
        return self._("Added on {day}", day=day)

    words = Translated("Words")
    passages = Translated("Passages")
    pages = Translated("Pages")
    cited = Translated("Times cited")
    your_questions = Translated("Questions of yours that it answered")
    open = Translated("Open")
    rename = Translated("Rename")
    replace = Translated("Replace")
    remove = Translated("Remove")
    left_as_is = Translated("All right, everything stays as it is.")

    def rename_how(self, title: str) -> str:
        return self._("Send me the new title of “{title}”.", title=title)

    def no_title(self, most: int) -> str:
        return self._("A title needs 1 to {most} characters. Send me another one.", most=most)

    def renamed(self, title: str) -> str:
        return self._("The article is now called “{title}”.", title=title)

    def replace_how(self, title: str) -> str:
        return self._(
            "Send me what is to take the place of “{title}”: a file, a link or the text itself.",
            title=title,
        )

    def remove_indeed(self, title: str) -> str:
        return self._(
            "Remove “{title}”? For a day this can be undone; then the article is erased.",
            title=title,
        )

    def removed(self, title: str) -> str:
        return self._("“{title}” has been removed. For a day this can be undone.", title=title)

    undo = Translated("Undo")
    to_card = Translated("To the article")

    def undone_added(self, *, title: str, who: str) -> str:
        return self._(
            "Taken back: “{title}”, added by {who}, is no longer here.", title=title, who=who
        )

    def undone_removed(self, *, title: str, who: str) -> str:
        return self._(
            "Taken back: “{title}”, removed by {who}, is here again.", title=title, who=who
        )

    def undone_renamed(self, *, who: str, title: str) -> str:
        return self._(
            "Taken back: renamed by {who}, the article is called “{title}” again.",
            who=who,
            title=title,
        )

    def undone_replaced(self, *, title: str, who: str) -> str:
        return self._(
            "Taken back: “{title}”, replaced by {who}, has its earlier text again.",
            title=title,
            who=who,
        )

    somebody = Translated("somebody")
    undo_nothing = Translated("Nothing of the last day is left that I could take back.")

    def undo_changed(self, title: str) -> str:
        return self._(
            "“{title}” has been changed again since, so I leave it as it is.", title=title
        )

    def undo_here_again(self, title: str) -> str:
        return self._("The same text is here again already, as “{title}”.", title=title)

    not_saved = Translated(
        "I couldn't save this, so everything is as it was. The bot's log says why."
    )
    editors_only = Translated("Only editors and owners can do this.")
