from datetime import date

import pytest

from forthright.rules.applicability import (
    LetterRecord,
    applicabilities,
    lateness_before_it_goes,
    levels_offered,
    was_judged,
)
from forthright.rules.rubric import Level, published_rubric

RUBRIC = published_rubric()
FRIDAY, MONDAY = date(2026, 9, 25), date(2026, 9, 28)
LATE = LetterRecord(due_on=FRIDAY, sent_on=MONDAY)
IN_TIME = LetterRecord(due_on=FRIDAY, sent_on=FRIDAY)
NOT_SENT = LetterRecord(due_on=FRIDAY, sent_on=None)


@pytest.mark.parametrize(
    ("record", "code", "level", "has_note", "says"),
    [
        pytest.param(LATE, "A5", Level.NOT_APPLICABLE, False, "It was late, so this applies.",
                     id="a late letter owes an apology"),
        pytest.param(LATE, "A5", Level.NOT_APPLICABLE, True, "put it right on the letter’s page",
                     id="a note does not make a late letter timely"),
        pytest.param(LATE, "A5", Level.NOT_MET, False, "", id="late, and not said sorry"),
        pytest.param(IN_TIME, "A5", Level.FULLY, False, "It was in time, so this does not apply.",
                     id="nothing to be sorry for"),
        pytest.param(IN_TIME, "A5", Level.NOT_APPLICABLE, False, "", id="in time"),
        pytest.param(IN_TIME, "A5", None, False, "", id="not marked yet"),
        pytest.param(IN_TIME, "A10", Level.FULLY, False, "write in the note which",
                     id="a complaint that nobody names"),
        pytest.param(IN_TIME, "A10", Level.FULLY, True, "", id="a complaint named in the note"),
        pytest.param(IN_TIME, "A10", Level.NOT_APPLICABLE, False, "", id="no complaint"),
    ],
)  # fmt: skip
def test_a_mark_may_not_contradict_the_record(record, code, level, has_note, says):
    decided = applicabilities(RUBRIC.quality_criteria, record)[code]

    said = decided.contradiction(level, has_note=has_note)

    assert says in said if says else said == ""


@pytest.mark.parametrize(
    ("day", "applies", "says"),
    [
        (date(2026, 10, 7), False, "due Wednesday 7 October 2026, not sent yet. It is not late"),
        (date(2026, 10, 6), False, "It is not late, so this does not apply."),
        (date(2026, 10, 8), True, "It is late, so this applies."),
    ],
)
def test_a_letter_that_has_not_gone_is_late_once_its_day_has_passed(day, applies, says):
    found = lateness_before_it_goes(date(2026, 10, 7), day)

    assert (found.applies, says in found.because) == (applies, True)


def test_the_record_decides_only_what_it_knows():
    assert set(applicabilities(RUBRIC.quality_criteria, IN_TIME)) == {"A5", "A10"}
    assert set(applicabilities(RUBRIC.quality_criteria, NOT_SENT)) == {"A10"}


@pytest.mark.parametrize(
    ("record", "code", "number", "has_otherwise"),
    [
        pytest.param(LATE, "A5", 3, False, id="late"),
        pytest.param(IN_TIME, "A5", 1, True, id="in time"),
        pytest.param(NOT_SENT, "A5", 4, True, id="not known"),
        pytest.param(IN_TIME, "A10", 4, True, id="may be overruled"),
        pytest.param(IN_TIME, "A8", 4, True, id="for the marker to say"),
        pytest.param(IN_TIME, "A1", 3, False, id="always applies"),
    ],
)
def test_only_levels_the_record_allows_are_offered(record, code, number, has_otherwise):
    decided = applicabilities(RUBRIC.quality_criteria, record)

    offered = levels_offered(RUBRIC.criterion(code), decided.get(code))

    assert len(offered) == number
    assert (Level.NOT_APPLICABLE in offered) is has_otherwise


@pytest.mark.parametrize("record", [LATE, IN_TIME, NOT_SENT])
def test_what_leaves_one_level_alone_is_judged_by_nobody(record):
    decided = applicabilities(RUBRIC.quality_criteria, record)
    offered = {
        each.code: levels_offered(each, decided.get(each.code)) for each in RUBRIC.quality_criteria
    }

    forced = {code for code, levels in offered.items() if len(levels) == 1}

    assert forced == ({"A5"} if record is IN_TIME else set())
    for each in RUBRIC.quality_criteria:
        judged = [level for level in offered[each.code] if was_judged(each, [level, level])]
        assert bool(judged) == (each.code not in forced)
