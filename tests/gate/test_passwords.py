"""Passwords are kept as hashes, weak ones refused, and nobody's is ever right."""

import pytest

from impact.gate.passwords import LONGEST, SHORTEST, hash_password, is_right, weaknesses

GOOD = "seven slow rivers"


def test_a_password_is_right_and_any_other_is_not():
    kept = hash_password(GOOD)

    assert is_right(GOOD, kept)
    assert not is_right(GOOD + " ", kept)
    assert GOOD not in kept
    assert kept.startswith("$argon2id$")


def test_one_password_has_a_hash_of_its_own_each_time():
    assert hash_password(GOOD) != hash_password(GOOD)


@pytest.mark.parametrize("kept", [None, "", "no hash at all"])
def test_where_there_is_no_hash_no_password_is_right(kept):
    assert not is_right(GOOD, kept)


@pytest.mark.parametrize(
    ("password", "codes", "why"),
    [
        (GOOD, [], "long and mixed"),
        ("七条慢慢流的河穿过山谷里", [], "any script"),
        ("x" * (SHORTEST - 1), ["password_length"], "too short"),
        ("0123456789" * (LONGEST // 10 + 1), ["password_length"], "too long to hash"),
        ("aaaaaaaaaaaaaaaa", ["password_guessable"], "one key"),
        ("ADA-and-a-pass", ["password_guessable"], "holds the name"),
    ],
)
def test_weak_passwords_are_refused(password, codes, why):
    assert [issue.code for issue in weaknesses(password, "ada")] == codes, why


def test_a_password_of_any_length_can_be_looked_at():
    assert not is_right("x" * 1_000_000, hash_password(GOOD))
