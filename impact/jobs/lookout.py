"""The lookout: sees what comes about by the mere passing of time, and has it announced."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.exc import OperationalError
from structlog import get_logger

from impact.store.database import Database
from impact.store.happened.warnings import warn

PAUSE_SECONDS = 900.0
log = get_logger(__name__)


class Lookout:
    """Looks after the milestones of one database; several may, and each is announced once."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def work(self, wait: Callable[[float], bool], pause_seconds: float = PAUSE_SECONDS) -> None:
        """Look again and again; `wait` waits so many seconds, and tells when it is over."""
        over = False
        while not over:
            try:
                self.round()
            except OperationalError as error:
                log.warning("database_gone", reason=str(error.orig))
            over = wait(pause_seconds)

    def round(self) -> int:
        """Look once; return how many milestones were announced."""
        found = warn(self._database, datetime.now().astimezone().date())
        for each in found:
            log.info("milestone_at_risk", **vars(each))
        return len(found)
