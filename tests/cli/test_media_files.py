"""`forthright media receive` and `verify`."""

import io
import json
import os
import sys

import pytest
from typer.testing import CliRunner

from forthright.audit.models import Event
from forthright.cli.main import run
from forthright.hard_media import storing
from forthright.hard_media.models import Damage, Hearing, MediaItem, SentFile
from forthright.hard_media.services import items, receiving
from forthright.web.models import Job
from tests import given
from tests.client import as_
from tests.hard_media import files, media
from tests.hard_media.test_damaged_files import flip_a_byte

pytestmark = pytest.mark.django_db
URN = "20AB7000126"
NOON = given.NOON


@pytest.fixture(autouse=True)
def item(settings, tmp_path):
    settings.RECORDINGS = tmp_path / "recordings"
    return media.a_requested_item(media.a_hearing(urn=URN), exhibit="DM/1")


@pytest.fixture
def disc(tmp_path):
    disc = tmp_path / "disc"
    (disc / "camera 2").mkdir(parents=True)
    (disc / "a.mp4").write_bytes(files.VIDEO)
    (disc / "camera 2" / "b.mp4").write_bytes(b"another")
    return disc


def type_(*words: object):
    return CliRunner().invoke(run, ["media", *map(str, words)])


def of(case=URN, exhibit="dm/1"):
    return "--case", case, "--exhibit", exhibit


def test_what_windows_wrote_there_is_no_file_of_the_exhibit(disc, item):
    (disc / "Thumbs.db").write_bytes(b"small pictures")

    done = type_("receive", disc, *of())

    assert done.exit_code == 0
    assert "Thumbs.db: passed over." in done.stdout
    assert {each.file_name for each in item.files.all()} == {"a.mp4", "b.mp4"}


def test_a_player_that_came_with_the_disc_is_kept_and_said_to_be_no_recording(disc, item):
    (disc / "player.exe").write_bytes(b"MZ")

    done = type_("receive", disc, *of())
    again = type_("receive", disc, *of())

    assert (done.exit_code, again.exit_code) == (0, 0)
    said = "It is a program that came with the recording, such as its player, and not a recording."
    assert (done.stdout.count(said), again.stdout.count(said)) == (1, 1)
    assert done.stdout.count("name it by itself") == 1
    assert item.files.get(file_name="player.exe").state == "PROGRAM"
    assert item.files.filter(state="KEPT").count() == 2
    assert "3 read, 0 not as they came." in type_("verify", "--all").stdout


def test_a_program_alone_leaves_the_recording_waited_for_until_it_is_named(disc, item):
    footage = disc / "footage.exe"
    footage.write_bytes(b"MZ, with the footage")
    for other in (disc / "a.mp4", disc / "camera 2" / "b.mp4"):
        other.unlink()

    type_("receive", disc, *of())
    item.refresh_from_db()
    assert item.state == "REQUESTED"

    type_("receive", footage, *of())
    item.refresh_from_db()
    assert item.state == "VERIFIED"
    assert sorted(item.files.values_list("state", flat=True)) == ["KEPT", "PROGRAM"]


def test_a_disc_is_taken_in_once_however_often_it_is_typed(disc, item):
    first = type_("receive", disc, *of(), "--from", "PC 1177")
    again = type_("receive", disc, *of())

    assert (first.exit_code, again.exit_code) == (0, 0)
    assert f"SHA-256 {files.SHA256}" in first.stdout
    assert again.stdout.count("It is the same as what was taken in on") == 2
    item.refresh_from_db()
    assert item.state == "VERIFIED"
    assert [each.came_from for each in item.files.all()] == ["PC 1177", "PC 1177"]
    assert item.steps.filter(event="UPLOAD").count() == 1


