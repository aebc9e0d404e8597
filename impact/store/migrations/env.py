"""Run the revisions on the connection that `database.upgrade` hands over."""

from alembic import context

from impact.store.tables import tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=tables(),
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
