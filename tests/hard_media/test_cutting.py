"""Clips of a file and copies in which something is hidden, with where they come from."""

import pytest

from forthright.accounts.models import Role, Unit
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.hard_media import storing
from forthright.hard_media.forms.cutting import CutForm
from forthright.hard_media.models import CutCopy, ShareRecord
from forthright.hard_media.services import cutting, playing
from forthright.web.models import Job
from forthright.worker.bindings import all_kinds
from tests import given
from tests.client import as_
from tests.hard_media import files, media

pytestmark = pytest.mark.django_db
NOON = given.NOON
WHY = "Only the blow is relied on."


def asked(sent, *, by=None, **fields):
    fields = {"what": "CLIP", "start": 0.2, "end": 0.6, "reason": WHY, **fields}
    return cutting.ask_for_copy(sent, cutting.Cut(**fields), by=by, at=NOON)


def a_video_of(item, folder, name="plain.mp4"):
    return files.a_kept_file(item, content=files.a_video(folder, name).read_bytes(), name=name)


def events(name):
    return Event.objects.filter(name=name)


@pytest.mark.slow
def test_of_several_joined_it_is_cut_by_the_clock_of_the_copy_that_plays(tmp_path):
    sent = a_video_of(media.a_requested_item(), tmp_path, "joined.ts")
    made = playing.make_playable(sent, by=None, at=NOON)

    copy = cutting.make_copy(asked(sent, what="BLANK", start=1.2, end=1.6), by=None, at=NOON)

    assert (copy.state, copy.refusal) == ("MADE", "")
    assert copy.lineage["original_sha256"] == made.sha256 != sent.sha256
    assert copy.lineage["shown"]["frames"] == 50


@pytest.mark.slow
@pytest.mark.parametrize("began", [0.0, 3.0])
def test_a_camera_that_began_later_is_cut_by_the_clock_of_the_copy_that_was_seen(tmp_path, began):
    sent = a_video_of(media.a_requested_item(), tmp_path, "late camera.mkv")
    made = playing.make_playable(sent, by=None, at=NOON)
    second = made.parts.get(picture=1)
    assert second.lineage["shown"]["pictures"]["begins_after"] == 0
    # Copies of before began when the camera does by the clock of the file.
    second.lineage["shown"]["pictures"]["begins_after"] = began
    second.save()

    times = {"start": began + 0.2, "end": began + 0.6}
    copy = cutting.make_copy(asked(sent, part=second, **times), by=None, at=NOON)

    assert (copy.state, copy.refusal) == ("MADE", "")
    assert (copy.lineage["shown"]["begins"], copy.lineage["shown"]["frames"]) == (0.199, 10)


# Slow: ffmpeg is started several times for each.
@pytest.mark.slow
@pytest.mark.parametrize(
    ("what", "box"),
    [
        ("CLIP", None),
        ("BLANK", None),
        ("BLANK", (0.25, 0.25, 0.5, 0.5)),
        ("BLUR", (0.0, 0.0, 0.5, 0.5)),
        ("MUTE", None),
    ],
)
def test_a_copy_is_kept_with_what_it_was_made_from_and_the_file_stays(tmp_path, what, box):
    sent = a_video_of(media.a_requested_item(), tmp_path)

    copy = cutting.make_copy(asked(sent, what=what, box=box), by=None, at=NOON)

    assert (copy.state, copy.refusal) == ("MADE", "")
    assert copy.lineage["original_sha256"] == sent.sha256
    assert storing.store().shelf.size(copy.sha256)
    assert storing.store().shelf.size(sent.sha256) == sent.length
    assert events("file.copy_made").get().detail["sha256"] == copy.sha256
    assert not list(storing.making_place("x", "mp4").parent.iterdir())


