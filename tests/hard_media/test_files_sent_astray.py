"""A file that came for a sensitive recording by mistake shuts the right one until two agree."""

import pytest

from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.hard_media.models import ShareLink, Stray
from forthright.hard_media.selectors.ladder import ladder_of
from forthright.hard_media.selectors.links import received_by
from forthright.hard_media.selectors.secrets import secrets_of
from forthright.hard_media.services import items, strays
from forthright.hard_media.services.giving import ShareRefused
from tests import given
from tests.client import as_
from tests.hard_media import files, media
from tests.hard_media.links import COURT, shared_by_link

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
REASON = "Its picture is the yard of DM/1, and the police wrote that they mixed them up."


@pytest.fixture
def right(hearing, item):
    """A recording that is relied on, and shared."""
    shared_by_link(hearing, item)
    return item


@pytest.fixture
def sensitive(hearing, right):
    """A sensitive recording for which the file of the right one was sent first."""
    sensitive = media.a_requested_item(hearing)
    files.a_kept_file(sensitive)
    items.request_item(sensitive, reason="That is the yard.", by=None, at=NOON)
    files.a_kept_file(sensitive, content=b"\x00\x00\x00\x18ftypmp42 other" * 99, name="other.mp4")
    return found_sensitive(sensitive)


def found_sensitive(item, reason=""):
    items.view_item(item, how="All of it.", by=None, at=NOON)
    return items.classify_item(item, "SENSITIVE", reason=reason, by=None, at=NOON)


def opens():
    return [len(each.contents) for each in received_by(ShareLink.objects.get(party="DEFENCE"))]


def agreed(sent, by=None):
    said = strays.say_stray(sent, reason=REASON, by=by, at=NOON)
    return strays.agree_stray(said, by=None, at=NOON)


def test_one_says_and_another_agrees_and_the_right_one_is_open_again(hearing, right, sensitive):
    sent = sensitive.files.earliest("pk")
    one, another = media.a_lawyer(), media.a_lawyer()
    assert opens() == [0]
    with pytest.raises(ShareRefused, match="the file of a recording that is sensitive"):
        shared_by_link(hearing, right, parties=COURT)

    said = strays.say_stray(sent, reason=REASON, by=one, at=NOON)
    assert opens() == [0]
    with pytest.raises(NotAllowed, match="You said this"):
        strays.agree_stray(said, by=one, at=NOON)
    strays.agree_stray(said, by=another, at=NOON)

    assert opens() == [1]
    shared_by_link(hearing, right, parties=COURT)
    notes = ladder_of(hearing, NOON.date()).notes
    assert not any("byte for byte" in each for each in notes)
    names = list(Event.objects.filter(name__contains="stray").values_list("name", "by"))
    assert names == [("file.said_stray", one.pk), ("file.agreed_stray", another.pk)]


def test_the_other_files_of_the_sensitive_one_stay_secret(hearing, sensitive):
    wrong, own = sensitive.files.order_by("pk")

    agreed(wrong)

    assert secrets_of(sensitive.area) == {own.sha256}


def test_the_file_that_stands_for_it_cannot_be_said_away(hearing, sensitive):
    with pytest.raises(strays.StrayRefused, match="stands for the recording now"):
        agreed(sensitive.files.latest("pk"))


def test_the_file_that_was_found_sensitive_cannot_be_said_away(hearing, right):
    late = NOON.replace(hour=14)
    secret = media.a_requested_item(hearing)
    sent = files.a_kept_file(secret)
    found_sensitive(secret)
    items.request_item(secret, reason="A better copy.", by=None, at=late)

    sent.refresh_from_db()
    with pytest.raises(strays.StrayRefused, match="was found sensitive on 5 October 2026, while"):
        agreed(sent)

    assert not Stray.objects.exists()
    assert opens() == [0]


def test_a_file_that_no_other_recording_has_cannot_be_said_away(hearing):
    secret = media.a_requested_item(hearing)
    sent = files.a_kept_file(secret)
    items.request_item(secret, reason="That is another.", by=None, at=NOON)
    files.a_kept_file(secret, content=b"\x00\x00\x00\x18ftypmp42 other" * 99, name="other.mp4")
    found_sensitive(secret)

    with pytest.raises(strays.StrayRefused, match="has this very file"):
        agreed(sent)


def test_a_reason_is_needed(sensitive):
    with pytest.raises(strays.StrayRefused, match="Say how you know"):
        strays.say_stray(sensitive.files.earliest("pk"), reason=" ", by=None, at=NOON)


def test_what_was_shut_in_a_week_that_is_over_stays_so(sensitive):
    sent = sensitive.files.earliest("pk")
    later = NOON.replace(day=20)
    said = strays.say_stray(sent, reason=REASON, by=None, at=later)
    strays.agree_stray(said, by=None, at=later)

    assert sent.sha256 in secrets_of(sensitive.area, NOON.replace(day=19))
    assert sent.sha256 not in secrets_of(sensitive.area, NOON.replace(day=21))


def test_the_pages_ask_one_lawyer_and_then_another(right, sensitive):
    sent = sensitive.files.earliest("pk")
    one, another = as_(media.a_lawyer()), as_(media.a_lawyer())
    link = f"This file was never of this recording: cctv.mp4, file {sent.pk}"
    page = one.open(f"/recordings/items/{sensitive.pk}/").follow(link)
    page.see("this file alone is no longer taken for a sensitive one", str(right))

    page.press("It was never of it", reason=REASON).see(
        "Nothing follows from it before another lawyer", "Nobody has agreed yet"
    )
    one.open(f"/recordings/files/{sent.pk}/stray/").see("You said so.")
    assert opens() == [0]
    page = another.open(f"/recordings/files/{sent.pk}/stray/").see(REASON)
    page.press("I agree: it was never of it").see("It is agreed", "Agreed by")

    assert opens() == [1]
