"""The panel's marks less the manager's, with their sign; an interval only of enough letters."""

from dataclasses import replace
from statistics import fmean, stdev

import pytest
from scipy.stats import t

from forthright.rules.panel_against import BothMarks, panel_against, signed
from forthright.rules.rubric import Criterion, Level

B1 = Criterion(code="B1", title="Reasons", levels={})
F, P, N, NA = Level.FULLY, Level.PARTIALLY, Level.NOT_MET, Level.NOT_APPLICABLE


def both(number, manager, *members):
    return BothMarks(
        review=number, manager={"B1": manager}, members=[{"B1": each} for each in members]
    )


@pytest.mark.parametrize(
    ("manager", "members", "difference"),
    [
        (F, (F, F), 0),
        (F, (N, P), -1.5),
        (N, (F,), 2),
        (P, (F, NA), 1),
        # One who stands alone moves nothing.
        (F, (F, F, N), 0),
        (P, (N, N, F), -1),
        (NA, (F, F), None),
        (F, (NA, NA), None),
        (F, (), None),
    ],
)
def test_a_letters_difference_has_its_sign(manager, members, difference):
    assert both(1, manager, *members).difference("B1") == difference


def test_what_somebody_did_not_answer_says_nothing():
    letter = BothMarks(review=1, manager={"B1": F}, members=[{}, {"B1": P}])

    assert letter.difference("B1") == -1
    assert letter.difference("B2") is None


def test_letters_stand_where_the_panel_was_stricter_alike_or_milder():
    [line] = panel_against([both(1, F, P), both(2, F, F), both(3, N, P), both(4, NA, P)], [B1])

    assert (line.stricter, line.alike, line.milder) == ((1,), (2,), (3,))
    assert line.reviews == (1, 2, 3)
    assert line.mean_words == "too few to say"
    assert line.words == "stricter on 1, alike on 1, milder on 1 of 3 letters"
    assert line.full_words == f"of letters by lot {line.words}; mean too few to say"


def test_letters_that_were_chosen_are_counted_apart_and_move_no_mean():
    by_lot = [both(n, F, P) for n in range(10)]
    chosen = [replace(both(n, N, F), is_by_lot=False) for n in (20, 21)]

    [line] = panel_against([*by_lot, *chosen], [B1])

    assert (line.n, line.mean, line.chosen.milder) == (10, -1, (20, 21))
    assert line.all_reviews == (*range(10), 20, 21)
    assert line.full_words.endswith(
        "of letters chosen stricter on 0, alike on 0, milder on 2 of 2 letters"
    )


def test_of_ten_letters_the_mean_has_students_interval():
    given = [both(n, F, *members) for n, members in enumerate([(F, P), (P, P)] * 5)]

    [line] = panel_against(given, [B1])

    differences = [-0.5, -1.0] * 5
    reach = t.ppf(0.975, 9) * stdev(differences) / 10**0.5
    assert line.mean == pytest.approx(fmean(differences))
    assert (line.low, line.high) == pytest.approx((line.mean - reach, line.mean + reach), abs=0.002)
    assert line.mean_words.startswith("−0.75 (−0.9")


def test_of_nine_letters_there_is_no_mean():
    [line] = panel_against([both(n, F, (F, P)[n % 2]) for n in range(9)], [B1])

    assert (line.n, line.mean, line.low, line.high) == (9, None, None, None)


def test_letters_that_all_differ_alike_claim_no_certainty():
    [line] = panel_against([both(n, F, P) for n in range(12)], [B1])

    assert (line.mean, line.low) == (-1, None)
    assert line.mean_words == "−1.00 (no interval: the same on every letter)"


def test_an_interval_does_not_reach_beyond_the_levels_there_are():
    given = [both(n, F, N) for n in range(9)] + [both(9, F, P)]

    [line] = panel_against(given, [B1])

    assert line.low == -2
    assert line.mean == pytest.approx(-1.9)


@pytest.mark.parametrize(("value", "words"), [(0.25, "+0.25"), (-0.4, "−0.40"), (-0.001, "0.00")])
def test_a_number_is_written_with_its_sign(value, words):
    assert signed(value) == words
