"""Several files of one recording or of one person, and what is said of a file before it comes."""

import pytest

from forthright.audit.models import Event
from forthright.hard_media import storing
from forthright.hard_media.models import SentFile
from forthright.hard_media.services.giving import files_to_give
from tests import given
from tests.client import as_
from tests.hard_media import files, media
from tests.hard_media.test_receiving import an_officer, signed_in, state_of

pytestmark = pytest.mark.django_db
NOON = given.NOON
State = SentFile.State


def test_a_length_that_would_take_most_of_the_disk_is_refused_and_takes_none_of_it():
    item, officer = media.a_requested_item(), an_officer()
    length = storing.room_left() * 6 // 10

    answered = files.Speaker(signed_in(officer), item).begin(length)

    assert (answered.status_code, SentFile.objects.count()) == (403, 0)
    assert "more than half of the room that is left" in answered.content.decode()
    assert list(storing.store().arriving()) == []


def test_many_unfinished_files_of_one_person_do_not_keep_the_others_out():
    item, officer = media.a_requested_item(), an_officer()
    SentFile.objects.create(
        area=item.area, unit=item.unit, item=item, incoming="a" * 32, file_name="cctv.mp4",
        length=storing.room_left() * 2, begun_at=NOON, begun_by=officer,
    )  # fmt: skip

    answered = files.Speaker(signed_in(officer), item).begin(1_000_000)

    assert answered.status_code == 403
    assert "1 file that you began has not come as a whole" in answered.content.decode()
    assert files.Speaker(signed_in(an_officer()), item).begin(1_000_000).status_code == 201


def test_a_second_file_is_taken_of_what_plays_already_until_somebody_views_it():
    item, officer = media.a_requested_item(), an_officer()
    speaker = files.Speaker(signed_in(officer), item)
    second = speaker.begin(name="camera2.mp4").headers["Location"]
    files.a_kept_file(item)
    media.items.try_item(item, plays=True, by=None, at=NOON)
    assert state_of(item) == "PLAYABLE"

    answered = speaker.send(second, files.VIDEO)

    assert answered.status_code == 204
    assert item.files.get(file_name="camera2.mp4").state == State.WHOLE


def test_an_officer_goes_on_with_what_they_began_beside_a_file_that_was_kept():
    item, officer = media.a_requested_item(), an_officer()
    speaker = files.Speaker(signed_in(officer), item)
    second = speaker.begin(name="camera2.mp4").headers["Location"]
    files.a_kept_file(item)

    page = as_(officer).open("/owed/")

    page.see("Finish sending: a file of it has not come as a whole")
    assert speaker.send(second, files.VIDEO).status_code == 204
    as_(officer).open("/owed/").not_see("Finish sending")
    assert speaker.begin(name="camera3.mp4").status_code == 201
    assert files.Speaker(signed_in(an_officer()), item).begin().status_code == 404


def test_a_file_is_given_up_by_whatever_way_that_is_asked():
    item, officer = media.a_requested_item(), an_officer()
    speaker = files.Speaker(signed_in(officer), item)
    place = speaker.begin().headers["Location"]

    answered = speaker.send(place, b"", X_HTTP_Method_Override="DELETE")

    assert (answered.status_code, item.files.get().state) == (204, State.GIVEN_UP)


def test_a_number_of_bytes_that_is_none_is_refused_in_words():
    item, officer = media.a_requested_item(), an_officer()

    answered = files.Speaker(signed_in(officer), item).begin(length=10**4000)

    assert answered.status_code == 400
    assert "has to say a number of bytes" in answered.content.decode()


def test_a_file_that_came_while_the_page_stood_open_is_not_said_to_be_viewed():
    item = media.a_requested_item()
    seen = files.a_kept_file(item, name="yard.mp4")
    page = as_(media.a_lawyer()).open(f"/recordings/items/{item.pk}/decide/viewed/")
    page.see("Its files: yard.mp4.")
    missed = files.a_kept_file(item, content=b"seen by nobody", name="gate.mp4")

    page = page.press("I viewed it", how="").see("Its files: yard.mp4.")
    page = page.press("I viewed it", how="All of it.")

    page.see("It is recorded.", "gate.mp4 came after you opened the page")
    seen.refresh_from_db()
    missed.refresh_from_db()
    assert (seen.viewed_at is None, missed.viewed_at) == (False, None)
    assert files_to_give(item) == [seen]
    assert Event.objects.get(name="media.view").detail["files"] == [seen.pk]
    page = page.follow("Record that you viewed it").press("I viewed it", how="That one too.")
    page.not_see("came after you opened the page")
    assert files_to_give(item) == [seen, missed]


def test_what_was_seen_before_it_was_asked_for_again_is_not_the_viewing_of_what_came_then():
    item = media.a_requested_item()
    files.a_kept_file(item, name="yard.mp4")
    page = as_(media.a_lawyer()).open(f"/recordings/items/{item.pk}/decide/viewed/")
    media.items.request_item(item, reason="The wrong yard.", by=None, at=NOON)
    files.a_kept_file(item, content=b"seen by nobody", name="gate.mp4")

    page = page.press("I viewed it", how="All of it.")

    assert "was asked for again since you opened the page" in page.errors[0]
    item.refresh_from_db()
    assert (item.viewed_at, files_to_give(item)) == (None, [])
