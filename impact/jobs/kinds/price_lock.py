"""Price a lock before it is made: what a scenario's plan loses by it, and who has more and less then."""

from functools import partial

from impact.bundles.explanations.lock_price import lock_priced
from impact.bundles.plan_document import document_of_conflict
from impact.inquiries import bundle_of
from impact.jobs.asked import LockAsked
from impact.jobs.desk import Desk, Done
from impact.jobs.kinds.of_scenario import question_of
from impact.jobs.kinds.solving import ending_of, limits_of
from impact.matching.choices.lock_price import lock_price
from impact.matching.plan import Infeasible
from impact.matching.rules import RULES
from impact.matching.solve import solve
from impact.store.queue.jobs import JobStatus
from impact.store.queue.leases import Ending

PRICE, CONFLICT = "lock_price.json", "conflict.json"


def run(desk: Desk, asked: LockAsked) -> Done:
    """Solve with the lock beside what the scenario asks; rules it cannot hold with come as a file.

    Nothing of the scenario changes, and no plan is kept.
    """
    watch = desk.stopwatch(load=0.1, match=0.3, build=0.1, solve=0.4, check=0.1)
    question = question_of(desk.engine, desk.job.scenario or "", watch)
    limits = limits_of(desk, asked, question.programme.seed)
    rules, solver = RULES.validate_python(question.programme.rules), partial(solve, watch=watch)
    try:
        plan = question.solved.plan if question.solved else solver(question.problem, rules, limits)
        found = lock_price(question.problem, rules, plan, asked.rule, limits=limits, solver=solver)
    except Infeasible as error:
        conflict = document_of_conflict(error.conflict, limits, "")
        return Done(ending_of(desk, conflict, watch.seconds, {CONFLICT: conflict.model_dump_json().encode()}))
    sha256 = bundle_of(question.programme, question.problem).sha256
    said = lock_priced(question.problem, asked.rule, plan, found, sha256)
    files = {PRICE: said.model_dump_json().encode()}
    return Done(Ending(JobStatus.SUCCEEDED, {"files": [*files]}, seconds=dict(watch.seconds), files=files))
