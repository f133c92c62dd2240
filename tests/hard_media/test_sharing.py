"""A sensitive recording is shared with nobody, by no way; what was shared counts as it should."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from forthright.hard_media.models import MediaItem, SentFile, ShareRecord
from forthright.hard_media.selectors import case_page as case_page_of
from forthright.hard_media.selectors.case_page import case_page
from forthright.hard_media.selectors.ladder import ladder_of
from forthright.hard_media.services import firms, hearings, items, sharing
from forthright.hard_media.services.giving import ShareRefused
from forthright.rules.media_rungs import Standing
from forthright.rules.media_states import ReasonMissing
from forthright.rules.states import MoveNotAllowed
from tests import given
from tests.client import as_
from tests.hard_media import media

pytestmark = pytest.mark.django_db
TODAY = given.NOON.date()
HOUR = timedelta(hours=1)


def standing(hearing):
    return ladder_of(hearing, TODAY).standing


def test_a_case_goes_from_not_ready_to_ready_to_proved():
    hearing = media.a_hearing(firms=("Hale LLP", "Rowe & Co"))
    item = media.a_classified_item(hearing)
    assert standing(hearing) is Standing.NOT_READY

    shares = media.shared(hearing, item)

    assert standing(hearing) is Standing.READY
    for share in shares:
        sharing.record_opened(share, on=TODAY, known="RECEIPT", by=None, at=given.NOON)
    assert standing(hearing) is Standing.PROVED


def test_what_was_shared_before_it_was_asked_for_again_counts_no_more():
    hearing = media.a_proved_case()
    item = media.comes_again(MediaItem.objects.get(), at=given.NOON + HOUR)

    assert standing(hearing) is Standing.NOT_READY
    told = case_page(hearing, TODAY).lines[0].told
    assert {each.words for _, each in told} == {"Not shared"}
    assert all("It was taken back then, and counts no longer" in each.detail for _, each in told)

    media.shared(hearing, item, at=given.NOON + 2 * HOUR)

    assert standing(hearing) is Standing.READY


def test_what_is_asked_for_again_is_taken_back_from_everybody_with_the_reason():
    media.a_proved_case()
    item = MediaItem.objects.get()
    page = as_(media.a_lawyer()).open(f"/recordings/items/{item.pk}/record/requested/")
    page.see("Shared now with the court and Hale LLP. It is taken back from them at once.")
    page.see("What they took out, or got another way, they have all the same: ask them for it.")

    page.press("The police were asked", reason="The sound is missing.")

    reasons = set(ShareRecord.objects.values_list("revoked_reason", flat=True))
    assert reasons == {"Asked for again: The sound is missing."}


def test_a_file_that_came_after_the_viewing_makes_a_ready_case_not_ready_until_it_is_shared_too():
    hearing = media.a_ready_case()
    item, lawyer = MediaItem.objects.get(), media.a_lawyer()
    SentFile.objects.create(
        area=item.area, unit=item.unit, item=item, incoming="b" * 32, file_name="camera2.mp4",
        length=9, state="KEPT", sha256="b" * 64, begun_at=given.NOON, kept_at=given.NOON + HOUR,
    )  # fmt: skip
    [late] = ladder_of(hearing, TODAY).items

    assert standing(hearing) is Standing.NOT_READY
    assert any("1 file has come that nobody has viewed" in each.why for each in late.steps)
    assert "viewed" in [each.step for each in case_page_of.acts_for(lawyer, item)]

    item = items.view_item(item, how="The second.", by=lawyer, at=given.NOON + HOUR)

    assert item.state == "SHARED"
    assert standing(hearing) is Standing.NOT_READY
    assert "Not all its files" in str(case_page(hearing, TODAY).lines[0].told)
    assert "viewed" not in [each.step for each in case_page_of.acts_for(lawyer, item)]

    media.shared(hearing, item, at=given.NOON + 2 * HOUR)

    assert standing(hearing) is Standing.READY


def test_another_firm_since_makes_a_ready_case_not_ready():
    hearing = media.a_ready_case()
    defendant = hearing.case.defendants.get()

    media.represented(hearing, defendant, "Rowe & Co", since=TODAY)

    assert standing(hearing) is Standing.NOT_READY


def test_a_sensitive_recording_is_refused_by_the_service():
    hearing = media.a_hearing()
    secret = media.a_classified_item(hearing, kind="SENSITIVE")

    with pytest.raises(ShareRefused, match="A sensitive recording is never shared"):
        media.shared(hearing, secret)

    assert not ShareRecord.objects.exists()


def test_one_sensitive_recording_stops_the_whole_share():
    hearing = media.a_hearing()
    good = media.a_classified_item(hearing)
    secret = media.a_classified_item(hearing, kind="SENSITIVE")

    with pytest.raises(ShareRefused, match="sensitive"):
        media.shared(hearing, good, secret)

    assert not ShareRecord.objects.exists()


def a_share(item, **fields):
    return ShareRecord(
        area=item.area, item=item, party="COURT", way="DISC", shared_on=TODAY,
        recorded_at=given.NOON, **fields,
    )  # fmt: skip


def test_the_database_refuses_a_share_of_a_sensitive_recording_whoever_asks():
    secret = media.a_classified_item(kind="SENSITIVE")

    with pytest.raises(IntegrityError, match="never shared"), transaction.atomic():
        ShareRecord.objects.bulk_create([a_share(secret)])


def test_the_database_refuses_to_bring_a_share_back_or_move_it_to_a_sensitive_recording():
    hearing = media.a_hearing()
    secret = media.a_classified_item(hearing, kind="SENSITIVE")
    share = media.shared(hearing, media.a_classified_item(hearing))[0]

    with pytest.raises(IntegrityError, match="never shared"), transaction.atomic():
        ShareRecord.objects.filter(pk=share.pk).update(item=secret)


def test_the_database_refuses_to_make_a_shared_recording_sensitive_while_a_share_stands():
    hearing = media.a_hearing()
    item = media.a_classified_item(hearing)
    media.shared(hearing, item)

    with pytest.raises(IntegrityError, match="never shared"), transaction.atomic():
        MediaItem.objects.filter(pk=item.pk).update(classification="SENSITIVE", is_sensitive=True)


def test_the_database_refuses_a_recording_that_is_sensitive_by_half():
    item = media.a_classified_item()

    with pytest.raises(IntegrityError), transaction.atomic():
        MediaItem.objects.filter(pk=item.pk).update(classification="SENSITIVE")


def test_a_shared_recording_found_sensitive_is_taken_back_from_everybody_and_stays_told():
    hearing = media.a_hearing()
    item = media.a_classified_item(hearing)
    media.shared(hearing, item)

    items.classify_item(item, "SENSITIVE", reason="An address is heard.", by=None, at=given.NOON)

    item.refresh_from_db()
    assert item.is_sensitive
    shares = ShareRecord.objects.filter(item=item)
    assert {each.revoked_reason for each in shares} == {
        "Classified as sensitive: An address is heard."
    }
    assert standing(hearing) is Standing.NOTHING_RELIED_ON


def test_a_shared_recording_found_not_relevant_is_taken_back_from_everybody():
    hearing = media.a_hearing()
    item = media.a_classified_item(hearing)
    media.shared(hearing, item)
    page = as_(media.a_lawyer()).open(f"/recordings/items/{item.pk}/decide/classified/")
    page.see("Shared now with the court and Hale LLP.", "it is taken back at once")

    page = page.press("Classify it", classification="NOT_RELEVANT", reason="Another street.")

    shares = ShareRecord.objects.filter(item=item)
    assert {each.revoked_reason for each in shares} == {
        "Classified as not relevant: Another street."
    }
    page.see("Not relevant: not shared.")


def test_a_relied_on_recording_that_becomes_unused_stays_shared_and_the_page_says_with_whom():
    hearing = media.a_hearing()
    item = media.a_classified_item(hearing)
    media.shared(hearing, item)

    items.classify_item(item, "UNUSED", reason="Another films it better.", by=None, at=given.NOON)

    assert ShareRecord.objects.filter(revoked_at=None).count() == 2
    page = as_(media.a_lawyer()).open(f"/recordings/items/{item.pk}/")
    page.see("Unused, and still shared with the court and Hale LLP.")


def test_a_second_classification_needs_its_reason_whatever_was_done_since():
    item = media.a_classified_item(kind="SENSITIVE")
    item = items.request_item(item, reason="The disc broke.", by=None, at=given.NOON)
    came = items.Came(source="DISC", on=TODAY)
    item = items.receive_item(item, came, by=None, at=given.NOON)
    item = items.view_item(item, by=None, at=given.NOON)

    with pytest.raises(ReasonMissing, match="was classified as sensitive"):
        items.classify_item(item, "RELIED_ON", by=None, at=given.NOON)


@pytest.mark.parametrize("kind", ["NOT_RELEVANT"])
def test_only_what_is_relied_on_or_disclosed_is_shared(kind):
    hearing = media.a_hearing()

    with pytest.raises(ShareRefused, match="Only what a prosecutor relies on"):
        media.shared(hearing, media.a_classified_item(hearing, kind=kind))


def test_what_nobody_classified_is_not_shared():
    hearing = media.a_hearing()

    with pytest.raises(ShareRefused, match="not assessed"):
        media.shared(hearing, media.a_viewed_item(hearing))


def test_a_share_is_not_recorded_before_it_went_out():
    hearing = media.a_hearing()

    with pytest.raises(ShareRefused, match="still to come"):
        media.shared(hearing, media.a_classified_item(hearing), on=date(2026, 10, 6))


def test_a_share_is_not_recorded_of_a_day_before_the_recording_came():
    hearing = media.a_hearing()
    item = media.a_requested_item(hearing)
    came = items.Came(source="DISC", on=TODAY - timedelta(days=3))
    items.receive_item(item, came, by=None, at=given.NOON)
    items.view_item(item, how="All of it.", by=None, at=given.NOON)
    item = items.classify_item(item, "RELIED_ON", by=None, at=given.NOON)

    for years_back in (TODAY - timedelta(days=4), date(2019, 1, 7)):
        with pytest.raises(ShareRefused, match=r"came on Friday 2 October 2026, so it cannot"):
            media.shared(hearing, item, on=years_back)
    assert ShareRecord.objects.count() == 0


def test_the_page_says_when_the_recording_came_and_keeps_what_was_chosen():
    hearing = media.a_hearing()
    item = media.a_classified_item(hearing)
    page = as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/share/")

    page = page.press(
        "Share them", items=[str(item.pk)], parties=["COURT"], way="EGRESS", on_day="7",
        on_month="1", on_year="2019",
    )  # fmt: skip

    page.see("came on Monday 5 October 2026", "Enter the day on which it went out.")
    assert page.tree.xpath("//input[@name='on_year']/@value") == ["2019"]
    assert ShareRecord.objects.count() == 0


def test_a_recording_does_not_come_on_a_day_that_is_still_to_come():
    item = media.a_requested_item()
    came = items.Came(source="DISC", on=TODAY + timedelta(days=1))

    with pytest.raises(MoveNotAllowed, match="still to come"):
        items.receive_item(item, came, by=None, at=given.NOON)


def test_a_recording_of_another_case_is_not_shared_with_this_one():
    hearing = media.a_hearing()
    of_another = media.a_classified_item()

    with pytest.raises(ShareRefused, match="of this case"):
        media.shared(hearing, of_another)


def test_nobody_opens_a_recording_before_it_was_shared():
    hearing = media.a_hearing()
    share = media.shared(hearing, media.a_classified_item(hearing))[0]

    with pytest.raises(ShareRefused, match="before it was shared"):
        sharing.record_opened(share, on=date(2026, 10, 1), known="TOLD", by=None, at=given.NOON)


def test_a_share_that_was_opened_is_not_opened_again():
    hearing = media.a_proved_case()
    share = ShareRecord.objects.filter(item__case=hearing.case_id).first()

    with pytest.raises(ShareRefused, match="opened already"):
        sharing.record_opened(share, on=TODAY, known="TOLD", by=None, at=given.NOON)


def test_a_share_taken_back_counts_no_more_and_the_last_one_takes_the_recording_back():
    hearing = media.a_ready_case()
    shares = list(ShareRecord.objects.filter(item__case=hearing.case_id))

    sharing.revoke_share(shares[0], reason="Wrong firm.", by=None, at=given.NOON)
    assert standing(hearing) is Standing.NOT_READY
    assert MediaItem.objects.get().state == "SHARED"
    sharing.revoke_share(shares[1], reason="Wrong firm.", by=None, at=given.NOON)

    assert MediaItem.objects.get().state == "CLASSIFIED"


def test_a_share_is_taken_back_with_a_reason_or_not_at_all():
    hearing = media.a_ready_case()
    share = ShareRecord.objects.filter(item__case=hearing.case_id).first()

    with pytest.raises(ShareRefused, match="Say why"):
        sharing.revoke_share(share, reason=" ", by=None, at=given.NOON)


def test_a_defendant_without_a_solicitor_is_told_of_and_does_not_block():
    hearing = media.a_hearing(firms=("Hale LLP", ""))
    media.shared(hearing, media.a_classified_item(hearing))

    ladder = ladder_of(hearing, TODAY)

    assert ladder.is_ready
    assert "has nobody to represent them" in ladder.notes[0]


def test_a_firm_cannot_take_a_case_before_the_one_it_follows():
    hearing = media.a_hearing()
    firm = firms.Firm(firm="Rowe & Co", starts_on=date(2026, 8, 1))

    with pytest.raises(hearings.HearingRefused, match="before Hale LLP took the case"):
        firms.set_representation(
            hearing, hearing.case.defendants.get(), firm, by=None, at=given.NOON
        )
