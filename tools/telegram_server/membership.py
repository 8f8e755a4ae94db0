"""getChat, getChatMember, leaveChat."""

from .groups import Group
from .members import OUTSIDE, member
from .methods import Call, imitates
from .refusals import bad_request
from .validation import Json

MAX_REACTIONS = 11  # distinct reactions of a message (reactions_uniq_max)
GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription")


@imitates("getChat")
def get_chat(call: Call) -> Json:
    chat = call.chat(to_write=False)
    gifts = dict.fromkeys((*GIFTS, "gifts_from_channels"), False)
    look = {"accent_color_id": 0, "max_reaction_count": MAX_REACTIONS}
    return {**chat.to_api(), **look, "accepted_gift_types": gifts}


@imitates("getChatMember")
def get_chat_member(call: Call) -> Json:
    chat, user_id = call.chat(to_write=False), call.get("user_id")
    person = call.state.users.get(user_id)
    if person is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    if isinstance(chat, Group):
        return member(call.state.table, person, chat.members.get(user_id, "left"))
    if user_id not in (chat.id, call.state.bot.id):
        raise bad_request("Member not found")
    return member(call.state.table, person, "member")


@imitates("leaveChat")
def leave_chat(call: Call) -> bool:
    chat, bot = call.chat(to_write=False), call.state.bot
    if not isinstance(chat, Group):
        raise bad_request("Chat member status can't be changed in private chats")
    old = chat.bot_status
    if old not in OUTSIDE:
        chat.members[bot.id] = "left"
        chat.tell_status(bot, old, "left", bot)
    return True
