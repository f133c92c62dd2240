"""Every letter of the starter set is free of its case once it is anonymised."""

import re

import pytest
from hypothesis import HealthCheck, given, settings

from forthright.anonymiser.gate import left_in
from forthright.anonymiser.known import known_of
from forthright.anonymiser.letters import anonymise
from forthright.rules.letter_blocks.assemble import assemble
from forthright.rules.letter_blocks.block import published_wordings
from forthright.rules.letter_blocks.review_right import with_review_right
from tests.rules.letter_blocks.cases import cases

HELD = published_wordings()
WIDE = settings(
    max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


def names_of(case):
    """Return the words by which the people and places of a case are known, found by plain search.

    A word of three letters or fewer may stand in another; the other words of its name do not.
    """
    people = [
        case.recipient,
        *case.accused,
        *([case.recipient.about] if case.recipient.about else []),
    ]
    written = [f"{each.given_names} {each.family_name}" for each in people]
    written += [each.name for each in case.area.staff]
    written += [*case.recipient.address, case.urn]
    words = {word for name in written for word in re.findall(r"[^\W_]{4,}", name)}
    return words - {"Mill", "Lane", "Court", "Church", "Street", "Upper", "Flat", "Mary"}


@pytest.mark.slow  # the model reads a whole letter for each of many cases
@WIDE
@given(case=cases())
def test_nothing_of_its_case_is_left(case):
    case = with_review_right(case)
    known = known_of(case)
    for template in HELD.templates.values():
        if template.serves(case):
            text = assemble(template, HELD.blocks, case).plain()
            done = anonymise(text, known).text

            left = [w for w in names_of(case) if re.search(rf"\b{w}\b", done, re.IGNORECASE)]
            assert left == [], template.code
            assert left_in([("the letter", done)], known) == [], template.code
