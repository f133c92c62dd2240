"""A form is read for the recordings it names; those that are not held become expected."""

from io import BytesIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from forthright.accounts.models import Role, Unit
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.hard_media.models import MediaItem
from forthright.hard_media.selectors.named import read_form
from forthright.hard_media.services import items, naming
from forthright.rules.exhibits_named import exhibits_in
from forthright.rules.recordings_named import DOORBELL, KINDS
from tests import given
from tests.client import as_
from tests.hard_media import media

pytestmark = pytest.mark.django_db
STATEMENT = (
    "I seized the CCTV of the yard, exhibit DM/1, and a knife, exhibit DM/2.\n"
    "My body worn video is exhibit AK/1. There was a 999 call from a neighbour."
)


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


def address_of(hearing):
    return f"/recordings/cases/{hearing.case_id}/form/"


def read(hearing, text=STATEMENT, form="MG11", person=None):
    page = as_(person or media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/")
    page = page.follow("Read a form for recordings")
    return page.press("Look for recordings", named_in=form, text=text)


def ticked(page):
    return page.tree.xpath("//input[@name='chosen'][@checked]/@value")


def offered(page):
    return page.tree.xpath("//input[@name='chosen']/@value")


def expected():
    rows = MediaItem.objects.filter(state="EXPECTED").order_by("pk")
    return list(rows.values_list("exhibit", "kind", "named_in"))


def a_word_file(*rows):
    document, kept = Document(), BytesIO()
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    document.save(kept)
    return SimpleUploadedFile("MG12.docx", kept.getvalue())


def test_one_press_records_what_a_form_names_and_the_register_lacks():
    hearing = media.a_hearing()
    page = read(hearing)
    page.see("DM/1, CCTV", "AK/1, Body-worn video", "999 call", "DM/2, another exhibit")
    assert ticked(page) == ["dm1", "ak1", "999call"]

    page.press("Record as expected").see("3 recordings added. Now expected.", "DM/1, CCTV")

    assert expected() == [
        ("DM/1", "CCTV", "MG11"), ("AK/1", "BWV", "MG11"), ("999 call", "CALL_999", "MG11"),
    ]  # fmt: skip
    added = list(MediaItem.objects.order_by("pk").values_list("pk", flat=True))
    event = Event.objects.get(name="media.form_read")
    assert event.detail == {"named_in": "MG11", "chosen": 3, "recordings": added}
    assert Event.objects.filter(name="media.added").count() == 3


def test_what_is_held_is_told_of_and_not_recorded_again():
    hearing = media.a_hearing()
    media.a_received_item(hearing, exhibit="dm / 1")
    media.a_received_item(hearing, exhibit="KP/7", kind="CALL_999")

    page = read(hearing)

    page.see("In the register already", "dm / 1, CCTV", "It may be KP/7, so it is not chosen")
    assert (offered(page), ticked(page)) == (["ak1", "999call", "dm2"], ["ak1"])
    page.press("Record as expected").see("1 recording added")
    assert expected() == [("AK/1", "BWV", "MG11")]
    again = read(hearing)
    assert ticked(again) == []


def test_an_exhibit_of_its_own_and_one_that_is_doubted_are_not_chosen():
    page = read(media.a_hearing(), text=(
        "PC Hall seized a knife, exhibit SH/1, and his body worn video captured this.\n"
        "I refer to DM/1, and the CCTV shows him."
    ))  # fmt: skip

    page.see(
        "SH/1, another exhibit", "Nothing here says of it that it is a recording",
        "DM/1, CCTV", "may be another than this exhibit", "It may be DM/1, so it is not chosen",
    )  # fmt: skip
    assert ticked(page) == ["body/worn/video"]


def test_a_second_press_of_a_page_that_stood_open_records_nothing_twice():
    hearing = media.a_hearing()
    page = read(hearing)
    page.press("Record as expected")

    page.press("Record as expected").see("came into the register since this page was opened")

    assert MediaItem.objects.count() == 3


def test_a_second_press_with_nothing_left_to_add_says_so():
    page = read(media.a_hearing(), text="CCTV DM/1")
    page.press("Record as expected")

    page.press("Record as expected").see("The register has all that the form names.")

    assert MediaItem.objects.count() == 1


def test_what_came_into_the_register_in_between_is_left_as_it_is():
    hearing = media.a_hearing()
    found = exhibits_in("CCTV DM/1. Dashcam DM/3.")
    held = media.a_received_item(hearing, exhibit="dm/1")

    added = naming.add_named(hearing, found, named_in="MG5", by=None, at=given.NOON)

    assert [each.exhibit for each in added] == ["DM/3"]
    held.refresh_from_db()
    assert held.state == "RECEIVED_LINK"


def test_an_exhibit_of_which_the_form_does_not_say_what_it_is_can_be_chosen():
    hearing = media.a_hearing()

    read(hearing).press("Record as expected", chosen=["dm2"])

    assert expected() == [("DM/2", "OTHER", "MG11")]


def test_a_form_that_is_a_word_file_is_read_row_by_row():
    hearing = media.a_hearing()
    file = a_word_file(
        ("Description", "Exhibit"), ("CCTV of the yard", "DM/1"), ("Dashcam", "DM/3"),
        ("Knife", "DM/4"),
    )  # fmt: skip
    page = as_(media.a_lawyer()).open(address_of(hearing))

    page = page.press("Look for recordings", named_in="MG12", file=file)

    assert ticked(page) == ["dm1", "dm3"]
    page.see("“CCTV of the yard DM/1”")


def test_a_file_that_cannot_be_read_is_refused_in_words_about_a_form():
    page = as_(media.a_lawyer()).open(address_of(media.a_hearing()))
    empty = SimpleUploadedFile("MG12.docx", b"")

    page = page.press("Look for recordings", named_in="MG12", file=empty)

    page.see("The file is empty. Choose the file of the form.")


def test_neither_file_nor_words_is_refused_and_so_is_no_form():
    page = as_(media.a_lawyer()).open(address_of(media.a_hearing())).press("Look for recordings")

    page.see("Choose which form it is", "Choose the file of the form, or paste its words")


def test_nothing_named_is_said_with_what_to_do():
    read(media.a_hearing(), text="He was at home.").see(
        "No exhibit and no recording was found in it.", "add by hand"
    )


def test_only_what_the_form_names_gets_in_by_this_page():
    hearing = media.a_hearing()

    page = read(hearing).press("Record as expected", chosen=["zz/9"])

    page.see("came into the register since")
    assert MediaItem.objects.count() == 0


def test_whoever_may_not_add_by_hand_may_not_add_from_a_form():
    hearing = media.a_hearing()
    other = media.a_lawyer(unit=given.a_unit(Unit.Kind.RASSO))

    as_(other).open(address_of(hearing), status=404)
    as_(given.a_person(Role.SENIOR_MANAGER)).open(address_of(hearing), status=403)
    with pytest.raises(NotAllowed):
        naming.add_named(hearing, exhibits_in("CCTV DM/1"), named_in="MG5", by=other, at=given.NOON)
    assert MediaItem.objects.count() == 0


def test_a_withdrawn_recording_that_a_form_names_is_shown_as_withdrawn():
    hearing = media.a_hearing()
    item = media.an_expected_item(hearing, exhibit="DM/1")
    items.withdraw_item(item, reason="A slip of the pen.", by=None, at=given.NOON)

    read(hearing).see("DM/1, CCTV: withdrawn")


def test_each_kind_that_is_found_is_one_of_the_register():
    # The camera of a doorbell is registered as CCTV.
    assert {kind for kind, _ in KINDS} - {DOORBELL} <= set(MediaItem.Kind.values)
    assert [each.kind for each in exhibits_in("RB/1 doorbell footage of the drive")] == ["CCTV"]


@pytest.mark.parametrize("written", ["DM 4", "DM-04", "DM4"])
def test_what_is_held_is_known_in_the_form_however_it_parts_its_reference(written):
    hearing = media.a_hearing()
    held = media.an_expected_item(hearing, exhibit="DM/4")

    found = read_form(hearing, f"Exhibit {written} CCTV")

    assert (found.new, found.held) == ((), (held,))


def test_what_may_be_a_reference_and_is_not_read_is_named_on_the_page():
    hearing = media.a_hearing()
    media.an_expected_item(hearing, exhibit="LP7")

    page = read(hearing, text="The CCTV is JS1, the call LP7, the discs DM/10 to DM/400.")

    page.see("Not read as an exhibit")
    words = page.tree.xpath("//li[contains(@class, 'app-words')]/text()")
    assert words == ["DM/10 to DM/400", "JS1"]


def test_lines_of_which_nothing_was_read_are_shown_to_look_at():
    page = read(media.a_hearing(), text="ABE: N\nBWV: Y / N\nFootage from the shop\nJAN/1 a disc")

    page.see("Lines that mention a recording and were not read", "BWV: Y / N", "Footage from the")
    page.see("Not read as an exhibit", "JAN/1", "No exhibit and no recording was read from it.")
    assert offered(page) == []


def test_a_plain_form_shows_no_lines_to_look_at():
    assert "were not read" not in read(media.a_hearing()).text


def test_a_second_recording_of_a_kind_is_offered_in_the_same_form_and_in_a_later_one():
    hearing, browser = media.a_hearing(), as_(media.a_lawyer())
    page = browser.open(f"/recordings/cases/{hearing.case_id}/form/")
    two = "999 call from Mrs Okafor\n999 call from Mr Khan"
    found = page.press("Look for recordings", named_in="MG5", text=two)
    found.see("“999 call from Mr Khan” It may be 999 call, but something else is told of it")
    found.press("Record as expected", chosen=["999call"])

    page = browser.open(f"/recordings/cases/{hearing.case_id}/form/")
    page = page.press("Look for recordings", named_in="MG6", text=two)

    page.see("In the register already", "“999 call from Mrs Okafor” If that is another")
    page.see("“999 call from Mr Khan” It may be 999 call").not_see("nothing that the register")
    page.press("Record as expected", chosen=["999call(2)"])
    assert set(MediaItem.objects.values_list("exhibit", flat=True)) == {"999 call", "999 call (2)"}


@pytest.mark.parametrize(
    "there", [{"named_words": "CCTV camera 1"}, {"title": "Camera 1, rear"}], ids=["form", "hand"]
)
def test_another_camera_than_the_register_has_is_offered_and_not_chosen(there):
    hearing = media.a_hearing()
    item = media.an_expected_item(hearing, exhibit="CCTV", kind="CCTV", title="")
    MediaItem.objects.filter(pk=item.pk).update(**there)

    page = read(hearing, text="CCTV camera 1\nCCTV camera 2, front door")

    page.see("In the register already", "“CCTV camera 2, front door” It may be CCTV")
    assert offered(page) == ["cctv(2)"]
    assert page.tree.xpath("//input[@name='chosen'][@checked]") == []
