"""A file becomes part of a recording once it was read back, and never before."""

import hashlib
from datetime import timedelta

import pytest
from django.test import Client

from forthright.accounts.models import Role, Unit
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.hard_media import storing
from forthright.hard_media.models import MediaItem, SentFile
from forthright.hard_media.services import receiving, settings
from forthright.media_files import store as store_of_files
from forthright.media_files.scanning import Finding, Found, ScannerSilent
from forthright.web.models import Job
from tests import given
from tests.client import as_
from tests.hard_media import files, media

pytestmark = pytest.mark.django_db
NOON = given.NOON
State = SentFile.State


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def an_officer(force="20"):
    officer = given.a_person(Role.POLICE_PARTNER)
    settings.set_force(officer, force, by=None, at=NOON)
    return officer


def state_of(item):
    item.refresh_from_db()
    return item.state


def events(name):
    return Event.objects.filter(name=name)


def test_a_kept_file_moves_its_recording_and_writes_its_digest_into_the_record():
    item = media.a_requested_item()

    sent = files.a_kept_file(item)

    assert (sent.state, sent.sha256, sent.length) == (State.KEPT, files.SHA256, len(files.VIDEO))
    assert state_of(item) == "VERIFIED"
    assert item.received_at == NOON
    assert events("file.kept").get().detail["sha256"] == files.SHA256
    assert [each.event for each in item.steps.all()] == ["REQUEST", "UPLOAD", "STORE", "VERIFY"]


@pytest.mark.parametrize("plays", [None, False])
def test_reading_in_the_file_of_a_disc_leaves_the_day_on_which_the_disc_came(plays):
    item = media.an_expected_item()
    came = media.items.Came(source="DISC", on=NOON.date() - timedelta(days=14))
    item = media.items.receive_item(item, came, by=None, at=NOON)
    day = item.received_at
    if plays is False:
        media.items.try_item(item, plays=False, by=None, at=NOON)

    files.a_kept_file(item)

    assert state_of(item) == "VERIFIED"
    assert (item.received_at, item.source, item.is_readable) == (day, "DISC", None)


def test_a_file_that_is_sent_anew_came_when_it_was_sent():
    item = media.a_requested_item()
    files.a_kept_file(item)
    media.items.try_item(item, plays=False, by=None, at=NOON)
    sent = files.a_whole_file(item, content=b"one that plays")

    receiving.keep_file(sent, by=None, at=NOON + timedelta(days=3))

    assert (state_of(item), item.source) == ("VERIFIED", "UPLOAD")
    assert item.received_at == NOON + timedelta(days=3)


def test_a_whole_file_that_is_not_kept_yet_moves_nothing_and_asks_for_one_job():
    item = media.a_requested_item()

    sent = files.a_whole_file(item)
    receiving.note_whole(sent, by=None, at=NOON)

    assert state_of(item) == "REQUESTED"
    assert Job.objects.filter(name="hard_media.keep").count() == 1


def test_keeping_twice_keeps_once_though_the_first_time_was_killed_before_it_was_noted():
    item = media.a_requested_item()
    sent = files.a_whole_file(item)
    storing.store().keep(sent.incoming, at=NOON)

    for _ in range(2):
        receiving.keep_file(sent, by=None, at=NOON + timedelta(hours=1))

    sent.refresh_from_db()
    assert (sent.state, sent.kept_at) == (State.KEPT, NOON)
    assert events("file.kept").count() == 1
    assert item.steps.count() == 4


def test_a_second_file_and_one_that_comes_after_viewing_are_kept_and_move_nothing():
    item = media.a_requested_item()
    late = files.a_whole_file(item, content=b"the second")
    files.a_kept_file(item)
    files.a_kept_file(item, content=b"the third")
    media.items.view_item(item, how="All of it.", by=None, at=NOON)

    kept = receiving.keep_file(late, by=None, at=NOON)

    assert kept.state == State.KEPT
    assert state_of(item) == "VIEWED"
    assert item.steps.filter(event="UPLOAD").count() == 1


def test_what_was_viewed_takes_no_further_file_and_says_what_to_do():
    item = media.a_viewed_item()

    with pytest.raises(receiving.NotTaken, match=r"is viewed, so no file.*ask for it again"):
        files.a_whole_file(item)

    assert not item.files.exists()


def test_a_wrong_digest_is_refused_in_words_and_the_police_are_asked_again():
    item = media.a_requested_item()
    incoming = storing.store().begin("cctv.mp4", 4, at=NOON, sha256="0" * 64)
    sent = receiving.begin_file(item, incoming, by=None, at=NOON)
    incoming.take(files.ReadSource(files.io.BytesIO(b"four").read), offset=0)
    receiving.note_whole(sent, by=None, at=NOON)

    refused = receiving.keep_file(sent, by=None, at=NOON)

    assert refused.state == State.REFUSED
    assert hashlib.sha256(b"four").hexdigest() in refused.refusal
    assert state_of(item) == "QUARANTINED"
    assert list(storing.store().arriving()) == []
    assert files.a_kept_file(item).state == State.KEPT
    assert state_of(item) == "VERIFIED"


