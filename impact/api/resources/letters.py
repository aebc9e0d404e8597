"""Letters: what is posted to a webhook, by the kind of news it tells."""

from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel

from impact.api.contract.operation import FORBID
from impact.store.queue.jobs import JobStatus
from impact.store.webhooks.hooks import News


class EndedJob(BaseModel):
    """The job, how it ended, and what it was about; what came of it is at its address."""

    model_config = FORBID

    job_id: str
    kind: str
    status: JobStatus
    partner: str | None
    scenario: str | None


class MovedPlan(BaseModel):
    """The plan, and for which programme and period (a month: 2026-10) it holds or holds no longer."""

    model_config = FORBID

    plan_id: str
    programme_id: str
    period: str


class WarnedMilestone(BaseModel):
    """The milestone of a programme, and why it is at risk, as a code."""

    model_config = FORBID

    programme_id: str
    milestone_id: str
    code: str


class JobLetter(BaseModel):
    """A job has ended; `timestamp` is when (ISO 8601, UTC)."""

    model_config = FORBID

    type: Literal["job.ended"]
    timestamp: str
    data: EndedJob


class PlanLetter(BaseModel):
    """A plan was published or withdrawn; `timestamp` is when (ISO 8601, UTC)."""

    model_config = FORBID

    type: Literal["plan.published", "plan.withdrawn"]
    timestamp: str
    data: MovedPlan


class MilestoneLetter(BaseModel):
    """A milestone is at risk, which is told once; `timestamp` is when (ISO 8601, UTC)."""

    model_config = FORBID

    type: Literal["milestone.at_risk"]
    timestamp: str
    data: WarnedMilestone


LETTERS: Mapping[str, type[BaseModel]] = {
    News.JOB_ENDED: JobLetter,
    News.PLAN_PUBLISHED: PlanLetter,
    News.PLAN_WITHDRAWN: PlanLetter,
    News.MILESTONE_AT_RISK: MilestoneLetter,
}
