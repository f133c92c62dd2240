"""A tick counts for what the page asked about, and not for what came since it was opened."""

import pytest

from forthright.hard_media.models import HandOver, Playing, ShareRecord
from forthright.hard_media.services import carriers, cutting
from tests.client import as_
from tests.hard_media import media
from tests.hard_media.links import NOON, a_copy, with_a_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
SINCE = "This came after you opened the page, so your tick does not count for it."


def being_made(item, **fields):
    cut = cutting.Cut(what="MUTE", start=1, end=2, reason="A name.", **fields)
    return cutting.ask_for_copy(item.files.get(), cut, by=None, at=NOON)


def cut_without_converting(item):
    Playing.objects.create(
        sent_file=item.files.get(), how="AS_IT_IS", words="", container="mov", has_pictures=True,
        made_at=NOON, left_out=12.5,
    )  # fmt: skip


def the_page(hearing):
    return as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/share/")


def ticked(page, name):
    return page.tree.xpath(f"//input[@name='{name}' and @checked]")


@pytest.fixture
def other(hearing):
    return with_a_file(hearing, content=b"another" * 99)


def test_what_a_copy_is_to_hide_of_another_recording_since_is_asked_about(hearing, item, other):
    first = a_copy(item)
    page = the_page(hearing).see(f"Needed for {item.exhibit} as it came:")
    being_made(other)

    answers = {"items": [item.pk, other.pk], "parties": ["COURT"], "way": "EGRESS"}
    page = page.press("Share them", **answers, hidden_too="on")

    page.see(SINCE, f"{other.exhibit} as it came shows", f"Needed for {item.exhibit} as it came")
    assert f"by copy {first.pk}" not in page.errors[0]
    assert (ticked(page, "hidden_too"), ShareRecord.objects.count()) == ([], 0)
    page.press("Share them", **answers, hidden_too="on").see("2 shares are recorded.")


def test_another_copy_of_the_same_recording_since_is_asked_about(hearing, item):
    a_copy(item)
    page = the_page(hearing)
    later = being_made(item)

    answers = {"items": [item.pk], "parties": ["COURT"], "way": "EGRESS"}
    page = page.press("Share them", **answers, hidden_too="on")

    page.see(SINCE, f"{item.exhibit} as it came shows what is hidden, or is to be, by copy")
    assert f"copy {later.pk} " in page.errors[0]
    page.press("Share them", **answers, hidden_too="on").see("1 share is recorded.")


def test_what_a_copy_shows_of_another_since_is_asked_about(hearing, item):
    less = a_copy(item)
    page = the_page(hearing)
    being_made(item, also=less)

    answers = {"copies": [less.pk], "parties": ["COURT"], "way": "EGRESS"}
    page = page.press("Share them", **answers, hidden_too="on").see(SINCE, f"Copy {less.pk} of")
    page.press("Share them", **answers, hidden_too="on").see("1 share is recorded.")


def test_what_was_asked_about_goes_where_something_else_came_since(hearing, item, other):
    a_copy(item)
    page = the_page(hearing)
    being_made(other)

    answers = {"items": [item.pk], "parties": ["COURT"], "way": "EGRESS"}
    page.press("Share them", **answers, hidden_too="on").see("1 share is recorded.")


def test_a_tick_stays_where_something_else_is_wrong(hearing, item):
    a_copy(item)

    page = the_page(hearing).press("Share them", items=[item.pk], way="EGRESS", hidden_too="on")

    assert page.errors == ["Choose with whom"]
    page.press("Share them", parties=["COURT"]).see("1 share is recorded.")


def test_a_file_that_holds_more_than_is_played_since_is_asked_about(hearing, item, other):
    cut_without_converting(item)
    page = the_page(hearing)
    cut_without_converting(other)

    answers = {"items": [item.pk, other.pk], "parties": ["COURT"], "way": "EGRESS"}
    page = page.press("Share them", **answers, left_out_too="on")

    page.see(f"{SINCE} {other.exhibit} was cut without being converted")
    assert (ticked(page, "left_out_too"), ShareRecord.objects.count()) == ([], 0)
    page.press("Share them", **answers, left_out_too="on").see("2 shares are recorded.")


def test_what_is_on_a_disc_is_asked_about_likewise(hearing, item, other):
    first = a_copy(item)
    disc = media.a_disc()
    carriers.put_on_carrier(disc, [item, other], by=None, at=NOON)
    page = as_(media.a_lawyer()).open(f"/recordings/discs/{disc.pk}/hand-over/")
    later = being_made(other)

    answers = {"to_kind": "COURT", "to_place": "Court 3"}
    page = page.press("Record the hand-over", **answers, hidden_too="on")

    page.see(SINCE, f"{other.exhibit} (copy {later.pk} (")
    assert f"copy {first.pk} (" not in page.errors[0]
    assert (ticked(page, "hidden_too"), HandOver.objects.count()) == ([], 1)
    page.press("Record the hand-over", **answers, hidden_too="on").see("The hand-over is recorded")
