"""The pages on which a letter is drafted, checked, overruled, approved and returned."""

import json
import re
from dataclasses import replace
from io import BytesIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from forthright.accounts.models import Role, Unit
from forthright.cases.models import Decision
from forthright.letters.marked_text import marked_text
from forthright.letters.models import LetterVersion
from forthright.letters.selectors.checking import composed_of
from forthright.letters.services.drafting import draft_letter, keep_edit
from forthright.letters.services.notes import write_note
from forthright.schemes.models import Duty
from tests import given
from tests.client import as_

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_monday_in_october():
    with time_machine.travel(given.at("2026-10-05 14:00"), tick=False):
        yield


@pytest.fixture
def officer():
    return given.a_liaison_officer()


def a_manager():
    return given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.VLU))


def text_of(page):
    return page.tree.get_element_by_id("id_text").value


def test_an_officer_is_led_from_the_letter_to_the_draft_and_to_approval(officer):
    duty = given.an_explained_letter()
    page = as_(officer).open(f"/letters/{duty.pk}/")
    page.see("The prosecutor’s reasons", "Written by the prosecutor", "The draft")

    page = page.follow("Draft the letter").press("Put the letter together")
    page.see("The letter is put together", "1 warning", "words are about this person")
    page = page.press("Keep it and hand over for approval")

    page.see("waits for a second person", "Waits for: the check and approval")
    page = as_(a_manager()).open(f"/letters/{duty.pk}/").follow("Read and approve the letter")
    page.see("The camera on Foundry Street").press("Record your decision", answer="APPROVE").see(
        "The letter is approved and can be sent"
    )


def test_without_reasons_the_page_says_so_and_offers_no_draft(officer):
    duty = given.a_letter_to_write()

    page = as_(officer).open(f"/letters/{duty.pk}/draft/")

    page.see("Nobody has written the reasons yet")
    refused = as_(officer).post(f"/letters/{duty.pk}/draft/begin/")
    refused.see("It cannot be put together yet", "There is no reasons note")


def test_a_wrong_name_is_a_stop_beside_the_words_and_one_press_checks_a_mend(officer):
    duty = given.a_draft(by=officer).letter.duty
    page = as_(officer).open(f"/letters/{duty.pk}/draft/")
    right = text_of(page)

    page = page.press("Check it", text=right.replace("Dear Ms Osei", "Dear Ms Ashdown"))
    page.see("stop", "Ashdown", "What stands below is not kept yet")
    refused = page.press("Keep it and hand over for approval")
    refused.see("Not handed over")

    page = refused.press("Keep it", text=right)
    page.see("Version 3 is kept", "1 warning").not_see("Not handed over")


def test_a_suggestion_is_put_in_by_one_press_without_script(officer):
    duty = given.a_draft(by=officer).letter.duty
    page = as_(officer).open(f"/letters/{duty.pk}/draft/")
    page = page.press("Check it", text=text_of(page) + "\n\nPrior to the hearing we will ring you.")
    use = next(
        each for each in page.tree.iter("button")
        if each.get("name") == "use" and "Prior to" in each.text_content()
    )  # fmt: skip

    page = as_(officer).post(
        f"/letters/{duty.pk}/draft/", text=text_of(page), based_on="1", use=use.get("value")
    )

    assert "Prior to" not in text_of(page)
    assert "the hearing we will ring you." in text_of(page)


def test_words_are_checked_as_they_are_typed_and_nothing_is_kept(officer):
    duty = given.a_draft(by=officer).letter.duty
    browser = as_(officer)
    text = text_of(browser.open(f"/letters/{duty.pk}/draft/"))
    typed = "🙂 " + text.replace("Dear Ms Osei", "Dear Ms Ashdown")

    answer = browser.client.post(
        f"/letters/{duty.pk}/draft/check/", {"text": typed, "based_on": "1"}
    )

    found = json.loads(answer.content)
    in_browser = typed.encode("utf-16-le")
    stops = [
        in_browser[2 * start : 2 * end].decode("utf-16-le")
        for start, end, level, _ in found["marks"]
        if level == "stop"
    ]
    assert any("Ashdown" in each for each in stops)
    assert "Ashdown" in found["findings"]
    assert 'href="#finding-1"' in found["links"]
    assert LetterVersion.objects.count() == 1