def test_a_disc_of_what_was_asked_for_again_is_taken_in_anew_once(disc, item):
    type_("receive", disc, *of())
    item.refresh_from_db()
    items.request_item(item, reason="It stops half-way.", by=None, at=NOON)
    (disc / "a.mp4").write_bytes(b"whole this time")

    again = type_("receive", disc, *of())
    once_more = type_("receive", disc, *of())

    assert (again.exit_code, once_more.exit_code) == (0, 0)
    assert "the same as what was taken in" not in again.stdout
    assert "1 file is byte for byte what came before the recording was asked" in again.stdout
    assert once_more.stdout.count("It is the same as what was taken in on") == 2
    item.refresh_from_db()
    assert item.state == "VERIFIED"
    assert sorted(item.files.filter(superseded_at=None).values_list("file_name", flat=True)) == [
        "a.mp4", "b.mp4",
    ]  # fmt: skip
    assert item.files.count() == 4


def test_the_second_of_two_discs_at_one_place_is_taken_in_too(tmp_path, item):
    path = tmp_path / "hiv00000.mp4"
    for content in (b"disc one", b"disc two"):
        path.write_bytes(content)
        os.utime(path, (0, 0))
        done = type_("receive", path, *of())

    assert (done.exit_code, item.files.filter(state="KEPT").count()) == (0, 2)
    assert "It is another file than the one of this name" in done.stdout


def test_two_files_that_are_the_same_are_taken_in_once_however_often_it_is_typed(disc, item):
    (disc / "twin.mp4").write_bytes(files.VIDEO)
    first = type_("receive", disc, *of())

    again = type_("receive", disc, *of())

    assert "the same as a file of this recording that came on" in first.stdout
    assert again.stdout.count("It is the same as what was taken in on") == 3
    assert sorted(item.files.values_list("state", flat=True)) == ["KEPT", "KEPT", "REFUSED"]
    assert Job.objects.filter(name="hard_media.keep").count() == 3


def test_of_two_files_that_are_the_same_either_puts_back_what_is_damaged(disc, item):
    (disc / "twin.mp4").write_bytes(files.VIDEO)
    type_("receive", disc, *of())
    flip_a_byte(files.SHA256)

    done = type_("receive", disc / "twin.mp4", *of())

    assert "is changed since it came, so it was taken in again" in done.stdout
    assert Damage.objects.get().mended_at is not None
    assert item.files.filter(state="KEPT").count() == 2
    again = type_("receive", disc, *of())
    assert again.stdout.count("It is the same as what was taken in on") == 3
    assert item.files.count() == 4


def test_a_twin_of_what_was_asked_for_again_is_taken_in_anew(disc, item):
    (disc / "twin.mp4").write_bytes(files.VIDEO)
    type_("receive", disc, *of())
    item.refresh_from_db()
    items.request_item(item, reason="It stops half-way.", by=None, at=NOON)

    again = type_("receive", disc, *of())

    assert "the same as what was taken in on" not in again.stdout
    assert item.files.count() == 6


@pytest.mark.parametrize("is_known", [True, False])
def test_a_damaged_file_is_put_back_from_its_disc(disc, item, is_known):
    type_("receive", disc, *of())
    flip_a_byte(files.SHA256)
    if is_known:
        item.refresh_from_db()
        items.view_item(item, how="all", by=None, at=NOON)
        assert type_("verify", "--all").exit_code == 1

    done = type_("receive", disc, *of())
    for each in item.files.all():
        receiving.keep_file(each, by=None, at=NOON)  # as the job of each does
    type_("receive", disc, *of())  # once whole, one that was viewed takes no file any more

    assert done.exit_code == 0
    assert "is changed since it came, so it was taken in again" in done.stdout
    assert "a.mp4: not taken in" not in done.stdout
    assert Damage.objects.get().mended_at is not None
    assert item.files.filter(state="KEPT").count() == 2
    assert type_("verify", "--all").exit_code == 0


