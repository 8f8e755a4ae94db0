"""What the pages say, in every language that the program speaks."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cached_property

from footnote.bot.people.people import Role
from footnote.bot.phrases import any_language
from footnote.bot.submissions.upload import Offer, SubmissionResult
from footnote.bot.texts.adding import AddingTexts
from footnote.bot.texts.answers import AnswerTexts
from footnote.bot.texts.articles import ArticleTexts
from footnote.bot.texts.fault_texts import Failed, fault_of, sentence
from footnote.bot.texts.pages import PageTexts
from footnote.bot.texts.people import PeopleTexts
from footnote.bot.texts.small_talk import ConversationTexts
from footnote.bot.texts.translations import is_right_to_left
from footnote.index.results import Abstention, Answer, Nearest, Reason, Unwritten, Verdict


class WebTexts(PageTexts, AnswerTexts, ConversationTexts, AddingTexts, ArticleTexts, PeopleTexts):
    """Those of the pages, and what is chosen of them by a result."""

    def reason(self, abstention: Abstention) -> str:
        """Why there is no answer."""
        known = {
            Reason.NO_QUESTION: self.no_question,
            Reason.NO_ARTICLES: self.no_articles,
            Reason.NOTHING_FOUND: self.nothing_found,
            Reason.UNCLEAR: self.unclear,
            Reason.TOO_LONG: self.too_long,
        }
        if abstention.reason is Reason.OTHER_LANGUAGE:
            return self.other_language(self.any_language(abstention.languages))
        return known[abstention.reason]

    def any_language(self, codes: Sequence[str]) -> str:
        return any_language(codes, self.language)

    def listed(self, about: str) -> str:
        """The heading of a list of articles."""
        known = {
            "new": self.listed_new,
            "topic": self.listed_topic,
            "summary": self.listed_summary,
        }
        return known[about]

    def verdict(self, verdict: Verdict) -> str:
        known = {Verdict.SUPPORTED: self.is_supported, Verdict.CONTRADICTED: self.is_contradicted}
        return known.get(verdict, self.unsupported)

    def in_whose_words(self, result: Answer | Nearest) -> str | None:
        """None without a language model: then there is only one way."""
        if isinstance(result, Answer) and result.mode == "written":
            return self.written
        known = {
            Unwritten.AWAY: self.model_away,
            Unwritten.UNSUPPORTED: self.in_their_words if isinstance(result, Answer) else None,
            Unwritten.DECLINED: self.model_declined,
            Unwritten.SPENT: self.written_spent,
        }
        return known[result.unwritten] if result.unwritten else None

    def role(self, role: int) -> str:
        known = {Role.OWNER: self.owner, Role.EDITOR: self.editor, Role.READER: self.reader}
        return known[Role(role)]

    def changed_how(self, what: str) -> str:
        """What was done to an article."""
        known = {
            "added": self.was_added,
            "renamed": self.was_renamed,
            "replaced": self.was_replaced,
            "removed": self.was_removed,
        }
        return known[what]

    def offered(self, offer: Offer) -> str:
        """What is asked about something that is shown before it counts."""
        if "near copy" in offer.doubts:
            return self.offer_near_copy(percent=int(100 * offer.likeness), title=offer.like)
        known = {
            "pasted": self.offer_pasted,
            "forwarded": self.offer_forwarded,
            "short": self.offer_short,
            "untitled": self.offer_untitled,
        }
        return known[offer.doubts[0]]

    def brought(self, result: SubmissionResult) -> str:
        """What became of something."""
        match result.how:
            case "added":
                if result.later:
                    return self.searchable_later(sentence([result.later], self))
                return self.added
            case "new revision":
                return self.new_revision(added=result.words_added, removed=result.words_removed)
            case "already here":
                return self.already_here(f"{datetime.fromtimestamp(result.since, UTC):%Y-%m-%d}")
            case "a feed":
                return self.a_feed(result.entries)
            case "opened":
                return self.opened_feed(result.entries)
            case "followed":
                return self.followed
            case "cancelled":
                return self.cancelled
            case _:
                return self.not_added

    def why_not(self, failed: Failed) -> str:
        """Why something did not become an article."""
        return fault_of(failed, self) or self.failed

    @cached_property
    def direction(self) -> str:
        """As HTML has it."""
        return "rtl" if is_right_to_left(self.language) else "ltr"


LANGUAGES = WebTexts.by_language()
"""By the two letters of ISO 639-1."""
