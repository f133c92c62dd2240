"""A wording is tried on made-up cases before anybody gets a letter with it."""

import pytest

from forthright.letter_templates.examples import examples
from forthright.letter_templates.selectors import seeing, trials
from forthright.letter_templates.services.approving import approve_template
from forthright.letter_templates.services.changing import ChangeRefused
from forthright.rules.letter_blocks.assemble import assemble
from forthright.rules.letter_blocks.block import published_wordings
from tests import given
from tests.letter_templates.wordings import (
    a_block,
    a_draft,
    a_template,
    a_template_draft,
    an_approver,
)

pytestmark = pytest.mark.django_db
TODAY = given.NOON.date()
HELD = published_wordings()


def test_the_examples_show_every_block_of_the_starter_set():
    seen = {
        run.block
        for example in examples().values()
        for template in HELD.templates.values()
        if template.serves(example.case)
        for paragraph in assemble(template, HELD.blocks, example.case).paragraphs
        for run in paragraph.runs
    }

    assert seen == set(HELD.blocks)


def test_every_template_has_an_example():
    assert [each.code for each in HELD.templates.values() if not trials.examples_of(each)] == []


def test_what_a_change_brings_stands_apart_from_what_was_so_before():
    draft = a_draft(wording="The victim alleged that it was hard.")

    trial = trials.try_block(draft, TODAY)

    new = {each.finding.words for each in trial.found_new}
    assert new & {"alleged", "victim", "The victim"}
    assert not new & {each.finding.words for each in trial.found_before}


def test_letters_are_tried_of_every_template_that_uses_the_block():
    trial = trials.try_block(a_draft(a_block("sign_off"), wording="Yours sincerely"), TODAY)

    tried = {each.template.code for each in trial.letters}
    assert len(trial.letters) == trials.MOST_TRIED
    assert tried == set(HELD.templates)


def test_a_good_change_may_be_used():
    assert trials.try_block(a_draft(), TODAY).may_be_used


def test_a_template_is_tried_on_its_own_examples():
    version = a_template_draft()

    trial = trials.try_template(version, TODAY)

    assert {each.template.code for each in trial.letters} == {"discontinued"}
    assert trial.found_new == []


def test_the_letter_for_an_example_is_whole():
    template = HELD.templates[a_template().code]

    letter = trials.letter_of(a_template().area, template, trials.examples_of(template)[0], TODAY)

    assert "Ms Osei" in letter.text
    assert letter.problems == ()


def with_the_news_last(order):
    news = next(each for each in order if "news_discontinued" in str(each))
    return [*(each for each in order[:-1] if each != news), news, order[-1]]


def test_a_template_whose_news_was_moved_to_the_end_is_not_used_without_a_reason():
    template = a_template("discontinued")
    order = with_the_news_last(seeing.template_in_use(template).order)
    draft = a_template_draft(template, order=order)

    with pytest.raises(ChangeRefused, match="first three sentences do not say what was decided"):
        approve_template(draft, by=an_approver(), at=given.NOON)

    reason = "The family asked to be told on the telephone first."
    approve_template(draft, by=an_approver(), at=given.NOON, although=reason)
    draft.refresh_from_db()
    assert draft.approved_although == reason