def test_two_officers_at_once_see_a_clear_page_and_lose_nothing(officer):
    duty = given.a_draft(by=officer).letter.duty
    mine = as_(officer).open(f"/letters/{duty.pk}/draft/")
    theirs = as_(given.a_liaison_officer()).open(f"/letters/{duty.pk}/draft/")
    theirs.press("Keep it", text=text_of(theirs).replace("I am sorry", "I am very sorry"))
    changed = text_of(mine).replace("Dear Ms Osei", "Dear Amira Osei")

    page = mine.press("Keep it", text=changed, status=409)

    page.see("Somebody else kept a version meanwhile", "nothing is lost", "very")
    assert "Dear Amira Osei" in text_of(page)
    page = page.press("Keep mine as the newest version").see("Version 3 is kept")
    assert "Dear Amira Osei" in text_of(page)


def test_a_draft_goes_to_word_and_comes_back(officer):
    duty = given.a_draft(by=officer).letter.duty
    browser = as_(officer)
    answer = browser.client.get(f"/letters/{duty.pk}/draft/download/")
    document = Document(BytesIO(answer.content))
    document.paragraphs[-1].add_run(" and colleagues")
    file = BytesIO()
    document.save(file)
    name = answer["Content-Disposition"].partition('"')[2].rstrip('"')

    page = browser.post(
        f"/letters/{duty.pk}/draft/upload/", file=SimpleUploadedFile(name, file.getvalue())
    )
    page.see("The Word file is kept as version 2", "edited in Word")
    again = browser.post(
        f"/letters/{duty.pk}/draft/upload/", file=SimpleUploadedFile(name, file.getvalue())
    )

    assert again.errors[0].startswith("This file was made from version 1. Version 2 was kept")


def test_a_word_file_with_the_words_there_were_makes_no_version(officer):
    duty = given.a_draft(by=officer).letter.duty
    browser = as_(officer).client
    answer = browser.get(f"/letters/{duty.pk}/draft/download/")
    name = answer["Content-Disposition"].partition('"')[2].rstrip('"')

    page = as_(officer).post(
        f"/letters/{duty.pk}/draft/upload/", file=SimpleUploadedFile(name, answer.content)
    )

    page.see("The Word file has the words of version 1, so no new version was made")


def test_an_old_word_file_is_named_for_what_it_is(officer):
    duty = given.a_draft(by=officer).letter.duty
    old = SimpleUploadedFile("letter.docx", bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600))

    page = as_(officer).post(f"/letters/{duty.pk}/draft/upload/", file=old)

    assert page.errors[0].startswith("The file is an old Word document or has a password.")


def test_a_stop_is_overruled_on_a_page_of_its_own_and_the_approver_reads_it(officer):
    duty = given.a_draft(by=officer).letter.duty
    page = as_(officer).open(f"/letters/{duty.pk}/draft/")
    page = page.press("Keep it", text=text_of(page).replace("Dear Ms Osei", "Dear Ms Ashdown"))
    while "Say why it is right" in page.words:
        link = next(words for words in page.links if words.startswith("Say why it is right"))
        page = page.follow(link).press("Overrule it", reason="She took that name on Friday.")
        page = page.follow("Go on with the draft")

    page.see("overruled").press("Keep it and hand over for approval")

    page = as_(a_manager()).open(f"/letters/{duty.pk}/approve/")
    page.see("She took that name on Friday.", officer.full_name)


def test_a_returned_letter_leads_the_drafter_with_what_is_to_change(officer):
    duty = given.a_draft(by=officer).letter.duty
    as_(officer).open(f"/letters/{duty.pk}/draft/").press("Keep it and hand over for approval")
    page = as_(a_manager()).open(f"/letters/{duty.pk}/approve/")

    assert page.press("Record your decision", answer="RETURN").errors == [
        "Say what is to change, so that the drafter can."
    ]
    page.press("Record your decision", answer="RETURN", reason="Say which camera.")

    page = as_(officer).open(f"/letters/{duty.pk}/")
    page.see("Say which camera.").follow("Change the draft").see("Draft of the letter")


def test_a_version_shows_which_words_are_from_the_template(officer):
    duty = given.a_draft(by=officer).letter.duty

    page = as_(officer).open(f"/letters/{duty.pk}/words/1/")

    page.see("Shaded words are from the template", "put together from the template")
    shaded = " ".join(each.text_content() for each in page.tree.find_class("app-from-template"))
    assert "Why we made this decision" in shaded
    assert "Marsden" not in shaded