def scanned(found, monkeypatch):
    def scan(parts):
        if found is None:
            raise ScannerSilent("no answer")
        return Finding(found, "Eicar")

    monkeypatch.setattr(
        receiving.storing, "store",
        lambda: store_of_files.Store(receiving.storing.settings.RECORDINGS, None, scan),
    )  # fmt: skip


@pytest.mark.parametrize("is_killed", [False, True], ids=["", "killed before it was noted"])
def test_malware_goes_into_quarantine_and_is_no_part_of_the_recording(monkeypatch, is_killed):
    item = media.a_requested_item()
    sent = files.a_whole_file(item)
    scanned(Found.HARMFUL, monkeypatch)
    if is_killed:
        with pytest.raises(store_of_files.Harmful):
            receiving.storing.store().keep(sent.incoming, at=NOON)

    refused = receiving.keep_file(sent, by=None, at=NOON)

    assert refused.state == State.REFUSED
    assert "found Eicar in the file. It lies in quarantine" in refused.refusal
    assert refused.harm == "Eicar"
    assert state_of(item) == "QUARANTINED"


def test_a_silent_scanner_keeps_nothing_and_loses_nothing(monkeypatch):
    item = media.a_requested_item()
    sent = files.a_whole_file(item)
    with monkeypatch.context() as while_silent:
        scanned(None, while_silent)
        with pytest.raises(ScannerSilent):
            receiving.keep_file(sent, by=None, at=NOON)

    assert state_of(item) == "REQUESTED"
    assert receiving.keep_file(sent, by=None, at=NOON).state == State.KEPT


def test_a_file_that_is_whole_though_nobody_noted_it_is_found():
    item = media.a_requested_item()
    sent = files.a_begun_file(item, of=4)
    storing.store().incoming(sent.incoming).take(
        files.ReadSource(files.io.BytesIO(b"four").read), offset=0
    )

    assert receiving.find_whole_files(by=None, at=NOON) == 1

    sent.refresh_from_db()
    assert sent.state == State.WHOLE
    assert receiving.find_whole_files(by=None, at=NOON) == 0


def test_what_was_begun_a_week_ago_is_removed_and_what_is_younger_or_whole_stays():
    item = media.a_requested_item()
    old = files.a_begun_file(item)
    young = files.a_begun_file(item, at=NOON + timedelta(days=6))
    whole = files.a_whole_file(item)

    number = receiving.give_up_old_files(by=None, at=NOON + timedelta(days=7, seconds=1))

    assert number == 1
    states = [SentFile.objects.get(pk=each.pk).state for each in (old, young, whole)]
    assert states == [State.GIVEN_UP, State.ARRIVING, State.WHOLE]
    assert state_of(item) == "REQUESTED"


def test_tus_sends_a_file_in_parts_and_goes_on_where_it_ended():
    lawyer = media.a_lawyer()
    item = media.an_expected_item()
    speaker = files.Speaker(signed_in(lawyer), item)
    place = speaker.begin().headers["Location"]
    first = speaker.send(place, files.VIDEO[:1000])
    wrong = speaker.send(place, files.VIDEO[:5], offset=7)

    assert (first.status_code, wrong.status_code) == (204, 409)
    assert speaker.offset(place) == 1000
    assert speaker.send(place, files.VIDEO[1000:], offset=1000).status_code == 204
    sent = item.files.get()
    assert (sent.state, sent.begun_by) == (State.WHOLE, lawyer)
    assert receiving.keep_file(sent, by=None, at=NOON).sha256 == files.SHA256


@pytest.mark.parametrize(
    ("length", "name", "words"),
    [
        (0, "cctv.mp4", "The file is empty"),
        (9, "../../etc/passwd", "may not have folders in it"),
        (10**15, "cctv.mp4", "at most"),
    ],
    ids=["no bytes", "a name with folders", "too long"],
)
def test_tus_refuses_in_words_and_notes_nothing(length, name, words):
    item = media.an_expected_item()

    answer = files.Speaker(signed_in(media.a_lawyer()), item).begin(length, name)

    assert answer.status_code in {400, 413}
    assert words in answer.content.decode()
    assert not SentFile.objects.exists()


def test_a_part_that_broke_on_the_way_is_refused_and_counts_for_nothing():
    item = media.an_expected_item()
    speaker = files.Speaker(signed_in(media.a_lawyer()), item)
    place = speaker.begin().headers["Location"]

    answer = speaker.send(
        place, files.VIDEO, Upload_Checksum="sha256 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
    )

    assert answer.status_code == 460
    assert speaker.offset(place) == 0


