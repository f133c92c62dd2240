"""A file that is sent twice for one recording stands for it once, and whoever sends it is told."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from forthright.accounts.models import Role, Unit
from forthright.audit.models import Event
from forthright.hard_media.models import SentFile, ShareContent, ShareRecord
from forthright.hard_media.selectors.ladder import ladder_of
from forthright.hard_media.services import receiving, sent_twice, settings
from forthright.rules.media_rungs import Standing
from tests import given
from tests.client import as_
from tests.hard_media import files, media
from tests.hard_media.links import (
    COURT,
    a_copy,
    bytes_of,
    entered,
    shared,
    shared_by_link,
    source_of,
    that_plays,
    with_a_file,
)
from tests.hard_media.test_receiving import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
TODAY = NOON.date()
SAID = "byte for byte, the same as a file of this recording that came on 5 October 2026"
COMES = "All of the file has come. It is read back now"


@pytest.fixture
def item(hearing):
    item = media.a_requested_item(hearing)
    files.a_kept_file(item)
    item.refresh_from_db()
    return item


@pytest.fixture
def item_relied_on(hearing):
    return with_a_file(hearing)


@pytest.fixture
def officer():
    person = given.a_person(Role.POLICE_PARTNER, unit=given.a_unit(Unit.Kind.POLICE))
    settings.set_force(person, "20", by=None, at=NOON)
    return person


def states(item):
    return list(item.files.order_by("pk").values_list("state", flat=True))


def sent_by(person, item, name, content=files.VIDEO):
    upload = SimpleUploadedFile(name, content)
    as_(person).client.post(f"/recordings/items/{item.pk}/send/", {"file": upload})
    return receiving.keep_file(SentFile.objects.latest("pk"), by=None, at=NOON)


def test_it_stands_once_and_what_was_done_is_in_the_record(item):
    again = files.a_kept_file(item, name="dup.mp4")

    assert states(item) == ["KEPT", "REFUSED"]
    assert SAID in again.refusal
    assert again.sha256 == ""
    item.refresh_from_db()
    assert (item.state, item.steps.filter(event="UPLOAD").count()) == ("VERIFIED", 1)
    assert Event.objects.filter(name="file.refused", subject_id=str(again.pk)).count() == 1
    as_(media.a_lawyer()).open(f"/recordings/items/{item.pk}/").see("dup.mp4", SAID)


def test_of_two_that_come_at_once_one_stands():
    item = media.a_requested_item()
    two = [files.a_whole_file(item), files.a_whole_file(item, name="dup.mp4")]

    for each in reversed(two):
        receiving.keep_file(each, by=None, at=NOON)

    assert states(item) == ["REFUSED", "KEPT"]


def test_one_that_does_not_play_is_not_asked_about_anew_by_the_same_file(item):
    media.items.try_item(item, plays=False, by=None, at=NOON)

    files.a_kept_file(item)

    item.refresh_from_db()
    assert (item.state, states(item)) == ("UNPLAYABLE", ["KEPT", "REFUSED"])


def test_whoever_sends_what_does_not_play_again_is_asked_for_another_format(hearing, officer):
    item = media.a_requested_item(hearing)
    sent_by(officer, item, "first.mp4")
    item.refresh_from_db()
    media.items.try_item(item, plays=False, by=None, at=NOON)

    sent_by(officer, item, "dup.mp4")

    page = as_(officer).open("/owed/")
    page.see("dup.mp4", SAID, "It does not play here: send it in a format that plays.")
    page.not_see("need not be sent again")


def test_the_police_are_told_when_it_comes_and_on_their_page_after(hearing, officer):
    item = media.a_requested_item(hearing)
    browser = as_(officer)

    def send(name):
        upload = SimpleUploadedFile(name, files.VIDEO)
        browser.client.post(f"/recordings/items/{item.pk}/send/", {"file": upload})
        page = browser.open("/owed/")
        receiving.keep_file(SentFile.objects.latest("pk"), by=None, at=NOON)
        return page

    send("first.mp4").see(COMES)
    send("dup.mp4").see(SAID).not_see(COMES)

    browser.open("/owed/").see("dup.mp4", "5 October 2026", "not kept", SAID)


def test_who_is_asked_for_another_copy_is_not_told_to_send_nothing(hearing, officer):
    item = media.a_requested_item(hearing)
    for name in ("first.mp4", "dup.mp4"):
        sent_by(officer, item, name)
    item.refresh_from_db()
    later = NOON + timedelta(days=1)
    media.items.request_item(item, reason="It is the wrong camera.", by=None, at=later)

    with time_machine.travel(later, tick=False):
        as_(officer).open("/owed/").see("It is the wrong camera").not_see("dup.mp4", SAID)
        sent_by(officer, item, "other.mp4", b"the other camera" * 9)
        as_(officer).open("/owed/").see("is being looked at").not_see("dup.mp4")
        sent_by(officer, item, "more.mp4", b"the other camera" * 9)
        as_(officer).open("/owed/").see("more.mp4", "byte for byte").not_see("dup.mp4")


def test_a_file_that_is_kept_while_that_is_looked_up_is_not_its_own_twin(monkeypatch):
    item = media.a_requested_item()
    sent = files.a_whole_file(item)
    looked_up = sent_twice.standing_files

    def kept_just_before(item, **how):
        monkeypatch.setattr(sent_twice, "standing_files", looked_up)
        receiving.keep_file(SentFile.objects.get(pk=sent.pk), by=None, at=NOON)
        return looked_up(item)

    monkeypatch.setattr(sent_twice, "standing_files", kept_just_before)

    assert sent_twice.why_twice_as_sent(sent) == ""


def test_a_program_that_sends_it_is_told_with_the_last_part(item):
    speaker = files.Speaker(signed_in(media.a_lawyer()), item)
    place = speaker.begin().headers["Location"]

    first = speaker.send(place, files.VIDEO[:1000])
    last = speaker.send(place, files.VIDEO[1000:], offset=1000)

    assert "Forthright-Notice" not in first.headers
    assert SAID in last.headers["Forthright-Notice"]


def test_two_rows_of_before_go_once(hearing, item_relied_on):
    files.kept_twice_before(item_relied_on)

    shared(hearing, item_relied_on, parties=[*COURT, *media.parties_of(hearing)[1:]])

    assert ShareContent.objects.count() == ShareRecord.objects.count() == 2
    assert ladder_of(hearing, TODAY).standing is Standing.READY


def test_two_rows_that_were_given_are_opened_by_one(hearing, item_relied_on):
    (share,) = shared_by_link(hearing, that_plays(item_relied_on))
    content = ShareContent.objects.get()
    ShareContent.objects.create(share=share, file=files.kept_twice_before(item_relied_on))
    link = share.links.get()
    client = entered(link)

    bytes_of(client.get(source_of(client, link, content)))

    share.refresh_from_db()
    assert share.opened_on == TODAY


@pytest.mark.parametrize("way", ["LINK", "EGRESS"])
def test_a_copy_of_one_of_two_rows_is_all_of_it(hearing, item_relied_on, way):
    files.kept_twice_before(item_relied_on)

    shared(
        hearing,
        copies=[a_copy(item_relied_on)],
        way=way,
        parties=[*COURT, *media.parties_of(hearing)[1:]],
    )

    assert ladder_of(hearing, TODAY).standing is Standing.READY
