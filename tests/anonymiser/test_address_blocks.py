"""A part of an address between others of it is hidden, whatever it is called."""

import pytest

from forthright.anonymiser.letters import places_of

HIDDEN = [
    ("Ms Osei\nThe Coach House\n46 Quarry Close\nLeek\nWR5 3XX\n\nDear Ms Osei", "The Coach House"),
    ("4 Quarry Close, Nether Wallop, WR5 3XX\n\nDear Ms Osei", "Nether Wallop"),
    ("4 Quarry Close\nBishop's Frome\nWR5 3XX\n\nDear Ms Osei", "Bishop's Frome"),
    ("4 Quarry Close,\nBeer,\nWR5 3XX\n\nDear Ms Osei", "Beer"),
]
STAYS = [
    "He told us about 4 Quarry Close, But, WR5 3XX, so he said.",
    "Ms Osei,\nThank You\n\nYou may write to us.",
    "Ms Osei\n\nVictim Liaison Unit\n\nWR5 3XX is where you live.",
]


@pytest.mark.parametrize(("text", "words"), HIDDEN, ids=[words for _, words in HIDDEN])
def test_a_part_between_others_is_hidden(text, words):
    covered = {at for each in places_of(text).masked for at in range(each.start, each.end)}

    start = text.index(words)
    assert {start + n for n, c in enumerate(words) if c.isalnum()} <= covered


@pytest.mark.parametrize(("text"), STAYS)
def test_what_is_no_part_of_an_address_stays(text):
    because = "it stands between other parts of an address"

    assert because not in {each.because for each in places_of(text).masked}