@pytest.mark.slow
def test_several_things_are_hidden_in_one_copy_and_each_is_looked_for_again(tmp_path):
    sent = a_video_of(media.a_requested_item(), tmp_path)
    first = asked(sent, what="BLUR", box=(0.0, 0.0, 0.25, 0.25))
    second = asked(sent, what="BLANK", box=(0.5, 0.5, 0.25, 0.25), also=first)
    third = asked(sent, what="MUTE", also=second)

    copy = cutting.make_copy(third, by=None, at=NOON)

    assert (copy.state, copy.refusal) == ("MADE", "")
    looked = copy.lineage["shown"]["hidden"]
    assert sorted(each["what"] for each in looked) == ["blank", "blur", "mute"]
    assert "; and black over a part, " in str(copy)
    assert "; and a part made unrecognisable, " in str(copy)


@pytest.mark.slow
def test_making_it_twice_makes_one(tmp_path):
    sent = a_video_of(media.a_requested_item(), tmp_path)
    copy = asked(sent)

    first = cutting.make_copy(copy, by=None, at=NOON)
    again = cutting.make_copy(CutCopy.objects.get(pk=copy.pk), by=None, at=NOON)

    assert first.sha256 == again.sha256
    assert events("file.copy_made").count() == 1


@pytest.mark.slow
def test_what_cannot_be_cut_is_said_in_words(tmp_path):
    sent = a_video_of(media.a_requested_item(), tmp_path)

    copy = cutting.make_copy(asked(sent, start=500, end=600), by=None, at=NOON)

    assert copy.state == "REFUSED"
    assert copy.refusal
    assert events("file.copy_refused").exists()


def test_asking_is_recorded_and_done_in_the_background():
    copy = asked(files.a_kept_file(media.a_requested_item()))

    assert events("file.copy_asked").get().detail["copy"] == copy.pk
    job = Job.objects.get(name=cutting.CUT_JOB)
    assert job.arguments == {"copy": copy.pk}
    assert cutting.CUT_JOB in all_kinds()


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"start": 2, "end": 2}, "The end must come after the beginning"),
        ({"what": "BLUR"}, "Say which part of the picture"),
        ({"reason": "-"}, "Say why"),
    ],
)
def test_what_makes_no_sense_is_refused(fields, says):
    sent = files.a_kept_file(media.a_requested_item())

    with pytest.raises(cutting.CutRefused, match=says):
        asked(sent, **fields)

    assert not CutCopy.objects.exists()


def test_what_is_hidden_too_is_of_the_same_file_and_never_of_a_clip():
    sent, other = (files.a_kept_file(media.a_requested_item()) for _ in range(2))
    clip = asked(sent)
    elsewhere = asked(other, what="MUTE")

    for fields in ({"what": "MUTE", "also": clip}, {"what": "MUTE", "also": elsewhere},
                   {"what": "CLIP", "also": elsewhere}):  # fmt: skip
        with pytest.raises(cutting.CutRefused, match="Only a copy in which something is hidden"):
            asked(sent, **fields)


@pytest.mark.parametrize("seconds", [1.0406, 8.0, 12.3456, 3599.9996])
def test_all_of_it_is_what_the_form_begins_with_and_takes(seconds):
    form = CutForm(length=seconds)
    said = {**form.initial, "what": "MUTE", "reason": WHY}

    assert CutForm(said, length=seconds).errors == {}


def test_the_page_offers_to_hide_what_a_copy_hides_and_a_clip_is_not_among_them():
    sent = files.a_kept_file(media.a_requested_item())
    asked(sent)
    first = asked(sent, what="BLUR", box=(0.1, 0.1, 0.2, 0.2))
    page = as_(media.a_lawyer()).open(f"/recordings/files/{sent.pk}/cut/")
    offered = [each.get("value") for each in page.tree.xpath("//select[@name='also']/option")]

    page.press(
        "Make the copy", what="MUTE", start="0:01", end="0:02", also=str(first.pk),
        reason="His name is heard.",
    )  # fmt: skip

    assert offered == ["", str(first.pk)]
    assert CutCopy.objects.last().more == [["BLUR", 0.2, 0.6, [0.1, 0.1, 0.2, 0.2]]]


