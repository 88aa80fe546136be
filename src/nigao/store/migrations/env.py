"""Entry point that alembic calls; the connection, already in a transaction, comes from `nigao.store.migrate`."""

from alembic import context

from nigao.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
