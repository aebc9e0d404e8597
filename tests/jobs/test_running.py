"""A worker knows which of its children it can count on."""

from impact.jobs.running import Child


def test_a_child_that_was_killed_is_given_nothing_even_while_it_is_not_yet_gone():
    child = Child()

    child.kill()

    assert not child.lives
    child.close()
