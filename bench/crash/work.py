"""What is asked of the service while it is killed: files to import, bundles to solve, some cancelled."""

from collections import defaultdict
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from bench.engine.instances import instance_of
from impact.access import SYSTEM
from impact.bundles.document import ProblemDocument
from impact.bundles.read import Bundle
from impact.bundles.write import write_bundle
from impact.jobs.queue import Queue

PARTNERS = ("安吉", "桐庐", "恩施")
HEADER = "商家,产品,省,市,县,品类,价格\n"
ROWS = 60
CANCELLED_SHARE = 0.1
OPEN_AT_ONCE = 3
LOOKED_AT = 12
"""So many of the newest jobs are looked at for what has come about: what came before has ended."""
LATE_STAGES = ("check", "write", "keep")


class Work:
    """Asks for jobs, and remembers what it asked for."""

    def __init__(self, queue: Queue, rng: Random) -> None:
        self._queue = queue
        self._rng = rng
        self._bundle = _bundle(2_000)
        self._asked: dict[str, int] = {}
        self.files: dict[str, bytes] = {}
        """The file of each import, by its job."""

    @property
    def job_ids(self) -> tuple[str, ...]:
        return tuple(self._asked)

    def top_up(self) -> None:
        """See to it that enough is to be done."""
        open_ = self.open()
        for _ in range(OPEN_AT_ONCE - len(open_)):
            job_id = self._import() if self._rng.random() < 0.6 else self._solve()
            self._asked[job_id] = len(self._asked)
            if self._rng.random() < CANCELLED_SHARE:
                self._queue.cancel(self._rng.choice([*open_, job_id]), SYSTEM)

    def open(self) -> list[str]:
        """Return the jobs that have not ended; there may be none before anything seen passes fast."""
        return [job_id for job_id in self._asked if not self._queue.get(job_id).ended]

    def stands(self) -> dict[str, int]:
        """Count the jobs by how they stand."""
        counts: dict[str, int] = defaultdict(int)
        for job_id in self._asked:
            counts[self._queue.get(job_id).status] += 1
        return dict(counts)

    def has_come_to(self, event: str, since: str) -> bool:
        """Tell whether a job was begun since and still runs, has gone far since, or has ended since."""
        jobs = self._queue.list(limit=LOOKED_AT)
        running = [job for job in jobs if job.status == "running" and job.started_at > since]
        if event == "begun":
            return bool(running)
        if event == "gone far":
            return any(job.stage in LATE_STAGES for job in running)
        return any(job.ended and job.ended_at > since for job in jobs)

    def _import(self) -> str:
        number = len(self._asked)
        rows = (
            f"茶社{row % 20},白茶{row},浙江省,湖州市,安吉县,茶叶,{1000 + number}\n" for row in range(ROWS)
        )
        file = (HEADER + "".join(rows)).encode()
        asked = {"file": f"{number}.csv"}
        partner = self._rng.choice(PARTNERS)
        job_id = self._queue.put("import_file", asked, SYSTEM, partner=partner, files={"file": file})
        self.files[job_id] = file
        return job_id

    def _solve(self) -> str:
        return self._queue.put("solve_bundle", {"seconds": 30}, SYSTEM, files={"bundle.zip": self._bundle})


def _bundle(num_links: int) -> bytes:
    made = instance_of(num_links)
    document = ProblemDocument(format="impact-problem/1", rules=made.rules, seed=0)
    with TemporaryDirectory() as folder:
        out = Path(folder) / "bundle.zip"
        write_bundle(Bundle(made.problem, document, "parquet"), out)
        return out.read_bytes()
