"""A new version of a schedule shows what was added, withdrawn, changed and renumbered."""

import pytest
from hypothesis import given as for_all
from hypothesis import strategies

from forthright.rules.schedules.comparing import (
    compare_schedules,
    without_copies,
    written_alike,
)
from forthright.rules.schedules.schedule import Form, Place, Schedule, ScheduleItem

HERE = Place(file="example")
LOG = "Incident log of the neighbour’s call and what officers did"
REPORT = "Crime report with the first account and lines of enquiry"
CUSTODY = "Custody record: rights, risk assessment, visit by the nurse"
VIEWED = "Stills from the shop camera showing the till and the queue"


def schedule(*rows, form=Form.MG6C, **fields):
    items = tuple(
        ScheduleItem(place=HERE, number=number, numbered=str(number), description=words, **fields)
        for number, words in rows
    )
    return Schedule(form=form, place=HERE, items=items)


def told(before, after):
    [change] = compare_schedules([before], [after])
    return {
        "added": [item.number for item in change.added],
        "withdrawn": [item.number for item in change.withdrawn],
        "changed": [(pair.after.number, pair.changed) for pair in change.changed],
        "renumbered": [(pair.before.number, pair.after.number) for pair in change.renumbered],
        "reused": list(change.reused),
        "goes_on": change.goes_on,
    }


SAME = {"added": [], "withdrawn": [], "changed": [], "renumbered": [], "reused": [],
        "goes_on": False}  # fmt: skip
FIRST = schedule((1, LOG), (2, REPORT), (3, CUSTODY))


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        pytest.param(FIRST, {}, id="nothing"),
        pytest.param(schedule((1, LOG), (2, REPORT), (3, CUSTODY), (4, VIEWED)), {"added": [4]},
                     id="added"),
        pytest.param(schedule((1, LOG), (3, CUSTODY)), {"withdrawn": [2]}, id="withdrawn"),
        pytest.param(schedule((1, LOG), (2, f"{REPORT}, and the supervisor’s review"),
                              (3, CUSTODY)), {"changed": [(2, ("description",))]}, id="changed"),
        pytest.param(schedule((1, LOG), (2, CUSTODY), (3, REPORT)),
                     {"renumbered": [(3, 2), (2, 3)], "reused": [2, 3]}, id="renumbered"),
        pytest.param(schedule((1, VIEWED), (2, LOG), (3, REPORT), (4, CUSTODY)),
                     {"added": [1], "renumbered": [(1, 2), (2, 3), (3, 4)], "reused": [1, 2, 3]},
                     id="one before all"),
        pytest.param(schedule((1, LOG), (2, VIEWED), (3, CUSTODY)),
                     {"added": [2], "withdrawn": [2], "reused": [2]}, id="a number used again"),
        pytest.param(schedule((4, VIEWED)), {"added": [4], "goes_on": True}, id="it goes on"),
        pytest.param(schedule((1, LOG), (2, REPORT), (3, f"{CUSTODY} at six"), (4, VIEWED)),
                     {"added": [4], "changed": [(3, ("description",))]}, id="two at once"),
    ],
)  # fmt: skip
def test_what_changed(after, expected):
    assert told(FIRST, after) == {**SAME, **expected}


def test_a_change_of_place_is_a_change():
    [change] = compare_schedules(
        [schedule((1, LOG), location="STORM")], [schedule((1, LOG), location="Niche")]
    )

    assert change.changed[0].changed == ("location",)


def test_items_in_the_same_words_keep_their_own_numbers():
    twice = schedule((1, LOG), (2, LOG))

    assert told(twice, twice) == SAME


def test_forms_are_compared_apart():
    secret = schedule((1, VIEWED), form=Form.MG6D)

    changes = compare_schedules([FIRST], [FIRST, secret])

    assert [(x.form, len(x.added)) for x in changes] == [(Form.MG6C, 0), (Form.MG6D, 1)]


NEXT = schedule((4, VIEWED), (5, "Diary of Mr Hall for May, noting who hired the van"))


@pytest.mark.parametrize(
    ("after", "answered", "withdrawn"),
    [
        pytest.param(schedule((4, f"{VIEWED}, camera 2"), (5, NEXT.items[1].description)), [NEXT],
                     [], id="a mended continuation"),
        pytest.param(schedule((4, VIEWED)), [NEXT], [5], id="a shorter continuation"),
        pytest.param(schedule((1, LOG), (2, REPORT)), [FIRST], [3], id="a shorter first one"),
        pytest.param(schedule((6, "Hire of a van")), [], [], id="a second continuation"),
        pytest.param(schedule((1, LOG), (2, REPORT), (3, CUSTODY), (4, VIEWED)), [FIRST, NEXT],
                     [5], id="both in one"),
    ],
)  # fmt: skip
def test_a_version_answers_only_the_schedules_whose_numbers_it_gives_again(
    after, answered, withdrawn
):
    [change] = compare_schedules([FIRST, NEXT], [after])

    assert list(change.answered) == answered
    assert [item.number for item in change.withdrawn] == withdrawn


def test_a_first_schedule_that_comes_after_its_continuation_takes_nothing_away():
    assert told(NEXT, FIRST) == {**SAME, "added": [1, 2, 3], "goes_on": True}


def test_the_same_schedule_in_two_files_is_one_and_two_that_differ_both_stand():
    shorter = schedule((1, LOG), (2, REPORT))

    assert without_copies([FIRST, FIRST]) == [FIRST]
    assert without_copies([shorter, FIRST]) == [FIRST]
    assert without_copies([FIRST, shorter]) == [FIRST, shorter]


ROWS = strategies.dictionaries(
    strategies.integers(1, 30), strategies.sampled_from([LOG, REPORT, CUSTODY, VIEWED]), max_size=8
)


@for_all(before=ROWS, after=ROWS)
def test_every_item_is_accounted_for_once(before, after):
    [change] = compare_schedules([schedule(*before.items())], [schedule(*after.items())])
    if change.goes_on:
        return

    matched = len(after) - len(change.added)

    assert matched == len(before) - len(change.withdrawn)


@pytest.mark.parametrize(
    ("before", "after", "is_alike"),
    [
        ("Mr Hall’s account", "Mr Hall's account", True),
        ("“A” – note", '"A" - note', True),
        ("A note.", "a  NOTE", True),
        ("A note", "A note (2 pages)", False),
        ("A note of 1 June", "A note of 2 June", False),
    ],
)
def test_how_a_mark_is_drawn_is_no_other_wording(before, after, is_alike):
    assert written_alike(before, after) is is_alike
