"""What a copy hides from a party is not given away by a clip, another copy or another way."""

from datetime import timedelta

import pytest

from forthright.hard_media.models import CutCopy, Representation, ShareContent, ShareRecord
from forthright.hard_media.services import carriers, cutting, sharing
from forthright.hard_media.services.firms import Firm, set_representation
from forthright.hard_media.services.giving import ShareRefused
from forthright.rules.media_hands import Receiver
from tests.client import as_
from tests.hard_media import files, media
from tests.hard_media.links import COURT, NOON, a_copy, shared, with_a_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
WAYS = ["LINK", "EGRESS"]


@pytest.fixture
def hiding(item):
    """Return a copy that hides something from 0:01 to 0:02."""
    return a_copy(item)


def a_clip(item, start=1, end=2, **fields):
    return a_copy(item, what="CLIP", content=b"a clip %d %d" % (start, end), start=start, end=end,
                  box=None, **fields)  # fmt: skip


def refused(hearing, *whole, **fields):
    before = ShareContent.objects.count()
    with pytest.raises(ShareRefused) as found:
        shared(hearing, *whole, **fields)
    assert ShareContent.objects.count() == before
    return str(found.value)


@pytest.mark.parametrize("way", WAYS)
def test_a_clip_of_what_is_hidden_is_given_neither_with_the_copy_nor_before_nor_after_it(
    hearing, item, hiding, way
):
    clip = a_clip(item)

    words = refused(hearing, copies=[hiding, clip], way=way)
    shared(hearing, copies=[clip], way=way, hidden_too=True)
    assert "see what that hides" in refused(hearing, copies=[hiding], way=way)
    sharing.revoke_share(ShareRecord.objects.get(), reason="The wrong clip.", by=None, at=NOON)
    shared(hearing, copies=[hiding], way=way)
    assert "see what that hides" in refused(hearing, copies=[clip], way=way)

    assert f"copy {clip.pk} beside copy {hiding.pk}" in words
    assert "from 0:00:01.000 to 0:00:02.000 (a part made unrecognisable)" in words
    assert f"a clip of copy {hiding.pk}: Make a clip or hide something" in words


def test_a_clip_of_other_seconds_is_given_beside_the_copy(hearing, item, hiding):
    shared(hearing, copies=[hiding, a_clip(item, 5, 9)])

    assert ShareContent.objects.count() == 2


def test_the_picture_that_a_clip_begins_with_may_be_hidden_though_its_second_is_not(hearing, item):
    hiding, near = a_copy(item), a_clip(item, 2.5, 9)
    CutCopy.objects.filter(pk=near.pk).update(lineage={"shown": {"begins": 1.9, "besides": []}})
    shown = CutCopy.objects.get(pk=near.pk)

    refused(hearing, copies=[hiding, shown])
    CutCopy.objects.filter(pk=near.pk).update(lineage={"shown": {"begins": 2.4, "besides": []}})
    shared(hearing, copies=[hiding, CutCopy.objects.get(pk=near.pk)])


def test_a_copy_without_sound_and_one_without_a_face_are_not_given_both(hearing, item, hiding):
    silent = a_copy(item, what="MUTE", content=b"nothing is heard in this")

    refused(hearing, copies=[hiding, silent])
    shared(hearing, copies=[silent], hidden_too=True)
    refused(hearing, copies=[hiding])


def test_a_copy_that_hides_more_is_given_once_the_one_before_is_taken_back(hearing, item, hiding):
    more = a_copy(item, what="MUTE", content=b"neither seen nor heard", also=hiding)
    first = shared(hearing, copies=[hiding], hidden_too=True)

    refused(hearing, copies=[more])
    for each in first:
        sharing.revoke_share(each, reason="The voice tells who it is.", by=None, at=NOON)
    shared(hearing, copies=[more])
    refused(hearing, copies=[hiding])


def test_a_clip_of_the_copy_is_given_beside_it(hearing, item, hiding):
    clip = a_clip(item, also=hiding)

    shared(hearing, copies=[hiding, clip])

    assert (clip.of, clip.hides) == (hiding, True)
    assert ShareContent.objects.count() == 2


def test_a_clip_of_a_copy_hides_from_the_same_picture_on_as_that_copy(hearing, item, hiding):
    told = {"shown": {"hidden": [{"what": "blur", "start": 0.96, "end": 2.001}], "besides": []}}
    CutCopy.objects.filter(pk=hiding.pk).update(lineage=told)
    hiding.refresh_from_db()
    clip = a_clip(item, 0, 3, also=hiding)

    shared(hearing, copies=[hiding, clip])


def test_a_recording_whose_file_is_the_same_is_no_way_round_it(hearing, item, hiding):
    other = with_a_file(hearing, content=files.VIDEO)
    clip = a_clip(other)

    shared(hearing, copies=[hiding])
    words = refused(hearing, other)
    refused(hearing, copies=[clip])

    assert f"{other.exhibit} as it came" in words


def test_two_recordings_whose_file_is_the_same_are_no_way_round_it_in_one_act(
    hearing, item, hiding
):
    other = with_a_file(hearing, content=files.VIDEO)

    refused(hearing, other, copies=[hiding])
    shared(hearing, other, parties=COURT, hidden_too=True)


def test_whoever_reads_the_same_address_is_the_same_also_in_another_case(hearing, item, hiding):
    elsewhere = media.a_hearing(firms=("Orr LLP",))
    other = with_a_file(elsewhere, content=files.VIDEO)
    shared(hearing, copies=[hiding])

    words = refused(elsewhere, other)
    Representation.objects.filter(firm="Orr LLP").update(email="post@orr.example")
    shared(elsewhere, other, hidden_too=True)

    assert words.startswith("Orr LLP would have")


