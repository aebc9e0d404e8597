"""Run the revisions on the connection that `database.upgrade` hands over."""

from alembic import context

from impact.store import (  # noqa: F401  # they fill METADATA
    audit,
    catalogs,
    headers,
    imports,
    job_files,
    jobs,
    listings,
    plans,
    snapshots,
    workers,
)
from impact.store.nouns import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
