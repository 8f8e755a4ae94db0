"""A test server that speaks the Telegram Bot API on loopback. See README.md beside this file."""

from .chats import Chat, PrivateChat, Topic
from .clock import Clock, ManualClock, SystemClock
from .entities import Entity
from .faults import Fault, Faults
from .flood import Excess, FloodLimits, FloodMeter
from .groups import Group, Supergroup
from .messages import Button, Message
from .people import Bot, User
from .presses import Answer, InlineQuery, Press
from .requests import Request
from .server import TOKEN, TelegramServer, ViolationsFound
from .state import Violation
from .updates import QueuedUpdate
from .validation import ImpossibleObject
from .waiting import NothingHappened
from .watching import Action, Draft

__all__ = [
    "TOKEN",
    "Action",
    "Answer",
    "Bot",
    "Button",
    "Chat",
    "Clock",
    "Draft",
    "Entity",
    "Excess",
    "Fault",
    "Faults",
    "FloodLimits",
    "FloodMeter",
    "Group",
    "ImpossibleObject",
    "InlineQuery",
    "ManualClock",
    "Message",
    "NothingHappened",
    "Press",
    "PrivateChat",
    "QueuedUpdate",
    "Request",
    "Supergroup",
    "SystemClock",
    "TelegramServer",
    "Topic",
    "User",
    "Violation",
    "ViolationsFound",
]
