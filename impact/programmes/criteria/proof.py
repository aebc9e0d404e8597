"""Proof: what others vouch for: certificates, consumers' answers, and the county and the platform."""

from datetime import date
from typing import Literal

from pydantic import Field

from impact.errors import Param
from impact.programmes.criteria.finding import Asked, Finding, with_dossier
from impact.programmes.dossier import Application, Case, Certificate, Decision, Nps, Rung, Stage

FEWEST_ANSWERS = 30
"""With fewer answers it is not known what consumers think."""
REFUSED = frozenset({Stage.REFUSED_BY_COUNTY, Stage.REFUSED_BY_PLATFORM})


class CertificateCriterion(Asked):
    """It has a certificate of one of some kinds that is valid on the day."""

    kind: Literal["certificate"] = "certificate"
    any_of: tuple[str, ...] = Field(min_length=1)

    def found(self, case: Case) -> Finding:
        own = [each for each in case.dossier.certificates or () if each.kind in self.any_of]
        if not own:
            code = "certificate_unknown" if case.dossier.certificates is None else "certificate_missing"
            return self.unmet(code, {"certificate": self.any_of[0]}, Rung.CERTIFICATES)
        last = max(own, key=lambda each: each.valid_until or date.max)
        evidence: dict[str, Param] = {"certificate": last.kind, "number": last.number}
        if last.valid_until is None:
            return self.met("certificate_undated", evidence)
        evidence["until"] = last.valid_until.isoformat()
        if last.is_valid(case.on):
            return self.met("certificate_valid", evidence)
        return self.unmet("certificate_expired", evidence, Rung.CERTIFICATES)

    def mended(self, case: Case) -> Case | None:
        renewed = Certificate(self.any_of[0], valid_until=case.on)
        return with_dossier(case, certificates=(*(case.dossier.certificates or ()), renewed))


class NpsCriterion(Asked):
    """The lower bound of its net promoter score is at least so much; what has too few answers is let in."""

    kind: Literal["nps"] = "nps"
    at_least: float = Field(ge=-100, le=100)

    def found(self, case: Case) -> Finding:
        nps = case.dossier.nps
        if nps is None or nps.num_answers < FEWEST_ANSWERS:
            return self.met("nps_too_few_answers", {"answers": nps.num_answers if nps else 0})
        evidence: dict[str, Param] = {
            "lower": nps.lower,
            "least": self.at_least,
            "answers": nps.num_answers,
        }
        if nps.lower >= self.at_least:
            return self.met("nps_high_enough", evidence)
        return self.unmet("nps_too_low", evidence, Rung.EXPERIENCE)

    def mended(self, case: Case) -> Case | None:
        return with_dossier(case, nps=Nps(self.at_least, FEWEST_ANSWERS))


class ApplicationCriterion(Asked):
    """Its producer applied, the county recommended it, and the platform accepted it."""

    kind: Literal["application"] = "application"

    def found(self, case: Case) -> Finding:
        application = case.dossier.application
        stage = application.stage(case.on)
        code = f"application_{stage}"
        if stage is Stage.ACCEPTED:
            return self.met(code)
        decision = application.platform or application.county
        evidence: dict[str, Param] = {"reason": decision.reason} if decision and stage in REFUSED else {}
        return self.unmet(code, evidence, Rung.APPLICATION)

    def mended(self, case: Case) -> Case | None:
        accepted = Decision(case.on, accepted=True)
        return with_dossier(case, application=Application(case.on, accepted, accepted))
