"""Who else sells nearby."""

from shelves import valley

from impact.reports.neighbours import neighbours


def test_the_nearest_come_first_and_nobody_is_their_own_neighbour():
    number = valley().problem.producer_ids.index("P05")

    found = neighbours(valley(), number)

    assert found[0].row.producer.producer_id == "P06"  # of the same county
    assert "P05" not in {one.row.producer.producer_id for one in found}
    assert [one.km for one in found] == sorted(one.km for one in found)
