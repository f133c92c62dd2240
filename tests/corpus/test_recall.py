"""The shipped rules find what was seeded in the corpus, and leave good letters alone.

The bars are what was reached, rounded down: a change of the rules may raise them, never lower them.
"""

import pytest

from tests.corpus.measure import measure
from tests.corpus.reading import letters_held_out, load_corpus
from tests.corpus.shipped import check


@pytest.mark.parametrize(
    ("letters", "least"),
    [
        pytest.param(load_corpus, 0.98, id="all"),
        # Whoever writes rules is not shown these letters.
        pytest.param(letters_held_out, 0.94, id="held out"),
    ],
)
def test_seeded_faults_are_found_and_good_letters_are_not_stopped(letters, least):
    measured = measure(check, letters())

    assert measured.recall >= least
    assert measured.false_stops == []
    assert measured.false_alarms_per_letter <= 1


def test_every_wrong_person_is_found():
    found, seeded = measure(check, load_corpus()).wrong_person

    assert found == seeded > 0
