"""What is said with answers, with the passages behind them, and with what was checked."""

from footnote.bot.texts.base import BaseTexts, Translated


class AnswerTexts(BaseTexts):
    # Answers

    sources = Translated("Sources")
    nothing_found = Translated("I found nothing on this in the articles.")
    nearest = Translated("I'm not sure that this answers it. What comes nearest:")
    did_it_answer = Translated("Did this answer it? Tell me with 👍 or 👎.")
    unclear = Translated("What is it about? Tell me who or what you mean, and I'll look.")
    too_long = Translated("This took too long, so I set it aside. A shorter question may help.")

    def missing(self, part: str) -> str:
        return self._("On “{part}” I found nothing.", part=part)

    def said_earlier(self, text: str) -> str:
        return self._("Earlier: {text}", text=text)

    further_up = Translated("Further up in the same article:")

    def as_of(self, day: str) -> str:
        return self._("The newest report that answers is of {day}.", day=day)

    search_away = Translated("I can't search the articles just now. Please try again in a minute.")
    answered_later = Translated(
        "I can't search the articles just now. You get your answer as soon as I can."
    )
    listed_new = Translated("Articles, the newest first")
    listed_topic = Translated("Articles on this")
    listed_summary = Translated("In brief")

    def added_day(self, day: str) -> str:
        return self._("added {day}", day=day)

    def other_language(self, languages: str) -> str:
        return self._(
            "The articles are in another language. Try it in {languages}.", languages=languages
        )

    no_articles = Translated("There are no articles yet, so I have nothing to answer from.")
    new = Translated("A new conversation. What would you like to know?")
    ask_how = Translated("Write your question after /ask, or reply to this with it.")
    failed = Translated(
        "Something went wrong with this, and it has been noted. Please try again in a moment."
    )

    def too_many(self, seconds: int) -> str:
        return self.ngettext(
            "That's a lot at once! Please wait {count} second, then ask again.",
            "That's a lot at once! Please wait {count} seconds, then ask again.",
            seconds,
        )

    articles = Translated("Articles")

    def more(self, count: int) -> str:
        return self._("… and {count} more", count=count)

    # The passage behind a number

    earlier = Translated("‹ Earlier")
    later = Translated("Later ›")
    whole = Translated("Whole article")

    def passage_place(self, *, at: int, count: int) -> str:
        return self._("passage {at} of {count}", at=at, count=count)

    def no_footnote(self, n: int) -> str:
        return self._("There is no [{n}] in that answer.", n=n)

    back = Translated("‹ Back")
    changed = Translated("This article has changed since. This is what was quoted then.")
    gone = Translated("This article is gone. This is what was quoted from it.")
    unknown_button = Translated("I no longer know what this button was for. Please ask again.")
    closed_passage = Translated(
        "I can't open this passage for you. Ask me yourself, and I'll show you what I find."
    )

    # Feedback

    thanked = Translated("Thank you!")
    noted = Translated("Thank you, noted.")
    taken_back = Translated("Taken back.")
    wrong_passage = Translated("Wrong passage")

    # Checking

    check_how = Translated("Write a claim after /check, or reply to a message with /check.")
    supported = Translated("Supported:")
    contradicted = Translated("Contradicted:")
    unsupported = Translated("I found nothing in the articles that supports this.")
    check_nothing = Translated("I see no claim in this. Write one after /check.")

    def checked_first(self, count: int) -> str:
        return self.ngettext(
            "This is the first sentence. Send me the rest with another /check.",
            "These are the first {count} sentences. Send me the rest with another /check.",
            count,
        )

    # Written answers

    written = Translated(
        "Written by a language model; each sentence was checked against the passage behind its "
        "number."
    )
    in_their_words = Translated("In the articles' own words.")
    model_away = Translated(
        "In the articles' own words, because the language model isn't answering at the moment."
    )
    written_spent = Translated(
        "In the articles' own words. There will be more written answers for you tomorrow."
    )
    model_declined = Translated("The language model read the passages and found no answer in them.")

    def differs(self, *, whose: str, text: str) -> str:
        return self._("Another article says otherwise ({whose}): “{text}”", whose=whose, text=text)

    usage = Translated("What the language model has written")

    def usage_day(
        self, *, day: str, questions: int, tokens_in: int, tokens_out: int, kept: int, dropped: int
    ) -> str:
        return self._(
            "{day} · questions: {questions} · tokens in: {tokens_in}, out: {tokens_out} · "
            "sentences kept: {kept}, dropped: {dropped}",
            day=day,
            questions=questions,
            tokens_in=tokens_in,
            tokens_out=tokens_out,
            kept=kept,
            dropped=dropped,
        )

    no_usage = Translated("No language model has written anything yet.")
