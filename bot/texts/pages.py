"""What the pages say beside what is said elsewhere, too."""

from footnote.bot.texts.base import BaseTexts, Translated


class PageTexts(BaseTexts):
    # Everywhere

    private_page = Translated("This is private. Whoever looks after it can let you in.")
    void_link = Translated(
        "This link is no longer good: each opens the pages once, and not for long."
    )
    left = Translated("You have left. A new link lets you in again.")
    no_page = Translated("There is no such page, or it is not yours to see.")
    not_like_that = Translated("This page cannot be used like that.")
    too_large_here = Translated("This is too large to be taken here.")
    too_slow = Translated("This took too long to arrive.")
    from_elsewhere = Translated(
        "This did not come from a page of this site, or the page is too old. Open it anew and try "
        "again."
    )
    unreachable = Translated("Footnote can't be reached just now. Please try again in a moment.")
    what_you_wrote = Translated("What you wrote")
    no_index = Translated("The index is being made anew. Please try again in a minute.")
    whoever_asked = Translated("Whoever asked can share this.")
    skip = Translated("Skip to the text")
    menu = Translated("Menu")
    language_name = Translated("Language")
    leave = Translated("Leave")
    to_ask = Translated("Ask")
    to_check = Translated("Check")
    history = Translated("History")

    # The article

    back_to_answer = Translated("Back to the answer")
    next_citation = Translated("Next citation")
    previous_citation = Translated("Previous citation")
    cited_here = Translated("Cited here")
    still_here = Translated("The marked sentence still stands in it.")
    about_article = Translated("About this article")
    original = Translated("The original")
    quoted_then = Translated("What was quoted then")
    open_article = Translated("Open the article")
    close = Translated("Close")

    # Questions

    your_question = Translated("Your question")
    send = Translated("Send")
    stop = Translated("Stop")
    new_conversation = Translated("New conversation")
    ask_title = Translated("What would you like to know?")
    ask_hint = Translated(
        "Every sentence of an answer carries a number; it opens the passage behind the sentence."
    )
    start = Translated(
        "I answer questions from a collection of articles. Behind each sentence of an answer "
        "stands a number that opens the passage it rests on. Where I'm not sure, or find "
        "nothing, I say so."
    )
    articles_how = Translated("All articles are listed on the page Articles.")
    wall_of_text = Translated(
        "That is a long text, and I see no question in it. Ask about the articles in a sentence or "
        "two, or have the text checked on the page Check."
    )
    looking = Translated("Looking …")
    stopped = Translated("Stopped. Nothing was kept of it.")
    evidence = Translated("The passage behind it")
    right_answer = Translated("This answers it")
    wrong_answer = Translated("This does not answer it")
    no_history = Translated("You have not asked anything yet.")

    def questions(self, count: int) -> str:
        return self.ngettext("{count} question", "{count} questions", count)

    # What was answered

    answer_title = Translated("An answer")
    check_result = Translated("What the articles support")
    permanent_link = Translated("Open as a page")
    share = Translated("Let others with the link see it")
    shared = Translated("Everybody who is let in and has the link can see this.")
    unshare = Translated("Keep it to myself again")

    # Checking

    check_title = Translated("What do the articles support?")
    check_hint = Translated("Paste a claim or a text. Each sentence is held against the articles.")
    text_to_check = Translated("The text")
    no_claim = Translated("There is no claim in this. Write one, in words.")

    def checked_sentences(self, count: int) -> str:
        return self.ngettext(
            "This is the first sentence. Check the rest on its own.",
            "These are the first {count} sentences. Check the rest on its own.",
            count,
        )

    # The articles

    filter = Translated("Find")
    source = Translated("Source")
    any_source = Translated("Any source")
    since = Translated("From")
    until = Translated("Until")
    no_article_found = Translated("No article was found.")
    add_articles = Translated("Add articles")
    files = Translated("Files")
    drop = Translated("Drop files here, or choose some.")
    links = Translated("Links, one on a line")
    pasted_text = Translated("Or a text")
    title_of_text = Translated("Its title")
    nothing_sent = Translated("There is nothing in this to add.")
    not_offered = Translated("This is no longer waiting. Please send it again.")
    recent_changes = Translated("Changes of the last day")
    undo_gone = Translated(
        "This can't be taken back: it has been already, or it is more than a day old."
    )
    new_title = Translated("New title")
    replace_by = Translated("Replace it by a file, a link or a text")
    was_renamed = Translated("renamed")
    was_replaced = Translated("replaced")
    was_removed = Translated("removed")
    was_added = Translated("added")

    def article_count(self, count: int) -> str:
        return self.ngettext("{count} article", "{count} articles", count)

    def page_place(self, *, at: int, count: int) -> str:
        return self._("Page {at} of {count}", at=at, count=count)

    # Owners

    gaps_title = Translated("Gaps")
    usage_title = Translated("Usage")
    feeds_title = Translated("Feeds")
    choose = Translated("Choose")

    def sending(self, name: str) -> str:
        return self._("Sending {name} …", name=name)

    def number_label(self, n: int) -> str:
        return self._("Passage {n}", n=n)

    def page_of(self, page: int) -> str:
        return self._("page {page}", page=page)

    nobody_yet = Translated("Nobody has been let in yet.")
    who_may_ask = Translated("Who may ask in Telegram")
    everybody_may = Translated("Everybody may ask.")
    only_let_in = Translated("Only the people and groups that owners let in may ask.")
    let_everybody = Translated("Let everybody ask")
    let_only_invited = Translated("Let only invited people ask")
    command_export_here = Translated("Questions, answers and feedback as a file")
    feed_address = Translated("The address of an RSS or Atom feed")
    day = Translated("Day")
    questions_asked = Translated("Questions")
    tokens_in = Translated("Tokens in")
    tokens_out = Translated("Tokens out")
    sentences_kept = Translated("Sentences kept")
    sentences_dropped = Translated("Sentences dropped")

    def invitation_here(self, days: int) -> str:
        return self.ngettext(
            "This lets one person in. It works once, within {count} day:",
            "This lets one person in. It works once, within {count} days:",
            days,
        )

    did_it_answer_here = Translated("Did this answer it?")
    is_supported = Translated("Supported")
    is_contradicted = Translated("Contradicted")
