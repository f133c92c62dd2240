"""A day cut short, or among several of one month, is stopped at and hidden as any other."""

import re
from datetime import date

import pytest

from forthright.anonymiser.gate import left_in
from forthright.anonymiser.known import Known
from forthright.anonymiser.letters import anonymise

SEPTEMBER = Known(days=(date(2026, 9, 21),))
THIRD, FOURTH = Known(days=(date(2026, 5, 3),)), Known(days=(date(2026, 5, 4),))
CUT_SHORT = [
    "21 Sept 2026", "21st Sept.", "Sept 21st, 2026", "Mon 21 Sept", "21-Sept-26", "21Sept2026",
    "the 21st of SEPT. 2026", "the third Monday in Sept", "in Sept 2026", "in Sept.", "mid-Sept",
]  # fmt: skip
ROWS = [
    "3-4 May 2026", "3–4 May", "3—4 May 2026", "3 - 4 May 2026", "03-04 May 2026", "3/4 May 2026",
    "3rd to 4th May 2026", "3 and 4 May", "between 3 and 4 May", "3rd & 4th of May", "3, 4 May",
    "3rd or the 4th May 2026", "3 until 4 May", "3 through 4 May", "3rd/4th May",
    "Sunday 3rd and Monday 4th of May", "the third and fourth of May 2026", "3\nand 4 May",
    "May 3-4, 2026", "May 3 and 4", "May the 3rd to the 4th", "3 May-4 May 2026",
    "3 May 2026-4 May 2026", "3 May to 4 May", "3-4/5/2026", "3/5-4/5", "03/05/2026-04/05/2026",
]  # fmt: skip
OTHERS = [
    "3-4 May 2025", "3 and 4 June", "5 to 8 May 2026", "May 2, 3 officers", "2026/3-4/1",
    "sections 3 and 4", "Sept 3 to 4", "3-4/5/2025",
]  # fmt: skip


@pytest.mark.parametrize("said", CUT_SHORT)
def test_a_month_that_is_cut_short_is_stopped_at(said):
    assert left_in([("the letter", f"You were hurt {said}, he said.")], SEPTEMBER)
    assert left_in([("the letter", f"You were hurt {said}, he said.")], THIRD) == []


@pytest.mark.parametrize("said", ["Tues 14 April", "on Weds the 15th", "on Thurs. the 16th"])
def test_a_weekday_that_is_cut_short_is_read(said):
    known = Known(days=(date(2026, 4, 14), date(2026, 4, 15), date(2026, 4, 16)))

    assert left_in([("the letter", f"You were hurt {said}.")], known)


@pytest.mark.parametrize("known", [THIRD, FOURTH], ids=["the first", "the second"])
@pytest.mark.parametrize("said", ROWS)
def test_each_of_several_days_is_stopped_at(said, known):
    assert left_in([("the letter", f"You were hurt {said}, he said.")], known)


@pytest.mark.parametrize("known", [THIRD, FOURTH], ids=["the first", "the second"])
@pytest.mark.parametrize("said", OTHERS)
def test_days_of_another_month_or_year_are_not(said, known):
    assert left_in([("the letter", f"You were hurt {said}, he said.")], known) == []


@pytest.mark.parametrize("said", ROWS)
def test_each_of_several_days_is_hidden_without_the_record(said):
    done = anonymise(f"Dear reader\n\nYou were hurt {said}, he said.\n\nYours sincerely")

    hidden = bytearray(len(done.given))
    for each in done.spans:
        hidden[each.found.start : each.found.end] = b"\1" * (each.found.end - each.found.start)
    days = re.finditer(r"0?[34](?=\D)(?!/?5\b)|third|fourth", done.given)
    assert [match[0] for match in days if not hidden[match.start()]] == []


def test_whoever_reads_of_several_days_reads_them_all():
    left = left_in([("the letter", "You were hurt on 3-4 May 2026.")], THIRD)

    assert [each.words for each in left] == ["3-4 May 2026"]
