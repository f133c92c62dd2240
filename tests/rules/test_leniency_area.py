import numpy as np
import pytest

from forthright.rules.leniency_area import Verdict, adjusted_figure


def verdicts(marker, met, of, *, start=0):
    return [
        Verdict(marker=marker, letter=start + number, is_met=number < met) for number in range(of)
    ]


def test_a_lenient_area_is_set_right_beside_the_raw_figure():
    compared = verdicts("A", 36, 40) + verdicts("B", 36, 40) + verdicts(None, 24, 40)
    figure = adjusted_figure(verdicts("A", 80, 100, start=100), compared)

    assert figure.raw.words().startswith("80.0% (80 of 100")
    assert figure.adjusted == pytest.approx(0.5, abs=0.01)
    assert figure.interval.low < 0.5 < figure.interval.high < 0.8
    assert figure.words.startswith("80.0% (80 of 100, 95% interval 71.1% to 86.7%); adjusted to")
    assert "agreed marks of gold letters" in figure.method


def test_nothing_is_taken_off_letters_that_were_decided_after_disputes():
    compared = verdicts("A", 36, 40) + verdicts("B", 36, 40) + verdicts(None, 24, 40)
    sample = verdicts("A", 60, 80, start=100) + verdicts(None, 20, 20, start=500)

    figure = adjusted_figure(sample, compared)

    # Thirty in a hundred are taken off the eighty that stand as their marker marked them.
    assert figure.raw.words().startswith("80.0% (80 of 100")
    assert figure.adjusted == pytest.approx(0.8 - 0.3 * 0.8, abs=0.01)
    assert "nothing is taken off one whose result that changed" in figure.method


def test_without_agreed_marks_a_lenient_area_stays_unseen_and_it_says_so():
    compared = verdicts("A", 36, 40) + verdicts("B", 36, 40)
    figure = adjusted_figure(verdicts("A", 80, 100, start=100), compared)

    assert figure.adjusted == pytest.approx(0.8)
    assert "if all are lenient, this does not show it" in figure.method


@pytest.mark.parametrize(
    ("sampled", "twice"), [pytest.param(100, 9, id="9 twice"), pytest.param(9, 40, id="9 sampled")]
)
def test_of_too_few_only_the_raw_figure_is_said(sampled, twice):
    compared = verdicts("A", twice, twice) + verdicts("B", 0, twice)
    figure = adjusted_figure(verdicts("A", sampled, sampled, start=100), compared)

    assert figure.adjusted is None
    assert "not adjusted, too few to say" in figure.words


def test_a_marker_of_whom_nothing_is_known_widens_the_interval():
    compared = [each for marker in range(6) for each in verdicts(marker, 20 + 3 * marker, 40)]
    known = adjusted_figure(verdicts(2, 60, 100, start=1000), compared)
    stranger = adjusted_figure(verdicts("new", 60, 100, start=1000), compared)

    assert stranger.adjusted == pytest.approx(0.6)
    assert (stranger.interval.high - stranger.interval.low) > (
        known.interval.high - known.interval.low
    )


@pytest.mark.slow  # 200 Areas
def test_the_adjusted_figure_covers_what_agreed_marks_would_say_and_the_raw_one_does_not():
    """Ten markers, 10% more lenient than agreed marks on average; 300 sampled, 120 gold marks."""
    chance = np.random.default_rng(20261126)
    true_rate, covered, raw_covered = 0.55, 0, 0

    def marked(marker, letter, good, passes):
        met = good or chance.random() < passes
        return Verdict(marker=marker, letter=letter, is_met=bool(met))

    for _ in range(200):
        passes = chance.uniform(0.05, 0.4, 10)
        sample = [
            marked(number % 10, number, chance.random() < true_rate, passes[number % 10])
            for number in range(300)
        ]
        compared = []
        for letter in range(1000, 1120):
            good = bool(chance.random() < true_rate)
            compared.append(Verdict(marker=None, letter=letter, is_met=good))
            compared += [
                marked(marker, letter, good, passes[marker])
                for marker in chance.choice(10, 3, replace=False)
            ]
        figure = adjusted_figure(sample, compared)
        covered += figure.interval.low <= true_rate <= figure.interval.high
        wilson = figure.raw.wilson()
        raw_covered += wilson.low <= true_rate <= wilson.high

    assert covered / 200 >= 0.92
    assert raw_covered / 200 < 0.3


@pytest.mark.parametrize("gold", [10, 12, 20, 40])
def test_the_interval_covers_however_few_gold_letters_it_rests_on(gold):
    """All ten markers pass bad letters alike; three mark each gold letter, 300 are sampled."""
    chance, true_rate, covered, areas = np.random.default_rng(20261129), 0.75, 0, 150

    def marked(marker, letter, good, passes):
        met = good or chance.random() < passes
        return Verdict(marker=marker, letter=letter, is_met=bool(met))

    for passes in [0.4, 0.6] * (areas // 2):
        sample = [
            marked(each % 10, each, chance.random() < true_rate, passes) for each in range(300)
        ]
        compared = []
        for letter in range(1000, 1000 + gold):
            good = bool(chance.random() < true_rate)
            compared.append(Verdict(marker=None, letter=letter, is_met=good))
            compared += [
                marked(marker, letter, good, passes)
                for marker in chance.choice(10, 3, replace=False)
            ]
        figure = adjusted_figure(sample, compared)
        assert figure.agreed == gold
        covered += figure.interval.low <= true_rate <= figure.interval.high

    assert covered / areas >= 0.93


def test_of_few_gold_letters_that_all_differ_alike_little_is_known():
    compared = verdicts("A", 12, 12) + verdicts("B", 12, 12) + verdicts(None, 0, 12)
    figure = adjusted_figure(verdicts("A", 100, 100, start=100), compared)

    assert figure.adjusted == 0
    assert figure.interval.high > 0.1
    assert figure.words.endswith("12 letters marked more than once, 12 of them with agreed marks)")
    assert "which were picked for rounds" in figure.method
