from datetime import date, timedelta

import pytest

from forthright.rules.recurrence import (
    LookedAt,
    Told,
    counted_once,
    repeat_rates,
    watch_recurrence,
    written_by,
)
from forthright.rules.rubric import Level
from tests.rules.examples import at

FULLY, PARTLY, NOT_MET, NA = (
    Level.FULLY, Level.PARTIALLY, Level.NOT_MET, Level.NOT_APPLICABLE,
)  # fmt: skip
TOLD_AT = at(date(2026, 10, 5))


def told(author="Asha", criterion="A7"):
    return Told(author=author, criterion=criterion, letter="first", told_at=TOLD_AT)


def rates_of(watches):
    return repeat_rates(watches, [True] * len(watches))


def letters(*levels, author="Asha", after=1):
    """Return letters written a day apart, the first so many days after the author was told."""
    return [
        LookedAt(
            author=author,
            letter=f"{author} {number}",
            written_at=TOLD_AT + timedelta(days=after + number),
            known_at=TOLD_AT + timedelta(days=after + number, hours=1),
            levels={"A7": level},
        )
        for number, level in enumerate(levels)
    ]


@pytest.mark.parametrize(
    ("looked_at", "seen", "again", "said"),
    [
        pytest.param(
            [], 0, 0, "None of the next 5 letters has been looked at yet.", id="none yet"
        ),
        pytest.param(
            letters(FULLY, FULLY, FULLY), 3, 0,
            "3 of the next 5 letters looked at: the fault has not come again.", id="three good",
        ),
        pytest.param(
            letters(FULLY, NOT_MET, FULLY, NOT_MET, FULLY), 5, 2,
            "5 of the next 5 letters looked at: the fault came again in 2.", id="again twice",
        ),
        pytest.param(
            letters(FULLY, FULLY, FULLY, FULLY, FULLY, NOT_MET), 5, 0,
            "5 of the next 5 letters looked at: the fault has not come again.", id="the sixth",
        ),
        pytest.param(
            letters(NA, NOT_MET), 1, 1,
            "1 of the next 5 letters looked at: the fault came again in 1.", id="does not apply",
        ),
        pytest.param(
            letters(PARTLY), 1, 1,
            "1 of the next 5 letters looked at: the fault came again in 1.", id="partly met",
        ),
        pytest.param(
            letters(NOT_MET, after=-3), 0, 0,
            "None of the next 5 letters has been looked at yet.", id="written before",
        ),
        pytest.param(
            letters(NOT_MET, author="Bela"), 0, 0,
            "None of the next 5 letters has been looked at yet.", id="of another author",
        ),
    ],
)  # fmt: skip
def test_what_became_of_feedback(looked_at, seen, again, said):
    [watch] = watch_recurrence([told()], looked_at, letters_watched=5)

    assert (len(watch.seen), len(watch.again), watch.words) == (seen, again, said)
    assert watch.is_complete == (seen == 5)


def test_a_letter_looked_at_twice_counts_once_and_fails_if_either_says_so():
    [good], [bad] = letters(FULLY), letters(NOT_MET)
    [watch] = watch_recurrence([told()], [good, bad], letters_watched=5)

    assert (watch.seen, watch.again) == (("Asha 0",), ("Asha 0",))


def test_the_rate_counts_whole_watches_and_says_how_many_are_open():
    authors = [f"author {number}" for number in range(12)]
    looked_at = [
        each
        for number, author in enumerate(authors)
        for each in letters(*[NOT_MET if number < 3 else FULLY] * (5 if number < 10 else 2),
                            author=author)
    ]  # fmt: skip
    watches = watch_recurrence([told(author) for author in authors], looked_at, letters_watched=5)
    [rate] = rates_of(watches)

    assert rate.words == (
        "came again after 30.0% (3 of 10 watches, of 10 authors, 95% interval by author 8.7% to "
        "65.8%); 2 watches are still open"
    )


def test_of_fewer_than_ten_only_the_counts_are_said():
    both = [told("Asha"), told("Ben")]
    looked_at = [
        each for author in ("Asha", "Ben") for each in letters(*[FULLY] * 5, author=author)
    ]
    [rate] = rates_of(watch_recurrence(both, looked_at, letters_watched=5))

    assert rate.words == "came again after 0 of 2 watches, of 2 authors (too few to say)"


def test_of_one_author_alone_nothing_is_said_of_what_came_of_it():
    [rate] = rates_of(watch_recurrence([told()], letters(*[FULLY] * 5), letters_watched=5))

    assert rate.rate_words == "not said: all that is complete is one author’s"
    assert rate.words == f"came again after: {rate.rate_words}"


def told_on(day, *, author="Asha", letter="first"):
    at_then = TOLD_AT + timedelta(days=day)
    return Told(author=author, criterion="A7", letter=letter, told_at=at_then)


@pytest.mark.parametrize(
    ("days", "counts"),
    [
        pytest.param([0, 0, 0], [True, False, False], id="of three letters on one day"),
        pytest.param([0, 2, 4], [True, False, False], id="again before its letters were all seen"),
        pytest.param([0, 5, 10], [True, True, True], id="each time after its letters were seen"),
        pytest.param([0, 3, 6], [True, False, True], id="the third shares none with the first"),
        pytest.param([6, 3, 0], [True, False, True], id="in any order"),
        pytest.param([8, 12], [True, False], id="again while the first still waits"),
    ],
)  # fmt: skip
def test_watches_of_one_author_that_share_letters_count_once(days, counts):
    looked_at = letters(*[FULLY] * 11)
    found = watch_recurrence([told_on(day) for day in days], looked_at, letters_watched=5)

    assert counted_once(found) == counts


