"""What was changed is told by the fields that differ, and by no other."""

import json

import pytest

from impact.web.people.differences import differences

FLOOR = {"id": "floor", "kind": "group_floor", "share": 0.1}
CAP = {"id": "cap", "kind": "group_cap", "share": 0.5}


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (None, None, []),
        ({"name": "茶"}, {"name": "茶"}, []),
        (None, {"name": "茶", "cold": True}, [("name", "–", "茶"), ("cold", "–", "true")]),
        ({"name": "茶", "kg": 5}, None, [("name", "茶", "–"), ("kg", "5", "–")]),
        ({"name": "茶", "kg": 5}, {"name": "茶", "kg": 7.5}, [("kg", "5", "7.5")]),
        (
            {"goal": {"target": 3, "by": "2027"}},
            {"goal": {"target": 4, "by": "2027"}},
            [("goal.target", "3", "4")],
        ),
        ({"rules": [FLOOR, CAP]}, {"rules": [CAP, FLOOR]}, []),
        (
            {"rules": [FLOOR, CAP]},
            {"rules": [{**FLOOR, "share": 0.2}, CAP]},
            [("rules.floor.share", "0.1", "0.2")],
        ),
        (
            {"rules": [FLOOR]},
            {"rules": [FLOOR, CAP]},
            [
                ("rules.cap.id", "–", "cap"),
                ("rules.cap.kind", "–", "group_cap"),
                ("rules.cap.share", "–", "0.5"),
            ],
        ),
        ({"scopes": ["read"]}, {"scopes": ["read", "admin"]}, [("scopes", '["read"]', '["read", "admin"]')]),
        ({"rules": []}, {"rules": [CAP, CAP]}, [("rules", "[]", json.dumps([CAP, CAP]))]),
        ({"pen": {}}, {"pen": {"ink": "red"}}, [("pen.ink", "–", "red"), ("pen", "{}", "–")]),
        ({"until": None}, {"until": "2027-01-01"}, [("until", "–", "2027-01-01")]),
    ],
    ids=[
        "nothing at all",
        "nothing changed",
        "made",
        "taken away",
        "one field",
        "a field within",
        "another order of things with ids",
        "a thing in a list",
        "a thing more",
        "a list of words",
        "ids that are not one's own",
        "from empty",
        "from nothing",
    ],
)
def test_only_what_differs_is_told_by_the_way_to_it(before, after, told):
    found = differences(json.dumps(before), json.dumps(after))

    assert [(each.field, each.before, each.after) for each in found] == told
