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
from impact.store.people import attempts, links, secret_key, sessions, tokens, users  # noqa: F401  # so do they

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
