from datetime import date, timedelta

import pytest

from forthright.rules.disclosure_compliance import (
    Month,
    NotAMonth,
    comply,
    counts_by_level,
    read_month,
)
from forthright.rules.disclosure_judged import DutyFacts
from forthright.rules.disclosure_returns import ReturnFacts
from forthright.rules.rubric import Level

OCTOBER = Month(2026, 10)
DUE = date(2026, 10, 21)
F, P, N, NA = Level.FULLY, Level.PARTIALLY, Level.NOT_MET, Level.NOT_APPLICABLE


def a_duty(key=1, **said):
    facts = {"served_on": DUE, "items_total": 4, "items_endorsed": 4, "court_told_on": DUE}
    return DutyFacts(key=key, due_on=DUE, **(facts | {"case": key} | said))


@pytest.mark.parametrize(
    ("duty", "marks", "failing"),
    [
        pytest.param(a_duty(), (F, F, NA, F), "", id="as it should be"),
        pytest.param(a_duty(served_on=None, court_told_on=None), (N, N, NA, NA),
                     "No initial disclosure", id="never served"),
        pytest.param(a_duty(served_on=None, court_told_on=None, ended_on=DUE), (NA, NA, NA, NA),
                     "", id="the case ended on its day"),
        pytest.param(a_duty(served_on=None, court_told_on=None, ended_on=date(2026, 10, 22)),
                     (N, N, NA, NA), "No initial disclosure", id="the case ended after its day"),
        pytest.param(a_duty(served_on=date(2026, 10, 24), court_told_on=date(2026, 10, 24)),
                     (F, N, NA, F), "3 days late", id="good and late"),
        pytest.param(a_duty(items_endorsed=3), (P, F, NA, F), "1 item not endorsed",
                     id="in time and not endorsed"),
        pytest.param(a_duty(sensitive_total=2, sensitive_settled=2), (F, F, F, F), "",
                     id="sensitive and decided"),
        pytest.param(a_duty(sensitive_total=2, sensitive_settled=1), (F, F, P, F),
                     "Sensitive material not decided on", id="sensitive, one open"),
        pytest.param(a_duty(court_told_on=date(2026, 10, 22)), (F, F, NA, P),
                     "Court not told the same day", id="told a day later"),
        pytest.param(a_duty(court_told_on=None), (F, F, NA, N), "Court not told the same day",
                     id="never told"),
    ],
)  # fmt: skip
def test_quality_and_timeliness_are_marked_apart(duty, marks, failing):
    marked = comply(OCTOBER, [duty]).duties[0]

    assert marked.marks == marks
    assert marked.failing == failing


def test_each_figure_has_its_number_interval_population_and_rules():
    duties = [a_duty(key) for key in range(1, 16)]
    duties += [a_duty(16, served_on=None), a_duty(17, served_on=date(2026, 10, 30))]

    figures = {each.key: each for each in comply(OCTOBER, duties).figures}

    share = figures["q2"]
    assert (share.count, share.n, share.records) == (15, 17, tuple(range(1, 16)))
    assert share.words == "88.2% (15 of 17, 95% interval 65.7% to 96.7%)"
    assert share.population == "duties whose initial disclosure was due in October 2026"
    assert share.rules == "disclosure-compliance 2026.8"
    assert figures["days"].words == (
        "on the day (of 17, of which 1 not served and counted as the latest; "
        "95% interval on the day to on the day)"
    )


def test_a_record_sheet_counts_that_shows_the_schedules_and_every_decision():
    duties = [a_duty(1, has_receipt=True), a_duty(2), a_duty(3, has_receipt=True, items_endorsed=3)]

    figures = {each.key: each for each in comply(OCTOBER, duties).figures}

    assert figures["sheet"].records == (1,)
    assert figures["sheet"].counted_from == (1, 2, 3)


def test_few_are_counted_and_not_made_into_a_rate():
    figures = {each.key: each for each in comply(OCTOBER, [a_duty()]).figures}

    assert figures["q1"].words == "1 of 1 (too few to say)"
    assert figures["q1"].rate is None
    assert figures["q3"].words == "none to count"


