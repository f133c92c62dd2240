"""A box of the check page that cannot be kept: its words stay on the page, what was kept stays."""

import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.letters.models import ReasonsNote
from forthright.peer_checks.models import PartTold
from tests import given
from tests.client import as_
from tests.peer_checks.looked_at import CHANGE, LATER, WELL, a_check
from tests.peer_checks.test_pages import answers

pytestmark = pytest.mark.django_db
LATER_ON = "Keep it and go on later"
KEPT = {"done_well": WELL, "to_change": CHANGE, "A6_note": "It is missing.",
        "A6_level": "NOT_MET", "A6_quotation": "Dear Ms Osei"}  # fmt: skip


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(LATER, tick=False):
        yield


def kept_of(check):
    """Return what is kept of a check, as its boxes are named."""
    check.refresh_from_db()
    a6 = check.levels.get(criterion__code="A6")
    return {"done_well": check.done_well, "to_change": check.to_change, "A6_note": a6.note,
            "A6_level": a6.level, "A6_quotation": a6.quotation}  # fmt: skip


def a_page_with_words_kept():
    check = a_check()
    page = as_(check.checker).open(f"/checks/{check.pk}/").press(LATER_ON, **KEPT)
    assert kept_of(check) == KEPT
    return check, page.see("Kept. Go on when you like.")


@pytest.mark.parametrize(
    ("box", "words", "because"),
    [
        ("done_well", "It is plain. " * 80, "may have 1,000 letters and spaces, and has 1039"),
        ("to_change", "Name them. " * 100, "may have 1,000 letters and spaces, and has 1099"),
        ("A6_note", "It fails. " * 110, "may have 1,000 letters and spaces, and has 1099"),
        ("A6_quotation", "Dear Ms Osei " * 400, "may have 4,000 letters and spaces, and has 5199"),
        ("A6_quotation", "Dear\x00Ms Osei", "holds a character that no text can have"),
        ("A6_quotation", "\u200b\u200e", "These words are not in the letter"),
        ("A6_level", "PARTIALLY", "this cannot be said of it"),
    ],
)
def test_a_box_that_cannot_be_kept_says_why_and_loses_neither_old_words_nor_new(
    box, words, because
):
    check, page = a_page_with_words_kept()

    page = page.press(LATER_ON, **{box: words, "A7_note": "Kept beside it."})

    assert len(page.errors) == 1
    assert because in page.errors[0]
    page.see("Not all of it is kept.").not_see("Go on when you like", "No answer was given")
    if box != "A6_level":
        shown = page.tree.get_element_by_id(f"id_{box}").value
        assert shown == words.replace("\x00", "\ufffd"), "a browser shows a NUL so"
    assert kept_of(check) == KEPT
    assert check.levels.get(criterion__code="A7").note == "Kept beside it."


@pytest.mark.parametrize("words", ["Name\x00 them.", "\u200bName them.\u200e", "Name them.\r\n"])
def test_what_nobody_sees_of_a_text_is_left_out_and_the_words_are_kept(words):
    check, page = a_page_with_words_kept()

    page.press(LATER_ON, to_change=words, A6_note=words).see("Kept. Go on when you like.")

    assert kept_of(check) == {**KEPT, "to_change": "Name them.", "A6_note": "Name them."}


def test_no_answer_is_given_while_the_prosecutors_part_cannot_be_kept():
    check = a_check()
    prosecutor = given.a_person(Role.PROSECUTOR, unit=check.letter.duty.unit)
    ReasonsNote.objects.filter(pk=check.version.note_id).update(written_by=prosecutor)
    said = answers(check, but="A6", done_well=WELL, to_change=CHANGE)
    too_long = "Say why the camera could not be used. " * 30

    page = as_(check.checker).open(f"/checks/{check.pk}/")
    page = page.press("Ask for changes", reasons_to_change=too_long, **said)

    page.see("No answer was given.")
    because = "this may have 1,000 letters and spaces, and has 1139. Shorten it and keep it again"
    assert page.errors == [f"What to change in the reasons: {because}"]
    check.refresh_from_db()
    assert (check.answer, check.to_change) == ("", CHANGE)
    page.press("Ask for changes", reasons_to_change=too_long[:900]).see("told what to change")
    told = PartTold.objects.get(check_of=check, recipient=prosecutor)
    assert told.to_change == too_long[:900].strip()
