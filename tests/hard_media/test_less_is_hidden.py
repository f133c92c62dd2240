"""A copy that shows what another copy hides, or is to hide, goes out only once that is decided."""

import pytest

from forthright.hard_media.models import CutCopy, ShareRecord
from forthright.hard_media.services import cutting, items, wrong_copies
from forthright.hard_media.services.giving import HiddenToDecide
from tests.client import as_
from tests.hard_media import files, media
from tests.hard_media.links import COURT, NOON, a_copy, shared, with_a_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
PLATE = {"what": "BLANK", "start": 3, "end": 4, "box": (0.5, 0.5, 0.2, 0.2)}


def being_made(item, **fields):
    cut = cutting.Cut(reason="A number plate.", **{**PLATE, **fields})
    return cutting.ask_for_copy(item.files.get(), cut, by=None, at=NOON)


def the_page(hearing):
    return as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/share/")


def test_the_page_says_it_under_the_copy_and_asks(hearing, item):
    less = a_copy(item)
    the_page(hearing).not_see("It shows what is hidden, or is to be")
    more = being_made(item, also=less)

    page = the_page(hearing)

    said = f"by copy {more.pk} (black over a part, 0:00:03.000 to 0:00:04.000"
    page.see(f"It shows what is hidden, or is to be: {said}", f"copy {less.pk} of {item.exhibit}")
    answers = {"copies": [less.pk], "parties": ["COURT"], "way": "EGRESS"}
    page = page.press("Share them", **answers)
    page.see(f"Copy {less.pk} of {item.exhibit} shows what is hidden, or is to be, {said}")
    assert not ShareRecord.objects.exists()
    page.press("Share them", **answers, hidden_too="on").see("1 share is recorded.")


@pytest.mark.parametrize("way", ["LINK", "EGRESS"])
def test_it_goes_by_no_way_before_it_is_decided(hearing, item, way):
    less = a_copy(item)
    being_made(item, also=less)

    with pytest.raises(HiddenToDecide, match="or share a copy in which it is hidden"):
        shared(hearing, copies=[less], parties=COURT, way=way)

    assert not ShareRecord.objects.exists()


def test_a_copy_that_hides_more_goes_unasked(hearing, item):
    less = a_copy(item)
    more = a_copy(item, **PLATE, also=less, content=b"both are hidden")
    assert the_page(hearing).words.count("It shows what is hidden, or is to be") == 1

    assert len(shared(hearing, copies=[more])) == 1


def test_what_a_copy_that_was_not_right_was_to_hide_counts(hearing, item):
    less = a_copy(item)
    more = a_copy(item, **PLATE, also=less, content=b"both are hidden")
    wrong_copies.find_wrong(more, "The plate is seen at 0:04.", by=None, at=NOON)

    with pytest.raises(HiddenToDecide, match=f"by copy {more.pk} .*found not right on"):
        shared(hearing, copies=[less])


@pytest.mark.parametrize(("start", "is_asked"), [(2, True), (6, False)])
def test_a_clip_is_asked_about_where_it_shows_it(hearing, item, start, is_asked):
    being_made(item)
    clip = a_copy(item, what="CLIP", box=None, start=start, end=start + 2, content=b"a clip")

    if is_asked:
        with pytest.raises(HiddenToDecide, match=f"Copy {clip.pk} of {item.exhibit} shows"):
            shared(hearing, copies=[clip])
    else:
        shared(hearing, copies=[clip])


def asked_for_again(item, *contents):
    """Return a recording that was asked for again, with files in place of those it had."""
    items.request_item(item, reason="No sound.", by=None, at=NOON)
    item.refresh_from_db()
    came = [files.a_kept_file(item, content=each) for each in contents]
    for step, *said in ((items.view_item,), (items.classify_item, "RELIED_ON")):
        item.refresh_from_db()
        why = {"reason": "As before."} if said else {"how": "All of it."}
        step(item, *said, **why, by=None, at=NOON)
    item.refresh_from_db()
    return came


def a_copy_of(sent, **fields):
    """Return a copy of one of several files, as it stands once it was found right."""
    box = {"start": 1, "end": 2, "box": (0.1, 0.1, 0.2, 0.2), **fields}
    cut = cutting.Cut(**{"what": "BLUR", "reason": "A bystander.", **box})
    copy = cutting.ask_for_copy(sent, cut, by=None, at=NOON)
    made = files.a_kept_file(media.a_requested_item(), content=b"hidden anew")
    CutCopy.objects.filter(pk=copy.pk).update(
        state="MADE", made_at=NOON, sha256=made.sha256,
        lineage={"command": ["ffmpeg"], "copy_length": 3, "shown": {"besides": []}},
    )  # fmt: skip
    return cutting.pass_copy(CutCopy.objects.get(pk=copy.pk), by=None, at=NOON)


