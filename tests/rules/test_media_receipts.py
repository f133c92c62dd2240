"""What proves that something was opened: it began to play and did play, or was taken out whole."""

import pytest

from forthright.rules.fetched import BEGINS_TO_PLAY, has_begun_to_play, percent_of
from forthright.rules.media_receipts import Receipt, that_prove


def a_receipt(what, *, link=1, file=1, copy=None, part=None):
    return Receipt(link=link, file=file, copy=copy, part=part, what=what)


@pytest.mark.parametrize(
    ("kinds", "proving"),
    [
        ("OPENED", "OPENED"),
        ("OPENED WATCHED FETCHED", "OPENED"),
        ("TAKEN_OUT", "TAKEN_OUT"),
        ("TAKEN_PART", ""),
        ("FETCHED", ""),
        ("NOT_PLAYED", ""),
        ("OPENED NOT_PLAYED", ""),
        ("OPENED FETCHED NOT_PLAYED", ""),
        ("NOT_PLAYED OPENED", "OPENED"),
        ("OPENED WATCHED NOT_PLAYED", "OPENED"),
        ("OPENED WATCHED OPENED NOT_PLAYED", "OPENED"),
        ("OPENED NOT_PLAYED TAKEN_OUT", "TAKEN_OUT"),
        ("TAKEN_OUT OPENED NOT_PLAYED", "TAKEN_OUT"),
    ],
)
def test_what_began_and_did_not_play_proves_nothing(kinds, proving):
    receipts = [a_receipt(each) for each in kinds.split()]

    assert [each.what for each in that_prove(receipts)] == proving.split()


@pytest.mark.parametrize("other", [{"link": 2}, {"file": 2}, {"copy": 7}, {"part": 2}])
def test_what_did_not_play_elsewhere_takes_nothing_away(other):
    begun, failed = a_receipt("OPENED"), a_receipt("NOT_PLAYED", **other)

    assert that_prove([begun, failed]) == [begun]


@pytest.mark.parametrize(
    ("pieces", "size", "begins"),
    [
        ([], 10, False),
        ([[0, 1]], 10**9, False),
        ([[0, BEGINS_TO_PLAY - 1]], 10**9, False),
        ([[0, BEGINS_TO_PLAY]], 10**9, True),
        ([[0, 9]], 10, False),
        ([[0, 10]], 10, True),
        ([[0, 1], [10**6, 10**6 + BEGINS_TO_PLAY - 1]], 10**9, True),
    ],
)
def test_so_many_bytes_are_needed_to_have_seen_anything(pieces, size, begins):
    assert has_begun_to_play(pieces, size) is begins


@pytest.mark.parametrize(
    ("pieces", "size", "percent"),
    [([], 10, 0), ([[0, 1]], 1000, 0), ([[0, 999]], 1000, 99), ([[0, 10]], 10, 100), ([], 0, 0)],
)
def test_how_much_of_it_is_rounded_down(pieces, size, percent):
    assert percent_of(pieces, size) == percent
