"""Of a file that holds several cameras or sounds each is seen, heard, viewed and cut."""

import pytest

from forthright.audit.models import Event
from forthright.hard_media import storing
from forthright.hard_media.models import CutCopy, MediaItem, PlayingPart, ShareRecord
from forthright.hard_media.selectors.gave import with_what_is_given
from forthright.hard_media.selectors.ladder import ladder_of
from forthright.hard_media.selectors.secrets import secrets_of
from forthright.hard_media.services import cutting, items, playing
from forthright.media_playing.probing import probe
from tests import given
from tests.client import as_
from tests.hard_media import files, links, media
from tests.media_playing.videos import Corpus

# Slow: ffmpeg is started several times for each.
pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NOON = given.NOON
NAMES = ["Camera 1", "Camera 2", "Camera 1 with sound 2"]


@pytest.fixture(scope="module")
def two_cameras(tmp_path_factory):
    return Corpus(tmp_path_factory.mktemp("parts"))("two cameras.mkv").read_bytes()


@pytest.fixture
def sent(two_cameras):
    item = media.a_requested_item(media.a_hearing(urn="20AB7100126"), exhibit="DM/1")
    kept = files.a_kept_file(item, content=two_cameras, name="yard.mkv")
    playing.make_playable(kept, by=None, at=NOON)
    return kept


def parts_of(sent):
    return list(PlayingPart.objects.filter(playing__sent_file=sent))


def page_of(sent, more=""):
    return f"/recordings/files/{sent.pk}/{more}"


def test_each_camera_and_each_sound_has_a_copy_that_is_its_own(sent):
    parts = parts_of(sent)

    assert [str(each) for each in parts] == NAMES
    assert {each.how for each in parts} == {"REWRAPPED"}
    assert len({each.sha256 for each in parts}) == 3
    shelf = storing.store().shelf
    assert set(shelf.kept()) == {sent.sha256, *(each.sha256 for each in parts)}
    widths = [probe(shelf.path_of(each.sha256)).pictures[0].width for each in parts]
    assert widths[0] == widths[2] != widths[1] == 176
    assert list((storing.store().root / "making").glob("*")) == []
    assert Event.objects.get(name="file.looked_into").detail["parts"] == ["REWRAPPED"] * 3


def test_no_word_says_that_something_is_there_which_is_not(sent):
    for part in parts_of(sent):
        assert "Make a copy of each" not in part.words
        assert f"this is camera {part.picture + 1} alone" in part.words
        assert f"this is sound {part.sound + 1} alone" in part.words


def test_the_page_leads_to_each_and_plays_the_one_that_is_chosen(sent):
    browser = as_(media.a_lawyer())
    page = browser.open(page_of(sent)).see("Shown here: Camera 1, 1 of 3")
    played = []
    for part in parts_of(sent):
        if part.number > 1:
            page = page.follow(str(part))
        page.see(f"Shown here: {part}, {part.number} of 3", part.sha256)
        (address,) = page.tree.xpath("//video/@src")
        answer = browser.client.get(address)
        played.append(b"".join(answer.streaming_content))

    shelf = storing.store().shelf
    assert played == [shelf.path_of(each.sha256).read_bytes() for each in parts_of(sent)]
    opened = Event.objects.filter(name="file.opened").order_by("pk")
    assert [each.detail["part"] for each in opened] == [1, 2, 3]


def test_a_ticket_for_a_camera_that_is_not_there_opens_nothing(sent):
    browser = as_(media.a_lawyer())
    page = browser.open(page_of(sent, "?part=99")).see("Shown here: Camera 1, 1 of 3")
    (address,) = page.tree.xpath("//video/@src")
    PlayingPart.objects.filter(number=1).delete()

    assert browser.client.get(address).status_code == 404


def viewed(sent, *parts):
    page = as_(media.a_lawyer()).open(f"/recordings/items/{sent.item_id}/decide/viewed/")
    return page.press("I viewed it", how="All of it", parts=[each.pk for each in parts])


