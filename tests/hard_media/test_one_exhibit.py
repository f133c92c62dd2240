"""A case has each exhibit once, however its reference is written; older doubles stay."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from forthright.hard_media.models import MediaItem
from forthright.hard_media.services import items
from tests import given
from tests.client import as_
from tests.hard_media import media

pytestmark = pytest.mark.django_db
MOVED = import_module("forthright.hard_media.migrations.0011_one_exhibit_however_written")


def change(item, **words):
    known = {"exhibit": item.exhibit, "kind": item.kind, "named_in": item.named_in, **words}
    return items.change_item(item, items.ItemWords(**known), by=None, at=given.NOON)


def doubles():
    """Return two recordings of before, whose references differ in capitals alone."""
    hearing = media.a_hearing()
    first = media.an_expected_item(hearing, exhibit="DM/1")
    second = media.an_expected_item(hearing, exhibit="DM/2")
    MediaItem.objects.filter(pk=second.pk).update(exhibit="dm/1")
    MediaItem.objects.update(exhibit_key=None)
    MOVED.compare_references(apps, None)
    first.refresh_from_db()
    second.refresh_from_db()
    return first, second


@pytest.mark.parametrize(
    "written", ["dm/1", "DM / 1", "Dm/1", "DM1", "DM-01", "DM\N{DIVISION SLASH}1."]
)
def test_the_same_reference_in_other_letters_is_refused(written):
    hearing = media.a_hearing()
    media.an_expected_item(hearing, exhibit="DM/1")

    with pytest.raises(items.ItemRefused, match="has a recording DM/1 already"):
        media.an_expected_item(hearing, exhibit=written)

    assert MediaItem.objects.count() == 1


def test_the_same_reference_in_another_case_is_another_recording():
    media.an_expected_item(exhibit="DM/1")

    assert media.an_expected_item(exhibit="dm/1").pk


def test_the_page_says_that_it_stands_in_the_register_and_keeps_what_was_typed():
    hearing = media.a_hearing()
    media.an_expected_item(hearing, exhibit="DM/1")
    page = as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/add/")

    page = page.press("Add it", exhibit="dm / 1", kind="CCTV", named_in="MG12", title="Yard")

    page.see("This case has a recording DM/1 already")
    assert page.tree.xpath("//input[@name='title']/@value") == ["Yard"]


def test_one_that_was_withdrawn_is_told_of_as_that():
    hearing = media.a_hearing()
    item = media.an_expected_item(hearing, exhibit="DM/1")
    items.withdraw_item(item, reason="A slip of the pen.", by=None, at=given.NOON)

    with pytest.raises(items.ItemRefused, match=r"DM/1 already, which was withdrawn\. Take that"):
        media.an_expected_item(hearing, exhibit="dm/1")


def test_a_reference_is_corrected_in_its_capitals_and_not_to_that_of_another():
    hearing = media.a_hearing()
    media.an_expected_item(hearing, exhibit="DM/1")
    second = media.an_expected_item(hearing, exhibit="DM/2")

    assert change(second, exhibit="dm/2").exhibit == "dm/2"
    with pytest.raises(items.ItemRefused, match="has a recording DM/1 already"):
        change(second, exhibit="dm/1")


def test_the_database_refuses_two_that_come_at_once():
    hearing = media.a_hearing()
    item = media.an_expected_item(hearing, exhibit="DM/1")
    item.pk, item.exhibit = None, "dm/1"

    with pytest.raises(IntegrityError), transaction.atomic():
        item.save(force_insert=True)


def test_doubles_of_before_stay_as_they_are_and_can_be_put_right():
    first, second = doubles()

    assert (first.exhibit, first.exhibit_key) == ("DM/1", "dm1")
    assert (second.exhibit, second.exhibit_key) == ("dm/1", None)
    assert change(second, title="The yard").title == "The yard"
    assert change(second, exhibit="DM/9").exhibit_key == "dm9"


def test_no_third_joins_doubles_of_before_even_once_the_first_has_another_name():
    first, second = doubles()
    change(first, exhibit="DM/7")

    with pytest.raises(items.ItemRefused, match="has a recording dm/1 already"):
        change(first, exhibit="Dm/1")
    assert MediaItem.objects.get(pk=second.pk).exhibit == "dm/1"
