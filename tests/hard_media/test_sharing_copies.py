"""A copy in which something is hidden is what a party gets; the original is not, by any way."""

from datetime import timedelta

import pytest

from forthright.accounts.models import Role, Unit
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.hard_media.models import (
    CutCopy,
    Representation,
    ShareContent,
    ShareLink,
    ShareReceipt,
)
from forthright.hard_media.services import cutting
from forthright.hard_media.services.giving import ShareRefused
from tests import given
from tests.client import as_
from tests.hard_media import files, media
from tests.hard_media.links import (
    COURT,
    HIDDEN,
    NOON,
    UNTIL,
    a_copy,
    address_of,
    bytes_of,
    entered,
    shared,
    source_of,
    with_a_file,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


def test_the_defence_gets_the_copy_and_nothing_of_the_original(hearing, item):
    copy = a_copy(item)
    shared(hearing, copies=[copy])
    link, original = ShareLink.objects.get(), item.files.get()
    client = entered(link)

    listed = client.get(address_of(link, "recordings/")).content.decode()
    content = ShareContent.objects.get()
    place = address_of(link, f"recordings/{content.pk}/")
    played = client.get(place).content.decode()
    taken = client.post(f"{place}take-out/", follow=True)

    for shown in (listed, played):
        assert copy.sha256 in shown
        assert original.sha256 not in shown
        assert original.file_name not in shown
    assert bytes_of(taken) == HIDDEN
    assert copy.file_name in taken.headers["Content-Disposition"]
    assert original.file_name not in taken.headers["Content-Disposition"]


def test_what_the_copy_plays_is_the_copy(hearing, item):
    shared(hearing, copies=[a_copy(item)])
    link = ShareLink.objects.get()
    client = entered(link)
    place = address_of(link, f"recordings/{ShareContent.objects.get().pk}/")

    shown = client.get(place)
    source = shown.context["content"]

    assert bytes_of(client.get(source)) == HIDDEN


def test_receipts_tell_that_it_was_the_copy_with_its_digest(hearing, item):
    copy = a_copy(item)
    shared(hearing, copies=[copy])
    link = ShareLink.objects.get()
    client, content = entered(link), ShareContent.objects.get()
    bytes_of(client.get(source_of(client, link, content)))
    taken = client.post(address_of(link, f"recordings/{content.pk}/take-out/"), follow=True)
    bytes_of(taken)

    receipts = ShareReceipt.objects.exclude(what="FETCHED")

    assert [(each.what, each.copy_id, each.sha256) for each in receipts] == [
        ("OPENED", copy.pk, ""), ("TAKEN_OUT", copy.pk, copy.sha256),
    ]  # fmt: skip
    page = as_(media.a_lawyer()).open(f"/recordings/items/{item.pk}/")
    page.see(f"In place of it: {copy}", f"Opened: {copy.file_name}", f"SHA-256 {copy.sha256}")
    assert Event.objects.get(name="share.taken_out_by_link").detail["copy"] == copy.pk


def test_a_copy_that_nobody_found_right_goes_to_nobody(hearing, item):
    with pytest.raises(ShareRefused, match="was not found right yet"):
        shared(hearing, copies=[a_copy(item, is_passed=False)])

    assert not ShareLink.objects.exists()


def test_nobody_finds_their_own_copy_right(item):
    her = media.a_lawyer()
    copy = a_copy(item, is_passed=False, by=her)

    with pytest.raises(NotAllowed, match="You asked for this copy"):
        cutting.pass_copy(copy, by=her, at=NOON)

    as_(her).open(f"/recordings/copies/{copy.pk}/").see("It is not shared before").not_see(
        "I looked at all of it"
    )


def test_somebody_else_looks_at_it_and_finds_it_right(item):
    copy = a_copy(item, is_passed=False, by=media.a_lawyer())
    other = media.a_lawyer()

    page = as_(other).open(f"/recordings/items/{item.pk}/").see("nobody has found it right yet")
    page = page.follow(str(copy)).press("I looked at all of it, and it is right")

    page.see("can be shared in place of the recording", f"found right by {other}")
    copy.refresh_from_db()
    assert copy.passed_by == other
    names = Event.objects.filter(by=other).values_list("name", flat=True)
    assert {"file.copy_opened", "file.copy_passed"} <= set(names)


@pytest.mark.parametrize(
    "who",
    [Role.LINE_MANAGER, Role.SENIOR_MANAGER, Role.POLICE_PARTNER, Role.VICTIM_LIAISON_OFFICER],
)
def test_only_a_lawyer_of_the_unit_finds_a_copy_right(item, who):
    copy = a_copy(item, is_passed=False)

    answer = as_(given.a_person(who)).try_("POST", f"/recordings/copies/{copy.pk}/pass/")

    assert answer in {403, 404}
    copy.refresh_from_db()
    assert copy.passed_at is None


def test_another_unit_neither_sees_nor_hears_a_copy(item):
    copy = a_copy(item)
    other = as_(media.a_lawyer(unit=given.a_unit(Unit.Kind.RASSO)))

    for place in ("", "pass/", "content/nothing/"):
        method = "POST" if place == "pass/" else "GET"
        assert other.try_(method, f"/recordings/copies/{copy.pk}/{place}") == 404


def test_the_address_of_the_bytes_of_a_copy_is_good_for_one_person(item):
    copy = a_copy(item)
    her, him = as_(media.a_lawyer()), as_(media.a_lawyer())
    source = her.client.get(f"/recordings/copies/{copy.pk}/").context["content"]

    assert bytes_of(her.client.get(source)) == HIDDEN
    assert him.client.get(source).status_code == 404


def test_a_party_is_not_given_both_the_copy_and_what_it_hides(hearing, item):
    copy = a_copy(item)

    with pytest.raises(ShareRefused, match=r"would have .* as it came beside copy"):
        shared(hearing, item, copies=[copy])
    shared(hearing, copies=[copy])
    with pytest.raises(ShareRefused, match=r"Hale LLP would have .* as it came beside copy"):
        shared(hearing, item)

    shared(hearing, item, parties=COURT, hidden_too=True)
    assert ShareContent.objects.filter(copy=None).get().share.party == "COURT"


@pytest.mark.parametrize("way", ["LINK", "EGRESS"])
def test_a_copy_hides_nothing_from_who_has_all_of_it(hearing, item, way):
    shared(hearing, item, way=way)

    with pytest.raises(ShareRefused, match=r"Hale LLP would have .* as it came beside copy"):
        shared(hearing, copies=[a_copy(item)])


def test_another_firm_for_the_same_defendant_is_not_given_what_was_hidden(hearing, item):
    shared(hearing, copies=[a_copy(item)])
    media.represented(hearing, hearing.case.defendants.get(), "Orr LLP", since=NOON.date())

    with pytest.raises(ShareRefused, match="Hale LLP, who had the case before, was given copy"):
        shared(hearing, item, parties=media.parties_of(hearing)[1:], way="EGRESS")


@pytest.mark.parametrize(
    "known", [{"firm": "HALE LLP", "email": ""}, {"firm": "Rosa Hale, solicitor"}],
    ids=["by its name", "by its address"],
)  # fmt: skip
def test_a_firm_for_two_defendants_is_not_given_what_was_hidden_by_way_of_the_other(
    hearing, item, known
):
    other = media.represented(hearing, media.a_defendant(hearing), "Orr LLP")
    Representation.objects.filter(pk=other.pk).update(**known)
    first, second = media.parties_of(hearing)[1:]
    shared(hearing, copies=[a_copy(item)], parties=[first], way="EGRESS")

    with pytest.raises(ShareRefused, match=r"would have .* as it came beside copy"):
        shared(hearing, item, parties=[second], way="EGRESS")


def test_a_clip_may_go_with_the_whole(hearing, item):
    clip = a_copy(item, what="CLIP")

    shared(hearing, item, copies=[clip])

    assert {each.copy_id for each in ShareContent.objects.all()} == {None, clip.pk}


def test_a_copy_of_a_sensitive_recording_is_never_shared(hearing):
    secret = with_a_file(hearing, kind="SENSITIVE")

    with pytest.raises(ShareRefused, match="never shared"):
        shared(hearing, copies=[a_copy(secret)])

    assert not ShareContent.objects.exists()


def test_a_recording_found_sensitive_shuts_its_copies_at_once(hearing, item):
    shared(hearing, copies=[a_copy(item)])
    link, content = ShareLink.objects.get(), ShareContent.objects.get()
    client = entered(link)
    source = client.get(address_of(link, f"recordings/{content.pk}/")).context["content"]

    media.items.classify_item(item, "SENSITIVE", reason="His address.", by=None, at=NOON)

    assert client.get(source).status_code == 302


def test_what_went_another_way_as_a_copy_is_known(hearing, item):
    copy = a_copy(item)

    shared(hearing, copies=[copy], way="EGRESS")

    assert [each.copy for each in ShareContent.objects.all()] == [copy]


def test_a_copy_of_a_file_that_was_asked_for_again_goes_to_nobody(hearing, item):
    copy = a_copy(item)
    item = media.items.request_item(item, reason="The wrong camera.", by=None, at=NOON)
    files.a_kept_file(item, content=b"the right one", name="right.mp4")
    media.items.view_item(item, how="All of it.", by=None, at=NOON)
    media.items.classify_item(item, "RELIED_ON", reason="It is the yard.", by=None, at=NOON)

    with pytest.raises(ShareRefused, match="came before the recording was asked for again"):
        shared(hearing, copies=[CutCopy.objects.get(pk=copy.pk)])


def test_a_lawyer_shares_the_copy_from_the_page_and_the_whole_is_not_chosen(hearing, item):
    copy = a_copy(item)
    page = as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/share/")
    chosen = page.tree.xpath("//input[@name='items'][@checked]")
    firm = next(
        box.get("value")
        for box in page.tree.xpath("//input[@name='parties']")
        if box.get("value").startswith("DEFENCE")
    )
    until = {f"link_expires_on_{part}": getattr(UNTIL, part) for part in ("day", "month", "year")}

    done = page.press(
        "Share them", items=[], copies=[str(copy.pk)], parties=[firm], way="LINK", **until
    )

    assert chosen == []
    done.see("1 share is recorded. Each party is sent its link now.")
    assert ShareContent.objects.get().copy == copy


def test_a_copy_nobody_passed_stands_in_no_list_of_what_may_be_shared(hearing, item):
    copy = a_copy(item, is_passed=False)

    page = as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/share/")

    page.not_see(str(copy))


def test_a_link_still_expires(hearing, item):
    shared(hearing, copies=[a_copy(item)])
    link = ShareLink.objects.get()
    client = entered(link)

    ShareLink.objects.update(expires_on=NOON.date() - timedelta(days=1))

    assert client.get(address_of(link, "recordings/")).status_code == 302