def test_viewed_names_the_cameras_and_a_file_seen_in_part_is_not_viewed(sent):
    first, *others = parts_of(sent)

    viewed(sent, first).see("Not every camera and sound of yard.mkv is viewed")

    sent.refresh_from_db()
    item = MediaItem.objects.get(pk=sent.item_id)
    assert (sent.viewed_at, item.viewed_at is None) == (None, False)
    assert item.steps.get(event="VIEW").reason == "Camera 1 of yard.mkv: All of it"
    as_(media.a_lawyer()).open(page_of(sent)).see("Camera 2: not recorded as viewed")
    items.classify_item(item, "RELIED_ON", by=None, at=NOON)
    (step,) = [
        each
        for each in ladder_of(media.Hearing.objects.get(), NOON.date()).items[0].steps
        if each.rung == "VIEWED"
    ]
    assert not step.reached

    viewed(sent, *others)

    sent.refresh_from_db()
    assert sent.viewed_at is not None


def test_which_cameras_were_seen_has_to_be_said(sent):
    assert viewed(sent).errors == ["Choose which cameras and sounds you saw or heard"]


def a_redaction(sent, part, **cut):
    """Return a copy of one camera in which something is hidden, made and found right."""
    fields = {"what": "BLANK", "start": 0, "end": 1, "reason": "A bystander", "part": part, **cut}
    copy = cutting.ask_for_copy(sent, cutting.Cut(**fields), by=None, at=NOON)
    copy = cutting.make_copy(copy, by=None, at=NOON)
    assert copy.state == "MADE", copy.refusal
    return cutting.pass_copy(copy, by=None, at=NOON)


def test_a_copy_is_of_the_camera_that_is_chosen_and_says_so(sent):
    second = parts_of(sent)[1]

    copy = a_redaction(sent, second)

    path = storing.store().shelf.path_of(copy.sha256)
    assert probe(path).pictures[0].width == 176
    assert str(copy).startswith("Camera 2 alone: All of it, with black")
    with pytest.raises(cutting.CutRefused, match="Say which the copy is of"):
        a_redaction(sent, None)
    with pytest.raises(cutting.CutRefused, match="not of Camera 1"):
        a_redaction(sent, parts_of(sent)[0], also=copy)


def test_the_page_asks_which_camera_a_copy_is_of(sent):
    second = parts_of(sent)[1]
    page = as_(media.a_lawyer()).open(page_of(sent, f"cut/?part={second.number}"))
    page.see("Shown here: Camera 2", "It is no copy of the whole file")

    page.press("Make the copy", what="MUTE", start="0:00", end="0:01", reason="An address")

    assert CutCopy.objects.get().of_part == "Camera 2"


def given_by(*copies):
    """Return what a share of copies gives, for each of its parties."""
    item = MediaItem.objects.get(exhibit="DM/1")
    items.view_item(item, by=None, at=NOON)
    item = items.classify_item(item, "RELIED_ON", by=None, at=NOON)
    links.shared(media.Hearing.objects.get(), copies=copies, way="EGRESS")
    rows = with_what_is_given(ShareRecord.objects.all(), secrets_of(item.area))
    return {each.gives for each in rows}


def test_a_copy_of_one_camera_is_not_in_place_of_the_whole_file(sent):
    copies = [a_redaction(sent, parts_of(sent)[0])]

    assert given_by(*copies) == {"SOME_COPIES"}
    page = as_(media.a_lawyer()).open(f"/recordings/cases/{sent.item.case_id}/")
    page.see("Copies of some of its files, cameras or sounds, and nothing of the others")
    page.not_see("A copy in its place")


def test_copies_of_every_camera_and_sound_are_in_place_of_the_whole_file(sent):
    assert given_by(*(a_redaction(sent, each) for each in parts_of(sent))) == {"IN_PLACE"}


def test_what_is_made_of_a_sensitive_recording_is_as_secret_as_it_is(sent):
    item = sent.item
    items.view_item(item, by=None, at=NOON)

    items.classify_item(item, "SENSITIVE", by=None, at=NOON)

    assert {each.sha256 for each in parts_of(sent)} <= secrets_of(item.area)
