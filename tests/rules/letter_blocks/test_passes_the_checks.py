"""Every starter template passes every check that ships, for every case it serves."""

from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from forthright.rules.letter_blocks.assemble import assemble
from forthright.rules.letter_blocks.block import published_wordings
from forthright.rules.letter_blocks.composed import Origin
from forthright.rules.letter_blocks.review_right import with_review_right
from forthright.rules.letter_checks.engine import check_letter, prepare
from forthright.rules.letter_checks.rule import Level, load_rules
from tests.rules.letter_blocks.cases import DATED, cases

HELD = published_wordings()
RULES = prepare(load_rules(Path(str(files("forthright.rules").joinpath("data/letter_rules")))))
WIDE = settings(
    max_examples=200, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


@pytest.mark.slow  # a whole letter is put together and checked for each of many cases
@WIDE
@given(case=cases())
def test_a_letter_from_the_starter_set_passes_every_check(case):
    case = with_review_right(case)
    for template in HELD.templates.values():
        if template.serves(case):
            composed = assemble(template, HELD.blocks, case)
            found = check_letter(
                composed.plain(), case, RULES, as_of=DATED, template_spans=composed.template_spans()
            )
            blamed = [each for each in found if is_of_template(each, composed.spans())]
            assert [(each.rule, each.words, each.message) for each in blamed] == [], template.code


def is_of_template(found, spans) -> bool:
    """Say whether a finding is of the template: a stop, or one not within the person's own words.

    Whoever writes reasons may use a word of the law, which the letter then warns of.
    """
    own = [(start, end) for start, end, origin in spans if origin is Origin.PERSON]
    is_within = any(start <= found.start < found.end <= end for start, end in own)
    return found.level is Level.STOP or not is_within
