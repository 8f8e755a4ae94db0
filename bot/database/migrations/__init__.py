"""How the tables came to their newest form: Alembic's scripts, one line of them for each part."""