def test_another_unit_may_not_ask():
    sent = files.a_kept_file(media.a_requested_item())
    other = media.a_lawyer(unit=given.a_unit(Unit.Kind.RASSO))

    with pytest.raises(NotAllowed):
        asked(sent, by=other)


def test_a_form_without_script_asks_by_times_and_numbers():
    sent = files.a_kept_file(media.a_requested_item())
    browser = as_(media.a_lawyer())

    page = browser.open(f"/recordings/files/{sent.pk}/").follow("Make a clip or hide something")
    page = page.press(
        "Make the copy", what="BLUR", start="0:01", end="0:02.5", left="10", top="20",
        width="30", height="40", reason="The face of a bystander.",
    )  # fmt: skip

    copy = CutCopy.objects.get()
    assert (copy.what, copy.start, copy.end) == ("BLUR", 1, 2.5)
    assert copy.box == pytest.approx([0.1, 0.2, 0.3, 0.4])
    page.see("The copy is being made.", "0:00:01.000 to 0:00:02.500", "The face of a bystander.")


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ({"end": "0:00"}, "The end must come after the beginning"),
        ({"what": "BLUR"}, "Left edge: enter a number from 0 to 100"),
        ({"what": "BLANK", "left": "60", "top": "0", "width": "50", "height": "10"},
         "Left edge and width go beyond the picture"),
        ({"start": "soon"}, "Write the time like"),
        ({"reason": ""}, "Say why the copy is made"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_at_its_field(answers, error):
    sent = files.a_kept_file(media.a_requested_item())
    page = as_(media.a_lawyer()).open(f"/recordings/files/{sent.pk}/cut/")

    given_answers = {"what": "CLIP", "start": "0:01", "end": "0:02", "reason": WHY, **answers}
    page = page.press("Make the copy", **given_answers)

    assert any(error in each for each in page.errors)
    assert not CutCopy.objects.exists()


def test_whoever_sees_the_case_on_the_page_of_cutting_is_in_the_record():
    sent = files.a_kept_file(media.a_requested_item())
    lawyer = media.a_lawyer()

    page = as_(lawyer).open(f"/recordings/files/{sent.pk}/cut/")

    page.see(str(sent.item.case), str(sent.item))
    assert events("media.seen").get(by=lawyer).subject_id == str(sent.item_id)


def a_made_copy(sent):
    """Return a copy whose bytes are those of the file, so that nothing has to be converted."""
    copy = asked(sent)
    CutCopy.objects.update(
        state="MADE", made_at=NOON, sha256=sent.sha256, lineage={"shown": {"besides": []}}
    )
    return copy


def test_a_copy_is_taken_out_by_the_unit_and_each_time_stands_in_the_record():
    sent = files.a_kept_file(media.a_requested_item())
    copy = a_made_copy(sent)
    address = f"/recordings/copies/{copy.pk}/take-out/"

    assert as_(media.a_lawyer()).try_("POST", address) == 200
    assert as_(media.a_lawyer()).try_("GET", address) == 405

    assert events("file.copy_taken_out").get().detail["sha256"] == sent.sha256
    for other in (
        media.a_lawyer(unit=given.a_unit(Unit.Kind.RASSO)),
        given.a_person(Role.SENIOR_MANAGER),
    ):
        assert as_(other).try_("POST", address) in {403, 404}


def test_a_copy_of_a_sensitive_recording_reaches_nobody_outside():
    hearing = media.a_hearing()
    item = media.a_classified_item(hearing, kind="SENSITIVE")
    sent = files.a_kept_file(media.a_requested_item(hearing))
    type(sent).objects.filter(pk=sent.pk).update(item=item)
    copy = a_made_copy(type(sent).objects.get(pk=sent.pk))

    assert not ShareRecord.objects.exists()
    officer = given.a_person(Role.POLICE_PARTNER)
    for method, place in (("POST", "take-out/"), ("GET", ""), ("POST", "pass/")):
        assert as_(officer).try_(method, f"/recordings/copies/{copy.pk}/{place}") in {403, 404}