def test_what_a_copy_of_a_file_before_hides_is_not_asked_about_where_it_is_hidden_anew(
    hearing, item
):
    a_copy(item)
    first, _ = asked_for_again(item, b"new one" * 99, b"new two" * 99)

    assert len(shared(hearing, item, copies=[a_copy_of(first)])) == 1


@pytest.mark.parametrize("fields", [{"start": 1.5}, {"box": (0.2, 0.1, 0.2, 0.2)}])
def test_it_is_asked_about_where_less_of_it_is_hidden_anew(hearing, item, fields):
    before = a_copy(item)
    first, _ = asked_for_again(item, b"new one" * 99, b"new two" * 99)

    with pytest.raises(HiddenToDecide, match=f"{item.exhibit} as it came .* copy {before.pk} "):
        shared(hearing, item, copies=[a_copy_of(first, **fields)])


def test_it_is_asked_about_where_no_copy_goes(hearing, item):
    before = a_copy(item)
    asked_for_again(item, b"new one" * 99)

    with pytest.raises(HiddenToDecide, match=f"copy {before.pk} "):
        shared(hearing, item)


def test_what_hides_another_file_that_still_stands_is_asked_about(hearing, item):
    first, second = asked_for_again(item, b"new one" * 99, b"new two" * 99)
    other = a_copy_of(second)

    with pytest.raises(HiddenToDecide, match=f"{item.exhibit} as it came .* copy {other.pk} "):
        shared(hearing, item, copies=[a_copy_of(first)])


@pytest.mark.parametrize(
    ("fields", "is_asked"),
    [
        ({"what": "CLIP", "start": 0, "end": 3, "box": None}, True),
        ({"what": "MUTE", "box": None}, True),
        ({"what": "CLIP", "start": 3, "end": 4, "box": None}, False),
        ({}, False),
    ],
)
@pytest.mark.parametrize("is_of_another", [False, True])
def test_what_a_copy_of_the_new_file_shows_of_it_is_asked_about(
    hearing, item, fields, is_asked, is_of_another
):
    of = with_a_file(media.a_hearing(), content=files.VIDEO) if is_of_another else item
    before = a_copy(of)
    (came,) = asked_for_again(item, b"new one" * 99)
    copy = a_copy_of(came, **fields)

    said = f"It shows what is hidden, or is to be: by copy {before.pk} "
    assert the_page(hearing).words.count(said) == is_asked
    if is_asked:
        with pytest.raises(HiddenToDecide, match=f"Copy {copy.pk} of .* by copy {before.pk} "):
            shared(hearing, copies=[copy])
        shared(hearing, copies=[copy], hidden_too=True)
    else:
        shared(hearing, copies=[copy])
    assert ShareRecord.objects.filter(revoked_at=None).exists()


def test_a_copy_of_one_file_is_not_taken_for_those_of_two_files_before(hearing, item):
    old = asked_for_again(item, b"old one" * 99, b"old two" * 99)
    before = [a_copy_of(each) for each in old]
    first, second, _ = asked_for_again(item, *(each * 99 for each in (b"one", b"two", b"three")))
    copy = a_copy_of(first)

    with pytest.raises(HiddenToDecide) as refused:
        shared(hearing, item, copies=[copy])
    assert all(f"copy {each.pk} (" in str(refused.value) for each in before)

    assert len(shared(hearing, item, copies=[copy, a_copy_of(second)])) == 1


def test_a_copy_of_one_camera_is_not_taken_for_that_of_another_before(hearing, item):
    before = a_copy(item)
    first, _ = asked_for_again(item, b"new one" * 99, b"new two" * 99)
    copy = a_copy_of(first)
    CutCopy.objects.filter(pk=before.pk).update(picture=0)
    CutCopy.objects.filter(pk=copy.pk).update(picture=1)
    copy.refresh_from_db()

    with pytest.raises(HiddenToDecide, match=f"{item.exhibit} as it came .* copy {before.pk} "):
        shared(hearing, item, copies=[copy])
    CutCopy.objects.filter(pk=before.pk).update(picture=1)
    shared(hearing, item, copies=[copy])
