"""What Telegram tells the bot: kept on disk, then handled in order."""
