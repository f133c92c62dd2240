"""The ladder and the report count a share alike: by who is in force, and by what it gives."""

from datetime import timedelta

import pytest

from forthright.hard_media.models import Representation, ShareLink, ShareRecord
from forthright.hard_media.selectors.backlog import backlog_of
from forthright.hard_media.selectors.ladder import ladder_of
from forthright.rules.media_rungs import Standing
from forthright.rules.weeks import week_of
from tests import given
from tests.client import as_
from tests.hard_media import files, media
from tests.hard_media.links import (
    COURT,
    UNTIL,
    a_copy,
    address_of,
    entered,
    shared,
    shared_by_link,
    with_a_file,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
TODAY = NOON.date()


def both(hearing):
    return [*COURT, *media.parties_of(hearing)[1:]]


def reported(hearing, on=TODAY):
    """Return whether the report says that everybody has the first recording."""
    week = week_of(on)
    facts = backlog_of(hearing.area, week, week, as_of=on + timedelta(days=1))
    return facts.recordings[0].left_on is not None


def is_ready(hearing, on=TODAY):
    """Return whether it is ready, having seen that ladder and report say the same."""
    standing = ladder_of(hearing, on).standing
    assert reported(hearing, on) is (standing is Standing.READY)
    return standing is Standing.READY


def test_a_firm_that_is_to_come_before_the_hearing_is_owed_it_at_once(hearing, item):
    shared_by_link(hearing, item, parties=both(hearing))
    in_three_days = TODAY + timedelta(days=3)
    media.represented(hearing, hearing.case.defendants.get(), "Rowe & Co", since=in_three_days)

    assert not is_ready(hearing)
    assert not is_ready(hearing, in_three_days)


def test_what_the_firm_to_come_has_is_enough_on_its_day(hearing, item):
    shared_by_link(hearing, item, parties=both(hearing))
    in_three_days = TODAY + timedelta(days=3)
    media.represented(hearing, hearing.case.defendants.get(), "Rowe & Co", since=in_three_days)
    page = as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/share/")
    page.see("Hale LLP", "Rowe & Co")

    Representation.objects.filter(firm="Rowe & Co").update(email="rowe@firm.example")
    shared_by_link(hearing, item, parties=media.parties_of(hearing)[1:])

    assert is_ready(hearing, in_three_days)


def test_a_clip_alone_makes_no_case_ready(hearing, item):
    shared(hearing, copies=[a_copy(item, what="CLIP")], parties=both(hearing))

    assert not is_ready(hearing)
    page = as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/")
    page.see("Only a clip of it", "Only a clip, which is not the recording")


def test_a_copy_in_its_place_makes_it_ready_and_says_so(hearing, item):
    shared(hearing, copies=[a_copy(item)], parties=both(hearing))

    assert is_ready(hearing)
    page = as_(media.a_lawyer()).open(f"/recordings/items/{item.pk}/")
    page.see("A copy in which something is hidden, in its place: the court and Hale LLP")


@pytest.mark.parametrize("way", ["LINK", "EGRESS"])
def test_bytes_found_sensitive_later_count_no_more_and_the_case_says_why(hearing, item, way):
    shared(hearing, item, parties=both(hearing), way=way)
    assert is_ready(hearing)

    with_a_file(hearing, kind="SENSITIVE")

    assert not is_ready(hearing)
    page = as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/")
    page.see("byte for byte, the file of a sensitive recording", "Counts no more")


def with_two_files(hearing):
    """Return a decided recording of two files, the first of which is the usual one."""
    item = media.a_requested_item(hearing)
    files.a_kept_file(item)
    files.a_kept_file(item, content=b"the gate", name="gate.mp4")
    media.items.view_item(item, how="Both.", by=None, at=NOON)
    return media.items.classify_item(item, "RELIED_ON", by=None, at=NOON)


@pytest.mark.parametrize("way", ["LINK", "EGRESS"])
def test_a_copy_of_one_of_two_files_is_not_said_to_lack_one_that_came_later(hearing, way):
    item = with_two_files(hearing)
    shared(hearing, copies=[a_copy(item)], parties=both(hearing), way=way)

    assert not is_ready(hearing)
    page = as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/")
    page.not_see("came later").see(
        "Copies of some of its files, cameras or sounds, and nothing of the others"
    )
    page.see("Share a copy of each, or the other files as they came, all at once.")


def test_a_clip_of_one_of_two_files_is_only_a_clip(hearing):
    item = with_two_files(hearing)
    shared(hearing, copies=[a_copy(item, what="CLIP")], parties=both(hearing))

    page = as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/")

    page.not_see("came later").see("Only a clip, which is not the recording")


def test_what_a_link_still_opens_beside_a_file_found_sensitive_is_not_said_to_be_shut(hearing):
    item = with_two_files(hearing)
    shared(hearing, item)
    link = ShareLink.objects.get()
    with_a_file(hearing, kind="SENSITIVE")

    opened = entered(link).get(address_of(link, "recordings/")).content.decode()
    page = as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/")

    assert "gate.mp4" in opened
    assert files.SHA256 not in opened
    page.see("no link from here opens that file or a copy of it any more")


def test_pages_of_a_case_ask_as_often_whatever_was_shared(hearing, item, count_queries):
    browser = as_(media.a_lawyer())
    address = f"/recordings/cases/{hearing.case_id}/"
    shared(hearing, copies=[a_copy(item)], parties=both(hearing))
    browser.open(address)
    with count_queries() as one:
        browser.open(address)
    for number in range(3):
        other = with_a_file(hearing, content=f"film {number}".encode())
        shared_by_link(hearing, other, parties=both(hearing), until=UNTIL)

    with count_queries() as many:
        browser.open(address)

    assert ShareRecord.objects.count() == 8
    assert len(many) == len(one)
