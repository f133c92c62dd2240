"""The gate stops at a month or a day that stands alone, and at names backwards or letter by letter.

The layers hide these; a person who lets one stand is told.
"""

from datetime import date

import pytest

from forthright.anonymiser.gate import left_in
from forthright.anonymiser.known import Known, KnownPerson

KNOWN = Known(
    people=(KnownPerson("the victim", "Amira", "Osei"),
            KnownPerson("the defendant", "Dean", "Marsden")),
    days=(date(2026, 3, 14), date(2026, 5, 2)),
)  # fmt: skip
HELD = {
    "It happened in March.": "March",
    "It happened in\nMARCH, at night.": "MARCH",
    "By the end of March he had moved.": "March",
    "In early-March we met.": "March",
    "We wrote in March 2026.": "March 2026",
    "He was away since Mar. and came back.": "Mar.",
    "It was in May when he left.": "May",
    "It happened on the 14th, at night.": "14th",
    "It happened on the 14th": "14th",
    "It happened on the fourteenth and again later.": "fourteenth",
    "He left on the 2nd of that month.": "2nd",
    "The hearing on the fourteenth was long.": "fourteenth",
    "It is listed for the 14th.": "14th",
    "We write of yours of the 14th inst.": "14th inst",
    "The fourteenth ult. was late.": "fourteenth ult",
    "It is on Sat 14 at court.": "Sat 14",
    "It is on Saturday 14.": "Saturday 14",
    "It is on Sat. 14th.": "Sat. 14th",
    "It is on Saturday fourteenth.": "Saturday fourteenth",
    "We met iesO there.": "iesO",
    "It was nedsraM who left.": "nedsraM",
    "It was m a r s d e n who left.": "m a r s d e n",
    "It was M_a_r_s_d_e_n who left.": "M_a_r_s_d_e_n",
    "It was M/a/r/s/d/e/n who left.": "M/a/r/s/d/e/n",
    "It was n-e-d-s-r-a-m who left.": "n-e-d-s-r-a-m",
    "It was O * s * e * i who left.": "O * s * e * i",
}
STAYS = (
    "It happened in April.", "It happened in March 2019.", "It happened on 5 March 2026.",
    "It happened in March 9, at night.", "We march in step, and in may ways.",
    "I may go by may be.", "He lives on the 14th floor.", "It was on the 14th occasion.",
    "It happened on the 14th of April 2026.", "It happened on the 15th, at night.",
    "It is the 14th.", "On Saturday 14 people came.", "On Sunday 14 we met.",
    "It was on the fourteenth floor.", "It was for the fourteenth time.",
    "He came on the second and the third occasion.",
    "A, b, c, d and e are the items.", "It was level, and then a radar saw it.",
)  # fmt: skip


@pytest.mark.parametrize("said", HELD)
def test_the_gate_stops_at_part_of_a_day_and_at_names_turned_round(said):
    assert HELD[said] in [each.words for each in left_in([("the letter", said)], KNOWN)]


@pytest.mark.parametrize("said", STAYS)
def test_the_gate_stops_at_nothing_like_them(said):
    assert left_in([("the letter", said)], KNOWN) == []


def test_words_about_many_letters_may_say_in_which_month_they_were_sent():
    said = [("a finding", "Letters sent in March give no reasons; on the 14th, six went.")]

    assert left_in(said, KNOWN, is_letter=False) == []
    assert left_in([("a finding", "nedsraM said so.")], KNOWN, is_letter=False)
