"""A programme's document holds a goal apart from its method; what is left out is not asked for."""

import json

import pytest

from impact.errors import BadInput
from impact.matching.rules import RULES
from impact.matching.slots.model import Track
from impact.programmes.document import ProgrammeDocument, TrackBudget
from impact.programmes.reading import read_document

OLD = {
    "format": "impact-programme/1",
    "programme_id": "autumn",
    "name": {"zh": "金秋", "en": "Autumn"},
    "month": 10,
    "rules": [{"id": "everyone", "kind": "producer_floor", "of_capacity": 0.05}],
}
FULL = {
    **OLD,
    "template": "crafts",
    "goal": {
        "outcome": {"zh": "手艺有人接着做", "en": "Crafts are handed on"},
        "metric": "crafts_kept",
        "baseline": None,
        "target": 30,
        "by": "2027-10-01",
    },
    "method": {
        "tracks": [{"track": "field", "budget": 300}],
        "exposures": 1e6,
        "window": {"first": "2026-10-01", "last": "2026-10-31"},
        "channels": ["livestream"],
    },
    "eligibility": [{"kind": "type", "any_of": ["craft"]}, {"kind": "listing"}],
    "quotas": [{"id": "priority", "group": {"tier": ["1", "2"]}, "least_share": 0.1}],
    "milestones": [
        {
            "milestone_id": "first",
            "name": {"zh": "首单", "en": "First sales"},
            "metric": "first_sales",
            "target": 20,
            "first": "2026-10-01",
            "due": "2026-12-01",
        }
    ],
    "north_star": ["crafts_kept", "nps_goods"],
}


def read(document: object) -> ProgrammeDocument:
    return read_document(json.dumps(document))


def test_a_document_of_before_still_reads_and_asks_for_nothing_more():
    document = read(OLD)

    assert (document.goal, document.eligibility, document.quotas, document.milestones) == (None, (), (), ())
    assert document.programme.rules == (OLD["rules"][0],)


def test_quotas_come_before_the_rules_that_are_stated_as_such():
    rules = RULES.validate_python(read(FULL).programme.rules)

    assert [rule.id for rule in rules] == ["priority", "everyone"]


def test_what_is_read_can_be_written_and_read_again():
    document = read(FULL)

    assert read_document(document.model_dump_json()) == document


def changed(*path: str | int, to: object) -> dict[str, object]:
    document = json.loads(json.dumps(FULL))
    part = document
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = to
    return document


@pytest.mark.parametrize(
    ("document", "code", "place"),
    [
        (changed("goal", "target", to=None), "field_not_valid", "goal.target"),
        (changed("goal", "by", to="next year"), "field_not_valid", "goal.by"),
        (changed("goal", "outcome", to={"zh": "手艺"}), "field_missing", "goal.outcome.en"),
        (changed("goal", "budget", to=3), "field_unknown", "goal.budget"),
        (changed("method", "tracks", 0, "track", to="luck"), "field_not_valid", "method.tracks.0.track"),
        (changed("method", "tracks", 0, "budget", to=-1), "field_not_valid", "method.tracks.0.budget"),
        (changed("method", "window", "last", to="2026-09-30"), "field_not_valid", "method.window"),
        (changed("eligibility", 1, to={"kind": "luck"}), "field_not_valid", "eligibility.1"),
        (changed("eligibility", 0, "any_of", to=[]), "field_not_valid", "eligibility.0.type.any_of"),
        (changed("quotas", 0, "least_share", to=2), "field_not_valid", "quotas.0.least_share"),
        (changed("quotas", 0, "most", to=2), "field_not_valid", "quotas.0"),
        (changed("quotas", 0, "id", to="everyone"), "field_not_valid", None),  # the name of a rule
        (changed("milestones", 0, "due", to="2026-10-01"), "field_not_valid", "milestones.0"),
        (changed("north_star", to=[""]), "field_not_valid", "north_star.0"),
    ],
)
def test_a_bad_field_is_pointed_at(document, code, place):
    with pytest.raises(BadInput) as refusal:
        read(document)

    assert [(issue.code, issue.column) for issue in refusal.value.issues] == [(code, place)]


def test_tracks_are_those_that_slots_stand_on():
    for track in Track:
        assert TrackBudget(track=track.value, budget=1.0).track == track
    assert len(Track) == len(TrackBudget.model_json_schema()["properties"]["track"]["enum"])
