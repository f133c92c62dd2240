"""An Area starts with the starter set, and reads back exactly what shipped."""

from datetime import timedelta

import pytest

from forthright.audit.models import Event
from forthright.letter_templates import selectors, services
from forthright.letter_templates.selectors.wordings import condition_table
from forthright.rules.case_file import LetterKind, Relation
from forthright.rules.letter_blocks.assemble import assemble
from forthright.rules.letter_blocks.block import published_wordings
from tests import given
from tests.rules.letter_blocks.cases import a_case, a_reader

pytestmark = pytest.mark.django_db
TODAY = given.NOON.date()


@pytest.fixture
def area():
    area = given.an_area()
    services.start_letter_templates(area, by=None, at=given.NOON)
    return area


def test_the_area_has_every_block_and_template_word_for_word(area):
    held = published_wordings()

    blocks = selectors.blocks_in_force(area, TODAY)

    assert list(blocks) == list(held.blocks)
    assert {code: each.lines for code, each in blocks.items()} == {
        code: each.lines for code, each in held.blocks.items()
    }


def test_a_condition_asks_the_same_whatever_order_the_database_keeps_it_in(area):
    held = published_wordings()
    kept = selectors.blocks_in_force(area, TODAY) | selectors.templates_in_force(area, TODAY)

    assert {code: condition_table(each.when) for code, each in kept.items()} == {
        code: condition_table(each.when) for code, each in {**held.blocks, **held.templates}.items()
    }


def test_the_templates_keep_their_kinds_and_the_order_of_their_blocks(area):
    held = published_wordings().templates

    kept = selectors.templates_in_force(area, TODAY)

    assert list(kept) == list(held)
    assert [(each.kinds, each.order, each.needs_note, each.use) for each in kept.values()] == [
        (each.kinds, each.order, each.needs_note, each.use) for each in held.values()
    ]


@pytest.mark.parametrize("part", ["owner", "kind", "standards", "need", "review_on",
                                  "source", "source_address", "status", "joins"])  # fmt: skip
def test_a_block_keeps_what_it_says_of_itself(area, part):
    blocks = selectors.blocks_in_force(area, TODAY)

    assert {code: getattr(each, part) for code, each in blocks.items()} == {
        code: getattr(each, part) for code, each in published_wordings().blocks.items()
    }


def test_starting_again_changes_nothing(area):
    again = services.start_letter_templates(area, by=None, at=given.NOON)

    assert not again
    assert Event.objects.filter(name="template.started").count() == 1


def test_nothing_was_in_force_the_day_before(area):
    assert selectors.blocks_in_force(area, TODAY - timedelta(days=1)) == {}


def test_the_template_that_fits_the_reader_is_found(area):
    plain = selectors.template_for_case(area, a_case(), TODAY)
    bereaved = a_case(recipient=a_reader(Relation.BEREAVED))

    assert plain == selectors.template_in_force(area, LetterKind.DISCONTINUED, TODAY)
    assert plain.code == "discontinued"
    assert selectors.template_for_case(area, bereaved, TODAY).code == "bereaved_family"


def test_a_letter_is_the_same_from_the_area_as_from_the_files(area):
    case, held = a_case(), published_wordings()
    template = selectors.template_for_case(area, case, TODAY)

    letter = assemble(template, selectors.blocks_in_force(area, TODAY), case)

    assert letter == assemble(held.templates[template.code], held.blocks, case)


def test_another_area_has_none_of_it(area):
    assert selectors.blocks_in_force(given.an_area("Wessex"), TODAY) == {}
