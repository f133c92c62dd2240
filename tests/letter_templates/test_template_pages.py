"""Adding a template, and changing the order of one, with buttons alone."""

import json

import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.letter_templates.models import Template, TemplateVersion
from forthright.letter_templates.selectors import seeing
from tests import given
from tests.client import as_
from tests.letter_templates.wordings import (
    a_block,
    a_maker,
    a_new_block,
    a_new_template,
    a_template,
    an_approved_change,
    an_approver,
    an_area_with_templates,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(given.NOON, tick=False):
        yield


def change_page():
    """Return the page on which a template is changed."""
    return as_(a_maker()).open(f"/templates/{a_template().pk}/change/")


def new_page():
    """Return the page on which a template is added that begins like another."""
    return as_(a_maker()).open("/templates/new/", like=str(a_template().pk))


def order_on(page):
    """Return the order as the page would send it."""
    return json.loads(page.tree.xpath('//input[@name="order"]')[0].get("value"))


def order_in_use():
    """Return the order of the template that is changed."""
    return seeing.template_in_use(a_template()).order


def test_a_block_is_moved_up_and_what_was_written_stays():
    page, before = change_page(), order_in_use()
    place = before.index("date")

    page = page.press("Move up Date", reason="Clearer", use="For some.")

    after = [*before[: place - 1], "date", before[place - 1], *before[place + 1 :]]
    assert (order_on(page), page.errors) == (after, [])
    page = page.see("Clearer").press("Check the change")
    page.see("What changes in the order of blocks", "For some.")
    page.press("Hand over for approval").see("waits for somebody else")
    assert TemplateVersion.objects.get(state="DRAFT").order == after


def test_moving_judges_no_answer_that_is_not_written_yet():
    page = change_page().press("Move down Date")

    page.not_see("There is a problem", "Say why it changes")


def test_a_block_is_taken_out_and_offered_to_be_added_again():
    page = change_page().press("Take out Date")

    assert "date" not in order_on(page)
    page = page.press("Add the block", add_block="date", add_where="after 0")
    assert order_on(page)[0] == "date"


def test_a_block_is_added_beside_another_so_that_one_of_them_stands():
    place = order_in_use().index("date") + 1

    page = change_page().press("Take out Reference")
    page = page.press("Add the block", add_block="reference", add_where=f"with {place}")

    assert {"one_of": ["date", "reference"]} in order_on(page)
    page = page.see("One of these:").press("Let none stand of Date or Reference")
    assert {"at_most_one_of": ["date", "reference"]} in order_on(page)


def test_a_block_that_was_chosen_and_not_added_is_not_forgotten():
    page = change_page().press("Take out Date")

    page = page.press("Check the change", add_block="date", reason="Clearer")

    assert page.errors == ["Press “Add the block”, or choose no block"]


@pytest.mark.parametrize("order", ["[{", '["adress"]', "7"])
def test_an_order_that_cannot_be_read_is_none(order):
    page = change_page().press(
        "Check the change", order=order, reason="Clearer", add_where="after 0"
    )

    assert page.errors == ["Add at least one block."]


def test_a_template_is_added_approved_by_another_and_makes_letters():
    maker, template = a_maker(), a_template()
    page = as_(maker).open("/templates/").follow("Add a template")
    page = page.press("Begin with it", like=str(template.pk))
    page = page.press(
        "Check the template", title="Stopped charge: Welsh", use="For readers of Welsh.",
        reason="Readers ask", only_language_in="Welsh",
    )  # fmt: skip
    assert "“Stopped charge: discontinued” is for some of the same cases" in page.errors[0]
    others = as_(maker).open(f"/templates/{template.pk}/change/")
    others = others.press("Check the change", never_language_in="Welsh", reason="To be split")
    others.press("Hand over for approval").see("waits for somebody else")

    page = page.press("Check the template").see(
        "There was none before", "1 letter for made-up cases"
    )
    page.press("Hand over for approval").see("The template waits for somebody else")

    approver = as_(an_approver())
    made = Template.objects.get(title="Stopped charge: Welsh")
    early = approver.open(f"/templates/{made.pk}/versions/1/").press("Approve")
    assert "is for some of the same cases" in early.errors[0]
    approver.open(f"/templates/{template.pk}/versions/2/").press("Approve")
    page = approver.open(f"/templates/{made.pk}/versions/1/").press("Approve").see("is in use")
    page.follow("See it as a letter").see("prefers Welsh", "Nobody gets this letter")
    assert made.code == "stopped_charge_welsh"


def test_a_template_whose_letters_a_check_stops_is_refused_with_the_reason():
    order = [each for each in order_in_use() if each != "salutation"]

    page = new_page().press(
        "Check the template", title="Without a greeting", use="For nobody.", reason="A slip",
        order=json.dumps(order), kinds=["HOLDING"],
    )  # fmt: skip

    assert page.errors


def test_a_template_with_a_block_that_waits_is_refused_with_the_reason():
    a_new_block()

    page = new_page().press("Add the block", add_block="parking")
    page = page.press(
        "Check the template", title="Parking", use="For drivers.", reason="Readers ask",
        only_relation_in=["VICTIM"], only_decision_in=["DISCONTINUED"], only_language_in="Welsh",
    )  # fmt: skip

    assert page.errors


def test_who_may_not_change_templates_is_told_so():
    an_area_with_templates()

    page = as_(given.a_person(Role.LINE_MANAGER)).open("/templates/new/")

    page.see("only those of the Victim Liaison Unit")
    assert "Add a template" not in page.links


def test_the_page_of_a_template_that_only_waits_shows_where_its_change_is():
    draft = a_new_template()

    page = as_(an_approver()).open(f"/templates/{draft.template_id}/")

    page.see("A change waits for approval", "No version of this template is in use.")


def test_a_title_changes_once_somebody_else_has_approved_it():
    maker, block = a_maker(), a_block()
    page = as_(maker).open(f"/templates/blocks/{block.pk}/change/")
    page = page.press("Check the change", title="Bad news", reason="Plainer").see("Bad news")
    page.press("Hand over for approval")
    assert as_(maker).open(f"/templates/blocks/{block.pk}/").heading == "Hard news"

    page = as_(an_approver()).open(f"/templates/blocks/{block.pk}/versions/2/").press("Approve")

    page.see("“Bad news” is in use from now on")
    assert page.heading == "Bad news"


def test_an_owner_changes_once_somebody_else_has_approved_it():
    change = an_approved_change(owner="LEGAL_SPOC")

    page = as_(given.a_person(Role.LEGAL_SPOC)).open(f"/templates/blocks/{change.block_id}/")

    page.see("OwnerLegal SPOC")


def test_two_blocks_of_one_title_are_refused():
    page = as_(a_maker()).open(f"/templates/blocks/{a_block().pk}/change/")

    page = page.press("Check the change", title="date", reason="Plainer")

    assert page.errors == ["Another is called “date” already. Choose another title."]


def test_a_new_block_is_known_by_the_title_of_the_last_draft():
    maker = a_maker()
    draft = a_new_block(by=maker)
    page = as_(maker).open(f"/templates/blocks/{draft.block_id}/change/")

    page = page.press("Check the change", title="Where to park", reason="Plainer")
    page.press("Hand over for approval")

    draft.block.refresh_from_db()
    assert draft.block.title == "Where to park"
