"""The button that opens an article within Telegram, where the bot serves pages."""

from dataclasses import dataclass

from telegram import InlineKeyboardButton, WebAppInfo

from footnote.bot.answers.receipts import Receipt
from footnote.bot.telegram.chat_thread import ChatThread
from footnote.bot.web.mini_app import app_address, app_link

_LABEL = "📖"


@dataclass(frozen=True, slots=True)
class Pages:
    """`origin` is where the pages are served, `bot` the bot's username."""

    origin: str
    bot: str

    @classmethod
    def at(cls, origin: str | None, bot: str) -> "Pages | None":
        """None where the bot serves none: then nothing changes."""
        return cls(origin, bot) if origin else None

    def button(self, receipt: Receipt, n: int, label: str = _LABEL) -> InlineKeyboardButton:
        """Opens the article that the receipt cites as [n], at the sentence.

        Under messages of groups Telegram takes no button that opens a Mini App, but a link to it.
        """
        if ChatThread.named(receipt.place).is_group:
            return InlineKeyboardButton(label, url=app_link(self.bot, receipt.id, n))
        address = app_address(self.origin, receipt.id, n)
        return InlineKeyboardButton(label, web_app=WebAppInfo(address))
