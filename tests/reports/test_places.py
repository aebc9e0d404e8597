"""Where producers are, and who else sells nearby."""

from shelves import valley

from impact.reports.places import neighbours, points
from impact.reports.producers import rows


def test_the_nearest_come_first_and_nobody_is_their_own_neighbour():
    number = valley().problem.producer_ids.index("P05")

    found = neighbours(valley(), number)

    assert found[0].row.producer.producer_id == "P06"  # of the same county
    assert "P05" not in {one.row.producer.producer_id for one in found}
    assert [one.km for one in found] == sorted(one.km for one in found)


def test_points_are_the_smallest_divisions_and_every_producer():
    found = points(valley())

    assert len(found.divisions) == 8  # the counties; every province holds one
    assert found.producers == rows(valley())