def test_a_drafter_is_refused_the_page_of_approval(officer):
    spoc = given.a_person(Role.LEGAL_SPOC)
    duty = given.a_draft(by=spoc).letter.duty

    as_(spoc).open(f"/letters/{duty.pk}/approve/", status=403).see("somebody else")
    as_(officer).open(f"/letters/{duty.pk}/approve/", status=403)


def test_putting_a_letter_together_again_says_what_came_of_it(officer):
    version = given.a_draft(by=officer)
    place = f"/letters/{version.letter.duty_id}/draft/begin/"
    page = (
        as_(officer)
        .open(place)
        .see("There are words already: version 1", "Go on with version 1", "versions before it")
    )

    page = page.press("Put it together again")
    page.see("No new version was made", "the words of version 1 again")
    text = marked_text(composed_of(version)).replace("Yours sincerely", "Best.\n\nYours sincerely")
    keep_edit(version.letter.duty, text, based_on=1, by=officer, at=given.NOON)
    page = as_(officer).open(place).see("version 2, edited on the page")

    page.press("Put it together again").see("Version 3 is put together", "Version 2 is kept")


@pytest.mark.parametrize("page", ["draft", "approve"])
def test_the_count_of_findings_stands_above_the_letter_with_a_link_to_each(officer, page):
    version = given.a_draft(by=officer)
    text = marked_text(composed_of(version)).replace("Daniel Price", "Mr Ashdown")
    text = text.replace("Yours sincerely", "Mr Ashdown wrote to you.\n\nYours sincerely")
    keep_edit(version.letter.duty, text, based_on=1, by=officer, at=given.NOON)
    manager = given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.VLU))
    reader = officer if page == "draft" else manager

    tree = as_(reader).open(f"/letters/{version.letter.duty_id}/{page}/").tree

    summary = tree.find(".//details[@data-found-summary]")
    links = {each.get("href") for each in summary.iterfind(".//a")}
    told = {f"#{each.get('id')}" for each in tree.iterfind(".//li[@id]")}
    assert "1 stop and 1 warning" in summary.find(".//summary").text_content()
    assert links == {each for each in told if each.startswith("#finding-")} != set()


def test_a_manager_who_does_not_sign_letters_is_told_who_does_and_gets_no_button(officer):
    duty, manager = given.an_explained_letter(), a_manager()
    as_(manager).open(f"/letters/{duty.pk}/").not_see("Draft the letter")
    page = as_(manager).open(f"/letters/{duty.pk}/draft/begin/")
    page.see("you do not sign letters", "victim liaison officer, prosecutor or legal SPOC",
             "The camera on Foundry Street").not_see("Put the letter together")  # fmt: skip
    as_(manager).post(f"/letters/{duty.pk}/draft/begin/", status=403).see("do not sign letters")

    page.follow("Say who drafts it").press("Save", drafter=str(officer.pk))
    page = as_(manager).open(f"/letters/{duty.pk}/").follow("Draft the letter")

    page.press("Put the letter together").see("The letter is put together")
    assert officer.full_name in LetterVersion.objects.get().text


def test_who_approves_sees_all_of_the_note_and_lists_as_lists(officer):
    duty = given.a_letter_to_write()
    Decision.objects.filter(pk=duty.decision_id).update(kind=Decision.Kind.ALTERED_DECREASED)
    reasons = replace(
        given.REASONS, from_charge="Burglary", to_charge="Theft", from_most="14 years",
        to_most="7 years", court_name="Worcester Crown Court",
    )  # fmt: skip
    write_note(Duty.objects.get(), reasons, by=None, at=given.NOON)
    draft_letter(Duty.objects.get(), by=officer, at=given.NOON)

    page = as_(a_manager()).open(f"/letters/{duty.pk}/approve/")

    page.see("From Burglary to Theft", "Before: 14 years. Now: 7 years.", "Worcester Crown Court")
    # The list of the checks moves within itself elsewhere; here it would hide the note.
    (side,) = page.tree.find_class("app-editor__side")
    assert "app-editor__side--whole" in side.classes
    (letter,) = page.tree.find_class("app-letter-words")
    assert letter.xpath(".//ol/li")
    assert letter.xpath(".//ul/li[contains(., 'Foundry Street')]")


def test_the_share_beside_the_letter_is_that_of_the_warning(officer):
    duty = given.a_draft(by=officer).letter.duty

    page = as_(officer).open(f"/letters/{duty.pk}/draft/").see("Only")

    shares = set(re.findall(r"(\d+) of a hundred words", page.text))
    assert len(shares) == 1
