"""A program that came with a recording is kept, and is none of the recording."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from typer.testing import CliRunner

from forthright.accounts.models import Role, Unit
from forthright.audit.models import Event
from forthright.cli.main import run
from forthright.hard_media.models import Playing, SentFile, ShareContent
from forthright.hard_media.selectors.ladder import ladder_of
from forthright.hard_media.services import items, receiving, settings
from forthright.hard_media.services.put_back import PUT_BACK
from forthright.rules.media_rungs import Standing
from forthright.worker import files as steps
from tests import given
from tests.client import as_
from tests.hard_media import files, links, media
from tests.hard_media.test_damaged_files import flip_a_byte

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
HOUR = timedelta(hours=1)
PLAYER = b"MZ, a player of the recorder"
SAID = "It is a program that came with the recording"
LABEL = "kept: a program that came with it, not a recording"


@pytest.fixture
def item(hearing):
    return media.a_requested_item(hearing)


@pytest.fixture
def officer():
    person = given.a_person(Role.POLICE_PARTNER, unit=given.a_unit(Unit.Kind.POLICE))
    settings.set_force(person, "20", by=None, at=NOON)
    return person


def looked_into(sent):
    steps.make_playable(SimpleNamespace(arguments={"file": sent.pk}))
    return sent


def a_program(item, name="Player.EXE"):
    return looked_into(files.a_kept_file(item, content=PLAYER, name=name))


def test_it_is_kept_and_moves_nothing(item):
    sent = a_program(item)

    assert (sent.state, sent.sha256 != "", sent.kept_at) == ("PROGRAM", True, NOON)
    item.refresh_from_db()
    assert (item.state, item.received_at) == ("REQUESTED", None)
    assert not Playing.objects.exists()
    assert Event.objects.get(name="file.kept").detail["is_program"]


def test_beside_a_recording_that_does_not_play_it_is_no_second_one(item):
    a_program(item)
    unknown = b"one that needs a player" * 9
    video = looked_into(files.a_kept_file(item, content=unknown, name="c.dav"))
    a_program(item, name="codec.dll")

    item.refresh_from_db()
    assert item.state == "UNPLAYABLE"
    assert [each.sent_file for each in Playing.objects.all()] == [video]


def test_whoever_sent_it_reads_what_it_is_and_what_is_needed(item, officer):
    upload = SimpleUploadedFile("player.exe", PLAYER)
    as_(officer).client.post(f"/recordings/items/{item.pk}/send/", {"file": upload})
    receiving.keep_file(SentFile.objects.get(), by=None, at=NOON)

    page = as_(officer).open("/owed/")
    page.see("Send it", f"player.exe, 5 October 2026, midday: {LABEL}. {SAID}")
    page.see("If a recording is inside the program")


def test_sent_beside_the_recording_its_sender_reads_that_too(item, officer):
    SentFile.objects.filter(pk=files.a_kept_file(item).pk).update(begun_by=officer)
    SentFile.objects.filter(pk=a_program(item).pk).update(begun_by=officer)

    page = as_(officer).open("/owed/")
    page.see("What you sent and is being looked at", f"{LABEL}. {SAID}")


def test_asked_for_again_its_sender_is_not_told_of_it_any_more(item, officer):
    sent = a_program(item)
    SentFile.objects.filter(pk=sent.pk).update(begun_by=officer)
    files.a_kept_file(item)
    item.refresh_from_db()
    items.request_item(item, reason="The sound is missing.", by=None, at=NOON + HOUR)

    with time_machine.travel(NOON + 2 * HOUR, tick=False):
        as_(officer).open("/owed/").see("Send it").not_see(SAID)


def test_it_holds_no_ladder_and_goes_to_nobody_by_a_link(hearing):
    item = media.a_requested_item(hearing)
    a_program(item)
    files.a_kept_file(item)
    items.view_item(item, how="All of it.", by=None, at=NOON)
    item = items.classify_item(item, "RELIED_ON", by=None, at=NOON)

    links.shared_by_link(hearing, item, parties=[*media.parties_of(hearing)[1:], *links.COURT])

    assert ladder_of(hearing, NOON.date()).standing is Standing.READY
    given_files = ShareContent.objects.values_list("file__file_name", flat=True)
    assert set(given_files) == {"cctv.mp4"}


def test_the_page_says_it_is_kept_and_hands_it_out_and_does_not_play_it(item):
    sent = a_program(item)
    lawyer = as_(media.a_lawyer())

    page = lawyer.open(f"/recordings/items/{item.pk}/")
    page.see(f"Player.EXE, 28 bytes: {LABEL}", SAID, "on a disc or stick")
    page.see("Take it out, to put it on a disc or stick for whoever needs it")

    assert lawyer.client.get(f"/recordings/files/{sent.pk}/").status_code == 404
    answer = lawyer.client.post(f"/recordings/files/{sent.pk}/take-out/", follow=True)
    assert b"".join(answer.streaming_content) == PLAYER
    assert answer.headers["Content-Disposition"] == 'attachment; filename="Player.EXE"'
    assert Event.objects.get(name="file.taken_out").subject_id == str(sent.pk)


def test_the_same_one_sent_again_is_kept_once(item):
    files.a_kept_file(item, content=b"one that needs a player" * 9, name="c.dav")
    a_program(item)
    again = a_program(item, name="player (1).exe")

    assert again.state == "REFUSED"
    assert "the same as a file of this recording that came on 5 October 2026" in again.refusal
    assert SAID in again.refusal
    assert item.files.filter(state="PROGRAM").count() == 1


def test_one_that_is_named_by_itself_since_becomes_a_recording(item, tmp_path):
    a_program(item)
    path = tmp_path / "Player.EXE"
    path.write_bytes(PLAYER)
    which = ["--case", item.case.urn, "--exhibit", item.exhibit]

    named = CliRunner().invoke(run, ["media", "receive", str(path), *which])

    assert named.exit_code == 0, named.output
    item.refresh_from_db()
    assert (item.state, item.files.filter(state="KEPT").count()) == ("VERIFIED", 1)


def test_a_damaged_one_does_not_go_out(item):
    sent = a_program(item)
    flip_a_byte(sent.sha256)
    lawyer = as_(media.a_lawyer())

    answer = lawyer.client.post(f"/recordings/files/{sent.pk}/take-out/")

    assert (answer.status_code, answer.url) == (302, f"/recordings/items/{item.pk}/")


def test_the_police_take_no_program_out(item, officer):
    sent = a_program(item)

    answer = as_(officer).client.post(f"/recordings/files/{sent.pk}/take-out/")

    assert answer.status_code in (403, 404)


def test_a_damaged_one_is_told_of_and_put_back_and_shuts_no_link(hearing):
    item = media.a_requested_item(hearing)
    sent = a_program(item)
    files.a_kept_file(item)
    item.refresh_from_db()
    items.view_item(item, how="All of it.", by=None, at=NOON)
    item = items.classify_item(item, "RELIED_ON", by=None, at=NOON)
    flip_a_byte(sent.sha256)
    lawyer = as_(media.a_lawyer())
    lawyer.client.post(f"/recordings/files/{sent.pk}/take-out/")

    page = lawyer.open("/").follow(f"What is kept of {item} in {item.case} is damaged")
    page.see("A program that is kept beside it is damaged", "Send the same program once more")
    page.follow("Send a file").not_see("no file is taken")
    links.shared_by_link(hearing, item, parties=[*media.parties_of(hearing)[1:], *links.COURT])
    other = files.a_kept_file(item, content=b"MZ, another", name="other.exe")
    again = files.a_kept_file(item, content=PLAYER, name="Player.EXE")

    assert (other.state, "is not the file that is damaged" in other.refusal) == ("REFUSED", True)
    assert (again.state, again.refusal) == ("REFUSED", PUT_BACK)
    lawyer.open(f"/recordings/items/{item.pk}/").not_see("beside it is damaged", "Send a file")
    answer = lawyer.client.post(f"/recordings/files/{sent.pk}/take-out/", follow=True)
    assert b"".join(answer.streaming_content) == PLAYER
