from datetime import date, timedelta

import pytest

from forthright.rules.recurrence import LookedAt, Told, repeat_rates, watch_recurrence
from forthright.rules.rubric import Level
from tests.rules.examples import at

FULLY, PARTLY, NOT_MET, NA = (
    Level.FULLY, Level.PARTIALLY, Level.NOT_MET, Level.NOT_APPLICABLE,
)  # fmt: skip
TOLD_AT = at(date(2026, 10, 5))


def told(author="Asha", criterion="A7"):
    return Told(author=author, criterion=criterion, letter="first", told_at=TOLD_AT)


def letters(*levels, author="Asha", after=1):
    """Return letters written a day apart, the first so many days after the author was told."""
    return [
        LookedAt(
            author=author,
            letter=f"{author} {number}",
            written_at=TOLD_AT + timedelta(days=after + number),
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
            letters(PARTLY), 1, 0,
            "1 of the next 5 letters looked at: the fault has not come again.", id="partly met",
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
    [rate] = repeat_rates(watches)

    assert rate.words == (
        "came again after 30.0% (3 of 10, 95% interval 10.8% to 60.3%); 2 watches are still open"
    )


def test_of_fewer_than_ten_only_the_counts_are_said():
    [rate] = repeat_rates(watch_recurrence([told()], letters(*[FULLY] * 5), letters_watched=5))

    assert rate.words == "came again after 0 of 1 (too few to say)"
