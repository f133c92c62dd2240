"""The pages of the templates, as each person walks them."""

from io import BytesIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document

from forthright.accounts.models import Role
from forthright.audit.models import Event
from forthright.letter_templates import services
from forthright.letter_templates.models import Block, BlockVersion
from tests import given
from tests.client import as_
from tests.letter_templates.wordings import (
    SORRY,
    a_block,
    a_draft,
    a_maker,
    a_new_block,
    a_template,
    a_template_draft,
    an_approver,
    an_area_with_templates,
    an_overdue_block,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(given.NOON, tick=False):
        yield


def page_of(thing) -> str:
    """Return the address of a block, template or version."""
    if isinstance(thing, BlockVersion):
        return f"/templates/blocks/{thing.block_id}/versions/{thing.number}/"
    return f"/templates/{'blocks/' if isinstance(thing, Block) else ''}{thing.pk}/"


def test_a_prosecutor_reads_a_template_and_the_letter_it_makes():
    template = a_template()

    page = as_(given.a_person(Role.PROSECUTOR)).open("/templates/").follow(template.title)
    page.see("Its blocks in order", "One of these:", "When the decision is discontinued")
    page.not_see("Change the order")
    page = page.follow("See it as a letter")

    page.see("Dear Ms Osei", "Nobody gets this letter", "What the checks say")


def test_the_letter_is_shown_for_the_case_that_is_chosen():
    page = as_(an_approver()).open(f"{page_of(a_template())}letter/", example="late")

    page.see("sorry that you have had to wait")


def test_a_change_is_written_checked_handed_over_and_approved_by_another():
    block, maker, approver = a_block(), a_maker(), an_approver()

    page = as_(maker).open(page_of(block)).follow("Change this block")
    page = page.press("Check the change", wording=SORRY, reason="Shorter is kinder")
    page.see("What changes in the wording", "Nothing new", "Read the whole letters", SORRY)
    page.not_see("What else changes")
    page = page.press("Hand over for approval").see("waits for somebody else")
    page.see("You made this change").not_see("Approve it")
    page = as_(approver).open("/").follow("1 change to approve").follow("Hard news")
    page.see("Shorter is kinder", "Words taken out", maker.full_name)
    page = page.press("Approve").see("is in use from now on")

    page.see(SORRY)
    assert [row.state for row in block.versions.order_by("number")] == ["RETIRED", "APPROVED"]


def test_what_was_written_is_not_lost_by_going_back():
    page = as_(a_maker()).open(f"{page_of(a_block())}change/")
    page = page.press("Check the change", wording=SORRY, reason="Kinder")

    page = page.press("Change the answers")

    page.see(SORRY, "Kinder")


def test_an_unknown_field_is_refused_with_its_place():
    page = as_(a_maker()).open(f"{page_of(a_block())}change/")

    page = page.press("Check the change", wording="By {{ acused_names }}", reason="Clearer")

    assert "line 1, column 4" in page.errors[0]
    assert "Did you mean “accused_names”?" in page.errors[0]


def test_the_maker_who_may_approve_others_may_not_approve_their_own():
    maker = given.a_person(Role.LEGAL_MANAGER)
    draft = a_draft(by=maker)

    page = as_(maker).open(page_of(draft)).see("You made this change")
    refused = as_(maker).post(f"{page_of(draft)}approve/", status=403)

    page.not_see("Approve it")
    refused.see("somebody else must approve it")


def test_a_change_that_a_check_stops_asks_for_a_reason():
    draft = a_draft(wording="Dear [NAME], we are sorry.")
    page = as_(an_approver()).open(page_of(draft)).see("Stop", "New with this change")

    refused = page.press("Approve")
    page = page.press("Approve", although="The brackets are meant")

    assert "although a check is against it" in refused.errors[-1]
    page.see("is in use from now on")


def test_a_change_is_not_approved_with_a_reason_that_its_maker_reads():
    draft = a_draft()
    page = as_(an_approver()).open(page_of(draft))

    refused = page.press("End the change", reason="")
    page.press("End the change", reason="It says too little").see("The change is ended")

    assert refused.errors == ["Say why"]
    page = as_(draft.made_by).open("/").see("It says too little")
    page.follow("Your change of “Hard news” was not approved").see("Not approved")


def test_the_maker_is_told_until_they_change_it_again():
    draft = a_draft()
    services.withdraw_change(draft, reason="Too short", by=an_approver(), at=given.NOON)
    browser = as_(draft.made_by)
    browser.open("/").see("was not approved")

    a_draft(draft.block, by=draft.made_by, wording="We are sorry about this news.")

    browser.open("/").not_see("was not approved")


def test_taking_ones_own_change_back_is_no_news():
    draft = a_draft()
    services.withdraw_change(draft, reason="A slip", by=draft.made_by, at=given.NOON)

    as_(draft.made_by).open("/").not_see("was not approved")


def test_the_owner_is_reminded_when_the_day_of_review_has_come():
    block = a_block("questions")
    with time_machine.travel(given.at("2027-02-01 09:00"), tick=False):
        page = as_(a_maker()).open("/").follow("62 blocks to look at again")
        page.see("Blocks to look at again", "Yours")
        page = page.follow(block.title).see("To look at again since Friday 29 January 2027")
        page = page.follow("Change this block")
        page = page.press("Check the change", reason="Looked at again: still right")
        page = page.press("Hand over for approval")
        others = as_(given.a_person(Role.PROSECUTOR)).open("/")

    page.see("Next review", "1 February 2028")
    others.not_see("to look at again")


def test_a_block_is_added_and_taken_up_by_a_template():
    maker = a_maker()
    an_area_with_templates()
    page = as_(maker).open("/templates/blocks/new/").press(
        "Hand over for approval",
        title="Parking at the court", code="parking", wording="You can park behind it.",
        reason="Readers ask", need="To come without worry", standards=["B3"], source="Ours",
        review_on_day="1", review_on_month="11", review_on_year="2027",
    )  # fmt: skip
    page.see("waits for somebody else", "No template uses it yet")
    draft = BlockVersion.objects.get(block__code="parking")
    as_(an_approver()).open(page_of(draft)).press("Approve").see("is in use")

    page = as_(maker).open(f"{page_of(a_template())}change/")
    page = page.press("Add the block", add_block="parking")
    page = page.press("Check the change", reason="Readers ask")

    page.see("What changes in the order of blocks", "Parking at the court", "Nothing new")
    page.press("Hand over for approval").see("waits for somebody else")


def test_a_change_of_a_template_is_approved_by_another():
    draft = a_template_draft()

    page = as_(an_approver()).open(f"/templates/{draft.template_id}/versions/2/")
    page = page.see("What it is for", "For an adult.").press("Approve")

    page.see("is in use as changed", "For an adult.")


def test_a_template_with_a_block_that_waits_says_so():
    a_new_block()
    draft = a_template_draft(order=["parking"])

    page = as_(an_approver()).open(f"/templates/{draft.template_id}/versions/2/")

    page.see("there is no block “parking”", "approved first")
    assert "Approve that block first" in page.press("Approve").errors[-1]


def test_a_template_is_worded_anew_in_word():
    template, browser = a_template(), as_(a_maker())
    answer = browser.client.get(f"{page_of(template)}file/")
    document = Document(BytesIO(answer.content))
    texts = [each.text for each in document.paragraphs]
    document.paragraphs[texts.index("{{ block hard_news }}") + 1].text = SORRY
    kept = BytesIO()
    document.save(kept)

    page = browser.open(page_of(template)).follow("Change the wording in Word")
    file = SimpleUploadedFile("template.docx", kept.getvalue())
    page = page.press("Hand over for approval", file=file, reason="Kinder")

    page.see("Worded anew, and waiting for approval: “Hard news”")
    assert Event.objects.filter(name="template.taken_out").count() == 1


def test_a_file_that_is_no_word_file_is_refused_in_words():
    page = as_(a_maker()).open(f"{page_of(a_template())}upload/")

    file = SimpleUploadedFile("template.docx", b"words")
    page = page.press("Hand over for approval", file=file, reason="Kinder")

    assert "not a Word document" in page.errors[0]


def test_every_unknown_field_of_a_word_file_stands_on_a_line_of_its_own():
    template, browser = a_template(), as_(a_maker())
    answer = browser.client.get(f"{page_of(template)}file/")
    document = Document(BytesIO(answer.content))
    texts = [each.text for each in document.paragraphs]
    document.paragraphs[texts.index("{{ block hard_news }}") + 1].text = "{{ dear_nam }}"
    document.paragraphs[texts.index("{{ block salutation }}") + 1].text = "{{ ofence }} {{ zzz }}"
    kept = BytesIO()
    document.save(kept)

    page = browser.open(f"{page_of(template)}upload/")
    file = SimpleUploadedFile("template.docx", kept.getvalue())
    page = page.press("Hand over for approval", file=file, reason="Kinder")

    assert [each.partition("“")[2].partition("”")[0] for each in page.errors] == [
        "ofence", "zzz", "dear_nam",
    ]  # fmt: skip


def test_a_file_in_which_nothing_changed_is_said_to_be_so():
    template, browser = a_template(), as_(a_maker())
    file = SimpleUploadedFile("t.docx", browser.client.get(f"{page_of(template)}file/").content)

    page = browser.open(f"{page_of(template)}upload/")
    page = page.press("Hand over for approval", file=file, reason="Kinder")

    assert "Nothing differs" in page.errors[0]


def test_the_area_without_templates_starts_with_those_that_ship():
    given.an_area()
    page = as_(a_maker()).open("/templates/").press("Start with the product’s templates")

    page.see("are in use", "Stopped charge: discontinued")


def test_a_block_of_no_template_is_taken_out_of_use():
    draft, approver = a_new_block(), an_approver()
    as_(approver).open(page_of(draft)).press("Approve")

    page = as_(approver).open(page_of(draft.block)).follow("Take it out of use")
    page = page.press("Take it out of use", reason="The car park closed")

    page.see("no longer in use", "The car park closed")


def test_a_person_of_another_area_finds_nothing():
    draft = a_draft()
    stranger = as_(given.a_person(Role.LEGAL_MANAGER, area=given.an_area("Wessex")))

    for address in (page_of(draft), page_of(draft.block), page_of(a_template())):
        assert stranger.try_("GET", address) == 404
    assert stranger.try_("POST", f"{page_of(draft)}approve/") == 404


def test_a_line_manager_of_another_unit_is_told_who_changes_templates():
    manager = given.a_person(Role.LINE_MANAGER)
    block = a_block()

    as_(manager).open(page_of(block)).not_see("Change this block")
    page = as_(manager).open(f"{page_of(block)}change/", status=403)

    page.see("only those of the Victim Liaison Unit")


@pytest.mark.parametrize("address", ["/templates/", "/templates/blocks/"])
def test_many_changes_cost_as_many_queries_as_one(address):
    browser, maker = as_(an_approver()), a_maker()
    counts = []
    for code in ("hard_news", "questions", "complaint", "formats"):
        a_draft(a_block(code), by=maker, wording=SORRY)
        with CaptureQueriesContext(connection) as queries:
            browser.open(address)
        counts.append(len(queries))

    assert len(set(counts[1:])) == 1


def test_who_comes_second_is_led_to_the_change_that_waits():
    draft = a_draft()
    browser = as_(given.a_person(Role.LEGAL_SPOC))

    browser.open(page_of(draft.block)).not_see("Change this block")
    page = browser.open(f"{page_of(draft.block)}change/")

    page.see("waits for approval. Have it approved or ended first", "version 2")


def test_ones_own_change_is_gone_on_with_where_it_stands():
    draft = a_draft()

    page = as_(draft.made_by).open(page_of(draft.block)).follow("Change this block")

    page.see(SORRY)


def test_a_block_that_is_being_changed_is_not_asked_for_again():
    overdue = an_overdue_block()
    owner = as_(a_maker())
    owner.open("/").see("1 block to look at again")

    a_draft(overdue.block, wording="Another wording.")

    owner.open("/").not_see("to look at again")
