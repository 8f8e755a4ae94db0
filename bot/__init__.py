"""People: settings, the command line, conversations in the terminal and in Telegram."""
