"""What is said of who may ask, and to those who look after that."""

from footnote.bot.texts.base import BaseTexts, Translated


class PeopleTexts(BaseTexts):
    # Groups

    group_hello = Translated(
        "Hello! Ask me with /ask, mention me, or reply to one of my messages. Otherwise I keep "
        "quiet."
    )
    group_closed = Translated(
        "I am private, and answer only in groups that an owner of mine has let in. An owner "
        "can do so by writing /admit here."
    )
    group_dismissed = Translated(
        "I no longer answer in this group. An owner can change that with /admit."
    )
    only_in_private = Translated("That works in our private chat: please write it to me there.")
    only_in_groups = Translated("This is for groups: write it in the group that it is about.")

    # Who may

    def not_admitted(self, user: str) -> str:
        return self._(
            "I am private, and answer only people whom an owner of mine has let in. If you "
            "know one, ask for an invitation. (Your Telegram id is {user}.)",
            user=user,
        )

    private = Translated("I am private, sorry.")
    void_code = Translated("This code isn't good any more. Please ask for a new one.")
    pages_here = Translated("This opens my pages in a browser, once, within a quarter of an hour.")
    no_pages = Translated("I have no pages: FOOTNOTE_WEB_URL is not set.")
    welcome_owner = Translated("You are my owner now. /help shows what you can do.")
    welcome_editor = Translated("Welcome! You may ask, and add articles.")
    welcome_reader = Translated("Welcome! You may ask.")
    owner = Translated("owner")
    editor = Translated("editor")
    reader = Translated("reader")
    invite = Translated(
        "Whom would you like to let in? Readers ask; editors add and remove articles too."
    )
    invite_editor = Translated("An editor")
    invite_reader = Translated("A reader")

    def invitation(self, *, role: str, days: int, link: str) -> str:
        return self.ngettext(
            "This link lets in one person ({role}). It works once, within {count} day:\n{link}",
            "This link lets in one person ({role}). It works once, within {count} days:\n{link}",
            days,
            role=role,
            link=link,
        )

    people = Translated("People")
    nobody = Translated("Nobody has been let in yet. /invite makes a link.")
    by_settings = Translated("by settings")

    def dismiss(self, name: str) -> str:
        return self._("Dismiss {name}", name=name)

    invitations = Translated("Open invitations")

    def revoke(self, name: str) -> str:
        return self._("Revoke: {name}", name=name)

    def good_until(self, day: str) -> str:
        return self._("until {day}", day=day)

    shut_out = Translated("Shut out")

    def let_in(self, name: str) -> str:
        return self._("Let in again: {name}", name=name)

    dismiss_how = Translated(
        "/dismiss 12345 shuts out the person with this Telegram id, also where everybody may "
        "ask; /admit 12345 lets them in"
    )
    groups = Translated("Groups")
    no_groups = Translated(
        "There is no group yet that I may answer in. Add me to one, or write /admit in one that I "
        "am in."
    )
    opened = Translated("Everybody may ask me now. /close ends that.")
    closed = Translated("Only the people and groups that owners let in may ask me now.")
    open_by_settings = Translated(
        "The settings say that everybody may ask (FOOTNOTE_OPEN), so that stays."
    )
    owners_only = Translated("Only owners can do this.")
    by_name = Translated(
        "Please say that under your own name: an anonymous administrator may be anybody."
    )

    # For owners

    gaps_nearest = Translated("I wasn't sure:")
    gaps_nothing = Translated("I found nothing:")
    gaps_language = Translated("Asked in another language than the articles':")
    no_gaps = Translated("There is no question that I wasn't sure of, or found nothing on.")

    def export(self, count: int) -> str:
        return self._("Questions: {count}", count=count)

    nothing_to_export = Translated("Nothing has been asked yet.")
