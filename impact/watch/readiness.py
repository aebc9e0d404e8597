"""Whether the service can do what it is for: its database answers, is current, and somebody does jobs."""

from dataclasses import asdict, dataclass

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from impact.store.database import is_current, reading
from impact.store.queue.workers import any_there


@dataclass(frozen=True)
class Readiness:
    """What holds of all that has to."""

    database: bool
    migrations: bool
    worker: bool

    @property
    def whole(self) -> bool:
        """Whether all of it holds."""
        return all(asdict(self).values())


def readiness(engine: Engine) -> Readiness:
    """Look what holds."""
    try:
        migrations = is_current(engine)
        with reading(engine) as connection:
            return Readiness(True, migrations, migrations and any_there(connection))
    except SQLAlchemyError:
        return Readiness(False, False, False)
