"""Small worlds of jobs: a queue, bundles to solve, lists to import, and somebody who does what waits."""

from io import BytesIO
from time import monotonic
from zipfile import ZipFile

from bench.engine.instances import instance_of
from impact.access import SYSTEM
from impact.bundles.document import ProblemDocument
from impact.bundles.read import Bundle
from impact.bundles.write import write_bundle
from impact.config import ROOT
from impact.jobs.workshop import Workshop

PATIENCE_SECONDS = 60.0


def zipped(name: str) -> bytes:
    """One of the bundles to try a rule on."""
    return packed({path.name: path.read_bytes() for path in (ROOT / "bench/bundles" / name).iterdir()})


def packed(files: dict[str, bytes]) -> bytes:
    body = BytesIO()
    with ZipFile(body, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return body.getvalue()


def large(folder, num_links: int = 100_000) -> bytes:
    """A bundle with rules of every kind that takes its time."""
    made = instance_of(num_links)
    document = ProblemDocument(format="impact-problem/1", rules=made.rules, seed=0)
    write_bundle(Bundle(made.problem, document, "parquet"), folder / "large.zip")
    return (folder / "large.zip").read_bytes()


def solving(queue, bundle: bytes, **asked: object) -> str:
    return queue.put("solve_bundle", asked, SYSTEM, files={"bundle.zip": bundle})


def work(engine, queue, *job_ids: str, until=None, **how) -> list:
    """Do jobs until all of `job_ids` have ended, or until `until` is so; return how they stand then."""
    late = monotonic() + PATIENCE_SECONDS

    def over() -> bool:
        assert monotonic() < late, [queue.get(job_id) for job_id in job_ids]
        return until() if until else all(queue.get(job_id).ended for job_id in job_ids)

    Workshop(engine, **how).work(over)
    return [queue.get(job_id) for job_id in job_ids]
