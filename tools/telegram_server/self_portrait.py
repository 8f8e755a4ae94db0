"""What the bot tells of itself: commands, name, descriptions, menu button."""

import re
from typing import Any

from .methods import Call, imitates
from .refusals import Misuse, bad_request
from .validation import Json

MAX_COMMANDS = 100
COMMAND = re.compile(r"[a-z0-9_]{1,32}")
LONGEST_DESCRIPTION_OF_A_COMMAND = 256
LONGEST = {"name": 64, "description": 512, "short_description": 120}  # characters
LANGUAGE = re.compile(r"([a-z]{2})?")  # a two-letter ISO 639-1 code, or none


@imitates("setMyCommands")
def set_my_commands(call: Call) -> bool:
    commands: list[Json] = call.get("commands")
    if len(commands) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not COMMAND.fullmatch(command["command"]):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= LONGEST_DESCRIPTION_OF_A_COMMAND:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    call.state.profile.set_commands(commands, _scope(call), _language(call))
    return True


@imitates("getMyCommands")
def get_my_commands(call: Call) -> list[Json]:
    return call.state.profile.commands(_scope(call), _language(call))


@imitates("deleteMyCommands")
def delete_my_commands(call: Call) -> bool:
    call.state.profile.delete_commands(_scope(call), _language(call))
    return True


@imitates("setMyName")
def set_my_name(call: Call) -> bool:
    return _set(call.state.profile.names, call, "name")


@imitates("getMyName")
def get_my_name(call: Call) -> Json:
    return {"name": _told(call.state.profile.names, call) or call.state.bot.first_name}


@imitates("setMyDescription")
def set_my_description(call: Call) -> bool:
    return _set(call.state.profile.descriptions, call, "description")


@imitates("getMyDescription")
def get_my_description(call: Call) -> Json:
    return {"description": _told(call.state.profile.descriptions, call)}


@imitates("setMyShortDescription")
def set_my_short_description(call: Call) -> bool:
    return _set(call.state.profile.short_descriptions, call, "short_description")


@imitates("getMyShortDescription")
def get_my_short_description(call: Call) -> Json:
    return {"short_description": _told(call.state.profile.short_descriptions, call)}


@imitates("setChatMenuButton")
def set_chat_menu_button(call: Call) -> bool:
    button = call.get("menu_button", {"type": "default"})
    call.state.profile.menu_buttons[_private_chat(call)] = button
    return True


@imitates("getChatMenuButton")
def get_chat_menu_button(call: Call) -> Any:
    buttons = call.state.profile.menu_buttons
    everywhere = buttons.get(None, {"type": "commands"})
    own = buttons.get(_private_chat(call), {"type": "default"})
    return everywhere if own == {"type": "default"} else own


def _private_chat(call: Call) -> int | None:
    if "chat_id" not in call.parameters:
        return None
    chat = call.chat()
    if chat.type != "private":
        raise bad_request("Chat not found")
    return chat.id


def _scope(call: Call) -> Json | None:
    """The scope of commands, with its chat by number, which must exist."""
    scope: Json | None = call.get("scope")
    if not scope or "chat_id" not in scope:
        return scope
    return {**scope, "chat_id": call.state.chat_at(scope["chat_id"], to_write=False).id}


def _language(call: Call) -> str:
    language: str = call.get("language_code", "")
    if not LANGUAGE.fullmatch(language):
        raise bad_request("LANG_CODE_INVALID")
    return language


def _set(texts: dict[str, str], call: Call, name: str) -> bool:
    """An empty text takes the one of this language away."""
    text, language = call.get(name, ""), _language(call)
    if len(text) > LONGEST[name]:
        raise Misuse(f"{name} has at most {LONGEST[name]} characters")
    texts[language] = text
    return True


def _told(texts: dict[str, str], call: Call) -> str:
    return texts.get(_language(call)) or texts.get("", "")
