"""What owners see: people, questions without a sure answer, the language model's costs, feeds."""

from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from footnote.bot.answers.exporting import export
from footnote.bot.answers.receipts import Gap
from footnote.bot.articles.followed_feeds import Followed
from footnote.bot.composition import Footnote
from footnote.bot.errors import BotError
from footnote.bot.links import start_link
from footnote.bot.people.codes import INVITATION, INVITATION_DAYS, Invitation
from footnote.bot.people.people import Group, People, Person, Role
from footnote.bot.submissions.upload import SubmissionResult
from footnote.bot.threads import run_in_thread
from footnote.bot.web.app_keys import FOOTNOTE, INTAKE, ORIGIN, require
from footnote.bot.web.bodies import read_form, text_in
from footnote.bot.web.page_language import texts_of
from footnote.bot.web.rendering import render
from footnote.corpus.errors import CorpusError

_MAX_GAPS, _MAX_DAYS = 100, 60
_INVITED = {"reader": Role.READER, "editor": Role.EDITOR}


@dataclass(frozen=True, slots=True)
class Everybody:
    """Who may ask: people with roles, open invitations, people who were dismissed, groups."""

    people: Sequence[Person]
    invitations: Sequence[Invitation]
    shut_out: Sequence[tuple[int, str]]
    groups: Sequence[Group]
    is_open: bool
    open_by_settings: bool

    @classmethod
    def of(cls, people: People) -> "Everybody":
        return cls(
            people.listed(),
            people.invitations(),
            people.shut_out(),
            people.groups(),
            people.is_open(),
            people.open_by_settings,
        )

    def name_of(self, user: int | None) -> str:
        """That of whoever made an invitation; empty where that is not known."""
        return next((person.name for person in self.people if person.id == user), "")


def add_to(app: web.Application) -> None:
    app.router.add_get("/people", _people)
    app.router.add_post("/people", _change_people)
    app.router.add_get("/gaps", _gaps)
    app.router.add_get("/export", _export)
    app.router.add_get("/usage", _usage)
    app.router.add_get("/feeds", _feeds)
    app.router.add_post("/feeds", _change_feeds)


async def _people(request: web.Request, invitation: str = "") -> web.Response:
    require(request, Role.OWNER)
    footnote = request.app[FOOTNOTE]
    everybody = await footnote.state.run_in_db(Everybody.of, footnote.people)
    return render(
        request, "people.html", everybody=everybody, invitation=invitation, days=INVITATION_DAYS
    )


async def _change_people(request: web.Request) -> web.StreamResponse:
    visitor, form = require(request, Role.OWNER), await read_form(request)
    footnote, act, subject = request.app[FOOTNOTE], text_in(form, "act"), text_in(form, "subject")
    people, run_in_db = footnote.people, footnote.state.run_in_db
    if act == "invite" and subject in _INVITED:
        # Of an owner who is known in Telegram it is void once they are dismissed.
        by = visitor.number if visitor.number > 0 else None
        code = await run_in_db(people.invite, _INVITED[subject], by=by)
        return await _people(request, _link(request, code))
    if act in ("open", "close"):
        await run_in_db(people.set_open, act == "open")
        raise web.HTTPSeeOther("/people")
    number = _number(subject)
    acts = {
        "dismiss": people.dismiss,
        "let-in": people.let_in_again,
        "revoke": people.revoke,
        "dismiss-group": people.dismiss_group,
    }
    if number is None or act not in acts or (act == "dismiss" and number == visitor.number):
        raise web.HTTPBadRequest(text=texts_of(request).unknown_button)
    await run_in_db(acts[act], number)
    raise web.HTTPSeeOther("/people")


def _link(request: web.Request, code: str) -> str:
    """What lets somebody in: a link into the bot, or what is to be sent to it."""
    bot = request.app[ORIGIN].bot
    return start_link(bot, INVITATION + code) if bot else f"/start {INVITATION}{code}"


def _number(text: str) -> int | None:
    """One of 64 bits, as Python writes it."""
    digits = text.removeprefix("-")
    known = digits.isascii() and digits.isdigit() and len(digits) < 19
    return int(text) if known else None


async def _gaps(request: web.Request) -> web.Response:
    require(request, Role.OWNER)
    footnote = request.app[FOOTNOTE]
    return render(request, "gaps.html", gaps=await footnote.state.run_in_db(_found, footnote))


def _found(footnote: Footnote) -> list[Gap]:
    """Those of which no more people say that what came near answers than that it does not."""
    tally = footnote.feedback.tally
    return footnote.receipts.gaps(
        _MAX_GAPS, did_answer=lambda receipt: tally(receipt).up > tally(receipt).down
    )


async def _export(request: web.Request) -> web.Response:
    """The questions, answers and feedback as a file."""
    require(request, Role.OWNER)
    footnote = request.app[FOOTNOTE]
    content, _ = await run_in_thread(export, footnote.receipts, footnote.feedback)
    return web.Response(
        body=content,
        content_type="application/jsonl",
        headers={"Content-Disposition": 'attachment; filename="questions.jsonl"'},
    )


async def _usage(request: web.Request) -> web.Response:
    require(request, Role.OWNER)
    footnote = request.app[FOOTNOTE]
    days = await footnote.state.run_in_db(footnote.usage.days, _MAX_DAYS)
    return render(request, "usage.html", days=days)


async def _feeds(request: web.Request, said: str = "") -> web.Response:
    require(request, Role.OWNER)
    followed: list[Followed] = await run_in_thread(request.app[FOOTNOTE].feeds.followed)
    return render(request, "feeds.html", feeds=followed, said=said)


async def _change_feeds(request: web.Request) -> web.StreamResponse:
    visitor, form = require(request, Role.OWNER), await read_form(request)
    address, texts = text_in(form, "address").strip(), texts_of(request)
    if text_in(form, "act") == "unfollow":
        try:
            gone = await run_in_thread(request.app[FOOTNOTE].feeds.unfollow, address)
        except (BotError, CorpusError):
            raise web.HTTPNotFound from None
        return await _feeds(request, said=texts.unfollowed(gone.title))
    item = await request.app[INTAKE].follow(visitor, address)
    outcome = item.outcome
    assert isinstance(outcome, SubmissionResult)
    return await _feeds(
        request, said=texts.why_not(outcome) if outcome.fault else texts.brought(outcome)
    )