def test_watches_of_two_authors_never_share_and_those_told_again_stand_beside_the_rate():
    people = [f"author {number}" for number in range(10)]
    looked_at = [each for author in people for each in letters(*[NOT_MET] * 5, author=author)]
    said = [told_on(day, author=author) for author in people for day in (0, 0, 2)]

    [rate] = rates_of(watch_recurrence(said, looked_at, letters_watched=5))

    assert (rate.repeated.counts.n, rate.repeated.groups, rate.told_again) == (10, 10, 20)
    assert rate.words.endswith("20 watches share letters with one that is counted")


def test_ten_watches_of_two_authors_are_too_few_for_a_share():
    looked_at = [each for author in "AB" for each in letters(*[NOT_MET] * 25, author=author)]
    said = [told_on(day, author=author) for author in "AB" for day in range(0, 25, 5)]

    [rate] = rates_of(watch_recurrence(said, looked_at, letters_watched=5))

    assert rate.words == "came again after 10 of 10 watches, of 2 authors (too few to say)"


def known_on(day, *, written=1, letter="late", level=NOT_MET, after=None):
    """Return a look at a letter that its author was told of so many days after the first fault."""
    return LookedAt(
        author="Asha", letter=letter, written_at=TOLD_AT + timedelta(days=written),
        known_at=TOLD_AT + timedelta(days=day), levels={"A7": level}, after=after or {},
    )  # fmt: skip


@pytest.mark.parametrize(
    "later",
    [
        pytest.param(known_on(9), id="of a letter that was written before the others"),
        pytest.param(known_on(9, letter="Asha 2", written=8), id="of one of its letters again"),
    ],
)
def test_what_is_found_later_changes_nothing_of_a_complete_watch(later):
    before = watch_recurrence([told()], letters(*[FULLY] * 5), letters_watched=5)
    after = watch_recurrence([told()], [later, *letters(*[FULLY] * 5)], letters_watched=5)

    assert before == after
    assert before[0].complete_at == TOLD_AT + timedelta(days=5, hours=1)


def test_what_is_found_before_it_is_complete_counts():
    looked_at = [known_on(2), *letters(*[FULLY] * 5)]
    [watch] = watch_recurrence([told()], looked_at, letters_watched=5)

    assert watch.again == ("late",)
    assert watch.seen == ("Asha 0", "late", "Asha 1", "Asha 2", "Asha 3")


def test_a_fault_that_a_dispute_made_partly_met_stays_one():
    [watch] = watch_recurrence([told()], [known_on(1, after={"A7": PARTLY})], letters_watched=5)

    assert watch.again == ("late",)


@pytest.mark.parametrize("changed", [FULLY, NA])
def test_an_accepted_dispute_takes_a_fault_away_and_puts_no_other_letter_in_its_place(changed):
    disputed = known_on(1, after={"A7": changed})
    looked_at = [disputed, *letters(*[FULLY] * 4, NOT_MET)]
    [watch] = watch_recurrence([told()], looked_at, letters_watched=5)

    assert (len(watch.seen), "late" in watch.seen, watch.again) == (5, True, ())


def test_a_rate_counts_no_outcome_that_its_author_is_to_see_first():
    watches = watch_recurrence([told()], letters(*[NOT_MET] * 5), letters_watched=5)

    [rate] = repeat_rates(watches, [False])

    assert (rate.repeated.counts.n, rate.still_open, rate.for_author_first) == (0, 0, 1)
    assert "1 complete watch is for the author to see first" in rate.words


DAY, HOUR = timedelta(days=1), timedelta(hours=1)
MIDNIGHT = at(date(2026, 10, 5), 0)


@pytest.mark.parametrize(
    ("is_written_here", "drafted_at", "sent_at", "expected"),
    [
        pytest.param(True, None, None, TOLD_AT, id="written here"),
        pytest.param(False, None, None, TOLD_AT, id="nothing else is known"),
        pytest.param(False, None, TOLD_AT - DAY, TOLD_AT - DAY, id="put in after it was sent"),
        pytest.param(False, TOLD_AT - DAY, None, TOLD_AT - DAY, id="drafted before"),
        pytest.param(
            False, TOLD_AT - DAY, TOLD_AT - HOUR, TOLD_AT - DAY, id="drafted, then sent, before"
        ),
        pytest.param(False, TOLD_AT + DAY, TOLD_AT + DAY, TOLD_AT, id="sent after"),
        pytest.param(True, TOLD_AT - DAY, None, TOLD_AT, id="a draft changed here since"),
        pytest.param(True, None, TOLD_AT - DAY, TOLD_AT - DAY, id="sent before it was kept here"),
        pytest.param(True, None, MIDNIGHT, TOLD_AT, id="written here, sent some time that day"),
        pytest.param(False, None, MIDNIGHT, MIDNIGHT, id="put in, sent some time that day"),
    ],
)
def test_words_were_written_when_they_were_put_in_or_before(
    is_written_here, drafted_at, sent_at, expected
):
    assert written_by(
        TOLD_AT, is_written_here=is_written_here, drafted_at=drafted_at, sent_at=sent_at
    ) == expected  # fmt: skip