def test_returns_are_counted_for_each_unit_of_the_police():
    deliveries = [ReturnFacts(1, 1, "North", True, 6), ReturnFacts(2, 2, "North", True, 9),
                  ReturnFacts(3, 3, "North", False), ReturnFacts(4, 4, "South", False)]  # fmt: skip

    said = {each.label: each.words for each in comply(OCTOBER, [], deliveries).figures}

    assert said["Returned to the police"] == "2 of 4 (too few to say)"
    assert said["Returned to the police: North"] == "2 of 3 (too few to say)"
    assert (
        said["Days until it was mended, the median: North"] == "7.5 (of 2; too few for an interval)"
    )
    assert said["Days until it was mended, the median: South"] == "none to count"


def test_the_share_of_a_unit_says_that_it_is_of_that_unit():
    deliveries = [ReturnFacts(1, 1, "North", True), ReturnFacts(2, 2, "South", False)]

    of = {each.label: each.population for each in comply(OCTOBER, [], deliveries).figures}

    without = "without returns that were taken back as a mistake"
    assert of["Returned to the police"] == (
        f"deliveries of schedules decided on in October 2026, {without}"
    )
    north = f"deliveries of schedules of North decided on in October 2026, {without}"
    assert of["Returned to the police: North"] == north
    assert of["Days until it was mended, the median: North"] == (
        f"{north}, returned; a new version counts from when the police handed it in, or the unit "
        "had it checked that brought it in"
    )


def test_what_was_never_mended_does_not_make_a_unit_look_quick():
    mended = [ReturnFacts(key, key, "North", True, 1) for key in range(12)]
    never = [ReturnFacts(key, key, "North", True) for key in range(12, 42)]

    def said(deliveries):
        figures = {each.label: each for each in comply(OCTOBER, [], deliveries).figures}
        return figures["Days until it was mended, the median: North"]

    assert said(mended + never).words == (
        "not mended (of 42, of which 30 not mended and counted as the latest; "
        "95% interval not mended to not mended)"
    )
    assert said(mended + never[:3]).words == (
        "1 (of 15, of which 3 not mended and counted as the latest; 95% interval 1 to 1)"
    )
    assert said(mended + never).records == tuple(range(42))


def test_what_was_never_served_is_later_than_all_that_was():
    early = [a_duty(key, served_on=date(2026, 10, 1)) for key in range(5)]
    never = [a_duty(key, served_on=None, court_told_on=None) for key in range(5, 12)]
    spared = a_duty(12, served_on=None, court_told_on=None, ended_on=DUE)

    found = comply(OCTOBER, [*early, *never, spared]).figures

    days = next(each for each in found if each.key == "days")
    assert days.words.startswith(
        "not served (of 12, of which 7 not served and counted as the latest; 95% interval"
    )
    assert days.records == tuple(range(12))
    assert days.population == "duties due in October 2026, where it applies"


def test_no_unit_has_a_share_where_nobody_recorded_whose_the_others_were():
    deliveries = [*(ReturnFacts(key, key, "North", True, 6) for key in range(12)),
                  *(ReturnFacts(key, key, "", False) for key in range(12, 40))]  # fmt: skip

    said = {each.label: each for each in comply(OCTOBER, [], deliveries).figures}

    assert said["Returned to the police"].rate == 0.3
    assert said["Returned to the police: North"].rate is None
    assert said["Returned to the police: North"].words == (
        "12 of 12 (no share: the unit of 28 is not known)"
    )
    assert said["Returned to the police: North"].records == tuple(range(12))
    assert said["Returned to the police: unit not known"].words == (
        "0 of 28 (no share: the unit of 28 is not known)"
    )
    assert (
        said["Days until it was mended, the median: North"].words
        == "6 (of 12; 95% interval 6 to 6)"
    )


def test_the_worst_comes_first():
    duties = [a_duty(1), a_duty(2, served_on=date(2026, 10, 30)), a_duty(3, served_on=None),
              a_duty(4, items_endorsed=1),
              a_duty(5, served_on=None, court_told_on=None, ended_on=DUE)]  # fmt: skip

    found = comply(OCTOBER, duties)
    assert [each.facts.key for each in found.duties] == [3, 4, 2, 1, 5]
    failing = tuple(each for each in found.duties if each.failing)
    assert [found.worst(number) for number in range(7)] == [failing[:number] for number in range(7)]


