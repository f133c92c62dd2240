import importlib

import pytest

from forthright.rules.rubric import Level, published_rubric
from forthright.rules.systemic import (
    REMEDIES,
    MarkedLetter,
    Remedy,
    chance_of_so_many,
    systemic_findings,
)

FULLY, NOT_MET, NA = Level.FULLY, Level.NOT_MET, Level.NOT_APPLICABLE


def marked(*levels, authors=("Asha", "Bela"), blocks=(), cause="", start=0):
    return [
        MarkedLetter(
            reference=f"D{start + number:03d}",
            author=authors[number % len(authors)],
            levels={"A7": level},
            blocks=blocks,
            cause=cause,
        )
        for number, level in enumerate(levels)
    ]


@pytest.mark.parametrize(
    ("letters", "found"),
    [
        pytest.param(marked(NOT_MET, NOT_MET, NOT_MET, FULLY), 1, id="three of four"),
        pytest.param(marked(NOT_MET, NOT_MET, FULLY), 0, id="two"),
        pytest.param(marked(NOT_MET, NOT_MET, NOT_MET, authors=("Asha",)), 0, id="one author"),
        pytest.param(marked(NA, NA, NA, NOT_MET), 0, id="does not apply"),
    ],
)
def test_when_a_criterion_makes_a_finding(letters, found):
    assert len(systemic_findings(letters, fewest=3)) == found


def test_a_finding_says_of_how_many_and_where_to_look():
    [finding] = systemic_findings(
        marked(*[NOT_MET] * 3, *[FULLY] * 9, cause="EXPLANATION"), fewest=3
    )

    assert finding.words == (
        "A7 failed in 3 of 12 letters, by 2 authors. "
        "What to look at first: the prosecutor’s reasons."
    )
    assert finding.letters == ("D000", "D001", "D002")


def test_a_block_whose_letters_fail_is_a_fault_of_the_wording():
    bad = marked(*[NOT_MET] * 4, blocks=("greeting", "review-right"))
    good = marked(*[FULLY] * 12, blocks=("greeting",), start=10)
    [_, finding] = systemic_findings(bad + good, fewest=3)

    assert (finding.block, finding.remedy) == ("review-right", Remedy.TEMPLATE)
    assert "failed in 4 of 4 letters that hold the block review-right" in finding.words


@pytest.mark.parametrize(
    "letters",
    [
        pytest.param(marked(*[NOT_MET] * 4, *[FULLY] * 12, blocks=("greeting",)), id="in every"),
        pytest.param(
            marked(*[NOT_MET] * 3, FULLY, FULLY, blocks=("b",)) + marked(NOT_MET, FULLY, start=9),
            id="no more than without",
        ),
    ],
)
def test_a_block_that_does_not_stand_out_is_not_named(letters):
    assert [each.block for each in systemic_findings(letters, fewest=3)] == [""]


@pytest.mark.parametrize(
    ("causes", "remedy"),
    [
        pytest.param(["DRAFTING"] * 3, Remedy.TRAINING, id="drafting"),
        pytest.param(["TEMPLATE", "TEMPLATE", "DRAFTING"], Remedy.TEMPLATE, id="most"),
        pytest.param(["TEMPLATE", "DRAFTING", ""], Remedy.PROCESS, id="a tie"),
        pytest.param(["", "", ""], Remedy.PROCESS, id="no cause given"),
        pytest.param(["OUR_OWN"] * 3, Remedy.PROCESS, id="an Area's own cause"),
    ],
)
def test_the_remedy_follows_from_the_causes(causes, remedy):
    letters = [
        each
        for number, cause in enumerate(causes)
        for each in marked(NOT_MET, authors=(f"author {number}",), cause=cause, start=number)
    ]
    [finding] = systemic_findings(letters, fewest=3)

    assert finding.remedy is remedy


@pytest.mark.parametrize(
    ("authors", "words"),
    [
        pytest.param(("", "", ""), ", of 3 letters it is not known who wrote them.", id="nobody"),
        pytest.param(("Ann", "", ""), "by 1 author who is named; of 2 letters it is not known",
                     id="one of three"),
    ],
)  # fmt: skip
def test_letters_whose_authors_nobody_named_raise_a_finding_that_says_so(authors, words):
    letters = [
        each
        for number, author in enumerate(authors)
        for each in marked(NOT_MET, authors=(author,), start=number)
    ]
    [finding] = systemic_findings(letters, fewest=3)

    assert words in finding.words


def test_every_cause_of_the_standard_has_a_remedy():
    assert {cause.code for cause in published_rubric().root_causes} == set(REMEDIES)


@pytest.mark.slow  # loading scipy takes a second or more
@pytest.mark.parametrize(
    ("bad", "holding", "failed", "letters"), [(4, 4, 4, 16), (3, 5, 4, 7), (1, 10, 2, 60)]
)
def test_the_exact_test_agrees_with_an_independent_library(bad, holding, failed, letters):
    stats = importlib.import_module("scipy.stats")
    table = [[bad, holding - bad], [failed - bad, letters - holding - failed + bad]]

    assert chance_of_so_many(bad, holding, failed, letters) == pytest.approx(
        stats.fisher_exact(table, alternative="greater").pvalue
    )
