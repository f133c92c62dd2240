"""How often a fault comes again is told beside how often it would by chance alone."""

from datetime import UTC, datetime
from random import Random

import pytest

from forthright.rules.clustered import Clustered
from forthright.rules.recurrence import LookedAt, by_author
from forthright.rules.recurrence_by_chance import (
    FEWER,
    MORE,
    NOT_SHOWN,
    ByChance,
    expected_again,
    failing_letters,
    share_failing,
)
from forthright.rules.rubric import Level

FULLY, PARTLY, NOT_MET = Level.FULLY, Level.PARTIALLY, Level.NOT_MET
NOT_APPLICABLE = Level.NOT_APPLICABLE
AT = datetime(2026, 9, 1, tzinfo=UTC)


def beside(again, watches, failed, letters, *, k=5, authors=20):
    """Return so many watches again, and so many letters failed, both spread over authors."""
    return ByChance(
        came_again=by_author((f"author {each % authors}", each < again) for each in range(watches)),
        failing=Clustered.of(
            ((f"author {each % authors}", each < failed) for each in range(letters)),
            group="author", things="letters",
        ),
        watched=(k,) * watches,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("rate", "watched", "expected"),
    [
        pytest.param(0.0, (5, 5), 0, id="what never fails never comes again"),
        pytest.param(1.0, (5, 5), 2, id="what always fails always does"),
        pytest.param(0.5, (1,), 0.5, id="one letter fails as any does"),
        pytest.param(0.5, (1, 2, 3), 0.5 + 0.75 + 0.875, id="each watch by its own letters"),
        # 1 - (63 / 89)^5 of each
        pytest.param(26 / 89, (5,) * 22, 18.0900, id="the demonstration: 18.1 of 22"),
        pytest.param(0.3, (), 0, id="no watch"),
    ],
)
def test_the_number_expected_by_chance(rate, watched, expected):
    assert expected_again(rate, watched) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        pytest.param(beside(16, 22, 26, 89), NOT_SHOWN, id="16 of 22 where 18.1 are expected"),
        pytest.param(beside(14, 22, 26, 89), NOT_SHOWN, id="fewer, and the intervals meet"),
        pytest.param(beside(2, 22, 26, 89), FEWER, id="far fewer"),
        pytest.param(beside(16, 40, 40, 400), NOT_SHOWN, id="as many as expected"),
        pytest.param(beside(36, 40, 40, 400), MORE, id="far more"),
        pytest.param(beside(0, 20, 0, 80), NOT_SHOWN, id="none, of what never fails"),
        pytest.param(beside(20, 20, 80, 80), NOT_SHOWN, id="all, of what always fails"),
        # The interval of what came again leaves out 41%, and not what few letters leave open.
        pytest.param(beside(4, 40, 2, 20), NOT_SHOWN, id="what is expected is not known well"),
        pytest.param(beside(4, 40, 200, 2000), FEWER, id="the same, known well"),
    ],
)
def test_fewer_or_more_is_said_only_where_the_intervals_lie_apart(found, verdict):
    assert found.verdict == verdict


def test_it_is_said_with_its_number_its_share_and_its_interval():
    found = beside(16, 22, 26, 89)

    assert found.expected_words == (
        "82.2% (18.1 of 22 watches, 95% interval 67.8% to 92.3%); no difference from chance shown"
    )


@pytest.mark.parametrize(
    ("watch_authors", "letter_authors", "is_enough"),
    [(10, 10, True), (9, 20, False), (20, 9, False)],
)
def test_below_ten_authors_of_either_nothing_is_said_of_chance(
    watch_authors, letter_authors, is_enough
):
    watches = beside(5, 40, 10, 40, authors=watch_authors)
    letters = beside(5, 40, 10, 40, authors=letter_authors)

    both = ByChance(came_again=watches.came_again, failing=letters.failing, watched=(5,) * 40)

    assert both.is_enough is is_enough


def look(letter, level, *, author="Asha", after=None, criterion="A7"):
    return LookedAt(
        author=author, letter=letter, written_at=AT, known_at=AT, levels={criterion: level},
        after={} if after is None else {criterion: after},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("looks", "failed", "number"),
    [
        pytest.param([look("1", FULLY), look("2", NOT_MET)], 1, 2, id="as it is"),
        pytest.param([look("1", PARTLY)], 1, 1, id="partly met is a fault"),
        pytest.param([look("1", NOT_APPLICABLE)], 0, 0, id="to which it does not apply"),
        pytest.param([look("1", NOT_MET, after=FULLY)], 0, 1, id="a dispute was accepted"),
        pytest.param([look("1", FULLY), look("1", NOT_MET)], 1, 1, id="twice, and failed once"),
        pytest.param([look("1", NOT_MET), look("1", FULLY)], 1, 1, id="in either order"),
        pytest.param([look("1", NOT_MET, criterion="B1")], 0, 0, id="of another criterion"),
        pytest.param([look("1", FULLY), look("2", NOT_MET, author="Ben")], 1, 2, id="all authors"),
    ],
)
def test_the_letters_that_fail_are_counted_as_in_a_watch(looks, failed, number):
    share = share_failing(failing_letters(looks, {"A7"})["A7"])

    assert (share.counts.met, share.counts.n) == (failed, number)


@pytest.mark.parametrize(
    ("authors", "spread", "at_most"),
    [
        pytest.param(15, 0.0, 0.01, id="authors alike"),
        pytest.param(40, 0.45, 0.03, id="authors as unlike as can be, told as often as they fail"),
    ],
)
def test_where_telling_changes_nothing_fewer_or_more_is_hardly_ever_said(authors, spread, at_most):
    by_lot = Random(7)
    said = []
    for _ in range(300):
        fails = [0.5 + by_lot.uniform(-spread, spread) for _ in range(authors)]
        watched = by_lot.choices(range(authors), weights=fails, k=3 * authors)
        watches = [
            (f"author {each}", any(by_lot.random() < fails[each] for _ in range(5)))
            for each in watched
        ]
        letters = {
            (f"author {each}", str(number)): by_lot.random() < fails[each]
            for each in range(authors)
            for number in range(10)
        }
        found = ByChance(
            came_again=by_author(watches), failing=share_failing(letters),
            watched=(5,) * len(watches),
        )  # fmt: skip
        said.append(found.verdict)

    assert said.count(FEWER) + said.count(MORE) <= at_most * 300
