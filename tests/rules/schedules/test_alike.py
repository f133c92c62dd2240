import pytest

from forthright.rules.schedules.alike import Described, tells_the_same

DIARY = "Diary of Mr Hall, who tells PC Khan each week what the Marsden brothers plan"


@pytest.mark.parametrize(
    ("item", "secret", "stands", "is_told"),
    [
        pytest.param((4, DIARY), (1, DIARY), True, True, id="the same words"),
        pytest.param((4, DIARY.upper()), (1, DIARY), True, True, id="in capitals"),
        pytest.param((4, DIARY), (1, DIARY.replace("each week", "weekly")), True, True,
                     id="a word changed, another number"),
        pytest.param((4, DIARY), (9, "Mr Hall tells PC Khan what the Marsden brothers plan"), True,
                     True, id="a part of its words, another number"),
        pytest.param((4, DIARY), (4, "Diary of the source Mr Hall"), False, True,
                     id="reworded, the same number, and gone from its schedule"),
        pytest.param((4, DIARY), (4, "Diary of the source Mr Hall"), True, False,
                     id="reworded, and still on its schedule"),
        pytest.param((4, DIARY), (5, "Diary of the source Mr Hall"), False, False,
                     id="reworded, another number"),
        pytest.param((1, "Receipt for the hire of a van"), (1, DIARY), False, False,
                     id="something else with the same number"),
        pytest.param((1, "Pocket book of PC Khan"), (1, "Intelligence report of PC Lisle"), True,
                     False, id="two ordinary things with the same number"),
        pytest.param((1, "Notes"), (2, "Notes of the debrief of the source Heron in the van"), True,
                     False, id="one word is no accident's proof"),
        pytest.param((None, DIARY), (None, "Diary of the source Mr Hall"), False, False,
                     id="no number is no same number"),
        pytest.param((1, ""), (1, ""), True, False, id="nothing written"),
    ],
)  # fmt: skip
def test_whether_an_item_tells_what_a_sensitive_one_is(item, secret, stands, is_told):
    (number, words), (other, kept) = item, secret

    told = tells_the_same(
        Described(number=number, words=words, stands=stands), Described(number=other, words=kept)
    )

    assert told is is_told