def test_tus_gives_up_what_is_given_up():
    item = media.an_expected_item()
    speaker = files.Speaker(signed_in(media.a_lawyer()), item)
    place = speaker.begin().headers["Location"]

    assert speaker.ask("DELETE", place).status_code == 204

    assert item.files.get().state == State.GIVEN_UP
    assert speaker.ask("HEAD", place).status_code == 404


@pytest.mark.parametrize("verb", ["HEAD", "PATCH", "DELETE"])
def test_nobody_else_touches_a_file_that_somebody_began(verb):
    item = media.an_expected_item()
    place = files.Speaker(signed_in(media.a_lawyer()), item).begin().headers["Location"]
    other = files.Speaker(signed_in(given.a_person(Role.LINE_MANAGER)), item)

    assert other.ask(verb, place).status_code == 404

    assert item.files.get().state == State.ARRIVING
    assert storing.store().incoming(place.rpartition("/")[2]).offset == 0


@pytest.mark.parametrize(
    ("person", "status"),
    [
        (lambda: media.a_lawyer(unit=given.a_unit(Unit.Kind.MAGISTRATES)), 404),
        (lambda: given.a_person(Role.INSPECTOR), 403),
        (lambda: given.a_person(Role.VICTIM_LIAISON_OFFICER), 403),
        (lambda: an_officer("22"), 404),
        (lambda: given.a_person(Role.POLICE_PARTNER), 404),
    ],
    ids=["another unit", "who only looks", "who has no part", "another force", "no force"],
)
def test_no_other_reaches_the_page_or_the_receiver_of_a_recording(person, status):
    item = media.a_requested_item(media.a_hearing(urn="20AB7100126"))
    begun = files.a_begun_file(item)
    client = signed_in(person())
    speaker = files.Speaker(client, item)
    place = f"{speaker.address}{begun.incoming}"

    answers = [
        client.get(f"/recordings/items/{item.pk}/send/"),
        speaker.begin(),
        speaker.send(place, b"x"),
        speaker.ask("HEAD", place),
    ]

    assert {each.status_code for each in answers} == {status}
    assert item.files.count() == 1


def test_a_police_partner_sends_what_the_force_is_asked_for_and_nothing_else():
    hearing = media.a_hearing(urn="20AB7100126")
    asked, not_asked = media.a_requested_item(hearing), media.an_expected_item(hearing)
    officer = an_officer()
    browser = as_(officer)

    page = browser.open("/owed/").follow(f"Send the file of {asked.case}: {asked}")
    page.see("Send a file", "Without JavaScript a file is sent in one go")
    browser.open(f"/recordings/items/{not_asked.pk}/send/", status=404)
    with pytest.raises(NotAllowed, match="not asked for this recording"):
        receiving.begin_file(
            not_asked, storing.store().begin("a.mp4", 1, at=NOON), by=officer, at=NOON
        )


def test_a_plain_form_sends_a_file_and_says_what_happens_next():
    item = media.a_requested_item()
    client = signed_in(media.a_lawyer())
    with_file = {"file": files.io.BytesIO(files.VIDEO)}
    with_file["file"].name = "cctv.mp4"

    answer = client.post(f"/recordings/items/{item.pk}/send/", with_file, follow=True)

    assert "It is read back now, and then kept." in answer.content.decode()
    assert item.files.get().state == State.WHOLE


def test_a_form_without_a_file_asks_for_one():
    item = media.a_requested_item()
    page = as_(media.a_lawyer()).open(f"/recordings/items/{item.pk}/send/")

    assert page.press("Send it").errors == ["Choose the file to send"]


def test_what_is_begun_is_shown_with_how_far_it_came_and_can_be_given_up():
    lawyer = media.a_lawyer()
    item = media.a_requested_item()
    files.a_begun_file(item, by=lawyer)
    page = as_(lawyer).open(f"/recordings/items/{item.pk}/send/")

    page = page.see("cctv.mp4 has not come as a whole: 0 bytes of 1.0 MB are here")
    page.press("Give it up: cctv.mp4").see("It is given up")

    assert item.files.get().state == State.GIVEN_UP


def test_the_page_of_a_recording_shows_its_files_with_their_digests():
    item = media.a_requested_item()
    files.a_kept_file(item)
    page = as_(media.a_lawyer()).open(f"/recordings/items/{item.pk}/")

    page.see("cctv.mp4, 1.0 MB: kept", f"SHA-256 {files.SHA256}", "nobody looked for malware")


def test_the_same_file_sent_twice_is_kept_once_and_noted_twice():
    one, other = media.a_requested_item(), media.a_requested_item()

    files.a_kept_file(one)
    files.a_kept_file(other)

    assert SentFile.objects.filter(sha256=files.SHA256).count() == 2
    assert list(storing.store().shelf.kept()) == [files.SHA256]
    assert MediaItem.objects.filter(state="VERIFIED").count() == 2
