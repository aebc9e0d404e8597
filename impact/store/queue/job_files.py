"""Files of jobs: what comes with one, and what comes of it."""

from collections.abc import Mapping

from sqlalchemy import Column, Connection, ForeignKey, LargeBinary, Table, Text, delete, insert, select

from impact.store.nouns import METADATA

FILES = Table(
    "job_files",
    METADATA,
    Column("job_id", Text, ForeignKey("jobs.job_id"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("body", LargeBinary, nullable=False),
)


def keep_files(connection: Connection, job_id: str, files: Mapping[str, bytes]) -> None:
    """Keep what came with a job, or what came of it, in the place of what has the same name."""
    if files:
        connection.execute(delete(FILES).where((FILES.c.job_id == job_id) & FILES.c.name.in_([*files])))
        rows = [{"job_id": job_id, "name": name, "body": body} for name, body in files.items()]
        connection.execute(insert(FILES), rows)


def file_of(connection: Connection, job_id: str, name: str) -> bytes | None:
    """Return a file of a job, or None where it has none of that name."""
    asked = select(FILES.c.body).where((FILES.c.job_id == job_id) & (FILES.c.name == name))
    body: bytes | None = connection.execute(asked).scalar()
    return body


def files_of(connection: Connection, job_id: str) -> dict[str, bytes]:
    """Return all files of a job, by name."""
    asked = select(FILES.c.name, FILES.c.body).where(FILES.c.job_id == job_id)
    return {row.name: row.body for row in connection.execute(asked)}