def test_another_file_in_the_place_of_the_damaged_one_stays_refused(disc, item):
    type_("receive", disc, *of())
    item.refresh_from_db()
    items.view_item(item, how="all", by=None, at=NOON)
    flip_a_byte(files.SHA256)
    type_("verify", "--all")
    (disc / "a.mp4").write_bytes(b"quite another")

    type_("receive", disc / "a.mp4", *of())
    for each in item.files.all():
        receiving.keep_file(each, by=None, at=NOON)
    again = type_("receive", disc / "a.mp4", *of())

    assert "it is not the file that is damaged" in again.stdout
    assert item.files.filter(state="KEPT").count() == 2


def test_what_is_taken_in_is_looked_into_as_what_is_sent_is(disc, item):
    type_("receive", disc, *of())
    type_("receive", disc, *of())

    # Without its job nobody would find out whether a file plays.
    asked = Job.objects.filter(name="hard_media.keep")
    assert {each.arguments["file"] for each in asked} == {each.pk for each in item.files.all()}
    assert asked.count() == 2


def test_the_same_disc_is_taken_in_for_another_recording_too(disc, item):
    other = media.an_expected_item(media.a_hearing(urn="20AB7000226"), exhibit="DM/1")

    type_("receive", disc, *of())
    done = type_("receive", disc, *of("20 ab 70002 26"))

    assert done.exit_code == 0
    assert item.files.count() == other.files.count() == 2
    assert len(list(storing.store().shelf.kept())) == 2


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (of("20AB7000999"), "The register has no recording dm/1 of the case 20AB7000999"),
        (of(exhibit="DM/2"), "The register has no recording DM/2"),
    ],
)
def test_what_is_not_in_the_register_is_refused(disc, more, words):
    done = type_("receive", disc, *more)

    assert done.exit_code == 1
    assert words in done.stderr
    assert not SentFile.objects.exists()


def test_what_was_viewed_takes_no_file(disc, item):
    MediaItem.objects.filter(pk=item.pk).update(state="VIEWED")

    done = type_("receive", disc, *of())

    assert (done.exit_code, "is viewed, so no file" in done.stderr) == (1, True)


def test_verify_finds_a_file_that_changed_and_writes_it_into_the_record(item):
    sent = files.a_kept_file(item)
    files.a_kept_file(item, content=b"another")
    good = type_("verify", "--all", "--json")
    path = storing.store().shelf.path_of(sent.sha256)
    path.chmod(0o600)
    path.write_bytes(b"changed")

    bad = type_("verify", "--all")

    assert {each["found"] for each in json.loads(good.stdout)["files"]} == {
        "the same as when it came"
    }
    assert (bad.exit_code, "2 read, 1 not as they came." in bad.stdout) == (1, True)
    assert Event.objects.filter(name="file.verified").last().detail["wrong"] == [sent.sha256]


def test_verify_asks_for_one_or_all():
    assert type_("verify").exit_code == 2


@pytest.mark.parametrize("typed", ["abc", "../../etc/passwd", "g" * 64, "a" * 63])
def test_verify_says_what_a_sha_256_is_and_looks_nothing_up(typed):
    done = type_("verify", typed, "--json")

    told = json.loads(done.stdout)
    assert (done.exit_code, told["status"]) == (2, 2)
    assert told["refusal"].startswith(f"“{typed}” is no SHA-256: that is 64 digits")
    assert not Event.objects.filter(name="file.verified").exists()


def test_verify_takes_a_sha_256_in_capitals_too(item):
    sent = files.a_kept_file(item)

    done = type_("verify", f" {sent.sha256.upper()}")

    assert (done.exit_code, f"{sent.sha256}: the same as when it came" in done.stdout) == (0, True)


