import importlib

import numpy as np
import pytest

from forthright.rules.leniency import GivenLevel, markings_of, study_leniency
from forthright.rules.leniency_model import Marking, fit_leniency
from forthright.rules.rubric import Level
from tests.rules.marking_simulation import simulate

FULLY, PARTLY, NOT_MET, NA = (
    Level.FULLY, Level.PARTIALLY, Level.NOT_MET, Level.NOT_APPLICABLE,
)  # fmt: skip
SEEDS = range(40)


def pair(letters, first, second, *, markers=("kind", "strict"), start=0):
    """Return so many letters, each marked by two people on two criteria."""
    return [
        GivenLevel(marker, number, code, level)
        for number in range(start, start + letters)
        for marker, levels in zip(markers, (first, second), strict=True)
        for code, level in zip(("A1", "B2"), levels, strict=True)
    ]


def of(study, marker):
    return next(each for each in study.of_each if each.marker == marker)


def test_who_gives_more_for_the_same_letters_is_lenient():
    levels = pair(20, (FULLY, FULLY), (FULLY, PARTLY)) + pair(
        5, (FULLY, FULLY), (FULLY, FULLY), start=20
    )
    study = study_leniency(levels)

    kind, strict = of(study, "kind"), of(study, "strict")
    assert kind.value == pytest.approx(-strict.value)
    assert 0.15 < kind.value < 0.21
    assert kind.words.startswith("more lenient than the average marker by 0.")
    assert strict.words.startswith("more severe than the average marker by 0.")


@pytest.mark.parametrize(
    ("letters", "said"),
    [
        pytest.param(9, "too few to say (9 letters that others marked too; 10 needed)", id="nine"),
        pytest.param(1, "too few to say (1 letter that others marked too; 10 needed)", id="one"),
    ],
)
def test_nobody_is_given_a_figure_below_ten_letters(letters, said):
    study = study_leniency(pair(letters, (FULLY, FULLY), (NOT_MET, NOT_MET)))

    assert [each.words for each in study.of_each] == [said, said]
    assert all(each.value is None and each.interval is None for each in study.of_each)


def test_whoever_marked_alone_has_no_figure_and_changes_nothing():
    levels = pair(20, (FULLY, FULLY), (FULLY, PARTLY))
    alone = [GivenLevel("alone", f"own {number}", "A1", NOT_MET) for number in range(50)]

    with_alone, without = study_leniency(levels + alone), study_leniency(levels)

    assert of(with_alone, "alone").words.startswith("too few to say (0 letters")
    assert of(with_alone, "kind").value == pytest.approx(of(without, "kind").value)


def test_whose_marks_nobody_elses_can_be_held_against_has_no_figure():
    levels = [*pair(20, (FULLY, FULLY), (FULLY, PARTLY)), GivenLevel("odd", 0, "C3", FULLY)]

    assert of(study_leniency(levels), "odd").words.startswith("too few to say (0 letters")


def test_nothing_compared_is_nothing_said():
    study = study_leniency([GivenLevel("alone", 1, "A1", FULLY)])

    assert of(study, "alone").letters == 0
    assert study.in_common.value is None


def test_the_worth_of_a_letter_is_not_the_leniency_of_its_marker():
    good = pair(30, (FULLY, FULLY), (FULLY, FULLY), markers=("of a good unit", "elsewhere"))
    bad = pair(
        30, (NOT_MET, NOT_MET), (NOT_MET, NOT_MET), markers=("of a bad unit", "elsewhere"), start=30
    )
    study = study_leniency(good + bad)

    assert [round(each.value, 6) + 0 for each in study.of_each] == [0, 0, 0]


def test_marks_that_never_differ_do_not_claim_to_be_certain():
    interval = of(study_leniency(pair(10, (FULLY, FULLY), (FULLY, FULLY))), "kind").interval

    assert interval.low < 0 < interval.high


def test_a_criterion_that_does_not_apply_is_no_level():
    levels = pair(12, (FULLY, NA), (FULLY, PARTLY))

    assert {each.value for each in markings_of(levels) if each.marker == "kind"} == {0.0}
    assert of(study_leniency(levels), "kind").value == pytest.approx(0, abs=1e-9)


def test_leaving_out_the_hard_criterion_is_not_lenient():
    """The third marker left the hard criterion B2 of every letter unmarked."""
    levels = [
        GivenLevel(marker, letter, code, level)
        for letter in range(12)
        for marker, code, level in (
            ("first", "A1", FULLY), ("second", "A1", FULLY), ("third", "A1", FULLY),
            ("first", "B2", NOT_MET), ("second", "B2", NOT_MET),
        )
    ]  # fmt: skip

    assert of(study_leniency(levels), "third").value == pytest.approx(0, abs=1e-9)


def gold(letters):
    """Return gold letters, agreed to be partly met, that two markers both say are fully met."""
    return [
        GivenLevel(marker, letter, "A1", level)
        for letter in range(letters)
        for marker, level in ((None, PARTLY), ("one", FULLY), ("other", FULLY))
    ]


def test_what_all_have_in_common_shows_only_against_agreed_marks():
    study = study_leniency(gold(40))

    assert study.in_common.value == pytest.approx(1)
    assert study.in_common.words.startswith("more lenient than the agreed marks by 1.00 of a level")
    assert of(study, "one").value == pytest.approx(0, abs=0.01)
    assert "How lenient all are together is told by the agreed marks" in study.method


def test_below_ten_gold_letters_nothing_is_said_of_all_together():
    study = study_leniency(gold(9))

    assert study.in_common.words.startswith("too few to say (9 letters")
    assert "Nobody can say yet whether all are lenient together" in study.method


