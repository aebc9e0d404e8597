"""Certificates end, and applications go from the producer to the county to the platform."""

from datetime import date

import pytest

from impact.programmes.dossier import Application, Certificate, Decision, Stage

APPLIED, COUNTY, PLATFORM = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)


@pytest.mark.parametrize(
    ("until", "is_valid"), [(date(2026, 9, 30), False), (date(2026, 10, 1), True), (None, True)]
)
def test_a_certificate_holds_to_its_last_day(until, is_valid):
    assert Certificate("green", valid_until=until).is_valid(date(2026, 10, 1)) is is_valid


def decided(*, county: bool = True, platform: bool = True) -> Application:
    platform_said = Decision(PLATFORM, platform) if county else None
    return Application(APPLIED, Decision(COUNTY, county), platform_said)


@pytest.mark.parametrize(
    ("application", "on", "stage"),
    [
        (Application(), PLATFORM, Stage.NONE),
        (decided(), date(2026, 2, 28), Stage.NONE),
        (decided(), APPLIED, Stage.WAITS_FOR_COUNTY),
        (decided(), COUNTY, Stage.WAITS_FOR_PLATFORM),
        (decided(), PLATFORM, Stage.ACCEPTED),
        (decided(platform=False), PLATFORM, Stage.REFUSED_BY_PLATFORM),
        (decided(county=False), COUNTY, Stage.REFUSED_BY_COUNTY),
        (decided(county=False), date(2026, 3, 31), Stage.WAITS_FOR_COUNTY),
    ],
)
def test_an_application_is_as_far_as_was_decided_by_the_day(application, on, stage):
    assert application.stage(on) is stage


@pytest.mark.parametrize(
    "given",
    [
        {"county": Decision(COUNTY, accepted=True)},  # nobody applied
        {"applied": APPLIED, "platform": Decision(PLATFORM, accepted=True)},  # the county was passed over
        {"applied": PLATFORM, "county": Decision(COUNTY, accepted=True)},  # before it was applied for
        {
            "applied": APPLIED,
            "county": Decision(COUNTY, accepted=False),
            "platform": Decision(PLATFORM, accepted=True),
        },
    ],
)
def test_steps_out_of_order_are_refused(given):
    with pytest.raises(ValueError, match="Expected"):
        Application(**given)
