"""How schema changes reach a database, on both engines."""

from alembic import context
from flask import current_app

migrate = current_app.extensions["migrate"]


def run() -> None:
    """Bring the connected database to the wanted version, in one transaction."""
    with migrate.db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=migrate.db.metadata,
            # SQLite cannot alter most things in place: tables are copied.
            render_as_batch=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