def test_forty_markers_of_one_gold_letter_are_one_letter():
    levels = [GivenLevel(marker, "gold", "A1", FULLY) for marker in range(40)]

    assert study_leniency([*levels, GivenLevel(None, "gold", "A1", NOT_MET)]).in_common.letters == 1


def test_who_is_little_known_is_drawn_further_to_the_middle():
    chance = np.random.default_rng(1)
    markings = [
        Marking(marker, (own, number), gave + chance.normal(0, 0.2))
        for own, letters in (("well", 60), ("little", 6), ("third", 60), ("fourth", 60))
        for number in range(letters)
        for marker, gave in ((own, 0.5 if own in {"well", "little"} else 0.0), ("all", 0.0))
    ]
    fit = fit_leniency(markings)
    means, errors = fit.of_each()
    well, little = fit.places["well"], fit.places["little"]

    assert means[little] < means[well]
    assert errors[little] > 1.5 * errors[well]


class WholeCovariance:
    """The same model by the whole covariance of the marks: another way to the same figures."""

    def __init__(self, rows, order):
        letters = sorted({row[1] for row in rows})
        self.worth = np.array([[row[1] == letter for letter in letters] for row in rows], float)
        self.markers = np.array([[row[0] == marker for marker in order] for row in rows], float)
        self.gave = np.array([row[2] for row in rows])

    def at(self, ratio):
        """Return the restricted likelihood of a ratio, the leniencies and their covariance."""
        weight = np.linalg.inv(np.eye(len(self.gave)) + ratio**2 * self.markers @ self.markers.T)
        hold = self.worth.T @ weight @ self.worth
        left = self.gave - self.worth @ np.linalg.solve(hold, self.worth.T @ weight @ self.gave)
        rest, free = left @ weight @ left, len(self.gave) - self.worth.shape[1]
        sizes = np.linalg.slogdet(hold)[1] - np.linalg.slogdet(weight)[1]
        draw = ratio**2 * self.markers.T @ weight
        known = draw @ self.worth
        spread = ratio**2 * np.eye(self.markers.shape[1]) - ratio**2 * draw @ self.markers
        covariance = rest / free * (spread + known @ np.linalg.inv(hold) @ known.T)
        return -(free * np.log(rest) + sizes) / 2, draw @ left, covariance

    def integrated(self):
        """Return leniencies from the average marker and their covariance, over all ratios."""
        found = [self.at(ratio) for ratio in np.linspace(0.005, 20, 1000)]
        likely = np.exp([each[0] - max(one[0] for one in found) for each in found])
        likely /= likely.sum()
        means = sum(weight * each[1] for weight, each in zip(likely, found, strict=True))
        covariance = sum(
            weight * (each[2] + np.outer(each[1] - means, each[1] - means))
            for weight, each in zip(likely, found, strict=True)
        )
        centre = np.eye(len(means)) - 1 / len(means)
        return centre @ means, centre @ covariance @ centre


@pytest.mark.slow  # hundreds of matrices inverted
def test_the_model_agrees_with_an_independent_way_to_solve_it():
    chance = np.random.default_rng(3)
    rows = [
        (int(marker), letter, 0.1 * marker + chance.normal(0, 0.3))
        for letter in range(30)
        for marker in chance.choice(6, 3 if letter < 15 else 2, replace=False)
    ]
    fit = fit_leniency([Marking(*row) for row in rows])
    means, covariance = WholeCovariance(rows, list(fit.places)).integrated()
    ours, errors = fit.of_each()

    assert ours == pytest.approx(means, abs=1e-3)
    assert errors == pytest.approx(np.sqrt(np.diag(covariance)), rel=0.01)
    weights = np.array([{0: 0.5, 1: -1.0}.get(marker, 0.0) for marker in fit.places])
    value, error = fit.sum_of({0: 0.5, 1: -1.0})
    assert value == pytest.approx(weights @ means, abs=2e-3)
    assert error == pytest.approx(np.sqrt(weights @ covariance @ weights), rel=0.01)


@pytest.fixture(scope="module")
def found():
    """Forty Areas of 40 markers over 26 weeks, with what the model makes of each."""
    areas = [simulate(seed) for seed in SEEDS]
    return [(area, study_leniency(area.levels)) for area in areas]


def truths(area, study):
    """Return by how much each truly marks above the average marker, in the order of the study."""
    true = np.array([area.truth[each.marker] for each in study.of_each])
    return true - true.mean()


@pytest.mark.slow  # 40 Areas of 40 markers, 26 weeks each
def test_the_estimates_recover_the_order_of_the_markers(found):
    stats = importlib.import_module("scipy.stats")
    ranked = [
        stats.spearmanr([each.value for each in study.of_each], truths(area, study)).statistic
        for area, study in found
    ]

    assert min(ranked) >= 0.8


@pytest.mark.slow  # the same 40 Areas
def test_the_intervals_cover_what_is_true(found):
    covered = [
        each.interval.low <= truth <= each.interval.high
        for area, study in found
        for each, truth in zip(study.of_each, truths(area, study), strict=True)
    ]

    assert len(covered) == 1600
    assert 0.92 <= sum(covered) / len(covered) <= 0.98


@pytest.mark.slow  # the same 40 Areas
def test_the_interval_of_what_all_have_in_common_covers_what_is_true(found):
    """Of 40 intervals of 95%, fewer than 35 cover once in seventy times."""
    covered = [
        study.in_common.interval.low
        <= np.mean(list(area.truth.values()))
        <= study.in_common.interval.high
        for area, study in found
    ]

    assert sum(covered) >= 35
