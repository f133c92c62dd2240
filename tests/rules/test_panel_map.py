"""Where members of a panel are apart, and how far."""

import pytest

from forthright.rules.panel_map import Square, furthest_apart


@pytest.mark.parametrize(
    ("counts", "apart", "words"),
    [
        ({}, 0, "no answer"),
        ({"YES": 1}, 0, "one answer"),
        ({"YES": 2}, 0, "all agree"),
        ({"YES": 1, "NO": 1}, 1, "divided"),
        ({"FULLY": 1, "NOT_MET": 1}, 1, "divided"),
        ({"FULLY": 1, "PARTIALLY": 1}, 0.5, "divided"),
        ({"FULLY": 3, "PARTIALLY": 1}, 0.25, "most agree"),
        ({"FULLY": 1, "PARTIALLY": 1, "NOT_MET": 1}, 2 / 3, "divided"),
        ({"YES": 1, "NOT_SURE": 1}, 0, "one could tell"),
        ({"YES": 2, "NOT_SURE": 1}, 0, "all who could tell agree"),
        ({"FULLY": 2, "NOT_APPLICABLE": 2}, 0, "all who could tell agree"),
        ({"NOT_SURE": 1, "NOT_APPLICABLE": 1}, 0, "nobody could tell"),
        ({"NOT_SURE": 2}, 0, "all agree"),
        ({"YES": 1, "NO": 1, "NOT_SURE": 3}, 1, "divided"),
    ],
)
def test_how_far_members_are_apart(counts, apart, words):
    square = Square(1, "B1", counts)

    assert square.apart == pytest.approx(apart)
    assert square.words == words


def test_the_furthest_stand_first_whatever_their_letter():
    near = {(1, f"B{n}"): Square(1, f"B{n}", {"FULLY": 1, "PARTIALLY": 1}) for n in range(6)}
    far = {(2, "B1"): Square(2, "B1", {"FULLY": 1, "NOT_MET": 1})}
    agreed = {(3, "B1"): Square(3, "B1", {"FULLY": 1, "NOT_SURE": 1})}

    found = furthest_apart(near | far | agreed)

    assert (found[0].letter, len(found)) == (2, 7)
