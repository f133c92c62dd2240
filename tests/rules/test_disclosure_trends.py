import pytest

from forthright.rules.disclosure_compliance import Month
from forthright.rules.disclosure_trends import MEASURES, MonthCount, monthly_trend

IN_TIME = MEASURES[0]


def months(*counts, n=40):
    return [
        MonthCount(month=Month(2025 + place // 12, place % 12 + 1), count=count, n=n)
        for place, count in enumerate(counts)
    ]


def test_too_few_months_claim_nothing():
    trend = monthly_trend(IN_TIME, months(20, 21))

    assert trend.mean is None
    assert "no change over time is claimed" in trend.sentence


def test_a_month_with_fewer_than_ten_stands_in_the_table_and_is_not_drawn():
    few = MonthCount(month=Month(2026, 1), count=3, n=4)

    trend = monthly_trend(IN_TIME, [*months(*[20] * 12), few])

    assert trend.values[-1].value is None
    assert trend.values[-1].words == "3 of 4 (too few to say)"
    assert "1 month with duties of fewer than ten cases is in the table" in trend.sentence
    assert trend.made_of == "12 months, 480 duties"


def test_cases_with_several_defendants_are_drawn_from_ten_cases_on_with_their_interval():
    two = MonthCount(month=Month(2026, 1), count=5, n=10, shared=((5, 5), (0, 5)))
    twenty = MonthCount(month=Month(2026, 2), count=20, n=40, shared=((3, 3),) * 5 + ((0, 3),) * 5)

    values = monthly_trend(IN_TIME, [*months(*[20] * 12), two, twenty]).values

    assert values[-2].value is None
    assert values[-2].interval is None
    assert values[-2].words == "5 of 10 duties, of 2 cases (too few to say)"
    assert values[-1].value == 0.5
    assert values[-1].words.startswith("50.0% (20 of 40 duties, of 20 cases, 95% interval by case")
    # Wider than that of forty that are each of another case.
    assert values[-1].interval.low < values[0].interval.low


@pytest.mark.parametrize(
    ("counts", "says", "meaning"),
    [
        pytest.param([20, 22] * 6 + [39], "improved over 13 months", "IMPROVEMENT", id="better"),
        pytest.param([20, 22] * 6 + [2], "worsened over 13 months", "CONCERN", id="worse"),
        pytest.param([20, 22] * 6, "no change shown over 12 months", "", id="as ever"),
        pytest.param([20, 22] * 2 + [39], "no change shown over 5 months", "", id="on trial"),
    ],
)
def test_a_change_is_named_only_with_a_signal_under_firm_limits(counts, says, meaning):
    trend = monthly_trend(IN_TIME, months(*counts))

    assert says in trend.sentence
    assert trend.values[-1].meaning == meaning


def test_more_returned_is_worse():
    returned = next(each for each in MEASURES if each.figure == "returned_0")

    assert "worsened" in monthly_trend(returned, months(*[20, 22] * 6, 39)).sentence


def test_each_month_carries_its_number_and_its_interval():
    value = monthly_trend(IN_TIME, months(20, 22, 21)).values[0]

    assert (value.count, value.n) == (20, 40)
    assert value.words == "50.0% (20 of 40, 95% interval 35.2% to 64.8%)"