def test_a_clip_beside_the_recording_as_it_went_another_way_is_not_taken_for_the_clip_alone(
    hearing, item, hiding
):
    shared(hearing, item, copies=[a_clip(item, 5, 9)], way="EGRESS", hidden_too=True)

    assert "as it came" in refused(hearing, copies=[hiding])


def a_disc_with(*items):
    disc = media.a_disc()
    carriers.put_on_carrier(disc, items, by=None, at=NOON)
    return disc


@pytest.mark.parametrize("name", ["Hale LLP", "hale llp, Worcester", "their clerk"])
def test_a_disc_with_the_recording_is_not_handed_to_who_has_the_copy(hearing, item, hiding, name):
    disc = a_disc_with(item)
    shared(hearing, copies=[hiding])

    with pytest.raises(carriers.CarrierRefused, match="see what that hides"):
        carriers.hand_over(disc, media.to(name, Receiver.DEFENCE), by=None, at=NOON)

    court = media.to("Judge’s clerk", Receiver.COURT, hidden_too=True)
    carriers.hand_over(disc, court, by=None, at=NOON)


def test_a_copy_is_not_given_to_who_has_a_disc_with_the_recording(hearing, item, hiding):
    disc = a_disc_with(item)
    hers = media.to("Hale LLP", Receiver.DEFENCE, hidden_too=True)
    carriers.hand_over(disc, hers, by=None, at=NOON)

    assert "as it came" in refused(hearing, copies=[hiding])
    carriers.hand_over(disc, media.to("Shelf 14", Receiver.UNIT), by=None, at=NOON)
    shared(hearing, copies=[hiding])


def test_a_disc_with_another_firm_of_the_case_stands_in_nobodys_way(hearing, item, hiding):
    media.represented(hearing, media.a_defendant(hearing), "Orr LLP")
    Representation.objects.filter(firm="Orr LLP").update(email="post@orr.example")
    theirs = media.to("Orr LLP", Receiver.DEFENCE, hidden_too=True)
    carriers.hand_over(a_disc_with(item), theirs, by=None, at=NOON)

    hers = [each for each in media.parties_of(hearing) if "Hale" in str(each.representation)]
    shared(hearing, copies=[hiding], parties=hers)


def test_the_page_refuses_it_and_says_how_to_make_a_clip_that_may_be_given(hearing, item, hiding):
    clip = a_clip(item)
    page = as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/share/")
    firm = page.tree.xpath("//input[starts-with(@value, 'DEFENCE')]/@value")

    page.press(
        "Share them", items=[], copies=[str(hiding.pk), str(clip.pk)], parties=firm, way="LINK"
    ).see("see what that hides", "choose copy")

    page = as_(media.a_lawyer()).open(f"/recordings/files/{item.files.get().pk}/cut/")
    page.press(
        "Make the copy",
        what="CLIP",
        start="0:01",
        end="0:02",
        also=str(hiding.pk),
        reason="The blow alone.",
    ).see("The copy is being made")
    assert CutCopy.objects.latest("pk").of == hiding


def test_a_clip_of_a_copy_that_is_not_made_yet_is_refused(item):
    waiting = cutting.ask_for_copy(
        item.files.get(), cutting.Cut(what="MUTE", start=1, end=2, reason="A name."),
        by=None, at=NOON,
    )  # fmt: skip

    with pytest.raises(cutting.CutRefused, match="is not made yet"):
        a_clip(item, also=waiting)


# Slow: ffmpeg is started several times.
@pytest.mark.slow
def test_a_clip_of_a_copy_is_cut_from_the_bytes_of_that_copy(hearing, tmp_path):
    sent = files.a_kept_file(
        media.a_requested_item(hearing), content=files.a_video(tmp_path).read_bytes(), name="a.mp4"
    )
    cut = cutting.Cut(what="BLANK", start=0.2, end=0.8, reason="A bystander.")
    hiding = cutting.make_copy(cutting.ask_for_copy(sent, cut, by=None, at=NOON), by=None, at=NOON)
    of_it = cutting.Cut(what="CLIP", start=0.4, end=0.6, reason="The blow alone.", also=hiding)

    clip = cutting.make_copy(cutting.ask_for_copy(sent, of_it, by=None, at=NOON), by=None, at=NOON)

    assert (clip.state, clip.refusal) == ("MADE", "")
    assert clip.lineage["original_sha256"] == hiding.sha256
    assert clip.lineage["shown"]["begins"] <= 0.4


@pytest.mark.parametrize(
    ("other", "email"),
    [("Hale L.L.P.", "tom@else.example"), ("Hale Solicitors LLP", "tom@else.example"),
     ("Hale & Co", "tom@else.example"), ("Another name", "tom@hale.example")],
)  # fmt: skip
def test_the_same_firm_written_otherwise_for_another_defendant_is_no_way_round_it(other, email):
    hearing = media.a_hearing(urn="20AB7000126", firms=())
    since = NOON.date() - timedelta(days=9)
    parties = [
        sharing.Party(kind="DEFENCE", representation=set_representation(
            hearing, media.a_defendant(hearing),
            Firm(firm=name, email=address, starts_on=since), by=None, at=NOON,
        ))
        for name, address in (("Hale LLP", "rosa@hale.example"), (other, email))
    ]  # fmt: skip
    recording = with_a_file(hearing)
    shared(hearing, copies=[a_copy(recording)], parties=parties[:1])

    assert "see what that hides" in refused(hearing, recording, parties=parties[1:])
