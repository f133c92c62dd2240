"""A watch is of the letters that were written next, in whatever order markers tell of them."""

from datetime import timedelta
from itertools import permutations

import pytest

from forthright.rules.recurrence import LookedAt, Untold, watch_recurrence
from tests.rules.test_recurrence import FULLY, NA, NOT_MET, TOLD_AT, letters, told

HOUR = timedelta(hours=1)
WAITS = "It is not complete: it waits for feedback on letters that were written before the last."


def on(day, hours=0):
    return TOLD_AT + timedelta(days=day, hours=hours)


def marked(letter, *, written, told_on=None, level=NOT_MET, since=None):
    """Return a letter that was marked when it was written, and what is known once it is told."""
    until = None if told_on is None else on(told_on)
    waits = Untold(
        author="Asha", letter=letter, criteria=frozenset({"A7"}), written_at=on(written),
        since=since or on(written), until=until,
    )  # fmt: skip
    if until is None:
        return waits, []
    look = LookedAt(author="Asha", letter=letter, written_at=on(written), known_at=until,
                    levels={"A7": level})  # fmt: skip
    return waits, [look]


def watch_of(looked_at, *untold, number=5):
    [watch] = watch_recurrence([told()], looked_at, untold, letters_watched=number)
    return watch


@pytest.mark.parametrize("order", list(permutations((7, 8, 9))))
def test_in_whatever_order_markers_tell_the_outcome_is_of_the_letters_that_were_written_next(order):
    bad = [
        marked(f"bad {number}", written=number / 10, told_on=day)
        for number, day in enumerate(order, start=1)
    ]
    told_first = letters(*[FULLY] * 5)
    looked_at = [*told_first, *(look for _, looks in bad for look in looks)]

    watch = watch_of(looked_at, *(waits for waits, _ in bad))

    assert watch.seen == ("bad 1", "bad 2", "bad 3", "Asha 0", "Asha 1")
    assert watch.words == "5 of the next 5 letters looked at: the fault came again in 3."
    assert watch.complete_at == on(9)


@pytest.mark.parametrize(
    ("written", "is_complete"),
    [
        pytest.param(-1, True, id="written before its author was told of the fault"),
        pytest.param(0.5, False, id="written before all of them"),
        pytest.param(4.5, False, id="written before the last"),
        pytest.param(5, False, id="written at the moment of the last"),
        pytest.param(5.5, True, id="written after the last"),
    ],
)
def test_a_watch_waits_for_a_marked_letter_that_was_written_before_its_last(written, is_complete):
    waits, _ = marked("late", written=written, since=on(4))

    watch = watch_of(letters(*[FULLY] * 5), waits)

    assert (watch.is_complete, watch.complete_at is not None) == (is_complete, is_complete)
    said = "5 of the next 5 letters looked at: {}the fault has not come again."
    assert watch.words == said.format("") if is_complete else f"{said.format('so far ')} {WAITS}"


@pytest.mark.parametrize("level", [FULLY, NA, NOT_MET])
def test_while_a_watch_waits_its_words_are_the_same_whatever_that_marking_found(level):
    waits, looks = marked("late", written=1.5, told_on=9, level=level)
    told_of = letters(*[FULLY] * 5)

    before = watch_of(told_of, Untold(**{**fields(waits), "until": None}))
    after = watch_of([*told_of, *looks], waits)

    assert before.words.endswith(WAITS)
    assert before.seen == tuple(f"Asha {number}" for number in range(5))
    assert (after.is_complete, after.complete_at, after.waits_words) == (True, on(9), "")
    assert ("late" in after.seen, len(after.again)) == (level is not NA, int(level is NOT_MET))


def fields(waits):
    return {name: getattr(waits, name) for name in Untold.__dataclass_fields__}


def test_a_letter_that_a_check_found_good_is_waited_for_while_its_marking_is_not_told():
    waits, looks = marked("Asha 4", written=5, told_on=9)
    found = watch_of([*letters(*[FULLY] * 5), *looks], waits)

    assert (found.complete_at, found.again) == (on(9), ("Asha 4",))


def test_a_watch_waits_no_longer_for_a_marking_that_nobody_can_tell():
    waits, _ = marked("late", written=1.5, told_on=8)

    watch = watch_of(letters(*[FULLY] * 5), waits)

    assert watch.complete_at == on(8)
    assert "late" not in watch.seen


def test_a_letter_marked_after_a_watch_was_complete_changes_nothing_of_it():
    waits, looks = marked("late", written=1.5, told_on=9, since=on(6))

    watch = watch_of([*letters(*[FULLY] * 5), *looks], waits)

    assert watch.complete_at == on(5, hours=1)
    assert (watch.seen, watch.again) == (tuple(f"Asha {number}" for number in range(5)), ())


@pytest.mark.parametrize("number", range(4))
def test_before_there_are_as_many_letters_as_are_watched_nothing_is_said_of_waiting(number):
    waits, _ = marked("late", written=0.5)

    watch = watch_of(letters(*[FULLY] * number), waits)

    assert (watch.waits_words, watch.is_complete) == ("", False)


def test_of_a_letter_that_was_not_marked_by_the_criterion_or_is_of_another_nothing_waits():
    waits, _ = marked("late", written=0.5)
    others = [
        Untold(**{**fields(waits), **changed})
        for changed in ({"criteria": frozenset({"B1"})}, {"author": "Ben"}, {"letter": "first"})
    ]

    assert watch_of(letters(*[FULLY] * 5), *others).is_complete
