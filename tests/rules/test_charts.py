import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forthright.rules.charts import (
    Assurance,
    LockTooEarly,
    Meaning,
    Point,
    SignalKind,
    chart,
    ends_of_one_side,
    ends_of_trend,
    limits_of,
    part_of_run,
    two_of_three,
)
from forthright.rules.figures import Better
from tests import shared_data
from tests.rules.examples import QUICK

# Numbers published with NHSRplotthedots (commit 050b07d7).
ONE_OUTLIER = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]
STEADY = [10, 11, 9, 10, 11, 9, 10, 11, 9, 10, 11, 9]
VECTORS = "data/inspection/xmr-golden-vectors.json"


def points(values, segment=""):
    return [Point(str(place), value, segment) for place, value in enumerate(values)]


def kinds(values, better=Better.UP, **options):
    drawn = chart(points(values), better=better, **options)
    return [point.signal and point.signal.kind for point in drawn.points]


@pytest.mark.parametrize(
    ("screen", "lower", "upper"), [(True, -0.7156, 4.6044), (False, -3.0626, 6.9515)]
)
def test_limits_with_and_without_screening(screen, lower, upper):
    limits = limits_of(ONE_OUTLIER, screen_outliers=screen)

    assert limits.mean == pytest.approx(1.9444, abs=5e-5)
    assert limits.lower == pytest.approx(lower, abs=5e-5)
    assert limits.upper == pytest.approx(upper, abs=5e-5)


@pytest.mark.parametrize(
    ("side", "ends"),
    [
        ([1, 1, 1, 1, 1, 1, 1, 1, -1], [0, 0, 0, 0, 0, 0, 1, 1, 0]),
        ([1, 1, 1, 1, 1, 1, -1], [0, 0, 0, 0, 0, 0, 0]),
    ],
)
def test_seven_on_one_side(side, ends):
    assert ends_of_one_side(side) == ends


@pytest.mark.parametrize(
    ("values", "ends"),
    [
        pytest.param([1, 2, 3, 4, 5, 6, 7], [0, 0, 0, 0, 0, 0, 1], id="rising"),
        pytest.param([1, 2, 3, 3, 4, 5, 6], [0, 0, 0, 0, 0, 0, 0], id="a tie breaks it"),
        pytest.param([7, 6, 5, 4, 3, 2, 1], [0, 0, 0, 0, 0, 0, -1], id="falling"),
        pytest.param([2, 1, 2, 3, 4, 5, 6, 7, 3], [0, 0, 0, 0, 0, 0, 0, 1, 0], id="in the middle"),
        pytest.param([1, 2, 3], [0, 0, 0], id="too few"),
    ],
)
def test_seven_in_a_row(values, ends):
    assert ends_of_trend(values) == ends


def test_all_seven_points_of_a_run_are_marked():
    assert part_of_run([0, 0, 0, 0, 0, 0, 1, 0]) == [1, 1, 1, 1, 1, 1, 1, 0]


@pytest.mark.parametrize(
    ("near", "side", "marks"),
    [
        ([0, 0, 1, 0, 1, 0, 0], [1] * 7, [0, 0, 1, 1, 1, 0, 0]),
        ([0, 0, 1, 1, 0, 0, 0], [1] * 7, [0, 1, 1, 1, 1, 0, 0]),
        ([0, 0, 1, 0, 1, 0, 0], [1, -1, 1, -1, 1, -1, 1], [0] * 7),
    ],
)
def test_two_of_three(near, side, marks):
    assert two_of_three(near, side) == marks


def test_the_shared_vectors_hold_too():
    path = shared_data.find(VECTORS)
    if path is None:
        pytest.skip("the shared vectors are not beside this copy; their numbers are tested above")
    shared = json.loads(path.read_text())

    assert [
        (round(ours.mean, 4), round(ours.lower, 4), round(ours.upper, 4))
        for row in shared["limits"]
        for ours in [limits_of(row["data"], screen_outliers=row["screen_outliers"])]
    ] == [
        (row["expect"]["mean"], row["expect"]["lpl"], row["expect"]["upl"])
        for row in shared["limits"]
    ]
    assert [ends_of_one_side(row["in"]) for row in shared["seven_one_side"]] == [
        row["out"] for row in shared["seven_one_side"]
    ]
    assert [ends_of_trend(row["in"]) for row in shared["seven_trend"]] == [
        row["out"] for row in shared["seven_trend"]
    ]
    assert [part_of_run(row["in"]) for row in shared["part_of_seven"]] == [
        row["out"] for row in shared["part_of_seven"]
    ]
    assert [
        two_of_three(row["close"], row["relative_to_mean"]) for row in shared["two_in_three"]
    ] == [row["out"] for row in shared["two_in_three"]]


def test_a_point_outside_the_limits_stands_out():
    assert kinds(ONE_OUTLIER)[4] is SignalKind.OUTSIDE


def test_outside_comes_before_trend_and_trend_before_one_side():
    rising = [*STEADY, 12, 13, 14, 15, 16, 17, 30]
    found = kinds(rising, fix_after=12)

    assert found[-1] is SignalKind.OUTSIDE
    assert (
        kinds([*STEADY, 9.1, 9.4, 9.7, 10, 10.3, 10.6, 10.9], fix_after=12)[-1] is SignalKind.TREND
    )
    assert (
        kinds([*STEADY, 10.1, 10.3] * 1 + [10.1, 10.2] * 3, fix_after=12)[-1] is SignalKind.ONE_SIDE
    )


