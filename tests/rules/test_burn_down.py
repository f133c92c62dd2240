"""A forecast says its interval, and says nothing where there is too little to go by."""

import pytest

from forthright.rules.burn_down import burn_down, students_t

FALLING = [-10, -12, -8, -11, -9, -10, -12, -8, -11, -9, -10, -10]
SWAYING = [-40, 30, -35, 28, -38, 25, -30, 20, -33, 26, -36, 29]


@pytest.mark.parametrize(
    ("degrees", "published"),
    [(10, 2.228), (11, 2.201), (15, 2.131), (25, 2.060), (60, 2.000)],
)
def test_the_multiplier_is_that_of_published_tables(degrees, published):
    assert students_t(degrees) == pytest.approx(published, abs=0.0006)


@pytest.mark.parametrize(("degrees", "published"), [(2, 4.303), (3, 3.182), (5, 2.571)])
def test_of_fewer_degrees_it_is_a_little_too_small(degrees, published):
    assert 0.96 < students_t(degrees) / published < 1


@pytest.mark.parametrize(
    ("stock", "changes"),
    [
        pytest.param(100, FALLING[:11], id="eleven weeks"),
        pytest.param(9, FALLING, id="fewer than ten in stock"),
        pytest.param(100, [], id="no week"),
    ],
)
def test_too_little_to_go_by_says_nothing(stock, changes):
    assert burn_down(stock, changes) is None


@pytest.mark.parametrize(
    ("stock", "changes", "weeks"),
    [
        # Drift -10 a week, spread 1.35: 100 lasts ten weeks, give or take two.
        pytest.param(100, FALLING, (9, 10, 12), id="falling steadily"),
        pytest.param(100, [-10] * 12, (10, 10, 10), id="falling by the same each week"),
        # It falls by 4.5 a week on average, and might as well rise.
        pytest.param(400, SWAYING, (12, 89, None), id="falling by chance"),
        pytest.param(100, [10] * 12, (None, None, None), id="rising"),
        pytest.param(100, [0] * 12, (None, None, None), id="standing still"),
    ],
)
def test_a_stock_is_cleared_after_so_many_weeks_or_never(stock, changes, weeks):
    found = burn_down(stock, changes)

    assert (found.fewest_weeks, found.likely_weeks, found.most_weeks) == weeks


def test_so_many_weeks_ahead_the_interval_is_that_of_a_random_walk_with_drift():
    found = burn_down(100, FALLING)

    ahead = found.ahead(4)

    # 2.201 times 1.348 times the root of 4(1 + 4/12).
    assert ahead.likely == pytest.approx(60)
    assert (ahead.low, ahead.high) == pytest.approx((53.15, 66.85), abs=0.01)


def test_no_stock_is_said_to_fall_below_nought():
    found = burn_down(20, FALLING)

    assert (found.ahead(8).low, found.ahead(8).likely) == (0, 0)


def test_the_further_ahead_the_wider_the_interval():
    found = burn_down(1000, FALLING)

    widths = [found.ahead(weeks).high - found.ahead(weeks).low for weeks in (1, 4, 12, 26)]

    assert widths == sorted(widths)
