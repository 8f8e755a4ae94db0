"""A small bot of python-telegram-bot, run as a program of its own.

Its arguments are the token, the address of the Bot API and that of its files. It echoes texts with
a button, answers presses, and sends documents back.
"""

import sys
from typing import Any

from telegram import BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    MessageHandler,
    filters,
)

BUTTONS = InlineKeyboardMarkup([[InlineKeyboardButton("again", callback_data="again")]])


async def start(update: Update, _: Any) -> None:
    assert update.message
    await update.message.reply_html("<b>Hello</b>")


async def echo(update: Update, _: Any) -> None:
    assert update.message
    assert update.message.text
    answer = await update.message.reply_text("…", do_quote=True)
    await answer.edit_text(update.message.text, reply_markup=BUTTONS)


async def press(update: Update, _: Any) -> None:
    query = update.callback_query
    assert query
    assert isinstance(query.message, Message)
    assert query.message.text
    await query.answer("Again")
    await query.edit_message_text(query.message.text * 2, reply_markup=BUTTONS)


async def document(update: Update, _: Any) -> None:
    assert update.message
    assert update.message.document
    file = await update.message.document.get_file()
    content = bytes(await file.download_as_bytearray())
    await update.message.reply_document(content, filename="back.txt", caption="Here it is")


async def set_up(application: Application[Any, Any, Any, Any, Any, Any]) -> None:
    await application.bot.set_my_commands([BotCommand("start", "Begin")])


def main(token: str, base_url: str, base_file_url: str) -> None:
    builder = Application.builder().token(token).base_url(base_url).base_file_url(base_file_url)
    application = builder.post_init(set_up).build()
    text = filters.TEXT & ~filters.COMMAND & filters.UpdateType.MESSAGE
    application.add_handlers(
        [
            CommandHandler("start", start),
            MessageHandler(text, echo),
            MessageHandler(filters.Document.ALL, document),
            CallbackQueryHandler(press),
        ]
    )
    application.run_polling(timeout=5)


if __name__ == "__main__":
    main(*sys.argv[1:])
