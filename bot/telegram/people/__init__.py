"""Who may see and do what in Telegram, and how the bot presents itself to them."""