def test_of_two_references_of_old_that_differ_in_capitals_the_exact_one_is_meant(disc, item):
    lower = media.an_expected_item(Hearing.objects.get(), exhibit="DM/2")
    # As the register took them in before it held them for one.
    MediaItem.objects.filter(pk=lower.pk).update(exhibit="dm/1", exhibit_key=None)

    unclear = type_("receive", disc, *of(exhibit="Dm/1"))
    done = type_("receive", disc, *of(exhibit="dm/1"))

    assert (unclear.exit_code, done.exit_code) == (1, 0)
    assert f"Which recording of the case {URN} do you mean: DM/1 or dm/1?" in unclear.stderr
    assert (item.files.count(), lower.files.count()) == (0, 2)


def test_a_file_that_cannot_be_probed_is_refused_as_data_too(tmp_path):
    done = type_("probe", tmp_path / "nothing.avi", "--json")

    told = json.loads(done.stdout)
    assert (done.exit_code, told["status"]) == (2, 2)
    assert told["refusal"].endswith("cannot be read: No such file or directory.")


def test_probe_says_what_is_in_a_file_and_whether_it_plays(tmp_path):
    video = files.a_video(tmp_path, "h264.avi")

    words, data = type_("probe", video), json.loads(type_("probe", video, "--json").stdout)

    assert words.stdout.startswith("h264.avi: plays once it is put into another wrapper")
    assert (words.exit_code, data["container"], data["file"]) == (0, "avi", "h264.avi")
    assert data["decision"]["verdict"].startswith("plays once it is put into another wrapper")
    assert type_("probe", tmp_path / "nothing.avi").exit_code == 2


def test_probe_ends_with_one_for_what_can_never_play(tmp_path):
    (tmp_path / "player.exe").write_bytes(b"a program")

    done = type_("probe", tmp_path / "player.exe")

    assert (done.exit_code, "cannot be played" in done.stdout) == (1, True)


OLD_NAME = b"cam\xe9ra.avi"


@pytest.fixture
def old_disc(disc):
    """Return a disc with names of long ago, with others before and after them."""
    (disc / os.fsdecode(OLD_NAME)).write_bytes(b"an old camera")
    (disc / os.fsdecode(b"tab\there\xff" + b"z" * 230 + b".avi")).write_bytes(b"a long name")
    (disc / "z.mp4").write_bytes(b"the last one")
    return disc


@pytest.mark.parametrize("encoding", ["utf-8:strict", "ascii:strict"])
def test_a_disc_with_an_old_name_is_taken_in_and_its_bytes_are_noted(
    old_disc, item, monkeypatch, encoding
):
    codec, errors = encoding.split(":")
    out = io.TextIOWrapper(io.BytesIO(), codec, errors, write_through=True)
    monkeypatch.setattr(sys, "stdout", out)

    run(["media", "receive", str(old_disc), *of()], standalone_mode=False)

    kept = {each.file_name: each for each in item.files.all()}
    assert set(kept) >= {"a.mp4", "cam%E9ra.avi", "z.mp4"}
    assert bytes.fromhex(kept["cam%E9ra.avi"].name_bytes) == OLD_NAME
    assert kept["a.mp4"].name_bytes == ""
    (long,) = [each for each in kept.values() if each.file_name.startswith("tab%09here%FFz")]
    assert len(long.file_name) == 200
    assert long.file_name.endswith(".avi")
    assert "cam%E9ra.avi: 13 bytes" in out.buffer.getvalue().decode(codec)


def test_an_old_name_is_shown_with_its_bytes_where_the_file_is(old_disc, item):
    type_("receive", old_disc, *of())
    sent = item.files.get(file_name="cam%E9ra.avi")

    page = as_(media.a_lawyer()).open(f"/recordings/files/{sent.pk}/")

    page.see("cam%E9ra.avi", OLD_NAME.hex())


def test_what_is_refused_is_said_again_at_the_end_and_the_others_are_in(old_disc, item):
    (old_disc / "b.mp4").write_bytes(b"")

    done = type_("receive", old_disc, *of())

    assert done.exit_code == 1
    assert done.stdout.splitlines()[-1] == "Of 6 files, 1 was not taken in: see above."
    assert item.files.filter(state="KEPT").count() == 5
