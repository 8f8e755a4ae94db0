"""sendMessage, sendDocument, sendMessageDraft, sendChatAction."""

from typing import Any

from . import formatting, keyboards, quoting
from .chats import Chat
from .entities import Formatted
from .files import LARGEST_UPLOAD, StoredFile
from .messages import Message
from .methods import Call, imitates
from .refusals import Misuse, Refusal, bad_request, not_imitated
from .transcript import SHOWN
from .uploads import Upload
from .validation import Json
from .watching import Action, Draft

UNIMITATED = (
    "business_connection_id",
    "direct_messages_topic_id",
    "allow_paid_broadcast",
    "message_effect_id",
    "suggested_post_parameters",
)
ACTIONS = frozenset(
    {"typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice"}
    | {"upload_document", "choose_sticker", "find_location", "record_video_note"}
    | {"upload_video_note"}
)


@imitates("sendMessage")
def send_message(call: Call) -> Json:
    call.refuse(*UNIMITATED)
    if not call.get("text"):
        raise bad_request("Message text is empty")
    source = formatting.parse(call.get("text"), call.get("parse_mode", ""), call.get("entities"))
    destination = _Destination(call)
    formatted = formatting.message_text(source, call.state.users)
    content = {**formatted.to_api("text", "entities"), **link_preview(call)}
    return destination.post(content)


@imitates("sendDocument")
def send_document(call: Call) -> Json:
    call.refuse(*UNIMITATED, "thumbnail")
    written = call.get("caption", ""), call.get("parse_mode", ""), call.get("caption_entities")
    source = formatting.parse(*written)
    destination = _Destination(call)
    caption = formatting.caption(source, call.state.users)
    file = _document(call)
    said = caption.to_api("caption", "caption_entities") if caption.text else {}
    return destination.post({"document": file.to_document(), **said}, file)


@imitates("sendMessageDraft")
def send_message_draft(call: Call) -> bool:
    written = call.get("text", ""), call.get("parse_mode", ""), call.get("entities")
    source = formatting.parse(*written)
    if call.get("draft_id") == 0:
        raise Misuse("draft_id must not be 0")
    chat = call.chat()
    thread_id = _thread(call, chat, None)
    if chat.type != "private":
        raise bad_request("TEXTDRAFT_PEER_INVALID")
    if written[0].strip():
        formatted = formatting.message_text(source, call.state.users)
    else:
        formatted = Formatted("")
    deliverable(chat)
    entities = tuple(entity.to_api() for entity in formatted.entities)
    now = call.state.clock.now()
    draft = Draft(call.get("draft_id"), formatted.text, entities, now, thread_id)
    chat.drafts.append(draft)
    chat.shown_draft = draft
    chat.note(f"bot drafts ({draft.id}): {draft.text[:SHOWN]}")
    return True


@imitates("sendChatAction")
def send_chat_action(call: Call) -> bool:
    call.refuse("business_connection_id")
    if call.get("action") not in ACTIONS:
        raise bad_request("Wrong parameter action in request")
    chat = call.chat()
    thread_id = _thread(call, chat, None)
    deliverable(chat)
    action = Action(call.get("action"), call.state.clock.now(), thread_id)
    chat.actions.append(action)
    chat.shown_action = action
    chat.note(f"bot: {action.name} …")
    return True


class _Destination:
    """Where a message goes: the chat, the topic, the message it replies to, the markup under it.

    Made before the text is looked at and used after it, so that refusals come in Telegram's order.
    """

    def __init__(self, call: Call) -> None:
        self._call = call
        self._reply: Json = call.get("reply_parameters") or {}
        for name in ("checklist_task_id", "poll_option_id"):
            if name in self._reply:
                raise not_imitated(f"reply_parameters.{name}")
        quoted = [self._reply.get(name) for name in ("quote", "quote_parse_mode")]
        self._quote = formatting.parse(
            quoted[0] or "", quoted[1] or "", self._reply.get("quote_entities")
        )
        self._chat = call.chat()
        self._answered = self._find_answered()
        self._thread_id = _thread(call, self._chat, self._answered)

    def _find_answered(self) -> Message | None:
        if not self._reply:
            return None
        if self._reply.get("chat_id") not in (None, self._chat.id, self._call.get("chat_id")):
            raise not_imitated("a reply to a message of another chat")
        found = self._chat.messages.get(self._reply["message_id"])
        if found and not found.deleted:
            return found
        if self._reply.get("allow_sending_without_reply"):
            return None
        raise bad_request("Message to be replied not found")

    def post(self, content: Json, file: StoredFile | None = None) -> Json:
        markup = keyboards.checked(self._call.get("reply_markup"), self._chat)
        fixed: Json = {}
        quote = formatting.finish(self._quote, self._call.state.users)
        if self._answered and quote.text:
            fixed["quote"] = quoting.found(
                quote, self._answered, self._reply.get("quote_position", 0)
            )
        if self._call.get("protect_content"):
            fixed["has_protected_content"] = True
        deliverable(self._chat)
        inline = markup and "inline_keyboard" in markup
        message = self._chat.add(
            self._call.state.bot,
            content | {"reply_markup": markup} if inline else content,
            thread_id=self._thread_id,
            reply_to=self._answered,
            fixed=fixed,
            file=file,
            silent=bool(self._call.get("disable_notification")),
        )
        message.reply_keyboard = None if inline else markup
        return message.to_api()


def deliverable(chat: Chat) -> None:
    if refusal := chat.undeliverable():
        raise refusal


def link_preview(call: Call) -> dict[str, Any]:
    """The field of Message that tells the options of a request again."""
    options = call.get("link_preview_options")
    if not options:
        return {}
    if "url" in options and "." not in options["url"]:
        raise bad_request("WEBPAGE_URL_INVALID")
    return {"link_preview_options": options}


def _thread(call: Call, chat: Chat, answered: Message | None) -> int | None:
    """The topic that a message goes to: the one asked for, or else that of the message replied
    to."""
    asked: int | None = call.get("message_thread_id")
    if asked and asked not in chat.topics:
        raise bad_request("Message thread not found")
    return asked or (answered.thread_id if answered else None)


def _document(call: Call) -> StoredFile:
    given = call.get("document")
    if not isinstance(given, Upload):
        if "://" in given:
            raise not_imitated("a document by its address")
        if known := call.state.files.by_id(given):
            return known
        raise bad_request("Wrong file identifier/HTTP URL specified")
    if not given.content:
        raise bad_request("File must be non-empty")
    if len(given.content) > LARGEST_UPLOAD:
        raise Refusal(413, "Request Entity Too Large")
    return call.state.files.add(
        given.content, folder="documents", name=given.name, mime_type=given.mime_type
    )
