"""editMessageText, editMessageReplyMarkup, deleteMessage, setMessageReaction."""

from . import formatting, keyboards
from .chats import Chat
from .messages import Message, Version
from .methods import Call, imitates
from .refusals import bad_request, not_imitated
from .sending import deliverable, link_preview
from .transcript import summary
from .validation import Json

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
DELETABLE_FOR = 48 * 3600  # seconds (deleteMessage)


@imitates("editMessageText")
def edit_message_text(call: Call) -> Json:
    if not call.get("text"):
        raise bad_request("Message text is empty")
    source = formatting.parse(call.get("text"), call.get("parse_mode", ""), call.get("entities"))
    message = _editable(call)
    if "text" not in message.content:
        raise bad_request("There is no text in the message to edit")
    formatted = formatting.message_text(source, call.state.users)
    return _edit(call, message, {**formatted.to_api("text", "entities"), **link_preview(call)})


@imitates("editMessageReplyMarkup")
def edit_message_reply_markup(call: Call) -> Json:
    message = _editable(call)
    kept = {name: value for name, value in message.content.items() if name != "reply_markup"}
    return _edit(call, message, kept)


@imitates("deleteMessage")
def delete_message(call: Call) -> bool:
    message = _find(call, "message to delete")
    chat = message.chat
    if not (message.from_bot or chat.type == "private" or chat.bot_is_administrator):
        raise bad_request("Message can't be deleted")
    if call.state.clock.now() > message.versions[0].date + DELETABLE_FOR:
        raise bad_request("Message can't be deleted for everyone")
    message.deleted = True
    chat.note(f"bot deletes {message}")
    return True


@imitates("setMessageReaction")
def set_message_reaction(call: Call) -> bool:
    reactions: list[Json] = call.get("reaction", [])
    if any(reaction["type"] != "emoji" for reaction in reactions):
        raise not_imitated("a reaction that is no emoji")
    message = _find(call, "message to react")
    emoji = [reaction["emoji"] for reaction in reactions]
    if not call.state.table.reactions.issuperset(emoji):
        raise bad_request("REACTION_INVALID")
    if len(emoji) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    message.reactions = emoji
    message.chat.note(f"bot reacts to {message}: {''.join(emoji) or 'nothing any more'}")
    return True


def finds_nothing(method: str, chat: Chat | None, parameters: Json) -> bool:
    """Whether a request is to edit what is not there, or not the bot's: telegram-bot-api looks
    first, and refuses by itself (Client::check_message)."""
    if chat is None or not method.startswith("editMessage"):
        return False
    message = chat.messages.get(parameters.get("message_id", 0))
    return message is None or message.deleted or not message.from_bot


def _find(call: Call, what: str) -> Message:
    """The message that a request names (Client::check_message)."""
    found = call.chat().messages.get(call.get("message_id", 0))
    if found is None or found.deleted:
        raise bad_request(f"{what} not found")
    return found


def _editable(call: Call) -> Message:
    call.refuse("business_connection_id", "inline_message_id")
    if "message_id" not in call.parameters:
        raise bad_request("Message identifier is not specified")
    message = _find(call, "message to edit")
    if not message.from_bot or message.reply_keyboard:
        raise bad_request("Message can't be edited")
    return message


def _edit(call: Call, message: Message, content: Json) -> Json:
    """Leaves the keyboard out unless the request has one: that is how one is taken away."""
    markup = keyboards.checked(call.get("reply_markup"), message.chat)
    if markup:
        content = content | {"reply_markup": markup}
    if _compared(content) == _compared(message.content):
        raise bad_request(NOT_MODIFIED)
    deliverable(message.chat)
    message.versions.append(Version(call.state.date, content))
    message.chat.note(f"bot edits {message}: {summary(message)}")
    return message.to_api()


def _compared(content: Json) -> Json:
    """What counts as a change: not the options of the link preview alone."""
    return {name: value for name, value in content.items() if name != "link_preview_options"}
