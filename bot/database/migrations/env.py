"""What Alembic runs: the steps, on the connection and in the transaction that it was given."""

from alembic import context

if hasattr(context, "config"):  # not where this is only imported
    context.configure(connection=context.config.attributes["connection"])
    context.run_migrations()
