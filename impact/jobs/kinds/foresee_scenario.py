"""Say what of a scenario's rules is impossible by sums alone; nothing is solved, and nothing kept."""

from impact.bundles.foresight_document import foresight_of
from impact.errors import refuse_if_any
from impact.jobs.asked import Asked
from impact.jobs.desk import Desk, Done
from impact.jobs.kinds.of_scenario import problem_of, refuse_if_unlinked
from impact.matching.conflicts.foreseen import foresee
from impact.matching.rules import RULES, faults
from impact.store.decisions import scenarios
from impact.store.decisions.admitted import refuse_if_nobody
from impact.store.queue.jobs import JobStatus
from impact.store.queue.leases import Ending

FORESIGHT = "foresight.json"


def run(desk: Desk, _: Asked) -> Done:
    """Look at the sums; rules that cannot be applied at all are refused as they are where one solves."""
    watch = desk.stopwatch(load=0.2, match=0.6, sums=0.2)
    scenario = scenarios.wanted(desk.engine, desk.job.scenario or "")
    refuse_if_nobody(desk.engine, scenario)
    problem = problem_of(desk.engine, scenario, watch)
    refuse_if_unlinked(problem)
    rules = RULES.validate_python(scenario.asked.question.rules)
    refuse_if_any(faults(problem, rules))
    with watch.stage("sums"):
        said = foresight_of(foresee(problem, rules))
    files = {FORESIGHT: said.model_dump_json().encode()}
    return Done(Ending(JobStatus.SUCCEEDED, {"files": [*files]}, seconds=dict(watch.seconds), files=files))
