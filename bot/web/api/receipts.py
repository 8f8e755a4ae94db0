"""Receipts of programs: what was answered earlier, and what is thought of it."""

from aiohttp import web

from footnote.bot.answers.feedback import Rating
from footnote.bot.people.people import Role
from footnote.bot.web.api.answers import receipt_of
from footnote.bot.web.api.limits import limit_looks
from footnote.bot.web.api.request_models import FeedbackBody, read_json
from footnote.bot.web.app_keys import FOOTNOTE, require
from footnote.index.result_json import to_json

_RATINGS = {"up": Rating.UP, "down": Rating.DOWN, "none": Rating.NONE}


async def get(request: web.Request) -> web.StreamResponse:
    visitor = require(request, Role.READER)
    limit_looks(request, visitor)
    found = await receipt_of(request, visitor, request.match_info["receipt"])
    told = {"receipt": found.id, "follows": found.parent, "result": to_json(found.result)}
    return web.json_response(told)


async def rate(request: web.Request) -> web.StreamResponse:
    visitor = require(request, Role.READER)
    body = await read_json(request, FeedbackBody)
    limit_looks(request, visitor)
    found = await receipt_of(request, visitor, request.match_info["receipt"])
    footnote = request.app[FOOTNOTE]
    rating = _RATINGS[body.rating]
    wrong = body.wrong_passage and rating is Rating.DOWN

    def rated() -> dict[str, int]:
        footnote.feedback.rate(found.id, visitor.number, rating, wrong_passage=wrong)
        tally = footnote.feedback.tally(found.id)
        return {"up": tally.up, "down": tally.down, "wrong_passages": tally.wrong_passages}

    return web.json_response(await footnote.state.run_in_db(rated))