def test_of_those_never_given_the_one_that_was_due_first_comes_first():
    never = {"served_on": None, "court_told_on": None, "items_endorsed": 0, "items_total": 1}
    duties = [a_duty(number, **never)._replace(due_on=date(2026, 10, 31)) for number in range(26)]
    first = a_duty(99, **never)._replace(due_on=date(2026, 10, 1))
    fuller = a_duty(98, **never | {"items_total": 9})._replace(due_on=date(2026, 10, 31))

    worst = comply(OCTOBER, [*duties, fuller, first]).worst(25)

    assert [each.facts.key for each in worst] == [99, 98, *range(23)]


def test_a_case_that_ended_in_time_is_in_no_share():
    duties = [a_duty(1), a_duty(2, served_on=None, court_told_on=None, ended_on=DUE)]

    figures = {each.key: each for each in comply(OCTOBER, duties).figures}

    for key in ("q1", "q2", "q4", "nil"):
        assert figures[key].n == 1
    assert figures["q2"].population.endswith("due in October 2026, where it applies")


def test_every_mark_of_every_question_is_counted():
    rows = counts_by_level(comply(OCTOBER, [a_duty(1), a_duty(2, served_on=None)]))

    assert [sum(counts.values()) for _, counts in rows] == [2, 2, 2, 2]


@pytest.mark.parametrize("text", ["2026-13", "October", "", "0000-01", "2026-1", "9999-12"])
def test_what_is_no_month_is_refused(text):
    with pytest.raises(NotAMonth):
        read_month(text)


def test_a_month_knows_its_days():
    assert read_month("2028-02").last == date(2028, 2, 29)
    assert (OCTOBER.first, OCTOBER.last) == (date(2026, 10, 1), date(2026, 10, 31))


WHOLE = {"items_total": 5, "items_endorsed": 5, "sensitive_total": 2, "sensitive_settled": 2}


def served_so(key, days=0, told=0, **more):
    """Return a duty that was served some days after its day, and the court told days after that."""
    due = date(2026, 10, 20)
    on = due + timedelta(days=days)
    told_on = None if told is None else on + timedelta(days=told)
    return DutyFacts(key=key, case=key, due_on=due, served_on=on, court_told_on=told_on,
                     **(WHOLE | more))  # fmt: skip


# Each weighs more than all below it.
BY_WEIGHT = (
    ("not given", DutyFacts(key=1, case=1, due_on=date(2026, 10, 20), items_total=5)),
    ("two items left", served_so(2, items_endorsed=3)),
    ("one item left, and all else", served_so(3, 9, None, items_endorsed=4, sensitive_settled=0)),
    ("one item left", served_so(4, items_endorsed=4)),
    ("no sensitive item decided on", served_so(5, sensitive_settled=0)),
    ("one sensitive item not decided on, and late", served_so(6, 3, sensitive_settled=1)),
    ("one sensitive item not decided on", served_so(7, sensitive_settled=1)),
    ("nine days late", served_so(8, 9)),
    ("a day late, and the court never told", served_so(9, 1, None)),
    ("a day late", served_so(10, 1)),
    ("the court never told, though early", served_so(11, -16, None)),
    ("the court told a day later, though early", served_so(12, -16, 1)),
    ("on its day", served_so(13)),
    ("early", served_so(14, -16)),
    ("spared", DutyFacts(key=15, case=15, due_on=date(2026, 10, 20), ended_on=date(2026, 10, 1))),
)


@pytest.mark.parametrize("place", range(1, len(BY_WEIGHT)))
def test_each_failing_stands_above_what_weighs_less(place):
    (above, worse), (below, better) = BY_WEIGHT[place - 1 : place + 1]

    found = comply(OCTOBER, [better, worse]).duties

    assert [each.key for each in found] == [worse.key, better.key], f"{above} below {below}"


def test_whatever_fails_stands_above_whatever_meets_everything():
    found = comply(OCTOBER, [facts for _, facts in reversed(BY_WEIGHT)]).duties

    assert [each.key for each in found] == [facts.key for _, facts in BY_WEIGHT]
    assert [bool(each.failing) for each in found] == [True] * 12 + [False] * 3