def test_two_of_three_comes_before_one_side():
    limits = limits_of(STEADY)
    near = (limits.near_upper + limits.upper) / 2
    found = kinds([*STEADY, 10.1, 10.3, 10.1, 10.2, near, 10.1, near], fix_after=12)

    assert found[-3:] == [SignalKind.TWO_OF_THREE, SignalKind.ONE_SIDE, SignalKind.TWO_OF_THREE]


@pytest.mark.parametrize(
    ("better", "value", "meaning", "said"),
    [
        (Better.UP, 30, Meaning.IMPROVEMENT, "improved"),
        (Better.UP, -30, Meaning.CONCERN, "worsened"),
        (Better.DOWN, 30, Meaning.CONCERN, "worsened"),
        (Better.DOWN, -30, Meaning.IMPROVEMENT, "improved"),
        (Better.NEITHER, 30, Meaning.NEUTRAL, "higher"),
        (Better.NEITHER, -30, Meaning.NEUTRAL, "lower"),
    ],
)
def test_a_signal_means_what_the_measure_makes_of_its_direction(better, value, meaning, said):
    signal = chart(points([*STEADY, value]), better=better, fix_after=12).latest_signal

    assert (signal.meaning, signal.change) == (meaning, said)
    assert signal.words == ("above the upper limit" if value > 0 else "below the lower limit")


@pytest.mark.parametrize(("number", "is_trial"), [(11, True), (12, False), (13, False)])
def test_limits_are_on_trial_below_twelve_points(number, is_trial):
    drawn = chart(points([*STEADY[: number - 1], 40]), better=Better.UP)

    assert drawn.is_trial is is_trial
    assert drawn.latest_signal.change == ("no change shown" if is_trial else "improved")


def test_trial_limits_say_so():
    (segment,) = chart(points(STEADY[:5]), better=Better.UP).segments

    assert segment.words.startswith("Trial limits: 5 of the 12 points needed.")


def test_limits_may_not_be_fixed_on_fewer_than_twelve_points():
    with pytest.raises(LockTooEarly, match="12 are needed"):
        chart(points(STEADY), better=Better.UP, fix_after=11)


@pytest.mark.parametrize(
    ("better", "target", "assurance"),
    [
        (Better.UP, 99, Assurance.FAILS),
        (Better.UP, 10, Assurance.VARIES),
        (Better.UP, 1, Assurance.PASSES),
        (Better.DOWN, 99, Assurance.PASSES),
        (Better.DOWN, 1, Assurance.FAILS),
        (Better.NEITHER, 1, None),
        (Better.UP, None, None),
    ],
)
def test_assurance_against_a_target(better, target, assurance):
    assert chart(points(STEADY), better=better, target=target).assurance is assurance


@pytest.mark.parametrize("end", ["lower", "upper"])
def test_a_target_on_a_limit_may_be_met_or_missed(end):
    target = getattr(limits_of(STEADY), end)

    assert chart(points(STEADY), better=Better.UP, target=target).assurance is Assurance.VARIES


def test_a_chart_keeps_what_it_was_made_of():
    drawn = chart(points(STEADY), better=Better.DOWN, target=5)

    assert (drawn.better, drawn.target) == (Better.DOWN, 5)
    assert [(point.label, point.value) for point in drawn.points] == [
        (str(place), value) for place, value in enumerate(STEADY)
    ]


def test_outliers_are_screened_unless_told_otherwise():
    (screened,) = chart(points(ONE_OUTLIER), better=Better.UP).segments
    (plain,) = chart(points(ONE_OUTLIER), better=Better.UP, screen_outliers=False).segments

    assert screened.limits == limits_of(ONE_OUTLIER) == limits_of(ONE_OUTLIER, screen_outliers=True)
    assert plain.limits == limits_of(ONE_OUTLIER, screen_outliers=False) != screened.limits


def test_a_signal_says_on_which_side_of_the_average_it_is():
    low = chart(points([*STEADY, *[9.9, 9.7] * 4]), better=Better.UP, fix_after=12).latest_signal

    assert (low.kind, low.is_high) == (SignalKind.ONE_SIDE, False)


def test_a_new_version_starts_new_limits_and_no_rule_looks_across():
    low = points([10, 10.5] * 6, "version 1")
    high = points([20, 20.5] * 6, "version 2")
    drawn = chart(low + high, better=Better.UP)

    assert [segment.name for segment in drawn.segments] == ["version 1", "version 2"]
    assert [point.signal for point in drawn.points] == [None] * 24


def test_values_that_never_change_are_no_signal():
    assert kinds([0.1] * 20) == [None] * 20


def test_a_chart_of_nothing_is_empty():
    drawn = chart([], better=Better.UP, target=5)

    assert (drawn.points, drawn.latest_signal, drawn.assurance, drawn.is_trial) == (
        (),
        None,
        None,
        True,
    )


@QUICK
@given(st.lists(st.integers(0, 100), min_size=1, max_size=40))
def test_a_chart_upside_down_has_the_same_signals_with_the_opposite_meaning(values):
    upright = chart(points(values), better=Better.UP)
    turned = chart(points([-value for value in values]), better=Better.UP)
    opposite = {Meaning.IMPROVEMENT: Meaning.CONCERN, Meaning.CONCERN: Meaning.IMPROVEMENT}

    assert [
        each.signal and (each.signal.kind, opposite[each.signal.meaning]) for each in upright.points
    ] == [each.signal and (each.signal.kind, each.signal.meaning) for each in turned.points]
