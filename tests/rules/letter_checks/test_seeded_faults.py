"""Faults put into a good letter are found where they stand, and little else is."""

import pytest

from forthright.rules.letter_checks.engine import check_letter
from forthright.rules.letter_checks.rule import Level, shipped_rules
from tests.rules.letter_checks.cases import TODAY, a_case
from tests.rules.letter_checks.seeded import SEEDS, place_of, seeded_letter

LETTER = seeded_letter()
FINDINGS = check_letter(LETTER, a_case(), shipped_rules(), as_of=TODAY)


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.rule)
def test_a_seeded_fault_is_found_in_its_place(seed):
    start, end = place_of(seed, LETTER)

    found = [each.words for each in FINDINGS
             if each.rule == seed.rule and each.start < end and each.end > start]  # fmt: skip
    assert found


def test_little_is_found_besides_the_faults():
    places = [place_of(seed, LETTER) for seed in SEEDS]

    besides = [
        each for each in FINDINGS
        if not any(each.start < end and each.end > start for start, end in places)
    ]  # fmt: skip
    assert [each.rule for each in besides if each.level is Level.STOP] == []
    assert len(besides) <= 3, besides
