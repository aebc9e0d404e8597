"""Figures in the words of Prometheus: requests of this process, and jobs of the whole database.

What workers do is told by the database, so that any web process tells all of it; of several take one.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import Engine

from impact.store.database import reading
from impact.store.queue.jobs import OPEN, JobStatus, census
from impact.store.queue.tallies import tallies

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
BUCKETS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """The figures of one process and its database."""

    def __init__(self, engine: Engine) -> None:
        self._registry = CollectorRegistry()
        self._registry.register(_Jobs(engine))
        self._requests = Counter(
            "impact_requests", "Requests answered.", ("endpoint", "method", "status"), registry=self._registry
        )
        self._seconds = Histogram(
            "impact_request_seconds",
            "How long requests took.",
            ("endpoint",),
            registry=self._registry,
            buckets=BUCKETS,
        )

    def count(self, endpoint: str, method: str, status: int, seconds: float) -> None:
        """Count a request that was answered."""
        self._requests.labels(endpoint, method, str(status)).inc()
        self._seconds.labels(endpoint).observe(seconds)

    def told(self) -> bytes:
        """Tell all figures as they stand."""
        return generate_latest(self._registry)


class _Jobs(Collector):
    """Asks the database about its jobs whenever figures are told."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def describe(self) -> Iterator[Metric]:
        """Name no figures beforehand: the database is not asked before somebody wants to know."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        with reading(self._engine) as connection:
            stand, came_to = census(connection), tallies(connection)
        yield from _standing(stand)
        yield from _came_to(came_to)


def _standing(stand: dict[tuple[str, JobStatus], tuple[int, str]]) -> Iterator[Metric]:
    jobs = GaugeMetricFamily("impact_jobs", "Jobs kept.", labels=("kind", "status"))
    age = GaugeMetricFamily("impact_jobs_oldest_seconds", "Age of the oldest.", labels=("kind", "status"))
    for (kind, status), (count, since) in stand.items():
        jobs.add_metric((kind, status), count)
        if status in OPEN:
            age.add_metric((kind, status), _age_seconds(since))
    yield from (jobs, age)


def _came_to(tallies: dict[tuple[str, str], tuple[int, float]]) -> Iterator[Metric]:
    seconds = CounterMetricFamily("impact_job_seconds", "Seconds in a stage.", labels=("kind", "stage"))
    stages = CounterMetricFamily("impact_job_stages", "Jobs that had a stage.", labels=("kind", "stage"))
    gaps = CounterMetricFamily("impact_plan_gaps", "Gaps of plans, added up.", labels=("kind",))
    plans = CounterMetricFamily("impact_plans", "Plans with a gap.", labels=("kind",))
    rows = CounterMetricFamily("impact_import_rows", "Rows of files by outcome.", labels=("outcome",))
    for (kind, name), (number, total) in tallies.items():
        family, _, of = name.partition(".")
        if family == "seconds":
            seconds.add_metric((kind, of), total)
            stages.add_metric((kind, of), number)
        elif family == "rows":
            rows.add_metric((of,), total)
        else:
            gaps.add_metric((kind,), total)
            plans.add_metric((kind,), number)
    yield from (seconds, stages, gaps, plans, rows)


def _age_seconds(since: str) -> float:
    return max((datetime.now(UTC) - datetime.fromisoformat(since)).total_seconds(), 0.0)
