import pytest

from forthright.rules.leniency import markings_of
from forthright.rules.leniency_model import Marking, fit_leniency
from forthright.rules.leniency_watch import new_since, surprises, watch
from tests.rules.marking_simulation import simulate

TURNS_IN, WITHIN, WEEKS, MARKERS = 14, 6, 26, 40
# By then everybody's first ten letters were marked by others too, and they are watched.
WATCHED_FROM = 5
# In what a level is seen of: about 0.4 of a level, two criteria in five marked a level higher.
TURN = 1.0
SEEDS = range(12)


def shifted(seed, **settings):
    """Return the weeks of an Area of which the markers 0 to 3 turn lenient from week 14 on."""
    area = simulate(
        seed, shift=lambda marker, week: TURN if marker < 4 and week >= TURNS_IN else 0.0,
        **settings,
    )  # fmt: skip
    return [markings_of(week) for week in area.weeks]


@pytest.fixture(scope="module")
def signals():
    return {seed: watch(shifted(seed)) for seed in SEEDS}


@pytest.mark.slow  # 12 Areas of 40 markers, 26 weeks each
def test_a_marker_who_turns_lenient_in_week_14_is_signalled_within_6_weeks(signals):
    found = [
        any(
            each.marker == marker and each.is_lenient and 0 <= each.seen - TURNS_IN < WITHIN
            for each in signals[seed]
        )
        for seed in SEEDS
        for marker in range(4)
    ]

    assert sum(found) / len(found) >= 0.85


@pytest.mark.slow  # 8 Areas of 40 markers, 26 weeks each
def test_at_the_numbers_that_the_service_comes_with_far_fewer_are_signalled_in_time():
    """Ten gold letters for a hundred second marks, each to one marker: about four a week.

    Six in ten are signalled within six weeks, and a fifth not by the end: no signal is no proof.
    """
    found = {seed: watch(shifted(seed, gold_percent=10)) for seed in range(8)}
    turned = [
        [each.seen for each in found[seed] if each.marker == marker and each.is_lenient
         and each.seen >= TURNS_IN]
        for seed in found
        for marker in range(4)
    ]  # fmt: skip
    in_time = sum(any(seen - TURNS_IN < WITHIN for seen in each) for each in turned)
    false = sum(each.marker >= 4 for seed in found for each in found[seed])

    assert 0.5 <= in_time / len(turned) <= 0.75
    assert 0.65 <= sum(map(bool, turned)) / len(turned) <= 0.9
    assert false / (8 * (MARKERS - 4) * (WEEKS - WATCHED_FROM) / 52) <= 1


@pytest.mark.slow  # the same 12 Areas
def test_there_is_at_most_one_false_signal_in_a_marker_year(signals):
    false = sum(each.marker >= 4 for seed in SEEDS for each in signals[seed])
    years = len(SEEDS) * (MARKERS - 4) * (WEEKS - WATCHED_FROM) / 52

    assert false / years <= 1


@pytest.mark.slow  # 13 Mondays, each over 26 weeks of 40 markers
def test_nor_as_the_service_watches_each_monday_over_the_last_weeks():
    """Nobody changes; each Monday looks at the last 26 weeks and tells what it saw in the last."""
    mondays = 13
    weeks = [markings_of(week) for week in simulate(101, weeks=WEEKS + mondays).weeks]
    told = [
        signal
        for now in range(WEEKS, WEEKS + mondays)
        for signal in new_since(weeks[now - WEEKS + 1 : now + 1], weeks[now - WEEKS + 1 : now])
    ]

    assert len(told) / (MARKERS * mondays / 52) <= 1


def steady(weeks, *, kind=0.0, letters=4):
    """Return weeks in which two markers mark the same letters, never quite alike."""
    return [
        [
            Marking(marker, (week, number), value)
            for number in range(letters)
            for marker, value in (("A", 1.0 + kind + 0.2 * (number % 2)), ("B", 1.1))
        ]
        for week in range(weeks)
    ]


def test_what_is_as_ever_is_no_signal_and_what_changes_is():
    weeks = steady(10) + [
        [Marking(each.marker, ("late", *each.letter), each.value) for each in week]
        for week in steady(4, kind=0.6)
    ]
    found = watch(weeks)

    assert [(each.marker, each.is_lenient) for each in found][:2] == [("A", True), ("B", False)]
    assert all(10 <= each.since <= each.seen for each in found)
    assert found[0].words_since("about the week of 5 October 2026") == (
        "Apart from the figure above, which is of the whole time: within it marking may have "
        "become more lenient from about the week of 5 October 2026 on, by "
        f"{found[0].letters} letters that others marked too. Such a signal comes by chance "
        "alone about once a year for each marker, where nothing changed. Look at them together "
        "before anything is made of it."
    )


def test_what_goes_out_again_makes_no_old_mark_new():
    """Letters that A and B marked in the first ten weeks go to C, far more severe, in week 12."""
    weeks = [*steady(10), [], [],
             [Marking("C", (week, 0), -2.0) for week in range(10)]]  # fmt: skip
    fit = fit_leniency([each for week in weeks[:10] for each in week])
    everything = {each.letter: [] for week in weeks for each in week}
    for each in (each for week in weeks for each in week):
        everything[each.letter].append(each)

    assert {each.marker for each in surprises(fit, weeks[0], everything)} == {"A", "B"}
    assert surprises(fit, weeks[12], everything) == []
    assert watch(weeks) == []


def test_a_mark_is_held_against_marks_of_the_same_letter_of_other_weeks():
    fit = fit_leniency([each for week in steady(5) for each in week])
    late, early = Marking("A", "again", 4.0), Marking("B", "again", 1.1)

    [found] = surprises(fit, [late], {"again": [early, late]})

    assert (found.marker, found.letters, found.difference > 2) == ("A", 1, True)


def test_always_lenient_is_no_change():
    assert watch(steady(20, kind=0.8)) == []


def test_nobody_is_watched_before_ten_letters_were_marked_by_others_too():
    fit = fit_leniency([each for week in steady(3, letters=3) for each in week])

    assert fit.letters == [9, 9]
    assert surprises(fit, steady(1, kind=3.0)[0]) == []


def test_letters_that_nobody_else_marked_say_nothing():
    fit = fit_leniency([each for week in steady(5) for each in week])

    assert surprises(fit, [Marking("A", "alone", 9.0), Marking("C", "new", 1.0)]) == []


def test_agreed_marks_are_nobody_to_be_held_against():
    fit = fit_leniency([each for week in steady(5) for each in week])

    assert surprises(fit, [Marking("A", "gold", 2.0), Marking(None, "gold", 0.0)]) == []
